//! newsdex turns folders of news articles into a search index and answers
//! questions about them.

#![forbid(unsafe_code)]

pub mod annotate;
pub mod article;
pub mod index;
pub mod ingest;
pub mod output;
pub mod query;
pub mod search;
pub mod text;
pub mod update;
