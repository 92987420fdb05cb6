//! Compiles a query's tree to the engine's query.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use tantivy::query::{BooleanQuery, Occur};
use tantivy::schema::Field;

use super::all_words::AllWords;
use super::error::SearchError;
use super::excluded::Excluded;
use super::filters::{self, Engine};
use super::forms::{Forms, WordForm, forms_of};
use super::names::LazyNames;
use super::text_query::{TextQuery, WordsInField};
use super::vocabulary::Vocabulary;
use crate::index::{Fields, NameFields};
use crate::query::{Expr, NameField, Node, Property, Query, Scope, TextMatch};
use crate::text::tokens;

/// How much more a match in the title counts than one in the body. A headline
/// says what an article is about in some ten words; BM25's length already
/// favours it, and twice that puts an article with the word in its headline
/// before one that repeats it in passing.
pub(super) const TITLE_BOOST: f32 = 2.0;

/// Turns queries into the engine's, for one index and day.
pub(super) struct Compiler<'a> {
    pub(super) fields: &'a Arc<Fields>,
    pub(super) vocabulary: Vocabulary<'a>,
    pub(super) names: &'a LazyNames<'a>,
    today: Date,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(
        names: &'a LazyNames<'a>,
        today: Date,
        pattern_limit: usize,
    ) -> Result<Self, SearchError> {
        let vocabulary = Vocabulary::new(names.reader, pattern_limit)?;
        Ok(Self::with(names, today, vocabulary))
    }

    /// A compiler with a vocabulary that was read before.
    pub(super) fn with(names: &'a LazyNames<'a>, today: Date, vocabulary: Vocabulary<'a>) -> Self {
        Self { fields: names.reader.fields(), vocabulary, names, today }
    }

    pub(super) fn compile(&self, query: &Query) -> Result<Engine, SearchError> {
        self.expr(&query.root)
    }

    /// The engine's query for a part of a query.
    pub(super) fn expr(&self, expr: &Expr) -> Result<Engine, SearchError> {
        let fields = self.fields;
        Ok(match &expr.node {
            Node::All => filters::every_article(fields),
            Node::And(parts) => self.all_of(parts)?,
            Node::Or(parts) => {
                let parts = parts.iter().map(|part| Ok((Occur::Should, self.expr(part)?)));
                Box::new(BooleanQuery::new(parts.collect::<Result<_, SearchError>>()?))
            }
            Node::Not(_) => self.all_of(std::slice::from_ref(expr))?,
            Node::Text { text: TextMatch::Loose(..), .. }
            | Node::Mention { .. }
            | Node::Near { .. }
            | Node::First(..) => self.places(expr, 1)?,
            Node::AtLeast(times, inner) => self.places(inner, *times as usize)?,
            Node::Text { scope, text } => self.text(*scope, text)?,
            Node::Name { field, name } => self.name(name_fields(fields, *field), name)?,
            Node::Path(path) => filters::below_path(fields, path)?,
            Node::Url(url) => self.url(url)?,
            Node::Id(id) => filters::identified(fields, id),
            Node::Date(date) => filters::published_in(fields, date.resolve(self.today)),
            Node::Length(comparison, words) => filters::length(fields, *comparison, *words),
            Node::About(name) => self.about(name)?,
            Node::Has(property) => self.has(*property)?,
        })
    }

    /// Articles that every part takes; a negated part leaves articles out. Single
    /// words are found together.
    fn all_of(&self, parts: &[Expr]) -> Result<Engine, SearchError> {
        let mut clauses = Vec::with_capacity(parts.len() + 1);
        let mut words = Vec::new();
        for part in parts {
            let (occur, engine) = match &part.node {
                Node::Not(inner) => {
                    (Occur::MustNot, Box::new(Excluded::new(self.expr(inner)?)) as Engine)
                }
                _ => (Occur::Must, self.expr(part)?),
            };
            match engine.downcast_ref::<TextQuery>().filter(|query| query.is_plain()) {
                Some(query) if occur == Occur::Must => words.push(query.clone()),
                _ => clauses.push((occur, engine)),
            }
        }
        match words.len() {
            0 => {}
            1 => clauses.extend(words.pop().map(|word| (Occur::Must, Box::new(word) as Engine))),
            _ => clauses.push((Occur::Must, Box::new(AllWords::new(words)))),
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, filters::every_article(self.fields)));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn text(&self, scope: Scope, text: &TextMatch) -> Result<Engine, SearchError> {
        let forms = forms_of(text);
        if forms.is_empty() {
            let (TextMatch::Word(typed) | TextMatch::Phrase(typed) | TextMatch::Regex(typed)) =
                text
            else {
                return Ok(filters::every_article(self.fields));
            };
            return Err(SearchError::NoWords { text: typed.clone() });
        }
        for form in &forms {
            self.vocabulary.check_breadth(&self.fields_of(scope), form)?;
        }
        self.side_by_side(scope, &forms)
    }

    /// Articles in which words stand side by side.
    pub(super) fn side_by_side(&self, scope: Scope, forms: &Forms) -> Result<Engine, SearchError> {
        let mut parts = Vec::new();
        for field in self.fields_of(scope) {
            let mut part = self.in_field(field, forms)?;
            if field == self.fields.title {
                part.boost = TITLE_BOOST;
            }
            if scope == Scope::Lead {
                part.within = Some(self.fields.name_of(self.fields.lead_words).to_owned());
            }
            parts.push(part);
        }
        self.text_query(parts)
    }

    /// The words that a form takes in, folded.
    pub(super) fn words_of(
        &self,
        scope: Scope,
        form: &WordForm,
    ) -> Result<BTreeSet<String>, SearchError> {
        let mut words = BTreeSet::new();
        for field in self.fields_of(scope) {
            words.append(&mut self.vocabulary.words_of(field, form)?);
        }
        Ok(words)
    }

    /// The mean length of a field; of others than texts, which count for no score, 1.
    pub(super) fn mean_length(&self, field: Field) -> Result<f32, SearchError> {
        match self.fields.text_part(field) {
            Some(part) => Ok(self.names.reader.mean_length(part)?),
            None => Ok(1.0),
        }
    }

    /// The fields of words that a scope takes in.
    pub(super) fn fields_of(&self, scope: Scope) -> Vec<Field> {
        let Fields { title, body, .. } = **self.fields;
        match scope {
            Scope::Anywhere => vec![title, body],
            Scope::Title => vec![title],
            Scope::Body | Scope::Lead => vec![body],
        }
    }

    fn text_query(&self, parts: Vec<WordsInField>) -> Result<Engine, SearchError> {
        let articles = self.names.reader.indexed_articles()?;
        Ok(Box::new(TextQuery { parts: parts.into(), articles }))
    }

    fn in_field(&self, field: Field, forms: &Forms) -> Result<WordsInField, SearchError> {
        let words = forms.iter().map(|form| self.vocabulary.find(field, form));
        let words = words.collect::<Result<_, _>>()?;
        let mean_length = self.mean_length(field)?;
        Ok(WordsInField { field, words, mean_length, within: None, boost: 1.0 })
    }

    /// Articles in whose address these words stand side by side.
    fn url(&self, url: &str) -> Result<Engine, SearchError> {
        let words: Vec<_> = tokens(url).map(|token| WordForm::Exact(token.folded(url))).collect();
        if words.is_empty() {
            return Err(SearchError::NoWords { text: url.to_owned() });
        }
        let mut part = self.in_field(self.fields.url, &words)?;
        part.boost = 0.0;
        self.text_query(vec![part])
    }

    fn has(&self, property: Property) -> Result<Engine, SearchError> {
        let fields = self.fields;
        Ok(match property {
            Property::Name(name) => self.any_name(name_fields(fields, name))?,
            Property::Date => filters::has_column(fields, fields.published),
            property => filters::has_term(fields.has, property.name()),
        })
    }
}

/// The index's fields for a field of names.
pub(super) const fn name_fields(fields: &Fields, field: NameField) -> NameFields {
    match field {
        NameField::Person => fields.person,
        NameField::Organization => fields.organization,
        NameField::Place => fields.place,
        NameField::Outlet => fields.outlet,
        NameField::Author => fields.author,
        NameField::Section => fields.section,
        NameField::Tag => fields.tag,
        NameField::Language => fields.language,
    }
}
