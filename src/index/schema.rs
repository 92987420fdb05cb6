//! Every field of the index, with the reason for it.

use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};

use super::encoder::TermCutter;
use crate::annotate::TextPart;

/// Raised whenever a field or the meaning of its terms changes, or the form of a file.
pub const SCHEMA_VERSION: u32 = 7;

/// How many fields of names there are.
pub const NAME_FIELDS: usize = 8;

/// How many of them name entities: people, organizations and places, in this
/// order, which is that of [`EntityKind`](crate::annotate::EntityKind).
pub const ENTITY_FIELDS: usize = 3;

/// The two fields of a kind of name.
#[derive(Clone, Copy, Debug)]
pub struct NameFields {
    /// Terms for search: words, key and forms (see [`super::terms`]).
    pub terms: Field,
    /// Column of keys, each once for an article: facets count its ordinals.
    pub keys: Field,
    /// Its place among the fields of names, entities first.
    pub ordinal: usize,
}

/// The fields of the index.
#[derive(Clone, Debug)]
pub struct Fields {
    schema: Schema,
    /// Words of the headline, with positions; a field of its own because a
    /// match there weighs more.
    pub title: Field,
    /// Words of the text, with positions.
    pub body: Field,
    /// Words of the address, with positions: `url:example.org` is a phrase.
    pub url: Field,
    /// Who is named.
    pub person: NameFields,
    /// What organizations are named.
    pub organization: NameFields,
    /// What places are named.
    pub place: NameFields,
    /// Who published it.
    pub outlet: NameFields,
    /// Who wrote it.
    pub author: NameFields,
    /// Section of the outlet.
    pub section: NameFields,
    /// Topics.
    pub tag: NameFields,
    /// Language, as its code.
    pub language: NameFields,
    /// How often an article mentions each of its people, organizations and
    /// places: columns in the order of their keys.
    pub mentions: [Field; ENTITY_FIELDS],
    /// Which of its entities each mention in title and body names: columns by kind
    /// and text, in the order of the marks in the text.
    pub mentioned: [[Field; 2]; ENTITY_FIELDS],
    /// Which of title and url an article has: `has:title`; whether it is under embargo,
    /// and the doubts about it: `has:paywall`. Names and dates need no such term, their
    /// columns tell.
    pub has: Field,
    /// The article's identifier, as term and column.
    pub id: Field,
    /// The source file of an article: as term, so that its articles leave when
    /// it does; as column, for `path:`, `-l` and sorting.
    pub path: Field,
    /// First day that the date of publication covers, in days since 1970.
    pub day_first: Field,
    /// Last day that it covers; with the first it tells the precision.
    pub day_last: Field,
    /// Seconds since 1970, for sorting.
    pub published: Field,
    /// Number of words; also what tells an article from a record.
    pub words: Field,
    /// Words of the body that are its lead: `lead:` reads positions below it.
    pub lead_words: Field,
    /// When the article was first seen, in seconds since 1970.
    pub indexed_at: Field,
    /// The article itself without its entities, as JSON: what is shown.
    pub article: Field,
    /// The entities of the article, in few bytes.
    pub entities: Field,
    /// Hash of the text, so that exact copies are found without reading it.
    pub text_hash: Field,
    /// Hash of what its publisher calls an article in every delivery.
    pub guid: Field,
    /// Its place among the versions of the same name.
    pub guid_version: Field,
    /// The source file of a version that is not shown (see `editions`), as term
    /// and column: only such documents have it, and none of the fields of articles but
    /// `guid` and `guid_version`.
    pub hidden_path: Field,
    /// Whether such a version takes the others back (1) or stands behind a later one (0).
    pub withdraws: Field,
    /// The record of a source file: its name, as term and column.
    pub source: Field,
    /// The source file's size in bytes.
    pub source_size: Field,
    /// The source file's time of modification, in nanoseconds since 1970.
    pub source_modified: Field,
    /// Hash of the source file's content.
    pub source_hash: Field,
    /// How many articles the source file gave.
    pub source_articles: Field,
    /// Why the source file could not be read, or not to its end.
    pub source_trouble: Field,
    /// Seconds east of UTC in which an instant of publication was stated. Only
    /// instants have it, so it tells which days another time zone may move.
    pub utc_offset: Field,
}

