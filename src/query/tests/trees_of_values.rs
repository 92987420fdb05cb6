//! The trees of dates, lengths and what is known of an article.

use insta::assert_snapshot;

use super::trees::trees;

#[test]
fn dates() {
    assert_snapshot!(trees(&[
        "date:2024",
        "date:2024-04",
        "date:2024-04-14",
        "date:2024-04-01..2024-04-15",
        "date:..2020",
        "date:2020..",
        "date:7d date:2w date:3m date:1y",
        "date:today date:yesterday date:this-week date:last-week",
        "date:this-month date:last-month date:this-year date:last-year",
        "date:Today..2030",
        "date>=2024-04 date<=2024 date>2024-12-31 date<2024 date=2024",
        "date<this-month date>=yesterday",
        "date:(2020 OR 2022-02)",
        "date:\"2024\"",
    ]), @r#"
    date:2024
      0..9 Date(At(Year(2024)))
    date:2024-04
      0..12 Date(At(Month(2024, 4)))
    date:2024-04-14
      0..15 Date(At(Day(2024-04-14)))
    date:2024-04-01..2024-04-15
      0..27 Date(Range(Some(Day(2024-04-01)), Some(Day(2024-04-15))))
    date:..2020
      0..11 Date(Range(None, Some(Year(2020))))
    date:2020..
      0..11 Date(Range(Some(Year(2020)), None))
    date:7d date:2w date:3m date:1y
      0..31 And
        0..7 Date(At(LastDays(7)))
        8..15 Date(At(LastWeeks(2)))
        16..23 Date(At(LastMonths(3)))
        24..31 Date(At(LastYears(1)))
    date:today date:yesterday date:this-week date:last-week
      0..55 And
        0..10 Date(At(Today))
        11..25 Date(At(Yesterday))
        26..40 Date(At(ThisWeek))
        41..55 Date(At(LastWeek))
    date:this-month date:last-month date:this-year date:last-year
      0..61 And
        0..15 Date(At(ThisMonth))
        16..31 Date(At(LastMonth))
        32..46 Date(At(ThisYear))
        47..61 Date(At(LastYear))
    date:Today..2030  =>  date:today..2030
      0..16 Date(Range(Some(Today), Some(Year(2030))))
    date>=2024-04 date<=2024 date>2024-12-31 date<2024 date=2024  =>  date:2024-04.. date:..2024 date:2025-01-01.. date:..2023 date:2024
      0..60 And
        0..13 Date(Range(Some(Month(2024, 4)), None))
        14..24 Date(Range(None, Some(Year(2024))))
        25..40 Date(Range(Some(Day(2025-01-01)), None))
        41..50 Date(Range(None, Some(Year(2023))))
        51..60 Date(At(Year(2024)))
    date<this-month date>=yesterday  =>  date:..last-month date:yesterday..
      0..31 And
        0..15 Date(Range(None, Some(LastMonth)))
        16..31 Date(Range(Some(Yesterday), None))
    date:(2020 OR 2022-02)  =>  date:2020 OR date:2022-02
      0..22 Or
        6..10 Date(At(Year(2020)))
        14..21 Date(At(Month(2022, 2)))
    date:"2024"  =>  date:2024
      0..11 Date(At(Year(2024)))
    "#);
}

#[test]
fn lengths() {
    assert_snapshot!(trees(&[
        "words>500",
        "words>=500 words<900 words<=900 words=7 words:7",
        "words:500..900",
        "words:500.. words:..900",
        "-words:500..900",
        "words:500..900 OR a",
    ]), @r#"
    words>500
      0..9 Length(More, 500)
    words>=500 words<900 words<=900 words=7 words:7  =>  words>=500 words<900 words<=900 words=7 words=7
      0..47 And
        0..10 Length(AtLeast, 500)
        11..20 Length(Less, 900)
        21..31 Length(AtMost, 900)
        32..39 Length(Equal, 7)
        40..47 Length(Equal, 7)
    words:500..900  =>  words>=500 words<=900
      0..14 And
        6..14 Length(AtLeast, 500)
        6..14 Length(AtMost, 900)
    words:500.. words:..900  =>  words>=500 words<=900
      0..23 And
        0..11 Length(AtLeast, 500)
        12..23 Length(AtMost, 900)
    -words:500..900  =>  -(words>=500 words<=900)
      0..15 Not
        1..15 And
          7..15 Length(AtLeast, 500)
          7..15 Length(AtMost, 900)
    words:500..900 OR a  =>  words>=500 words<=900 OR a
      0..19 Or
        0..14 And
          6..14 Length(AtLeast, 500)
          6..14 Length(AtMost, 900)
        18..19 Text { scope: Anywhere, text: Word("a") }
    "#);
}

#[test]
fn properties() {
    assert_snapshot!(trees(&[
        "has:person has:org has:place has:outlet has:by has:section has:tag has:lang",
        "has:(date title) -has:url",
        "has:Date",
    ]), @r#"
    has:person has:org has:place has:outlet has:by has:section has:tag has:lang
      0..75 And
        0..10 Has(Name(Person))
        11..18 Has(Name(Organization))
        19..28 Has(Name(Place))
        29..39 Has(Name(Outlet))
        40..46 Has(Name(Author))
        47..58 Has(Name(Section))
        59..66 Has(Name(Tag))
        67..75 Has(Name(Language))
    has:(date title) -has:url  =>  has:date has:title -has:url
      0..25 And
        5..9 Has(Date)
        10..15 Has(Title)
        17..25 Not
          18..25 Has(Url)
    has:Date  =>  has:date
      0..8 Has(Date)
    "#);
}
