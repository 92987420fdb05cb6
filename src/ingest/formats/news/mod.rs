//! The XML of news agencies and of the collections made from it: NITF, NewsML 1,
//! NewsML-G2, and the form of the Reuters Corpus RCV1.
//!
//! Each gives the articles of one of its records; `xml` finds the records.

mod newsml;
mod newsml_g2;
mod nitf;
mod rcv1;
mod values;

pub(in crate::ingest) use newsml::articles as newsml;
pub(in crate::ingest) use newsml_g2::articles as newsml_g2;
pub(in crate::ingest) use nitf::articles as nitf;
pub(in crate::ingest) use rcv1::articles as rcv1;
pub(in crate::ingest::formats) use values::status;
