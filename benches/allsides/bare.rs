//! The yardstick: a plain tantivy index of titles and bodies, as tantivy's own
//! examples build it.
//!
//! It knows no dates, names or source files, and nothing of newsdex.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, doc};

use crate::Outcome;
use crate::corpus::{Text, for_each_file};

/// The argument that makes this program build the index and nothing else.
pub(crate) const BUILD: &str = "--build-bare-index";

/// Threads that build segments: one for each core that the limits are for.
pub(crate) const THREADS: usize = 2;

/// Bytes that each thread fills before it writes a segment: what `newsdex
/// index` gives each of its own.
pub(crate) const BYTES_PER_THREAD: usize = 80_000_000;

/// Hits that a search gives; a page of `newsdex search`.
pub(crate) const HITS: usize = 10;

/// Builds the index of the corpus in the folder `index`, which it makes.
pub(crate) fn build(corpus: &Path, index: &Path) -> Outcome<()> {
    let stemmed = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(stemmed) | STORED;
    let mut schema = Schema::builder();
    let title = schema.add_text_field("title", options.clone());
    let body = schema.add_text_field("body", options);
    fs::create_dir_all(index)?;
    let index = Index::create_in_dir(index, schema.build())?;
    let mut writer: IndexWriter =
        index.writer_with_num_threads(THREADS, THREADS * BYTES_PER_THREAD)?;
    for_each_file(corpus, |bytes| {
        let text: Text<'_> = serde_json::from_slice(bytes)?;
        writer.add_document(doc!(title => text.title.as_ref(), body => text.content.as_ref()))?;
        Ok(())
    })?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// The index, open for searching.
pub(crate) struct BareIndex {
    searcher: Searcher,
    parser: QueryParser,
}

impl BareIndex {
    /// Opens the index in `folder`.
    pub(crate) fn open(folder: &Path) -> Outcome<Self> {
        let index = Index::open_in_dir(folder)?;
        let schema = index.schema();
        let fields: Vec<Field> = schema.fields().map(|(field, _)| field).collect();
        let mut parser = QueryParser::for_index(&index, fields);
        parser.set_conjunction_by_default();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { searcher: reader.searcher(), parser })
    }

    /// How many articles it holds.
    pub(crate) fn articles(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Finds the best articles.
    pub(crate) fn top(&self, query: &str) -> Outcome<()> {
        let query = self.parser.parse_query(query)?;
        let best = TopDocs::with_limit(HITS).order_by_score();
        black_box(self.searcher.search(&query, &best)?);
        Ok(())
    }

    /// Finds the best articles and counts all; gives the count.
    pub(crate) fn top_and_count(&self, query: &str) -> Outcome<u64> {
        let query = self.parser.parse_query(query)?;
        let best = TopDocs::with_limit(HITS).order_by_score();
        let (count, best) = self.searcher.search(&query, &(Count, best))?;
        black_box(best);
        Ok(count as u64)
    }
}
