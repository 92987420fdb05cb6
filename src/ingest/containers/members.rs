//! The members of an archive: which are read, and what they are called.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::ingest::decode::decode;
use crate::ingest::walk::holds_no_article;

/// The longest name that is kept, in bytes: the longest path of common systems.
const NAME_BYTES: usize = 4096;

/// The name in these bytes of an archive: a name and nothing else, wherever it may
/// point to.
pub(in crate::ingest) fn member_name(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(NAME_BYTES)];
    let decoded = decode(bytes);
    let name = decoded.text.trim_start_matches("./");
    name.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Whether the member `name` is passed over, as the walk passes over files.
pub(super) fn is_passed_over(name: &str) -> bool {
    let is_hidden = |part: &str| part.starts_with('.') && !matches!(part, "." | "..");
    // What the archiver of macOS adds stands beside the files that it belongs to.
    name.split('/').any(|part| is_hidden(part) || part == "__MACOSX")
        || holds_no_article(name.as_ref())
}

/// The names that one archive gave already, by their hash.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Names {
    /// With how often each was given.
    given: FxHashMap<u64, u32>,
}

impl Names {
    /// `name`, or if it was given before, `name~2`, `name~3` and so on.
    pub(in crate::ingest) fn unique(&mut self, name: String) -> String {
        let hash = xxh3_64(name.as_bytes());
        let Some(&times) = self.given.get(&hash) else {
            self.given.insert(hash, 1);
            return name;
        };
        let mut number = times;
        let unique = loop {
            number = number.saturating_add(1);
            let candidate = format!("{name}~{number}");
            let hash = xxh3_64(candidate.as_bytes());
            if number == u32::MAX || self.given.insert(hash, 1).is_none() {
                break candidate;
            }
        };
        self.given.insert(hash, number);
        unique
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, is_passed_over, member_name};

    #[test]
    fn names_are_only_names() {
        let cases: [(&[u8], &str); 6] = [
            (b"./a/b.txt", "a/b.txt"),
            (b"/etc/passwd", "/etc/passwd"),
            (b"../../a.txt", "../../a.txt"),
            (b"a\x1b[31m\n.txt", "a\u{fffd}[31m\u{fffd}.txt"),
            (b"caf\xC3\xA9.txt", "café.txt"),
            (b"caf\xE9.txt", "café.txt"),
        ];
        for (bytes, name) in cases {
            assert_eq!(member_name(bytes), name);
        }
        assert!(member_name(&[b'x'; 10_000]).len() <= 4096);
    }

    #[test]
    fn members_are_passed_over_like_files() {
        for name in [".git/x.txt", "a/._b.txt", "__MACOSX/a.txt", "a/photo.JPG", "README.md"] {
            assert!(is_passed_over(name), "{name}");
        }
        for name in ["a/b.txt", "../b.html", "./b.html", "x"] {
            assert!(!is_passed_over(name), "{name}");
        }
    }

    #[test]
    fn names_given_twice_are_numbered() {
        let mut names = Names::default();
        let given: Vec<_> = ["a", "b", "a~2", "a", "a", "b", "a~2"]
            .into_iter()
            .map(|name| names.unique(name.to_owned()))
            .collect();
        assert_eq!(given, ["a", "b", "a~2", "a~3", "a~4", "b~2", "a~2~2"]);
    }
}
