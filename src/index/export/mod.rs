//! An index as lines of JSON: what they are, and the order in which an index gives them.
//!
//! Who writes them to what, and what is made of them again, is decided elsewhere.

mod article;
mod lines;
mod order;
#[cfg(test)]
mod tests;
mod values;

pub use article::ExportedArticle;
pub use lines::{
    AnyExportHeader, EXPORT_VERSION, ExportEnd, ExportHeader, ExportLine, ExportedSource,
    ExportedVersion,
};
pub use order::Export;
pub(super) use order::hidden_versions;
pub use values::ExportFault;
