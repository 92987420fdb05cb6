//! Proximity, written down a second time: all places of both operands, looked
//! through one by one.

use std::fmt;

use newsdex::annotate::EntityKind;
use newsdex::text::{Break, Stemmer, breaks, tokens};

use super::corpus::{Known, Mentioned, Seen};
use super::meaning::{Name, Text};
use crate::dice::Dice;

/// What stands somewhere in a text.
#[derive(Clone, Debug)]
pub(crate) enum Spot {
    /// Words, in a part of the text.
    Text(&'static str, Text),
    /// Different plain words in any order.
    Loose(Vec<String>, usize),
    /// Anybody of a kind, in a part of the text.
    Mention(&'static str, EntityKind),
    /// Those of a kind whom a name means: one whom it names, or else all whose name
    /// or form is so.
    Named(EntityKind, Name, Option<String>),
    Any(Vec<Self>),
    Near {
        left: Box<Self>,
        right: Box<Self>,
        how: How,
        refused: bool,
    },
    First(usize, Box<Self>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum How {
    Near(usize),
    Pre(usize),
    Sentence,
    Paragraph,
}

/// First and last word.
pub(super) type Place = (usize, usize);

impl Spot {
    /// How many places it has in the title and the body together.
    pub(crate) fn count(&self, article: &Known) -> usize {
        self.places(article, true).len() + self.places(article, false).len()
    }

    /// Where it stands in the title, or else in the body: sorted, each place once.
    pub(super) fn places(&self, article: &Known, in_title: bool) -> Vec<Place> {
        let words: &[Seen] = if in_title { &article.title_words } else { &article.body_words };
        let mut places = match self {
            Self::Text(scope, text) => {
                let is_here = match *scope {
                    "title" => in_title,
                    "body" | "lead" => !in_title,
                    _ => true,
                };
                let words = if *scope == "lead" {
                    &words[..article.lead_words.min(words.len())]
                } else {
                    words
                };
                let stemmer = Stemmer::for_language(&article.language);
                if is_here { text.places(words, stemmer) } else { Vec::new() }
            }
            Self::Loose(wanted, distance) => (0..words.len())
                .filter(|start| wanted.contains(&words[*start].folded))
                .filter_map(|start| {
                    let ends = (start..words.len().min(start + distance + 1)).find(|end| {
                        wanted
                            .iter()
                            .all(|word| words[start..=*end].iter().any(|seen| seen.folded == *word))
                    });
                    ends.map(|end| (start, end))
                })
                .collect(),
            Self::Mention(scope, kind) => {
                let of_kind = mentions(article, in_title, *kind).map(|mention| mention.place);
                let is_here = match *scope {
                    "title" => in_title,
                    "body" | "lead" => !in_title,
                    _ => true,
                };
                let is_whole =
                    |place: &Place| is_here && (*scope != "lead" || place.1 < article.lead_words);
                of_kind.filter(is_whole).collect()
            }
            Self::Named(kind, name, who) => {
                let is_meant = |mention: &&Mentioned| match who {
                    Some(who) => mention.who == *who,
                    None => mention.forms.iter().any(|form| name.is_name(form)),
                };
                let of_kind = mentions(article, in_title, *kind);
                of_kind.filter(is_meant).map(|mention| mention.place).collect()
            }
            Self::Any(parts) => {
                parts.iter().flat_map(|part| part.places(article, in_title)).collect()
            }
            Self::First(count, part) => {
                let places = part.places(article, in_title);
                places.into_iter().filter(|(_, end)| !in_title && end < count).collect()
            }
            Self::Near { left, right, how, refused } => {
                let text = if in_title { &article.title } else { &article.body };
                let units = units(text, *how);
                let (left, right) =
                    (left.places(article, in_title), right.places(article, in_title));
                let mut found = Vec::new();
                let mut near = Vec::new();
                together(&left, &right, *how, &units, false, &mut |one, place| {
                    near.push(one);
                    found.push(place);
                });
                together(&right, &left, *how, &units, true, &mut |_, place| found.push(place));
                if *refused {
                    // Nearest or not: one that is near enough is one too many.
                    return left
                        .iter()
                        .filter(|one| {
                            !right.iter().any(|other| is_near(**one, *other, *how, &units))
                        })
                        .copied()
                        .collect();
                }
                found
            }
        };
        places.sort_unstable();
        places.dedup();
        places
    }
}

fn mentions(article: &Known, in_title: bool, kind: EntityKind) -> impl Iterator<Item = &Mentioned> {
    article.mentions.iter().filter(move |it| it.in_title == in_title && it.kind == kind)
}

/// The number of the sentence or paragraph of each word.
fn units(text: &str, how: How) -> Vec<usize> {
    let least = if matches!(how, How::Paragraph) { Break::Paragraph } else { Break::Sentence };
    let words: Vec<_> = tokens(text).collect();
    let mut unit = 0;
    breaks(text, &words)
        .map(|found| {
            unit += usize::from(found >= least);
            unit
        })
        .collect()
}

/// Whether two places stand to each other as is asked, the left one first.
fn is_near(left: Place, right: Place, how: How, units: &[usize]) -> bool {
    let (first, second) = if left.0 <= right.0 { (left, right) } else { (right, left) };
    let is_inside = |inner: Place, outer: Place| outer.0 < inner.0 && inner.1 < outer.1;
    let is_apart = first.1 < second.0;
    let holds = is_inside(left, right) || is_inside(right, left);
    let whole = (first.0, first.1.max(second.1));
    match how {
        How::Near(words) => holds || is_apart && second.0 - first.1 <= words,
        How::Pre(words) => is_apart && first == left && second.0 - first.1 <= words,
        How::Sentence | How::Paragraph => (is_apart || holds) && units[whole.0] == units[whole.1],
    }
}

/// For each place of `ones`, the nearest of `others` behind it, before it and around
/// it, if it is near enough. `turned` says that `ones` are the right operand.
fn together(
    ones: &[Place],
    others: &[Place],
    how: How,
    units: &[usize],
    turned: bool,
    found: &mut dyn FnMut(Place, Place),
) {
    // What reaches over the end of a sentence is in no sentence with another.
    let possible = |places: &[Place]| -> Vec<Place> {
        let is_whole = |place: &&Place| match how {
            How::Sentence | How::Paragraph => units[place.0] == units[place.1],
            How::Near(_) | How::Pre(_) => true,
        };
        places.iter().filter(is_whole).copied().collect()
    };
    let (ones, others) = (possible(ones), possible(others));
    for one in ones {
        let behind = others.iter().filter(|it| it.0 > one.1).min();
        let before = others.iter().filter(|it| it.1 < one.0).max_by_key(|it| (it.1, it.0));
        let around = others.iter().filter(|it| it.0 < one.0 && one.1 < it.1).max();
        for &other in [behind, before, around].into_iter().flatten() {
            let (left, right) = if turned { (other, one) } else { (one, other) };
            if is_near(left, right, how, units) {
                found(one, (one.0.min(other.0), one.1.max(other.1)));
            }
        }
    }
}

/// A random one of texts, nested at most `depth` deep.
pub(super) fn any(depth: usize, articles: &[Known], dice: &mut Dice) -> Spot {
    let text = |dice: &mut Dice| {
        let scope = dice.pick(&["", "", "", "", "body", "lead", "title"]);
        Spot::Text(scope, super::questions::text(articles, dice))
    };
    nested(depth, dice, &text)
}

/// A random one of what `leaf` gives, nested at most `depth` deep.
pub(super) fn nested(depth: usize, dice: &mut Dice, leaf: &dyn Fn(&mut Dice) -> Spot) -> Spot {
    match dice.below(12) {
        _ if depth == 0 => leaf(dice),
        0 | 1 => Spot::Any((0..2).map(|_| nested(depth - 1, dice, leaf)).collect()),
        2 => {
            let mut words: Vec<String> = (0..2 + dice.below(2))
                .map(|_| {
                    dice.pick(&["the", "strike", "port", "of", "and", "iran", "in"]).to_owned()
                })
                .collect();
            words.sort_unstable();
            words.dedup();
            Spot::Loose(words, 1 + dice.below(9))
        }
        3 => Spot::First(1 + dice.below(30), Box::new(nested(depth - 1, dice, leaf))),
        _ => Spot::Near {
            left: Box::new(nested(depth - 1, dice, leaf)),
            right: Box::new(nested(depth - 1, dice, leaf)),
            how: match dice.below(6) {
                0 | 1 => How::Near(1 + dice.below(12)),
                2 | 3 => How::Pre(1 + dice.below(12)),
                4 => How::Sentence,
                _ => How::Paragraph,
            },
            refused: dice.one_in(5),
        },
    }
}

/// The field of a kind.
pub(super) const fn field(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "org",
        EntityKind::Place => "place",
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text("", text) => write!(f, "{text}"),
            Self::Text(scope, text) => write!(f, "{scope}:{text}"),
            Self::Loose(words, distance) => write!(f, "\"{}\"~{distance}", words.join(" ")),
            Self::Mention("", kind) => f.write_str(&field(*kind).to_uppercase()),
            Self::Mention(scope, kind) => write!(f, "{scope}:{}", field(*kind).to_uppercase()),
            Self::Named(kind, name, _) => write!(f, "{}:{name}", field(*kind)),
            Self::Any(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| format!("({part})")).collect();
                f.write_str(&parts.join(" OR "))
            }
            Self::First(words, part) => write!(f, "first/{words}({part})"),
            Self::Near { left, right, how, refused } => {
                let not = if *refused { "NOT " } else { "" };
                write!(f, "({left}) {not}{how} ({right})")
            }
        }
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Near(words) => write!(f, "near/{words}"),
            Self::Pre(words) => write!(f, "pre/{words}"),
            Self::Sentence => f.write_str("w/s"),
            Self::Paragraph => f.write_str("w/p"),
        }
    }
}
