//! Which values of a facet are wanted.

use super::glob::Glob;
use crate::query::Pattern;
use crate::text::name_key;

/// What values must have in them.
pub(super) enum ValueFilter {
    /// These letters, anywhere.
    Letters(String),
    /// All of the value fits.
    Fitting(Glob),
}

impl ValueFilter {
    /// Of letters, or of a pattern with `*` and `?`.
    pub(super) fn new(filter: &str) -> Self {
        if !filter.contains(['*', '?']) {
            return Self::Letters(name_key(filter));
        }
        // The marks stay, and what is between them becomes a piece of a key. A space
        // at its ends would be lost.
        let mut pattern = String::new();
        for piece in filter.split_inclusive(['*', '?']) {
            let (letters, mark) = match piece.char_indices().last() {
                Some((at, '*' | '?')) => piece.split_at(at),
                _ => (piece, ""),
            };
            let spaced = |is: bool| if is { " " } else { "" };
            let key = name_key(letters);
            let (first, last) = (letters.starts_with(' '), letters.ends_with(' '));
            pattern.push_str(spaced(first));
            pattern.push_str(&key);
            pattern.push_str(spaced(last && !key.is_empty()));
            pattern.push_str(mark);
        }
        Self::Fitting(Glob::of(&Pattern(pattern)))
    }

    /// Whether a value with this key is wanted.
    pub(super) fn takes(&self, key: &str) -> bool {
        match self {
            Self::Letters(letters) => key.contains(letters.as_str()),
            Self::Fitting(glob) => glob.matches(key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ValueFilter;
    use crate::text::name_key;

    #[test]
    fn values_are_wanted_by_letters_or_patterns() {
        for (filter, value, wanted) in [
            ("bid", "Joe Biden", true),
            ("E BID", "Joe Biden", true),
            ("zoe", "Zoë Quinn", true),
            ("U.S.", "U.S. Senate", true),
            ("biden", "Joe Bideau", false),
            ("", "anything", true),
            ("joe*", "Joe Biden", true),
            ("*biden", "Joe Biden", true),
            ("biden*", "Joe Biden", false),
            ("j?e biden", "Joe Biden", true),
            ("joe *n", "Joe Biden", true),
            ("joe *", "Joe", false),
        ] {
            assert_eq!(
                ValueFilter::new(filter).takes(&name_key(value)),
                wanted,
                "{filter} {value}"
            );
        }
    }
}
