//! The way of every article from its format to whoever reads the file: it is
//! cleaned and dated; and what went wrong on the way is gathered.

use std::ops::ControlFlow;

use super::clean::clean_article;
use super::dates::{date_in_path, date_in_url};
use super::error::ReadError;
use super::walk::SourceFile;
use crate::article::{Article, DateFrom};

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

/// Dates an article that its format left undated, from its address, else from
/// the name of its file, else from the folders above those that the name gives.
fn date(article: &mut Article, file: &SourceFile) {
    if article.published.is_none() {
        let from_url = date_in_url(&article.url).map(|published| (published, DateFrom::Url));
        let from_path =
            || date_in_path(&file.name).or_else(|| date_in_path(&file.path.to_string_lossy()));
        article.published =
            from_url.or_else(|| from_path().map(|published| (published, DateFrom::Path)));
    }
}
