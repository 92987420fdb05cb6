//! Tells exports of an index from source files, and opens them.
//!
//! What is in an export is not read here: it is no source file, and one that is found
//! among such files is passed over.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::containers::{Container, Filled, unpacked};

/// With what the first line of an export begins, blanks apart.
const MARK: [&[u8]; 3] = [b"{", b"\"newsdex_export\"", b":"];

/// Bytes that are read at a time; as those of source files.
const PIECE_BYTES: usize = 64 << 10;

/// Whether bytes are the start of an export.
#[must_use]
pub fn is_export(head: &[u8]) -> bool {
    let mut rest = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    MARK.iter().all(|token| match rest.trim_ascii_start().strip_prefix(*token) {
        Some(behind) => {
            rest = behind;
            true
        }
        None => false,
    })
}

/// The lines of the file at `path`, unpacked if it is compressed, if it is an export.
///
/// # Errors
///
/// When the file cannot be read, or what it is compressed with is broken.
pub fn open_export(path: &Path) -> io::Result<Option<Box<dyn BufRead + Send>>> {
    let mut file = BufReader::with_capacity(PIECE_BYTES, File::open(path)?);
    let head = file.fill_buf()?;
    let source: Box<dyn Read + Send> = match Container::told("", head) {
        Some(Container::Compressed(compression)) => unpacked(compression, file)?,
        Some(Container::Tar | Container::Zip) => return Ok(None),
        None => Box::new(file),
    };
    let mut source = Filled::new(source, PIECE_BYTES);
    // A file that is broken is reported when it is read as any other.
    let is_export = source.fill_buf().is_ok_and(is_export);
    Ok(is_export.then(|| Box::new(source) as Box<dyn BufRead + Send>))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};

    use super::{is_export, open_export};

    #[test]
    fn the_first_bytes_tell() {
        for (head, expected) in [
            ("{\"newsdex_export\":1,", true),
            ("\u{feff} { \"newsdex_export\" : 1", true),
            ("{\"newsdex_exports\":1}", false),
            ("{\"title\":\"newsdex_export\"}", false),
            ("[{\"newsdex_export\":1}]", false),
            ("", false),
        ] {
            assert_eq!(is_export(head.as_bytes()), expected, "{head}");
        }
    }

    #[test]
    fn exports_are_unpacked() {
        let folder = tempfile::tempdir().unwrap();
        let text = "{\"newsdex_export\":1}\n";
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        let packed = [
            text.as_bytes().to_vec(),
            gzip.finish().unwrap(),
            zstd::encode_all(text.as_bytes(), 1).unwrap(),
        ];
        let path = folder.path().join("export");
        for bytes in packed {
            fs::write(&path, &bytes).unwrap();
            let mut read = String::new();
            open_export(&path).unwrap().unwrap().read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
            // A cut one is left to whoever reads it as a source file.
            fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
            let _ = open_export(&path).unwrap();
        }
        for other in ["", "Rain fell.", "{\"title\": \"Rain\"}\n", "PK\u{3}\u{4}"] {
            fs::write(&path, other).unwrap();
            assert!(open_export(&path).unwrap().is_none(), "{other}");
        }
    }
}
