//! From a query tree to results: compile, execute, count, rank, show why.
//!
//! Knows the index and the engine; what it hands on are plain data.

mod bm25;
mod compile;
mod compile_names;
mod compile_places;
mod counts;
mod entities;
mod error;
mod excluded;
mod execute;
mod facets;
mod filters;
mod fitting;
mod forms;
mod glob;
mod highlight;
mod matched_words;
mod matching;
mod name_counts;
mod name_forms;
mod names;
mod periods;
mod places;
mod postings;
mod rank;
mod results;
mod saved;
mod snippet;
mod sought;
mod summary;
mod text_query;
mod timeline;
mod vocabulary;

pub use counts::{Cell, CountRequest, Counted, Counter, MOST_CELLS, MOST_DIMENSIONS};
pub use entities::{
    EntityList, EntityOrder, EntityRequest, EntityRow, EntitySort, Evidence, Likeness, MOST_NODES,
    Network, NetworkEdge, Suggestion, Suggestions, list_entities, network, suggest_merges,
};
pub use error::{EngineTrouble, SearchError, engine_trouble};
pub use execute::Search;
pub use names::{AliasError, AliasErrorKind, Aliases, Names};
pub use rank::{Limit, Order, SortKey};
pub use results::{
    Drill, Facet, FacetField, FacetRequest, FacetValue, Hit, Matches, Period, Ranked,
    SearchRequest, Snippet,
};
pub use saved::{Mark, NewArticles, SavedRuns, SavedRunsError, Told};
pub use summary::Summary;
pub use timeline::{
    Base, MOST_COUNTS, Others, PeriodDays, ROWS_BY_DEFAULT, Series, SeriesRequest, Split, Timeline,
    TimelineRequest, timeline,
};
