//! One key for the ways in which the name of one outlet is written.
//!
//! *CNN*, *cnn.com*, *CNN (Web News)* and *CNN - Editorial* have one key, and so have
//! *The Hill* and *Hill*. It compares letters and knows no outlet: an acronym and what
//! it stands for have different keys. What is one outlet is for people to say; where a
//! name is shown or searched, it is the name itself.

use crate::text::fold;

/// Words behind a name that say by which way, or in which pages, the outlet publishes.
const WAYS: [&str; 13] = [
    "news",
    "online",
    "web",
    "website",
    "site",
    "digital",
    "print",
    "opinion",
    "opinions",
    "editorial",
    "editorials",
    "blog",
    "blogs",
];

/// Words that are no outlet's name without *News* behind them: the *Daily News* is not
/// *The Daily*.
const NO_NAMES: [&str; 13] = [
    "business", "city", "daily", "euro", "evening", "good", "local", "morning", "national",
    "sports", "sunday", "weekly", "world",
];

/// First parts of an address that say which of its machines is meant.
const MACHINES: [&str; 7] = ["www", "m", "mobile", "amp", "edition", "news", "en"];

/// Last parts of an address, beside those of countries, which have two letters.
const ENDINGS: [&str; 10] =
    ["com", "org", "net", "info", "news", "gov", "edu", "media", "press", "online"];

/// Parts of an address before that of a country: `co.uk`, `com.au`.
const BEFORE_COUNTRY: [&str; 6] = ["co", "com", "org", "net", "ac", "gov"];

/// The key of an outlet's name; empty for a name without letters and digits.
#[must_use]
pub fn outlet_key(name: &str) -> String {
    let folded = fold(name.trim()).replace('\'', "");
    let mut words: Vec<&str> = match host(&folded) {
        Some(host) => name_in_host(host),
        None => folded.split(|letter: char| !letter.is_alphanumeric()).collect(),
    };
    words.retain(|word| !word.is_empty());
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    while let [first, .., last] = words[..]
        && WAYS.contains(&last)
        && !(words.len() == 2 && NO_NAMES.contains(&first))
    {
        words.pop();
    }
    let joined = words.concat();
    let bare = joined.strip_prefix("the").filter(|rest| rest.len() > 2).unwrap_or(&joined);
    let without_news = bare.strip_suffix("news").filter(|rest| {
        // Two letters: `apnews`.
        rest.len() >= 2 && !NO_NAMES.contains(rest)
    });
    without_news.unwrap_or(bare).to_owned()
}

/// The host of an address, if a name is one.
fn host(name: &str) -> Option<&str> {
    let name = name.split_once("://").map_or(name, |(_, rest)| rest);
    let host = name.split('/').next().unwrap_or(name);
    let is_host = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-');
    let (start, ending) = host.rsplit_once('.')?;
    let is_ending = ENDINGS.contains(&ending)
        || (ending.len() == 2 && ending.bytes().all(|byte| byte.is_ascii_alphabetic()));
    (!start.is_empty() && is_ending && host.chars().all(is_host)).then_some(host)
}

/// The parts of a host that name somebody.
fn name_in_host(host: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = host.split('.').collect();
    let is_of_country = parts.pop().is_some_and(|ending| ending.len() == 2);
    if is_of_country
        && parts.len() > 1
        && parts.last().is_some_and(|it| BEFORE_COUNTRY.contains(it))
    {
        parts.pop();
    }
    while parts.len() > 1 && MACHINES.contains(&parts[0]) {
        parts.remove(0);
    }
    parts.iter().flat_map(|part| part.split('-')).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::outlet_key;

    #[test]
    fn the_ways_to_write_one_outlet_have_one_key() {
        for (key, names) in [
            (
                "cnn",
                &[
                    "CNN",
                    "cnn.com",
                    "CNN (Web News)",
                    "CNN - Editorial",
                    "www.cnn.com",
                    "https://edition.cnn.com/world",
                    "C.N.N.",
                ][..],
            ),
            ("hill", &["The Hill", "Hill", "thehill.com", "THE HILL"]),
            ("bbc", &["BBC", "BBC News", "BBC News Online", "bbc.co.uk", "news.bbc.co.uk"]),
            ("fox", &["Fox News", "Fox Online News", "Fox News (Online)", "FoxNews.com"]),
            ("ap", &["AP", "apnews.com", "AP News"]),
            ("blaze", &["TheBlaze.com", "The Blaze"]),
            ("desmoinesregister", &["Des Moines Register", "DesMoines Register"]),
            ("investorsbusinessdaily", &["Investor's Business Daily", "Investor’s Business Daily"]),
            ("elpais", &["El País", "elpais.com", "El Pais"]),
            ("newyorktimes", &["New York Times - News", "The New York Times (Online News)"]),
            ("stltoday", &["St-L-Today", "stl-today.com"]),
            ("news", &["The News", "news.com.au"]),
            ("毎日新聞", &["毎日新聞"]),
            ("", &["", " ", "---", "'"]),
        ] {
            for name in names {
                assert_eq!(outlet_key(name), key, "{name}");
            }
        }
    }

    #[test]
    fn different_outlets_have_different_keys() {
        for (one, other) in [
            ("Daily News", "The Daily"),
            ("Detroit News", "Detroit Free Press"),
            ("Fox News", "Fox News Latino"),
            ("Guest Writer - Left", "Guest Writer - Right"),
            ("The Observer (New York)", "The Observer"),
            ("Newsmax", "Max"),
            ("St.Louis", "St."),
            ("one.wordpress.com", "two.wordpress.com"),
            ("Channel 4 News", "Channel 5 News"),
        ] {
            assert_ne!(outlet_key(one), outlet_key(other), "{one}, {other}");
        }
    }

    proptest! {
        #[test]
        fn any_name_has_a_key_without_marks(name in "\\PC{0,30}") {
            let key = outlet_key(&name);
            prop_assert!(!key.contains(char::is_whitespace), "{key}");
        }
    }
}
