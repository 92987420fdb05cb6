//! Opens the articles that are shown, and says what about them deserves a look.

use jiff::civil::Date;
use tantivy::DocAddress;

use super::{Check, Example, Member};
use crate::article::{Oddity, Published, founded};
use crate::index::{IndexReader, StoredArticle};
use crate::search::error::SearchError;
use crate::text::tokens;

/// Words of a text that stand for a missing headline.
const FIRST_WORDS: usize = 12;

/// Opens articles.
pub(super) struct Opener<'a> {
    pub(super) reader: &'a IndexReader,
    pub(super) today: Date,
}

impl Opener<'_> {
    /// An article alone.
    pub(super) fn example(
        &self,
        check: Check,
        address: DocAddress,
    ) -> Result<Example, SearchError> {
        Ok(Example::of(self.member(check, address)?))
    }

    /// An article, and what shows why it deserves a look.
    pub(super) fn member(&self, check: Check, address: DocAddress) -> Result<Member, SearchError> {
        let article = self.reader.article(address)?;
        let what = self.what(check, &article);
        let StoredArticle { id, path, part, .. } = article;
        Ok(Member::Article { id, path, part, what })
    }

    fn what(&self, check: Check, article: &StoredArticle) -> String {
        let heading = heading(article);
        match check {
            Check::UnreadDate => format!("`{}`: {heading}", article.date_text),
            Check::FutureDate | Check::BeforeOutlet => {
                format!("{}: {heading}", self.date_of(article))
            }
            Check::DateConflict => format!("{}: {heading}", dates(article)),
            Check::TinyText => match article.word_count {
                1 => format!("1 word: {heading}"),
                words => format!("{words} words: {heading}"),
            },
            Check::Embargo => match article.embargoed_until {
                Some(until) => format!("until {until}: {heading}"),
                None => heading,
            },
            _ => heading,
        }
    }

    /// The date of an article, and how it is odd.
    fn date_of(&self, article: &StoredArticle) -> String {
        let Some(published) = article.published else { return "no date".to_owned() };
        let began = founded(&article.outlet);
        match Oddity::of(published.first_day(), published.last_day(), began, self.today) {
            Some(Oddity::BeforeOutlet { founded }) => {
                format!("{} (`{}` began in {founded})", day(published), article.outlet)
            }
            _ => day(published),
        }
    }
}

/// The headline; without one, the first words of the text.
fn heading(article: &StoredArticle) -> String {
    if !article.title.is_empty() {
        return article.title.clone();
    }
    match tokens(&article.body).nth(FIRST_WORDS) {
        Some(next) => format!("{} …", article.body[..next.span.start].trim_end()),
        None => article.body.trim().to_owned(),
    }
}

/// All dates that an article's source gives, each with where it was read.
fn dates(article: &StoredArticle) -> String {
    let own = article.published.zip(article.date_from);
    let all = own.iter().chain(&article.rival_dates);
    let all = all.map(|(published, from)| format!("{} ({})", day(*published), from.name()));
    all.collect::<Vec<_>>().join(", ")
}

/// As much of the day as is known.
fn day(published: Published) -> String {
    let mut day = published.to_string();
    day.truncate("2024-04-14".len());
    day
}
