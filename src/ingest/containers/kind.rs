//! Tells archives and compressed streams by their first bytes, whatever they are
//! called.

/// A stream that holds others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Container {
    /// Something compressed.
    Compressed(Compression),
    /// A tar archive.
    Tar,
    /// A zip archive.
    Zip,
}

/// A way to compress one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Compression {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

impl Compression {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
        }
    }
}

/// The name of the format in messages.
pub(super) const TAR: &str = "tar";
/// The same.
pub(super) const ZIP: &str = "zip";

/// Endings of names of zips that are documents, of one format of their own each.
const DOCUMENTS: [&str; 14] = [
    "apk", "docm", "docx", "epub", "jar", "kmz", "odp", "ods", "odt", "pages", "potx", "pptx",
    "xlsm", "xlsx",
];

/// First members of zips that are documents: of OpenDocument and EPUB, and of Office.
const FIRST_OF_DOCUMENTS: [&[u8]; 2] = [b"mimetype", b"[Content_Types].xml"];
/// Where the name of the first member stands in a zip, in bytes.
const FIRST_NAME: usize = 30;

impl Container {
    /// What the stream `name` is that begins with `head`, if it holds others.
    pub(in crate::ingest) fn told(name: &str, head: &[u8]) -> Option<Self> {
        if let Some(compression) = compression(head) {
            return Some(Self::Compressed(compression));
        }
        if is_zip(head) && !is_document(name, head) {
            return Some(Self::Zip);
        }
        is_tar(head).then_some(Self::Tar)
    }
}

/// By the marks that RFC 1952, RFC 8878 and the descriptions of bzip2 and xz set.
fn compression(head: &[u8]) -> Option<Compression> {
    match head {
        // Deflate is the only method, and three of its flags stay zero.
        [0x1F, 0x8B, 8, flags, ..] if flags & 0b1110_0000 == 0 => Some(Compression::Gzip),
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => {
            Some(Compression::Zstd)
        }
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..]
        | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => {
            Some(Compression::Bzip2)
        }
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Compression::Xz),
        _ => None,
    }
}

/// A member, the end of an archive without any, or the mark of one that was split.
fn is_zip(head: &[u8]) -> bool {
    matches!(head, [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..])
}

fn is_document(name: &str, head: &[u8]) -> bool {
    let is_named_so = name.rsplit_once('.').is_some_and(|(_, ending)| {
        DOCUMENTS.iter().any(|document| ending.eq_ignore_ascii_case(document))
    });
    let first = head.get(FIRST_NAME..).unwrap_or_default();
    is_named_so || FIRST_OF_DOCUMENTS.iter().any(|name| first.starts_with(name))
}

/// Size of the header of a member of a tar archive, in bytes.
const TAR_HEADER: usize = 512;
/// Where in it a mark stands.
const TAR_MARK: usize = 257;
/// These marks, of POSIX and of GNU: a text may have `ustar` there, but no NUL.
const TAR_MARKS: [&[u8]; 2] = [b"ustar\0", b"ustar  \0"];
/// Where in it its checksum stands: the sum of its bytes, these taken as spaces.
const TAR_SUM: std::ops::Range<usize> = 148..156;

/// By the mark; archives of before 1988 have none, but a checksum that fits and a
/// name.
fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..TAR_HEADER) else { return false };
    if TAR_MARKS.iter().any(|mark| header[TAR_MARK..].starts_with(mark)) {
        return true;
    }
    let digits =
        header[TAR_SUM].split(|byte| matches!(byte, 0 | b' ')).find(|part| !part.is_empty());
    let stated = digits
        .and_then(|digits| std::str::from_utf8(digits).ok())
        .and_then(|digits| u32::from_str_radix(digits, 8).ok());
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    let of_sum: u32 = header[TAR_SUM].iter().map(|byte| u32::from(*byte)).sum();
    let spaces = TAR_SUM.len() as u32 * u32::from(b' ');
    header[0] != 0 && stated == Some(sum - of_sum + spaces)
}

/// Endings of names of compressed files, with what stands for them in the name of
/// what is inside.
const COMPRESSED: [(&str, &str); 11] = [
    ("gz", ""),
    ("gzip", ""),
    ("zst", ""),
    ("zstd", ""),
    ("bz2", ""),
    ("xz", ""),
    ("tgz", ".tar"),
    ("tzst", ".tar"),
    ("tbz", ".tar"),
    ("tbz2", ".tar"),
    ("txz", ".tar"),
];

/// The name of what the compressed file `name` holds.
pub(super) fn name_inside(name: &str) -> String {
    let Some((stem, ending)) = name.rsplit_once('.') else { return name.to_owned() };
    let known = COMPRESSED.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known));
    known.map_or_else(|| name.to_owned(), |(_, inside)| format!("{stem}{inside}"))
}

#[cfg(test)]
mod tests {
    use super::{Compression, Container, name_inside};

    #[test]
    fn marks_tell() {
        let gzip = Some(Container::Compressed(Compression::Gzip));
        let bzip2 = Some(Container::Compressed(Compression::Bzip2));
        let cases: [(&str, &[u8], Option<Container>); 12] = [
            ("a.txt", b"\x1F\x8B\x08\0", gzip),
            ("a.gz", b"\x1F\x8B\x08\xE0", None),
            ("a.gz", b"Rain", None),
            ("a", b"\x28\xB5\x2F\xFD", Some(Container::Compressed(Compression::Zstd))),
            ("a", b"\x5A\x2A\x4D\x18", Some(Container::Compressed(Compression::Zstd))),
            ("a", b"BZh91AY&SY", bzip2),
            ("a.txt", b"BZh, he said.", None),
            ("a", b"\xFD7zXZ\0", Some(Container::Compressed(Compression::Xz))),
            ("a.dat", b"PK\x03\x04", Some(Container::Zip)),
            ("a.DOCX", b"PK\x03\x04", None),
            (
                "a",
                b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0mimetype",
                None,
            ),
            ("a", b"", None),
        ];
        for (name, head, expected) in cases {
            assert_eq!(Container::told(name, head), expected, "{name} {head:?}");
        }
    }

    #[test]
    fn tar_is_told_by_mark_or_checksum() {
        let mut header = tar::Header::new_old();
        header.set_path("a.txt").unwrap();
        header.set_size(3);
        header.set_cksum();
        let mut old = header.as_bytes().to_vec();
        assert_eq!(Container::told("a", &old), Some(Container::Tar));
        old[3] ^= 1;
        assert_eq!(Container::told("a", &old), None);
        assert_eq!(Container::told("a", tar::Header::new_gnu().as_bytes()), Some(Container::Tar));
        assert_eq!(Container::told("a", &[0; 600]), None);
        assert_eq!(Container::told("a", &[b' '; 600]), None);
    }

    #[test]
    fn names_lose_the_ending() {
        for (name, inside) in [
            ("b/a.jsonl.GZ", "b/a.jsonl"),
            ("a.tgz", "a.tar"),
            ("a.warc.zst", "a.warc"),
            ("a", "a"),
            ("a.txt", "a.txt"),
        ] {
            assert_eq!(name_inside(name), inside);
        }
    }
}
