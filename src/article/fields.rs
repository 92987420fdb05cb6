//! The fields of an article as its source file gives them.

use super::{DateFrom, Doubt, Published, Status};

/// One news text with its fields.
///
/// Texts are Unicode as decoded, line ends `\n`. Fields that the file does not
/// give are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The article's number or name inside its source file; empty where the
    /// file holds one article only.
    pub part: String,
    /// The headline.
    pub title: String,
    /// The text, with its paragraphs (separated by an empty line).
    pub body: String,
    /// Address of the page.
    pub url: String,
    /// Who published it.
    pub outlet: String,
    /// Who wrote it, one name each.
    pub authors: Vec<String>,
    /// The section of the outlet: Politics, Sport.
    pub section: String,
    /// Topics, subjects, keywords.
    pub tags: Vec<String>,
    /// Language as given: a BCP 47 tag such as `en` or `pt-BR`.
    pub lang: String,
    /// Date of publication, and where it was read.
    pub published: Option<(Published, DateFrom)>,
    /// Other days that its source gives for the publication, the weightiest first.
    pub rival_dates: Vec<(Published, DateFrom)>,
    /// A date that could not be understood, as it was written.
    pub date_text: String,
    /// The dateline, where the format keeps it apart from the text.
    pub dateline: String,
    /// People, as metadata names them.
    pub people: Vec<String>,
    /// Organizations, as metadata names them.
    pub organizations: Vec<String>,
    /// Places, as metadata names them.
    pub places: Vec<String>,
    /// What its publisher calls it in every delivery, so that a later version can
    /// replace an earlier; empty where it has no such name.
    pub guid: String,
    /// Its place among the versions of the same `guid`: the greatest counts.
    pub version: i64,
    /// Whether its publisher lets it be used.
    pub status: Status,
    /// Until when it must not be published, where it is under embargo and that is known.
    pub embargoed_until: Option<Published>,
    /// What about it deserves a look, each once, in order.
    pub doubts: Vec<Doubt>,
}

impl Article {
    /// Notes a doubt, once.
    pub fn doubt(&mut self, doubt: Doubt) {
        if let Err(place) = self.doubts.binary_search(&doubt) {
            self.doubts.insert(place, doubt);
        }
    }

    /// Bytes of all its texts.
    #[must_use]
    pub fn text_bytes(&self) -> usize {
        let texts = [&self.title, &self.body, &self.url, &self.outlet, &self.section];
        let lists = [&self.authors, &self.tags, &self.people, &self.organizations, &self.places];
        texts.into_iter().chain(lists.into_iter().flatten()).map(String::len).sum()
    }
}
