//! The operators of later versions, which this one knows and refuses by
//! name, so that nobody takes them for words.

/// An operator that is not supported yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Later {
    /// `near/5`, `pre/5`, and `w/5` as other tools write it.
    Near,
    /// `w/s`, `w/p`
    Within,
    /// `atleast3(…)`
    AtLeast,
    /// `first/50(…)`
    First,
    /// `"a b"~5`
    Slop,
    /// `word~1`
    Fuzzy,
    /// `/reg(ex)?/`
    Regex,
}

impl Later {
    /// The operator that `word` is, with `rest` right behind it.
    pub(super) fn operator(word: &str, rest: &str) -> Option<Self> {
        let (name, amount) = match word.split_once('/') {
            Some(parts) => parts,
            None => word.split_at(word.find(|letter: char| letter.is_ascii_digit())?),
        };
        let is_number = !amount.is_empty() && amount.bytes().all(|byte| byte.is_ascii_digit());
        let takes_group = rest.starts_with('(');
        match name.to_ascii_lowercase().as_str() {
            "near" | "pre" | "w" if is_number && word.contains('/') => Some(Self::Near),
            "w" if matches!(amount, "s" | "p" | "S" | "P") => Some(Self::Within),
            "first" if is_number && takes_group && word.contains('/') => Some(Self::First),
            "atleast" if is_number && takes_group => Some(Self::AtLeast),
            _ => None,
        }
    }

    /// Whether it stands between two operands, so that `NOT` may precede it.
    pub(super) const fn is_proximity(self) -> bool {
        matches!(self, Self::Near | Self::Within)
    }

    /// What to write as long as it is missing.
    pub(super) const fn instead(self) -> &'static str {
        match self {
            Self::Near | Self::Within => {
                "leave it out: both must then be in the article, in any place"
            }
            Self::AtLeast | Self::First => "leave it out: `( )` alone groups words",
            Self::Slop => "leave `~` out: quotes find the words side by side",
            Self::Fuzzy => "use `?` for one unsure letter and `*` for several: `net?nyahu`",
            Self::Regex => "use `*` and `?`, or put words with slashes in quotes",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Later;

    #[test]
    fn operators_and_words_like_them() {
        for (word, rest, expected) in [
            ("near/5", "", Some(Later::Near)),
            ("PRE/12", " b", Some(Later::Near)),
            ("w/10", "", Some(Later::Near)),
            ("w/s", "", Some(Later::Within)),
            ("W/P", "", Some(Later::Within)),
            ("w/o", "", None),
            ("near/", "", None),
            ("near5", "", None),
            ("near", "", None),
            ("near/x5", "", None),
            ("first/50", "(", Some(Later::First)),
            ("first/50", " (", None),
            ("first50", "(", None),
            ("atleast3", "(a)", Some(Later::AtLeast)),
            ("atleast3", "", None),
            ("atleast", "(", None),
            ("24/7", "", None),
        ] {
            assert_eq!(Later::operator(word, rest), expected, "{word}{rest}");
        }
    }
}
