//! Many strings in one allocation.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// Strings, one after the other.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Strings {
    pub(super) fn push(&mut self, string: &str) {
        self.text.push_str(string);
        self.ends.push(self.text.len());
    }

    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, place: usize) -> &str {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.text[start..self.ends[place]]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|place| self.get(place))
    }
}

/// Sorted strings, each once, of several of which the same holds; and for each of these the
/// places of its own among all.
pub(super) fn merged(several: &[Strings]) -> (Strings, Vec<Vec<u32>>) {
    let mut all = Strings::default();
    let mut places: Vec<Vec<u32>> =
        several.iter().map(|strings| Vec::with_capacity(strings.len())).collect();
    let firsts = several.iter().enumerate();
    let mut next: BinaryHeap<_> = firsts
        .filter_map(|(number, strings)| Some(Reverse((strings.iter().next()?, number))))
        .collect();
    while let Some(mut least) = next.peek_mut() {
        let Reverse((string, number)) = *least;
        let is_new = all.len() == 0 || all.get(all.len() - 1) != string;
        if is_new {
            all.push(string);
        }
        places[number].push(all.len() as u32 - 1);
        let taken = places[number].len();
        if taken < several[number].len() {
            *least = Reverse((several[number].get(taken), number));
        } else {
            PeekMut::pop(least);
        }
    }
    (all, places)
}

impl<S: AsRef<str>> FromIterator<S> for Strings {
    fn from_iter<I: IntoIterator<Item = S>>(strings: I) -> Self {
        let mut all = Self::default();
        for string in strings {
            all.push(string.as_ref());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    use super::{Strings, merged};

    proptest! {
        #[test]
        fn sorted_strings_merge_without_repetition(
            several in prop::collection::vec(prop::collection::btree_set("[ab]{0,3}", 0..9), 0..6)
        ) {
            let strings: Vec<Strings> =
                several.iter().map(|strings| strings.iter().collect()).collect();
            let (all, places) = merged(&strings);
            let expected: BTreeSet<&String> = several.iter().flatten().collect();
            prop_assert!(all.iter().eq(expected));
            prop_assert_eq!(places.len(), several.len());
            for (own, places) in several.iter().zip(&places) {
                prop_assert!(places.iter().map(|place| all.get(*place as usize)).eq(own));
            }
        }
    }
}
