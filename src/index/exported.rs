//! The lines of an export: an index as text, one object of JSON a line.
//!
//! What writes an export and what reads one back share these types, so that neither
//! can know a member that the other does not. What the lines say is described in
//! `docs/OUTPUT.md`; how an index is read or made of them is decided elsewhere.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    FileState, Method, Recognition, Selected, SourceRecord, StoredArticle, StoredEntity,
    StoredMention,
};
use crate::annotate::{EntityKind, Origin, TextPart};
use crate::article::{ArticleId, DateFrom, Doubt, Published, Status};

/// Version of the lines; raised when a member comes, goes or changes its meaning, since
/// who reads an export refuses what it does not know.
pub const EXPORT_VERSION: u32 = 1;

/// The first line: what the file is, and how its articles were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportHeader {
    /// [`EXPORT_VERSION`]; stands first, so that the file is known by its first bytes.
    pub newsdex_export: u32,
    /// Version of the program.
    pub program: String,
    /// Schema version of the index.
    pub schema: u32,
    /// The state of the index, see [`IndexReader::revision`](super::IndexReader::revision).
    pub revision: String,
    /// The query that the articles match, where these are not all: then neither
    /// records of source files nor other versions are there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Fields that files name otherwise.
    pub map: Vec<ExportedField>,
    /// With what names were recognised.
    pub recognition: ExportedRecognition,
    /// Which files are taken.
    pub selection: ExportedSelection,
}

/// What every version of a first line has.
#[derive(Clone, Debug, Deserialize)]
pub struct AnyExportHeader {
    /// Version of the lines.
    pub newsdex_export: u32,
    /// Version of the program.
    #[serde(default)]
    pub program: String,
}

/// A field of articles and the name that source files give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedField {
    field: String,
    name: String,
}

/// With what names were recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedRecognition {
    /// The model's identifier, 16 hexadecimal digits; none if there was no model.
    model: Option<String>,
    /// The name of its file; none for the model inside the program.
    file: Option<String>,
}

/// Which files are taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedSelection {
    include: Vec<String>,
    exclude: Vec<String>,
    hidden: bool,
}

/// Every other line: an object of one member, whose name says what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum ExportLine {
    /// The record of a source file.
    Source(ExportedSource),
    /// An article.
    Article(Box<ExportedArticle>),
    /// A version of an article that is not shown.
    Hidden(ExportedVersion),
    /// The end.
    End(ExportEnd),
}

/// The last line: what stands before it, so that a file that was cut or damaged shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportEnd {
    /// Records of source files.
    pub sources: u64,
    /// Articles.
    pub articles: u64,
    /// Versions that are not shown.
    pub hidden: u64,
    /// XXH3-128 of all lines before, with their line ends: 32 hexadecimal digits.
    pub hash: String,
}

/// The record of a source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedSource {
    /// Its name.
    pub name: String,
    /// Its size in bytes; none if it came through a pipe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    /// When it was modified; none if it came through a pipe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    /// Hash of its content, 16 hexadecimal digits; none if it was not read to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
    /// How many articles it gave.
    articles: u64,
    /// Why it could not be read, or not wholly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trouble: Option<String>,
}

/// A version of an article that is not shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedVersion {
    /// Name of its source file.
    pub path: String,
    /// Hash of what its publisher calls the article, 16 hexadecimal digits.
    pub guid_hash: String,
    /// Its place among the versions of that name.
    pub guid_version: i64,
    /// Whether it takes the others back.
    pub withdrawn: bool,
}

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

/// Why a line that is well-formed cannot be what was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportFault {
    /// A value is not of its kind.
    #[error("`{text}` is no {kind}")]
    Value {
        /// What it should be.
        kind: &'static str,
        /// The value.
        text: String,
    },
    /// An article has another identifier than its path and part give.
    #[error("the article `{part}` of `{path}` has the identifier of another")]
    OtherId {
        /// Its source file.
        path: String,
        /// Its part.
        part: String,
    },
    /// A mention points beside the text.
    #[error("a mention of `{name}` does not lie in the text")]
    Mention {
        /// The name of the entity.
        name: String,
    },
}

