//! Where in an article the words of a query stand.
//!
//! Works on the text itself with the same forms that the index is asked for,
//! so what is marked is what matched.

use std::sync::Arc;

use super::error::SearchError;
use super::forms::{SeenWord, WordForm};
use super::names::{Aliases, Meant, Names};
use super::sought::{Found, SeenText, Sought, merged};
use crate::annotate::{TextPart, TokenisedText};
use crate::index::{Acronyms, IndexReader, StoredArticle};
use crate::query::{Expr, Node, Query};
use crate::text::{Case, Span, Stemmer, Token, lead};

/// The parts of a query that an article can match by.
pub(super) struct Highlighter {
    sought: Vec<Sought>,
    /// Who is meant; none where the query names nobody.
    names: Option<Arc<Names>>,
}

/// What matched in an article.
pub(super) struct Marks {
    /// Stretches of the title, in order, none overlapping.
    pub(super) title: Vec<Span>,
    /// Stretches of the body, in order.
    pub(super) body: Vec<Mark>,
    /// The words of the body.
    pub(super) body_words: Vec<Token>,
}

/// Where the words of a query stand in one text.
pub(super) struct Standing {
    /// The words of the text.
    pub(super) words: Vec<Token>,
    /// The places, sorted, each once.
    pub(super) found: Vec<Found>,
}

/// A stretch of a text that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its first word.
    pub(super) first: usize,
    /// Its last word.
    pub(super) last: usize,
    /// Which words of the query it matches.
    pub(super) leaf: usize,
}

impl Highlighter {
    /// For a query of this index.
    pub(super) fn new(
        reader: &IndexReader,
        aliases: &Aliases,
        query: &Query,
    ) -> Result<Self, SearchError> {
        let names = match query.root.names_entities() {
            true => Some(Arc::new(Names::open(reader, aliases)?)),
            false => None,
        };
        let mut sought = Vec::new();
        let mut leaf = 0;
        collect(&query.root, &mut |expr| {
            sought.extend(Sought::of(expr, names.as_deref(), &mut leaf));
        });
        Ok(Self { sought, names })
    }

    /// The words that find only acronyms.
    pub(super) fn acronyms(&self) -> Vec<String> {
        let mut acronyms = Vec::new();
        for sought in &self.sought {
            if let Sought::Words { forms, .. } = sought {
                acronyms.extend(forms.iter().filter_map(|form| match form {
                    WordForm::Acronym(word) => Some(word.clone()),
                    _ => None,
                }));
            }
        }
        acronyms
    }

    /// Whether nothing that the query asks for has a place in a text.
    pub(super) const fn is_empty(&self) -> bool {
        self.sought.is_empty()
    }

    pub(super) fn marks(&self, article: &StoredArticle) -> Marks {
        let [title, body] = self.standing(article);
        Marks {
            title: spans(&title.words, &title.marks()),
            body: body.marks(),
            body_words: body.words,
        }
    }

    /// Where the query stands in the title and in the body.
    pub(super) fn standing(&self, article: &StoredArticle) -> [Standing; 2] {
        let title = TokenisedText::new(TextPart::Title, &article.title);
        let body = TokenisedText::new(TextPart::Body, &article.body);
        let stemmer = Stemmer::for_language(&article.lang);
        let acronyms = Acronyms::of([&title, &body]);
        let lead_end = lead(&article.body).end;
        let meant = self.names.as_ref().map(|names| names.meant_in(article)).unwrap_or_default();
        [(title, 0), (body, lead_end)].map(|(text, lead_end)| {
            let found = self.found_in(article, &meant, &text, &acronyms, stemmer, lead_end);
            Standing { words: text.tokens, found }
        })
    }

    fn found_in(
        &self,
        article: &StoredArticle,
        meant: &[Option<Meant>],
        text: &TokenisedText<'_>,
        acronyms: &Acronyms,
        stemmer: Stemmer,
        lead_end: usize,
    ) -> Vec<Found> {
        if self.is_empty() {
            return Vec::new();
        }
        let words = FoldedWords::of(text, &acronyms.marks(text), stemmer);
        let lead_words = text.tokens.partition_point(|token| token.span.end <= lead_end);
        let seen = SeenText { text, words: &words, lead_words, article, meant };
        merged(self.sought.iter().flat_map(|sought| sought.found(&seen)).collect())
    }
}

impl Standing {
    /// The stretches that matched, sorted, each once.
    fn marks(&self) -> Vec<Mark> {
        let mut marks: Vec<Mark> =
            self.found.iter().flat_map(|found| &found.marks).copied().collect();
        marks.sort_unstable_by_key(|mark| (mark.first, mark.last, mark.leaf));
        marks.dedup();
        marks
    }
}

/// The words of a text as forms look at them.
pub(super) struct FoldedWords {
    /// All folded words, one after the other.
    folded: String,
    /// For each word where it ends there, and the length of its acronym.
    words: Vec<(usize, Option<usize>)>,
    stemmer: Stemmer,
}

impl FoldedWords {
    fn of(text: &TokenisedText<'_>, acronyms: &[bool], stemmer: Stemmer) -> Self {
        let mut folded = String::with_capacity(text.text.len());
        let mut words = Vec::with_capacity(text.tokens.len());
        for (token, is_acronym) in text.tokens.iter().zip(acronyms) {
            let start = folded.len();
            token.fold_into(text.text, &mut folded);
            let plural = usize::from(token.case == Case::PluralCapitals);
            words.push((folded.len(), is_acronym.then(|| folded.len() - start - plural)));
        }
        Self { folded, words, stemmer }
    }

    pub(super) fn fits(&self, place: usize, form: &WordForm) -> bool {
        let start = if place == 0 { 0 } else { self.words[place - 1].0 };
        let (end, acronym) = self.words[place];
        let folded = &self.folded[start..end];
        let acronym = acronym.map(|length| &folded[..length]);
        form.takes_in(&SeenWord { folded, acronym, stemmer: self.stemmer })
    }
}

/// The spans that marks cover, joined where they touch the same words.
pub(super) fn spans(words: &[Token], marks: &[Mark]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for mark in marks {
        let span = words[mark.first].span.to(words[mark.last].span);
        match spans.last_mut() {
            Some(last) if span.start < last.end => *last = last.to(span),
            _ => spans.push(span),
        }
    }
    spans
}

/// Calls `found` with the parts that an article matches by, those that no NOT
/// excludes.
fn collect<'e>(expr: &'e Expr, found: &mut impl FnMut(&'e Expr)) {
    match &expr.node {
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| collect(part, found)),
        Node::AtLeast(_, inner) => found(inner),
        _ => found(expr),
    }
}
