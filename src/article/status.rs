//! Whether an article may be used, as its publisher says, and what about it deserves
//! a look.

use serde::{Deserialize, Serialize};

/// What a publisher says of the use of an article, in the words of IPTC's
/// *publishing status*.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It may be used.
    #[default]
    Usable,
    /// It may be used later.
    Embargoed,
    /// It must not be used until further notice.
    Withheld,
    /// It must not be used any more.
    Canceled,
}

impl Status {
    /// The word for it in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::Embargoed => "embargoed",
            Self::Withheld => "withheld",
            Self::Canceled => "canceled",
        }
    }

    /// Whether its publisher has taken it back.
    #[must_use]
    pub const fn is_withdrawn(self) -> bool {
        matches!(self, Self::Withheld | Self::Canceled)
    }
}

/// A reason to look at an article again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// The encoding of its text was guessed, or bytes were replaced.
    GuessedEncoding,
    /// Its source gives other days of publication, too.
    DateConflict,
    /// Its date could not be understood.
    UnreadDate,
    /// The page lists articles and seems to be none.
    IndexPage,
    /// The page seems to show only the start of its text, before a paywall.
    Paywall,
}

impl Doubt {
    /// All doubts, in order.
    pub const ALL: [Self; 5] = [
        Self::GuessedEncoding,
        Self::DateConflict,
        Self::UnreadDate,
        Self::IndexPage,
        Self::Paywall,
    ];

    /// The word for it in queries and output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GuessedEncoding => "guessed-encoding",
            Self::DateConflict => "date-conflict",
            Self::UnreadDate => "unread-date",
            Self::IndexPage => "index-page",
            Self::Paywall => "paywall",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Doubt, Status};

    #[test]
    fn names_are_those_of_the_wire() {
        for doubt in Doubt::ALL {
            assert_eq!(serde_json::to_value(doubt).unwrap(), doubt.name());
        }
        for status in [Status::Usable, Status::Embargoed, Status::Withheld, Status::Canceled] {
            assert_eq!(serde_json::to_value(status).unwrap(), status.name());
        }
        assert!(Doubt::ALL.is_sorted());
    }
}
