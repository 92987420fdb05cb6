//! Dates of publication that cannot be right.
//!
//! Nothing is corrected here: an odd date is shown to people, who look at the article.
//! Whether the right one of several dates was taken is the business of `ingest`.

use jiff::ToSpan;
use jiff::civil::Date;

use super::outlet_key;

/// Why a date of publication cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

impl Oddity {
    /// What makes a date odd that covers the days from `first` to `last`, if anything does.
    ///
    /// `founded` is the year in which its outlet was, if that is known; `today` the day on
    /// which the question is asked. A day ahead of today is not odd: it has begun
    /// elsewhere. Of a month or year, the day that speaks for it counts.
    #[must_use]
    pub fn of(first: Date, last: Date, founded: Option<i16>, today: Date) -> Option<Self> {
        if first > tomorrow(today) {
            return Some(Self::InFuture);
        }
        if last.year() < FIRST_NEWSPAPER {
            return Some(Self::BeforeNewspapers);
        }
        let founded = founded.filter(|founded| last.year() < *founded)?;
        Some(Self::BeforeOutlet { founded })
    }

    /// The first day that lies in the future; the last of the calendar, where there is
    /// none.
    #[must_use]
    pub fn first_future_day(today: Date) -> Date {
        tomorrow(tomorrow(today))
    }
}

fn tomorrow(today: Date) -> Date {
    today.checked_add(1.day()).unwrap_or(Date::MAX)
}

/// The year in which an outlet was founded, where that is known: when it first appeared
/// under any of its names, so that what is older cannot be its.
#[must_use]
pub fn founded(outlet: &str) -> Option<i16> {
    let key = outlet_key(outlet);
    let place = FOUNDED.binary_search_by(|(known, _)| (*known).cmp(&key)).ok()?;
    Some(FOUNDED[place].1)
}

