//! `newsdex model`: a model trained on a few sentences finds their names, and
//! what cannot be a model is refused.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::harness::Archive;

const PEOPLE: [&str; 5] =
    ["Ann Okafor", "Klaus Brandt", "Elena Marchetti", "Priya Nair", "Tomas Ruiz"];
const ORGANIZATIONS: [&str; 5] =
    ["Harbour Board", "Civic Union", "Northern Wire", "Varne Bank", "Ferry Council"];
const PLACES: [&str; 5] = ["Kestrel Bay", "Dunmere", "Gullhaven", "Orrinford", "Saltmarsh"];

/// Capitals stand for names.
const SENTENCES: [&str; 3] = [
    "P of the O spoke in L on Monday .",
    "The O has moved to L , said P .",
    "In L , P met the O again .",
];

/// A file of labelled sentences, three to an article.
fn labelled_sentences(count: usize) -> String {
    let mut text = String::new();
    for number in 0..count {
        if number % 3 == 0 {
            text.push_str("-DOCSTART-\tO\n\n");
        }
        for word in SENTENCES[number % 3].split(' ') {
            let (name, kind) = match word {
                "P" => (PEOPLE[number % 5], "PER"),
                "O" => (ORGANIZATIONS[number / 3 % 5], "ORG"),
                "L" => (PLACES[(number * 2 + number / 5) % 5], "LOC"),
                _ => {
                    text.push_str(&format!("{word}\tO\n"));
                    continue;
                }
            };
            for (place, part) in name.split(' ').enumerate() {
                text.push_str(&format!("{part}\t{}-{kind}\n", if place == 0 { "B" } else { "I" }));
            }
        }
        text.push('\n');
    }
    text
}

const TRAIN: [&str; 9] =
    ["model", "train", "train.tsv", "-o", "my.model", "--epochs", "60", "--least-count", "1"];

fn trained() -> Archive {
    let archive = Archive::with(&[("train.tsv", labelled_sentences(45))]);
    archive.done(&TRAIN);
    archive
}

/// The model that is part of the program.
fn embedded() -> Vec<u8> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read(top.join("src/annotate/recogniser/english.model")).unwrap()
}

