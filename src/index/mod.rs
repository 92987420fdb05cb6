//! The index on disk: schema, documents, the record of source files, reading
//! and writing.
//!
//! Takes annotated articles and gives stored ones back. It knows tantivy, and
//! neither the query language nor where articles come from.

mod bits;
mod budget;
mod capitals;
mod checksum;
mod columns;
mod company;
mod directory;
mod document;
mod editions;
mod encoder;
mod entity_terms;
mod error;
mod export;
mod forgotten;
mod form_code;
mod lean_directory;
mod leftovers;
mod lock;
mod manifest;
mod merges;
mod method;
mod names;
mod pages;
mod place_marks;
mod plan;
mod reader;
mod replacement;
mod restored;
mod schema;
mod segment_files;
mod sound_merges;
mod stored;
mod stored_entities;
pub mod terms;
mod threads;
mod verify;
mod version;
mod whole_file;
mod writer;

pub use budget::{Budget, Share};
pub use capitals::Acronyms;
pub use columns::OrderColumns;
pub use document::{DOCUMENT_BYTES_PER_BYTE, DocumentBuilder, NewsDocument};
pub use editions::Editions;
pub use entity_terms::entity_key;
pub use error::IndexError;
pub use export::{
    AnyExportHeader, EXPORT_VERSION, Export, ExportEnd, ExportFault, ExportHeader, ExportLine,
    ExportedArticle, ExportedSource, ExportedVersion,
};
pub use form_code::decode as decode_form;
pub use lock::WriterLock;
pub use manifest::{Manifest, SourceRecord};
pub use method::{FieldMap, Method, Recognition, Selected};
pub use names::{NameTable, Numbers, PART_BIT, PartialName, SURNAME_ONLY};
pub use plan::{Action, FileState, action};
pub use reader::{IndexReader, SeenArticles};
pub use replacement::{Replacement, stands_aside};
pub use schema::{ENTITY_FIELDS, Fields, NAME_FIELDS, NameFields, SCHEMA_VERSION};
pub use stored::{StoredArticle, StoredEntity, StoredMention};
pub use threads::{both, cores, in_stretches, shared_out, start};
pub use verify::{
    Depth, Fault, FaultKind, Listed, MOST_LISTED, Remark, RemarkKind, Verification, verify,
};
pub use writer::{Forget, IndexWriter, SourceUpdate, Stage, WriterOptions};
