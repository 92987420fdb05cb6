//! All that an index knows, as a value: what two indexes of the same folder must share,
//! whatever became of each on its way.

use newsdex::index::StoredArticle;
use newsdex::query::{NameField, parse};
use newsdex::search::{Drill, Facet, FacetField, FacetRequest, Period, Search};

use crate::harness::Archive;
use crate::library::{self, FIRST_SEEN, Library, articles};

/// All that an index knows, when articles were first seen apart.
#[derive(Debug, PartialEq)]
pub(crate) struct Knowledge {
    pub(crate) articles: Vec<StoredArticle>,
    pub(crate) facets: Vec<Facet>,
    pub(crate) found: Vec<(String, Vec<String>)>,
    pub(crate) sources: Vec<(String, u64, Option<String>)>,
}

/// Queries whose answers two indexes must share.
const QUERIES: [&str; 9] = [
    "strike",
    "\"port strike\"",
    "title:storm",
    "lead:port -drone",
    "person:lee",
    "dron*",
    "date:2024-01..2024-06",
    "words>12",
    "outlet:gazette OR -has:date",
];

/// What the index of a folder knows.
pub(crate) fn knowledge(library: &Library) -> Knowledge {
    let reader = library.reader();
    let mut everything = library::request(parse("").unwrap());
    let names = NameField::ALL.into_iter().map(FacetField::Name);
    let fields = names.chain([FacetField::Date(Period::Month)]);
    let facet = |field| FacetRequest {
        field,
        limit: None,
        prefix: None,
        filter: None,
        drill: Drill::Sideways,
    };
    everything.facets = fields.map(facet).collect();
    let matches = Search::run(&reader, &everything).unwrap();
    let mut stored = articles(&reader, &matches);
    stored.iter_mut().for_each(|article| article.indexed_at = 0);
    let found = QUERIES.map(|text| {
        let matches = Search::run(&reader, &library::request(parse(text).unwrap())).unwrap();
        let ids =
            articles(&reader, &matches).iter().map(|article| article.id.to_string()).collect();
        (text.to_owned(), ids)
    });
    let manifest = reader.manifest().unwrap();
    let sources = manifest
        .iter()
        .map(|record| (record.name.clone(), record.articles, record.trouble.clone()));
    Knowledge {
        articles: stored,
        facets: matches.facets,
        found: found.to_vec(),
        sources: sources.collect(),
    }
}

/// What an index made from nothing knows.
pub(crate) fn rebuilt(library: &Library) -> Knowledge {
    let elsewhere = Archive::new();
    let fresh = Library {
        index: elsewhere.path("index"),
        recognition: library.recognition.clone(),
        ..Library::of(&library.base)
    };
    fresh.update(FIRST_SEEN);
    knowledge(&fresh)
}
