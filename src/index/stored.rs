//! An article as the index keeps it, and gives it back to be shown.

use serde::{Deserialize, Serialize};

use crate::annotate::{Annotations, Entity, EntityKind, Mention, Origin, TextPart};
use crate::article::{Article, ArticleId, DateFrom, Doubt, Published, Status};

/// An article with its annotations, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredArticle {
    /// Its identifier.
    pub id: ArticleId,
    /// Name of its source file.
    pub path: String,
    /// Its number or name in the source file; empty if it is alone there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub part: String,
    /// Address of the page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Who published it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outlet: String,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Section of the outlet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// Topics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Language, given or detected, as a code; empty if it cannot be told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lang: String,
    /// The headline.
    pub title: String,
    /// The text.
    pub body: String,
    /// Date of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// Where that date was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_from: Option<DateFrom>,
    /// Other days that its source gives, and where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rival_dates: Vec<(Published, DateFrom)>,
    /// A date that could not be understood, as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date_text: String,
    /// The dateline, where the format keeps it apart.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dateline: String,
    /// What its publisher calls it in every delivery.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub guid: String,
    /// Its place among the versions of that name.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub guid_version: i64,
    /// Whether it may be used.
    #[serde(default, skip_serializing_if = "is_usable")]
    pub status: Status,
    /// Until when it is under embargo, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embargoed_until: Option<Published>,
    /// What about it deserves a look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    /// When it was first seen, in seconds since 1970.
    pub indexed_at: i64,
    /// Number of words in title and body.
    pub word_count: u64,
    /// Who and what it names; stored beside it.
    #[serde(skip)]
    pub entities: Vec<StoredEntity>,
}

/// An entity of a stored article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntity {
    /// Person, organization or place.
    pub kind: EntityKind,
    /// The canonical name.
    pub name: String,
    /// Given as metadata, or recognised.
    pub origin: Origin,
    /// Whether the name is a part of a name, because the article never gives
    /// the whole.
    pub partial: bool,
    /// Whether the article is about it.
    pub about: bool,
    /// Where it is named.
    pub mentions: Vec<StoredMention>,
}

/// A mention of an entity: text, first byte, byte after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredMention(pub TextPart, pub usize, pub usize);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
const fn is_zero(number: &i64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_usable(status: &Status) -> bool {
    *status == Status::Usable
}

impl From<&Entity> for StoredEntity {
    fn from(entity: &Entity) -> Self {
        let mention =
            |mention: &Mention| StoredMention(mention.part, mention.span.start, mention.span.end);
        Self {
            kind: entity.kind,
            name: entity.name.clone(),
            origin: entity.origin,
            partial: entity.partial,
            about: entity.about,
            mentions: entity.mentions.iter().map(mention).collect(),
        }
    }
}

impl StoredArticle {
    /// The form in which an article of the source file `path`, first seen at `indexed_at`
    /// (seconds since 1970), would be stored.
    #[must_use]
    pub fn of(
        article: &Article,
        annotations: &Annotations<'_>,
        path: &str,
        indexed_at: i64,
    ) -> Self {
        let entities = annotations.entities.iter().map(StoredEntity::from).collect();
        Self { entities, ..Self::without_entities(article, annotations, path, indexed_at) }
    }

    /// The same without its entities, which are stored beside it.
    #[must_use]
    pub(super) fn without_entities(
        article: &Article,
        annotations: &Annotations<'_>,
        path: &str,
        indexed_at: i64,
    ) -> Self {
        Self {
            id: ArticleId::of(path, &article.part),
            path: path.to_owned(),
            part: article.part.clone(),
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            authors: article.authors.clone(),
            section: article.section.clone(),
            tags: article.tags.clone(),
            lang: annotations.language.clone().unwrap_or_default(),
            title: article.title.clone(),
            body: article.body.clone(),
            published: article.published.map(|(published, _)| published),
            date_from: article.published.map(|(_, from)| from),
            rival_dates: article.rival_dates.clone(),
            date_text: article.date_text.clone(),
            dateline: article.dateline.clone(),
            guid: article.guid.clone(),
            guid_version: article.version,
            status: article.status,
            embargoed_until: article.embargoed_until,
            doubts: article.doubts.clone(),
            indexed_at,
            word_count: annotations.word_count() as u64,
            entities: Vec::new(),
        }
    }

    /// The names of its entities of one kind, in their order.
    pub fn names(&self, kind: EntityKind) -> impl Iterator<Item = &str> {
        self.entities
            .iter()
            .filter(move |entity| entity.kind == kind)
            .map(|entity| entity.name.as_str())
    }
}
