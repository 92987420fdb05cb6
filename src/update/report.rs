//! What an update did.

/// Unread dates that a report names; the others are only counted.
const NAMED_DATES: usize = 20;

/// What an update did, in source files unless it says articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// New files that gave articles.
    pub added: u64,
    /// Changed files.
    pub replaced: u64,
    /// Files that are gone, whose articles left the index.
    pub removed: u64,
    /// Files that are as they were.
    pub unchanged: u64,
    /// Files that could not be read, or not wholly, by name; those that failed
    /// before and are as they were, too.
    pub failed: Vec<Failure>,
    /// Files passed over because their names say that they hold no article, and exports
    /// of an index.
    pub passed_over: u64,
    /// Versions of articles put aside by this update, because there is a later one or
    /// their publisher took them back.
    pub hidden: u64,
    /// Articles read.
    pub articles_read: u64,
    /// Articles in the index now.
    pub articles: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Articles whose stated date could not be understood.
    pub unread_dates: u64,
    /// Some of them.
    pub unread_date_examples: Vec<UnreadDate>,
    /// Files whose encoding was guessed.
    pub encodings_guessed: u64,
    /// Whether it was stopped before its end.
    pub interrupted: bool,
}

/// A file that could not be read, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// Its name.
    pub path: String,
    /// Why.
    pub reason: String,
    /// How many articles it gave all the same.
    pub articles: u64,
}

/// A date that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnreadDate {
    /// Name of the source file.
    pub path: String,
    /// The date as written.
    pub text: String,
}

impl Report {
    /// Adds what another part of the same update did.
    pub(super) fn join(&mut self, other: Self) {
        self.added += other.added;
        self.replaced += other.replaced;
        self.unchanged += other.unchanged;
        self.passed_over += other.passed_over;
        self.failed.extend(other.failed);
        self.articles_read += other.articles_read;
        self.bytes += other.bytes;
        self.unread_dates += other.unread_dates;
        self.unread_date_examples.extend(other.unread_date_examples);
        self.encodings_guessed += other.encodings_guessed;
    }

    /// Notes a date that could not be understood.
    pub(super) fn add_unread_date(&mut self, path: &str, text: &str) {
        self.unread_dates += 1;
        if self.unread_date_examples.len() < NAMED_DATES {
            let example = UnreadDate { path: path.to_owned(), text: text.to_owned() };
            self.unread_date_examples.push(example);
        }
    }

    /// Puts what several threads found into one order.
    pub(super) fn finish(&mut self) {
        self.failed.sort_unstable();
        self.failed.dedup();
        self.unread_date_examples.sort_unstable();
        self.unread_date_examples.truncate(NAMED_DATES);
    }
}
