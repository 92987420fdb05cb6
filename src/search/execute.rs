//! Runs a query over the segments: which articles, in what order, how many of
//! what.

use jiff::civil::Date;
use tantivy::index::SegmentReader;
use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocId, SegmentOrdinal};

use super::compile::Compiler;
use super::error::SearchError;
use super::facets::{FacetCounter, Selected};
use super::highlight::Highlighter;
use super::names::{Aliases, LazyNames};
use super::rank::Ranking;
use super::results::{Drill, Facet, FacetField, FacetRequest, Hit, Matches, Ranked, SearchRequest};
use super::snippet::snippet;
use crate::index::{IndexReader, StoredArticle, shared_out};
use crate::query::{Expr, Node, Query, Selection};

/// A search over one index.
pub struct Search<'a> {
    reader: &'a IndexReader,
    pub(super) highlighter: Highlighter,
}

/// A pass over the matching articles of one query, or what one thread has of it.
struct Pass<'a> {
    ranking: Option<Ranking>,
    facets: Vec<FacetCounter<'a>>,
    total: u64,
}

impl<'a> Search<'a> {
    /// A search for what this query finds, under these aliases.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or the aliases contradict each other.
    pub fn new(
        reader: &'a IndexReader,
        aliases: &Aliases,
        query: &Query,
    ) -> Result<Self, SearchError> {
        Ok(Self { reader, highlighter: Highlighter::new(reader, aliases, query)? })
    }

    /// Finds the articles of `request` and counts its facets.
    ///
    /// # Errors
    ///
    /// When a pattern takes in too much, or the index cannot be read.
    pub fn run(reader: &IndexReader, request: &SearchRequest) -> Result<Matches, SearchError> {
        let lazy = LazyNames::new(reader, &request.aliases);
        let compiler = Compiler::new(&lazy, request.today, request.pattern_limit)?;
        let (own, sideways): (Vec<_>, Vec<_>) = request
            .facets
            .iter()
            .enumerate()
            .map(|(place, facet)| (place, facet, without_selection(&request.query, facet)))
            .partition(|(_, _, other)| other.is_none());

        let ranking = || Ranking::new(request.order, request.offset, request.limit);
        let scored = ranking().needs_scores();
        let pass = Pass::run(&lazy, &compiler, request.threads, &request.query, scored, || {
            let facets = own.iter().map(|(_, facet, _)| FacetCounter::new(&lazy, facet));
            Ok(Pass {
                ranking: Some(ranking()),
                facets: facets.collect::<Result<_, _>>()?,
                total: 0,
            })
        })?;
        let mut counted: Vec<(usize, Facet)> = Vec::with_capacity(request.facets.len());
        for ((place, facet, _), counter) in own.iter().zip(pass.facets) {
            let selected = selected(request, facet.field);
            counted.push((*place, counter.finish(reader, &selected, false)?));
        }
        for (place, facet, other) in &sideways {
            let Some(query) = other else { continue };
            let pass = Pass::run(&lazy, &compiler, request.threads, query, false, || {
                let facets = vec![FacetCounter::new(&lazy, facet)?];
                Ok(Pass { ranking: None, facets, total: 0 })
            })?;
            let selected = selected(request, facet.field);
            for counter in pass.facets {
                counted.push((*place, counter.finish(reader, &selected, true)?));
            }
        }
        counted.sort_by_key(|(place, _)| *place);
        Ok(Matches {
            total: pass.total,
            ranked: pass.ranking.map(Ranking::finish).unwrap_or_default(),
            facets: counted.into_iter().map(|(_, facet)| facet).collect(),
        })
    }

    /// Reads a matching article, and finds what shows why it matches.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn hit(&self, ranked: &Ranked) -> Result<Hit, SearchError> {
        let article = self.article(ranked)?;
        let marks = self.highlighter.marks(&article);
        let snippet = snippet(&article.body, &marks.body_words, &marks.body);
        Ok(Hit { score: ranked.score, title_marks: marks.title, snippet, article })
    }

    /// The names of the source files of matching articles, read from their
    /// column: no article is opened.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn paths(reader: &IndexReader, ranked: &[Ranked]) -> Result<Vec<String>, SearchError> {
        let fields = reader.fields();
        let segments = reader.searcher().segment_readers();
        let columns = segments
            .iter()
            .map(|segment| segment.fast_fields().str(fields.name_of(fields.path)))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let mut paths = Vec::with_capacity(ranked.len());
        for ranked in ranked {
            let mut path = String::new();
            if let Some(column) = &columns[ranked.address.segment_ord as usize]
                && let Some(ord) = column.ords().first(ranked.address.doc_id)
            {
                column.ord_to_str(ord, &mut path)?;
            }
            paths.push(path);
        }
        Ok(paths)
    }

    /// The words of the query that find only acronyms, as they are folded.
    #[must_use]
    pub fn acronyms(&self) -> Vec<String> {
        self.highlighter.acronyms()
    }

    /// Reads a matching article.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn article(&self, ranked: &Ranked) -> Result<StoredArticle, SearchError> {
        Ok(self.reader.article(ranked.address)?)
    }
}

