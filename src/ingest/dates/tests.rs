//! A table of dates as they are written, and properties over generated ones.

use jiff::civil::{DateTime, date};
use jiff::tz::Offset;
use proptest::prelude::*;

use super::{DateError, parse_date};
use crate::article::Published;

/// What `text` reads as: the date as RFC 3339, or the word for the error.
fn reading(text: &str) -> String {
    match parse_date(text) {
        Ok(published) => published.to_string(),
        Err(error) => error.to_string(),
    }
}

/// Checks that each text reads as what stands beside it.
fn check(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(reading(text), *expected, "`{text}`");
    }
}

#[test]
fn numbers_with_the_year_first() {
    check(&[
        ("2024-04-14", "2024-04-14"),
        ("2024/04/14", "2024-04-14"),
        ("2024.04.14", "2024-04-14"),
        ("2024-4-1", "2024-04-01"),
        ("20240414", "2024-04-14"),
        ("  2024-04-14\n", "2024-04-14"),
        ("2024-04", "2024-04"),
        ("2024/04", "2024-04"),
        ("2024", "2024"),
        ("1500-01-01", "1500-01-01"),
        ("2199-12-31", "2199-12-31"),
        ("2024-02-29", "2024-02-29"),
        ("2024-04-14Z", "2024-04-14"),
        ("2024-04-14+02:00", "2024-04-14"),
        ("2024-04-14-05:00", "2024-04-14"),
        ("２０２４-０４-１４", "2024-04-14"),
        ("2024/04/14.", "2024-04-14"),
    ]);
}

#[test]
fn times_after_the_date() {
    check(&[
        ("2024-04-14T17:03:00Z", "2024-04-14T17:03:00Z"),
        ("2024-04-14t17:03:00z", "2024-04-14T17:03:00Z"),
        ("2024-04-14T17:03:00+02:00", "2024-04-14T17:03:00+02:00"),
        ("2024-04-14T17:03:00-0430", "2024-04-14T17:03:00-04:30"),
        ("2024-04-14T17:03:00+02", "2024-04-14T17:03:00+02:00"),
        ("2024-04-14T17:03:00−05:00", "2024-04-14T17:03:00-05:00"),
        ("2024-04-14T17:03:00.123456Z", "2024-04-14T17:03:00Z"),
        ("2024-04-14T17:03:00,5+01:00", "2024-04-14T17:03:00+01:00"),
        ("2024-04-14T17:03Z", "2024-04-14T17:03:00Z"),
        ("2024-04-14T17:03:00", "2024-04-14T17:03:00"),
        ("2024-04-14 17:03", "2024-04-14T17:03:00"),
        ("2024-04-14 17:03:59 +0000", "2024-04-14T17:03:59Z"),
        ("2024-04-14 17:03:59+00", "2024-04-14T17:03:59Z"),
        ("2024-04-14 17:03:59 UTC", "2024-04-14T17:03:59Z"),
        ("2024-04-14 17:03:59.5 +0200 CEST", "2024-04-14T17:03:59+02:00"),
        ("2024/04/14 17:03:59 UTC+2", "2024-04-14T17:03:59+02:00"),
        ("20240414T170300Z", "2024-04-14T17:03:00Z"),
        ("20240414T1703", "2024-04-14T17:03:00"),
        ("20240414170300", "2024-04-14T17:03:00"),
        ("202404141703", "2024-04-14T17:03:00"),
        ("2024-04-14T17:03:00+02:00[Europe/Berlin]", "2024-04-14T17:03:00+02:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2024-04-14, 17:03", "2024-04-14T17:03:00"),
        ("2024-04-14 | 17:03", "2024-04-14T17:03:00"),
        ("2024-04-14 - 17:03", "2024-04-14T17:03:00"),
        ("2024-04-14 00:00:00", "2024-04-14T00:00:00"),
    ]);
}

