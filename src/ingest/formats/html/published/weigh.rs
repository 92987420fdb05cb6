//! Weighs the candidates for the date of a page.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::labels::Label;
use super::line::Place;
use super::names::{Hint, Region};
use crate::article::{DateFrom, Precision, Published};

/// Where a candidate was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Source {
    /// The JSON-LD object of the article.
    LinkedArticle,
    /// That of the page.
    LinkedPage,
    /// JSON-LD of something else.
    LinkedOther,
    /// A `meta` element for the date of publication.
    Meta,
    /// A `meta` element for some date.
    MetaVague,
    /// An element marked up as the date of publication.
    Marked,
    /// A `time` element.
    Time,
    /// An attribute for programs.
    Data,
    /// The data of a script.
    Script,
    /// The address of the page.
    Url,
    /// The text that readers see.
    Shown,
    /// The address of a picture.
    Image,
    /// Any date of a change.
    Modified,
}

impl Source {
    /// Whether it should state the date of publication.
    pub(super) fn is_publication(self) -> bool {
        matches!(self, Self::LinkedArticle | Self::Meta | Self::Marked)
    }

    /// What a candidate of it weighs before its place on the page counts. An
    /// address is as good as metadata; what readers see beside the headline
    /// comes to about as much by its place. Fitted on the pages of htmldate's
    /// evaluation; a fifth more or less changes little.
    const fn weight(self) -> i32 {
        match self {
            Self::LinkedArticle | Self::Meta => 100,
            Self::Url => 95,
            Self::Marked => 70,
            Self::LinkedPage | Self::MetaVague => 75,
            Self::Time => 45,
            Self::LinkedOther | Self::Data => 40,
            Self::Modified => 30,
            Self::Script => 28,
            Self::Shown => 20,
            Self::Image => 3,
        }
    }

    const fn date_from(self) -> DateFrom {
        match self {
            Self::Url => DateFrom::Url,
            Self::Shown | Self::Image => DateFrom::Text,
            _ => DateFrom::Metadata,
        }
    }
}

/// A date that may be that of publication.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) published: Published,
    pub(super) source: Source,
    pub(super) weight: i32,
}

impl Candidate {
    /// One that is stated apart from the visible text.
    pub(super) fn stated(published: Published, source: Source) -> Self {
        Self { published, source, weight: source.weight() }
    }
}

/// What the place of a date in the visible text adds to its weight. These and
/// the bytes in `Headlines::nearness` are fitted together with
/// [`Source::weight`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    pub(super) place: Place,
    pub(super) label: Label,
    /// Bytes of other text in its line.
    pub(super) beside: usize,
    /// Whether its line is a paragraph of prose.
    pub(super) is_prose: bool,
    /// Whether it stands at the start of its line.
    pub(super) is_first: bool,
}

impl Shown {
    /// The weight that is added, or taken if negative.
    pub(super) fn weight(&self) -> i32 {
        let hint = match self.place.names.hint {
            Hint::None => 0,
            Hint::Byline => 8,
            Hint::Date => 25,
            Hint::Published => 30,
        };
        let label = match self.label {
            Label::None if self.place.names.is_modified => -15,
            Label::None => 0,
            Label::Published => 15,
            Label::Modified => -15,
            Label::Other => -25,
        };
        let line = match self.beside {
            _ if self.is_prose && self.is_first => 0,
            _ if self.is_prose => -15,
            0..40 => 10,
            _ => 0,
        };
        let heading = if self.place.is_heading { -10 } else { 0 };
        let link = if self.place.is_link { -8 } else { 0 };
        hint + label + line + heading + link
    }
}

/// What a candidate loses by standing in a part of the page.
pub(super) const fn region_cost(region: Region) -> i32 {
    match region {
        Region::Article => 0,
        Region::Apart => 25,
        Region::Comments => 60,
    }
}

/// A day and what speaks for it.
#[derive(Debug)]
struct Day {
    weight: i32,
    /// The strongest candidate of each source, the strongest source first.
    candidates: Vec<Candidate>,
}