#[test]
fn a_model_learns_its_sentences_and_labels_them() {
    let archive = trained();
    let eval = archive.done(&["model", "eval", "train.tsv", "--model", "my.model", "--json"]);
    let eval: Value = eval.json();
    let scores = &eval["files"][0]["scores"];
    assert!(scores["entities"]["f1"].as_f64().unwrap() > 80.0, "{eval}");
    assert_eq!(scores["entities"]["marked"], 135);
    assert_eq!(eval["files"][0]["words"], 534);
    // What it labels agrees with what was measured.
    let tagged = archive.done(&["model", "tag", "train.tsv", "--model", "my.model"]).stdout;
    let given = labelled_sentences(45);
    assert_eq!(tagged.lines().count(), given.lines().count());
    let mut agreed = 0;
    for (tagged, given) in tagged.lines().zip(given.lines()) {
        match tagged.strip_prefix(given).and_then(|rest| rest.strip_prefix('\t')) {
            Some(label) => agreed += usize::from(given.ends_with(&format!("\t{label}"))),
            None => assert_eq!(tagged, given, "comments and empty lines stay"),
        }
    }
    assert!(agreed * 10 > 534 * 9, "{agreed}");
    // Its own labels are a file like any other, and it finds them all.
    archive.write("tagged.tsv", tagged);
    let again = archive.done(&["model", "eval", "tagged.tsv", "--model", "my.model", "--json"]);
    let again: Value = again.json();
    assert_eq!(again["files"][0]["scores"]["entities"]["f1"], 100.0, "{again}");
    // The same files give the same model.
    fs::rename(archive.path("my.model"), archive.path("first.model")).unwrap();
    archive.done(&TRAIN);
    assert_eq!(
        fs::read(archive.path("my.model")).unwrap(),
        fs::read(archive.path("first.model")).unwrap()
    );
    archive.write("a.txt", "Ann Okafor of the Civic Union spoke in Dunmere on Monday.\n");
    let annotated = archive.done(&["annotate", "--plain", "a.txt", "--model", "my.model"]);
    assert!(annotated.stdout.contains(r#""text":"Ann Okafor""#), "{annotated:?}");
}

#[test]
fn nothing_is_written_over_unless_asked_and_nothing_is_left_behind() {
    let archive = Archive::with(&[("train.tsv", labelled_sentences(6)), ("my.model", "x".into())]);
    let arguments = ["model", "train", "train.tsv", "-o", "my.model", "--epochs", "1"];
    let output = archive.run(&arguments).with_code(2);
    insta::assert_snapshot!(output.stderr, @"
    error: `my.model` is there already
    hint: `--force` writes over it
    ");
    assert_eq!(fs::read(archive.path("my.model")).unwrap(), b"x");
    let output = archive.done(&[&arguments[..], &["--force", "--languages", "de,en"]].concat());
    assert!(output.stdout.contains("for      de, en\n"), "{}", output.stdout);
    assert!(fs::metadata(archive.path("my.model")).unwrap().len() > 1000);
    let output = archive.run(&["model", "train", "train.tsv", "-o", "no/my.model"]).with_code(2);
    assert_eq!(output.stderr, "error: cannot write `no/my.model`: no such file or folder\n");
    let mut names: Vec<_> = fs::read_dir(archive.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["my.model", "train.tsv"]);
}

#[test]
fn what_is_wrong_with_labelled_words_is_said() {
    let archive = Archive::with(&[
        ("kinds.tsv", &b"Ann\tB-PER\nsails\tO\nTern\tB-SHIP\n"[..]),
        ("words.tsv", b"Ann\nsails\n"),
        ("bytes.tsv", b"Ann\tO\ncaf\xe9\tO\n"),
        ("empty.tsv", b"\n\n"),
        ("outside.tsv", b"Ann\tO\nsails\tO\n"),
    ]);
    for (file, error) in [
        (
            "kinds.tsv",
            "error: cannot read `kinds.tsv`: line 3: unknown kind `SHIP`\nhint: say what it is: `--map SHIP=person`, or `org`, `place`, `misc`, `none`\n",
        ),
        (
            "words.tsv",
            "error: cannot read `words.tsv`: no column of labels (`O`, `B-PER`, `I-ORG` …) beside the words; line 1 is the first without one\n",
        ),
        ("bytes.tsv", "error: cannot read `bytes.tsv`: line 2: not UTF-8\n"),
        ("empty.tsv", "error: cannot read `empty.tsv`: no words\n"),
        ("gone.tsv", "error: cannot read `gone.tsv`: no such file or folder\n"),
    ] {
        for arguments in [&["model", "eval", file][..], &["model", "train", file, "-o", "m"]] {
            assert_eq!(archive.run(arguments).with_code(2).stderr, error, "{arguments:?}");
        }
    }
    let output = archive.run(&["model", "train", "outside.tsv", "-o", "m"]).with_code(2);
    assert_eq!(output.stderr, "error: no name is marked in these files\n");
    archive.done(&["model", "eval", "kinds.tsv", "--map", "ship=misc"]);
    let output = archive.run(&["model", "eval", "kinds.tsv", "--map", "ship=boat"]).with_code(2);
    assert!(output.stderr.starts_with("error: cannot read `ship=boat`: a mapping is "));
    for arguments in [
        &["model"][..],
        &["model", "eval"],
        &["model", "train", "kinds.tsv"],
        &["model", "train", "kinds.tsv,times=0", "-o", "m"],
        &["model", "train", "kinds.tsv", "-o", "m", "--epochs", "0"],
        &["model", "train", "kinds.tsv", "-o", "m", "--vocabulary", "1000000"],
    ] {
        archive.run(arguments).with_code(2);
    }
    assert!(!archive.path("m").try_exists().unwrap());
}

#[test]
fn models_that_are_damaged_or_of_another_version_are_refused() {
    let archive = Archive::with(&[("a.tsv", "Ann\tB-PER\n"), ("a.txt", "Ann spoke.\n")]);
    let whole = embedded();
    let mut later = whole.clone();
    later[8] += 1;
    let mut changed = whole.clone();
    let middle = whole.len() / 2;
    changed[middle] ^= 1;
    for (bytes, words) in [
        (&whole[..whole.len() - 1], "is damaged or incomplete"),
        (&whole[..100], "is damaged or incomplete"),
        (&changed, "is damaged or incomplete"),
        (&later, "this newsdex reads version"),
        (b"Ann spoke.\n", "is not a newsdex model"),
        (b"", "is not a newsdex model"),
    ] {
        archive.write("my.model", bytes);
        for arguments in [
            &["model", "eval", "a.tsv", "--model", "my.model"][..],
            &["model", "tag", "a.tsv", "--model", "my.model"],
            &["annotate", "a.txt", "--model", "my.model"],
            &["index", ".", "--model", "my.model"],
        ] {
            let output = archive.run(arguments).with_code(2);
            assert!(output.stderr.starts_with("error: cannot use the model `"), "{output:?}");
            assert!(output.stderr.contains(words), "{output:?}");
            assert!(output.stdout.is_empty(), "{output:?}");
        }
    }
    assert!(!archive.path(".newsdex").try_exists().unwrap());
}

#[test]
fn scores_are_tables_rows_and_json() {
    let archive = Archive::with(&[
        ("a.tsv", "Joe\tB-PER\nBiden\tI-PER\nspoke\tO\n.\tO\n"),
        ("b.tsv", "The\tO\nGermany\tB-ORG\nteam\tO\n"),
    ]);
    let text = archive.done(&["model", "eval", "a.tsv", "b.tsv"]).stdout;
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 17, "{text}");
    assert_eq!((lines[0], lines[9]), ("a.tsv", "b.tsv"));
    assert_eq!(
        lines[2].split_whitespace().collect::<Vec<_>>(),
        ["person", "100.00", "100.00", "100.00", "1", "1", "1"]
    );
    let rows = archive.done(&["model", "eval", "a.tsv", "--format", "csv"]).stdout;
    assert!(rows.starts_with(
        "file,casing,kind,precision,recall,f1,marked,found,right\na.tsv,as-written,person,100.00,"
    ));
    let set = archive.done(&["model", "eval", "a.tsv", "--casing", "capitals"]).stdout;
    assert!(set.starts_with("a.tsv  (set in capitals)\n"), "{set}");
    archive.run(&["model", "eval", "a.tsv", "--format", "jsonl"]).with_code(2);
}

#[test]
fn words_alone_can_be_tagged() {
    let archive = Archive::new();
    archive.write("a.tsv", "\u{feff}# text = x\r\nJoe NNP\r\nBiden NNP\r\nspoke VBD\r\n\r\n");
    let tagged = archive.done(&["model", "tag", "a.tsv"]).stdout;
    assert_eq!(
        tagged,
        "\u{feff}# text = x\r\nJoe NNP B-PER\r\nBiden NNP I-PER\r\nspoke VBD O\r\n\r\n"
    );
}
