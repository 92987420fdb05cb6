//! Wildcards: does a word fit a pattern.

use crate::query::{Pattern, PatternPiece};
use crate::text::fold;

/// A pattern with its letters folded, ready to match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Letter(char),
    AnyOne,
    AnyRun,
}

impl Glob {
    /// The pattern that these pieces make.
    pub(super) fn new<'a>(pieces: impl Iterator<Item = PatternPiece<'a>>) -> Self {
        let mut folded = Vec::new();
        for piece in pieces {
            match piece {
                PatternPiece::Letters(letters) => {
                    folded.extend(fold(letters).chars().map(Piece::Letter));
                }
                PatternPiece::AnyOne => folded.push(Piece::AnyOne),
                PatternPiece::AnyRun => folded.push(Piece::AnyRun),
            }
        }
        Self { pieces: folded }
    }

    pub(super) fn of(pattern: &Pattern) -> Self {
        Self::new(pattern.pieces())
    }

    /// The letters before the first wildcard.
    pub(super) fn prefix(&self) -> String {
        self.pieces
            .iter()
            .map_while(|piece| match piece {
                Piece::Letter(letter) => Some(*letter),
                _ => None,
            })
            .collect()
    }

    /// Whether a folded word fits, in time proportional to its length times
    /// the pattern's.
    pub(super) fn matches(&self, word: &str) -> bool {
        let mut rest = word.chars();
        let mut at = 0;
        // Where to go on after the last `*` took one character more.
        let mut retry: Option<(usize, std::str::Chars<'_>)> = None;
        loop {
            let mut after = rest.clone();
            let fits = match (self.pieces.get(at), after.next()) {
                (Some(Piece::AnyRun), _) => {
                    retry = Some((at + 1, rest.clone()));
                    at += 1;
                    continue;
                }
                (None, None) => return true,
                (Some(Piece::AnyOne), Some(_)) => true,
                (Some(Piece::Letter(letter)), Some(found)) => *letter == found,
                _ => false,
            };
            if fits {
                at += 1;
                rest = after;
            } else {
                let Some((resume_at, mut resume)) = retry.take() else { return false };
                if resume.next().is_none() {
                    return false;
                }
                retry = Some((resume_at, resume.clone()));
                at = resume_at;
                rest = resume;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;
    use crate::query::Pattern;
    use proptest::prelude::*;

    fn glob(pattern: &str) -> Glob {
        Glob::of(&Pattern(pattern.to_owned()))
    }

    #[test]
    fn words_fit_or_do_not() {
        for (pattern, word, fits) in [
            ("govern*", "government", true),
            ("govern*", "govern", true),
            ("govern*", "misgovern", false),
            ("wom?n", "woman", true),
            ("wom?n", "womn", false),
            ("*ing", "striking", true),
            ("*ing", "ingest", false),
            ("s*k*s", "strikes", true),
            ("s*k*s", "strike", false),
            ("JOS?", "jose", true),
            ("Jos?", "jose", true),
            ("*", "", true),
            ("?", "é", true),
        ] {
            assert_eq!(glob(pattern).matches(word), fits, "{pattern} {word}");
        }
        assert_eq!(glob("Gov*rn").prefix(), "gov");
    }

    /// Obviously right, exponentially slow.
    fn slow(pattern: &[u8], word: &[u8]) -> bool {
        match (pattern.first(), word.first()) {
            (None, None) => true,
            (Some(b'*'), _) => {
                slow(&pattern[1..], word) || (!word.is_empty() && slow(pattern, &word[1..]))
            }
            (Some(b'?'), Some(_)) => slow(&pattern[1..], &word[1..]),
            (Some(letter), Some(found)) if letter == found => slow(&pattern[1..], &word[1..]),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_slow_way(pattern in "[ab*?]{0,8}", word in "[ab]{0,8}") {
            prop_assert_eq!(glob(&pattern).matches(&word), slow(pattern.as_bytes(), word.as_bytes()));
        }
    }
}
