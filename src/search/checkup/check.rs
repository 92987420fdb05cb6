//! What is looked for.

use jiff::civil::{Date, date};

use super::sweep::TINY_WORDS;
use crate::article::Oddity;
use crate::search::rank::{Order, SortKey};

/// Something that deserves a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Check {
    /// Source files that gave no article because they could not be read.
    UnreadFile,
    /// Source files of which a part could not be read.
    PartlyReadFile,
    /// Articles without a date of publication.
    NoDate,
    /// Articles with a date that could not be understood.
    UnreadDate,
    /// Articles with a date that has not come yet.
    FutureDate,
    /// Articles with a date from before their outlet, or any newspaper.
    BeforeOutlet,
    /// Articles whose source gives other days of publication, too.
    DateConflict,
    /// Articles without a headline.
    NoTitle,
    /// Articles without an outlet.
    NoOutlet,
    /// Articles that have a headline alone.
    NoText,
    /// Articles of a few words.
    TinyText,
    /// Pages that list articles and seem to be none.
    IndexPage,
    /// Pages that seem to show only the start of their text.
    Paywall,
    /// Articles whose encoding was guessed.
    GuessedEncoding,
    /// Outlets that have several names.
    OutletNames,
    /// Articles with the very same text.
    Copies,
    /// Source files of very many articles.
    LargeFile,
    /// Earlier versions of articles, which are not shown.
    Superseded,
    /// Articles that their publisher has taken back, which are not shown.
    Withdrawn,
    /// Articles that are or were under embargo.
    Embargo,
}

/// What a check counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// Articles.
    Articles,
    /// Source files.
    Files,
    /// Groups of names of outlets.
    Outlets,
    /// Groups of articles.
    Groups,
    /// Versions of articles that are not shown.
    Versions,
}

impl Subject {
    /// The word for it in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Files => "files",
            Self::Outlets => "outlets",
            Self::Groups => "groups",
            Self::Versions => "versions",
        }
    }
}

impl Check {
    /// All checks, in the order in which they are reported: what is missing, then dates,
    /// fields and texts, then what is double or put aside.
    pub const ALL: [Self; 20] = [
        Self::UnreadFile,
        Self::PartlyReadFile,
        Self::NoDate,
        Self::UnreadDate,
        Self::FutureDate,
        Self::BeforeOutlet,
        Self::DateConflict,
        Self::NoTitle,
        Self::NoOutlet,
        Self::NoText,
        Self::TinyText,
        Self::IndexPage,
        Self::Paywall,
        Self::GuessedEncoding,
        Self::OutletNames,
        Self::Copies,
        Self::LargeFile,
        Self::Superseded,
        Self::Withdrawn,
        Self::Embargo,
    ];

    /// Its name; where a query finds the same by `has:`, the word there.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnreadFile => "unread-file",
            Self::PartlyReadFile => "partly-read-file",
            Self::NoDate => "no-date",
            Self::UnreadDate => "unread-date",
            Self::FutureDate => "future-date",
            Self::BeforeOutlet => "before-outlet",
            Self::DateConflict => "date-conflict",
            Self::NoTitle => "no-title",
            Self::NoOutlet => "no-outlet",
            Self::NoText => "no-text",
            Self::TinyText => "tiny-text",
            Self::IndexPage => "index-page",
            Self::Paywall => "paywall",
            Self::GuessedEncoding => "guessed-encoding",
            Self::OutletNames => "outlet-names",
            Self::Copies => "copies",
            Self::LargeFile => "large-file",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
            Self::Embargo => "embargo",
        }
    }

    /// The check of this name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|check| check.name() == name)
    }

    /// What it counts.
    #[must_use]
    pub const fn subject(self) -> Subject {
        match self {
            Self::UnreadFile | Self::PartlyReadFile | Self::LargeFile => Subject::Files,
            Self::OutletNames => Subject::Outlets,
            Self::Copies => Subject::Groups,
            Self::Superseded | Self::Withdrawn => Subject::Versions,
            _ => Subject::Articles,
        }
    }

    /// The query that finds exactly the same articles, where there is one.
    #[must_use]
    pub fn query(self, today: Date) -> Option<String> {
        Some(match self {
            Self::NoDate => "-has:date".to_owned(),
            Self::NoTitle => "-has:title".to_owned(),
            Self::NoOutlet => "-has:outlet".to_owned(),
            Self::FutureDate => {
                // Queries have no years before 1, and articles neither.
                format!("date:{}..", Oddity::first_future_day(today).max(date(1, 1, 1)))
            }
            Self::TinyText => format!("words<{TINY_WORDS}"),
            Self::UnreadDate
            | Self::DateConflict
            | Self::IndexPage
            | Self::Paywall
            | Self::GuessedEncoding
            | Self::Embargo => format!("has:{}", self.name()),
            Self::UnreadFile
            | Self::PartlyReadFile
            | Self::BeforeOutlet
            | Self::NoText
            | Self::OutletNames
            | Self::Copies
            | Self::LargeFile
            | Self::Superseded
            | Self::Withdrawn => return None,
        })
    }

    /// The order of the articles that its query finds: the worst first where there is
    /// one, else the newest.
    pub(super) const fn order(self) -> Order {
        match self {
            Self::TinyText => Order { key: SortKey::Words, ascending: true },
            _ => Order { key: SortKey::Date, ascending: false },
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::Check;
    use crate::query::parse;

    #[test]
    fn every_check_has_a_name_of_its_own() {
        assert!(Check::ALL.is_sorted_by(|one, other| one < other));
        for check in Check::ALL {
            assert_eq!(Check::from_name(check.name()), Some(check));
        }
        assert_eq!(Check::from_name("no-such"), None);
    }

    #[test]
    fn the_queries_of_checks_are_queries() {
        for today in [date(2024, 4, 20), Date::MAX, Date::MIN] {
            for query in Check::ALL.into_iter().filter_map(|check| check.query(today)) {
                assert!(parse(&query).is_ok(), "{query}");
            }
        }
        assert_eq!(
            Check::FutureDate.query(date(2024, 4, 20)).as_deref(),
            Some("date:2024-04-22..")
        );
    }
}
