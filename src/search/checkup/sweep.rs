//! One look at the columns of all articles, for what no query can ask.

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, SegmentReader};

use crate::article::{Oddity, day_of_number, founded};
use crate::index::{Fields, IndexReader};
use crate::search::error::SearchError;
use crate::search::results::FacetValue;
use crate::text::name_key;

/// An article of fewer words, headline included, is tiny: a caption, a flash, or a page
/// whose text was not found. Of 2,000 telegrams of Reuters 245 have fewer than 20, nearly
/// all of them headlines alone; from there on the numbers rise evenly.
pub const TINY_WORDS: u64 = 30;

/// What a sweep finds.
#[derive(Default)]
pub(super) struct Sweep {
    /// Articles without a text, by identifier; the day is 0.
    pub(super) no_text: Vec<(i64, u64, DocAddress)>,
    /// Articles dated before their outlet or any newspaper, by last day and identifier.
    pub(super) too_early: Vec<(i64, u64, DocAddress)>,
    /// The texts of all articles that are not tiny.
    pub(super) texts: Vec<TextOf>,
}

/// The text of an article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextOf {
    pub(super) hash: u64,
    /// Seconds since 1970; of articles without a date the greatest number, so that those
    /// with one come first.
    pub(super) published: i64,
    pub(super) id: u64,
    pub(super) words: u64,
    pub(super) address: DocAddress,
}

impl Sweep {
    /// Looks at all articles, which are of these outlets.
    pub(super) fn of(
        reader: &IndexReader,
        outlets: &[FacetValue],
        today: Date,
    ) -> Result<Self, SearchError> {
        let years: FxHashMap<String, i16> = outlets
            .iter()
            .filter_map(|outlet| Some((name_key(&outlet.value), founded(&outlet.value)?)))
            .collect();
        let mut sweep = Self::default();
        for (number, segment) in (0..).zip(reader.searcher().segment_readers()) {
            let columns = Columns::open(reader.fields(), segment, &years)?;
            for doc in segment.doc_ids_alive() {
                sweep.take(&columns, DocAddress::new(number, doc), today);
            }
        }
        sweep.no_text.sort_unstable();
        sweep.too_early.sort_unstable();
        Ok(sweep)
    }

    fn take(&mut self, columns: &Columns, address: DocAddress, today: Date) {
        let doc = address.doc_id;
        // Articles, and no other documents, have a number of words.
        let Some(words) = columns.words.first(doc) else { return };
        let id = columns.ids.first(doc).unwrap_or_default();
        if let Some(last) = columns.too_early(doc, today) {
            self.too_early.push((last, id, address));
        }
        match columns.text_hashes.as_ref().and_then(|hashes| hashes.first(doc)) {
            None => self.no_text.push((0, id, address)),
            Some(hash) if words >= TINY_WORDS => {
                let published = columns.published.first(doc).unwrap_or(i64::MAX);
                self.texts.push(TextOf { hash, published, id, words, address });
            }
            Some(_) => {}
        }
    }
}

/// The columns of one segment.
struct Columns {
    words: Column<u64>,
    ids: Column<u64>,
    text_hashes: Option<Column<u64>>,
    published: Column<i64>,
    days: [Column<i64>; 2],
    outlets: Option<StrColumn>,
    /// When the outlet of each ordinal began, where that is known.
    founded: Vec<Option<i16>>,
}

impl Columns {
    fn open(
        fields: &Fields,
        segment: &SegmentReader,
        years: &FxHashMap<String, i16>,
    ) -> Result<Self, SearchError> {
        let columns = segment.fast_fields();
        let outlets = columns.str(fields.name_of(fields.outlet.keys))?;
        let mut founded = Vec::new();
        if let Some(outlets) = &outlets {
            let mut stream = outlets.dictionary().stream()?;
            while stream.advance() {
                let key = std::str::from_utf8(stream.key()).ok();
                founded.push(key.and_then(|key| years.get(key).copied()));
            }
        }
        Ok(Self {
            words: columns.u64(fields.name_of(fields.words))?,
            ids: columns.u64(fields.name_of(fields.id))?,
            text_hashes: columns.column_opt(fields.name_of(fields.text_hash))?,
            published: columns.i64(fields.name_of(fields.published))?,
            days: [
                columns.i64(fields.name_of(fields.day_first))?,
                columns.i64(fields.name_of(fields.day_last))?,
            ],
            outlets,
            founded,
        })
    }

    /// The last day of an article's date, if that is before its outlet existed.
    fn too_early(&self, doc: DocId, today: Date) -> Option<i64> {
        let [first, last] = &self.days;
        let (first, last) = first.first(doc).zip(last.first(doc))?;
        let outlet = self.outlets.as_ref().and_then(|outlets| outlets.ords().first(doc));
        let began = outlet.and_then(|ord| *self.founded.get(ord as usize)?);
        let odd = Oddity::of(day_of_number(first), day_of_number(last), began, today);
        matches!(odd, Some(Oddity::BeforeOutlet { .. } | Oddity::BeforeNewspapers)).then_some(last)
    }
}
