//! Which version of the program wrote an index whose files have no checksums: told
//! before anything of it is opened, since no checksum is what damage looks like, too.

use std::path::Path;

use serde::Deserialize;
use tantivy::TantivyError;

use super::directory::{COMMIT_FILE, IndexDirectory};
use super::{IndexError, SCHEMA_VERSION, checksum};

/// What is read of that list.
#[derive(Deserialize)]
struct Meta {
    payload: Option<String>,
}

/// What is read of what a commit says of itself.
#[derive(Deserialize)]
struct Note {
    schema: u32,
}

/// The version of an index that was written before files had checksums, in words. None
/// where the list of files has one, right or wrong, or claims to be of this version.
pub(super) fn version_without_checksums(
    directory: &IndexDirectory,
) -> Result<Option<String>, IndexError> {
    let meta = directory.unchecked(Path::new(COMMIT_FILE)).map_err(TantivyError::from)?;
    Ok(claimed(&meta))
}

fn claimed(meta: &[u8]) -> Option<String> {
    if checksum::split(meta).is_some() {
        return None;
    }
    // A later version may have another line behind it.
    let mut values = serde_json::Deserializer::from_slice(meta).into_iter::<Meta>();
    let found = values.next()?.ok()?;
    let rest = meta.get(values.byte_offset()..).unwrap_or_default();
    match found.payload {
        Some(payload) => match serde_json::from_str::<Note>(&payload) {
            Ok(Note { schema }) => (schema != SCHEMA_VERSION).then(|| format!("schema {schema}")),
            Err(_) => Some("no version".to_owned()),
        },
        // Before the first commit.
        None => rest.trim_ascii().is_empty().then(|| "no version".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{SCHEMA_VERSION, checksum, claimed};
    use xxhash_rust::xxh3::xxh3_64;

    #[test]
    fn only_what_has_no_checksum_is_asked() {
        let meta = |schema: u32| {
            format!("{{\"segments\": [], \"payload\": \"{{\\\"schema\\\":{schema}}}\"}}\n")
        };
        let sealed = |text: &str| {
            let line = checksum::line(xxh3_64(text.as_bytes()));
            [text.as_bytes(), &line].concat()
        };
        let (before, now) = (meta(SCHEMA_VERSION - 1), meta(SCHEMA_VERSION));
        let told = Some(format!("schema {}", SCHEMA_VERSION - 1));
        assert_eq!(claimed(before.as_bytes()), told);
        assert_eq!(claimed(format!("{before}sha9 00\n").as_bytes()), told);
        assert_eq!(claimed(b"{\"segments\": []}\n"), Some("no version".to_owned()));
        assert_eq!(claimed(b"{\"payload\": \"x\"}"), Some("no version".to_owned()));
        assert_eq!(claimed(&sealed(&before)), None);
        // What is left is damage.
        assert_eq!(claimed(now.as_bytes()), None);
        assert_eq!(claimed(b"{\"segments\": []}\nxxh3 12"), None);
        assert_eq!(claimed(b"{\"segments\""), None);
        assert_eq!(claimed(b""), None);
    }
}
