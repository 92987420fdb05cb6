//! Who is meant by a surname alone, by the date of the article.
//!
//! Whoever is named in full by [`NEARBY_SHARE`] of the articles that name in
//! full somebody of that surname, or by [`LARGE_SHARE`] and [`FAR_AHEAD`] times as
//! many as anybody else, among those dated within [`NEARBY_DAYS`] of the article,
//! if there are [`NEARBY_ARTICLES`] of them at least. Where there are fewer, and for articles without a date, the whole corpus decides, by
//! [`CORPUS_SHARE`] and [`CORPUS_ARTICLES`]. Nobody is meant where two do equally
//! well. Those who have the words as their surname count; those whose name begins
//! with them do instead if [`MUCH_MORE`] articles name them, as with *Hillary*.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::build::Groups;
use super::forms::Forms;
use super::keys::Keys;
use super::people::is_share;
use crate::index::both;
use crate::index::terms::PARTIAL;
use crate::text::{generation, name_key, turned_round};

/// Days before and after an article in which others tell who is meant. These
/// four numbers (the last at 95 %) were chosen on 8,400 articles of ten years, by hiding each full
/// name in turn: 95.5 % of the names given back were right, most of the others
/// being of people named once. With 15 days 96.2 % are, but a tenth fewer are
/// given back; with 365 days 94.9 %.
const NEARBY_DAYS: i32 = 60;
/// Articles of that time that must name the person in full.
const NEARBY_ARTICLES: u32 = 3;
/// Their share among those that name somebody of that surname in full. At nine
/// of ten, namesakes in the same family leave half of the rest open.
const NEARBY_SHARE: (u32, u32) = (8, 10);
/// A smaller share that does where nobody else comes near, as where many articles
/// name only a president's family in full. In the same trial it gave back as
/// much, as rightly.
const LARGE_SHARE: (u32, u32) = (2, 3);
/// How many times the articles of the next they must be then.
const FAR_AHEAD: u32 = 4;
/// The same over the whole corpus.
const CORPUS_ARTICLES: u32 = 5;
/// The same over the whole corpus. Stricter than nearby, as time says nothing;
/// a man with a family of public people still keeps his name.
const CORPUS_SHARE: (u32, u32) = (9, 10);

/// How many times the articles of those with a surname the articles of those with
/// such a first name must be, before the word alone means one of these: papers
/// call people by their surname, but for the most famous.
const MUCH_MORE: u32 = 10;

/// What stands for nobody.
pub(super) const NOBODY: u32 = u32::MAX;

/// Who is meant by a partial name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Owners {
    /// The partial key.
    pub(super) key: u32,
    /// Days, each with who is meant from it on; [`NOBODY`] for nobody.
    pub(super) steps: Vec<(i32, u32)>,
    /// Who is meant where the date is unknown.
    pub(super) undated: u32,
}

/// The owners of all partial keys, by key. `days` are those of all articles.
pub(super) fn owners(
    keys: &Keys,
    forms: &Forms,
    groups: &Groups,
    days: &[Option<i32>],
) -> Vec<Owners> {
    let partials: Vec<u32> = (0..keys.texts.len() as u32)
        .filter(|key| {
            keys.texts.get(*key as usize).ends_with(PARTIAL) && keys.articles(*key as usize) > 0
        })
        .collect();
    let bearers = bearers(keys, forms, &partials);
    let some = |places: Range<usize>| -> Vec<Owners> {
        places
            .map(|place| {
                let key = partials[place];
                let named = Named::of(&bearers[place], keys, groups, days);
                let in_corpus = named.in_corpus();
                let mut dates: Vec<i32> =
                    keys.docs(key as usize).iter().filter_map(|doc| days[*doc as usize]).collect();
                dates.sort_unstable();
                dates.dedup();
                let mut steps = named.at(&dates, in_corpus);
                steps.dedup_by_key(|(_, owner)| *owner);
                Owners { key, steps, undated: in_corpus }
            })
            .collect()
    };
    let half = partials.len() / 2;
    let (mut owners, later) = both(|| some(0..half), || some(half..partials.len()));
    owners.extend(later);
    owners
}

