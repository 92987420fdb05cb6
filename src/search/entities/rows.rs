//! Rows of a list of entities: which come first, and what is said of each.

use std::cmp::Ordering;

use super::list::{EntityOrder, EntityRow, EntitySort};
use super::tally::Count;
use crate::article::day_of_number;
use crate::index::IndexReader;
use crate::search::SearchError;
use crate::search::name_forms::forms_of;
use crate::search::names::{KINDS, Names};

/// A name, counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub(super) name: u32,
    pub(super) count: Count,
    /// Articles of the whole index that have it, and G², where these were asked
    /// for.
    pub(super) surprise: Option<(u32, f64)>,
}

/// The order of two rows; that of their names decides last.
pub(super) fn compare(names: &Names, order: EntityOrder, one: &Ranked, other: &Ranked) -> Ordering {
    let by_key = match order.by {
        EntitySort::Articles => one.count.articles.cmp(&other.count.articles),
        EntitySort::Mentions => one.count.mentions.cmp(&other.count.mentions),
        EntitySort::Surprise => {
            let value = |ranked: &Ranked| ranked.surprise.map_or(0.0, |(_, surprise)| surprise);
            value(one).total_cmp(&value(other))
        }
        EntitySort::Name => return by_name(names, order.ascending, one, other),
        EntitySort::First => return by_day(names, order, one, other, |(first, _)| first),
        EntitySort::Last => return by_day(names, order, one, other, |(_, last)| last),
    };
    let by_key = if order.ascending { by_key } else { by_key.reverse() };
    by_key.then_with(|| by_name(names, true, one, other))
}

/// By a day; unknown ones last, either way.
fn by_day(
    names: &Names,
    order: EntityOrder,
    one: &Ranked,
    other: &Ranked,
    day: fn((i32, i32)) -> i32,
) -> Ordering {
    let (one_day, other_day) = (one.count.days.map(day), other.count.days.map(day));
    let by_day = match (one_day, other_day) {
        (Some(one), Some(other)) if order.ascending => one.cmp(&other),
        (Some(one), Some(other)) => other.cmp(&one),
        (one, other) => other.is_some().cmp(&one.is_some()),
    };
    by_day.then_with(|| by_name(names, true, one, other))
}

fn by_name(names: &Names, ascending: bool, one: &Ranked, other: &Ranked) -> Ordering {
    let fields = (names.field_of(one.name), names.field_of(other.name));
    let order = match fields.0 == fields.1 {
        true => names.order(one.name, other.name),
        // Of several kinds together, names first and kinds last.
        false => names.key(one.name).cmp(names.key(other.name)).then(fields.0.cmp(&fields.1)),
    };
    if ascending { order } else { order.reverse() }
}

/// What is said of a name.
pub(super) fn row(
    reader: &IndexReader,
    names: &Names,
    ranked: &Ranked,
) -> Result<EntityRow, SearchError> {
    let fields = reader.fields().names();
    let mut forms = std::collections::BTreeMap::<String, u64>::new();
    for (field, member) in names.own_members(ranked.name) {
        for (form, articles) in forms_of(reader, fields[field], names.table().key(member))? {
            *forms.entry(form).or_default() += articles;
        }
    }
    let mut forms: Vec<(String, u64)> = forms.into_iter().collect();
    forms.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let days = ranked.count.days;
    let day = |number: i32| day_of_number(i64::from(number));
    Ok(EntityRow {
        kind: KINDS[names.field_of(ranked.name)],
        name: names.shown(ranked.name),
        partial: names.is_partial(ranked.name),
        articles: u64::from(ranked.count.articles),
        mentions: ranked.count.mentions,
        first: days.map(|(first, _)| day(first)),
        last: days.map(|(_, last)| day(last)),
        in_index: ranked.surprise.map(|(articles, _)| u64::from(articles)),
        surprise: ranked.surprise.map(|(_, surprise)| surprise),
        forms,
    })
}
