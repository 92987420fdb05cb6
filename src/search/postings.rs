//! Where one word of a query stands: the postings of all its terms as one.

use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED};

use super::vocabulary::FoundWord;

/// Terms up to which postings are merged while they are read; for more, each
/// step would look at all of them, so they are gathered first.
const MERGED_TERMS: usize = 16;

/// The postings of the terms of a word, as if they were of one.
pub(super) enum WordPostings {
    /// Of one term, as most are.
    One(Box<SegmentPostings>),
    /// Of several, read side by side.
    Merged {
        /// The postings, in any order.
        postings: Vec<SegmentPostings>,
        /// The lowest article that any of them is at.
        doc: DocId,
    },
    /// Read beforehand, sorted.
    Gathered(Gathered),
}

/// Articles with how often a word occurs in each, and where if that is wanted.
#[derive(Default)]
pub(super) struct Gathered {
    docs: Vec<DocId>,
    counts: Vec<u32>,
    /// Where the positions of each article start, and where the last end.
    starts: Vec<u32>,
    positions: Vec<u32>,
    at: usize,
}

impl WordPostings {
    /// Opens the postings of a word in a field of one segment.
    pub(super) fn open(
        segment: &SegmentReader,
        field: Field,
        word: &FoundWord,
        option: IndexRecordOption,
    ) -> tantivy::Result<Self> {
        let index = segment.inverted_index(field)?;
        let terms = word.in_segment(segment.segment_id());
        if let [term] = terms {
            return Ok(Self::One(Box::new(index.read_postings_from_terminfo(term, option)?)));
        }
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            postings.push(index.read_postings_from_terminfo(term, option)?);
        }
        if postings.len() > MERGED_TERMS {
            let with_positions = option.has_positions();
            return Ok(Self::Gathered(Gathered::read(postings, with_positions)));
        }
        let doc = lowest(&postings);
        Ok(Self::Merged { postings, doc })
    }

    /// How often the word occurs in the article.
    pub(super) fn occurrences(&self) -> u32 {
        match self {
            Self::One(postings) => postings.term_freq(),
            Self::Merged { postings, doc } => {
                let here = postings.iter().filter(|postings| postings.doc() == *doc);
                here.map(Postings::term_freq).sum()
            }
            Self::Gathered(gathered) => gathered.counts[gathered.at],
        }
    }

    /// The positions of the word in the article, in order, as `out`.
    pub(super) fn positions(&mut self, out: &mut Vec<u32>) {
        out.clear();
        match self {
            Self::One(postings) => postings.positions(out),
            Self::Merged { postings, doc } => {
                let mut terms = 0;
                for postings in postings.iter_mut().filter(|postings| postings.doc() == *doc) {
                    postings.append_positions_with_offset(0, out);
                    terms += 1;
                }
                if terms > 1 {
                    out.sort_unstable();
                }
            }
            Self::Gathered(gathered) => out.extend_from_slice(gathered.positions()),
        }
    }
}

fn lowest(postings: &[SegmentPostings]) -> DocId {
    postings.iter().map(DocSet::doc).min().unwrap_or(TERMINATED)
}

impl DocSet for WordPostings {
    fn advance(&mut self) -> DocId {
        match self {
            Self::One(postings) => postings.advance(),
            Self::Merged { postings, doc } => {
                if *doc == TERMINATED {
                    return TERMINATED;
                }
                for postings in postings.iter_mut().filter(|postings| postings.doc() == *doc) {
                    postings.advance();
                }
                *doc = lowest(postings);
                *doc
            }
            Self::Gathered(gathered) => {
                gathered.at = (gathered.at + 1).min(gathered.docs.len());
                gathered.doc()
            }
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::One(postings) if postings.doc() >= target => postings.doc(),
            Self::One(postings) => postings.seek(target),
            Self::Merged { postings, doc } => {
                for postings in postings.iter_mut().filter(|postings| postings.doc() < target) {
                    postings.seek(target);
                }
                *doc = lowest(postings);
                *doc
            }
            Self::Gathered(gathered) => {
                gathered.at += gathered.docs[gathered.at..].partition_point(|doc| *doc < target);
                gathered.doc()
            }
        }
    }

    fn doc(&self) -> DocId {
        match self {
            Self::One(postings) => postings.doc(),
            Self::Merged { doc, .. } => *doc,
            Self::Gathered(gathered) => gathered.doc(),
        }
    }

    fn size_hint(&self) -> u32 {
        match self {
            Self::One(postings) => postings.size_hint(),
            Self::Merged { postings, .. } => postings.iter().map(DocSet::size_hint).sum(),
            Self::Gathered(gathered) => gathered.docs.len() as u32,
        }
    }
}

impl Gathered {
    fn read(all: Vec<SegmentPostings>, with_positions: bool) -> Self {
        // Articles with a position each, or with how often the word occurs.
        let mut occurrences: Vec<(DocId, u32)> = Vec::new();
        let mut positions = Vec::new();
        for mut postings in all {
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if with_positions {
                    postings.positions(&mut positions);
                    occurrences.extend(positions.iter().map(|position| (doc, *position)));
                } else {
                    occurrences.push((doc, postings.term_freq()));
                }
                postings.advance();
            }
        }
        occurrences.sort_unstable();
        let mut gathered = Self::default();
        for of_article in occurrences.chunk_by(|one, next| one.0 == next.0) {
            gathered.docs.push(of_article[0].0);
            gathered.starts.push(gathered.positions.len() as u32);
            if with_positions {
                gathered.counts.push(of_article.len() as u32);
                gathered.positions.extend(of_article.iter().map(|(_, position)| position));
            } else {
                gathered.counts.push(of_article.iter().map(|(_, count)| count).sum());
            }
        }
        gathered.starts.push(gathered.positions.len() as u32);
        gathered
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// The positions in the present article.
    fn positions(&self) -> &[u32] {
        &self.positions[self.starts[self.at] as usize..self.starts[self.at + 1] as usize]
    }
}