/// For each partial key, the keys of the full names that have it.
fn bearers(keys: &Keys, forms: &Forms, partials: &[u32]) -> Vec<Vec<u32>> {
    let words = |partial: u32| keys.texts.get(partial as usize).trim_end_matches(PARTIAL);
    let mut by_last: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut by_first: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (place, partial) in partials.iter().enumerate() {
        let words = words(*partial);
        by_last.entry(last_word(words)).or_default().push(place);
        by_first.entry(first_word(words)).or_default().push(place);
    }
    let mut as_surname = vec![Vec::new(); partials.len()];
    let mut as_start = vec![Vec::new(); partials.len()];
    for (key, name) in keys.texts.iter().enumerate() {
        if keys.articles(key) == 0 || name.ends_with(PARTIAL) || !name.contains(' ') {
            continue;
        }
        let turned = surname_last(name, forms.commonest.get(key));
        let name = without_generation(&turned);
        let of = |name: &str, map: &FxHashMap<&str, Vec<usize>>| {
            map.get(name).cloned().unwrap_or_default()
        };
        for place in of(last_word(name), &by_last) {
            if name.strip_suffix(words(partials[place])).is_some_and(|rest| rest.ends_with(' ')) {
                as_surname[place].push(key as u32);
            }
        }
        for place in of(first_word(name), &by_first) {
            if name.strip_prefix(words(partials[place])).is_some_and(|rest| rest.starts_with(' ')) {
                as_start[place].push(key as u32);
            }
        }
    }
    let articles = |bearers: &[u32]| -> u32 {
        bearers.iter().map(|bearer| keys.articles(*bearer as usize)).fold(0, u32::saturating_add)
    };
    let chosen = as_surname.into_iter().zip(as_start).map(|(surname, start)| {
        let is_first_name = articles(&start) / MUCH_MORE >= articles(&surname);
        if is_first_name { start } else { surname }
    });
    chosen.collect()
}

/// The key of a name as it is when the surname comes last, which its form tells.
fn surname_last<'a>(key: &'a str, form: &str) -> Cow<'a, str> {
    match form.contains(',') {
        true => Cow::Owned(name_key(&turned_round(form))),
        false => Cow::Borrowed(key),
    }
}

fn last_word(words: &str) -> &str {
    words.rsplit(' ').next().unwrap_or(words)
}

fn first_word(words: &str) -> &str {
    words.split(' ').next().unwrap_or(words)
}

fn without_generation(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((rest, last)) if rest.contains(' ') && generation(last).is_some() => rest,
        _ => name,
    }
}

/// The articles that name somebody of a surname in full.
struct Named {
    /// Dated articles, each once, in the order of their days.
    articles: Vec<i32>,
    /// Days with who is named, each person once for an article.
    people: Vec<(i32, u32)>,
    /// In how many articles of the corpus each is named, dated or not.
    totals: Vec<(u32, u32)>,
    corpus: u32,
}

impl Named {
    fn of(bearers: &[u32], keys: &Keys, groups: &Groups, days: &[Option<i32>]) -> Self {
        let mut named: Vec<(u32, u32)> = Vec::new();
        for bearer in bearers {
            let person = groups.first(*bearer);
            named.extend(keys.docs(*bearer as usize).iter().map(|doc| (*doc, person)));
        }
        named.sort_unstable();
        named.dedup();
        let mut articles = Vec::new();
        let mut people = Vec::new();
        let mut totals: FxHashMap<u32, u32> = FxHashMap::default();
        let mut corpus = 0;
        for of_article in named.chunk_by(|one, next| one.0 == next.0) {
            corpus += 1;
            let day = days[of_article[0].0 as usize];
            articles.extend(day);
            for (_, person) in of_article {
                *totals.entry(*person).or_default() += 1;
                people.extend(day.map(|day| (day, *person)));
            }
        }
        articles.sort_unstable();
        people.sort_unstable();
        let mut totals: Vec<_> =
            totals.into_iter().map(|(person, count)| (count, person)).collect();
        totals.sort_unstable();
        Self { articles, people, totals, corpus }
    }

    /// Who is meant as far as the whole corpus tells.
    fn in_corpus(&self) -> u32 {
        let mut best = self.totals.iter().rev();
        match (best.next(), best.next()) {
            (Some((most, person)), next)
                if *most >= CORPUS_ARTICLES
                    && is_share(*most, self.corpus, CORPUS_SHARE)
                    && next.is_none_or(|(less, _)| less < most) =>
            {
                *person
            }
            _ => NOBODY,
        }
    }