#[test]
fn english_months() {
    check(&[
        ("14 April 2024", "2024-04-14"),
        ("14. April 2024", "2024-04-14"),
        ("14th of April, 2024", "2024-04-14"),
        ("the 14th of April 2024", "2024-04-14"),
        ("April 14, 2024", "2024-04-14"),
        ("APRIL 14 2024", "2024-04-14"),
        ("Apr. 14, 2024", "2024-04-14"),
        ("Sept. 1st, 2024", "2024-09-01"),
        ("March 2nd 2024", "2024-03-02"),
        ("3rd May 2024", "2024-05-03"),
        ("2024 April 14", "2024-04-14"),
        ("2024-Apr-14", "2024-04-14"),
        ("Apr-14-2024", "2024-04-14"),
        ("14-Apr-24", "2024-04-14"),
        ("14-Apr-1968", "1968-04-14"),
        ("14 Apr '24", "2024-04-14"),
        ("April 2024", "2024-04"),
        ("April, 2024", "2024-04"),
        ("Apr 2024", "2024-04"),
        ("April of 2024", "2024-04"),
        ("2024 April", "2024-04"),
        ("14\u{a0}April\u{202f}2024", "2024-04-14"),
        ("14\u{3000}April\u{3000}２０２４", "2024-04-14"),
        ("Sunday, April 14, 2024", "2024-04-14"),
        ("Sun 14 Apr 2024", "2024-04-14"),
        ("14 April 2024 (Sunday)", "2024-04-14"),
        // The weekday is wrong; the date counts.
        ("Friday, April 14, 2024", "2024-04-14"),
    ]);
}

#[test]
fn english_months_with_times() {
    check(&[
        ("Apr. 14, 2024 5:03 p.m. EDT", "2024-04-14T17:03:00-04:00"),
        ("April 14, 2024 5:03 PM ET", "2024-04-14T17:03:00-04:00"),
        ("January 14, 2024 5:03 PM ET", "2024-01-14T17:03:00-05:00"),
        ("April 14, 2024 5:03 PM Eastern", "2024-04-14T17:03:00-04:00"),
        ("April 14, 2024 5:03 PM Pacific Time", "2024-04-14T17:03:00-07:00"),
        ("July 4, 1960 5:03 PM ET", "1960-07-04T17:03:00"),
        ("April 14, 2024, 5:03pm PT", "2024-04-14T17:03:00-07:00"),
        ("April 14, 2024 at 5 p.m.", "2024-04-14T17:00:00"),
        ("April 14, 2024 at 12:00 a.m. CST", "2024-04-14T00:00:00-06:00"),
        ("April 14, 2024 at 12:30 PM MT", "2024-04-14T12:30:00-06:00"),
        ("April 14, 2024 17:03 PM", "2024-04-14T17:03:00"),
        ("Sunday, April 14th, 2024 at 17.03 GMT", "2024-04-14T17:03:00Z"),
        ("14 April 2024 17:03 BST", "2024-04-14T17:03:00+01:00"),
        ("14 April 2024 17:03 CEST", "2024-04-14T17:03:00+02:00"),
        ("14 April 2024 17:03 (MSK)", "2024-04-14T17:03:00+03:00"),
        ("14 April 2024 17:03 JST", "2024-04-14T17:03:00+09:00"),
        ("14 April 2024 17:03 HKT", "2024-04-14T17:03:00+08:00"),
        ("14 April 2024 17:03 AEST", "2024-04-14T17:03:00+10:00"),
        ("14 December 2024 17:03 AEDT", "2024-12-14T17:03:00+11:00"),
        ("14 April 2024 17:03 IST", "2024-04-14T17:03:00"),
        ("17:03 GMT, 14 April 2024", "2024-04-14T17:03:00Z"),
        ("5:03 PM EDT, Sun April 14, 2024", "2024-04-14T17:03:00-04:00"),
        ("5:03 p.m. on April 14, 2024", "2024-04-14T17:03:00"),
        ("17:03 - 14 April 2024", "2024-04-14T17:03:00"),
    ]);
}

