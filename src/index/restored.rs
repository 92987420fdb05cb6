//! Documents of what an index, or an export of one, knew already: articles with their
//! annotations, and versions that are not shown. Nothing is recognised or weighed
//! again; only words, which follow from the text, are worked out anew.

use std::sync::Arc;

use tantivy::query::{EnableScoring, TermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::editions::Edition;
use super::export::hidden_versions;
use super::{
    DocumentBuilder, ExportFault, ExportedVersion, Fields, IndexError, IndexReader, NewsDocument,
    Share, StoredArticle, StoredEntity, StoredMention,
};
use crate::annotate::{Annotations, Entity, Mention, TextPart, TokenisedText};
use crate::article::{Article, ArticleId};
use crate::text::{self, Span};

impl DocumentBuilder {
    /// The document of an article as it was stored, under a share of the budget. Its
    /// mentions must lie in its text.
    ///
    /// # Errors
    ///
    /// When the article cannot be written as JSON, which no article does.
    pub fn restore(
        &mut self,
        stored: StoredArticle,
        share: &Arc<Share>,
    ) -> Result<NewsDocument, IndexError> {
        let (path, indexed_at) = (stored.path.clone(), stored.indexed_at);
        let (article, language, entities) = unstored(stored);
        let annotations = Annotations {
            language: (!language.is_empty()).then_some(language),
            title: TokenisedText::new(TextPart::Title, &article.title),
            body: TokenisedText::new(TextPart::Body, &article.body),
            lead: text::lead(&article.body),
            entities,
        };
        let document = self.build(&article, &annotations, &path, indexed_at, share)?;
        Ok(document.without_edition())
    }
}

impl NewsDocument {
    /// The document of a version of an article that is not shown.
    ///
    /// # Errors
    ///
    /// When the hash of its name is none.
    pub fn of_hidden_version(
        fields: &Fields,
        version: &ExportedVersion,
    ) -> Result<Self, ExportFault> {
        let edition = Edition {
            guid: version.guid()?,
            version: version.guid_version,
            // Nobody asks for the identifier of what is not shown.
            id: ArticleId::from_number(0),
            withdraws: version.withdrawn,
        };
        Ok(Self::of_hidden(fields, edition, &version.path))
    }
}

/// An article as its source file gave it, its language and its entities. Names that
/// only metadata gave are among these.
fn unstored(stored: StoredArticle) -> (Article, String, Vec<Entity>) {
    let entities = stored.entities.into_iter().map(entity).collect();
    let article = Article {
        part: stored.part,
        title: stored.title,
        body: stored.body,
        url: stored.url,
        outlet: stored.outlet,
        authors: stored.authors,
        section: stored.section,
        tags: stored.tags,
        lang: stored.lang.clone(),
        published: stored.published.zip(stored.date_from),
        rival_dates: stored.rival_dates,
        date_text: stored.date_text,
        dateline: stored.dateline,
        people: Vec::new(),
        organizations: Vec::new(),
        places: Vec::new(),
        guid: stored.guid,
        version: stored.guid_version,
        status: stored.status,
        embargoed_until: stored.embargoed_until,
        doubts: stored.doubts,
    };
    (article, stored.lang, entities)
}

fn entity(stored: StoredEntity) -> Entity {
    let mention = |StoredMention(part, start, end)| Mention { part, span: Span::new(start, end) };
    Entity {
        kind: stored.kind,
        name: stored.name,
        origin: stored.origin,
        partial: stored.partial,
        about: stored.about,
        mentions: stored.mentions.into_iter().map(mention).collect(),
    }
}

impl IndexReader {
    /// Where the articles of the source file `path` are.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn articles_of(&self, path: &str) -> Result<Vec<DocAddress>, IndexError> {
        let mut addresses = Vec::new();
        for (ordinal, segment) in (0..).zip(self.searcher().segment_readers()) {
            let docs = self.docs_of(segment, self.fields().path, path)?;
            addresses.extend(docs.into_iter().map(|doc| DocAddress::new(ordinal, doc)));
        }
        Ok(addresses)
    }

    /// The versions of articles in the source file `path` that are not shown.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn hidden_versions_of(&self, path: &str) -> Result<Vec<ExportedVersion>, IndexError> {
        let mut hidden = Vec::new();
        for segment in self.searcher().segment_readers() {
            let docs = self.docs_of(segment, self.fields().hidden_path, path)?;
            hidden.extend(hidden_versions(self.fields(), segment, docs.into_iter())?);
        }
        Ok(hidden)
    }

    /// The documents of a segment whose field is `text`.
    fn docs_of(
        &self,
        segment: &SegmentReader,
        field: Field,
        text: &str,
    ) -> Result<Vec<DocId>, IndexError> {
        let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic);
        let scoring = EnableScoring::disabled_from_schema(self.fields().schema());
        let mut docs = Weight::scorer(&query.specialized_weight(scoring)?, segment, 1.0)?;
        let mut found = Vec::new();
        while docs.doc() != TERMINATED {
            found.extend(Some(docs.doc()).filter(|doc| !segment.is_deleted(*doc)));
            docs.advance();
        }
        Ok(found)
    }
}
