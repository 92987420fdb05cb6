//! Pairs of names that look as if they were one.

use rustc_hash::FxHashMap;

/// Why two names may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// One has initials where the other has names.
    Initials,
    /// One is the acronym of the other.
    Acronym,
    /// One has all words of the other and some more.
    MoreWords,
    /// The same words stand in another order.
    Order,
    /// One letter differs, is left out or swapped.
    OneLetter,
    /// Two letters differ.
    TwoLetters,
}

impl Likeness {
    /// What it is, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Initials => "initials for names",
            Self::Acronym => "acronym of the other",
            Self::MoreWords => "the same with more words",
            Self::Order => "the same words in another order",
            Self::OneLetter => "one letter differs",
            Self::TwoLetters => "two letters differ",
        }
    }
}

/// Names of one bucket that are compared with each other, at most: the most
/// frequent. Bounds the work that common surnames make.
const BUCKET: usize = 200;

/// Letters of the shortest word in which one letter may differ, and two: in
/// shorter ones that makes another name.
const ONE_LETTER: usize = 5;
/// The same for two letters.
const TWO_LETTERS: usize = 8;

/// Words that acronyms may leave out.
const LEFT_OUT: [&str; 6] = ["of", "the", "and", "for", "in", "on"];

/// The pairs among `names` (their keys, most frequent first) that may be one, as
/// places, the more frequent first. `people` tells that the last word is a
/// surname.
pub(super) fn similar(names: &[&str], people: bool) -> Vec<(usize, usize, Likeness)> {
    let mut buckets: FxHashMap<(u8, String), Vec<usize>> = FxHashMap::default();
    let mut add = |by: u8, word: String, place: usize| {
        let bucket = buckets.entry((by, word)).or_default();
        if bucket.len() < BUCKET {
            bucket.push(place);
        }
    };
    for (place, name) in names.iter().enumerate() {
        let words: Vec<&str> = name.split(' ').collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        if words.len() > 1 {
            add(0, (*first).to_owned(), place);
            add(1, (*last).to_owned(), place);
            let mut sorted = words.clone();
            sorted.sort_unstable();
            add(2, sorted.join(" "), place);
        } else {
            let start: String = name.chars().take(2).collect();
            add(3, start, place);
            add(0, (*first).to_owned(), place);
        }
        if !people {
            match &words[..] {
                [word] => add(4, (*word).to_owned(), place),
                words => acronyms(words).into_iter().for_each(|acronym| add(4, acronym, place)),
            }
        }
    }
    let mut buckets: Vec<_> = buckets.into_values().filter(|bucket| bucket.len() > 1).collect();
    buckets.sort_unstable();
    let mut pairs = Vec::new();
    for bucket in buckets {
        for (rank, one) in bucket.iter().enumerate() {
            for other in &bucket[rank + 1..] {
                if let Some(likeness) = likeness(names[*one], names[*other], people) {
                    pairs.push((*one.min(other), *one.max(other), likeness));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The acronyms that words may have: with little words, and without (`doj`, `cdc`).
fn acronyms(words: &[&str]) -> [String; 2] {
    let initials = |counts: &dyn Fn(&&&str) -> bool| {
        words.iter().filter(counts).filter_map(|word| word.chars().next()).collect()
    };
    [initials(&|_| true), initials(&|word| !LEFT_OUT.contains(*word))]
}

/// How two keys are alike, if they are.
fn likeness(one: &str, other: &str, people: bool) -> Option<Likeness> {
    let (one_words, other_words): (Vec<&str>, Vec<&str>) =
        (one.split(' ').collect(), other.split(' ').collect());
    let (few, many) = match one_words.len() <= other_words.len() {
        true => (&one_words, &other_words),
        false => (&other_words, &one_words),
    };
    if !people
        && few.len() == 1
        && many.len() > 1
        && acronyms(many).iter().any(|acronym| acronym == few[0])
    {
        return Some(Likeness::Acronym);
    }
    if few.len() == many.len() {
        if few.len() > 1 && is_within(few, many) {
            return Some(Likeness::Order);
        }
        if people && are_initials_of(few, many) {
            return Some(Likeness::Initials);
        }
        return letters(few, many);
    }
    if people && few.len() > 1 && are_initials_of(few, many) {
        return Some(Likeness::Initials);
    }
    let may_have_more = match people {
        true => few.len() > 1,
        // *Labour* and *Labour Party*, but not *York* and *New York*.
        false => few.first() == many.first() && few[0].len() >= ONE_LETTER,
    };
    (may_have_more && is_within(few, many)).then_some(Likeness::MoreWords)
}

/// Whether all words of `few` are among those of `many`, as often.
fn is_within(few: &[&str], many: &[&str]) -> bool {
    let times = |words: &[&str], wanted: &str| words.iter().filter(|word| **word == wanted).count();
    few.iter().all(|word| times(few, word) <= times(many, word))
}

/// Whether two names of people have one surname, and one has for its first name
/// the initials of the other's names.
fn are_initials_of(one: &[&str], other: &[&str]) -> bool {
    let [first, .., last] = one else { return false };
    let [other_first, .., other_last] = other else { return false };
    if last != other_last {
        return false;
    }
    let is_short = |short: &str, names: &[&str]| {
        let names = &names[..names.len() - 1];
        let initials: String = names.iter().filter_map(|name| name.chars().next()).collect();
        short.len() <= 3
            && names.iter().any(|name| name.chars().count() > 1)
            && initials.starts_with(short)
            && short != names[0]
    };
    is_short(first, other) && one.len() == 2 || is_short(other_first, one) && other.len() == 2
}

/// How many letters differ, if all words but one are the same.
fn letters(one: &[&str], other: &[&str]) -> Option<Likeness> {
    let mut differing = one.iter().zip(other).filter(|(one, other)| one != other);
    let (one, other) = differing.next()?;
    if differing.next().is_some() {
        return None;
    }
    let length = one.chars().count().min(other.chars().count());
    // Numbers that differ are never one.
    if one.bytes().chain(other.bytes()).any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match distance(one, other) {
        1 if length >= ONE_LETTER => Some(Likeness::OneLetter),
        2 if length >= TWO_LETTERS => Some(Likeness::TwoLetters),
        _ => None,
    }
}

/// Letters left out, added, changed or swapped with their neighbour, up to 2;
/// more count as 3.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > 2 {
        return 3;
    }
    let mut before_last = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, found) in other.iter().enumerate() {
            let mut least = (last[column] + usize::from(letter != found))
                .min(last[column + 1] + 1)
                .min(current[column] + 1);
            if row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *found {
                least = least.min(before_last[column - 1] + 1);
            }
            current.push(least);
        }
        if current.iter().all(|slips| *slips > 2) {
            return 3;
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last[other.len()].min(3)
}

#[cfg(test)]
mod tests {
    use super::{Likeness, distance, likeness, similar};

    #[test]
    fn names_are_alike_or_not() {
        for (one, other, people, expected) in [
            ("volodymyr zelensky", "volodymyr zelenskyy", true, Some(Likeness::OneLetter)),
            ("vladimir zelenskiy", "vladimir zelenskyy", true, Some(Likeness::OneLetter)),
            ("muammar gaddafi", "muammar gadhafi", true, Some(Likeness::OneLetter)),
            ("ann lee", "anna lee", true, None),
            ("j biden", "joseph biden", true, Some(Likeness::Initials)),
            ("jr okafor", "james ruben okafor", true, Some(Likeness::Initials)),
            ("hillary clinton", "hillary rodham clinton", true, Some(Likeness::MoreWords)),
            ("clinton", "hillary clinton", true, None),
            ("xi jinping", "jinping xi", true, Some(Likeness::Order)),
            ("idf", "israel defense forces", false, Some(Likeness::Acronym)),
            ("doj", "department of justice", false, Some(Likeness::Acronym)),
            ("labour", "labour party", false, Some(Likeness::MoreWords)),
            ("york", "new york", false, None),
            ("never lee", "lee lee", true, None),
            ("channel 4", "channel 5", false, None),
        ] {
            assert_eq!(likeness(one, other, people), expected, "{one}, {other}");
            assert_eq!(likeness(other, one, people), expected, "{other}, {one}");
        }
        assert_eq!((distance("abcd", "abdc"), distance("abcd", "wxyz")), (1, 3));
    }

    #[test]
    fn pairs_are_found_once_the_more_frequent_first() {
        let names = ["joseph biden", "kamala harris", "j biden", "joseph bidden"];
        let found = similar(&names, true);
        assert_eq!(found, [(0, 2, Likeness::Initials), (0, 3, Likeness::OneLetter)]);
    }
}
