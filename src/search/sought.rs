//! Where the operands of a query that have places stand in one text, with the
//! words that each of them is made of: the same meaning as in the index
//! (`places`), for what is shown of an article.

use super::forms::{Forms, forms_of};
use super::highlight::{FoldedWords, Mark};
use super::name_forms::FormTest;
use super::names::KINDS;
use super::places::{Near, Place, apart, loosely, pairs};
use crate::annotate::{TextPart, TokenisedText};
use crate::index::{StoredArticle, StoredEntity};
use crate::query::{Expr, NameField, NameMatch, Nearness, Node, Relation, Scope, TextMatch};
use crate::text::{Break, Span, breaks, name_key};

/// A part of a query that has places, ready to be looked for in texts.
pub(super) enum Sought {
    /// Words side by side.
    Words { scope: Scope, forms: Forms, leaf: usize },
    /// Words in any order.
    Loose { scope: Scope, forms: Forms, distance: u32, leaf: usize },
    /// Mentions; of all entities of the kind, or of those that a name means.
    Mentions { scope: Scope, field: NameField, name: Option<NameMatch>, leaf: usize },
    /// Any of them.
    Any(Vec<Sought>),
    /// Two that stand together, or the first where the second does not.
    Near(Box<(Sought, Sought)>, Relation),
    /// Among so many first words.
    First(u32, Box<Sought>),
}

/// A place and the words that make it one.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) place: Place,
    /// Sorted, each once.
    pub(super) marks: Vec<Mark>,
}

/// A text in which places are looked for.
pub(super) struct SeenText<'a> {
    pub(super) text: &'a TokenisedText<'a>,
    pub(super) words: &'a FoldedWords,
    /// Words of the lead; none in a title.
    pub(super) lead_words: usize,
    pub(super) article: &'a StoredArticle,
}

impl Sought {
    /// The places that a part of a query asks for; none if it has no places.
    /// `leaf` numbers what words are looked for.
    pub(super) fn of(expr: &Expr, leaf: &mut usize) -> Option<Self> {
        let mut next = || {
            *leaf += 1;
            *leaf - 1
        };
        Some(match &expr.node {
            Node::Text { scope, text: text @ TextMatch::Loose(_, distance) } => Self::Loose {
                scope: *scope,
                forms: forms_of(text),
                distance: *distance,
                leaf: next(),
            },
            Node::Text { scope, text } => {
                Self::Words { scope: *scope, forms: forms_of(text), leaf: next() }
            }
            Node::Mention { scope, field } => {
                Self::Mentions { scope: *scope, field: *field, name: None, leaf: next() }
            }
            Node::Name { field, name } if field.is_of_entities() => Self::Mentions {
                scope: Scope::Anywhere,
                field: *field,
                name: Some(name.clone()),
                leaf: next(),
            },
            Node::Or(parts) => {
                Self::Any(parts.iter().map(|part| Self::of(part, leaf)).collect::<Option<_>>()?)
            }
            Node::Near { left, right, relation } => {
                let (left, right) = (Self::of(left, leaf)?, Self::of(right, leaf)?);
                Self::Near(Box::new((left, right)), *relation)
            }
            Node::First(words, inner) => Self::First(*words, Box::new(Self::of(inner, leaf)?)),
            _ => return None,
        })
    }

    /// Its places in a text, sorted, each once.
    pub(super) fn found(&self, text: &SeenText<'_>) -> Vec<Found> {
        let found = match self {
            Self::Words { scope, forms, leaf } => {
                if forms.is_empty() {
                    return Vec::new();
                }
                let places = text.side_by_side(forms);
                text.scoped(*scope, places, *leaf)
            }
            Self::Loose { scope, forms, distance, leaf } => {
                text.scoped(*scope, text.loosely(forms, *distance), *leaf)
            }
            Self::Mentions { scope, field, name, leaf } => {
                text.scoped(*scope, text.mentions(*field, name.as_ref()), *leaf)
            }
            Self::Any(parts) => parts.iter().flat_map(|part| part.found(text)).collect(),
            Self::Near(operands, relation) => {
                return text.related(&operands.0.found(text), &operands.1.found(text), *relation);
            }
            Self::First(words, inner) => {
                let mut found = inner.found(text);
                let is_body = text.text.part == TextPart::Body;
                found.retain(|found| is_body && found.place.end < *words);
                found
            }
        };
        merged(found)
    }
}