/// Agreement counts: each further source adds this share of its weight.
const AGREEMENT_PERCENT: i32 = 30;

/// A rival has at least this share of the weight of the day chosen.
const RIVAL_PERCENT: i32 = 50;

/// What a day gains if the address of the page names its month: it speaks
/// against days of other months, not for one of several in it.
const MONTH_WEIGHT: i32 = 30;

/// A source of so much weight is believed to know the day where the outlet is.
const LOCAL_WEIGHT: i32 = 49;

/// The first pages of the web.
const FIRST_YEAR: i16 = 1990;

type Dated = (Published, DateFrom);

/// The date with most weight, and those of other days that contradict it.
pub(super) fn choose(
    mut candidates: Vec<Candidate>,
    captured: Option<Date>,
) -> (Option<Dated>, Vec<Dated>) {
    // A page fetched in the evening may be of the next day elsewhere.
    let last = captured.and_then(|day| day.checked_add(1.day()).ok()).unwrap_or(Date::MAX);
    for candidate in &mut candidates {
        let day = candidate.published.first_day();
        if day > last || day.year() < FIRST_YEAR {
            candidate.weight = 1;
        }
    }
    let mut days =
        days_of(candidates.iter().filter(|one| one.published.precision >= Precision::Day));
    agree_with_months(&mut days, &candidates);
    settle_zones(&mut days);
    let Some(best) = days.first() else {
        let mut stated = candidates;
        // Pictures are kept in folders by month.
        stated.retain(|one| one.source != Source::Image);
        let coarse = stated.iter().max_by_key(|one| (one.published.precision, one.weight));
        return (coarse.map(|one| (one.published, one.source.date_from())), Vec::new());
    };
    let chosen = exact(best);
    let is_rival = |day: &&Day| {
        let strongest = day.candidates[0];
        strongest.source != Source::Modified && 100 * day.weight >= RIVAL_PERCENT * best.weight
    };
    (Some(chosen), days[1..].iter().filter(is_rival).map(exact).collect())
}

/// The days of the candidates, the weightiest first; of equals the earlier
/// found.
fn days_of<'c>(candidates: impl Iterator<Item = &'c Candidate>) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for candidate in candidates {
        let day = candidate.published.first_day();
        let same = |known: &&mut Day| known.candidates[0].published.first_day() == day;
        let Some(known) = days.iter_mut().find(same) else {
            days.push(Day { weight: 0, candidates: vec![*candidate] });
            continue;
        };
        match known.candidates.iter_mut().find(|one| one.source == candidate.source) {
            Some(one) if one.weight < candidate.weight => *one = *candidate,
            Some(_) => {}
            None => known.candidates.push(*candidate),
        }
    }
    for day in &mut days {
        day.candidates.sort_by_key(|one| -one.weight);
        let others: i32 = day.candidates[1..].iter().map(|one| one.weight).sum();
        day.weight = day.candidates[0].weight + others * AGREEMENT_PERCENT / 100;
    }
    days.sort_by_key(|day| -day.weight);
    days
}

/// Adds weight to the days in a month that the address of the page names.
fn agree_with_months(days: &mut [Day], candidates: &[Candidate]) {
    let of_month =
        |one: &&Candidate| one.source == Source::Url && one.published.precision == Precision::Month;
    for month in candidates.iter().filter(of_month) {
        let span = month.published.first_day()..=month.published.last_day();
        for day in days.iter_mut() {
            if span.contains(&day.candidates[0].published.first_day()) {
                day.weight += MONTH_WEIGHT;
            }
        }
    }
    days.sort_by_key(|day| -day.weight);
}

