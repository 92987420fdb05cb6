//! Lists of words in which most words are not found, fast.

/// Sorted words of ASCII, in lower case.
pub(super) struct WordList {
    words: &'static [&'static str],
    /// For each first letter, one bit for each length that a word has.
    lengths: [u32; 26],
}

/// No word is longer, in bytes.
const LONGEST: usize = 24;

impl WordList {
    /// The list of `words`, which are sorted and begin with a letter.
    pub(super) const fn of(words: &'static [&'static str]) -> Self {
        let mut lengths = [0; 26];
        let mut place = 0;
        while place < words.len() {
            let word = words[place].as_bytes();
            assert!(word.len() <= LONGEST, "the word is too long");
            lengths[(word[0] - b'a') as usize] |= 1 << word.len();
            place += 1;
        }
        Self { words, lengths }
    }

    pub(super) const fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether `word` is among them, in any case.
    pub(super) fn has(&self, word: &str) -> bool {
        self.place(word).is_some()
    }

    /// The place of `word` among them; the case of its letters does not count.
    pub(super) fn place(&self, word: &str) -> Option<usize> {
        let first = word.as_bytes().first()?.to_ascii_lowercase();
        let lengths = self.lengths.get(usize::from(first.wrapping_sub(b'a')))?;
        if word.len() > LONGEST || lengths & (1 << word.len()) == 0 {
            return None;
        }
        let mut folded = [0; LONGEST];
        let folded = &mut folded[..word.len()];
        folded.copy_from_slice(word.as_bytes());
        folded.make_ascii_lowercase();
        self.words.binary_search_by(|known| known.as_bytes().cmp(folded)).ok()
    }

    /// The words.
    #[cfg(test)]
    pub(super) const fn words(&self) -> &'static [&'static str] {
        self.words
    }
}

#[cfg(test)]
mod tests {
    use super::WordList;

    #[test]
    fn words_are_found_in_any_case() {
        let list = WordList::of(&["ad", "nav", "navbar"]);
        for (word, place) in [
            ("ad", Some(0)),
            ("NavBar", Some(2)),
            ("nav", Some(1)),
            ("na", None),
            ("zzz", None),
            ("", None),
            ("éa", None),
            ("1a", None),
            ("a-very-very-long-word-indeed", None),
        ] {
            assert_eq!(list.place(word), place, "{word}");
            assert_eq!(list.has(word), place.is_some(), "{word}");
        }
    }
}
