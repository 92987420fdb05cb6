//! Compiles what a query asks of names.

use std::sync::Arc;

use super::compile::Compiler;
use super::error::SearchError;
use super::filters::{self, Engine};
use super::glob::Glob;
use super::name_forms::{FormTest, forms_of};
use super::names::{AnyName, NameTerm, Named, Names, PostingsOf};
use super::vocabulary::Terms;
use crate::index::{ENTITY_FIELDS, NameFields, terms};
use crate::query::NameMatch;
use crate::text::{name_key, tokens};

/// Which terms tell that an article names somebody.
#[derive(Clone, Copy)]
struct Kinds {
    key: char,
    form: char,
    word: char,
}

/// It names them.
const NAMED: Kinds = Kinds { key: terms::NAME_FORM, form: terms::FORM_KEY, word: terms::NAME_WORD };
/// It is about them.
const ABOUT: Kinds =
    Kinds { key: terms::ABOUT_KEY, form: terms::ABOUT_FORM, word: terms::ABOUT_WORD };

impl Compiler<'_> {
    /// Articles with a name in a field of names.
    pub(super) fn name(&self, field: NameFields, name: &NameMatch) -> Result<Engine, SearchError> {
        if field.ordinal < ENTITY_FIELDS {
            return Ok(self.named(self.entity(field, name, NAMED)?));
        }
        let terms = match name {
            NameMatch::Whole(name) => self.vocabulary.name_forms(field.terms, &name_key(name))?,
            _ => self.words(field, name, NAMED)?,
        };
        Ok(filters::has_any_term(field.terms, terms))
    }

    /// Articles about a person, an organization or a place.
    pub(super) fn about(&self, name: &NameMatch) -> Result<Engine, SearchError> {
        let mut postings = Vec::new();
        for field in &self.fields.names()[..ENTITY_FIELDS] {
            postings.extend(self.entity(*field, name, ABOUT)?);
        }
        Ok(self.named(postings))
    }

    /// Articles that name anybody in a field.
    pub(super) fn any_name(&self, field: NameFields) -> Result<Engine, SearchError> {
        if field.ordinal < ENTITY_FIELDS
            && let Some(names) = self.names.if_changed()?
            && names.changes_members_of(field.ordinal)
        {
            let segments = self.names.reader.searcher().segment_readers().iter();
            return Ok(Box::new(AnyName {
                fields: Arc::clone(self.fields),
                names: Arc::clone(names),
                field: field.ordinal,
                segments: segments.map(|segment| segment.segment_id()).collect(),
            }));
        }
        Ok(filters::has_column(self.fields, field.keys))
    }

    /// The postings of the articles that a name in a field of entities finds.
    pub(super) fn named_postings(
        &self,
        field: NameFields,
        name: &NameMatch,
    ) -> Result<Vec<PostingsOf>, SearchError> {
        self.entity(field, name, NAMED)
    }

    fn named(&self, postings: Vec<PostingsOf>) -> Engine {
        let fields = Arc::clone(self.fields);
        Box::new(Named { fields, postings: postings.into() })
    }

    /// The postings of an entity, or of all with a word.
    fn entity(
        &self,
        field: NameFields,
        name: &NameMatch,
        kinds: Kinds,
    ) -> Result<Vec<PostingsOf>, SearchError> {
        let NameMatch::Whole(whole) = name else {
            return self.entities_with(field, name, kinds);
        };
        let names = self.names.get()?;
        if let Some(meant) = names.meant_by(field.ordinal, whole) {
            return Ok(names.postings_of(meant, kinds.key));
        }
        // Nobody has that name; some may be mentioned under it.
        let key = name_key(whole);
        let test = FormTest::Key(key.clone());
        let mut postings = if names.left(field.ordinal).next().is_some() {
            self.written(names, field, &test, kinds)?
        } else {
            vec![posting(field, terms::term(&key, kinds.form, ""))]
        };
        postings.extend(self.written_elsewhere(names, field, &test, kinds)?);
        Ok(postings)
    }

    /// The postings of the entities whose name, or a form of it, has a word.
    fn entities_with(
        &self,
        field: NameFields,
        name: &NameMatch,
        kinds: Kinds,
    ) -> Result<Vec<PostingsOf>, SearchError> {
        let test = FormTest::of(name);
        let Some(names) = self.names.if_changed()? else {
            let terms = self.words(field, name, kinds)?;
            return Ok(terms.into_iter().map(|term| posting(field, term)).collect());
        };
        let is_written = |member: u32| -> Result<bool, SearchError> {
            let key = names.table().key(member);
            let forms = forms_of(self.names.reader, field, key)?;
            Ok(forms.keys().any(|form| test.takes(form)))
        };
        let mut has_left = false;
        for name in names.left(field.ordinal) {
            for member in names.table().members(name).chain(names.table().parts_of(name)) {
                has_left |= is_written(member)?;
            }
        }
        let mut postings = if has_left {
            self.written(names, field, &test, kinds)?
        } else {
            let terms = self.words(field, name, kinds)?;
            terms.into_iter().map(|term| posting(field, term)).collect()
        };
        postings.extend(self.written_elsewhere(names, field, &test, kinds)?);
        for (made, _) in names.made_in(field.ordinal) {
            if test.takes(&names.shown(made)) {
                postings.extend(names.postings_of(made, kinds.key));
            }
        }
        Ok(postings)
    }

    /// The terms of words of names.
    fn words(
        &self,
        field: NameFields,
        name: &NameMatch,
        kinds: Kinds,
    ) -> Result<Terms, SearchError> {
        match name {
            NameMatch::Pattern(pattern) => {
                let glob = Glob::of(pattern);
                self.vocabulary.name_words(field.terms, kinds.word, &glob, &pattern.0)
            }
            NameMatch::Word(word) | NameMatch::Whole(word) => {
                let words: Vec<_> = tokens(word).map(|token| token.folded(word)).collect();
                match &words[..] {
                    [] => Err(SearchError::NoWords { text: word.clone() }),
                    [word] => Ok(vec![terms::term(word, kinds.word, "")]),
                    words => {
                        let test = FormTest::Words(words.to_vec());
                        let found =
                            self.vocabulary.names_written(field.terms, |form| test.takes(form))?;
                        Ok(found.into_iter().map(|term| of_kind(term, kinds)).collect())
                    }
                }
            }
        }
    }

    /// The postings of entities that are written so, without those that aliases
    /// have taken from the field.
    fn written(
        &self,
        names: &Names,
        field: NameFields,
        test: &FormTest,
        kinds: Kinds,
    ) -> Result<Vec<PostingsOf>, SearchError> {
        let left = names.left(field.ordinal).collect();
        self.written_in(names, field, test, kinds, &Chosen { names: left, are_wanted: false })
    }

    /// The postings of entities that are written so and that aliases have brought here
    /// from other fields.
    fn written_elsewhere(
        &self,
        names: &Names,
        field: NameFields,
        test: &FormTest,
        kinds: Kinds,
    ) -> Result<Vec<PostingsOf>, SearchError> {
        let mut postings = Vec::new();
        for source in names.sources(field.ordinal) {
            if source != field.ordinal {
                let brought = names.made_in(field.ordinal).flat_map(|(_, of)| of).copied();
                let chosen = Chosen { names: brought.collect(), are_wanted: true };
                let source = self.fields.names()[source];
                postings.extend(self.written_in(names, source, test, kinds, &chosen)?);
            }
        }
        Ok(postings)
    }

    /// The postings of entities of a field that are written so, of the chosen ones.
    fn written_in(
        &self,
        names: &Names,
        field: NameFields,
        test: &FormTest,
        kinds: Kinds,
        chosen: &Chosen,
    ) -> Result<Vec<PostingsOf>, SearchError> {
        let table = names.table();
        let mut postings = Vec::new();
        for term in self.vocabulary.names_written(field.terms, |form| test.takes(form))? {
            let Some((key, _, _)) = terms::split(term.as_bytes()) else { continue };
            let Some(name) = table.find(field.ordinal, key) else { continue };
            let part = table
                .partial(name)
                .map(|_| names.part(name, chosen.names.clone(), chosen.are_wanted));
            if part.is_some() || chosen.takes(table.canonical(name)) {
                let term = of_kind(term, kinds);
                let term = NameTerm::Whole(term);
                postings.push(PostingsOf { field: field.ordinal, term, part });
            }
        }
        Ok(postings)
    }
}

/// Names of the table that stand for others: these, or all but these.
struct Chosen {
    names: Vec<u32>,
    are_wanted: bool,
}

impl Chosen {
    fn takes(&self, canonical: u32) -> bool {
        self.names.contains(&canonical) == self.are_wanted
    }
}

const fn posting(field: NameFields, term: String) -> PostingsOf {
    PostingsOf { field: field.ordinal, term: NameTerm::Whole(term), part: None }
}

/// The term of a form; of what articles are about, the term of its entity.
fn of_kind(term: String, kinds: Kinds) -> String {
    match terms::split(term.as_bytes()) {
        Some((key, ..)) if kinds.key == terms::ABOUT_KEY => terms::term(key, kinds.key, ""),
        _ => term,
    }
}
