//! The time zone that was typed, found in the database of the system.

use jiff::tz::{self, TimeZone};
use newsdex::query::closest;

/// The zone of this name.
pub(crate) fn time_zone(name: &str) -> Result<TimeZone, String> {
    if name.eq_ignore_ascii_case("local") {
        return TimeZone::try_system().map_err(|error| format!("the zone of the system: {error}"));
    }
    TimeZone::get(name).map_err(|_| match meant_by(name) {
        Some(meant) => format!("there is no such time zone; did you mean `{meant}`?"),
        None => "there is no such time zone (zones: `Europe/Berlin`, `America/New_York`, `UTC`, \
                 `local` and the like)"
            .to_owned(),
    })
}

/// The zone that was probably meant: its city, or a slip.
fn meant_by(name: &str) -> Option<String> {
    let names: Vec<String> = tz::db().available().map(|known| known.to_string()).collect();
    let typed = name.trim().replace(' ', "_");
    let city = |known: &&String| {
        known.rsplit_once('/').is_some_and(|(_, city)| city.eq_ignore_ascii_case(&typed))
    };
    let meant = names.iter().find(city).map(String::as_str);
    meant.or_else(|| closest(&typed, names.iter().map(String::as_str))).map(str::to_owned)
}