impl SeenText<'_> {
    fn side_by_side(&self, forms: &Forms) -> Vec<Place> {
        let count = self.text.tokens.len();
        let fits = |first: &usize| {
            first + forms.len() <= count
                && (*first..).zip(forms).all(|(word, form)| self.words.fits(word, form))
        };
        let place =
            |first: usize| Place { start: first as u32, end: (first + forms.len() - 1) as u32 };
        (0..count).filter(fits).map(place).collect()
    }

    fn loosely(&self, forms: &Forms, distance: u32) -> Vec<Place> {
        let mut positions: Vec<(Vec<u32>, usize)> = Vec::new();
        for (at, form) in forms.iter().enumerate() {
            if forms[..at].contains(form) {
                continue;
            }
            let times = forms.iter().filter(|other| *other == form).count();
            let stands = (0..self.text.tokens.len()).filter(|word| self.words.fits(*word, form));
            positions.push((stands.map(|word| word as u32).collect(), times));
        }
        let mut places = Vec::new();
        loosely(&positions, distance, &mut places);
        places
    }

    fn mentions(&self, field: NameField, name: Option<&NameMatch>) -> Vec<Place> {
        let kind = match field {
            NameField::Person => KINDS[0],
            NameField::Organization => KINDS[1],
            _ => KINDS[2],
        };
        let entities = self.article.entities.iter().filter(|entity| entity.kind == kind);
        let meant = entities.filter(|entity| name.is_none_or(|name| self.is_meant(entity, name)));
        let mentions = meant.flat_map(|entity| &entity.mentions);
        let mut places: Vec<Place> = mentions
            .filter(|mention| mention.0 == self.text.part)
            .filter_map(|mention| self.words_of(Span::new(mention.1, mention.2)))
            .collect();
        places.sort_unstable();
        places.dedup_by_key(|place| place.start);
        places
    }

    /// Whether an entity of the article may be the one that is meant, by its name
    /// and the forms of its mentions; of a surname alone, if the name ends so.
    fn is_meant(&self, entity: &StoredEntity, name: &NameMatch) -> bool {
        let test = FormTest::of(name);
        let form = |mention: &crate::index::StoredMention| {
            let text = match mention.0 {
                TextPart::Title => &self.article.title,
                TextPart::Body => &self.article.body,
            };
            Span::new(mention.1, mention.2).of(text).to_owned()
        };
        let ends_so = |whole: &str| name_key(whole).ends_with(&name_key(&entity.name));
        test.takes(&entity.name)
            || entity.mentions.iter().any(|mention| test.takes(&form(mention)))
            || entity.partial && matches!(name, NameMatch::Whole(whole) if ends_so(whole))
    }

    /// The words that a stretch of the text has.
    fn words_of(&self, span: Span) -> Option<Place> {
        let tokens = &self.text.tokens;
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let past = tokens.partition_point(|token| token.span.start < span.end);
        (first < past).then(|| Place { start: first as u32, end: past as u32 - 1 })
    }

    /// The places that lie in the part of the text that `scope` says.
    fn scoped(&self, scope: Scope, places: Vec<Place>, leaf: usize) -> Vec<Found> {
        let is_title = self.text.part == TextPart::Title;
        let is_in = |place: &Place| match scope {
            Scope::Anywhere => true,
            Scope::Title => is_title,
            Scope::Body => !is_title,
            Scope::Lead => !is_title && (place.end as usize) < self.lead_words,
        };
        let found = |place: Place| {
            let (first, last) = (place.start as usize, place.end as usize);
            Found { place, marks: vec![Mark { first, last, leaf }] }
        };
        places.into_iter().filter(is_in).map(found).collect()
    }

    fn related(&self, left: &[Found], right: &[Found], relation: Relation) -> Vec<Found> {
        let units: Vec<u32> = match relation.nearness {
            Nearness::Sentence => self.units(Break::Sentence),
            Nearness::Paragraph => self.units(Break::Paragraph),
            Nearness::Near(_) | Nearness::Pre(_) => Vec::new(),
        };
        let near = Near { nearness: relation.nearness, units: &units };
        let places = |found: &[Found]| found.iter().map(|found| found.place).collect::<Vec<_>>();
        let (of_left, of_right) = (places(left), places(right));
        if relation.refused {
            let mut alone = Vec::new();
            apart(&of_left, &of_right, near, &mut alone);
            let is_alone = |found: &&Found| alone.binary_search(&found.place).is_ok();
            return left.iter().filter(is_alone).cloned().collect();
        }
        let mut together: Vec<(usize, usize)> = Vec::new();
        let may_take = |found: &&Found| near.may_take(found.place);
        let left: Vec<&Found> = left.iter().filter(may_take).collect();
        let right: Vec<&Found> = right.iter().filter(may_take).collect();
        let places = |found: &[&Found]| found.iter().map(|found| found.place).collect::<Vec<_>>();
        let (of_left, of_right) = (places(&left), places(&right));
        pairs(&of_left, &of_right, near, |one, other| together.push((one, other)));
        let found: Vec<Found> = together
            .into_iter()
            .map(|(one, other)| Found {
                place: left[one].place.with(right[other].place),
                marks: [&left[one].marks[..], &right[other].marks[..]].concat(),
            })
            .collect();
        merged(found)
    }

    /// The first words of sentences or paragraphs.
    fn units(&self, least: Break) -> Vec<u32> {
        let found = breaks(self.text.text, &self.text.tokens).enumerate();
        found.filter(|(_, found)| *found >= least).map(|(word, _)| word as u32).collect()
    }
}

/// Sorted by place, each place once with all that makes it one.
pub(super) fn merged(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| found.place);
    found.dedup_by(|next, kept| {
        let is_same = next.place == kept.place;
        if is_same {
            kept.marks.append(&mut next.marks);
        }
        is_same
    });
    // Each once, or a chain of operators would double them at every link.
    for Found { marks, .. } in &mut found {
        marks.sort_unstable_by_key(|mark| (mark.first, mark.last, mark.leaf));
        marks.dedup();
    }
    found
}
