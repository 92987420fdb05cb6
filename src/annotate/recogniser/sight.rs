//! What the model sees of an article: for each word, its hash, its shape, what
//! stands before it, and what the rest of the article says of it.

use super::gap::Gap;
use super::word::{Letters, shape};
use crate::annotate::TokenisedText;
use crate::text::{Case, Span, Token, is_particle};

/// How the words of a line are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// As in running text: capitals mean something.
    Running,
    /// As in headlines: most words have a capital.
    Title,
    /// All in capitals.
    Capitals,
}

/// A word as the model sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeenWord {
    /// Hash of its letters.
    pub(super) hash: u64,
    /// Number of the word among the different ones of the article.
    pub(super) group: u32,
    /// What stands before it.
    pub(super) gap: Gap,
    /// See [`shape`].
    pub(super) shape: u8,
    /// Case, without regard to how the line is set.
    pub(super) case: Case,
    /// How its line is set.
    pub(super) setting: Setting,
    /// Whether it is near a capital, so that what the network says of it says
    /// something of a name.
    pub(super) is_near: bool,
    /// Whether a name may be here. All other words are outside.
    pub(super) is_candidate: bool,
    /// Where it stands in its text.
    pub(super) span: Span,
    /// Which of the texts it stands in.
    pub(super) text: u8,
}

/// What an article says of one word, wherever it stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    /// It occurs in lower case where capitals mean something.
    pub(super) in_lower_case: bool,
    /// It occurs with a capital where no sentence begins.
    pub(super) inner_capital: bool,
    /// Number of times that it occurs with a capital.
    pub(super) capitals: u32,
}

/// An article as the model sees it. Kept from article to article for its
/// memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Sight {
    /// The words of all texts, one text after the other.
    pub(super) words: Vec<SeenWord>,
    /// What is known of each different word.
    pub(super) groups: Vec<Group>,
    slots: Slots,
}

/// Number of values of [`Sight::standing`].
pub(super) const STANDINGS: usize = 3 * 2 * 2 * 2 * 2;

