//! An annotated article, or the record of a source file, as the engine's
//! document.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::schema::{Document, Field, OwnedValue};
use xxhash_rust::xxh3::xxh3_64;

use super::capitals::Acronyms;
use super::editions::Edition;
use super::encoder::{TermEncoder, address_terms, name_terms};
use super::entity_terms::{EntityTerms, plain};
use super::place_marks::PlaceMarks;
use super::terms::LONGEST_NAME_BYTES;
use super::{Fields, IndexError, NameFields, Share, SourceRecord, StoredArticle, stored_entities};
use crate::annotate::Annotations;
use crate::article::{Article, Published, Status, day_number};
use crate::text::name_key;

/// A document on its way to the engine. It holds a share of the budget until
/// it is indexed.
#[derive(Debug)]
pub struct NewsDocument {
    values: Vec<(Field, OwnedValue)>,
    /// The version of an article that it is, where its publisher tells versions.
    pub(super) edition: Option<Edition>,
    /// Given back when the engine drops the document.
    _share: Option<Arc<Share>>,
}

impl NewsDocument {
    /// The document that records a source file.
    #[must_use]
    pub fn of_source(fields: &Fields, record: &SourceRecord) -> Self {
        let mut values = vec![
            (fields.source, OwnedValue::Str(record.name.clone())),
            (fields.source_size, OwnedValue::U64(record.state.size)),
            (fields.source_modified, OwnedValue::I64(record.state.modified_ns)),
            (fields.source_articles, OwnedValue::U64(record.articles)),
        ];
        values.extend(record.hash.map(|hash| (fields.source_hash, OwnedValue::U64(hash))));
        if let Some(trouble) = &record.trouble {
            values.push((fields.source_trouble, OwnedValue::Str(trouble.clone())));
        }
        Self { values, edition: None, _share: None }
    }

    /// It, taken as it is: of which versions it is the last was decided before.
    pub(super) fn without_edition(self) -> Self {
        Self { edition: None, ..self }
    }

    /// The document that stands for a version of an article that is not shown.
    pub(super) fn of_hidden(fields: &Fields, edition: Edition, path: &str) -> Self {
        Self { values: edition.hidden_values(fields, path), edition: None, _share: None }
    }
}

impl Document for NewsDocument {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> = FieldValues<'a>;

    fn iter_fields_and_values(&self) -> FieldValues<'_> {
        FieldValues { values: self.values.iter() }
    }
}

/// Iterator over the fields and values of a [`NewsDocument`].
#[derive(Debug)]
pub struct FieldValues<'a> {
    values: std::slice::Iter<'a, (Field, OwnedValue)>,
}

impl<'a> Iterator for FieldValues<'a> {
    type Item = (Field, &'a OwnedValue);

    fn next(&mut self) -> Option<Self::Item> {
        self.values.next().map(|(field, value)| (*field, value))
    }
}

/// Makes documents of articles; one for each thread, as it remembers the terms
/// of words.
pub struct DocumentBuilder {
    fields: Fields,
    encoder: TermEncoder,
    entities: EntityTerms,
}

/// Bytes that a document takes for each byte of its article's text, about:
/// terms take two, the article as JSON one.
pub const DOCUMENT_BYTES_PER_BYTE: usize = 3;

impl DocumentBuilder {
    /// A builder that remembers nothing yet.
    #[must_use]
    pub fn new(fields: Fields) -> Self {
        Self { fields, encoder: TermEncoder::default(), entities: EntityTerms::default() }
    }

    /// The document of an article of the source file `path`, first seen at
    /// `indexed_at` (seconds since 1970), under a share of the budget.
    ///
    /// # Errors
    ///
    /// When the article cannot be written as JSON, which no article does.
    pub fn build(
        &mut self,
        article: &Article,
        annotations: &Annotations<'_>,
        path: &str,
        indexed_at: i64,
        share: &Arc<Share>,
    ) -> Result<NewsDocument, IndexError> {
        let stored = StoredArticle::without_entities(article, annotations, path, indexed_at);
        let fields = &self.fields;
        let edition = Edition::of(article, stored.id);
        if let Some(withdrawal) = edition.filter(|_| article.status.is_withdrawn()) {
            let values = withdrawal.hidden_values(fields, path);
            return Ok(NewsDocument { values, edition, _share: Some(Arc::clone(share)) });
        }
        // Quotes and lines take a byte more, names and dates some hundred.
        let mut json = Vec::with_capacity(article.text_bytes() * 17 / 16 + 1024);
        serde_json::to_writer(&mut json, &stored)?;
        let json = String::from_utf8(json).expect("JSON of text is text");
        let mut values = vec![
            (fields.article, OwnedValue::Str(json)),
            (fields.id, OwnedValue::U64(stored.id.number())),
            (fields.path, OwnedValue::Str(stored.path)),
            (fields.indexed_at, OwnedValue::I64(indexed_at)),
            (fields.words, OwnedValue::U64(stored.word_count)),
            (fields.lead_words, OwnedValue::U64(annotations.lead_word_count() as u64)),
        ];
        let entities =
            stored_entities::encode(&annotations.entities, &article.title, &article.body);
        if !entities.is_empty() {
            values.push((fields.entities, OwnedValue::Bytes(entities)));
        }
        add_date(fields, stored.published, &mut values);
        self.entities.add(fields, annotations, &mut values);
        add_names(fields, article, annotations, &mut values);
        add_properties(fields, article, &mut values);
        add_identity(fields, article, edition, &mut values);
        self.add_texts(annotations, &mut values);
        Ok(NewsDocument { values, edition, _share: Some(Arc::clone(share)) })
    }

