//! The sets of articles that queries and their parts match.
//!
//! AND, OR and NOT are joined as sets. What stands between them is read from the
//! index once and remembered: the queries of a coding scheme have words, outlets and
//! dates in common. A part that reads where words stand is asked about the
//! articles that the rest leaves, if these are few.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::query::{EnableScoring, Query as EngineQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED};

use super::article_set::{ArticleSet, Places};
use crate::index::IndexReader;
use crate::query::{Expr, Node, Query, Scope, TextMatch};
use crate::search::compile::Compiler;
use crate::search::error::SearchError;
use crate::search::forms::{WordForm, forms_of};
use crate::search::names::{Aliases, LazyNames};
use crate::search::vocabulary::{FoundWord, Vocabulary};

/// Bytes of the sets that are remembered: 13,000 words of 40,000 articles, or 50
/// of ten million.
const REMEMBERED_BYTES: usize = 64 << 20;

/// A part that reads positions is asked about single articles if the rest leaves one
/// in so many: reading an article's places by itself costs several times
/// what it costs in passing, and what is read in passing is remembered.
const FEW: u64 = 16;

/// Finds sets of articles. Threads may share it.
pub(in crate::search) struct Sets<'a> {
    pub(in crate::search) names: LazyNames<'a>,
    vocabulary: Vocabulary<'a>,
    today: Date,
    pub(in crate::search) places: Places,
    /// Every article.
    pub(in crate::search) every: ArticleSet,
    remembered: Mutex<Remembered>,
}

#[derive(Default)]
struct Remembered {
    /// By the parts as they are printed, which tells all that they mean.
    sets: FxHashMap<String, Arc<ArticleSet>>,
    bytes: usize,
}

impl<'a> Sets<'a> {
    pub(in crate::search) fn new(
        reader: &'a IndexReader,
        aliases: &'a Aliases,
        today: Date,
        pattern_limit: usize,
    ) -> Result<Self, SearchError> {
        let places = Places::of(reader.searcher());
        let mut sets = Self {
            names: LazyNames::new(reader, aliases),
            vocabulary: Vocabulary::new(reader, pattern_limit)?,
            today,
            every: ArticleSet::empty(&places),
            places,
            remembered: Mutex::default(),
        };
        sets.every = sets.alive_articles()?;
        Ok(sets)
    }

    /// The articles that a query matches.
    pub(in crate::search) fn of(&self, query: &Query) -> Result<ArticleSet, SearchError> {
        let mut set = self.part(&query.root)?;
        set.keep(&self.every);
        Ok(set)
    }

    /// The documents of a part; some may be deleted.
    fn part(&self, expr: &Expr) -> Result<ArticleSet, SearchError> {
        match &expr.node {
            Node::All => Ok(self.every.clone()),
            Node::And(parts) => self.all_of(parts),
            Node::Or(parts) => {
                let mut set = ArticleSet::empty(&self.places);
                for part in parts {
                    match is_joined(part) {
                        true => set.add(&self.part(part)?),
                        false => set.add(&*self.remember(part)?),
                    }
                }
                Ok(set)
            }
            Node::Not(_) => self.all_of(std::slice::from_ref(expr)),
            _ => Ok(self.remember(expr)?.as_ref().clone()),
        }
    }

    /// What every part matches; those that read places come last.
    fn all_of(&self, parts: &[Expr]) -> Result<ArticleSet, SearchError> {
        let (dear, cheap): (Vec<_>, Vec<_>) = parts.iter().partition(|part| reads_places(part));
        let mut set = self.every.clone();
        for part in cheap.into_iter().chain(dear) {
            match &part.node {
                Node::Not(inner) => set.remove(&*self.within(&set, inner)?),
                _ => set.keep(&*self.within(&set, part)?),
            }
        }
        Ok(set)
    }

    /// The documents of a part, as far as they are in `set` at least.
    fn within(&self, set: &ArticleSet, part: &Expr) -> Result<Arc<ArticleSet>, SearchError> {
        if is_joined(part) {
            return Ok(Arc::new(self.part(part)?));
        }
        let is_few = reads_places(part) && set.len() < self.every.len() / FEW;
        match is_few {
            true => Ok(Arc::new(self.among(set, part)?)),
            false => self.remember(part),
        }
    }

    /// The documents of a part, read once.
    fn remember(&self, part: &Expr) -> Result<Arc<ArticleSet>, SearchError> {
        let printed = Query { root: part.clone() }.to_string();
        let remembered = || self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(set) = remembered().sets.get(&printed) {
            return Ok(Arc::clone(set));
        }
        // Not while others wait. Two who read the same at once find the same.
        let set = Arc::new(self.read(part)?);
        remembered().add(printed, &set, REMEMBERED_BYTES);
        Ok(set)
    }