#[test]
fn labels_around_the_date() {
    check(&[
        ("Updated 14 April 2024", "2024-04-14"),
        ("Published: 14 April 2024", "2024-04-14"),
        ("Posted on April 14, 2024 at 5:03 PM", "2024-04-14T17:03:00"),
        ("Date: 2024-04-14", "2024-04-14"),
        ("date 2024-04-14", "2024-04-14"),
        ("First published on Sunday 14 April 2024", "2024-04-14"),
        ("Last updated at 17:03, 14 April 2024", "2024-04-14T17:03:00"),
        ("Updated 5:03 PM EDT, Sun April 14, 2024", "2024-04-14T17:03:00-04:00"),
        ("Publié le 14 avril 2024", "2024-04-14"),
        ("Stand: 14.04.2024", "2024-04-14"),
    ]);
}

#[test]
fn months_of_other_languages() {
    check(&[
        ("14 de abril de 2024", "2024-04-14"),
        ("domingo, 14 de abril del 2024", "2024-04-14"),
        ("el 3 de enero de 2024 a las 17:03", "2024-01-03T17:03:00"),
        ("1er février 2024", "2024-02-01"),
        ("dimanche 14 avril 2024 à 17h03", "2024-04-14T17:03:00"),
        ("14 août 2024", "2024-08-14"),
        ("Sonntag, 14. März 2024", "2024-03-14"),
        ("14. Dez. 2024, 17.03 Uhr", "2024-12-14T17:03:00"),
        ("14. Jänner 2024, 17 Uhr", "2024-01-14T17:00:00"),
        ("domenica 14 luglio 2024 ore 17:03", "2024-07-14T17:03:00"),
        ("1º de maio de 2024", "2024-05-01"),
        ("segunda-feira, 14 de outubro de 2024", "2024-10-14"),
        ("zondag 14 april 2024 om 17:03 uur", "2024-04-14T17:03:00"),
        ("14 mrt. 2024", "2024-03-14"),
        ("14 kwietnia 2024 r.", "2024-04-14"),
        ("niedziela, 14 października 2024, godz. 17:03", "2024-10-14T17:03:00"),
        ("14 апреля 2024 г.", "2024-04-14"),
        ("9 мая 2024 года", "2024-05-09"),
        ("Воскресенье, 14 июля 2024, 17:03", "2024-07-14T17:03:00"),
        ("söndag 14 maj 2024 kl. 17.03", "2024-05-14T17:03:00"),
        ("den 14. oktober 2024", "2024-10-14"),
        ("14. desember 2024", "2024-12-14"),
        ("14 Ağustos 2024 Pazar", "2024-08-14"),
        ("14 Kasım 2024 17:03", "2024-11-14T17:03:00"),
        ("14 Şubat 2024", "2024-02-14"),
        ("kwiecień 2024", "2024-04"),
    ]);
}

#[test]
fn forms_of_machines() {
    check(&[
        ("Sun, 14 Apr 2024 17:03:00 +0200", "2024-04-14T17:03:00+02:00"),
        ("14 Apr 2024 17:03:00 GMT", "2024-04-14T17:03:00Z"),
        ("Sun, 14 Apr 24 17:03 EST", "2024-04-14T17:03:00-05:00"),
        ("Sun, 14 Apr 2024 17:03:00 +0200 (CEST)", "2024-04-14T17:03:00+02:00"),
        ("Sun Apr 14 17:03:00 2024", "2024-04-14T17:03:00"),
        ("Sun Apr  4 17:03:00 EDT 2024", "2024-04-04T17:03:00-04:00"),
        ("Sun Apr 14 17:03:00 +0000 2024", "2024-04-14T17:03:00Z"),
        (
            "Sun Apr 14 2024 17:03:00 GMT+0200 (Central European Summer Time)",
            "2024-04-14T17:03:00+02:00",
        ),
        ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01"),
        (" 8-APR-1987 10:08:00.34", "1987-04-08T10:08:00"),
        ("1713114180", "2024-04-14T17:03:00Z"),
        ("1713114180.5", "2024-04-14T17:03:00Z"),
        ("1713114180500", "2024-04-14T17:03:00Z"),
        ("-14182940", "1969-07-20T20:17:40Z"),
        ("-14182940000", "1969-07-20T20:17:40Z"),
    ]);
}

