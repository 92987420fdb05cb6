//! An article in an export, with all that the index knows of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::values::{ExportFault, read_time, time_text};
use crate::annotate::{EntityKind, Origin, TextPart};
use crate::article::{ArticleId, DateFrom, Doubt, Published, Status};
use crate::index::{StoredArticle, StoredEntity, StoredMention};

/// An article with all that the index knows of it. Names and meanings are those of
/// other output; what is empty or false is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "they are those of `StoredArticle`")]
pub struct ExportedArticle {
    pub id: ArticleId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_from: Option<DateFrom>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rival_dates: Vec<ExportedDate>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date_text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outlet: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lang: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    pub path: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub part: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dateline: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub guid: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub guid_version: i64,
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embargoed_until: Option<Published>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    pub indexed_at: String,
    pub words: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<ExportedEntity>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<ExportedEntity>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<ExportedEntity>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
}

/// Another day that the source of an article gives, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedDate {
    published: Published,
    date_from: DateFrom,
}

/// A person, organization or place that an article names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedEntity {
    name: String,
    from: ExportedOrigin,
    #[serde(default, skip_serializing_if = "is_default")]
    partial: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    about: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<ExportedMention>,
}

/// Where an entity is known from, in the words of other output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ExportedOrigin {
    Metadata,
    Text,
}

/// A place in the title or the body, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExportedMention {
    #[serde(rename = "in")]
    part: TextPart,
    start: usize,
    end: usize,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl From<StoredArticle> for ExportedArticle {
    fn from(article: StoredArticle) -> Self {
        let mut by_kind: [Vec<ExportedEntity>; 3] = Default::default();
        for entity in article.entities {
            by_kind[entity.kind as usize].push(entity.into());
        }
        let [people, organizations, places] = by_kind;
        let rival = |(published, date_from)| ExportedDate { published, date_from };
        Self {
            id: article.id,
            title: article.title,
            published: article.published,
            date_from: article.date_from,
            rival_dates: article.rival_dates.into_iter().map(rival).collect(),
            date_text: article.date_text,
            outlet: article.outlet,
            authors: article.authors,
            section: article.section,
            tags: article.tags,
            lang: article.lang,
            url: article.url,
            path: article.path,
            part: article.part,
            dateline: article.dateline,
            guid: article.guid,
            guid_version: article.guid_version,
            status: article.status,
            embargoed_until: article.embargoed_until,
            doubts: article.doubts,
            indexed_at: time_text(Timestamp::from_second(article.indexed_at)),
            words: article.word_count,
            people,
            organizations,
            places,
            body: article.body,
        }
    }
}

impl TryFrom<ExportedArticle> for StoredArticle {
    type Error = ExportFault;

    fn try_from(article: ExportedArticle) -> Result<Self, ExportFault> {
        if article.id != ArticleId::of(&article.path, &article.part) {
            return Err(ExportFault::OtherId { path: article.path, part: article.part });
        }
        let texts = [&*article.title, &*article.body];
        let kinds = [
            (EntityKind::Person, article.people),
            (EntityKind::Organization, article.organizations),
            (EntityKind::Place, article.places),
        ];
        let mut entities = Vec::new();
        for (kind, of_kind) in kinds {
            for entity in of_kind {
                entities.push(entity.stored(kind, texts)?);
            }
        }
        let rivals = article.rival_dates.iter().map(|rival| (rival.published, rival.date_from));
        Ok(Self {
            id: article.id,
            rival_dates: rivals.collect(),
            indexed_at: read_time(&article.indexed_at)?.as_second(),
            path: article.path,
            part: article.part,
            url: article.url,
            outlet: article.outlet,
            authors: article.authors,
            section: article.section,
            tags: article.tags,
            lang: article.lang,
            title: article.title,
            body: article.body,
            published: article.published,
            date_from: article.date_from,
            date_text: article.date_text,
            dateline: article.dateline,
            guid: article.guid,
            guid_version: article.guid_version,
            status: article.status,
            embargoed_until: article.embargoed_until,
            doubts: article.doubts,
            word_count: article.words,
            entities,
        })
    }
}

impl From<StoredEntity> for ExportedEntity {
    fn from(entity: StoredEntity) -> Self {
        let mention = |StoredMention(part, start, end)| ExportedMention { part, start, end };
        Self {
            name: entity.name,
            from: match entity.origin {
                Origin::Metadata => ExportedOrigin::Metadata,
                Origin::Recognised => ExportedOrigin::Text,
            },
            partial: entity.partial,
            about: entity.about,
            mentions: entity.mentions.into_iter().map(mention).collect(),
        }
    }
}

impl ExportedEntity {
    /// It as stored with a headline and a text, into which its mentions must point.
    fn stored(self, kind: EntityKind, texts: [&str; 2]) -> Result<StoredEntity, ExportFault> {
        let lies_in = |mention: &ExportedMention| {
            texts[mention.part as usize].get(mention.start..mention.end).is_some()
        };
        if !self.mentions.iter().all(lies_in) {
            return Err(ExportFault::Mention { name: self.name });
        }
        let mention = |ExportedMention { part, start, end }| StoredMention(part, start, end);
        Ok(StoredEntity {
            kind,
            name: self.name,
            origin: match self.from {
                ExportedOrigin::Metadata => Origin::Metadata,
                ExportedOrigin::Text => Origin::Recognised,
            },
            partial: self.partial,
            about: self.about,
            mentions: self.mentions.into_iter().map(mention).collect(),
        })
    }
}
