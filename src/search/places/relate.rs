//! Which places of two operands stand to each other as a query asks.
//!
//! A place is a run of words. Two places are *apart* if they share no word; the
//! distance of such is the number of words from the end of the first to the
//! start of the second, so that words side by side are one word from each other.
//!
//! Two operands stand together where a place of one and the nearest place of
//! the other, before it or behind it, are apart and near enough; there the whole
//! stands, from the first word of the one to the last of the other. Where a place
//! lies inside a longer one and shares neither its first nor its last word, the
//! distance is none (the place of `a near/5 b` may have `c` between), except for
//! `pre`.

use std::borrow::Cow;

use crate::query::Nearness;

/// A run of words of a text, by their numbers from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::search) struct Place {
    /// Its first word.
    pub(in crate::search) start: u32,
    /// Its last word.
    pub(in crate::search) end: u32,
}

impl Place {
    /// From the first word of either to the last.
    pub(in crate::search) fn with(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether it lies inside `other` and shares neither end.
    const fn is_inside(self, other: Self) -> bool {
        other.start < self.start && self.end < other.end
    }
}

/// What tells whether two places are near enough.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) struct Near<'a> {
    pub(in crate::search) nearness: Nearness,
    /// The first words of the sentences or paragraphs; of nothing else.
    pub(in crate::search) units: &'a [u32],
}

impl Near<'_> {
    /// Whether a place can stand together with any: one that reaches over the end
    /// of a sentence is in no sentence with another.
    pub(in crate::search) fn may_take(&self, place: Place) -> bool {
        match self.nearness {
            Nearness::Near(_) | Nearness::Pre(_) => true,
            Nearness::Sentence | Nearness::Paragraph => self.is_in_one_unit(place),
        }
    }

    /// Whether a place and one behind it are near enough.
    fn takes(&self, first: Place, second: Place) -> bool {
        match self.nearness {
            Nearness::Near(words) | Nearness::Pre(words) => second.start - first.end <= words,
            Nearness::Sentence | Nearness::Paragraph => self.is_in_one_unit(first.with(second)),
        }
    }

    /// Whether `outer` may hold its other operand inside.
    fn takes_inside(&self, outer: Place) -> bool {
        match self.nearness {
            Nearness::Near(_) => true,
            Nearness::Pre(_) => false,
            Nearness::Sentence | Nearness::Paragraph => self.is_in_one_unit(outer),
        }
    }

    fn is_in_one_unit(&self, place: Place) -> bool {
        let begun = self.units.partition_point(|unit| *unit <= place.start);
        self.units.get(begun).is_none_or(|next| *next > place.end)
    }
}

/// The places of an operand in one text, sorted, with what finds the nearest.
struct Sorted<'a> {
    places: &'a [Place],
    /// Their numbers by end, then start; none if the places have that order.
    by_end: Option<Vec<u32>>,
    /// The furthest end up to each place; none if that is its own.
    furthest: Option<Vec<u32>>,
    /// Words of the longest.
    longest: u32,
}

impl<'a> Sorted<'a> {
    fn new(places: &'a [Place]) -> Self {
        let longest = places.iter().map(|place| place.end - place.start + 1).max().unwrap_or(0);
        if places.is_sorted_by_key(|place| place.end) {
            return Self { places, by_end: None, furthest: None, longest };
        }
        let mut by_end: Vec<u32> = (0..places.len() as u32).collect();
        by_end.sort_by_key(|number| {
            let place = places[*number as usize];
            (place.end, place.start)
        });
        let mut furthest = Vec::with_capacity(places.len());
        for place in places {
            furthest.push(furthest.last().copied().unwrap_or(0).max(place.end));
        }
        Self { places, by_end: Some(by_end), furthest: Some(furthest), longest }
    }

    /// The number of the nearest place behind `place`.
    fn behind(&self, place: Place) -> Option<usize> {
        let number = self.places.partition_point(|other| other.start <= place.end);
        (number < self.places.len()).then_some(number)
    }

    /// The number of the nearest place before `place`.
    fn before(&self, place: Place) -> Option<usize> {
        match &self.by_end {
            None => self.places.partition_point(|other| other.end < place.start).checked_sub(1),
            Some(by_end) => {
                let ends_before = |number: &u32| self.places[*number as usize].end < place.start;
                let last = by_end.partition_point(ends_before).checked_sub(1)?;
                Some(by_end[last] as usize)
            }
        }
    }