    fn add_texts(&mut self, annotations: &Annotations<'_>, values: &mut Vec<(Field, OwnedValue)>) {
        let language = annotations.language.as_deref().unwrap_or_default();
        let acronyms = Acronyms::of([&annotations.title, &annotations.body]);
        for (field, text) in
            [(self.fields.title, &annotations.title), (self.fields.body, &annotations.body)]
        {
            if text.tokens.is_empty() {
                continue;
            }
            // Terms take about twice the bytes of their text.
            let mut terms = String::with_capacity(text.text.len() * 2);
            let marks = PlaceMarks::new(text, &self.entities.mentions);
            self.encoder.encode(text, language, &acronyms.marks(text), &marks, &mut terms);
            marks.add_columns(&self.fields, text.part, values);
            values.push((field, OwnedValue::Str(terms)));
        }
    }
}

fn add_date(fields: &Fields, published: Option<Published>, values: &mut Vec<(Field, OwnedValue)>) {
    if let Some(published) = published {
        values.extend([
            (fields.day_first, OwnedValue::I64(day_number(published.first_day()))),
            (fields.day_last, OwnedValue::I64(day_number(published.last_day()))),
            (fields.published, OwnedValue::I64(published.timestamp().as_second())),
        ]);
        let offset = published.offset.map(|offset| i64::from(offset.seconds()));
        values.extend(offset.map(|seconds| (fields.utc_offset, OwnedValue::I64(seconds))));
    }
}

fn add_names(
    fields: &Fields,
    article: &Article,
    annotations: &Annotations<'_>,
    values: &mut Vec<(Field, OwnedValue)>,
) {
    let language = annotations.language.as_deref().unwrap_or_default();
    let single = [
        (fields.outlet, article.outlet.as_str()),
        (fields.section, article.section.as_str()),
        (fields.language, language),
    ];
    for (field, name) in single {
        add_name(field, name, values);
    }
    for (field, names) in [(fields.author, &article.authors), (fields.tag, &article.tags)] {
        let mut seen = FxHashSet::default();
        for name in names {
            if seen.insert(name_key(name)) {
                add_name(field, name, values);
            }
        }
    }
}

/// Adds a name's terms and key.
fn add_name(field: NameFields, name: &str, values: &mut Vec<(Field, OwnedValue)>) {
    let name = plain(name);
    let key = name_key(&name);
    if !key.is_empty() && name.len() <= LONGEST_NAME_BYTES {
        values.push((field.terms, OwnedValue::Str(name_terms(&name, &key))));
        values.push((field.keys, OwnedValue::Str(key)));
    }
}

/// Adds the address, and what `has:` finds without a column.
fn add_properties(fields: &Fields, article: &Article, values: &mut Vec<(Field, OwnedValue)>) {
    if !article.url.is_empty() {
        values.push((fields.url, OwnedValue::Str(address_terms(&article.url))));
    }
    let known = [
        ("url", !article.url.is_empty()),
        ("title", !article.title.is_empty()),
        ("embargo", article.status == Status::Embargoed || article.embargoed_until.is_some()),
    ];
    let known = known.into_iter().filter(|(_, is_known)| *is_known).map(|(name, _)| name);
    let has = known.chain(article.doubts.iter().map(|doubt| doubt.name()));
    values.extend(has.map(|name| (fields.has, OwnedValue::Str(name.to_owned()))));
}

/// Adds what tells copies and versions of an article.
fn add_identity(
    fields: &Fields,
    article: &Article,
    edition: Option<Edition>,
    values: &mut Vec<(Field, OwnedValue)>,
) {
    if !article.body.is_empty() {
        values.push((fields.text_hash, OwnedValue::U64(xxh3_64(article.body.as_bytes()))));
    }
    if let Some(edition) = edition {
        values.push((fields.guid, OwnedValue::U64(edition.guid)));
        values.push((fields.guid_version, OwnedValue::I64(edition.version)));
    }
}
