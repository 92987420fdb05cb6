//! Days as numbers, for columns and arithmetic.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The day from which days are counted.
const EPOCH: Date = date(1970, 1, 1);

/// Days from 1970-01-01 to `day`.
#[must_use]
pub fn day_number(day: Date) -> i64 {
    day.duration_since(EPOCH).as_hours() / 24
}

/// The day that lies so many days after 1970-01-01; the last of the calendar
/// where that is beyond it.
#[must_use]
pub fn day_of_number(number: i64) -> Date {
    EPOCH.checked_add(number.days()).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::{day_number, day_of_number};
    use jiff::civil::date;

    #[test]
    fn days_are_counted_from_1970() {
        for (day, number) in [
            (date(1970, 1, 1), 0),
            (date(1970, 2, 1), 31),
            (date(1969, 12, 31), -1),
            (date(1600, 1, 1), -135_140),
        ] {
            assert_eq!(day_number(day), number);
            assert_eq!(day_of_number(number), day);
        }
    }
}
