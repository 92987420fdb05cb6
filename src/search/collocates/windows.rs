//! Which words of a text are near places.

use std::ops::Range;

use crate::search::places::Place;

/// The stretches of a text of `words` words that lie at most `window` words before or
/// behind a place, sorted, none touching another; a place is near another, but never
/// near itself.
pub(super) fn near(
    places: impl Iterator<Item = Place>,
    words: usize,
    window: usize,
) -> Vec<Range<usize>> {
    let mut sides: Vec<Range<usize>> = places
        .flat_map(|place| {
            let (start, past) = (place.start as usize, place.end as usize + 1);
            let before = start.saturating_sub(window)..start;
            [before, past..past.saturating_add(window).min(words)]
        })
        .filter(|side| !side.is_empty())
        .collect();
    sides.sort_unstable_by_key(|side| side.start);
    sides.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            kept.end = kept.end.max(next.end);
        }
        touches
    });
    sides
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::near;
    use crate::search::places::Place;

    proptest! {
        #[test]
        fn every_word_near_a_place_is_in_one_stretch(
            drawn in prop::collection::vec((0_u32..40, 0_u32..6), 0..8),
            window in prop_oneof![0_usize..12, Just(usize::MAX)],
        ) {
            let places: Vec<Place> = drawn
                .iter()
                .map(|(start, more)| Place { start: *start, end: (start + more).min(39) })
                .collect();
            let found = near(places.iter().copied(), 40, window);
            let is_near = |word: usize| {
                places.iter().any(|place| {
                    let (start, end) = (place.start as usize, place.end as usize);
                    word < start && start - word <= window || word > end && word - end <= window
                })
            };
            for word in 0..40 {
                let stretches = found.iter().filter(|stretch| stretch.contains(&word)).count();
                prop_assert_eq!(stretches, usize::from(is_near(word)), "{}", word);
            }
        }
    }
}
