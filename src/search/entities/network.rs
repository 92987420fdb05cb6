//! Who is named together: a network of the most frequent entities.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::index::SegmentReader;

use super::list::{EntityRequest, EntityRow, fields_of, ranking};
use super::rows::{Ranked, compare, row};
use crate::index::{Fields, IndexReader};
use crate::search::compile::Compiler;
use crate::search::error::SearchError;
use crate::search::matching::{Take, each_match};
use crate::search::names::{LazyNames, NameColumns, Names};
use crate::search::rank::Limit;

/// Nodes of the largest network: two million pairs, in 16 MB, and more than
/// anybody can look at.
pub const MOST_NODES: usize = 2000;

/// Entities, and who is named with whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// The entities, in the order asked for.
    pub nodes: Vec<EntityRow>,
    /// The pairs that are named in one article at least: most articles first,
    /// then by their nodes.
    pub edges: Vec<NetworkEdge>,
    /// How many articles were looked at.
    pub articles: u64,
}

/// Two entities that are named together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkEdge {
    /// Places among the nodes, the lower first.
    pub nodes: (usize, usize),
    /// How many articles name both.
    pub articles: u64,
}

/// The network of the entities that `request` asks for.
///
/// # Errors
///
/// When more than [`MOST_NODES`] are asked for, and as for a list.
pub fn network(reader: &IndexReader, request: &EntityRequest) -> Result<Network, SearchError> {
    let limit = match request.limit {
        Limit::First(limit) if limit <= MOST_NODES => limit,
        _ => return Err(SearchError::NetworkTooLarge { limit: MOST_NODES }),
    };
    let lazy = LazyNames::new(reader, &request.aliases);
    let names = lazy.get()?;
    let ranking = ranking(&lazy, request)?;
    let mut ranked = ranking.ranked;
    ranked.sort_unstable_by(|one, other| compare(names, request.order, one, other));
    ranked.truncate(limit);
    let mut pairs = Pairs::new(names, reader.fields(), &fields_of(&request.kinds), &ranked);
    let compiler = Compiler::new(&lazy, request.today, request.pattern_limit)?;
    each_match(&lazy, &compiler, &ranking.query, &mut pairs)?;
    let nodes = ranked.iter().map(|ranked| row(reader, names, ranked));
    let edges = pairs.edges();
    Ok(Network { nodes: nodes.collect::<Result<_, _>>()?, edges, articles: ranking.articles })
}

/// Counts pairs of nodes over matching articles.
struct Pairs<'a> {
    names: &'a Arc<Names>,
    fields: &'a Fields,
    of_fields: Vec<usize>,
    columns: Vec<NameColumns>,
    places: FxHashMap<u32, usize>,
    /// How many articles name both, for each pair: the row of the later node
    /// holds all before it.
    counts: Vec<u32>,
    /// The nodes of an article; reused.
    here: Vec<usize>,
}

impl<'a> Pairs<'a> {
    fn new(
        names: &'a Arc<Names>,
        fields: &'a Fields,
        of_fields: &[usize],
        nodes: &[Ranked],
    ) -> Self {
        let places = nodes.iter().enumerate().map(|(place, ranked)| (ranked.name, place));
        Self {
            names,
            fields,
            of_fields: of_fields.to_vec(),
            columns: Vec::new(),
            places: places.collect(),
            counts: vec![0; nodes.len() * nodes.len().saturating_sub(1) / 2],
            here: Vec::new(),
        }
    }

    fn edges(&self) -> Vec<NetworkEdge> {
        let mut edges = Vec::new();
        let mut counts = self.counts.iter();
        for later in 1..self.places.len() {
            for (earlier, articles) in (0..later).zip(counts.by_ref()) {
                if *articles > 0 {
                    let articles = u64::from(*articles);
                    edges.push(NetworkEdge { nodes: (earlier, later), articles });
                }
            }
        }
        edges.sort_by(|one, other| {
            other.articles.cmp(&one.articles).then_with(|| one.nodes.cmp(&other.nodes))
        });
        edges
    }
}

impl Take for Pairs<'_> {
    fn segment(&mut self, number: usize, segment: &SegmentReader) -> Result<(), SearchError> {
        let open =
            |field: &usize| NameColumns::open(self.names, self.fields, *field, number, segment);
        self.columns = self.of_fields.iter().map(open).collect::<tantivy::Result<_>>()?;
        Ok(())
    }

    fn take(&mut self, doc: DocId) {
        let Self { columns, places, here, counts, .. } = self;
        here.clear();
        for columns in columns {
            columns.each(doc, |name| here.extend(places.get(&name)));
        }
        here.sort_unstable();
        here.dedup();
        for (rank, later) in here.iter().enumerate() {
            let row = later * later.saturating_sub(1) / 2;
            for earlier in &here[..rank] {
                counts[row + earlier] += 1;
            }
        }
    }
}