    pub(in crate::search) fn compiler(&self) -> Compiler<'_> {
        Compiler::with(&self.names, self.today, self.vocabulary.clone())
    }

    /// Reads the documents of a part.
    fn read(&self, part: &Expr) -> Result<ArticleSet, SearchError> {
        let compiler = self.compiler();
        if let Node::Text { scope, text } = &part.node
            && let [form] = &forms_of(text)[..]
        {
            compiler.vocabulary.check_breadth(&compiler.fields_of(*scope), form)?;
            return self.of_word(*scope, form);
        }
        self.of_engine(compiler.expr(part)?.as_ref())
    }

    /// The documents that have a word; some may be deleted.
    pub(in crate::search) fn of_word(
        &self,
        scope: Scope,
        form: &WordForm,
    ) -> Result<ArticleSet, SearchError> {
        let compiler = self.compiler();
        // Where the lead ends, positions tell.
        if scope == Scope::Lead {
            return self.of_engine(compiler.side_by_side(scope, &vec![form.clone()])?.as_ref());
        }
        let mut set = ArticleSet::empty(&self.places);
        for field in compiler.fields_of(scope) {
            self.add_word(&mut set, field, &compiler.vocabulary.find(field, form)?)?;
        }
        Ok(set)
    }

    /// The documents of the engine's query; some may be deleted.
    pub(in crate::search) fn of_engine(
        &self,
        query: &dyn EngineQuery,
    ) -> Result<ArticleSet, SearchError> {
        let searcher = self.names.reader.searcher();
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut set = ArticleSet::empty(&self.places);
        for (number, segment) in searcher.segment_readers().iter().enumerate() {
            let start = self.places.start(number);
            weight.for_each_no_score(segment, &mut |docs| {
                docs.iter().for_each(|doc| set.insert(start + *doc as usize));
            })?;
        }
        Ok(set)
    }

    /// Adds the documents of a word, whose order does not matter.
    fn add_word(
        &self,
        set: &mut ArticleSet,
        field: Field,
        word: &FoundWord,
    ) -> Result<(), SearchError> {
        let searcher = self.names.reader.searcher();
        for (number, segment) in searcher.segment_readers().iter().enumerate() {
            let start = self.places.start(number);
            let index = segment.inverted_index(field)?;
            for term in word.in_segment(segment.segment_id()) {
                let option = IndexRecordOption::Basic;
                let mut postings = index.read_postings_from_terminfo(term, option)?;
                let mut doc = postings.doc();
                while doc != TERMINATED {
                    set.insert(start + doc as usize);
                    doc = postings.advance();
                }
            }
        }
        Ok(())
    }

    /// Those of `set` that a part matches.
    fn among(&self, set: &ArticleSet, part: &Expr) -> Result<ArticleSet, SearchError> {
        let searcher = self.names.reader.searcher();
        let compiler = self.compiler();
        let query = compiler.expr(part)?;
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut found = ArticleSet::empty(&self.places);
        for (number, segment) in searcher.segment_readers().iter().enumerate() {
            let mut scorer = weight.scorer(segment, 1.0)?;
            for doc in set.documents(&self.places, number) {
                let at = if scorer.doc() < doc { scorer.seek(doc) } else { scorer.doc() };
                if at == doc {
                    found.insert(self.places.start(number) + doc as usize);
                }
            }
        }
        Ok(found)
    }

    fn alive_articles(&self) -> Result<ArticleSet, SearchError> {
        let mut every = self.read(&Query::default().root)?;
        let segments = self.names.reader.searcher().segment_readers();
        for (number, segment) in segments.iter().enumerate() {
            let Some(alive) = segment.alive_bitset() else { continue };
            let deleted = (0..segment.max_doc()).filter(|doc| alive.is_deleted(*doc));
            deleted.for_each(|doc| every.take_out(self.places.start(number) + doc as usize));
        }
        Ok(every)
    }
}

impl Remembered {
    /// Adds a set, so that all take `most_bytes` or it is alone.
    fn add(&mut self, printed: String, set: &Arc<ArticleSet>, most_bytes: usize) {
        if self.bytes + set.bytes() > most_bytes {
            // What is asked often is soon remembered again.
            self.sets.clear();
            self.bytes = 0;
        }
        self.bytes += set.bytes();
        self.sets.insert(printed, Arc::clone(set));
    }
}

/// Whether a part is joined of others.
const fn is_joined(part: &Expr) -> bool {
    matches!(part.node, Node::All | Node::And(_) | Node::Or(_) | Node::Not(_))
}

/// Whether a part is answered by reading where words stand.
fn reads_places(part: &Expr) -> bool {
    match &part.node {
        Node::Not(inner) => reads_places(inner),
        Node::Text { text: TextMatch::Loose(..), .. }
        | Node::Mention { .. }
        | Node::Near { .. }
        | Node::AtLeast(..)
        | Node::First(..) => true,
        Node::Text { scope, text } => *scope == Scope::Lead || forms_of(text).len() > 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::article_set::{ArticleSet, Places};
    use super::{Remembered, reads_places};
    use std::sync::Arc;

    #[test]
    fn no_more_is_remembered_than_there_is_room_for() {
        let places = Places::with_sizes([640].into_iter());
        let set = Arc::new(ArticleSet::empty(&places));
        let mut remembered = Remembered::default();
        for name in ["a", "b", "c", "d", "e"] {
            remembered.add(name.to_owned(), &set, 2 * set.bytes());
            assert_eq!(remembered.bytes, remembered.sets.len() * set.bytes());
            assert!(remembered.sets.len() <= 2 && remembered.sets.contains_key(name));
        }
        remembered.add("f".to_owned(), &set, 0);
        assert_eq!(remembered.sets.len(), 1);
    }

    #[test]
    fn parts_that_read_positions_are_told_from_others() {
        for (query, expected) in [
            ("port", false),
            ("title:port", false),
            ("govern*", false),
            ("\"port\"", false),
            ("outlet:\"Northern Wire\"", false),
            ("date:2024", false),
            ("\"port strike\"", true),
            ("anti-war", true),
            ("lead:port", true),
            ("-lead:port", true),
            ("port near/5 strike", true),
            ("atleast3(port)", true),
            ("first/50(port)", true),
            ("PERSON", true),
        ] {
            let query: crate::query::Query = query.parse().unwrap();
            assert_eq!(reads_places(&query.root), expected, "{query}");
        }
    }
}
