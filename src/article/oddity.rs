//! Dates of publication that cannot be right.
//!
//! Only what no reading of the date could mend: a day that has not come, or one before
//! its outlet existed. Whether the right one of several dates was taken is the business
//! of `ingest`.

use jiff::ToSpan;
use jiff::civil::Date;

use super::outlet_key;

/// What is odd about a date of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Oddity {
    /// It has not come yet.
    Future,
    /// The outlet began in this later year.
    BeforeOutlet(i16),
    /// There were no newspapers yet.
    BeforeNewspapers,
}

/// The year of the first printed newspaper, Johann Carolus's *Relation* in Strasbourg.
const FIRST_NEWSPAPER: i16 = 1605;

/// Days beyond which a date is in the future. Where it is latest it is tomorrow already
/// for those who are still in today: clocks are up to 26 hours apart.
const DAYS_AHEAD: i64 = 1;

impl Oddity {
    /// What is odd about a date that covers the days from `first` to `last`, of an
    /// outlet that began in the year `founded`, if that is known.
    #[must_use]
    pub fn of(first: Date, last: Date, founded: Option<i16>, today: Date) -> Option<Self> {
        if first >= Self::first_future_day(today) {
            return Some(Self::Future);
        }
        if last.year() < FIRST_NEWSPAPER {
            return Some(Self::BeforeNewspapers);
        }
        founded.filter(|year| last.year() < *year).map(Self::BeforeOutlet)
    }

    /// The first day that has come nowhere while `today` is the day here.
    #[must_use]
    pub fn first_future_day(today: Date) -> Date {
        today.checked_add((DAYS_AHEAD + 1).days()).unwrap_or(Date::MAX)
    }
}

/// The year in which an outlet began, if it is one of the well-known: the first issue,
/// broadcast or page under that name or that of its forerunner, so that what is older
/// cannot be its.
#[must_use]
pub fn founded(outlet: &str) -> Option<i16> {
    let key = outlet_key(outlet);
    let place = FOUNDED.binary_search_by(|(known, _)| (*known).cmp(&key)).ok()?;
    Some(FOUNDED[place].1)
}

/// Outlets by key with the year in which they began, as they say themselves. Of those
/// with one key the eldest counts: *The Independent* of London, *The Nation* of New York.
const FOUNDED: [(&str, i16); 124] = [
    ("abc", 1929),
    ("afp", 1835),
    ("agencefrancepresse", 1835),
    ("aljazeera", 1996),
    ("ap", 1846),
    ("associatedpress", 1846),
    ("atlantic", 1857),
    ("axios", 2016),
    ("bbc", 1922),
    ("blaze", 2010),
    ("bloomberg", 1981),
    ("breitbart", 2005),
    ("businessinsider", 2007),
    ("buzzfeed", 2006),
    ("cbn", 1960),
    ("cbs", 1927),
    ("chicagosuntimes", 1844),
    ("chicagotribune", 1847),
    ("christiansciencemonitor", 1908),
    ("cnbc", 1989),
    ("cnet", 1994),
    ("cnn", 1980),
    ("corrieredellasera", 1876),
    ("dailybeast", 2008),
    ("dailycaller", 2010),
    ("dailykos", 2002),
    ("dailymail", 1896),
    ("dailysignal", 2014),
    ("dailytelegraph", 1855),
    ("dailywire", 2015),
    ("democracynow", 1996),
    ("derspiegel", 1947),
    ("diezeit", 1946),
    ("economist", 1843),
    ("elmundo", 1989),
    ("elpais", 1976),
    ("epochtimes", 2000),
    ("esquire", 1933),
    ("financialtimes", 1888),
    ("fivethirtyeight", 2008),
    ("forbes", 1917),
    ("foreignaffairs", 1922),
    ("foreignpolicy", 1970),
    ("fortune", 1929),
    ("fox", 1986),
    ("gizmodo", 2002),
    ("guardian", 1821),
    ("haaretz", 1918),
    ("hill", 1994),
    ("hotair", 2006),
    ("huffingtonpost", 2005),
    ("huffpost", 2005),
    ("independent", 1848),
    ("independentjournalreview", 2012),
    ("infowars", 1999),
    ("intercept", 2014),
    ("jacobin", 2010),
    ("jerusalempost", 1932),
    ("latimes", 1881),
    ("lefigaro", 1826),
    ("lemonde", 1944),
    ("liberation", 1944),
    ("losangelestimes", 1881),
    ("marketwatch", 1995),
    ("marshallproject", 2014),
    ("mashable", 2005),
    ("mediaite", 2009),
    ("mediamatters", 2004),
    ("motherjones", 1976),
    ("msnbc", 1996),
    ("nation", 1842),
    ("nationalreview", 1955),
    ("nbc", 1926),
    ("newrepublic", 1914),
    ("newsbusters", 2005),
    ("newsmax", 1998),
    ("newsweek", 1933),
    ("newyorker", 1925),
    ("newyorkmagazine", 1968),
    ("newyorkpost", 1801),
    ("newyorktimes", 1851),
    ("npr", 1970),
    ("nytimes", 1851),
    ("pbsnewshour", 1975),
    ("pewresearchcenter", 1990),
    ("politico", 2007),
    ("politifact", 2007),
    ("propublica", 2007),
    ("quartz", 2012),
    ("quillette", 2015),
    ("rawstory", 2004),
    ("realclearpolitics", 2000),
    ("reason", 1968),
    ("reuters", 1851),
    ("salon", 1995),
    ("scientificamerican", 1845),
    ("slate", 1996),
    ("snopes", 1994),
    ("southchinamorningpost", 1903),
    ("spiegel", 1947),
    ("suddeutschezeitung", 1945),
    ("taz", 1978),
    ("techcrunch", 2005),
    ("texastribune", 2009),
    ("thinkprogress", 2005),
    ("time", 1923),
    ("timesofisrael", 2012),
    ("townhall", 1995),
    ("usatoday", 1982),
    ("usnewsandworldreport", 1933),
    ("vanityfair", 1859),
    ("verge", 2011),
    ("vice", 1994),
    ("vox", 2014),
    ("wallstreetjournal", 1889),
    ("washingtonexaminer", 2005),
    ("washingtonfreebeacon", 2012),
    ("washingtonpost", 1877),
    ("washingtontimes", 1893),
    ("weeklystandard", 1995),
    ("wired", 1993),
    ("wsj", 1889),
    ("yahoo", 1995),
    ("zerohedge", 2009),
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
            (day(date(2024, 4, 22)), None, Some(Oddity::Future)),
            // A year or a month that has begun.
            ((date(2024, 1, 1), date(2024, 12, 31)), None, None),
            ((date(2025, 1, 1), date(2025, 12, 31)), None, Some(Oddity::Future)),
            (day(date(2006, 12, 31)), Some(2007), Some(Oddity::BeforeOutlet(2007))),
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
