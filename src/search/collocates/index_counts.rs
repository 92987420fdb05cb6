//! How often words stand in the titles and bodies of all articles of an index.

use tantivy::SegmentReader;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;

use super::tally::Folded;
use crate::index::in_stretches;
use crate::index::{IndexReader, terms};
use crate::search::error::SearchError;
use crate::search::vocabulary::is_exact;

/// How many words titles and bodies of all articles have: the sum of the column of
/// their lengths. The engine's own counts have stems and marks among them.
pub(super) fn words_of_articles(reader: &IndexReader) -> Result<u64, SearchError> {
    let column = reader.fields().name_of(reader.fields().words);
    let mut words = 0;
    for segment in reader.searcher().segment_readers() {
        let lengths = segment.fast_fields().u64(column)?;
        words += segment.doc_ids_alive().filter_map(|doc| lengths.first(doc)).sum::<u64>();
    }
    Ok(words)
}

/// How often each of these words stands there, in any way to write it. Exact: read
/// from the postings of its exact terms, of which each occurrence has one.
pub(super) fn occurrences(
    reader: &IndexReader,
    words: &[Folded],
    threads: usize,
) -> Result<Vec<u64>, SearchError> {
    let counted = in_stretches(words, threads, |words| {
        let mut counts = vec![0; words.len()];
        for segment in reader.searcher().segment_readers() {
            add_of_segment(reader, segment, words, &mut counts)?;
        }
        Ok::<_, SearchError>(counts)
    })?;
    Ok(counted.concat())
}

fn add_of_segment(
    reader: &IndexReader,
    segment: &SegmentReader,
    words: &[Folded],
    counts: &mut [u64],
) -> Result<(), SearchError> {
    for field in [reader.fields().title, reader.fields().body] {
        let index = segment.inverted_index(field)?;
        for (word, count) in words.iter().zip(&mut *counts) {
            *count += in_field(&index, segment.alive_bitset(), &word.folded)?;
        }
    }
    Ok(())
}

fn in_field(
    index: &InvertedIndexReader,
    alive: Option<&AliveBitSet>,
    word: &str,
) -> Result<u64, SearchError> {
    let mut count = 0;
    // All terms of a word, and no others, begin so.
    let prefix = format!("{word}{}", terms::SEPARATOR);
    let mut stream = index.terms().range().ge(&prefix).into_stream()?;
    while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
        if terms::split(stream.key()).is_some_and(|(_, kind, _)| is_exact(kind)) {
            let option = IndexRecordOption::WithFreqs;
            let postings = index.read_block_postings_from_terminfo(stream.value(), option)?;
            count += in_articles(postings, alive);
        }
    }
    Ok(count)
}

/// How often a term stands in articles that are still there.
fn in_articles(mut postings: BlockSegmentPostings, alive: Option<&AliveBitSet>) -> u64 {
    let mut count = 0;
    while postings.block_len() > 0 {
        let occurrences = postings.docs().iter().zip(postings.freqs());
        let of_articles =
            occurrences.filter(|(doc, _)| alive.is_none_or(|alive| alive.is_alive(**doc)));
        count += of_articles.map(|(_, times)| u64::from(*times)).sum::<u64>();
        postings.advance();
    }
    count
}