/// Where metadata know the chosen day from instants in UTC only, and what else
/// is on the page names the day before or after it rather, that is the day
/// where the outlet is.
fn settle_zones(days: &mut [Day]) {
    let Some(best) = days.first() else { return };
    let is_universal = |one: &&Candidate| one.published.offset == Some(Offset::UTC);
    let mut stated = best.candidates.iter().filter(|one| one.source.is_publication()).peekable();
    if stated.peek().is_none() || !stated.all(|one| is_universal(&one)) {
        return;
    }
    let day = best.candidates[0].published.first_day();
    let others = best.candidates.iter().filter(|one| !is_universal(one));
    let known = others.map(|one| one.weight).max().unwrap_or(0).max(LOCAL_WEIGHT);
    let is_local = |other: &Day| {
        let other_day = other.candidates[0].published.first_day();
        let hours = day.duration_since(other_day).as_hours().abs();
        let mut local = other.candidates.iter().filter(|one| !is_universal(one));
        hours == 24 && local.any(|one| one.weight > known && one.source != Source::Modified)
    };
    if let Some(place) = days.iter().position(is_local) {
        days[..=place].rotate_right(1);
    }
}

/// The most exact of the dates of a day: by the strongest source that knows it.
fn exact(day: &Day) -> Dated {
    let strongest = day.candidates[0];
    let with_time = day
        .candidates
        .iter()
        .find(|one| one.published.precision > Precision::Day && one.source != Source::Modified);
    let best = with_time.unwrap_or(&strongest);
    (best.published, best.source.date_from())
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Source, choose};

    /// The date chosen and its rivals.
    fn chosen(candidates: &[(&str, Source)]) -> (String, Vec<String>) {
        let candidates = candidates
            .iter()
            .map(|(date, source)| Candidate::stated(date.parse().unwrap(), *source));
        let (best, rivals) = choose(candidates.collect(), None);
        let text = |(date, _): (crate::article::Published, _)| date.to_string();
        (best.map(text).unwrap_or_default(), rivals.into_iter().map(text).collect())
    }

    #[test]
    fn agreement_outweighs_a_single_source() {
        let (best, rivals) = chosen(&[
            ("2024-05-01", Source::LinkedArticle),
            ("2024-04-14", Source::Url),
            ("2024-04-14", Source::Time),
            ("2024-06-01", Source::Modified),
        ]);
        assert_eq!((best.as_str(), rivals), ("2024-04-14", vec!["2024-05-01".to_owned()]));
    }

    #[test]
    fn one_source_does_not_agree_with_itself() {
        let many = [("2024-05-01", Source::Time); 9];
        let candidates = [&many[..], &[("2024-04-14", Source::MetaVague)]].concat();
        assert_eq!(chosen(&candidates).0, "2024-04-14");
    }

    #[test]
    fn the_time_of_the_day_chosen_is_kept() {
        let (best, rivals) =
            chosen(&[("2024-04-14", Source::Url), ("2024-04-14T17:03:00Z", Source::MetaVague)]);
        assert_eq!((best.as_str(), rivals.len()), ("2024-04-14T17:03:00Z", 0));
    }

    #[test]
    fn instants_in_utc_give_way_to_the_local_day() {
        let late = ("2024-04-15T02:30:00Z", Source::Meta);
        let linked = ("2024-04-15T02:30:00Z", Source::LinkedArticle);
        assert_eq!(chosen(&[late, linked, ("2024-04-14", Source::Url)]).0, "2024-04-14");
        // Not to a day farther off, and not to that of a change.
        assert_eq!(chosen(&[late, linked, ("2024-04-13", Source::Url)]).0, late.0);
        assert_eq!(chosen(&[late, linked, ("2024-04-14", Source::Modified)]).0, late.0);
    }

    #[test]
    fn what_cannot_be_comes_last() {
        for odd in ["1984-01-01", "1500-01-01"] {
            assert_eq!(
                chosen(&[(odd, Source::Meta), ("2024-04-14", Source::Image)]).0,
                "2024-04-14"
            );
        }
        assert_eq!(chosen(&[("2024", Source::Meta), ("2024-04", Source::Url)]).0, "2024-04");
        assert_eq!(chosen(&[]).0, "");
    }
}
