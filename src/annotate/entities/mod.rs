//! From mentions to entities, within one article: who is meant by each mention,
//! and under which name.
//!
//! Forms (the different texts of mentions) are cleaned and folded once; kinds
//! are settled; full names become people and organizations; short forms are
//! followed to them in the order of the text. Linear in the mentions.

mod byline;
mod clean;
mod drafts;
mod extent;
mod forms;
mod gazetteer;
mod gender;
mod groups;
mod keys;
mod kinds;
mod known;
mod meaning;
mod naming;
mod noise;
mod organizations;
mod people;
mod reference;
mod resolve;
mod titles;
mod words;

pub(super) use resolve::resolve;

#[cfg(test)]
mod tests;
