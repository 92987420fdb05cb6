//! Many strings in one allocation.

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

    /// Those of both, which are sorted and without repetition; so is the result.
    pub(super) fn merged(&self, other: &Self) -> Self {
        let mut all = Self {
            text: String::with_capacity(self.text.len() + other.text.len()),
            ends: Vec::with_capacity(self.len() + other.len()),
        };
        let (mut one, mut two) = (self.iter().peekable(), other.iter().peekable());
        loop {
            let next = match (one.peek(), two.peek()) {
                (Some(left), Some(right)) if left == right => {
                    two.next();
                    one.next()
                }
                (Some(left), Some(right)) if left > right => two.next(),
                (Some(_), _) => one.next(),
                (None, _) => two.next(),
            };
            match next {
                Some(string) => all.push(string),
                None => return all,
            }
        }
    }
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
    use super::Strings;

    #[test]
    fn sorted_strings_merge_without_repetition() {
        let one: Strings = ["a", "b", "d"].into_iter().collect();
        let other: Strings = ["", "b", "c", "e"].into_iter().collect();
        assert_eq!(one.merged(&other).iter().collect::<Vec<_>>(), ["", "a", "b", "c", "d", "e"]);
        assert_eq!(Strings::default().merged(&one).len(), 3);
    }
}