impl Fields {
    /// The fields and the schema made of them.
    #[must_use]
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let number = |builder: &mut SchemaBuilder, name| {
            builder.add_i64_field(name, NumericOptions::default().set_fast())
        };
        let count = |builder: &mut SchemaBuilder, name| {
            builder.add_u64_field(name, NumericOptions::default().set_fast())
        };
        let fields = Self {
            title: words(&mut builder, "title"),
            body: words(&mut builder, "body"),
            url: words(&mut builder, "url"),
            person: names(&mut builder, "person", 0),
            organization: names(&mut builder, "org", 1),
            place: names(&mut builder, "place", 2),
            outlet: names(&mut builder, "outlet", 3),
            author: names(&mut builder, "by", 4),
            section: names(&mut builder, "section", 5),
            tag: names(&mut builder, "tag", 6),
            language: names(&mut builder, "lang", 7),
            mentions: ["person_mentions", "org_mentions", "place_mentions"]
                .map(|name| count(&mut builder, name)),
            mentioned: ["person", "org", "place"].map(|kind| {
                ["title", "body"].map(|text| {
                    let name = format!("{kind}_in_{text}");
                    builder.add_u64_field(&name, NumericOptions::default().set_fast())
                })
            }),
            has: builder.add_text_field("has", STRING),
            id: builder.add_u64_field("id", NumericOptions::default().set_fast() | INDEXED),
            path: name_column(&mut builder, "path", STRING),
            day_first: number(&mut builder, "day_first"),
            day_last: number(&mut builder, "day_last"),
            published: number(&mut builder, "published"),
            words: count(&mut builder, "words"),
            lead_words: count(&mut builder, "lead_words"),
            indexed_at: number(&mut builder, "indexed_at"),
            article: builder.add_text_field("article", STORED),
            entities: builder.add_bytes_field("entities", STORED),
            text_hash: count(&mut builder, "text_hash"),
            guid: count(&mut builder, "guid"),
            guid_version: number(&mut builder, "guid_version"),
            hidden_path: name_column(&mut builder, "hidden_path", STRING),
            withdraws: count(&mut builder, "withdraws"),
            source: name_column(&mut builder, "source", STRING),
            source_size: count(&mut builder, "source_size"),
            source_modified: number(&mut builder, "source_modified"),
            source_hash: count(&mut builder, "source_hash"),
            source_articles: count(&mut builder, "source_articles"),
            source_trouble: name_column(&mut builder, "source_trouble", TextOptions::default()),
            utc_offset: number(&mut builder, "utc_offset"),
            schema: Schema::builder().build(),
        };
        Self { schema: builder.build(), ..fields }
    }

    /// The column of which entity of the kind with this ordinal each mention names, in
    /// the title or else the body.
    #[must_use]
    pub fn mentions_in(&self, kind: usize, text: Field) -> Field {
        self.mentioned[kind][usize::from(text != self.title)]
    }

    /// The fields of names, each at its ordinal.
    #[must_use]
    pub const fn names(&self) -> [NameFields; NAME_FIELDS] {
        let Self { person, organization, place, outlet, author, section, tag, language, .. } = self;
        [*person, *organization, *place, *outlet, *author, *section, *tag, *language]
    }

    /// The schema of the engine.
    #[must_use]
    pub const fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The text of an article whose words a field has; none of other fields.
    #[must_use]
    pub fn text_part(&self, field: Field) -> Option<TextPart> {
        match field {
            _ if field == self.title => Some(TextPart::Title),
            _ if field == self.body => Some(TextPart::Body),
            _ => None,
        }
    }

    /// The engine's name of a field, under which its column is opened.
    #[must_use]
    pub fn name_of(&self, field: Field) -> &str {
        self.schema.get_field_name(field)
    }
}

impl Default for Fields {
    fn default() -> Self {
        Self::new()
    }
}

/// A field of words with their positions.
fn words(builder: &mut SchemaBuilder, name: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TermCutter::NAME)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

/// The two fields of a kind of name.
fn names(builder: &mut SchemaBuilder, name: &str, ordinal: usize) -> NameFields {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TermCutter::NAME)
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    let terms = TextOptions::default().set_indexing_options(indexing);
    NameFields {
        terms: builder.add_text_field(name, terms),
        keys: name_column(builder, &format!("{name}_key"), TextOptions::default()),
        ordinal,
    }
}

/// A column of texts.
fn name_column(builder: &mut SchemaBuilder, name: &str, options: TextOptions) -> Field {
    builder.add_text_field(name, options.set_fast("raw"))
}
