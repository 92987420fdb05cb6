//! Finds the day on which a page was published.
//!
//! Pages state it in many places, and each place is sometimes wrong: every
//! date that may be it becomes a candidate with a weight (`walk`, `linked`,
//! `meta`, `script`), and the day with most weight is chosen (`weigh`). What the names
//! of elements say about dates is in `names`.
//!
//! Not responsible for how a date is read (`ingest::dates`).

mod linked;
mod meta;
mod names;
mod script;
mod walk;
mod weigh;

use jiff::civil::Date;
use scraper::Html;
use serde_json::{Map, Value};

use self::weigh::{Candidate, Source};
use crate::article::{DateFrom, Precision, Published};
use crate::ingest::dates::{DateError, Order, date_in_url, mentions};
use crate::text::fold;

/// What is known of a page before its date is looked for; empty where it is not.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clues<'a> {
    /// The headline, or the title of the page.
    pub(crate) title: &'a str,
    /// The address of the page.
    pub(crate) url: &'a str,
    /// The language as the page states it: a BCP 47 tag.
    pub(crate) lang: &'a str,
    /// The day on which the page was fetched: nothing on it is younger.
    pub(crate) captured: Option<Date>,
}

/// The date of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DateFinding {
    /// The date of publication and where it was read.
    pub(crate) chosen: Option<(Published, DateFrom)>,
    /// Dates of other days that sources of publication state, the weightiest
    /// first.
    pub(crate) rivals: Vec<(Published, DateFrom)>,
    /// The first stated date of publication that could not be read, as it is
    /// written.
    pub(crate) unread: String,
}

/// Finds the date of the page `document`, whose JSON-LD objects are `linked`.
pub(crate) fn find(
    document: &Html,
    linked: &[Map<String, Value>],
    clues: &Clues<'_>,
) -> DateFinding {
    let mut candidates = Candidates {
        order: Order::of(clues.lang, clues.url),
        found: Vec::new(),
        unread: String::new(),
    };
    candidates.add_address(original_url(clues.url));
    linked::collect(linked, clues, &mut candidates);
    walk::collect(document, clues, &mut candidates);
    let (chosen, rivals) = weigh::choose(candidates.found, clues.captured);
    DateFinding { chosen, rivals, unread: candidates.unread }
}

/// The candidates so far.
struct Candidates {
    order: Order,
    found: Vec<Candidate>,
    unread: String,
}

impl Candidates {
    /// Adds the date that `text` states; what cannot be read is noted where it
    /// should be the date of publication.
    fn add_stated(&mut self, text: &str, source: Source) {
        let text = text.trim();
        match self.order.parse(text) {
            Ok(published) => self.found.push(Candidate::stated(published, source)),
            Err(DateError::NotADate) if text.is_empty() => {}
            Err(_) if source.is_publication() && self.unread.is_empty() => {
                text.clone_into(&mut self.unread);
            }
            Err(_) => {}
        }
    }
}

impl Candidates {
    /// Adds the date in the address of the page; with the day first too, which
    /// is less sure.
    fn add_address(&mut self, url: &str) {
        let dated = date_in_url(url);
        self.found.extend(dated.map(|published| Candidate::stated(published, Source::Url)));
        if dated.is_none_or(|published| published.precision < Precision::Day) {
            let name = url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            self.add_mentioned(name.split(['?', '#']).next().unwrap_or_default());
        }
    }

    /// Adds the first day that a text about the page speaks of.
    fn add_mentioned(&mut self, text: &str) {
        // A date far into a description is one of its subject.
        let text: String = text.chars().take(MENTIONED_CHARACTERS).collect();
        if text.bytes().any(|byte| byte.is_ascii_digit())
            && let Some(mention) = mentions(&fold(&text), self.order).first()
        {
            self.found.push(Candidate::stated(mention.published, Source::Shown));
        }
    }
}

/// So many characters of a description or a name are searched for a day.
const MENTIONED_CHARACTERS: usize = 200;

/// The address of the page itself, where `url` is that of a web archive.
fn original_url(url: &str) -> &str {
    url.rfind("/http").map_or(url, |slash| &url[slash + 1..])
}