#[test]
fn numbers_in_either_order() {
    check(&[
        ("14/04/2024", "2024-04-14"),
        ("04/14/2024", "2024-04-14"),
        ("14-04-2024", "2024-04-14"),
        ("4/14/2024 5:03 PM", "2024-04-14T17:03:00"),
        ("04/04/2024", "2024-04-04"),
        ("03/04/2024", "ambiguous: 2024-04-03 or 2024-03-04"),
        ("03-04-2024 17:03 GMT", "ambiguous: 2024-04-03T17:03:00Z or 2024-03-04T17:03:00Z"),
        ("8/9/19", "ambiguous: 2019-09-08 or 2019-08-09"),
        ("6/14/18", "2018-06-14"),
        ("14/6/68", "2068-06-14"),
        ("14/6/69", "1969-06-14"),
        ("14.04.2024", "2024-04-14"),
        ("03.04.2024", "2024-04-03"),
        ("3. 4. 2024", "2024-04-03"),
        ("03.04.24", "ambiguous: 2024-04-03 or 2024-03-04"),
        ("14.04.24", "ambiguous: 2024-04-14 or 2014-04-24"),
        ("24-04-14", "ambiguous: 2014-04-24 or 2024-04-14"),
        ("13-02-03", "ambiguous: 2003-02-13 or 2013-02-03"),
        ("04/13/05", "2005-04-13"),
        ("06-14-18", "2018-06-14"),
        ("12/31/18", "2018-12-31"),
        ("31/12/99", "1999-12-31"),
        ("68-04-14", "2068-04-14"),
        ("4/4/04", "2004-04-04"),
        ("04/04/04", "2004-04-04"),
        ("14/4/'24", "2024-04-14"),
        ("14.04.2024 - 17:03", "2024-04-14T17:03:00"),
        ("14.04.2024, 17.03 Uhr", "2024-04-14T17:03:00"),
        ("04/2024", "2024-04"),
    ]);
}

#[test]
fn days_that_do_not_exist() {
    for text in [
        "30 February 2024",
        "29 February 2023",
        "2024-13-01",
        "2024-00-10",
        "2024-04-31",
        "20240431",
        "April 31, 2024",
        "April 0, 2024",
        "31/04/2024",
        "13/13/2024",
        "04.13.2024",
        "13/2024",
        "2024-04-14 25:61",
        "2024-04-14 24:00",
        "2024-04-14 17:60",
        "25:61",
        "April 14, 2024 17:03 am",
        "2024-04-14T17:03:00+99:00",
        "2024-04-14T17:03:00+02:75",
        "1499-12-31",
        "2200-01-01",
        "0000",
        "9999999999999",
    ] {
        assert_eq!(parse_date(text), Err(DateError::Impossible), "`{text}`");
    }
}

#[test]
fn texts_that_are_no_dates() {
    let long = " ".repeat(200) + "2024";
    for text in [
        "",
        " ",
        "-",
        "soon",
        "April",
        "Sunday",
        "14 April",
        "April 14",
        "17:03",
        "published",
        "14 April 2024 was a Sunday",
        "on 14 April 2024 the mayor",
        "2024-04-14 (revised edition)",
        "2024-04-14 2024-04-15",
        "2024-04-14/2024-04-15",
        "2024-04-14-16",
        "14/04-2024",
        "14 04 2024",
        "1/2/345",
        "12345",
        "123456789",
        "98765432",
        "171311418000000",
        "1713114180.5.5",
        "2024-",
        "2024-W15-7",
        "2024 17:03",
        "April 2024 17:03",
        "14 Brumaire 2024",
        "555-1234",
        "99999999999999999999999999",
        &long,
    ] {
        assert_eq!(parse_date(text), Err(DateError::NotADate), "`{text}`");
    }
}

