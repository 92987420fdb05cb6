//! Compiles the parts of a query that ask where something stands in the text.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::schema::Field;

use super::compile::{Compiler, TITLE_BOOST, name_fields};
use super::error::SearchError;
use super::filters::Engine;
use super::forms::forms_of;
use super::name_forms::FormTest;
use super::names::{Named, Names};
use super::places::{InField, Mentioned, Only, Operand, PlacesQuery, Wanted};
use super::vocabulary::FoundWord;
use crate::index::{ENTITY_FIELDS, NameFields, terms};
use crate::query::{Expr, NameMatch, Nearness, Node, Relation, Scope, TextMatch};

/// The mentions that parts of a query mean, by where these lie in memory.
type Known = FxHashMap<*const Expr, Arc<Mentioned>>;

impl Compiler<'_> {
    /// Articles in which a part of a query has at least so many places.
    pub(super) fn places(&self, expr: &Expr, at_least: usize) -> Result<Engine, SearchError> {
        self.check_patterns(expr)?;
        let mut known = Known::default();
        let mut operands = Vec::with_capacity(2);
        for field in [self.fields.title, self.fields.body] {
            let operand = self.operand(expr, field, &mut known)?;
            if !operand.is_nothing() {
                let boost = if field == self.fields.title { TITLE_BOOST } else { 1.0 };
                let mean_length = self.mean_length(field)?;
                operands.push(InField { field, operand, boost, mean_length });
            }
        }
        let articles = self.names.reader.indexed_articles()?;
        Ok(Box::new(PlacesQuery { operands: operands.into(), articles, at_least }))
    }

    /// Refuses patterns that take in too much.
    fn check_patterns(&self, expr: &Expr) -> Result<(), SearchError> {
        match &expr.node {
            Node::Text { text, .. } => forms_of(text).iter().try_for_each(|form| {
                self.vocabulary.check_breadth(&[self.fields.title, self.fields.body], form)
            }),
            Node::Or(parts) => parts.iter().try_for_each(|part| self.check_patterns(part)),
            Node::Near { left, right, .. } => {
                self.check_patterns(left)?;
                self.check_patterns(right)
            }
            Node::First(_, inner) => self.check_patterns(inner),
            _ => Ok(()),
        }
    }

    fn operand(
        &self,
        expr: &Expr,
        field: Field,
        known: &mut Known,
    ) -> Result<Operand, SearchError> {
        let is_title = field == self.fields.title;
        Ok(match &expr.node {
            Node::Text { scope, text } => {
                self.scoped(*scope, field, || self.text_operand(text, field))?
            }
            Node::Mention { scope, field: names } => self.scoped(*scope, field, || {
                self.known_mentions(expr, name_fields(self.fields, *names), None, known)
            })?,
            Node::Name { field: names, name } => {
                self.known_mentions(expr, name_fields(self.fields, *names), Some(name), known)?
            }
            Node::Or(parts) => {
                let parts = parts.iter().map(|part| self.operand(part, field, known));
                let parts: Vec<_> = parts.collect::<Result<_, _>>()?;
                Operand::Any(parts)
            }
            Node::Near { left, right, relation } => {
                let left = self.operand(left, field, known)?;
                let right = self.operand(right, field, known)?;
                if left.is_nothing() || right.is_nothing() && !relation.refused {
                    Operand::Nothing
                } else {
                    Operand::Near {
                        operands: Box::new((left, right)),
                        relation: *relation,
                        units: self.units(field, *relation)?,
                    }
                }
            }
            Node::First(words, inner) if !is_title => {
                Operand::First(Box::new(self.operand(inner, field, known)?), *words)
            }
            // The parser refuses what has no place.
            _ => Operand::Nothing,
        })
    }

    /// An operand in the part of the text that `scope` says.
    fn scoped(
        &self,
        scope: Scope,
        field: Field,
        operand: impl FnOnce() -> Result<Operand, SearchError>,
    ) -> Result<Operand, SearchError> {
        let is_title = field == self.fields.title;
        match scope {
            Scope::Title if !is_title => Ok(Operand::Nothing),
            Scope::Body | Scope::Lead if is_title => Ok(Operand::Nothing),
            Scope::Lead => {
                let words = self.fields.name_of(self.fields.lead_words).to_owned();
                Ok(Operand::Lead(Box::new(operand()?), words))
            }
            Scope::Anywhere | Scope::Title | Scope::Body => operand(),
        }
    }

    /// The first words of what both operands must stand in.
    fn units(&self, field: Field, relation: Relation) -> Result<Option<FoundWord>, SearchError> {
        let mark = match relation.nearness {
            Nearness::Sentence => terms::SENTENCE,
            Nearness::Paragraph => terms::PARAGRAPH,
            Nearness::Near(_) | Nearness::Pre(_) => return Ok(None),
        };
        self.vocabulary.find_mark(field, "", mark).map(Some)
    }

    fn text_operand(&self, text: &TextMatch, field: Field) -> Result<Operand, SearchError> {
        let forms = forms_of(text);
        if forms.is_empty() {
            return Ok(Operand::Nothing);
        }
        let find = |form| self.vocabulary.find(field, form);
        let TextMatch::Loose(_, distance) = text else {
            let words = forms.iter().map(find).collect::<Result<_, _>>()?;
            return Ok(Operand::Words(words));
        };
        let mut words: Vec<(_, usize)> = Vec::new();
        for (at, form) in forms.iter().enumerate() {
            let times = forms.iter().filter(|other| *other == form).count();
            if !forms[..at].contains(form) {
                words.push((find(form)?, times));
            }
        }
        Ok(Operand::Loose(words, *distance))
    }

    /// The mentions that a part of a query means, found out once for title and body.
    fn known_mentions(
        &self,
        expr: &Expr,
        field: NameFields,
        name: Option<&NameMatch>,
        known: &mut Known,
    ) -> Result<Operand, SearchError> {
        let place = std::ptr::from_ref(expr);
        if let Some(mentioned) = known.get(&place) {
            return Ok(Operand::Mentions(Arc::clone(mentioned)));
        }
        let mentioned = Arc::new(self.mentions(field, name)?);
        known.insert(place, Arc::clone(&mentioned));
        Ok(Operand::Mentions(mentioned))
    }

    /// The mentions of those of a field whom `name` means; of all, without one.
    fn mentions(
        &self,
        field: NameFields,
        name: Option<&NameMatch>,
    ) -> Result<Mentioned, SearchError> {
        let segments = self.names.reader.searcher().segment_readers().iter();
        let mut mentioned = Mentioned {
            fields: Arc::clone(self.fields),
            field: field.ordinal,
            sources: vec![field.ordinal],
            of: None,
            segments: segments.map(|segment| segment.segment_id()).collect(),
        };
        let names = match name {
            Some(_) => Some(self.names.get()?),
            None => self.names.if_changed()?,
        };
        if let Some(names) = names {
            let sources = names.sources(field.ordinal);
            mentioned.sources = sources.into_iter().filter(|it| *it < ENTITY_FIELDS).collect();
            let (only, articles) = match name {
                None => (None, None),
                Some(name) => (
                    Some(Arc::new(self.wanted(names, field, name)?)),
                    Some(self.articles_of(field, name)?),
                ),
            };
            mentioned.of = Some(Wanted { names: Arc::clone(names), only, articles });
        }
        Ok(mentioned)
    }

    /// Those of a field whom a name means: one, or all whom an article writes so.
    fn wanted(
        &self,
        names: &Names,
        field: NameFields,
        name: &NameMatch,
    ) -> Result<Only, SearchError> {
        let mut only = Only::default();
        if let NameMatch::Whole(whole) = name
            && let Some(meant) = names.meant_by(field.ordinal, whole)
        {
            only.always.insert(meant);
            return Ok(only);
        }
        let test = FormTest::of(name);
        let is_written = |form: &str| test.takes(form);
        for source in names.sources(field.ordinal) {
            let source_fields = self.fields.names()[source];
            let terms = self.vocabulary.names_written(source_fields.terms, is_written)?;
            only.written.extend(terms.into_iter().map(|term| (source, term)));
        }
        for (made, _) in names.made_in(field.ordinal) {
            if test.takes(&names.shown(made)) {
                only.always.insert(made);
            }
        }
        Ok(only)
    }

    fn articles_of(&self, field: NameFields, name: &NameMatch) -> Result<Named, SearchError> {
        let postings = self.named_postings(field, name)?;
        Ok(Named { fields: Arc::clone(self.fields), postings: postings.into() })
    }
}
