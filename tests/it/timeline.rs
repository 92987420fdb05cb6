//! `timeline`: rows for people and for scripts, plots, time zones, errors.

use std::fs;

use serde::Deserialize;

use crate::harness::Archive;
use crate::newsroom;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Timeline {
    version: u32,
    revision: String,
    query: String,
    per: String,
    time_zone: Option<String>,
    first_day: Option<String>,
    last_day: Option<String>,
    series: Vec<Series>,
    others: Option<Others>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Series {
    series: String,
    query: String,
    articles: u64,
    undated: u64,
    spanning: u64,
    share_of: Option<Base>,
    periods: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Base {
    query: String,
    articles: u64,
    undated: u64,
    spanning: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Others {
    field: String,
    values: u64,
    articles: u64,
    without: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// In JSON Lines only.
    version: Option<u32>,
    /// In JSON Lines only.
    series: Option<String>,
    period: String,
    first_day: String,
    last_day: String,
    count: u64,
    total: Option<u64>,
    share: Option<f64>,
}

#[test]
fn rows_are_bars_for_people() {
    let archive = newsroom::indexed();
    insta::assert_snapshot!(archive.done(&["timeline", "--per", "month"]).stdout, @"
    all articles  5 articles by month; 1 without a date

    2024-03  1  ████████████████████
    2024-04  3  ████████████████████████████████████████████████████████████
    ");
    insta::assert_snapshot!(archive.done(&["timeline", "port", "--share", "--per", "month"]).stdout, @"
    port  3 articles by month, of 5 articles

             articles  of   share
    2024-04         3   3  100.0%  ████████████████████████████████████████████████
    ");
    let by = ["timeline", "--by", "outlet", "--by-limit", "2", "--per", "month"];
    insta::assert_snapshot!(archive.done(&by).stdout, @"
    Harbour Times  2 articles by month; 1 without a date
    Le Phare       1 article by month
    1 other value of outlet, 1 article with none of those shown; 1 article without outlet

             Harbour Times                       Le Phare
    2024-04  1  ███████████████████████████████  1  ███████████████████████████████
    ");
    // The shortest period that makes no more than sixty rows.
    assert_eq!(archive.done(&["timeline"]).lines().len(), 2 + 48);
}

#[test]
fn a_field_without_values_is_told_of() {
    let archive = newsroom::indexed();
    let output = archive.done(&["timeline", "storm", "--by", "tag"]);
    assert_eq!(output.stdout, "no value of tag; 1 article without tag\n");
    let nothing = archive.run(&["timeline", "zebra", "--by", "tag"]).with_code(1);
    assert_eq!(nothing.stdout, "no value of tag\n");
}

#[test]
fn colours_only_where_wanted() {
    let archive = newsroom::indexed();
    let arguments = ["timeline", "port", "--per", "month"];
    assert!(!archive.done(&arguments).stdout.contains('\u{1b}'));
    let coloured = archive.done(&[&arguments[..], &["--color", "always"]].concat()).stdout;
    assert!(coloured.contains("\u{1b}[36m█"), "{coloured}");
}

#[test]
fn rows_are_cells_for_scripts() {
    let archive = newsroom::indexed();
    let arguments = ["timeline", "port", "--per", "week", "--format"];
    let output = archive.done(&[&arguments[..], &["csv"]].concat());
    insta::assert_snapshot!(output.stdout, @r"
    series,period,first_day,last_day,count,total,share
    port,2024-W15,2024-04-08,2024-04-14,1,,
    port,2024-W16,2024-04-15,2024-04-21,1,,
    ");
    let note = "note: in no row: 1 article with a date that spans several weeks\n";
    assert_eq!(output.stderr, note);
    let share = ["timeline", "port lang:en", "--per", "month", "--share", "--format", "tsv"];
    insta::assert_snapshot!(archive.done(&share).stdout, @r"
    series	period	first_day	last_day	count	total	share
    port lang:en	2024-04	2024-04-01	2024-04-30	2	2	100.0
    ");
    let rows: Vec<Row> = archive.done(&[&arguments[..], &["jsonl"]].concat()).json_lines();
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].version, rows[0].series.as_deref()), (Some(1), Some("port")));
    assert_eq!((rows[1].count, rows[1].total, rows[1].share), (1, None, None));
}

#[test]
fn the_json_says_all() {
    let archive = newsroom::indexed();
    let arguments =
        ["timeline", "port lang:en", "--compare", "storm", "--share", "--per", "month", "--json"];
    let found: Timeline = archive.done(&arguments).json();
    assert_eq!(found.revision.len(), 16);
    assert_eq!(
        (found.version, found.query.as_str(), found.per.as_str()),
        (1, "port lang:en", "month")
    );
    assert_eq!((found.time_zone, found.others.is_none()), (None, true));
    assert_eq!(found.first_day.as_deref(), Some("2024-03-02"));
    assert_eq!(found.last_day.as_deref(), Some("2024-04-18"));
    let [port, storm] = &found.series[..] else { panic!("{:?}", found.series) };
    assert_eq!((port.series.as_str(), port.query.as_str()), ("port lang:en", "port lang:en"));
    assert_eq!((port.articles, port.undated, port.spanning), (2, 0, 0));
    let base = port.share_of.as_ref().unwrap();
    // The filters alone; those of the first are not added to the second.
    assert_eq!((base.query.as_str(), base.articles, base.undated), ("lang:en", 4, 1));
    let base = storm.share_of.as_ref().unwrap();
    assert_eq!((base.query.as_str(), base.articles, base.spanning), ("*", 5, 0));
    let rows: Vec<_> = storm
        .periods
        .iter()
        .map(|row| (row.period.as_str(), row.count, row.total, row.share))
        .collect();
    assert_eq!(rows, [("2024-03", 1, Some(1), Some(100.0)), ("2024-04", 0, Some(3), Some(0.0))]);
    assert_eq!(storm.periods[0].first_day, "2024-03-01");
    assert_eq!(storm.periods[0].last_day, "2024-03-31");
    let by = ["timeline", "--by", "outlet", "--by-limit", "1", "--json", "--per", "year"];
    let found: Timeline = archive.done(&by).json();
    let others = found.others.unwrap();
    assert_eq!(others.field, "outlet");
    assert_eq!((others.values, others.articles, others.without), (2, 2, 1));
    let series = &found.series[0];
    assert_eq!((series.series.as_str(), series.articles, series.undated), ("Harbour Times", 2, 1));
    // It is a query that finds them.
    assert_eq!(archive.done(&["count", &series.query]).stdout, "2\n");
}

#[test]
fn a_time_zone_moves_instants_and_no_days() {
    let articles = concat!(
        r#"{"title": "a", "text": "x", "date": "2024-04-19T01:30:00+09:00"}"#,
        "\n",
        r#"{"title": "b", "text": "x", "date": "2024-04-19T01:30:00"}"#,
        "\n",
        r#"{"title": "c", "text": "x", "date": "2024-04-19"}"#,
        "\n",
    );
    let archive = Archive::with(&[("a.jsonl", articles)]);
    archive.index();
    let arguments = ["timeline", "x", "--per", "day", "--json"];
    let counts = |more: &[&str]| -> Vec<(String, u64)> {
        let found: Timeline = archive.done(&[&arguments[..], more].concat()).json();
        assert_eq!(found.time_zone.is_some(), !more.is_empty());
        found.series[0].periods.iter().map(|row| (row.period.clone(), row.count)).collect()
    };
    assert_eq!(counts(&[]), [("2024-04-19".to_owned(), 3)]);
    let moved = [("2024-04-18".to_owned(), 1), ("2024-04-19".to_owned(), 2)];
    assert_eq!(counts(&["--tz", "UTC"]), moved);
}

#[test]
fn a_plot_is_written_whole_and_replaces_plots_only() {
    let archive = newsroom::indexed();
    archive.done(&["timeline", "port", "--svg", "port.svg"]);
    let plot = fs::read_to_string(archive.path("port.svg")).unwrap();
    assert!(plot.starts_with("<?xml") && plot.ends_with("</svg>\n"), "{plot}");
    archive.done(&["timeline", "port", "--svg", "port.svg"]);
    assert_eq!(fs::read_to_string(archive.path("port.svg")).unwrap(), plot);
    let refused = archive.run(&["timeline", "port", "--svg", "wire.jsonl"]).with_code(2);
    assert!(refused.stderr.starts_with("error: `wire.jsonl` is there already\n"), "{refused:?}");
    assert_eq!(fs::read_to_string(archive.path("wire.jsonl")).unwrap(), newsroom::WIRE);
    let nothing = archive.run(&["timeline", "zebra", "--svg", "zebra.svg"]).with_code(1);
    assert_eq!(nothing.stdout, "zebra  no articles\n");
    assert_eq!(nothing.stderr, "warning: no plot is written: it would be empty\n");
    assert!(!archive.path("zebra.svg").try_exists().unwrap());
}

#[test]
fn a_folder_holds_for_every_series() {
    let archive = newsroom::unindexed();
    let found: Timeline = archive
        .run(&["timeline", "storm", "2024", "--compare", "port", "--no-recognition", "--json"])
        .with_code(0)
        .json();
    let counts: Vec<_> =
        found.series.iter().map(|series| (series.series.as_str(), series.articles)).collect();
    assert_eq!(counts, [("storm", 1), ("port", 1)]);
}

#[test]
fn slips_are_answered_with_what_was_meant() {
    let archive = newsroom::indexed();
    for (arguments, words) in [
        (&["--per", "mont"][..], "there is no such period; did you mean `month`?"),
        (&["--per", "weekly"], "did you mean `week`?"),
        (&["--by", "outlets"], "there is no such field; did you mean `outlet`?"),
        (&["--by", "outlet", "--compare", "x"], "cannot be used with"),
        (&["--by", "outlet", "--by-limit", "0"], "expected a number from 1"),
        (&["--by-limit", "3"], "--by <FIELD>"),
        (&["--tz", "Nowhere/Nothing"], "`--tz Nowhere/Nothing`: there is no such time zone"),
        (&["--compare", "("], "error: "),
        (&["--svg", "."], "cannot write `.`"),
    ] {
        let output = archive.run(&[&["timeline", "port"], arguments].concat()).with_code(2);
        assert!(output.stderr.contains(words), "{arguments:?}: {output:?}");
    }
    let ages = Archive::with(&[
        ("a.txt", "Title: a\nDate: 1525-02-24\n\nBattle.\n"),
        ("b.txt", "Title: b\nDate: 2024-04-14\n\nCalm.\n"),
    ]);
    ages.index();
    let output = ages.run(&["timeline", "--per", "day", "--compare", "*"]).with_code(2);
    assert!(output.stderr.contains("rows by day is too long") && output.stderr.contains("--per"));
    let filters = archive.done(&["timeline", "lang:en", "--share"]);
    assert!(filters.stderr.starts_with("hint: every share is 100 %"), "{filters:?}");
}
