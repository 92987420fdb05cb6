//! The operators about places in the text: which words are such operators, and
//! what they ask.

use std::fmt::{self, Display, Formatter};

/// How two operands of a proximity must stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Relation {
    /// How near they must be.
    pub nearness: Nearness,
    /// `NOT near/5`: the first stands where the second is not so near.
    pub refused: bool,
}

/// How near two operands must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nearness {
    /// `near/5`: the second is at most so many words from the first, before or
    /// behind it. Words side by side are one word from each other.
    Near(u32),
    /// `pre/5`: the first stands before the second, at most so many words.
    Pre(u32),
    /// `w/s`: in one sentence.
    Sentence,
    /// `w/p`: in one paragraph.
    Paragraph,
}

impl Display for Relation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.refused { "NOT " } else { "" })?;
        match self.nearness {
            Nearness::Near(words) => write!(f, "near/{words}"),
            Nearness::Pre(words) => write!(f, "pre/{words}"),
            Nearness::Sentence => f.write_str("w/s"),
            Nearness::Paragraph => f.write_str("w/p"),
        }
    }
}

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// Between two operands.
    Relation(Relation),
    /// `atleast3(…)`
    AtLeast(u32),
    /// `first/50(…)`
    First(u32),
}

impl Operator {
    /// The operator that `word` is, with `rest` right behind it. `w/5` is how
    /// other tools write `near/5`. A number too large to count to is the
    /// largest.
    pub(super) fn read(word: &str, rest: &str) -> Option<Self> {
        let (name, amount) = match word.split_once('/') {
            Some(parts) => parts,
            None => word.split_at(word.find(|letter: char| letter.is_ascii_digit())?),
        };
        let is_number = !amount.is_empty() && amount.bytes().all(|byte| byte.is_ascii_digit());
        let count = amount.parse().unwrap_or(u32::MAX);
        let takes_group = rest.starts_with('(');
        let relation = |nearness| Some(Self::Relation(Relation { nearness, refused: false }));
        match name.to_ascii_lowercase().as_str() {
            "near" | "w" if is_number && word.contains('/') => relation(Nearness::Near(count)),
            "pre" if is_number && word.contains('/') => relation(Nearness::Pre(count)),
            "w" if matches!(amount, "s" | "S") => relation(Nearness::Sentence),
            "w" if matches!(amount, "p" | "P") => relation(Nearness::Paragraph),
            "first" if is_number && takes_group && word.contains('/') => Some(Self::First(count)),
            "atleast" if is_number && takes_group => Some(Self::AtLeast(count)),
            _ => None,
        }
    }

    /// Whether `word` is the name of an operator whose number was forgotten: `near/`.
    pub(super) fn lacks_number(word: &str) -> bool {
        let name = word.strip_suffix('/').unwrap_or_default();
        ["near", "pre", "w"].iter().any(|operator| operator.eq_ignore_ascii_case(name))
    }

    /// Whether it counts to nothing: `near/0`.
    pub(super) const fn is_nothing(self) -> bool {
        matches!(
            self,
            Self::AtLeast(0)
                | Self::First(0)
                | Self::Relation(Relation { nearness: Nearness::Near(0) | Nearness::Pre(0), .. })
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Operator;

    #[test]
    fn operators_and_words_like_them() {
        for (word, rest, expected) in [
            ("near/5", "", "near/5"),
            ("PRE/12", " b", "pre/12"),
            ("w/10", "", "near/10"),
            ("near/99999999999", "", "near/4294967295"),
            ("w/s", "", "w/s"),
            ("W/P", "", "w/p"),
            ("w/o", "", ""),
            ("near/", "", ""),
            ("near5", "", ""),
            ("near", "", ""),
            ("near/x5", "", ""),
            ("first/50", "(", "first 50"),
            ("first/50", " (", ""),
            ("first50", "(", ""),
            ("atleast3", "(a)", "at least 3"),
            ("atleast3", "", ""),
            ("atleast", "(", ""),
            ("24/7", "", ""),
        ] {
            let found = match Operator::read(word, rest) {
                Some(Operator::Relation(relation)) => relation.to_string(),
                Some(Operator::First(words)) => format!("first {words}"),
                Some(Operator::AtLeast(times)) => format!("at least {times}"),
                None => String::new(),
            };
            assert_eq!(found, expected, "{word}{rest}");
        }
    }
}
