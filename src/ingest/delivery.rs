//! The way of every article from its format to whoever reads the file: it is
//! cleaned and dated; and what went wrong on the way is gathered.

use std::ops::ControlFlow;

use super::clean::clean_article;
use super::dates::{date_in_dateline, date_in_path, date_in_url, date_on_own_line};
use super::error::ReadError;
use super::walk::SourceFile;
use crate::article::{Article, DateFrom, Precision, Published};

/// Takes the articles of one source file.
pub(crate) struct Delivery<'a> {
    file: &'a SourceFile,
    found: &'a mut dyn FnMut(Article) -> ControlFlow<()>,
    /// How many articles were given.
    pub(crate) given: u64,
    /// The troubles so far.
    pub(crate) trouble: Option<ReadError>,
    /// Whether one of them is other than a record that is no article.
    pub(crate) is_faulty: bool,
    /// Whether the encoding of any of the text was guessed.
    pub(crate) encoding_guessed: bool,
}

impl<'a> Delivery<'a> {
    /// Of the articles in `file`, to `found`.
    pub(crate) fn new(
        file: &'a SourceFile,
        found: &'a mut dyn FnMut(Article) -> ControlFlow<()>,
    ) -> Self {
        Self { file, found, given: 0, trouble: None, is_faulty: false, encoding_guessed: false }
    }

    /// Hands on an article that stands at `line` of the file. One without
    /// title and text is none: it is reported.
    pub(crate) fn give(&mut self, mut article: Article, line: u64) -> ControlFlow<()> {
        clean_article(&mut article);
        if article.title.is_empty() && article.body.is_empty() {
            self.report(ReadError::NoArticle { line });
            return ControlFlow::Continue(());
        }
        date(&mut article, self.file);
        self.given += 1;
        (self.found)(article)
    }

    /// Notes a trouble; the reading goes on.
    pub(crate) fn report(&mut self, trouble: ReadError) {
        self.is_faulty |= !matches!(trouble, ReadError::NoArticle { .. });
        self.trouble = Some(match self.trouble.take() {
            Some(earlier) => earlier.with_next(trouble),
            None => trouble,
        });
    }
}

/// Dates an article that its format left undated: from its address, else from
/// the name of its file, else from the folders above those that the name gives,
/// else from the start of its text. That counts too where it names the day of
/// the month or year that a path gives.
fn date(article: &mut Article, file: &SourceFile) {
    if article.published.is_some() {
        return;
    }
    let from_url = date_in_url(&article.url).map(|published| (published, DateFrom::Url));
    let from_path = || {
        let in_name = date_in_path(&file.name);
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
