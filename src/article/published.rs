//! When an article was published, how exactly that is known, and from where.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

/// How exactly a date of publication is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// The year only.
    Year,
    /// The month.
    Month,
    /// The day.
    Day,
    /// The time of day, in an unknown time zone.
    Time,
    /// The time of day with its offset from UTC.
    Instant,
}

/// Where a date of publication was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateFrom {
    /// A field that the format has for it: JSON, SGML, HTML metadata, front matter.
    Metadata,
    /// A header line of a plain text.
    Header,
    /// The address of the page.
    Url,
    /// The name of the source file or of a folder above it.
    Path,
    /// The dateline at the start of the text.
    Dateline,
    /// Elsewhere in the visible text.
    Text,
}

impl DateFrom {
    /// The word for it in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Header => "header",
            Self::Url => "url",
            Self::Path => "path",
            Self::Dateline => "dateline",
            Self::Text => "text",
        }
    }
}

/// The text is no date as [`Published`] writes it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date of publication")]
pub struct NotPublished(String);

/// A date of publication, as its source states it: the day is never moved by
/// a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Published {
    /// Local date and time; what the precision does not cover is its start
    /// (the first of the month, midnight).
    pub local: DateTime,
    /// The offset from UTC that was stated with a time of day.
    pub offset: Option<Offset>,
    /// How much of `local` is known.
    pub precision: Precision,
}

impl Published {
    /// A year.
    ///
    /// None when the calendar lacks it.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        Some(Self::from_start(Date::new(year, 1, 1).ok()?, Precision::Year))
    }

    /// A month of a year.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Some(Self::from_start(Date::new(year, month, 1).ok()?, Precision::Month))
    }

    /// A day.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self::from_start(day, Precision::Day)
    }

    /// A time of day, with its offset where that is known.
    #[must_use]
    pub fn time(local: DateTime, offset: Option<Offset>) -> Self {
        let precision = if offset.is_some() { Precision::Instant } else { Precision::Time };
        Self { local, offset, precision }
    }

    fn from_start(day: Date, precision: Precision) -> Self {
        Self { local: day.to_datetime(jiff::civil::Time::midnight()), offset: None, precision }
    }

    /// The first day that it covers.
    #[must_use]
    pub fn first_day(&self) -> Date {
        self.local.date()
    }

    /// The last day that it covers.
    #[must_use]
    pub fn last_day(&self) -> Date {
        match self.precision {
            Precision::Year => self.local.date().last_of_year(),
            Precision::Month => self.local.date().last_of_month(),
            _ => self.local.date(),
        }
    }

    /// The instant, where one is known; else `local` read as UTC. For sorting.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        let offset = self.offset.unwrap_or(Offset::UTC);
        offset.to_timestamp(self.local).unwrap_or(Timestamp::MIN)
    }
}

/// RFC 3339, as far as the date is known: `2024`, `2024-04`, `2024-04-14`,
/// `2024-04-14T17:03:00`, `2024-04-14T17:03:00-04:00`.
impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.local.date();
        match self.precision {
            Precision::Year => write!(f, "{:04}", date.year()),
            Precision::Month => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Precision::Day => write!(f, "{date}"),
            Precision::Time | Precision::Instant => {
                let time = self.local.time();
                write!(f, "{date}T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
                match self.offset {
                    None => Ok(()),
                    Some(Offset::UTC) => write!(f, "Z"),
                    Some(offset) => {
                        let minutes = offset.seconds() / 60;
                        let sign = if minutes < 0 { '-' } else { '+' };
                        let minutes = minutes.abs();
                        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                    }
                }
            }
        }
    }
}

impl From<Published> for String {
    fn from(published: Published) -> Self {
        published.to_string()
    }
}

impl TryFrom<String> for Published {
    type Error = NotPublished;

    fn try_from(text: String) -> Result<Self, NotPublished> {
        text.parse()
    }
}

/// Reads what its `Display` writes, and nothing else.
impl FromStr for Published {
    type Err = NotPublished;

    fn from_str(text: &str) -> Result<Self, NotPublished> {
        read(text).ok_or_else(|| NotPublished(text.to_owned()))
    }
}

fn read(text: &str) -> Option<Published> {
    match text.len() {
        4 => Published::year(text.parse().ok()?),
        7 => Published::month(text.get(..4)?.parse().ok()?, text.get(5..)?.parse().ok()?),
        10 => text.parse().ok().map(Published::day),
        _ => {
            let local = text.get(..19)?.parse().ok()?;
            let offset = match text.get(19..)? {
                "" => None,
                "Z" => Some(Offset::UTC),
                offset => Some(read_offset(offset)?),
            };
            Some(Published::time(local, offset))
        }
    }
}

/// Reads `+02:00`.
fn read_offset(text: &str) -> Option<Offset> {
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(sign * seconds).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::Offset;

    use super::{Precision, Published};

    #[test]
    fn reads_what_it_writes() {
        let local = date(2024, 4, 14).at(17, 3, 9, 0);
        for (published, text, last_day) in [
            (Published::year(2024).unwrap(), "2024", date(2024, 12, 31)),
            (Published::month(2024, 4).unwrap(), "2024-04", date(2024, 4, 30)),
            (Published::day(date(2024, 4, 14)), "2024-04-14", date(2024, 4, 14)),
            (Published::time(local, None), "2024-04-14T17:03:09", date(2024, 4, 14)),
            (Published::time(local, Some(Offset::UTC)), "2024-04-14T17:03:09Z", date(2024, 4, 14)),
            (
                Published::time(local, Some(Offset::from_seconds(-12_600).unwrap())),
                "2024-04-14T17:03:09-03:30",
                date(2024, 4, 14),
            ),
        ] {
            assert_eq!(published.to_string(), text);
            assert_eq!(text.parse(), Ok(published));
            assert_eq!(published.last_day(), last_day);
        }
        assert!("2024-13".parse::<Published>().is_err());
        assert!("yesterday".parse::<Published>().is_err());
    }

    #[test]
    fn sorts_by_instant() {
        let local = date(2024, 4, 14).at(17, 0, 0, 0);
        let here = Published::time(local, Some(Offset::from_seconds(7200).unwrap()));
        assert_eq!(here.timestamp().to_string(), "2024-04-14T15:00:00Z");
        assert_eq!(here.precision, Precision::Instant);
    }
}