fn hash_text(hash: u64) -> String {
    format!("{hash:016x}")
}

fn read_hash(text: &str) -> Result<u64, ExportFault> {
    let fits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = u64::from_str_radix(text, 16).ok().filter(|_| fits);
    number.ok_or_else(|| ExportFault::Value { kind: "hash of 16 digits", text: text.to_owned() })
}

/// A time as RFC 3339. What is beyond the calendar of 20,000 years is its end.
fn time_text(time: Result<Timestamp, jiff::Error>) -> String {
    time.unwrap_or(Timestamp::MAX).to_string()
}

fn read_time(text: &str) -> Result<Timestamp, ExportFault> {
    text.parse().map_err(|_| ExportFault::Value { kind: "time", text: text.to_owned() })
}

impl ExportHeader {
    /// The parts of the first line that say how articles were made.
    pub(super) fn method_parts(
        method: &Method,
    ) -> (Vec<ExportedField>, ExportedRecognition, ExportedSelection) {
        let field = |(field, name): &(String, String)| ExportedField {
            field: field.clone(),
            name: name.clone(),
        };
        let recognition = ExportedRecognition {
            model: method.recognition.model().map(hash_text),
            file: match &method.recognition {
                Recognition::File { file, .. } => Some(file.clone()),
                Recognition::Nothing | Recognition::Embedded { .. } => None,
            },
        };
        let Selected { include, exclude, hidden } = method.selected.clone();
        let selection = ExportedSelection { include, exclude, hidden };
        (method.map.iter().map(field).collect(), recognition, selection)
    }

    /// How the articles were made.
    ///
    /// # Errors
    ///
    /// When the identifier of the model is none.
    pub fn method(self) -> Result<Method, ExportFault> {
        let ExportedSelection { include, exclude, hidden } = self.selection;
        let model = self.recognition.model.as_deref().map(read_hash).transpose()?;
        let recognition = match (model, self.recognition.file) {
            (None, _) => Recognition::Nothing,
            (Some(model), None) => Recognition::Embedded { model },
            (Some(model), Some(file)) => Recognition::File { file, model },
        };
        Ok(Method {
            map: self.map.into_iter().map(|map| (map.field, map.name)).collect(),
            recognition,
            selected: Selected { include, exclude, hidden },
        })
    }
}

impl From<SourceRecord> for ExportedSource {
    fn from(record: SourceRecord) -> Self {
        let FileState { size, modified_ns } = record.state;
        let is_file = !record.state.is_piped();
        let modified = || time_text(Timestamp::from_nanosecond(modified_ns.into()));
        Self {
            name: record.name,
            size: is_file.then_some(size),
            modified: is_file.then(modified),
            hash: record.hash.map(hash_text),
            articles: record.articles,
            trouble: record.trouble,
        }
    }
}

impl TryFrom<ExportedSource> for SourceRecord {
    type Error = ExportFault;

    fn try_from(source: ExportedSource) -> Result<Self, ExportFault> {
        let state = match (source.size, source.modified) {
            (Some(size), Some(modified)) => {
                let nanoseconds = read_time(&modified)?.as_nanosecond();
                let modified_ns = i64::try_from(nanoseconds)
                    .map_err(|_| ExportFault::Value { kind: "time of a file", text: modified })?;
                FileState { size, modified_ns }
            }
            _ => FileState::PIPED,
        };
        Ok(Self {
            name: source.name,
            state,
            hash: source.hash.as_deref().map(read_hash).transpose()?,
            articles: source.articles,
            trouble: source.trouble,
        })
    }
}

impl ExportedVersion {
    /// The version of an article in the source file `path` that is not shown.
    pub(super) fn new(path: &str, guid: u64, guid_version: i64, withdrawn: bool) -> Self {
        Self { path: path.to_owned(), guid_hash: hash_text(guid), guid_version, withdrawn }
    }

    /// The hash of what its publisher calls the article.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn guid(&self) -> Result<u64, ExportFault> {
        read_hash(&self.guid_hash)
    }
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
