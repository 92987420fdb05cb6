//! The way of every article from its format to whoever reads the file: it is
//! named after its place in the file, cleaned and dated; and what went wrong on
//! the way is gathered.

use std::ops::ControlFlow;
use std::rc::Rc;

use super::clean::clean_article;
use super::containers::{Bounds, Meter, Names, member_name};
use super::dates::{date_in_dateline, date_in_path, date_in_url, date_on_own_line};
use super::detect::Format;
use super::error::ReadError;
use super::walk::SourceFile;
use crate::article::{Article, DateFrom, Doubt, Precision, Published};

/// Takes the articles of one source file.
pub(crate) struct Delivery<'a> {
    pub(crate) file: &'a SourceFile,
    found: &'a mut dyn FnMut(Article) -> ControlFlow<()>,
    /// The member that is being read, by its path through all archives; empty outside
    /// of any.
    member: String,
    /// How much of `member` are names; the rest is the number of a record.
    named: usize,
    /// The parts that the member gave already, of those that its format took from it.
    parts: Names,
    /// What the file unpacks to so far.
    pub(crate) meter: Rc<Meter>,
    /// The format of the file; of an archive, that of its first member.
    pub(crate) format: Option<Format>,
    /// How many articles were given.
    pub(crate) given: u64,
    /// The troubles so far.
    pub(crate) trouble: Option<ReadError>,
    /// Whether one of them is other than a record that is no article.
    pub(crate) is_faulty: bool,
    /// Whether the encoding of any of the articles was guessed.
    pub(crate) encoding_guessed: bool,
}

impl<'a> Delivery<'a> {
    /// Of the articles in `file`, which may unpack to no more than `bounds`, to
    /// `found`.
    pub(crate) fn new(
        file: &'a SourceFile,
        bounds: Bounds,
        found: &'a mut dyn FnMut(Article) -> ControlFlow<()>,
    ) -> Self {
        Self {
            file,
            found,
            member: String::new(),
            named: 0,
            parts: Names::default(),
            meter: Rc::new(Meter::new(bounds)),
            format: None,
            given: 0,
            trouble: None,
            is_faulty: false,
            encoding_guessed: false,
        }
    }

    /// Does `read` with what stands in the member `name` of the archive that is being
    /// read: articles and troubles of it are named so.
    pub(crate) fn within<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let named = self.named;
        let parts = std::mem::take(&mut self.parts);
        let outcome = self.inside(name, |inner| {
            inner.named = inner.member.len();
            read(inner)
        });
        self.named = named;
        self.parts = parts;
        outcome
    }

    /// The same with the record of this number, which tells no day.
    pub(crate) fn within_record<T>(&mut self, number: u64, read: impl FnOnce(&mut Self) -> T) -> T {
        self.inside(&number.to_string(), read)
    }

    fn inside<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let outside = self.member.len();
        if outside > 0 {
            self.member.push('/');
        }
        self.member.push_str(name);
        let outcome = read(self);
        self.member.truncate(outside);
        outcome
    }

    /// `part`, as the source names an article, as a name that no other of its articles has.
    pub(crate) fn own_part(&mut self, part: &str) -> String {
        let part = member_name(part.as_bytes());
        let part = if part.is_empty() { (self.given + 1).to_string() } else { part };
        self.parts.unique(part)
    }

    /// Hands on an article that stands at `line` of the file. One without
    /// title and text is none: it is reported, unless it takes another back.
    pub(crate) fn give(&mut self, mut article: Article, line: u64) -> ControlFlow<()> {
        clean_article(&mut article);
        let is_withdrawal = article.status.is_withdrawn() && !article.guid.is_empty();
        if article.title.is_empty() && article.body.is_empty() && !is_withdrawal {
            self.report(ReadError::NoArticle { line });
            return ControlFlow::Continue(());
        }
        date(&mut article, self.file, &self.member[..self.named]);
        if !article.rival_dates.is_empty() {
            article.doubt(Doubt::DateConflict);
        }
        if article.published.is_none() && !article.date_text.is_empty() {
            article.doubt(Doubt::UnreadDate);
        }
        self.encoding_guessed |= article.doubts.contains(&Doubt::GuessedEncoding);
        article.part = part(&self.member, &article.part);
        self.given += 1;
        (self.found)(article)
    }

    /// Notes a trouble; the reading goes on.
    pub(crate) fn report(&mut self, trouble: ReadError) {
        self.is_faulty |= !matches!(trouble, ReadError::NoArticle { .. });
        let trouble = if self.member.is_empty() {
            trouble
        } else {
            ReadError::InMember { member: self.member.clone(), reason: Box::new(trouble) }
        };
        self.trouble = Some(match self.trouble.take() {
            Some(earlier) => earlier.with_next(trouble),
            None => trouble,
        });
    }
}

/// The name in its source file of the article `number` of `member`: `2024/a.jsonl#3`.
fn part(member: &str, number: &str) -> String {
    match (member, number) {
        ("", _) => number.to_owned(),
        (_, "") => member.to_owned(),
        _ => format!("{member}#{number}"),
    }
}

/// Dates an article that its format left undated: from its address, else from
/// the name of its member or its file, else from the folders above those that the name gives,
/// else from the start of its text. That counts too where it names the day of
/// the month or year that a path gives.
fn date(article: &mut Article, file: &SourceFile, member: &str) {
    if article.published.is_some() {
        return;
    }
    let from_url = date_in_url(&article.url).map(|published| (published, DateFrom::Url));
    let from_path = || {
        let in_name = date_in_path(member).or_else(|| date_in_path(&file.name));
        let published = in_name.or_else(|| date_in_path(&file.path.to_string_lossy()))?;
        Some((published, DateFrom::Path))
    };
    article.published = from_url.or_else(from_path);
    let span = article.published.map(|(known, _)| known);
    if span.is_some_and(|known| known.precision >= Precision::Day) {
        return;
    }
    let agrees = |(found, _): &(Published, DateFrom)| {
        span.is_none_or(|known| (known.first_day()..=known.last_day()).contains(&found.first_day()))
    };
    article.published = date_in_body(article).filter(agrees).or(article.published);
}

/// The day that stands at the start of the text.
fn date_in_body(article: &Article) -> Option<(Published, DateFrom)> {
    let dateline = date_in_dateline(&article.body, &article.lang);
    dateline.map(|published| (published, DateFrom::Dateline)).or_else(|| {
        let own_line = date_on_own_line(&article.body, &article.lang)?;
        Some((own_line, DateFrom::Text))
    })
}