    /// Who is meant at each of these days, which are sorted.
    fn at(&self, dates: &[i32], in_corpus: u32) -> Vec<(i32, u32)> {
        let mut window = Window::default();
        let (mut articles_from, mut articles_to) = (0, 0);
        let (mut from, mut to) = (0, 0);
        let owner = |day: &i32| {
            let (first, last) = (day.saturating_sub(NEARBY_DAYS), day.saturating_add(NEARBY_DAYS));
            let until = |list: &[i32], at: &mut usize, end: &dyn Fn(i32) -> bool| {
                while list.get(*at).is_some_and(|day| end(*day)) {
                    *at += 1;
                }
            };
            until(&self.articles, &mut articles_to, &|day| day <= last);
            until(&self.articles, &mut articles_from, &|day| day < first);
            while let Some((_, person)) = self.people.get(to).filter(|(day, _)| *day <= last) {
                window.change(*person, 1);
                to += 1;
            }
            while let Some((_, person)) = self.people.get(from).filter(|(day, _)| *day < first) {
                window.change(*person, -1);
                from += 1;
            }
            (*day, window.owner((articles_to - articles_from) as u32, in_corpus))
        };
        dates.iter().map(owner).collect()
    }
}

/// The people named in the articles of some days.
#[derive(Default)]
struct Window {
    counts: FxHashMap<u32, u32>,
    /// The same, the most frequent last.
    ranked: BTreeSet<(u32, u32)>,
}

impl Window {
    fn change(&mut self, person: u32, by: i32) {
        let count = self.counts.entry(person).or_default();
        self.ranked.remove(&(*count, person));
        *count = count.saturating_add_signed(by);
        if *count > 0 {
            self.ranked.insert((*count, person));
        }
    }

    /// Who is meant, if so many articles name anybody.
    fn owner(&self, articles: u32, in_corpus: u32) -> u32 {
        if articles < NEARBY_ARTICLES {
            return in_corpus;
        }
        let mut best = self.ranked.iter().rev();
        match (best.next(), best.next()) {
            (Some((most, person)), next)
                if *most >= NEARBY_ARTICLES
                    && is_clear(*most, next.map_or(0, |(less, _)| *less), articles) =>
            {
                *person
            }
            _ => NOBODY,
        }
    }
}

/// Whether one whom `most` of the articles of some time name, and the next `less`,
/// is clearly meant.
fn is_clear(most: u32, less: u32, articles: u32) -> bool {
    let is_far_ahead = less <= most / FAR_AHEAD;
    less < most
        && (is_share(most, articles, NEARBY_SHARE)
            || is_far_ahead && is_share(most, articles, LARGE_SHARE))
}

#[cfg(test)]
mod tests {
    use super::{NOBODY, Named};

    /// Articles by day, each with the people that it names.
    fn named(articles: &[(i32, &[u32])]) -> Named {
        let mut totals = std::collections::BTreeMap::new();
        for person in articles.iter().flat_map(|(_, people)| *people) {
            *totals.entry(*person).or_insert(0) += 1;
        }
        let mut totals: Vec<_> =
            totals.into_iter().map(|(person, count)| (count, person)).collect();
        totals.sort_unstable();
        Named {
            articles: articles.iter().map(|(day, _)| *day).collect(),
            people: articles
                .iter()
                .flat_map(|(day, people)| people.iter().map(|person| (*day, *person)))
                .collect(),
            totals,
            corpus: articles.len() as u32,
        }
    }

    #[test]
    fn a_surname_is_whose_the_weeks_around_say() {
        let named = named(&[
            (10, &[1]),
            (15, &[1]),
            (20, &[1]),
            (25, &[1]),
            (30, &[1, 2]),
            (400, &[2]),
            (410, &[2]),
            (420, &[2]),
        ]);
        assert_eq!(named.in_corpus(), NOBODY);
        assert_eq!(
            named.at(&[0, 15, 89, 345, 350, 360, 405, 900], NOBODY),
            [
                (0, 1),
                (15, 1),
                // One article is near, which is too few to tell.
                (89, NOBODY),
                (345, NOBODY),
                (350, NOBODY),
                (360, 2),
                (405, 2),
                (900, NOBODY),
            ]
        );
    }

    #[test]
    fn where_few_articles_are_near_the_whole_corpus_tells() {
        let named = named(&[(1, &[7]), (2, &[7]), (3, &[7]), (4, &[7]), (5, &[7])]);
        assert_eq!(named.in_corpus(), 7);
        assert_eq!(named.at(&[500], 7), [(500, 7)]);
    }

    #[test]
    fn two_who_do_equally_well_leave_it_open() {
        let both: &[u32] = &[7, 8];
        let named = named(&[(1, both), (2, both), (3, both), (4, both), (5, both)]);
        assert_eq!(named.in_corpus(), NOBODY);
        assert_eq!(named.at(&[2], NOBODY), [(2, NOBODY)]);
    }
}
