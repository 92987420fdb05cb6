//! From a query tree to results: compile, execute, count, rank, show why.
//!
//! Knows the index and the engine; what it hands on are plain data.

mod all_words;
mod bm25;
mod checkup;
mod collocates;
mod compile;
mod compile_names;
mod compile_places;
mod counts;
mod entities;
mod error;
mod excluded;
mod execute;
mod explain;
mod facets;
mod filters;
mod fitting;
mod forms;
mod glob;
mod highlight;
mod inventory;
mod kwic;
mod list;
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
mod surprise;
mod text_query;
mod timeline;
mod value_filter;
mod vocabulary;

pub use bm25::FieldScore;
pub use checkup::{
    Check, CheckupRequest, Example, Finding, LARGE_FILE, Member, Subject, TINY_WORDS, check_up,
};
pub use collocates::{Collocate, CollocateRequest, Collocates, Measure, collocates};
pub use counts::{Cell, CountRequest, Counted, Counter, MOST_CELLS, MOST_DIMENSIONS};
pub use entities::{
    EntityList, EntityOrder, EntityRequest, EntityRow, EntitySort, Evidence, Likeness, MOST_NODES,
    Network, NetworkEdge, Suggestion, Suggestions, list_entities, network, suggest_merges,
};
pub use error::{EngineTrouble, SearchError, engine_trouble};
pub use execute::Search;
pub use explain::{
    ExplainRequest, ExplainedArticle, ExplainedPart, FormKind, Meaning, PartInArticle, explain,
    explain_article,
};
pub use inventory::Inventory;
pub use kwic::{Kwic, KwicLine};
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
