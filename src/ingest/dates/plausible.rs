//! Tells dates that an article cannot have.
//!
//! Nothing is corrected here: an odd date is shown to people, who look at the
//! article.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::article::Published;
use crate::text::name_key;

/// Why a date of publication cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// It lies in the future.
    InFuture,
    /// The outlet did not exist.
    BeforeOutlet {
        /// The year in which it was founded.
        founded: i16,
    },
    /// There were no newspapers.
    BeforeNewspapers,
}

/// The year of the first newspaper, the *Relation* of Strasbourg (World
/// Association of Newspapers, 2005).
const FIRST_NEWSPAPER: i16 = 1605;

/// What makes the date odd, if anything does.
///
/// `outlet` is a name as its pages write it, or empty; `today` is the day
/// on which the question is asked. A day ahead of today is not odd: it has
/// begun elsewhere. Of a month or year, the day that speaks for it counts.
#[must_use]
pub fn oddity(published: &Published, outlet: &str, today: Date) -> Option<Oddity> {
    let tomorrow = today.checked_add(1.day()).unwrap_or(Date::MAX);
    if published.first_day() > tomorrow {
        return Some(Oddity::InFuture);
    }
    let year = published.last_day().year();
    if year < FIRST_NEWSPAPER {
        return Some(Oddity::BeforeNewspapers);
    }
    let founded = founded(outlet).filter(|founded| year < *founded)?;
    Some(Oddity::BeforeOutlet { founded })
}

/// The year in which an outlet was founded, where that is known.
fn founded(outlet: &str) -> Option<i16> {
    let key = outlet_key(outlet);
    let place = FOUNDED.binary_search_by_key(&key.as_str(), |(name, _)| name).ok()?;
    Some(FOUNDED[place].1)
}

/// The name of an outlet without article, domain, kind and what stands in
/// brackets: *The Daily Caller*, *Politico.com*, *Fox News (Opinion)*.
fn outlet_key(outlet: &str) -> String {
    let name = outlet.split('(').next().unwrap_or_default();
    let key = name_key(name);
    let mut key = key.strip_prefix("the ").unwrap_or(&key);
    while let Some((rest, last)) = key.rsplit_once(' ')
        && GENERIC.contains(&last)
    {
        key = rest;
    }
    key.to_owned()
}

/// Last words of names that are often left out.
const GENERIC: [&str; 7] = ["com", "org", "net", "news", "online", "opinion", "magazine"];

/// Young outlets by the key of their name, and the year in which they first
/// appeared under any name (by their own accounts and encyclopedias). They are
/// those that articles are wrongly dated before: old papers print archives.
#[rustfmt::skip]
const FOUNDED: [(&str, i16); 92] = [
    ("al jazeera", 1996), ("al jazeera english", 2006), ("alternet", 1998),
    ("american thinker", 2003), ("ars technica", 1998), ("athletic", 2016), ("axios", 2016),
    ("bellingcat", 2014), ("blaze", 2010), ("bloomberg", 1990), ("breitbart", 2005),
    ("bulwark", 2018), ("business insider", 2007), ("buzzfeed", 2006), ("cnbc", 1989),
    ("cnet", 1994), ("cnn", 1980), ("conversation", 2011), ("correctiv", 2014),
    ("daily beast", 2008), ("daily caller", 2010), ("daily kos", 2002), ("daily signal", 2014),
    ("daily wire", 2015), ("dispatch", 2019), ("drudge report", 1995), ("el confidencial", 2001),
    ("el diario es", 2012), ("eldiario es", 2012), ("engadget", 2004), ("euronews", 1993),
    ("federalist", 2013), ("firstpost", 2011), ("fivethirtyeight", 2008), ("fox", 1996),
    ("france 24", 2006), ("gizmodo", 2001), ("grayzone", 2015), ("grist", 1999),
    ("heise", 1996), ("hill", 1994), ("huffington post", 2005), ("huffpost", 2005),
    ("il fatto quotidiano", 2009), ("il post", 2010), ("infowars", 1999),
    ("inside climate", 2007), ("intercept", 2014), ("jacobin", 2010), ("kyiv independent", 2021),
    ("marshall project", 2014), ("mashable", 2005), ("media matters", 2004), ("mediaite", 2009),
    ("mediapart", 2008), ("meduza", 2014), ("msnbc", 1996), ("national post", 1998),
    ("netzpolitik", 2004), ("newsmax", 1998), ("newsnation", 2020), ("observador", 2014),
    ("opendemocracy", 2001), ("politico", 2007), ("politifact", 2007), ("propublica", 2007),
    ("quartz", 2012), ("quillette", 2015), ("rappler", 2012), ("realclearpolitics", 2000),
    ("rt", 2005), ("russia today", 2005), ("salon", 1995), ("scroll in", 2014), ("semafor", 2022),
    ("slate", 1996), ("sputnik", 2014), ("talking points memo", 2000), ("techcrunch", 2005),
    ("times of israel", 2012), ("tmz", 2005), ("townhall", 1995), ("usa today", 1982),
    ("verge", 2011), ("vice", 1994), ("vox", 2014), ("washington examiner", 2005),
    ("washington free beacon", 2012), ("wired", 1993), ("wnd", 1997), ("worldnetdaily", 1997),
    ("zerohedge", 2009),
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{FOUNDED, Oddity, oddity, outlet_key};

    #[test]
    fn keys_can_be_searched() {
        assert!(FOUNDED.is_sorted());
        for (name, _) in FOUNDED {
            assert_eq!(outlet_key(name), name);
        }
    }

    #[test]
    fn odd_dates_are_told() {
        let before = |founded| Some(Oddity::BeforeOutlet { founded });
        for (published, outlet, expected) in [
            ("2024-04-14", "The Gull", None),
            ("2024-04-15T00:10:00+14:00", "", None),
            ("2024-04-16", "", Some(Oddity::InFuture)),
            ("2024-05", "", Some(Oddity::InFuture)),
            ("2024", "", None),
            ("2013-12-31", "Vox", before(2014)),
            ("2014", "Vox", None),
            ("2005-01-01", "Politico.com", before(2007)),
            ("1995-12-31", "Fox News (Online News)", before(1996)),
            ("2009-01-01", "THE DAILY CALLER", before(2010)),
            ("1851-09-18", "New York Times", None),
            ("1604-12-31", "", Some(Oddity::BeforeNewspapers)),
            ("1605", "", None),
        ] {
            let found = oddity(&published.parse().unwrap(), outlet, date(2024, 4, 14));
            assert_eq!(found, expected, "{published} {outlet}");
        }
    }
}
