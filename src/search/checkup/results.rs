//! What a check-up finds. Plain data.

use super::Check;
use crate::article::ArticleId;

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// How many of its [subject](Check::subject) it found.
    pub count: u64,
    /// Of groups, how many members they have beyond the first of each: copies that could
    /// go, names too many. Else 0.
    pub superfluous: u64,
    /// The query that finds the same articles, where there is one.
    pub query: Option<String>,
    /// What it found, or the first of it.
    pub examples: Vec<Example>,
}

/// An article, or several things that belong together: the articles of one text, the
/// names of one outlet, the source files that fail for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What is to be said of all members; of a single one empty.
    pub what: String,
    /// How many members there are.
    pub count: u64,
    /// They, or the first of them; one at least.
    pub members: Vec<Member>,
}

/// An article, a source file or an outlet that deserves a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    /// An article.
    Article {
        /// Its identifier.
        id: ArticleId,
        /// The name of its source file.
        path: String,
        /// Its number or name in it; empty if it is alone there.
        part: String,
        /// What shows why: its headline, date or first words.
        what: String,
    },
    /// A source file.
    File {
        /// Its name.
        path: String,
        /// How many articles it gave.
        articles: u64,
        /// What is wrong with it; empty where the check says all.
        what: String,
    },
    /// A name of an outlet.
    Outlet {
        /// The name.
        name: String,
        /// How many articles have it.
        articles: u64,
    },
}

impl Example {
    /// One thing alone.
    pub(super) fn of(member: Member) -> Self {
        Self { what: String::new(), count: 1, members: vec![member] }
    }
}

impl Finding {
    /// Of things alone.
    pub(super) const fn of(check: Check, count: u64, examples: Vec<Example>) -> Self {
        Self { check, count, superfluous: 0, query: None, examples }
    }
}
