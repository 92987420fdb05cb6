//! What a query means in this index: each of its parts, what its words became, and
//! how many articles each part finds.
//!
//! `explained` is the plain data; `run` goes through the tree, `meaning` says what
//! became of a word, a name or a date; `article` tells how one article stands to it.

mod article;
mod explained;
mod meaning;
mod run;

pub use article::explain_article;
pub use explained::{
    ExplainRequest, ExplainedArticle, ExplainedPart, FormKind, Meaning, PartInArticle,
};
pub use run::explain;
