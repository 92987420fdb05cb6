//! The lines of an export: an index as text, one object of JSON a line.
//!
//! What writes an export and what reads one back share these types, so that neither
//! can know a member that the other does not. What the lines say is described in
//! `docs/OUTPUT.md`; how an index is read or made of them is decided elsewhere.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::article::ExportedArticle;
use super::values::{ExportFault, hash_text, read_hash, read_time, time_text};
use crate::index::{FileState, Method, Recognition, Selected, SourceRecord};

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
    /// The state of the index, see [`IndexReader::revision`](crate::index::IndexReader::revision).
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
    pub(in crate::index) fn new(path: &str, guid: u64, guid_version: i64, withdrawn: bool) -> Self {
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
