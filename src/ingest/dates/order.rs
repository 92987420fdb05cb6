//! Which of two numbers is the day: settled by where and in which language a
//! date was written.

use super::{DateError, parse_date};
use crate::article::Published;

/// The order of day and month in dates of numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// Nothing is known.
    #[default]
    Unknown,
    /// `14/4/2024`.
    DayFirst,
    /// `4/14/2024`.
    MonthFirst,
}

/// Regions that write the month first in English, or did when they were on the
/// web: the United States, their territories and the Philippines (Unicode
/// CLDR, short dates).
const MONTH_FIRST_REGIONS: [&str; 4] = ["us", "ph", "pr", "gu"];

/// Domains that the United States alone use.
const MONTH_FIRST_DOMAINS: [&str; 4] = ["us", "gov", "mil", "edu"];

/// Domains of countries that are sold to anybody in the world.
const SOLD_DOMAINS: [&str; 8] = ["ai", "cc", "co", "fm", "io", "me", "tv", "ws"];

impl Order {
    /// The order in the language tag `lang` (BCP 47, also with `_`) on the page
    /// `url`; either may be empty.
    ///
    /// Of the languages only English has both orders; there the region counts,
    /// then the domain of a country. English on a domain of no country is taken
    /// for American; where no domain is known either, nothing is.
    pub(crate) fn of(lang: &str, url: &str) -> Self {
        let lang = lang.trim().to_ascii_lowercase();
        let mut parts = lang.split(['-', '_']);
        let language = parts.next().unwrap_or_default();
        let region = parts.find(|part| part.len() == 2);
        let domain = domain(url).to_ascii_lowercase();
        let is_country = domain.len() == 2
            && !MONTH_FIRST_REGIONS.contains(&domain.as_str())
            && !SOLD_DOMAINS.contains(&domain.as_str());
        match (language, region) {
            ("en", Some(region)) if MONTH_FIRST_REGIONS.contains(&region) && !is_country => {
                Self::MonthFirst
            }
            ("" | "en", _) if MONTH_FIRST_DOMAINS.contains(&domain.as_str()) => Self::MonthFirst,
            ("" | "en", _) if is_country => Self::DayFirst,
            ("en", Some(region)) if !MONTH_FIRST_REGIONS.contains(&region) => Self::DayFirst,
            ("en", None) if domain.is_empty() => Self::Unknown,
            ("en", _) => Self::MonthFirst,
            ("", _) => Self::Unknown,
            _ => Self::DayFirst,
        }
    }

    /// The reading meant, where a text reads as `first` with the day first and
    /// else as `second`; none if that is not known.
    pub(crate) fn choose(self, first: Published, second: Published) -> Option<Published> {
        let is_swapped = first.local.year() == second.local.year();
        match self {
            Self::Unknown => None,
            Self::MonthFirst if is_swapped => Some(second),
            _ => Some(first),
        }
    }

    /// Reads a whole text as [`parse_date`] does, in this order of day and month.
    ///
    /// # Errors
    ///
    /// Those of [`parse_date`].
    pub(crate) fn parse(self, text: &str) -> Result<Published, DateError> {
        match parse_date(text) {
            Err(DateError::Ambiguous { first, second }) => {
                self.choose(first, second).ok_or(DateError::Ambiguous { first, second })
            }
            read => read,
        }
    }
}

/// The last part of the host of `url`.
fn domain(url: &str) -> &str {
    let address = url.split_once("//").map_or("", |(_, address)| address);
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.rsplit_once('.').map_or("", |(_, domain)| domain)
}

#[cfg(test)]
mod tests {
    use super::Order;
    use Order::{DayFirst, MonthFirst, Unknown};

    #[test]
    fn language_and_country_settle_the_order() {
        for (lang, url, order) in [
            ("", "", Unknown),
            ("", "https://gull.example/x", Unknown),
            ("en", "", Unknown),
            ("", "https://gull.co.uk/x", DayFirst),
            ("", "https://gull.gov", MonthFirst),
            ("de", "https://gull.com/x", DayFirst),
            ("de-DE", "", DayFirst),
            ("en", "https://gull.com/x.uk", MonthFirst),
            ("en", "https://gull.com.au:80/x", DayFirst),
            ("en-US", "https://gull.com/", MonthFirst),
            // Templates of programs are often left at `en-US`.
            ("en-US", "https://gull.ie/", DayFirst),
            ("en_GB", "https://gull.com/", DayFirst),
            ("en-Latn-US", "", MonthFirst),
        ] {
            assert_eq!(Order::of(lang, url), order, "{lang} {url}");
        }
    }

    #[test]
    fn ambiguous_dates_follow_it() {
        for (order, text, expected) in [
            (DayFirst, "03/04/2024", Some("2024-04-03")),
            (MonthFirst, "03/04/2024", Some("2024-03-04")),
            (Unknown, "03/04/2024", None),
            (DayFirst, "26.10.13", Some("2013-10-26")),
            (MonthFirst, "26.10.13", Some("2013-10-26")),
            (MonthFirst, "26/10/2013", Some("2013-10-26")),
        ] {
            let read = order.parse(text).ok().map(|date| date.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }
}
