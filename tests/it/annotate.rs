//! `newsdex annotate`: mentions with offsets that point at them.

use std::io::Write;
use std::process::Stdio;

use serde::Deserialize;

use crate::harness::{Archive, Output};
use crate::newsroom;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Annotated {
    file: String,
    part: Option<String>,
    title: Option<String>,
    body: Option<String>,
    entities: Vec<Mention>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mention {
    kind: String,
    name: String,
    text: String,
    #[serde(rename = "in")]
    part: Option<String>,
    start: usize,
    end: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    articles: Vec<Annotated>,
}

/// A sentence whose names every model of English news knows.
const SENTENCE: &str = "Benjamin Netanyahu met Joe Biden in Washington.";

/// Kind and text of each mention.
fn found(annotated: &Annotated) -> Vec<(&str, &str)> {
    annotated.entities.iter().map(|found| (&*found.kind, &*found.text)).collect()
}

const EXPECTED: [(&str, &str); 3] =
    [("person", "Benjamin Netanyahu"), ("person", "Joe Biden"), ("place", "Washington")];

#[test]
fn plain_files_are_objects_with_offsets_into_the_file() {
    let archive = Archive::with(&[("a.txt", SENTENCE)]);
    let output = archive.done(&["annotate", "a.txt", "--plain"]);
    assert!(output.stdout.starts_with(r#"{"file":"a.txt","entities":[{"kind":"person","name":"#));
    let annotated: Vec<Annotated> = output.json_lines();
    let [annotated] = &annotated[..] else { panic!("{annotated:?}") };
    assert_eq!(found(annotated), EXPECTED);
    let first = &annotated.entities[0];
    assert_eq!((&*first.name, first.start, first.end), ("Benjamin Netanyahu", 0, 18));
}

#[test]
fn offsets_are_right_whatever_the_bytes_before() {
    let archive = Archive::new();
    for (name, before, after) in [
        ("crlf.txt", "Title: no header\r\n\r\n", "\r\nMore.\r\n"),
        ("mark.txt", "\u{feff}", ""),
        ("wide.txt", "Früh – “morgens” 東京 🙂\n---\n# ", "\0\n"),
        ("date.txt", "date 2024-04-14\n", ""),
        ("page.html", "<html><p>&amp; ", "</p>"),
        ("data.json", "{\"title\": \"", "\"}"),
    ] {
        let text = format!("{before}{SENTENCE}{after}");
        archive.write(name, &text);
        let output = archive.done(&["annotate", "--plain", name]);
        let annotated: Vec<Annotated> = output.json_lines();
        assert_eq!(annotated.len(), 1, "{name}");
        for mention in &annotated[0].entities {
            assert_eq!(&text[mention.start..mention.end], mention.text, "{name}");
            assert_eq!(mention.part, None);
        }
        for expected in EXPECTED {
            assert!(found(&annotated[0]).contains(&expected), "{name}: {expected:?}");
        }
    }
}

#[test]
fn plain_texts_that_are_not_utf_8_are_reported() {
    let archive = Archive::with(&[("a.txt", SENTENCE.as_bytes()), ("b.txt", b"caf\xe9")]);
    archive.write("c.txt", "");
    let output = archive.run(&["annotate", "a.txt", "b.txt", "gone.txt", "c.txt", "--plain"]);
    let output = output.with_code(3);
    let files: Vec<Annotated> = output.json_lines();
    assert_eq!(files.iter().map(|file| &*file.file).collect::<Vec<_>>(), ["a.txt", "c.txt"]);
    insta::assert_snapshot!(output.stderr, @"
    warning: cannot read `b.txt`: not UTF-8 at byte 3, so offsets would not be into it
    warning: cannot read `gone.txt`: no such file or folder
    ");
}

#[test]
fn articles_say_which_text_they_point_into() {
    let archive = newsroom::unindexed();
    archive.write("net.json", format!(r#"{{"title": "{SENTENCE}", "text": "{SENTENCE}"}}"#));
    let output = archive.done(&["annotate", ".", "--texts"]);
    let articles: Vec<Annotated> = output.json_lines();
    let files: Vec<_> = articles
        .iter()
        .map(|article| (article.file.as_str(), article.part.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        files,
        [
            ("./2024/notes/greve.md", ""),
            ("./2024/storm.txt", ""),
            ("./net.json", ""),
            ("./wire.jsonl", "1"),
            ("./wire.jsonl", "2"),
            ("./wire.jsonl", "3"),
        ]
    );
    for article in &articles {
        let texts = [article.title.as_deref().unwrap(), article.body.as_deref().unwrap()];
        for mention in &article.entities {
            let text = texts[usize::from(mention.part.as_deref() == Some("body"))];
            assert_eq!(&text[mention.start..mention.end], mention.text);
        }
    }
    let parts: Vec<_> = articles[2].entities.iter().map(|found| found.part.as_deref()).collect();
    assert_eq!(parts, [[Some("title"); 3], [Some("body"); 3]].concat());
    assert_eq!(found(&articles[2]), [EXPECTED, EXPECTED].concat());
}

#[test]
fn other_forms_hold_the_same() {
    let archive = Archive::with(&[("a.txt", SENTENCE), ("b.txt", "Nothing happened.\n")]);
    let rows = archive.done(&["annotate", "--plain", "a.txt", "--format", "csv"]).stdout;
    insta::assert_snapshot!(rows, @"
    file,part,in,kind,name,text,start,end
    a.txt,,,person,Benjamin Netanyahu,Benjamin Netanyahu,0,18
    a.txt,,,person,Joe Biden,Joe Biden,23,32
    a.txt,,,place,Washington,Washington,36,46
    ");
    let text = archive.done(&["annotate", "--plain", "a.txt", "b.txt", "--format", "text"]).stdout;
    insta::assert_snapshot!(text, @"
    a.txt
      person  Benjamin Netanyahu  1
      person  Joe Biden  1
      place   Washington  1
    b.txt
    ");
    for files in [&["a.txt", "b.txt"][..], &["a.txt"]] {
        let arguments = [&["annotate", "--plain", "--json"], files].concat();
        let document: Document = archive.done(&arguments).json();
        assert_eq!((document.version, document.articles.len()), (1, files.len()));
    }
    let output = archive.run(&["annotate", "gone", "--json"]).with_code(3);
    assert!(output.json::<Document>().articles.is_empty());
    archive.run(&["annotate"]).with_code(2);
    archive.run(&["annotate", "a.txt", "--texts", "--format", "csv"]).with_code(2);
}

#[test]
fn standard_input_is_plain_text_where_that_is_said() {
    let archive = Archive::new();
    let mut child = archive
        .command(&["annotate", "-", "--plain"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(SENTENCE.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let annotated: Annotated = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&*annotated.file, found(&annotated)), ("-", EXPECTED.to_vec()));
}

#[test]
fn the_order_is_that_of_the_files_with_any_number_of_threads() {
    let archive = Archive::new();
    for number in 0..40 {
        // Some far longer than others.
        let text = format!("{SENTENCE} ").repeat(1 + (number % 7) * 60);
        archive.write(&format!("{number:02}.txt"), text);
    }
    let with_threads = |threads| archive.done(&["annotate", ".", "--threads", threads]).stdout;
    let one = with_threads("1");
    assert_eq!(one.lines().count(), 40);
    assert_eq!(with_threads("3"), one);
}

#[test]
fn a_reader_that_goes_ends_it() {
    let archive = Archive::new();
    archive.write("a.txt", format!("{SENTENCE}\n").repeat(20_000));
    archive.write("b.txt", format!("{SENTENCE}\n").repeat(20));
    let mut child = archive
        .command(&["annotate", "b.txt", "a.txt", "--plain"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn other_languages_keep_the_names_that_are_known() {
    let archive = Archive::with(&[(
        "a.json",
        r#"{"title": "Streik im Hafen", "text": "Am Montag sprach Klaus Brandt mit Joe Biden.", "people": ["Klaus Brandt"], "language": "de"}"#,
    )]);
    let articles: Vec<Annotated> = archive.done(&["annotate", "a.json"]).json_lines();
    assert_eq!(found(&articles[0]), [("person", "Klaus Brandt")]);
    let none: Vec<Annotated> =
        archive.done(&["annotate", "a.json", "--no-recognition"]).json_lines();
    assert!(none[0].entities.is_empty());
}

#[test]
fn hostile_files_are_annotated_too() {
    let archive = Archive::with(&[
        ("capitals.txt", "ANN OKAFOR ".repeat(3_000)),
        ("endless.txt", "x".repeat(1_000_000)),
        ("words.txt", "and then ".repeat(200_000)),
        ("controls.txt", "\u{1b}[2J \u{202e}Joe Biden\u{1b}]0;x\u{7}".to_owned()),
        ("script.txt", "नमस्ते 東京 Αθήνα العربية ".repeat(5_000)),
    ]);
    let output = archive.done(&["annotate", ".", "--plain"]);
    assert!(!output.stdout.contains(['\u{1b}', '\u{202e}']));
    assert_eq!(output.json_lines::<Annotated>().len(), 5);
}

#[test]
fn models_that_are_none_are_refused() {
    let archive = Archive::with(&[("a.txt", SENTENCE)]);
    let output: Output = archive.run(&["annotate", "a.txt", "--model", "a.txt"]).with_code(2);
    insta::assert_snapshot!(output.stderr, @"
    error: cannot use the model `a.txt`: this is not a newsdex model
    hint: `newsdex model train` makes models
    ");
    assert!(output.stdout.is_empty());
    let output = archive.run(&["annotate", "a.txt", "--model", "gone"]).with_code(2);
    assert_eq!(output.stderr, "error: cannot use the model `gone`: no such file or folder\n");
}
