//! The words of the errors in dates, numbers, later operators and limits.

use insta::assert_snapshot;

use super::errors::errors;
use crate::query::{MAX_BYTES, MAX_DEPTH, MAX_TERMS, parse};

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases and their words")]
fn dates() {
    assert_snapshot!(errors(&[
        "date:2024-13",
        "date:2024-13-01",
        "date:2024-02-30",
        "date:2023-02-29..2024",
        "date:2024..2023",
        "date:2024-05-01..2024-04",
        "date:today..yesterday",
        "date:..",
        "date:03/04/2024",
        "date:14-04-2024",
        "date:4/4/2024",
        "date:04/14/2024",
        "date:45/45/2024",
        "date:2024/4/14",
        "date:2024-4",
        "date:04/2024",
        "date:20240414",
        "date:2020-2022",
        "date:24",
        "date:\"14 April 2024\"",
        "date:lastweek",
        "date:last_month",
        "date:yesterdya",
        "date:7days",
        "date:0d",
        "date:99999999999d",
        "date:2020..7d",
        "date>=7d",
        "date>2020..2024",
        "date<yesterday",
        "date>9999",
        "date<0000-01-01",
        "date:>=2024",
        "date>(2024)",
        "date>",
    ]), @r#"
    `2024-13` does not exist: a year has 12 months
      date:2024-13
           ^^^^^^^
    hint: write the year, the month, then the day: `2024-04-14`

    `2024-13-01` does not exist: a year has 12 months
      date:2024-13-01
           ^^^^^^^^^^
    hint: write the year, the month, then the day: `2024-04-14`

    `2024-02-30` does not exist: the last day of that month is `2024-02-29`
      date:2024-02-30
           ^^^^^^^^^^
    hint: write `2024-02-29`

    `2023-02-29` does not exist: the last day of that month is `2023-02-28`
      date:2023-02-29..2024
           ^^^^^^^^^^
    hint: write `2023-02-28`

    the range ends before it starts
      date:2024..2023
           ^^^^^^^^^^
    hint: write `2023..2024`

    the range ends before it starts
      date:2024-05-01..2024-04
           ^^^^^^^^^^^^^^^^^^^
    hint: write `2024-04..2024-05-01`

    the range ends before it starts
      date:today..yesterday
           ^^^^^^^^^^^^^^^^
    hint: write `yesterday..today`

    the range has neither start nor end
      date:..
           ^^
    hint: write one end at least, as in `words:500..` or `date:..2024`

    `03/04/2024` can be read as two dates
      date:03/04/2024
           ^^^^^^^^^^
    hint: write `2024-04-03` or `2024-03-04`

    `14-04-2024` is not a date
      date:14-04-2024
           ^^^^^^^^^^
    hint: write `2024-04-14`

    `4/4/2024` is not a date
      date:4/4/2024
           ^^^^^^^^
    hint: write `2024-04-04`

    `04/14/2024` is not a date
      date:04/14/2024
           ^^^^^^^^^^
    hint: write `2024-04-14`

    `45/45/2024` is not a date
      date:45/45/2024
           ^^^^^^^^^^
    hint: write `2024`, `2024-04`, `2024-04-14`, `2024-Q2`, `2024-W15`, `7d`, `today`, or a range `2020..2024`

    `2024/4/14` is not a date
      date:2024/4/14
           ^^^^^^^^^
    hint: write `2024-04-14`

    `2024-4` is not a date
      date:2024-4
           ^^^^^^
    hint: write `2024-04`

    `04/2024` is not a date
      date:04/2024
           ^^^^^^^
    hint: write `2024-04`

    `20240414` is not a date
      date:20240414
           ^^^^^^^^
    hint: write `2024-04-14`

    `2020-2022` is not a date
      date:2020-2022
           ^^^^^^^^^
    hint: write `2020..2022`

    `24` is not a date
      date:24
           ^^
    hint: write `2024`, `2024-04`, `2024-04-14`, `2024-Q2`, `2024-W15`, `7d`, `today`, or a range `2020..2024`

    `14 April 2024` is not a date
      date:"14 April 2024"
            ^^^^^^^^^^^^^
    hint: write `2024`, `2024-04`, `2024-04-14`, `2024-Q2`, `2024-W15`, `7d`, `today`, or a range `2020..2024`

    `lastweek` is not a date
      date:lastweek
           ^^^^^^^^
    hint: write `last-week`

    `last_month` is not a date
      date:last_month
           ^^^^^^^^^^
    hint: write `last-month`

    `yesterdya` is not a date
      date:yesterdya
           ^^^^^^^^^
    hint: write `yesterday`

    `7days` is not a date
      date:7days
           ^^^^^
    hint: write `7d`

    `0d` is no time at all
      date:0d
           ^^
    hint: `1d` is today, `2d` today and yesterday

    `99999999999d` is not a date
      date:99999999999d
           ^^^^^^^^^^^^
    hint: write `2024`, `2024-04`, `2024-04-14`, `2024-Q2`, `2024-W15`, `7d`, `today`, or a range `2020..2024`

    `7d` always ends today, and cannot end a range
      date:2020..7d
                 ^^
    hint: write the date itself, as in `2024-04-14`

    `7d` is a length of time, and only a date can be compared
      date>=7d
            ^^
    hint: `date:7d` finds the last seven days, `-date:7d` all others

    `2020..2024` is a range, and only a date can be compared
      date>2020..2024
           ^^^^^^^^^^
    hint: write `date:` before a range

    the days beyond `yesterday` have no name
      date<yesterday
           ^^^^^^^^^
    hint: write the date itself, as in `2024-04-14`

    the days beyond `9999` have no name
      date>9999
           ^^^^
    hint: write the date itself, as in `2024-04-14`

    the days beyond `0000-01-01` have no name
      date<0000-01-01
           ^^^^^^^^^^
    hint: write the date itself, as in `2024-04-14`

    `:` stands before a comparison
      date:>=2024
           ^^^^^^
    hint: write `date>=2024`

    `date>` compares with one value, not with a group
      date>(2024)
      ^^^^^
    hint: write each comparison by itself

    `date>` has nothing after it
      date>
      ^^^^^
    hint: write a value, or `"date>"` in quotes to search for the word
    "#);
}

#[test]
fn lengths() {
    assert_snapshot!(errors(&[
        "words>many",
        "words>1,000",
        "words:900..500",
        "words:..",
        "words:>500",
        "words:5..x",
        "words>+5",
        "words>99999999999999999999",
    ]), @r#"
    `many` is not a number of words
      words>many
            ^^^^
    hint: write digits, as in `words>500` or `words:500..900`

    `1,000` is not a number of words
      words>1,000
            ^^^^^
    hint: write `1000`

    the range ends before it starts
      words:900..500
            ^^^^^^^^
    hint: write `500..900`

    the range has neither start nor end
      words:..
            ^^
    hint: write one end at least, as in `words:500..` or `date:..2024`

    `:` stands before a comparison
      words:>500
            ^^^^
    hint: write `words>500`

    `x` is not a number of words
      words:5..x
               ^
    hint: write digits, as in `words>500` or `words:500..900`

    `+5` is not a number of words
      words>+5
            ^^
    hint: write digits, as in `words>500` or `words:500..900`

    `99999999999999999999` is not a number of words
      words>99999999999999999999
            ^^^^^^^^^^^^^^^^^^^^
    hint: write digits, as in `words>500` or `words:500..900`
    "#);
}

#[test]
fn parts_that_a_year_has_not() {
    for (text, parts) in [
        ("2024-Q5", "four quarters"),
        ("2024-q0", "four quarters"),
        ("2023-W53", "52 weeks"),
        ("2020-W54", "53 weeks"),
        ("2024-W00", "52 weeks"),
    ] {
        let error = parse(&format!("date:{text}")).unwrap_err();
        let expected = format!("`{text}` does not exist: that year has {parts}");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn operators_about_places() {
    for (query, message, marked) in [
        ("strike near/0 port", "`near/0` counts to nothing", "near/0"),
        ("strike near/ port", "`near/` has no number of words", "near/"),
        ("strike NOT W/ port", "`W/` has no number of words", "W/"),
        ("atleast0(a)", "`atleast0` counts to nothing", "atleast0"),
        ("strike near/5", "`near/5` has nothing after it", "near/5"),
        ("near/5 port", "`near/5` has nothing before it", "near/5"),
        ("NOT near/5 port", "`NOT near/5` has nothing before it", "NOT near/5"),
        ("(a b) near/5 c", "`(a b)` says where nothing stands in a text", "(a b)"),
        ("a near/5 -b", "`-` says where nothing stands in a text", "-"),
        ("a near/5 outlet:b", "`outlet:b` says where nothing stands in a text", "outlet:b"),
        (
            "a near/5 (b OR date:2024)",
            "`date:2024` says where nothing stands in a text",
            "date:2024",
        ),
        ("atleast2(a -b)", "`(a -b)` says where nothing stands in a text", "(a -b)"),
        ("(a b)~5", "`~5` stands behind a group, and belongs to a quotation", "~5"),
        ("\"a b\"~", "`~` has no number of words", "~"),
        ("tag:\"a b\"~5", "`~5` is for words of the text, and `tag:` holds names", "~5"),
        ("person:bid~1", "`bid~1` is for words of the text, and `person:` holds names", "bid~1"),
        ("bidn~3", "`bidn~3` is not one word with `~1` or `~2` behind it", "bidn~3"),
        ("a-b~1", "`a-b~1` is not one word with `~1` or `~2` behind it", "a-b~1"),
        ("/reg(ex/", "`/reg(ex/` is no regular expression: unclosed group", "/reg(ex/"),
        ("/a)(b/", "`/a)(b/` is no regular expression: unopened group", "/a)(b/"),
    ] {
        let error = parse(query).expect_err(query);
        assert_eq!(error.to_string(), message);
        assert_eq!(error.span.of(query), marked, "{query}");
        assert!(error.hint().is_some(), "{query}");
    }
    let chain = vec!["a"; 70].join(" near/5 ");
    assert!(parse(&chain).expect_err("a long chain").to_string().contains("too deep"));
}

#[test]
fn limits() {
    let deep = format!("{}a{}", "(".repeat(MAX_DEPTH + 1), ")".repeat(MAX_DEPTH + 1));
    let open = "(".repeat(10_000);
    let many = format!("{}a", "a ".repeat(MAX_TERMS));
    let long = "a".repeat(MAX_BYTES + 1);
    let range = format!("{}-words:1..2", "(".repeat(MAX_DEPTH));
    assert_snapshot!(errors(&[&deep, &open, &many, &long, &range]), @r#"
    the parentheses are too deep: 64 inside each other are allowed
      …(((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))))))))))))))))…
                                     ^

    the parentheses are too deep: 64 inside each other are allowed
      …((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((…
                                     ^

    the query has too many words and values: 1024 are allowed
      …a a a a a a a a a a a a a a a a
                                     ^

    the query is too long: 65537 bytes, and 65536 are allowed
      …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                                     ^

    the parentheses are too deep: 64 inside each other are allowed
      ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((-words:1..2
                                                                       ^^^^^^^^^^
    "#);
}

#[test]
fn what_lies_within_the_limits_parses_and_prints() {
    let deep = format!("{}a{}", "(b OR (c ".repeat(MAX_DEPTH / 2), "))".repeat(MAX_DEPTH / 2));
    let many = "a OR b ".repeat(MAX_TERMS / 2);
    let long = "a".repeat(MAX_BYTES);
    let refused = format!("{}a", "NOT ".repeat(10_001));
    for text in [deep, many, long, refused] {
        let query = parse(&text).unwrap();
        assert_eq!(parse(&query.to_string()), Ok(query));
    }
}

#[test]
fn the_mark_stands_under_the_slip() {
    let control = "tab\there \u{1b}[31m peron:x";
    let wide = "東京 の 港 peron:x é\u{301} b";
    let lines = "first line\nsecond peron:x line\nthird";
    let before = format!("{} peron:x", "word ".repeat(40));
    let behind = format!("peron:{}", "long ".repeat(40));
    let both = format!("{0} peron:{0}", "word ".repeat(40));
    let long = format!("{}:x", "z".repeat(200));
    assert_snapshot!(errors(&[control, wide, lines, &before, &behind, &both, &long]), @r#"
    unknown field `peron`
      tab here �[31m peron:x
                     ^^^^^^
    hint: did you mean `person`?

    unknown field `peron`
      東京 の 港 peron:x é́ b
                 ^^^^^^
    hint: did you mean `person`?

    unknown field `peron`
      second peron:x line
             ^^^^^^
    hint: did you mean `person`?

    unknown field `peron`
      …ord word word word word word  peron:x
                                     ^^^^^^
    hint: did you mean `person`?

    unknown field `peron`
      peron:long long long long long long long long long long long long long long …
      ^^^^^^
    hint: did you mean `person`?

    unknown field `peron`
      …ord word word word word word  peron:word word word word word word word word …
                                     ^^^^^^
    hint: did you mean `person`?

    unknown field `zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz…`
      zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz…
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: put it in quotes to search for the word; fields are title, lead, body, person, org, place, about, outlet, by, section, tag, lang, path, url, id, date, words, has
    "#);
}
