//! Where in an article the words of a query stand.
//!
//! Works on the text itself with the same forms that the index is asked for,
//! so what is marked is what matched.

use super::forms::{Forms, SeenWord, WordForm, forms_of};
use super::places::Place;
use super::sought::{Found, SeenText, Sought, merged};
use crate::annotate::{TextPart, TokenisedText};
use crate::index::{Acronyms, StoredArticle};
use crate::query::{Expr, Node, Query, Scope, TextMatch};
use crate::text::{Case, Span, Stemmer, Token, lead};

/// The words of a query that an article can match by.
pub(super) struct Highlighter {
    leaves: Vec<(Scope, Forms)>,
    /// What must stand in certain places.
    sought: Vec<Sought>,
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
    pub(super) fn new(query: &Query) -> Self {
        let (mut leaves, mut placed) = (Vec::new(), Vec::new());
        collect_leaves(&query.root, &mut leaves, &mut placed);
        let mut leaf = leaves.len();
        let sought = placed.into_iter().filter_map(|expr| Sought::of(expr, &mut leaf)).collect();
        Self { leaves, sought }
    }

    /// The words that find only acronyms.
    pub(super) fn acronyms(&self) -> Vec<String> {
        let forms = self.leaves.iter().flat_map(|(_, forms)| forms);
        let acronyms = forms.filter_map(|form| match form {
            WordForm::Acronym(word) => Some(word.clone()),
            _ => None,
        });
        acronyms.collect()
    }

    /// Whether nothing that the query asks for has a place in a text.
    pub(super) const fn is_empty(&self) -> bool {
        self.leaves.is_empty() && self.sought.is_empty()
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
        [(title, 0), (body, lead_end)].map(|(text, lead_end)| {
            let found = self.found_in(article, &text, &acronyms, stemmer, lead_end);
            Standing { words: text.tokens, found }
        })
    }

    fn found_in(
        &self,
        article: &StoredArticle,
        text: &TokenisedText<'_>,
        acronyms: &Acronyms,
        stemmer: Stemmer,
        lead_end: usize,
    ) -> Vec<Found> {
        if self.is_empty() {
            return Vec::new();
        }
        let leaves: Vec<_> = self
            .leaves
            .iter()
            .enumerate()
            .filter(|(_, (scope, _))| match scope {
                Scope::Anywhere => true,
                Scope::Title => text.part == TextPart::Title,
                Scope::Body | Scope::Lead => text.part == TextPart::Body,
            })
            .collect();
        let words = FoldedWords::of(text, &acronyms.marks(text), stemmer);
        let mut found = Vec::new();
        for first in 0..text.tokens.len() {
            for (leaf, (scope, forms)) in &leaves {
                let last = first + forms.len() - 1;
                let fits = last < text.tokens.len()
                    && (*scope != Scope::Lead || text.tokens[last].span.end <= lead_end)
                    && (first..).zip(forms).all(|(place, form)| words.fits(place, form));
                if fits {
                    let place = Place { start: first as u32, end: last as u32 };
                    found.push(Found { place, marks: vec![Mark { first, last, leaf: *leaf }] });
                }
            }
        }
        let lead_words = text.tokens.partition_point(|token| token.span.end <= lead_end);
        let seen = SeenText { text, words: &words, lead_words, article };
        found.extend(self.sought.iter().flat_map(|sought| sought.found(&seen)));
        merged(found)
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

/// The words that an article matches by: those that no NOT excludes.
/// Those that must stand in certain places go to `placed`.
fn collect_leaves<'e>(
    expr: &'e Expr,
    leaves: &mut Vec<(Scope, Forms)>,
    placed: &mut Vec<&'e Expr>,
) {
    match &expr.node {
        Node::And(parts) | Node::Or(parts) => {
            for part in parts {
                collect_leaves(part, leaves, placed);
            }
        }
        Node::Text { text: TextMatch::Loose(..), .. }
        | Node::Mention { .. }
        | Node::Near { .. }
        | Node::First(..) => placed.push(expr),
        Node::AtLeast(_, inner) => placed.push(inner),
        Node::Text { scope, text } => {
            let forms = forms_of(text);
            if !forms.is_empty() {
                leaves.push((*scope, forms));
            }
        }
        _ => {}
    }
}
