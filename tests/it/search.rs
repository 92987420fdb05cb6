//! `newsdex search`: what it prints, in what order, and with which exit code.

use std::io::Read;
use std::process::Stdio;

use crate::harness::{Archive, Output};
use crate::newsroom;
use crate::wire::Answer;

/// The titles of the hits, in their order.
fn titles(archive: &Archive, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["search", "--format", "tsv", "--fields", "title"];
    all.extend(arguments);
    archive.run(&all).lines().iter().skip(1).map(|line| (*line).to_owned()).collect()
}

/// Text whose identifiers are left out, which hang on nothing but the path.
fn told(output: &Output) -> String {
    let is_id = |word: &str| word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let word = |word| if is_id(word) { "<id>" } else { word };
    let lines = output.stdout.lines();
    let lines = lines.map(|line| line.split(' ').map(word).collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn hits_show_what_matched_and_where_it_is_from() {
    let archive = newsroom::indexed();
    let output =
        archive.done(&["search", "strike date:7d", "--facet", "person,outlet:1,date:month"]);
    insta::assert_snapshot!(told(&output), @"
    2 articles match

     1  Port strike ends
        2024-04-18T09:30:00+02:00 · Harbour Times · <id>
        wire.jsonl#2
        The strikes are over, who knows why, and it is up to us.

     2  Dockers strike at the port
        2024-04-14 · Northern Wire · <id>
        wire.jsonl#1
        … The US and the WHO watch the strike.

    person  2 values in 2 articles
       Ann Lee    2  ████████████████████
       Joe Biden  1  ██████████

    outlet  1 of 2 values in 2 articles
       Harbour Times  1  ████████████████████

    date:month  1 value in 2 articles, not narrowed by what is selected (*)
       2024-04  2  ████████████████████
    ");
    assert_eq!(output.stderr, "");
}

#[test]
fn colour_marks_what_matched() {
    let archive = newsroom::indexed();
    let output = archive.done(&["search", "\"port strike\"", "--color", "always"]);
    insta::assert_snapshot!(told(&output).replace('\u{1b}', "ESC"), @"
    1 article matches

     1  ESC[1mESC[0mESC[1;31mPort strikeESC[0mESC[1m endsESC[0m
        ESC[2m2024-04-18T09:30:00+02:00 · Harbour Times · c7eccaae4769ESC[0m
        wire.jsonl#2
        The strikes are over, who knows why, and it is up to us.
    ");
}

#[test]
fn exit_codes_tell_found_from_nothing_from_error() {
    let archive = newsroom::indexed();
    archive.done(&["search", "fog"]);
    assert_eq!(archive.run(&["search", "zebra"]).with_code(1).stdout, "0 articles match\n");
    archive.run(&["search", "zebra:1"]).with_code(2);
    for arguments in [["search", "fog", "-q"], ["search", "fog", "--quiet"]] {
        assert_eq!(archive.done(&arguments).stdout, "");
    }
    assert_eq!(archive.run(&["search", "zebra", "-q"]).with_code(1).stdout, "");
    assert_eq!(archive.done(&["search", "port", "-c"]).stdout, "3\n");
    assert_eq!(archive.run(&["search", "zebra", "-c"]).with_code(1).stdout, "0\n");
}

#[test]
fn inflections_are_found_and_phrases_are_exact() {
    let archive = newsroom::indexed();
    for (query, count) in [
        ("strike", 2),
        ("strikes", 2),
        ("\"strikes\"", 1),
        ("\"port strike\"", 1),
        ("greve", 1),
        ("title:grève", 1),
        ("who", 2),
        ("WHO", 1),
        ("us", 2),
        ("US", 1),
        ("", 5),
        ("*", 5),
        ("-strike", 3),
        ("person:lee -person:biden", 1),
        ("person:\"ann lee\"", 2),
        ("has:date", 4),
        ("dock* OR fog", 2),
        ("url:example.org", 1),
        ("path:2024", 2),
        ("date:last-month", 1),
    ] {
        let output = archive.run(&["count", query]);
        assert_eq!(output.stdout, format!("{count}\n"), "{query} {}", output.stderr);
    }
}

#[test]
fn a_refused_range_joined_with_others_is_answered() {
    let archive = newsroom::indexed();
    assert_eq!(archive.done(&["count", "-(date:2024-04-01..2024-04-15 words>3)"]).stdout, "4\n");
    assert_eq!(archive.done(&["count", "port -date:2024-04-10..2024-04-30"]).stdout, "1\n");
}

#[test]
fn abbreviations_and_thousands_in_addresses_are_found() {
    let line = r#"{"title": "Jobs", "text": "x", "url": "https://u.k.example/1,200-jobs"}"#;
    let archive = Archive::with(&[("a.jsonl", line)]);
    archive.index();
    for query in ["url:u.k.example", "url:1,200", "url:1200-jobs"] {
        assert_eq!(archive.run(&["count", query]).stdout, "1\n", "{query}");
    }
}

#[test]
fn hits_are_sorted_as_asked() {
    let archive = newsroom::indexed();
    let newest = [
        "Port strike ends",
        "Dockers strike at the port",
        "Grève au port",
        "Storm over the town",
        "Fog",
    ];
    assert_eq!(titles(&archive, &["--sort", "date"]), newest);
    let oldest = [
        "Storm over the town",
        "Grève au port",
        "Dockers strike at the port",
        "Port strike ends",
        "Fog",
    ];
    assert_eq!(titles(&archive, &["--sort", "date:asc"]), oldest);
    assert_eq!(titles(&archive, &["--sort", "words", "-n", "1"]), ["Dockers strike at the port"]);
    assert_eq!(titles(&archive, &["--sort", "words:asc", "-n", "1"]), ["Fog"]);
    for wrong in ["dat", "date:up", ""] {
        archive.run(&["search", "fog", "--sort", wrong]).with_code(2);
    }
}

#[test]
fn pages_follow_one_another() {
    let archive = Archive::new();
    for number in 0..23 {
        archive.write(&format!("{number}.txt"), format!("Note {number}\n\nWord number {number}."));
    }
    archive.index();
    let all = titles(&archive, &["word", "-n", "all"]);
    assert_eq!(all.len(), 23);
    assert_eq!(titles(&archive, &["word"]), all[..10]);
    assert_eq!(titles(&archive, &["word", "--offset", "10"]), all[10..20]);
    assert_eq!(titles(&archive, &["word", "--offset", "20"]), all[20..]);
    assert_eq!(titles(&archive, &["word", "-n", "3", "--offset", "22"]), all[22..]);
    assert!(titles(&archive, &["word", "--offset", "23"]).is_empty());
    let text = archive.done(&["search", "word", "-n", "2", "--offset", "10"]).stdout;
    assert!(text.starts_with("23 articles match\n") && text.contains("\n11  Note"), "{text}");
    let answer: Answer = archive.done(&["search", "word", "-n", "0", "--json"]).json();
    assert_eq!((answer.total, answer.hits.len()), (23, 0));
    assert_eq!(archive.done(&["search", "word", "-l"]).lines().len(), 23);
}

#[test]
fn rows_have_the_fields_that_were_asked_for() {
    let archive = newsroom::indexed();
    let arguments = ["search", "dockers", "--fields", "title,people,words,url", "--format", "csv"];
    insta::assert_snapshot!(archive.done(&arguments).stdout, @"
    title,people,words,url
    Dockers strike at the port,Ann Lee; Joe Biden,18,https://example.org/strike
    ");
    let arguments = ["search", "fog", "--fields", "date_text,body", "--format", "tsv"];
    assert_eq!(archive.done(&arguments).stdout, "date_text\tbody\nsoon\tFog closed the bridge.\n");
    let header = archive.run(&["search", "zebra", "--format", "csv"]).with_code(1).stdout;
    assert_eq!(header, "id,published,outlet,title,authors,section,lang,words,path,url\n");
    let json =
        archive.done(&["search", "fog", "--fields", "title,lead", "--format", "jsonl"]).stdout;
    assert_eq!(json, "{\"version\":1,\"title\":\"Fog\",\"lead\":\"Fog closed the bridge.\"}\n");
}

#[test]
fn paths_are_for_scripts() {
    let archive = newsroom::indexed();
    let output = archive.done(&["search", "port", "-l", "--sort", "date"]);
    assert_eq!(output.lines(), ["wire.jsonl", "2024/notes/greve.md"]);
    let output = archive.done(&["search", "port", "-l", "-0", "--sort", "date"]);
    assert_eq!(output.stdout, "wire.jsonl\0".to_owned() + "2024/notes/greve.md\0");
    archive.run(&["search", "port", "-0"]).with_code(2);
    archive.run(&["search", "port", "-l", "-c"]).with_code(2);
}

#[test]
fn slips_are_answered_with_what_was_meant() {
    let archive = newsroom::indexed();
    for (arguments, meant) in [
        (&["search", "peron:biden"][..], "did you mean `person`?"),
        (&["search", "author:biden"], "did you mean `by`?"),
        (&["search", "x", "--facet", "persn"], "did you mean `person`?"),
        (&["facets", "--facet", "tags"], "did you mean `tag`?"),
        (&["search", "x", "--fields", "id,titel"], "did you mean `title`?"),
        (&["show", "x", "--fields", "bodi"], "did you mean `body`?"),
        (&["search", "x", "--limt", "3"], "'--limit'"),
        (&["serch", "x"], "'search'"),
        (&["help", "serch"], "did you mean `search`?"),
        (&["search", "x", "--format", "jsn"], "'json'"),
    ] {
        let output = archive.run(arguments).with_code(2);
        assert!(output.stderr.contains(meant), "{arguments:?}: {}", output.stderr);
        assert_eq!(output.stdout, "");
    }
}

#[test]
fn query_errors_point_at_the_place() {
    let archive = newsroom::indexed();
    let told = |query| archive.run(&["search", query]).with_code(2).stderr;
    insta::assert_snapshot!(told("iran peron:biden"), @"
    error: unknown field `peron`
      iran peron:biden
           ^^^^^^
    hint: did you mean `person`?
    hint: `newsdex help query` explains the query language
    ");
    insta::assert_snapshot!(told("(strike OR"), @r#"
    error: `OR` has nothing after it
      (strike OR
              ^^
    hint: to search for the word, put it in quotes: `"OR"`
    hint: `newsdex help query` explains the query language
    "#);
    insta::assert_snapshot!(told("date:03/04/2024"), @"
    error: `03/04/2024` can be read as two dates
      date:03/04/2024
           ^^^^^^^^^^
    hint: write `2024-04-03` or `2024-03-04`
    hint: `newsdex help query` explains the query language
    ");
    insta::assert_snapshot!(told("strike near/0 port"), @"
    error: `near/0` counts to nothing
      strike near/0 port
             ^^^^^^
    hint: write 1 or more, as in `near/5`
    hint: `newsdex help query` explains the query language
    ");
}

#[test]
fn a_pattern_is_complete_or_refused() {
    let archive = newsroom::indexed();
    archive.done(&["search", "*o*"]);
    let output = archive.run(&["search", "*o*", "--pattern-limit", "3"]).with_code(2);
    insta::assert_snapshot!(output.stderr, @"
    error: `*o*` takes in 17 different words; the limit is 3
    hint: give more letters
    hint: or raise the limit with `--pattern-limit 17`
    ");
    assert_eq!(output.stdout, "");
}

#[test]
fn long_stretches_without_a_space_are_cut() {
    let archive = Archive::new();
    let (title, outlet, word) = ("t".repeat(900), "o".repeat(900), "w".repeat(900));
    let text = format!("Title: {title}\nOutlet: {outlet}\n\nFog {word} ends.\n");
    archive.write("1.txt", text);
    archive.index();
    let output = archive.done(&["search", "fog"]).stdout;
    let longest = output.lines().map(|line| line.chars().count()).max().unwrap();
    assert!((600..700).contains(&longest), "{output}");
    assert!(output.lines().all(|line| line.matches('t').count() <= 301), "{output}");
    let answer: Answer = archive.done(&["search", "fog", "--json"]).json();
    assert_eq!(answer.hits[0].title, title, "programs get it whole");
}

#[test]
fn a_lower_case_or_is_told_of() {
    let archive = newsroom::indexed();
    let hint = "hint: `or` is a word like any other; `OR` in capitals finds either\n";
    for (query, told) in
        [("fog or storm", hint), ("\"fog or storm\"", ""), ("fog OR storm", ""), ("or fog", "")]
    {
        assert_eq!(archive.run(&["search", query]).stderr, told, "{query}");
    }
    assert_eq!(archive.run(&["search", "fog or storm", "--json"]).stderr, "");
}

#[test]
fn capitals_between_quotes_are_a_word_unless_beside_others() {
    let archive = Archive::with(&[
        ("1.txt", "Fire or flood\n\nNobody knows; the Covid-19 wards tell us."),
        ("2.txt", "Envoy returns\n\nThe US envoy left."),
    ]);
    archive.index();
    for (query, found) in [
        (r#""OR""#, 1),
        (r#""FIRE OR FLOOD""#, 1),
        (r#""tell US""#, 0),
        (r#""the US envoy""#, 1),
        (r#""US""#, 2),
        ("US", 1),
        ("COVID-19", 1),
    ] {
        let count = archive.run(&["count", query]).stdout;
        assert_eq!(count, format!("{found}\n"), "{query}");
    }
}

#[test]
fn an_acronym_that_finds_nothing_gets_a_hint() {
    let archive = newsroom::indexed();
    let output = archive.run(&["search", "OPEC"]).with_code(1);
    assert_eq!(
        output.stderr,
        "hint: `OPEC` in capitals finds only the acronym; `opec` finds the word too\n"
    );
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let archive = Archive::new();
    // More than any pipe holds.
    let line = format!("{{\"title\": \"Note\", \"text\": \"{}\"}}\n", "word ".repeat(200));
    archive.write("a.jsonl", line.repeat(500));
    archive.index();
    for format in ["text", "json", "jsonl", "csv"] {
        let arguments = ["search", "word", "-n", "all", "--format", format];
        let mut arguments = arguments.to_vec();
        if format != "text" {
            arguments.extend(["--fields", "body"]);
        }
        let mut command = archive.command(&arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""), "{format}");
    }
}

#[test]
fn nothing_of_an_article_controls_the_terminal() {
    let evil = "Red\u{1b}[31m \u{9b}2J \u{202e}desrever\u{2066} \u{7}bell";
    let record = serde_json::json!({
        "title": evil, "text": format!("{evil} alert\r\nnext"), "source": evil, "people": [evil],
        "authors": [evil], "tags": [evil], "section": evil, "date": evil,
        "url": format!("https://example.org/{evil}"),
    });
    let archive = Archive::with(&[("a.jsonl", format!("{record}\n{{\"title\": \"\u{202e}cut"))]);
    #[cfg(unix)]
    archive.write("\u{1b}[1m\u{202e}.txt", "Red alert\n\nText.");
    archive.run(&["index", "."]).with_code(3);
    for arguments in [
        &["search", "red", "--facet", "person,outlet,tag,by"][..],
        &["search", "red", "--json", "--facet", "person,outlet,tag,by"],
        &["search", "red", "--format", "jsonl"],
        &["search", "red", "--color", "never", "--hyperlinks", "never"],
        &["facets"],
        &["facets", "--json"],
        &["show", "a.jsonl"],
        &["show", "a.jsonl", "--json"],
        &["status", "--failed"],
        &["status", "--json"],
        &["index", "."],
        &["search", "\u{1b}[31m:x"],
        &["search", "\u{202e}:x"],
        &["show", "\u{1b}\u{202e}"],
        &["search", "x", "--index", "\u{1b}\u{202e}"],
    ] {
        let output = archive.run(arguments);
        for (stream, text) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            let is_raw = |letter: char| {
                (letter.is_control() && letter != '\n')
                    || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            let raw = text.find(is_raw);
            assert_eq!(raw, None, "{arguments:?} {stream}: {text:?}");
        }
    }
}

#[test]
fn names_with_marks_are_found_and_selected_by_their_words() {
    let line = r#"{"title": "Port", "text": "x", "people": ["Cy O'Brien", "J. R. Okafor"]}"#;
    let archive = Archive::with(&[("a.jsonl", line)]);
    archive.index();
    for (query, selected) in [
        ("person:o'brien", "Cy O'Brien"),
        ("person:Cy-O'Brien", "Cy O'Brien"),
        ("person:o'b*", "Cy O'Brien"),
        ("person:\"cy o’brien\"", "Cy O'Brien"),
        ("person:\"J.R. Okafor\"", "J. R. Okafor"),
        ("person:okafor", "J. R. Okafor"),
    ] {
        let answer: Answer = archive.done(&["search", query, "--facet", "person", "--json"]).json();
        let values = answer.facets[0].values.iter().filter(|value| value.selected);
        let values: Vec<_> = values.map(|value| value.value.as_str()).collect();
        assert_eq!(values, [selected], "{query}");
    }
    let begun = ["facets", "--facet", "person", "--format", "tsv", "--prefix", "o'b"];
    assert!(archive.done(&begun).stdout.ends_with("Cy O'Brien\t1\tfalse\n"));
}
