//! One article against the columns by which it is found and sorted.

use rustc_hash::FxHashSet;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader, TantivyError};
use xxhash_rust::xxh3::xxh3_64;

use crate::article::{ArticleId, day_number};
use crate::index::{ENTITY_FIELDS, Fields, StoredArticle, entity_key};

/// The columns of articles in one segment that the stored article tells as well.
pub(super) struct ArticleColumns {
    ids: Column<u64>,
    words: Column<u64>,
    indexed_at: Column<i64>,
    day_first: Column<i64>,
    day_last: Column<i64>,
    published: Column<i64>,
    utc_offset: Column<i64>,
    text_hash: Column<u64>,
    guids: Column<u64>,
    guid_versions: Column<i64>,
    entities: [Option<StrColumn>; ENTITY_FIELDS],
    mentions: [Column<u64>; ENTITY_FIELDS],
}

impl ArticleColumns {
    pub(super) fn open(fields: &Fields, segment: &SegmentReader) -> Result<Self, TantivyError> {
        let columns = segment.fast_fields();
        let number = |field| columns.i64(fields.name_of(field));
        let count = |field| columns.u64(fields.name_of(field));
        let [person, organization, place] = [fields.person, fields.organization, fields.place]
            .map(|names| columns.str(fields.name_of(names.keys)));
        let [of_people, of_organizations, of_places] = fields.mentions.map(count);
        Ok(Self {
            ids: count(fields.id)?,
            words: count(fields.words)?,
            indexed_at: number(fields.indexed_at)?,
            day_first: number(fields.day_first)?,
            day_last: number(fields.day_last)?,
            published: number(fields.published)?,
            utc_offset: number(fields.utc_offset)?,
            text_hash: count(fields.text_hash)?,
            guids: count(fields.guid)?,
            guid_versions: number(fields.guid_version)?,
            entities: [person?, organization?, place?],
            mentions: [of_people?, of_organizations?, of_places?],
        })
    }

    pub(super) fn is_article(&self, doc: DocId) -> bool {
        self.words.first(doc).is_some()
    }

    pub(super) fn id(&self, doc: DocId) -> Option<u64> {
        self.ids.first(doc)
    }

    pub(super) fn guid(&self, doc: DocId) -> Option<u64> {
        self.guids.first(doc)
    }

    /// What of an article its columns have otherwise; none where they agree.
    pub(super) fn contradiction(
        &self,
        fields: &Fields,
        doc: DocId,
        article: &StoredArticle,
    ) -> Option<&'static str> {
        let id = ArticleId::of(&article.path, &article.part);
        let is_named = !article.guid.is_empty();
        let guid = is_named.then(|| xxh3_64(article.guid.as_bytes()));
        let body = (!article.body.is_empty()).then(|| xxh3_64(article.body.as_bytes()));
        let version = is_named.then_some(article.guid_version);
        let agreements = [
            ("identifier", article.id == id && self.ids.first(doc) == Some(id.number())),
            ("number of words", self.words.first(doc) == Some(article.word_count)),
            ("text", self.text_hash.first(doc) == body),
            ("date of publication", self.has_date(doc, article)),
            ("time of indexing", self.indexed_at.first(doc) == Some(article.indexed_at)),
            ("publisher's name", self.guids.first(doc) == guid),
            ("version", self.guid_versions.first(doc) == version),
            ("list of entities", self.has_entities(fields, doc, article)),
        ];
        agreements.into_iter().find(|(_, agrees)| !agrees).map(|(name, _)| name)
    }

    fn has_date(&self, doc: DocId, article: &StoredArticle) -> bool {
        let date = article.published.as_ref();
        let offset = date.and_then(|date| date.offset);
        self.day_first.first(doc) == date.map(|date| day_number(date.first_day()))
            && self.day_last.first(doc) == date.map(|date| day_number(date.last_day()))
            && self.published.first(doc) == date.map(|date| date.timestamp().as_second())
            && self.utc_offset.first(doc) == offset.map(|offset| i64::from(offset.seconds()))
    }

    /// Whether as many different people, organizations and places are counted, and as many
    /// mentions of them.
    fn has_entities(&self, fields: &Fields, doc: DocId, article: &StoredArticle) -> bool {
        let mut known = FxHashSet::default();
        let mut counts = [(0, 0); ENTITY_FIELDS];
        for entity in &article.entities {
            let kind = entity.kind as usize;
            let Some(key) = entity_key(&entity.name, entity.partial) else { continue };
            if known.insert((kind, key)) {
                counts[kind].0 += 1;
                counts[kind].1 += entity.mentions.len() as u64;
            }
        }
        fields.names().into_iter().zip(counts).all(|(names, (entities, mentions))| {
            let kind = names.ordinal;
            let keys = &self.entities[kind];
            let keys = keys.as_ref().map_or(0, |keys| keys.ords().values_for_doc(doc).count());
            keys == entities && self.mentions[kind].values_for_doc(doc).sum::<u64>() == mentions
        })
    }
}