#[test]
fn two_readings_are_both_told() {
    let day = |month, day| Published::day(date(2024, month, day));
    let expected = DateError::Ambiguous { first: day(4, 3), second: day(3, 4) };
    assert_eq!(parse_date("03/04/2024"), Err(expected));
}

/// `local` in every form that gives it to the second, without a zone.
fn forms_of_times(local: DateTime) -> Vec<String> {
    let forms = [
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
        "%Y%m%dT%H%M%S",
        "%Y%m%d%H%M%S",
        "%a %b %e %H:%M:%S %Y",
        "%d-%b-%Y %H:%M:%S",
        "%B %-d, %Y at %-I:%M:%S %p",
        "Published on %A, %-d %B %Y, %H.%M.%S",
        "%H:%M:%S, %d.%m.%Y",
    ];
    forms.iter().map(|form| local.strftime(form).to_string()).collect()
}

/// `local`'s day in every form that gives only the day.
fn forms_of_days(local: DateTime) -> Vec<String> {
    let forms = [
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y%m%d",
        "%d.%m.%Y",
        "%-d.%-m.%Y",
        "%-d %B %Y",
        "%d. %b %Y",
        "%A %-dth of %B, %Y",
        "%B %-d, %Y",
        "%b. %-d %Y",
        "%d-%b-%Y",
        "Updated: %a, %b %-d, %Y",
    ];
    forms.iter().map(|form| local.strftime(form).to_string()).collect()
}

fn any_time() -> impl Strategy<Value = DateTime> {
    let day = (1500i16..2200, 1i8..=12, 1i8..=28);
    let time = (0i8..24, 0i8..60, 0i8..60);
    (day, time).prop_map(|((year, month, day), (hour, minute, second))| {
        date(year, month, day).at(hour, minute, second, 0)
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_read(local in any_time(), minutes in -14 * 60i32..=14 * 60) {
        for text in forms_of_times(local) {
            prop_assert_eq!(parse_date(&text), Ok(Published::time(local, None)), "`{}`", text);
        }
        for text in forms_of_days(local) {
            prop_assert_eq!(parse_date(&text), Ok(Published::day(local.date())), "`{}`", text);
        }
        let offset = Offset::from_seconds(minutes * 60).unwrap();
        let published = Published::time(local, Some(offset));
        prop_assert_eq!(parse_date(&published.to_string()), Ok(published));
    }

    #[test]
    fn seconds_since_1970_are_read(seconds in 1_000_000_000i64..7_000_000_000) {
        let expected = parse_date(&jiff::Timestamp::from_second(seconds).unwrap().to_string());
        prop_assert!(expected.is_ok());
        prop_assert_eq!(parse_date(&seconds.to_string()), expected.clone());
        prop_assert_eq!(parse_date(&format!("{seconds}999")), expected);
    }

    #[test]
    fn slashes_are_never_guessed(first in 1i64..=31, second in 1i64..=31, year in 1600i64..2100) {
        match parse_date(&format!("{first}/{second}/{year}")) {
            Ok(_) => prop_assert!(first > 12 || second > 12 || first == second),
            Err(DateError::Ambiguous { first: one, second: other }) => {
                prop_assert!(first <= 12 && second <= 12);
                prop_assert!(one != other);
            }
            Err(error) => prop_assert_eq!(error, DateError::Impossible),
        }
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,210}") {
        let _ = parse_date(&text);
    }

    #[test]
    fn anything_like_a_date_is_survived(
        text in "([0-9]{1,5}|[-/.,:+ ()'T]|apr|sun|p\\.m\\.|et|gmt|z|of|th|published){0,40}"
    ) {
        if let Ok(published) = parse_date(&text) {
            prop_assert!((1500..=2199).contains(&published.local.year()));
        }
    }
}
