//! The company that names keep: with whom articles name them, and how often two
//! of them stand in one article.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::index::SegmentReader;

use crate::index::{ENTITY_FIELDS, Fields};
use crate::search::SearchError;
use crate::search::matching::Take;
use crate::search::names::{NameColumns, Names};

/// Articles of a name whose company is looked at: the first ones. More change
/// little, and bound neither time nor memory.
const ARTICLES: u32 = 200;

/// Looks at the company of some names.
pub(super) struct Contexts<'a> {
    names: &'a Arc<Names>,
    fields: &'a Fields,
    columns: Vec<NameColumns>,
    /// The names that are looked at, each with those it is compared to.
    partners: FxHashMap<u32, Company>,
    /// How many articles name both, for each pair, the lower number first.
    pub(super) together: FxHashMap<(u32, u32), u32>,
    /// The names of an article; reused.
    here: Vec<u32>,
}

#[derive(Default)]
struct Company {
    partners: Vec<u32>,
    articles: u32,
    named_with: FxHashMap<u32, u32>,
}

impl<'a> Contexts<'a> {
    pub(super) fn new(names: &'a Arc<Names>, fields: &'a Fields, pairs: &[(u32, u32)]) -> Self {
        let mut partners: FxHashMap<u32, Company> = FxHashMap::default();
        for (one, other) in pairs {
            partners.entry(*one).or_default().partners.push(*other);
            partners.entry(*other).or_default();
        }
        let (columns, together, here) = (Vec::new(), FxHashMap::default(), Vec::new());
        Self { names, fields, columns, partners, together, here }
    }

    /// How alike the company of two names is, from 0 to 1 (the cosine of how
    /// often each is named with others, rare ones counting more), and who is
    /// most of it. `weight` says how much somebody counts.
    pub(super) fn alike(
        &self,
        one: u32,
        other: u32,
        weight: impl Fn(u32) -> f64,
    ) -> (f64, Vec<u32>) {
        let (Some(first), Some(second)) = (self.partners.get(&one), self.partners.get(&other))
        else {
            return (0.0, Vec::new());
        };
        let is_third = |name: &u32| *name != one && *name != other;
        let square = |company: &Company| -> f64 {
            let mut others: Vec<_> =
                company.named_with.iter().filter(|(name, _)| is_third(name)).collect();
            // So that sums of floats are the same in every run.
            others.sort_unstable();
            others.iter().map(|(name, count)| (f64::from(**count) * weight(**name)).powi(2)).sum()
        };
        let mut shared: Vec<(f64, u32)> = Vec::new();
        for (name, count) in sorted(&first.named_with) {
            if let Some(there) = second.named_with.get(&name).filter(|_| is_third(&name)) {
                let product = f64::from(count) * f64::from(*there) * weight(name).powi(2);
                shared.push((product, name));
            }
        }
        let dot: f64 = shared.iter().map(|(product, _)| product).sum();
        let length = (square(first) * square(second)).sqrt();
        shared.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let cosine = if length > 0.0 { dot / length } else { 0.0 };
        (cosine, shared.into_iter().map(|(_, name)| name).collect())
    }
}

fn sorted(counts: &FxHashMap<u32, u32>) -> Vec<(u32, u32)> {
    let mut sorted: Vec<(u32, u32)> = counts.iter().map(|(name, count)| (*name, *count)).collect();
    sorted.sort_unstable();
    sorted
}

impl Take for Contexts<'_> {
    fn segment(&mut self, number: usize, segment: &SegmentReader) -> Result<(), SearchError> {
        let open = |field| NameColumns::open(self.names, self.fields, field, number, segment);
        self.columns = (0..ENTITY_FIELDS).map(open).collect::<tantivy::Result<_>>()?;
        Ok(())
    }

    fn take(&mut self, doc: DocId) {
        let Self { columns, partners, together, here, .. } = self;
        here.clear();
        for columns in columns {
            columns.each(doc, |name| here.push(name));
        }
        here.sort_unstable();
        here.dedup();
        for name in &*here {
            let Some(company) = partners.get_mut(name) else { continue };
            for partner in &company.partners {
                if here.binary_search(partner).is_ok() {
                    let pair = (*name.min(partner), *name.max(partner));
                    *together.entry(pair).or_default() += 1;
                }
            }
            company.articles += 1;
            if company.articles <= ARTICLES {
                for other in here.iter().filter(|other| *other != name) {
                    *company.named_with.entry(*other).or_default() += 1;
                }
            }
        }
    }
}
