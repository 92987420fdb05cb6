//! What became of a word, a name or a date of a query.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::explained::{FormKind, Meaning};
use super::run::Explanation;
use crate::index::terms;
use crate::query::{Expr, NameField, NameMatch, Node, Query, Scope, TextMatch};
use crate::search::compile::name_fields;
use crate::search::counts::ArticleSet;
use crate::search::error::SearchError;
use crate::search::execute::Search;
use crate::search::forms::{WordForm, forms_of};
use crate::search::name_forms;
use crate::search::names::{NameTerm, Named, PostingsOf};
use crate::search::rank::{Limit, Order, SortKey};
use crate::search::results::{Drill, FacetField, FacetRequest, SearchRequest};

/// Names of a part that are listed; who wants more asks for a facet.
const NAMES: usize = 20;

/// What became of a part of a query, which finds these articles.
pub(super) fn meanings(
    explanation: &Explanation<'_>,
    expr: &Expr,
    found: &ArticleSet,
) -> Result<Vec<Meaning>, SearchError> {
    match &expr.node {
        Node::Text { scope, text } => words(explanation, *scope, text, found),
        Node::Name { field, name } => names(explanation, expr, *field, name),
        Node::Date(date) => {
            let days = date.resolve(explanation.request.today);
            Ok(vec![Meaning::Days(days.first, days.last)])
        }
        _ => Ok(Vec::new()),
    }
}

/// The words of the index that each word of a part became; nothing where that is
/// the word itself.
fn words(
    explanation: &Explanation<'_>,
    scope: Scope,
    text: &TextMatch,
    found: &ArticleSet,
) -> Result<Vec<Meaning>, SearchError> {
    let forms = forms_of(text);
    if forms.iter().all(|form| matches!(form, WordForm::Exact(_))) {
        return Ok(Vec::new());
    }
    forms.iter().map(|form| words_of(explanation, scope, form, found)).collect()
}

fn words_of(
    explanation: &Explanation<'_>,
    scope: Scope,
    form: &WordForm,
    found: &ArticleSet,
) -> Result<Meaning, SearchError> {
    let sets = explanation.sets;
    let kind = match form {
        WordForm::Inflected(_) => FormKind::Inflected,
        WordForm::Exact(_) | WordForm::Unspaced(..) => FormKind::Exact,
        WordForm::Acronym(_) => FormKind::Acronym,
        WordForm::Fitting(..) => FormKind::Pattern,
    };
    let mut words = Vec::new();
    for word in sets.compiler().words_of(scope, form)? {
        let very_word = match form {
            WordForm::Acronym(_) => form.clone(),
            _ => WordForm::Exact(word.clone()),
        };
        let mut having = sets.of_word(scope, &very_word)?;
        having.keep(found);
        let articles = having.len();
        if articles > 0 {
            words.push((word, articles));
        }
    }
    words.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    Ok(Meaning::Words { form: kind, words })
}

/// Whom a part finds, and how they are written if it is one.
fn names(
    explanation: &Explanation<'_>,
    expr: &Expr,
    field: NameField,
    name: &NameMatch,
) -> Result<Vec<Meaning>, SearchError> {
    let (names, request) = (&explanation.sets.names, explanation.request);
    let fields = name_fields(names.reader.fields(), field);
    let opened = names.get()?;
    if let NameMatch::Whole(whole) = name
        && let Some(meant) = opened.meant_by(fields.ordinal, whole)
    {
        return Ok(vec![written(explanation, meant)?]);
    }
    let facet = FacetRequest {
        field: FacetField::Name(field),
        limit: Some(NAMES),
        prefix: None,
        filter: None,
        drill: Drill::Down,
    };
    let matches = Search::run(
        names.reader,
        &SearchRequest {
            query: Query { root: expr.clone() },
            today: request.today,
            order: Order { key: SortKey::Score, ascending: false },
            offset: 0,
            limit: Limit::First(0),
            facets: vec![facet],
            aliases: request.aliases.clone(),
            pattern_limit: request.pattern_limit,
            threads: 1,
        },
    )?;
    let values = matches.facets.into_iter().flat_map(|facet| facet.values);
    let found = values.filter(|value| value.selected).map(|value| (value.value, value.count));
    Ok(vec![Meaning::Names(found.take(NAMES).collect())])
}

/// How the one that is meant is written, with how many of the articles that mean it
/// write it so.
fn written(explanation: &Explanation<'_>, meant: u32) -> Result<Meaning, SearchError> {
    let reader = explanation.sets.names.reader;
    let fields = reader.fields();
    let mut postings: BTreeMap<String, Vec<PostingsOf>> = BTreeMap::new();
    for of_key in explanation.sets.names.get()?.postings_of(meant, terms::NAME_FORM) {
        let Some(key) = of_key.term.key() else { continue };
        for (form, terms) in name_forms::terms_of(reader, fields.names()[of_key.field], key)? {
            let of_form = |term| PostingsOf { term: NameTerm::Whole(term), ..of_key.clone() };
            postings.entry(form).or_default().extend(terms.into_iter().map(of_form));
        }
    }
    let mut written = Vec::with_capacity(postings.len());
    for (form, postings) in postings {
        let named = Named { fields: Arc::clone(fields), postings: postings.into() };
        let mut having = explanation.sets.of_engine(&named)?;
        having.keep(&explanation.sets.every);
        let articles = having.len();
        if articles > 0 {
            written.push((form, articles));
        }
    }
    // Forms are in the order of the alphabet.
    written.sort_by_key(|(_, articles)| Reverse(*articles));
    Ok(Meaning::Written(written))
}