/// Outlets by key with the year in which they first appeared (by their own accounts and
/// encyclopedias). Most are young ones, which articles are wrongly dated before. Of those
/// with one key the eldest counts: *The Independent*, *The Nation*.
#[rustfmt::skip]
const FOUNDED: [(&str, i16); 165] = [
    ("abc", 1929), ("afp", 1835), ("agencefrancepresse", 1835), ("aljazeera", 1996),
    ("aljazeeraenglish", 2006), ("alternet", 1998), ("americanthinker", 2003), ("ap", 1846),
    ("arstechnica", 1998), ("associatedpress", 1846), ("athletic", 2016), ("atlantic", 1857),
    ("axios", 2016), ("bbc", 1922), ("bellingcat", 2014), ("blaze", 2010), ("bloomberg", 1990),
    ("breitbart", 2005), ("bulwark", 2018), ("businessinsider", 2007), ("buzzfeed", 2006),
    ("cbn", 1960), ("cbs", 1927), ("chicagosuntimes", 1844), ("chicagotribune", 1847),
    ("christiansciencemonitor", 1908), ("cnbc", 1989), ("cnet", 1994), ("cnn", 1980),
    ("conversation", 2011), ("correctiv", 2014), ("corrieredellasera", 1876), ("dailybeast", 2008),
    ("dailycaller", 2010), ("dailykos", 2002), ("dailymail", 1896), ("dailysignal", 2014),
    ("dailytelegraph", 1855), ("dailywire", 2015), ("democracynow", 1996), ("derspiegel", 1947),
    ("diezeit", 1946), ("dispatch", 2019), ("drudgereport", 1995), ("economist", 1843),
    ("elconfidencial", 2001), ("eldiario", 2012), ("elmundo", 1989), ("elpais", 1976),
    ("engadget", 2004), ("epochtimes", 2000), ("esquire", 1933), ("euronews", 1993),
    ("federalist", 2013), ("financialtimes", 1888), ("firstpost", 2011), ("fivethirtyeight", 2008),
    ("forbes", 1917), ("foreignaffairs", 1922), ("foreignpolicy", 1970), ("fortune", 1929),
    ("fox", 1996), ("gizmodo", 2001), ("grayzone", 2015), ("grist", 1999), ("guardian", 1821),
    ("haaretz", 1918), ("heise", 1996), ("hill", 1994), ("hotair", 2006), ("huffingtonpost", 2005),
    ("huffpost", 2005), ("ilfattoquotidiano", 2009), ("ilpost", 2010), ("independent", 1848),
    ("independentjournalreview", 2012), ("infowars", 1999), ("insideclimate", 2007),
    ("intercept", 2014), ("jacobin", 2010), ("jerusalempost", 1932), ("kyivindependent", 2021),
    ("latimes", 1881), ("lefigaro", 1826), ("lemonde", 1944), ("liberation", 1944),
    ("losangelestimes", 1881), ("marketwatch", 1995), ("marshallproject", 2014), ("mashable", 2005),
    ("mediaite", 2009), ("mediamatters", 2004), ("mediapart", 2008), ("meduza", 2014),
    ("motherjones", 1976), ("msnbc", 1996), ("nation", 1842), ("nationalpost", 1998),
    ("nationalreview", 1955), ("nbc", 1926), ("netzpolitik", 2004), ("newrepublic", 1914),
    ("newsbusters", 2005), ("newsmax", 1998), ("newsnation", 2020), ("newsweek", 1933),
    ("newyorker", 1925), ("newyorkmagazine", 1968), ("newyorkpost", 1801), ("newyorktimes", 1851),
    ("npr", 1970), ("nytimes", 1851), ("observador", 2014), ("opendemocracy", 2001),
    ("pbsnewshour", 1975), ("pewresearchcenter", 1990), ("politico", 2007), ("politifact", 2007),
    ("propublica", 2007), ("quartz", 2012), ("quillette", 2015), ("rappler", 2012),
    ("rawstory", 2004), ("realclearpolitics", 2000), ("reason", 1968), ("reuters", 1851),
    ("rt", 2005), ("russiatoday", 2005), ("salon", 1995), ("scientificamerican", 1845),
    ("scroll", 2014), ("semafor", 2022), ("slate", 1996), ("snopes", 1994),
    ("southchinamorningpost", 1903), ("spiegel", 1947), ("sputnik", 2014),
    ("suddeutschezeitung", 1945), ("talkingpointsmemo", 2000), ("taz", 1978), ("techcrunch", 2005),
    ("texastribune", 2009), ("thinkprogress", 2005), ("time", 1923), ("timesofisrael", 2012),
    ("tmz", 2005), ("townhall", 1995), ("usatoday", 1982), ("usnewsandworldreport", 1933),
    ("vanityfair", 1859), ("verge", 2011), ("vice", 1994), ("vox", 2014),
    ("wallstreetjournal", 1889), ("washingtonexaminer", 2005), ("washingtonfreebeacon", 2012),
    ("washingtonpost", 1877), ("washingtontimes", 1893), ("weeklystandard", 1995), ("wired", 1993),
    ("wnd", 1997), ("worldnetdaily", 1997), ("wsj", 1889), ("yahoo", 1995), ("zerohedge", 2009),
];

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{FOUNDED, Oddity, founded};
    use crate::article::outlet_key;

    const TODAY: Date = date(2024, 4, 20);

    #[test]
    fn the_table_is_in_order_and_of_keys() {
        assert!(FOUNDED.is_sorted_by(|one, other| one.0 < other.0));
        for (key, year) in FOUNDED {
            assert_eq!(outlet_key(key), key);
            assert!((1605..=2024).contains(&year), "{key}");
        }
    }

    #[test]
    fn outlets_are_known_under_any_of_their_names() {
        for (outlet, year) in [
            ("CNN (Web News)", Some(1980)),
            ("politico.com", Some(2007)),
            ("The Guardian", Some(1821)),
            ("Harbour Times", None),
            ("", None),
        ] {
            assert_eq!(founded(outlet), year, "{outlet}");
        }
    }

    #[test]
    fn dates_are_odd_only_where_nothing_mends_them() {
        let day = |day: Date| (day, day);
        for ((first, last), founded, odd) in [
            (day(date(2024, 4, 20)), None, None),
            // It is tomorrow somewhere.
            (day(date(2024, 4, 21)), None, None),
            (day(date(2024, 4, 22)), None, Some(Oddity::InFuture)),
            // A year or a month that has begun.
            ((date(2024, 1, 1), date(2024, 12, 31)), None, None),
            ((date(2025, 1, 1), date(2025, 12, 31)), None, Some(Oddity::InFuture)),
            (day(date(2006, 12, 31)), Some(2007), Some(Oddity::BeforeOutlet { founded: 2007 })),
            ((date(2007, 1, 1), date(2007, 12, 31)), Some(2007), None),
            (day(date(1, 1, 1)), Some(2007), Some(Oddity::BeforeNewspapers)),
            (day(date(1604, 12, 31)), None, Some(Oddity::BeforeNewspapers)),
            (day(date(1605, 1, 1)), None, None),
        ] {
            assert_eq!(Oddity::of(first, last, founded, TODAY), odd, "{first} {founded:?}");
        }
        assert_eq!(Oddity::first_future_day(Date::MAX), Date::MAX);
    }
}