    /// The numbers of the places that `place` lies inside of, the latest first.
    fn around(&self, place: Place) -> impl Iterator<Item = usize> {
        // Most operands are single words.
        let may_hold = self.longest >= place.end - place.start + 3;
        let starts_before = |other: &Place| other.start < place.start;
        let past = if may_hold { self.places.partition_point(starts_before) } else { 0 };
        let furthest = |number: usize| match &self.furthest {
            Some(furthest) => furthest[number],
            None => self.places[number].end,
        };
        (0..past)
            .rev()
            .take_while(move |number| furthest(*number) > place.end)
            .filter(move |number| place.is_inside(self.places[*number]))
    }

    /// Whether any place lies inside `place`.
    fn has_inside(&self, place: Place) -> bool {
        let first = self.places.partition_point(|other| other.start <= place.start);
        let mut inside = self.places[first..].iter().take_while(|it| it.start < place.end);
        inside.any(|other| other.is_inside(place))
    }

    /// The numbers of the nearest places behind `place`, before it and around it that
    /// are near enough. `side` is that of `place`, which matters where the order does.
    fn nearest(&self, place: Place, near: Near<'_>, side: Side) -> impl Iterator<Item = usize> {
        let is_free = !matches!(near.nearness, Nearness::Pre(_));
        let at = |number: usize| self.places[number];
        let behind = || self.behind(place).filter(|number| near.takes(place, at(*number)));
        let before = || self.before(place).filter(|number| near.takes(at(*number), place));
        let around = || self.around(place).next().filter(|it| near.takes_inside(at(*it)));
        let behind = (is_free || side == Side::Left).then(behind).flatten();
        let before = (is_free || side == Side::Right).then(before).flatten();
        let around = is_free.then(around).flatten();
        [behind, before, around].into_iter().flatten()
    }

    /// Whether any place stands together with `place`, which is the first operand.
    fn has_near(&self, place: Place, near: Near<'_>) -> bool {
        self.nearest(place, near, Side::Left).next().is_some()
            || self.around(place).any(|number| near.takes_inside(self.places[number]))
            || near.takes_inside(place) && self.has_inside(place)
    }
}

/// On which side of the operator an operand stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Calls `found` with the numbers of a left and a right place for each two that
/// stand together; some twice. Both are sorted by start, then end, and only have
/// what [`Near::may_take`] takes.
pub(in crate::search) fn pairs(
    left: &[Place],
    right: &[Place],
    near: Near<'_>,
    mut found: impl FnMut(usize, usize),
) {
    if is_in_line(left) && is_in_line(right) {
        sweep(left, right, near, Side::Left, &mut found);
        sweep(right, left, near, Side::Right, &mut |other, one| found(one, other));
        return;
    }
    let (left, right) = (Sorted::new(left), Sorted::new(right));
    for (number, place) in left.places.iter().enumerate() {
        right.nearest(*place, near, Side::Left).for_each(|other| found(number, other));
    }
    for (number, place) in right.places.iter().enumerate() {
        left.nearest(*place, near, Side::Right).for_each(|other| found(other, number));
    }
}

/// Whether places, sorted by start, are so by end too: all words are, and all
/// mentions.
fn is_in_line(places: &[Place]) -> bool {
    places.windows(2).all(|two| two[0].end <= two[1].end)
}

/// Calls `found` for each place of `asking` with the nearest of `asked` behind it,
/// before it and around it, as [`Sorted::nearest`] does, in one pass. Both are in
/// line.
fn sweep(
    asking: &[Place],
    asked: &[Place],
    near: Near<'_>,
    side: Side,
    found: &mut impl FnMut(usize, usize),
) {
    let is_free = !matches!(near.nearness, Nearness::Pre(_));
    let looks_behind = is_free || side == Side::Left;
    let looks_before = is_free || side == Side::Right;
    // A longer one begins before a place and ends behind it.
    let looks_around = is_free && asked.iter().any(|place| place.end >= place.start + 2);
    let (mut behind, mut before, mut around) = (0, 0, 0);
    for (number, place) in asking.iter().enumerate() {
        if looks_behind {
            while behind < asked.len() && asked[behind].start <= place.end {
                behind += 1;
            }
            if behind < asked.len() && near.takes(*place, asked[behind]) {
                found(number, behind);
            }
        }
        if looks_before {
            while before < asked.len() && asked[before].end < place.start {
                before += 1;
            }
            if before > 0 && near.takes(asked[before - 1], *place) {
                found(number, before - 1);
            }
        }
        if looks_around {
            while around < asked.len() && asked[around].start < place.start {
                around += 1;
            }
            if around > 0
                && place.is_inside(asked[around - 1])
                && near.takes_inside(asked[around - 1])
            {
                found(number, around - 1);
            }
        }
    }
}