impl Sight {
    /// Looks at the texts of an article.
    pub(super) fn look(&mut self, texts: &[TokenisedText<'_>]) {
        self.words.clear();
        self.groups.clear();
        let count = texts.iter().map(|text| text.tokens.len()).sum();
        self.slots.clear(count);
        for (number, text) in texts.iter().enumerate() {
            let first = self.words.len();
            let mut end = 0;
            for token in &text.tokens {
                let gap = if self.words.len() == first {
                    Gap::START
                } else {
                    Gap::of(&text.text[end..token.span.start])
                };
                end = token.span.end;
                self.add(text.text, *token, gap, number as u8);
            }
            self.find_settings(first);
        }
        self.weigh_groups();
        self.find_near();
        self.find_candidates(texts);
    }

    fn add(&mut self, text: &str, token: Token, gap: Gap, number: u8) {
        let word = token.span.of(text);
        let hash = Letters::of(word).hash();
        let next = self.groups.len() as u32;
        let group = self.slots.find_or_insert(hash, next);
        if group == next {
            self.groups.push(Group::default());
        }
        self.words.push(SeenWord {
            hash,
            group,
            gap,
            shape: shape(word, token),
            case: token.case,
            setting: Setting::Running,
            is_near: false,
            is_candidate: false,
            span: token.span,
            text: number,
        });
    }

    /// Decides for each line, or sentence of a long one, how it is set.
    fn find_settings(&mut self, first: usize) {
        /// Words from which a sentence is judged by itself.
        const ENOUGH_WORDS: usize = 8;
        let words = &mut self.words[first..];
        let mut start = 0;
        for at in 1..=words.len() {
            let ends = at == words.len()
                || words[at].gap.ends_line()
                || at - start >= ENOUGH_WORDS && words[at].gap.may_end_sentence();
            if ends {
                let setting = setting(&words[start..at]);
                words[start..at].iter_mut().for_each(|word| word.setting = setting);
                start = at;
            }
        }
    }

    /// Gathers what the article says of each different word.
    fn weigh_groups(&mut self) {
        for word in &self.words {
            let group = &mut self.groups[word.group as usize];
            if word.setting != Setting::Running {
                continue;
            }
            if word.case == Case::Lower {
                group.in_lower_case = true;
            } else {
                group.capitals += 1;
                group.inner_capital |= word.gap.is_plain();
            }
        }
    }

    /// A name is where a capital is: near are a word with one, a word beside one,
    /// and words between two of them.
    fn find_near(&mut self) {
        let count = self.words.len();
        let mut last: Option<usize> = None;
        for at in 0..count {
            if !self.words[at].may_begin_name() {
                continue;
            }
            let from = match last {
                Some(last) if at - last <= LOWER_RUN + 1 => last + 1,
                _ => at.saturating_sub(1),
            };
            let past = (at + 2).min(count);
            self.words[from..past].iter_mut().for_each(|word| word.is_near = true);
            last = Some(at);
        }
    }

    /// Of the words that are near a capital, a name may have those with one,
    /// those between two, and those beside one that are numbers (*2016 Olympics*),
    /// particles (*van Gogh*) or joined by a hyphen (*U.S.-led*).
    fn find_candidates(&mut self, texts: &[TokenisedText<'_>]) {
        let mut last: Option<usize> = None;
        for at in 0..self.words.len() {
            if !self.words[at].may_begin_name() {
                continue;
            }
            let from = match last {
                Some(last) if at - last <= LOWER_RUN + 1 => last + 1,
                _ => at - usize::from(at > 0 && self.may_go_before(at - 1, texts)),
            };
            let past = at + 1 + usize::from(self.may_go_after(at + 1));
            self.words[from..past].iter_mut().for_each(|word| word.is_candidate = true);
            last = Some(at);
        }
    }

    /// Whether a word in lower case may begin a name that goes on with the next.
    fn may_go_before(&self, at: usize, texts: &[TokenisedText<'_>]) -> bool {
        let word = &self.words[at];
        !word.is_word()
            || self.words[at + 1].gap.is_hyphen()
            || is_particle(word.span.of(texts[usize::from(word.text)].text))
    }

    /// Whether a word in lower case may end a name.
    fn may_go_after(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| !word.is_word() || word.gap.is_hyphen())
    }

    /// Whether the candidate `after` goes on with the run of the one `before`.
    pub(super) fn is_run(&self, before: usize, after: usize) -> bool {
        before + 1 == after && self.words[before].text == self.words[after].text
    }

    /// What is known of a word from its line and the article, below
    /// [`STANDINGS`].
    pub(super) fn standing(&self, word: &SeenWord) -> usize {
        let group = &self.groups[word.group as usize];
        let mut standing = word.setting as usize;
        for fact in [
            word.gap.may_end_sentence(),
            group.in_lower_case,
            group.inner_capital,
            group.capitals > 1,
        ] {
            standing = standing * 2 + usize::from(fact);
        }
        standing
    }
}

/// Words in lower case that a name may have in a row: *of the*, *and the*, *in
/// the*.
const LOWER_RUN: usize = 3;

impl SeenWord {
    /// Whether a name may begin here, by its case.
    fn may_begin_name(&self) -> bool {
        self.case != Case::Lower || self.setting != Setting::Running && self.is_word()
    }

    /// Whether it has letters, as far as its shape tells.
    fn is_word(&self) -> bool {
        // Shapes count digits last: 0 none, 1 some, 5 an abbreviation.
        matches!(self.shape % 6, 0 | 1 | 5)
    }
}

/// How a line is set, by the words of four bytes and more: short ones stay in
/// lower case in many headlines.
fn setting(words: &[SeenWord]) -> Setting {
    /// Long words from which a line is judged; fewer may all be names.
    const ENOUGH_LONG: usize = 3;
    const LONG_BYTES: usize = 4;
    let (mut long, mut capitals, mut initial) = (0, 0, 0);
    for word in words {
        if word.span.len() >= LONG_BYTES && word.is_word() {
            long += 1;
            capitals += usize::from(word.case == Case::Capitals);
            initial += usize::from(word.case != Case::Lower);
        }
    }
    // Five of six, so that an odd word does not change the whole line.
    if long < ENOUGH_LONG || initial * 6 < long * 5 {
        Setting::Running
    } else if capitals * 3 >= long * 2 {
        Setting::Capitals
    } else {
        Setting::Title
    }
}

/// Different words of an article by their hash: open addressing, as the table
/// is filled anew for each article.
#[derive(Clone, Debug, Default)]
struct Slots {
    /// Hash and number plus one; zero is free.
    slots: Vec<(u64, u32)>,
}

impl Slots {
    /// Forgets all and makes room for `count` words.
    fn clear(&mut self, count: usize) {
        self.slots.clear();
        self.slots.resize((count * 2).next_power_of_two().max(16), (0, 0));
    }

    fn find_or_insert(&mut self, hash: u64, number: u32) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let (found, plus_one) = self.slots[at];
            if plus_one == 0 {
                self.slots[at] = (hash, number + 1);
                return number;
            }
            if found == hash {
                return plus_one - 1;
            }
            at = (at + 1) & mask;
        }
    }
}
