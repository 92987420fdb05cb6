//! A file of aliases is followed or refused at one of its lines; under those that are
//! followed, each name finds as many articles as are counted for it.

use std::sync::{Arc, OnceLock};

use newsdex::index::IndexReader;
use newsdex::query::parse;
use newsdex::search::{Aliases, Search};

use super::answers::request;
use super::archive::Archive;
use super::choice::text;

/// Checks an input.
pub fn check(bytes: &[u8]) {
    static INDEX: OnceLock<(IndexReader, Archive)> = OnceLock::new();
    let text = text(bytes);
    let aliases = match Aliases::read(&text) {
        Ok(aliases) => Arc::new(aliases),
        Err(error) => {
            assert!((1..=text.lines().count()).contains(&error.line), "{error:?}");
            assert!(!error.kind.hint().is_empty());
            return;
        }
    };
    let (reader, _) = INDEX.get_or_init(|| {
        let archive = Archive::of_articles();
        (archive.reader(), archive)
    });
    let everything = request(parse("").expect("it is a query"), &aliases);
    let matches = Search::run(reader, &everything).expect("the index is sound");
    for value in &matches.facets[0].values {
        let name = value.value.replace('\\', "\\\\").replace('"', "\\\"");
        let Ok(query) = parse(&format!("person:\"{name}\"")) else { continue };
        let found = Search::run(reader, &request(query, &aliases)).expect("the index is sound");
        assert_eq!(found.total, value.count, "{value:?}");
    }
}
