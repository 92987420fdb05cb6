//! Where the operands of a query that have places stand in one text, with the
//! words that each of them is made of: the same meaning as in the index
//! (`places`), for what is shown of an article.

use super::forms::{Forms, forms_of};
use super::highlight::{FoldedWords, Mark};
use super::name_forms::FormTest;
use super::names::{Meant, Names};
use super::places::{Near, Place, apart, loosely, pairs};
use crate::annotate::{TextPart, TokenisedText};
use crate::index::{ENTITY_FIELDS, StoredArticle, StoredEntity, StoredMention};
use crate::query::{Expr, NameField, NameMatch, Nearness, Node, Relation, Scope, TextMatch};
use crate::text::{Break, Span, breaks};

/// A part of a query that has places, ready to be looked for in texts.
pub(super) enum Sought {
    /// Words side by side.
    Words { scope: Scope, forms: Forms, leaf: usize },
    /// Words in any order.
    Loose { scope: Scope, forms: Forms, distance: u32, leaf: usize },
    /// Mentions; of all entities of the kind, or of those that a name means.
    Mentions { scope: Scope, field: usize, who: Who, leaf: usize },
    /// Any of them.
    Any(Vec<Sought>),
    /// Two that stand together, or the first where the second does not.
    Near(Box<(Sought, Sought)>, Relation),
    /// Among so many first words.
    First(u32, Box<Sought>),
}

/// Whose mentions are looked for.
pub(super) enum Who {
    /// Anybody's.
    Anyone,
    /// Those of one name.
    Named(u32),
    /// Those of entities whose name, or a form of it in the article, is so.
    Written(FormTest),
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
    /// Who each of its entities is; none of them where nobody is looked for.
    pub(super) meant: &'a [Option<Meant>],
}

impl Sought {
    /// The mentions of those whom a name means in a field of entities.
    fn named(field: usize, name: &NameMatch, names: Option<&Names>, leaf: usize) -> Self {
        let meant = match (name, names) {
            (NameMatch::Whole(whole), Some(names)) => names.meant_by(field, whole),
            _ => None,
        };
        let who = meant.map_or_else(|| Who::Written(FormTest::of(name)), Who::Named);
        Self::Mentions { scope: Scope::Anywhere, field, who, leaf }
    }

    /// The places that a part of a query asks for; none if it has no places.
    /// `leaf` numbers what words are looked for.
    pub(super) fn of(expr: &Expr, names: Option<&Names>, leaf: &mut usize) -> Option<Self> {
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
                let field = entity_field(*field)?;
                Self::Mentions { scope: *scope, field, who: Who::Anyone, leaf: next() }
            }
            Node::Name { field, name } => Self::named(entity_field(*field)?, name, names, next()),
            Node::About(name) => {
                let leaf = next();
                let fields = 0..ENTITY_FIELDS;
                Self::Any(fields.map(|field| Self::named(field, name, names, leaf)).collect())
            }
            Node::Or(parts) => {
                let parts = parts.iter().map(|part| Self::of(part, names, leaf));
                Self::Any(parts.collect::<Option<_>>()?)
            }
            Node::Near { left, right, relation } => {
                let (left, right) = (Self::of(left, names, leaf)?, Self::of(right, names, leaf)?);
                Self::Near(Box::new((left, right)), *relation)
            }
            Node::First(words, inner) => {
                Self::First(*words, Box::new(Self::of(inner, names, leaf)?))
            }
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
            Self::Mentions { scope, field, who, leaf } => {
                text.scoped(*scope, text.mentions(*field, who), *leaf)
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

    fn mentions(&self, field: usize, who: &Who) -> Vec<Place> {
        let entities = self.article.entities.iter().zip(self.meant);
        let meant = entities.filter(|(entity, meant)| {
            meant.as_ref().is_some_and(|it| it.field == field && self.is_meant(entity, it, who))
        });
        let mut places: Vec<Place> = meant
            .flat_map(|(entity, _)| &entity.mentions)
            .filter(|mention| mention.0 == self.text.part)
            .filter_map(|mention| self.words_of(Span::new(mention.1, mention.2)))
            .collect();
        places.sort_unstable();
        places.dedup_by_key(|place| place.start);
        places
    }

    fn is_meant(&self, entity: &StoredEntity, meant: &Meant, who: &Who) -> bool {
        let test = match who {
            Who::Anyone => return true,
            Who::Named(name) => return meant.name == Some(*name),
            Who::Written(test) => test,
        };
        let is_written = |mention: &StoredMention| {
            let text = match mention.0 {
                TextPart::Title => &self.article.title,
                TextPart::Body => &self.article.body,
            };
            test.takes(Span::new(mention.1, mention.2).of(text))
        };
        test.takes(&entity.name)
            || meant.given.as_ref().is_some_and(|given| test.takes(given))
            || entity.mentions.iter().any(is_written)
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

/// The number of a field of entities; none of other names, which have no places.
const fn entity_field(field: NameField) -> Option<usize> {
    match field {
        NameField::Person => Some(0),
        NameField::Organization => Some(1),
        NameField::Place => Some(2),
        _ => None,
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