impl<'a> Pass<'a> {
    /// Goes over the articles of `query`; several threads share the segments.
    fn run(
        names: &'a LazyNames<'_>,
        compiler: &Compiler<'_>,
        threads: usize,
        query: &Query,
        scored: bool,
        begin: impl Fn() -> Result<Self, SearchError> + Sync,
    ) -> Result<Self, SearchError> {
        let reader = names.reader;
        let query = compiler.compile(query)?;
        let scoring = if scored {
            EnableScoring::enabled_from_searcher(reader.searcher())
        } else {
            EnableScoring::disabled_from_searcher(reader.searcher())
        };
        let weight = query.weight(scoring)?;
        let segments = reader.searcher().segment_readers();
        let parts = shared_out(segments, threads, &begin, |part, ordinal, segment| {
            part.segment(reader, weight.as_ref(), ordinal as SegmentOrdinal, segment, scored)
        })?;
        let whole = parts.into_iter().reduce(|mut whole, part| {
            whole.add(part);
            whole
        });
        whole.map_or_else(begin, Ok)
    }

    fn add(&mut self, other: Self) {
        if let Some((ranking, other)) = self.ranking.as_mut().zip(other.ranking) {
            ranking.add(other);
        }
        for (facet, other) in self.facets.iter_mut().zip(other.facets) {
            facet.add(other);
        }
        self.total += other.total;
    }

    fn segment(
        &mut self,
        reader: &IndexReader,
        weight: &dyn Weight,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
        scored: bool,
    ) -> Result<(), SearchError> {
        for facet in &mut self.facets {
            facet.segment(ordinal as usize, segment)?;
        }
        let facets = &mut self.facets;
        let alive = segment.alive_bitset();
        let mut ranking = match &mut self.ranking {
            Some(ranking) if !ranking.is_idle() => {
                Some((&reader.order_columns()?[ordinal as usize], ranking))
            }
            _ => None,
        };
        let mut total = 0;
        let mut take = |doc: DocId, score: f32| {
            if alive.is_some_and(|alive| alive.is_deleted(doc)) {
                return;
            }
            total += 1;
            for facet in facets.iter_mut() {
                facet.count(doc);
            }
            if let Some((columns, ranking)) = &mut ranking {
                ranking.offer(columns, ordinal, doc, score);
            }
        };
        if scored {
            weight.for_each(segment, &mut take)?;
        } else {
            weight.for_each_no_score(segment, &mut |docs| {
                docs.iter().for_each(|doc| take(*doc, 0.0));
            })?;
        }
        self.total += total;
        Ok(())
    }
}

/// The query without what it selects in the facet's own field; none if it
/// selects nothing there, or the facet is to drill down.
fn without_selection(query: &Query, facet: &FacetRequest) -> Option<Query> {
    if facet.drill == Drill::Down {
        return None;
    }
    match facet.field {
        FacetField::Name(field) => query.without_names(field),
        FacetField::Date(_) => query.without_dates(),
    }
}

/// What the query selects in the field of a facet.
fn selected(request: &SearchRequest, field: FacetField) -> Selected {
    let mut selected = Selected::default();
    let of_facet = match field {
        FacetField::Name(field) => Selection::Names(field),
        FacetField::Date(_) => Selection::Dates,
    };
    for (selection, part) in request.query.selections() {
        if selection == of_facet {
            add_selected(part, request.today, &mut selected);
        }
    }
    selected
}

/// Adds the values that one selection names: one, or several joined by OR.
fn add_selected(part: &Expr, today: Date, selected: &mut Selected) {
    match &part.node {
        Node::Name { name, .. } => selected.names.push(name.clone()),
        Node::Date(date) => selected.days.push(date.resolve(today)),
        Node::Or(parts) => parts.iter().for_each(|part| add_selected(part, today, selected)),
        _ => {}
    }
}
