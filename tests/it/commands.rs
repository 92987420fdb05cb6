//! The smaller commands: `index`, `count`, `facets`, `show`, `status`, `help`,
//! `completions`.

use crate::harness::Archive;
use crate::newsroom;

/// The report without its seconds.
fn report(archive: &Archive, arguments: &[&str]) -> String {
    let output = archive.run(arguments);
    let lines = output.stdout.lines().filter(|line| !line.starts_with("seconds "));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn index_tells_what_it_did() {
    let archive = newsroom::unindexed();
    archive.write("photo.jpg", "x");
    insta::assert_snapshot!(report(&archive, &["index", "."]), @"
    files    3 added, 1 passed over
    articles 5 (5 read now)
    ");
    insta::assert_snapshot!(report(&archive, &["index", "."]), @"
    files    3 unchanged, 1 passed over
    articles 5
    ");
    archive.write("2024/storm.txt", "Title: Storm ends\n\nCalm.\n");
    std::fs::remove_file(archive.path("2024/notes/greve.md")).unwrap();
    archive.write("new.txt", "New\n\nText.\n");
    archive.write("empty.txt", "");
    insta::assert_snapshot!(report(&archive, &["index"]), @"
    files    1 added, 1 replaced, 1 removed, 1 unchanged, 1 failed, 1 passed over
    articles 5 (2 read now)
    ");
    let output = archive.run(&["index"]).with_code(3);
    insta::assert_snapshot!(output.stderr, @"warning: cannot read `empty.txt`: empty");
}

#[test]
fn index_maps_fields_that_have_other_names() {
    let archive =
        Archive::with(&[("a.json", r#"{"kop": "Storm", "tekst": "Over.", "krant": "Echo"}"#)]);
    let maps = ["index", ".", "--map", "title=kop", "--map", "body=tekst", "--map", "outlet=krant"];
    archive.done(&maps);
    assert_eq!(archive.done(&["count", "title:storm body:over outlet:echo"]).stdout, "1\n");
    archive.run(&["index", ".", "--map", "colour=kop"]).with_code(2);
    archive.run(&["index", ".", "--map", "kop"]).with_code(2);
}

#[test]
fn index_takes_single_files_and_refuses_what_is_not_there() {
    let archive = newsroom::unindexed();
    archive.done(&["index", "wire.jsonl"]);
    assert_eq!(archive.done(&["count"]).stdout, "3\n");
    let output = archive.run(&["index", "nowhere"]).with_code(2);
    assert!(output.stderr.contains("`nowhere`: no such file or folder"), "{}", output.stderr);
    // What is indexed one by one adds up.
    archive.done(&["index", "2024"]);
    assert_eq!(archive.done(&["count"]).stdout, "5\n");
    archive.run(&["index", ".", "--format", "csv"]).with_code(2);
}

#[test]
fn count_is_a_number() {
    let archive = newsroom::indexed();
    assert_eq!(archive.done(&["count", "port"]).stdout, "3\n");
    assert_eq!(archive.done(&["count"]).stdout, "5\n");
    assert_eq!(archive.run(&["count", "zebra"]).with_code(1).stdout, "0\n");
    for format in ["csv", "tsv"] {
        assert_eq!(archive.done(&["count", "port", "--format", format]).stdout, "total\n3\n");
    }
    archive.run(&["count", "("]).with_code(2);
}

#[test]
fn arguments_that_would_be_ignored_are_refused() {
    let archive = newsroom::indexed();
    for (arguments, words) in [
        (&["search", "x", "-c", "--facet", "tag"][..], "`-c` does not go with `--facet`"),
        (&["search", "x", "-c", "--json"], "`-c` does not go with `--format`"),
        (&["search", "x", "-l", "--format", "csv"], "`-l` does not go with `--format`"),
        (&["search", "x", "-l", "--fields", "id"], "`-l` does not go with `--fields`"),
        (&["search", "x", "-l", "--facet", "tag"], "`-l` does not go with `--facet`"),
        (&["search", "x", "--prefix", "a"], "`--prefix` needs `--facet`"),
        (&["search", "x", "--drill", "down"], "`--drill` needs `--facet`"),
        (&["search", "x", "--facet-limit", "3"], "`--facet-limit` needs `--facet`"),
        (
            &["search", "x", "--facet", "tag", "--format", "csv"],
            "`--facet` does not go with `--format csv`; use `newsdex facets`",
        ),
        (&["search", "x", "--fields", "id"], "`--fields` needs `--format` json, jsonl, csv or tsv"),
        (&["show", "x", "--fields", "id"], "`--fields` needs `--format` json, jsonl, csv or tsv"),
    ] {
        let output = archive.run(arguments).with_code(2);
        assert!(output.stderr.starts_with(&format!("error: {words}\n")), "{output:?}");
    }
}

#[test]
fn facets_are_columns_rows_and_sideways() {
    let archive = newsroom::indexed();
    let arguments = ["facets", "outlet:harbour", "--facet", "outlet,person"];
    insta::assert_snapshot!(archive.done(&arguments).stdout, @"
    outlet  3 values; 4 of 5 articles have one, not narrowed by what is selected (*)
     * Harbour Times  2  ████████████████████
       Le Phare       1  ██████████
       Northern Wire  1  ██████████

    person  1 value; 1 of 2 articles has one
       Ann Lee  1  ████████████████████
    ");
    let down = [&arguments[..], &["--drill", "down"]].concat();
    insta::assert_snapshot!(archive.done(&down).stdout, @"
    outlet  1 value in 2 articles
     * Harbour Times  2  ████████████████████

    person  1 value; 1 of 2 articles has one
       Ann Lee  1  ████████████████████
    ");
    let rows = archive.done(&["facets", "--facet", "outlet,date:year", "--format", "csv"]).stdout;
    insta::assert_snapshot!(rows, @"
    field,value,count,selected
    outlet,Harbour Times,2,false
    outlet,Le Phare,1,false
    outlet,Northern Wire,1,false
    date:year,2024,4,false
    ");
    let limited = archive.done(&["facets", "--facet", "outlet", "--facet-limit", "1"]).stdout;
    assert!(limited.starts_with("outlet  1 of 3 values; 4 of 5 articles have one\n"), "{limited}");
    let begun =
        archive.done(&["facets", "--facet", "outlet", "--prefix", "pha", "--format", "tsv"]);
    assert_eq!(begun.stdout, "field\tvalue\tcount\tselected\noutlet\tLe Phare\t1\tfalse\n");
    let none = archive.done(&["facets", "--facet", "outlet", "--prefix", "zz"]).stdout;
    assert_eq!(none, "outlet  no value that fits; 4 of 5 articles have any\n");
    archive.run(&["facets", "zebra"]).with_code(1);
}

#[test]
fn a_selected_value_is_shown_below_the_limit() {
    let archive = newsroom::indexed();
    for (query, facet, value) in [
        ("outlet:wire", "outlet:1", "Northern Wire"),
        ("outlet:\"northern wire\"", "outlet:1", "Northern Wire"),
        ("outlet:pha*", "outlet:1", "Le Phare"),
        ("date:2024-04", "date:month:1", "2024-04"),
    ] {
        let rows = archive.done(&["facets", query, "--facet", facet, "--format", "tsv"]).stdout;
        let values: Vec<_> = rows.lines().skip(1).collect();
        assert_eq!(values.len(), 2, "{rows}");
        assert!(values[0].ends_with("\tfalse"), "{rows}");
        let (name, count) = values[1].rsplit_once('\t').unwrap();
        assert_eq!((name.split('\t').nth(1).unwrap(), count), (value, "true"), "{rows}");
    }
}

#[test]
fn show_prints_whole_articles() {
    let archive = newsroom::indexed();
    let output = archive.done(&["show", "wire.jsonl#2"]);
    let text = output.stdout.lines().filter(|line| !line.starts_with("id ")).collect::<Vec<_>>();
    insta::assert_snapshot!(text.join("\n"), @"
    Port strike ends

    published      2024-04-18T09:30:00+02:00 (from metadata)
    outlet         Harbour Times
    tags           port
    people         Ann Lee
    language       en
    words          16
    path           wire.jsonl#2

    The strikes are over, who knows why, and it is up to us.
    ");
    let id = archive.done(&["search", "fog", "--format", "tsv", "--fields", "id"]).stdout;
    let id = id.lines().nth(1).unwrap();
    for name in [id, &id[..8], "wire.jsonl#3"] {
        assert!(archive.done(&["show", name]).stdout.starts_with("Fog\n"), "{name}");
    }
    let both = archive.run(&["show", "nowhere", "wire.jsonl#3"]).with_code(1);
    assert!(both.stdout.starts_with("Fog\n"), "{both:?}");
    assert_eq!(both.stderr, "error: there is no article `nowhere`\n");
    archive.run(&["show"]).with_code(2);
}

#[test]
fn show_takes_paths_as_other_programs_do() {
    let archive = newsroom::indexed();
    let absolute = archive.path("2024/storm.txt");
    for (folder, path) in [
        ("2024", "storm.txt"),
        ("2024", "./storm.txt"),
        ("2024/notes", "../storm.txt"),
        ("2024/notes", "2024/storm.txt"),
        ("2024", absolute.to_str().unwrap()),
    ] {
        let output = archive.run_in(folder, &["show", path]).with_code(0);
        assert!(output.stdout.starts_with("Storm over the town\n"), "{path}: {output:?}");
    }
    let part = archive.run_in("2024", &["show", "../wire.jsonl#3"]).with_code(0);
    assert!(part.stdout.starts_with("Fog\n"), "{part:?}");
    // A folder is no article.
    archive.run(&["show", "2024"]).with_code(1);
    std::fs::remove_file(&absolute).unwrap();
    archive.run_in("2024", &["show", "storm.txt"]).with_code(0);
}

#[test]
fn show_refuses_digits_that_begin_several_identifiers() {
    // Of seventeen articles two begin with the same digit.
    let archive = Archive::new();
    for number in 0..17 {
        archive.write(&format!("{number}.txt"), "A title\n\nA text.");
    }
    archive.index();
    let rows = archive.done(&["search", "-n", "all", "--format", "csv", "--fields", "id"]).stdout;
    let ids: Vec<_> = rows.lines().skip(1).collect();
    let begun = |digit: &str| ids.iter().filter(|id| id.starts_with(digit)).count();
    let digit = ids.iter().map(|id| &id[..1]).find(|digit| begun(digit) > 1).unwrap();
    let output = archive.run(&["show", digit]).with_code(2);
    let start =
        format!("error: `{digit}` begins the identifiers of {} articles: `{digit}", begun(digit));
    assert!(output.stderr.starts_with(&start), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
}

#[test]
fn status_tells_what_the_index_holds() {
    let archive = newsroom::unindexed();
    archive.write("bad.json", "[");
    archive.run(&["index", ".", "--no-recognition"]).with_code(3);
    let output = archive.done(&["status"]);
    let lines: Vec<_> = output.lines().into_iter().skip(3).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    articles  5
    dates     2024-03-02 to 2024-04-30; 1 without
    files     4; 1 not read, or not wholly (see --failed)
    names     those that files give
    ");
    let failed = archive.done(&["status", "--failed"]).stdout;
    assert!(failed.starts_with("bad.json: "), "{failed}");
    archive.run(&["status", "--format", "csv"]).with_code(2);
}

#[test]
fn help_is_there_for_everything() {
    let archive = Archive::new();
    let reference = archive.done(&["help", "query"]).stdout;
    assert_eq!(reference, include_str!("../../docs/QUERY.md"));
    for command in [
        "index",
        "search",
        "count",
        "facets",
        "collocates",
        "doctor",
        "show",
        "status",
        "annotate",
        "model",
        "help",
        "completions",
    ] {
        let help = archive.done(&["help", command]).stdout;
        assert!(help.contains("Usage: newsdex"), "{help}");
        let short = archive.done(&[command, "--help"]).stdout;
        if !matches!(command, "help" | "completions") {
            assert!(
                short.starts_with("Examples:\n"),
                "{command} --help leads with examples: {short}"
            );
        }
        let overview = archive.done(&["help"]).stdout;
        assert!(overview.contains(&format!("\n  {command}")), "{overview}");
    }
    archive.run(&[]).with_code(2);
    assert!(archive.done(&["--version"]).stdout.starts_with("newsdex "));
}

#[test]
fn completions_know_the_commands() {
    let archive = Archive::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = archive.done(&["completions", shell]).stdout;
        assert!(script.contains("facets") && script.contains("completions"), "{shell}");
    }
    archive.run(&["completions", "csh"]).with_code(2);
}