/// The places where `left` and `right` stand together, sorted, each once.
pub(in crate::search) fn together(
    left: &[Place],
    right: &[Place],
    near: Near<'_>,
    out: &mut Vec<Place>,
) {
    out.clear();
    let (left, right) = (possible(left, near), possible(right, near));
    if left.is_empty() || right.is_empty() || in_turn(&left, &right, near, out) {
        return;
    }
    out.clear();
    pairs(&left, &right, near, |one, other| out.push(left[one].with(right[other])));
    if !out.is_empty() {
        out.sort_unstable();
        out.dedup();
    }
}

/// The places where two operands stand together, if no place of the one shares a
/// word with one of the other, as is mostly so: then the text has some of the one,
/// some of the other, and so on. The nearest are where these runs meet: all of one
/// run and the first of the next, the last of one run and all of the next. Whether
/// that is so.
fn in_turn(left: &[Place], right: &[Place], near: Near<'_>, out: &mut Vec<Place>) -> bool {
    if !is_in_line(left) || !is_in_line(right) {
        return false;
    }
    let is_free = !matches!(near.nearness, Nearness::Pre(_));
    let (mut own, mut other) = (left, right);
    let mut is_left = left[0].start < right[0].start;
    if !is_left {
        (own, other) = (other, own);
    }
    let mut before: &[Place] = &[];
    while let Some(first) = own.first() {
        let limit = other.first().map_or(u32::MAX, |place| place.start);
        let length = own.iter().take_while(|place| place.start < limit).count();
        let (run, rest) = own.split_at(length);
        if run.is_empty() || before.last().is_some_and(|last| last.end >= first.start) {
            return false;
        }
        if is_free || !is_left {
            meet(before, run, near, out);
        }
        before = run;
        (own, other) = (other, rest);
        is_left = !is_left;
    }
    // Places of one operand may end at one word.
    out.dedup();
    true
}

/// Adds where two runs of places meet.
fn meet(before: &[Place], behind: &[Place], near: Near<'_>, out: &mut Vec<Place>) {
    let (Some(last), Some(first)) = (before.last(), behind.first()) else { return };
    if !near.takes(*last, *first) {
        return;
    }
    let count = before.iter().rev().take_while(|place| near.takes(**place, *first)).count();
    out.extend(before[before.len() - count..].iter().map(|place| place.with(*first)));
    let near_last = behind[1..].iter().take_while(|place| near.takes(*last, **place));
    out.extend(near_last.map(|place| last.with(*place)));
}

/// The places that can stand together with any.
fn possible<'p>(places: &'p [Place], near: Near<'_>) -> Cow<'p, [Place]> {
    if places.iter().all(|place| near.may_take(*place)) {
        return Cow::Borrowed(places);
    }
    places.iter().copied().filter(|place| near.may_take(*place)).collect()
}

/// The places of `left` where no place of `right` stands together with it.
pub(in crate::search) fn apart(
    left: &[Place],
    right: &[Place],
    near: Near<'_>,
    out: &mut Vec<Place>,
) {
    out.clear();
    let right = possible(right, near);
    let right = Sorted::new(&right);
    out.extend(left.iter().filter(|place| !right.has_near(**place, near)));
}

