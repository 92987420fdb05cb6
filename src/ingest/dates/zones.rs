//! Time zones by their abbreviations.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;

/// What an abbreviation says about the offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// A fixed offset.
    Fixed(Offset),
    /// The zone of the United States with this standard offset in hours;
    /// whether daylight-saving time is meant depends on the day.
    American(i8),
    /// None: it is used for several zones.
    Unknown,
}

/// Abbreviations and their offsets in minutes. Where a letter sequence has
/// several meanings, that of the English-language news trade counts (`CST` is
/// Chicago, `BST` London); those without one are in [`UNKNOWN`].
#[rustfmt::skip]
const FIXED: &[(&str, i32)] = &[
    ("z", 0), ("utc", 0), ("gmt", 0), ("ut", 0), ("wet", 0), ("west", 60), ("bst", 60),
    ("cet", 60), ("mez", 60), ("cest", 120), ("mesz", 120), ("eet", 120), ("eest", 180),
    ("msk", 180), ("est", -300), ("edt", -240), ("cst", -360), ("cdt", -300), ("mst", -420),
    ("mdt", -360), ("pst", -480), ("pdt", -420), ("akst", -540), ("akdt", -480), ("hst", -600),
    ("sast", 120), ("eat", 180), ("trt", 180), ("pkt", 300), ("wib", 420), ("hkt", 480),
    ("sgt", 480), ("awst", 480), ("jst", 540), ("kst", 540), ("aest", 600), ("aedt", 660),
    ("nzst", 720), ("nzdt", 780),
];

/// Zones of the United States without the letter for the season, and their
/// standard offsets in hours.
#[rustfmt::skip]
const AMERICAN: &[(&str, i8)] = &[
    ("et", -5), ("ct", -6), ("mt", -7), ("pt", -8),
    ("eastern", -5), ("central", -6), ("mountain", -7), ("pacific", -8),
];

/// Abbreviations in use for several zones: `IST` is India, Israel and Ireland.
const UNKNOWN: &[&str] = &["ist", "ast", "gst", "wast", "local"];

/// The zone that the folded `word` abbreviates.
pub(super) fn zone_named(word: &str) -> Option<Zone> {
    if let Some((_, minutes)) = FIXED.iter().find(|(name, _)| *name == word) {
        return Offset::from_seconds(minutes * 60).ok().map(Zone::Fixed);
    }
    if let Some((_, hours)) = AMERICAN.iter().find(|(name, _)| *name == word) {
        return Some(Zone::American(*hours));
    }
    UNKNOWN.contains(&word).then_some(Zone::Unknown)
}

impl Zone {
    /// The offset in this zone at the time of day `local`, where it is known.
    pub(super) fn offset_at(self, local: DateTime) -> Option<Offset> {
        match self {
            Self::Fixed(offset) => Some(offset),
            Self::American(hours) => {
                Offset::from_hours(hours + i8::from(is_american_summer(local)?)).ok()
            }
            Self::Unknown => None,
        }
    }
}

/// Whether daylight-saving time was in force in the United States at `local`.
///
/// By the Uniform Time Act of 1966 and its changes of 1986 and 2005; clocks
/// change at two o'clock. None before the act, and for the years of the oil
/// crisis, 1974 and 1975, which had dates of their own. Of the hour that comes
/// twice in autumn, the first is meant.
fn is_american_summer(local: DateTime) -> Option<bool> {
    let year = local.year();
    let (begin, end) = match year {
        2007.. => (sunday(year, 3, 2)?, sunday(year, 11, 1)?),
        1987..=2006 => (sunday(year, 4, 1)?, sunday(year, 10, -1)?),
        1967..=1973 | 1976..=1986 => (sunday(year, 4, -1)?, sunday(year, 10, -1)?),
        _ => return None,
    };
    Some((begin.at(2, 0, 0, 0)..end.at(2, 0, 0, 0)).contains(&local))
}

/// The `nth` Sunday of a month, from its end if negative.
fn sunday(year: i16, month: i8, nth: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, Weekday::Sunday).ok()
}

#[cfg(test)]
mod tests {
    use super::{AMERICAN, FIXED, UNKNOWN, Zone, zone_named};
    use jiff::civil::date;

    /// The hours that `ET` is behind UTC on a day at noon.
    fn eastern_hours(year: i16, month: i8, day: i8) -> Option<i32> {
        let offset = Zone::American(-5).offset_at(date(year, month, day).at(12, 0, 0, 0));
        offset.map(|offset| offset.seconds() / 3600)
    }

    #[test]
    fn american_summers_follow_the_law_of_their_year() {
        for (year, month, day, hours) in [
            (2024, 3, 9, Some(-5)),
            (2024, 3, 10, Some(-4)),
            (2024, 11, 2, Some(-4)),
            (2024, 11, 3, Some(-5)),
            (2006, 3, 15, Some(-5)),
            (2006, 4, 2, Some(-4)),
            (2006, 10, 29, Some(-5)),
            (1980, 4, 26, Some(-5)),
            (1980, 4, 27, Some(-4)),
            (1974, 7, 1, None),
            (1960, 7, 1, None),
        ] {
            assert_eq!(eastern_hours(year, month, day), hours, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn clocks_change_at_two() {
        let offset = |hour, minute| {
            Zone::American(-8).offset_at(date(2024, 3, 10).at(hour, minute, 0, 0)).unwrap()
        };
        assert_eq!(offset(1, 59).seconds(), -8 * 3600);
        assert_eq!(offset(2, 0).seconds(), -7 * 3600);
    }

    #[test]
    fn every_name_has_a_zone() {
        for (name, _) in FIXED {
            assert!(matches!(zone_named(name), Some(Zone::Fixed(_))), "{name}");
        }
        for (name, _) in AMERICAN {
            assert!(matches!(zone_named(name), Some(Zone::American(_))), "{name}");
        }
        for name in UNKNOWN {
            assert_eq!(zone_named(name), Some(Zone::Unknown));
        }
        assert_eq!(zone_named("xyz"), None);
    }
}
