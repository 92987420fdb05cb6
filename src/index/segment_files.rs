//! What the files of a segment are called.

use tantivy::SegmentReader;
use tantivy::index::{SegmentComponent, SegmentMeta};

/// Endings of the names of a segment's files, behind its identifier.
const COMPONENTS: [&str; 6] = ["idx", "pos", "term", "store", "fast", "fieldnorm"];

/// Hex digits of the identifier of a segment.
const ID_DIGITS: usize = 32;

/// The files of an open segment.
pub(super) fn files_of(segment: &SegmentReader) -> Vec<String> {
    let id = segment.segment_id().uuid_string();
    let deleted = segment.alive_bitset().map(|_| segment.delete_opstamp().unwrap_or_default());
    let deleted = deleted.map(|opstamp| format!("{id}.{opstamp}.del"));
    COMPONENTS.iter().map(|ending| format!("{id}.{ending}")).chain(deleted).collect()
}

/// The files of a segment of the engine's list.
pub(super) fn files_of_listed(segment: &SegmentMeta) -> Vec<String> {
    let id = segment.id().uuid_string();
    let deleted = segment.has_deletes().then(|| segment.relative_path(SegmentComponent::Delete));
    let deleted = deleted.map(|path| path.to_string_lossy().into_owned());
    COMPONENTS.iter().map(|ending| format!("{id}.{ending}")).chain(deleted).collect()
}

/// Whether a file is one of a segment, by its name.
pub(super) fn is_of_segment(name: &str) -> bool {
    let Some((id, rest)) = name.split_once('.') else { return false };
    let ending = rest.rsplit('.').next().unwrap_or(rest);
    let is_id = id.len() == ID_DIGITS && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id && (COMPONENTS.contains(&ending) || ending == "del")
}

#[cfg(test)]
mod tests {
    use super::is_of_segment;

    #[test]
    fn files_of_segments_are_told_by_their_names() {
        let id = "0123456789abcdef0123456789abcdef";
        for (name, expected) in [
            (format!("{id}.store"), true),
            (format!("{id}.117.del"), true),
            (format!("{id}.jpg"), false),
            (format!("{}.store", &id[1..]), false),
            ("names".to_owned(), false),
            ("meta.json".to_owned(), false),
        ] {
            assert_eq!(is_of_segment(&name), expected, "{name}");
        }
    }
}