/// Where the words of a loose phrase stand in any order, the last at most `words`
/// behind the first: for each place of any of them the shortest run that begins
/// there and has each word as often as the phrase, if there is one. `positions`
/// has for each different word where it stands, and how often the phrase has it.
pub(in crate::search) fn loosely(
    positions: &[(Vec<u32>, usize)],
    words: u32,
    out: &mut Vec<Place>,
) {
    out.clear();
    let mut starts: Vec<u32> = positions.iter().flat_map(|(at, _)| at).copied().collect();
    starts.sort_unstable();
    for start in starts {
        // Each word where it stands for the last time that is needed.
        let ends = positions.iter().map(|(at, times)| {
            let first = at.partition_point(|at| *at < start);
            at.get(first + times - 1).copied()
        });
        let end = ends.reduce(|one, other| Some(one?.max(other?))).flatten();
        if let Some(end) = end.filter(|end| end - start <= words) {
            out.push(Place { start, end });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Near, Place, apart, loosely, together};
    use crate::query::Nearness;

    /// By the definition: all pairs of places, then for each place of either the
    /// nearest on each side.
    fn plainly(left: &[Place], right: &[Place], near: Near<'_>) -> Vec<Place> {
        let ordered = matches!(near.nearness, Nearness::Pre(_));
        let possible = |places: &[Place]| -> Vec<Place> {
            places.iter().copied().filter(|place| near.may_take(*place)).collect()
        };
        let (left, right) = (&possible(left)[..], &possible(right)[..]);
        let mut found = Vec::new();
        for (one, other, turned) in [(left, right, false), (right, left, true)] {
            for place in one {
                let behind = other.iter().filter(|it| it.start > place.end);
                let behind = behind.min_by_key(|it| (it.start, it.end));
                let before = other.iter().filter(|it| it.end < place.start);
                let before = before.max_by_key(|it| (it.end, it.start));
                let around = other.iter().filter(|it| it.start < place.start && place.end < it.end);
                let around = around.max_by_key(|it| (it.start, it.end));
                if !(ordered && turned) {
                    found.extend(
                        behind.filter(|it| near.takes(*place, **it)).map(|it| place.with(*it)),
                    );
                }
                if !ordered || turned {
                    found.extend(
                        before.filter(|it| near.takes(**it, *place)).map(|it| place.with(*it)),
                    );
                }
                if !ordered {
                    found.extend(around.filter(|it| near.takes_inside(**it)).copied());
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn places() -> impl Strategy<Value = Vec<Place>> {
        prop::collection::vec((0_u32..24, 0_u32..6), 0..8).prop_map(|drawn| {
            let mut places: Vec<Place> = drawn
                .into_iter()
                .map(|(start, length)| Place { start, end: start + length })
                .collect();
            places.sort_unstable();
            places.dedup();
            places
        })
    }

    fn nearness() -> impl Strategy<Value = Nearness> {
        prop_oneof![
            (1_u32..9).prop_map(Nearness::Near),
            (1_u32..9).prop_map(Nearness::Pre),
            Just(Nearness::Sentence),
        ]
    }

    proptest! {
        #[test]
        fn nearest_places_are_found(
            left in places(),
            right in places(),
            nearness in nearness(),
            units in prop::collection::btree_set(1_u32..28, 0..5),
        ) {
            let units: Vec<u32> = [0].into_iter().chain(units).collect();
            let near = Near { nearness, units: &units };
            let mut found = Vec::new();
            together(&left, &right, near, &mut found);
            prop_assert_eq!(&found, &plainly(&left, &right, near));
            let mut turned = Vec::new();
            together(&right, &left, near, &mut turned);
            prop_assert!(matches!(nearness, Nearness::Pre(_)) || found == turned);
            // Whether any two stand together needs no nearest: all pairs tell.
            let any = left.iter().any(|one| right.iter().any(|other| {
                one.end < other.start && near.takes(*one, *other)
                    || !matches!(nearness, Nearness::Pre(_))
                        && (other.end < one.start && near.takes(*other, *one)
                            || one.is_inside(*other) && near.takes_inside(*other)
                            || other.is_inside(*one) && near.takes_inside(*one))
            }));
            let ordered_in_units = matches!(nearness, Nearness::Sentence);
            prop_assert!(any != found.is_empty() || ordered_in_units && any);
            let mut alone = Vec::new();
            apart(&left, &right, near, &mut alone);
            prop_assert!(alone.iter().all(|place| left.contains(place)));
            let is_near = |one: &Place, other: &Place| {
                one.end < other.start && near.takes(*one, *other)
                    || !matches!(nearness, Nearness::Pre(_))
                        && (other.end < one.start && near.takes(*other, *one)
                            || one.is_inside(*other) && near.takes_inside(*other)
                            || other.is_inside(*one) && near.takes_inside(*one))
            };
            let expected: Vec<Place> = left
                .iter()
                .filter(|one| !right.iter().any(|other| is_near(one, other)))
                .copied()
                .collect();
            prop_assert_eq!(alone, expected);
        }

        #[test]
        fn loose_phrases_are_found(
            one in prop::collection::btree_set(0_u32..20, 0..6),
            other in prop::collection::btree_set(20_u32..40, 0..6),
            words in 1_u32..20,
        ) {
            // One stands on even words, the other on odd ones.
            let one: Vec<u32> = one.into_iter().map(|at| at * 2).collect();
            let other: Vec<u32> = other.into_iter().map(|at| (at - 20) * 2 + 1).collect();
            let mut found = Vec::new();
            loosely(&[(one.clone(), 1), (other.clone(), 1)], words, &mut found);
            let any = one.iter().any(|a| other.iter().any(|b| a.abs_diff(*b) <= words));
            prop_assert_eq!(any, !found.is_empty());
            prop_assert!(found.iter().all(|place| place.end - place.start <= words));
            loosely(&[(one.clone(), 2)], words, &mut found);
            let twice = one.windows(2).filter(|pair| pair[1] - pair[0] <= words).count();
            prop_assert_eq!(found.len(), twice);
        }
    }
}
