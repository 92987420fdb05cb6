//! The identifier of an article.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

/// 48 bits, written as 12 hex digits; stable while the source file keeps its
/// path and the article its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ArticleId(u64);

/// Hex digits of an identifier. 48 bits keep the chance that any two of a
/// million articles share one under 0.2 % (birthday bound).
const DIGITS: usize = 12;

impl ArticleId {
    /// The identifier of the article `part` of the source file `path`.
    #[must_use]
    pub fn of(path: &str, part: &str) -> Self {
        let mut hash = Xxh3::new();
        hash.update(path.as_bytes());
        hash.update(&[0]);
        hash.update(part.as_bytes());
        Self(hash.digest() >> (64 - 4 * DIGITS))
    }

    /// The identifier with this number.
    #[must_use]
    pub const fn from_number(number: u64) -> Self {
        Self(number & ((1 << (4 * DIGITS)) - 1))
    }

    /// Its number, below 2^48.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The first and last identifier that begin with the hex digits `prefix`;
    /// none if it is empty, too long or not hexadecimal.
    #[must_use]
    pub fn range_of_prefix(prefix: &str) -> Option<(Self, Self)> {
        let fits = (1..=DIGITS).contains(&prefix.len())
            && prefix.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u64::from_str_radix(prefix, 16).ok().filter(|_| fits)?;
        let free_bits = 4 * (DIGITS - prefix.len());
        Some((Self(number << free_bits), Self(((number + 1) << free_bits) - 1)))
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

/// The text is no identifier: not 12 hex digits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no article identifier: it has 12 hex digits")]
pub struct NotAnId(String);

impl FromStr for ArticleId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match Self::range_of_prefix(text) {
            Some((first, last)) if first == last => Ok(first),
            _ => Err(NotAnId(text.to_owned())),
        }
    }
}

impl From<ArticleId> for String {
    fn from(id: ArticleId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for ArticleId {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::ArticleId;

    #[test]
    fn path_and_part_decide() {
        let id = ArticleId::of("news/a.txt", "");
        assert_eq!(id, ArticleId::of("news/a.txt", ""));
        assert_ne!(id, ArticleId::of("news/a.txt", "1"));
        assert_ne!(ArticleId::of("a", "b"), ArticleId::of("ab", ""));
        assert_eq!(id.to_string().len(), 12);
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn prefixes_span_ranges() {
        let (first, last) = ArticleId::range_of_prefix("3fa").unwrap();
        assert_eq!(first.to_string(), "3fa000000000");
        assert_eq!(last.to_string(), "3fafffffffff");
        assert_eq!(ArticleId::range_of_prefix(""), None);
        assert_eq!(ArticleId::range_of_prefix("xyz"), None);
        assert_eq!(ArticleId::range_of_prefix("0123456789abc"), None);
    }
}
