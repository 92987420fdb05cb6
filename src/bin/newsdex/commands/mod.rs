//! The commands, one file each: arguments, help, and what it does.

pub(crate) mod annotate;
pub(crate) mod batch;
pub(crate) mod collocates;
pub(crate) mod completions;
pub(crate) mod count;
pub(crate) mod doctor;
pub(crate) mod entities;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod facets;
pub(crate) mod help;
pub(crate) mod index;
pub(crate) mod model;
pub(crate) mod saved;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod status;
pub(crate) mod timeline;
pub(crate) mod verify;
