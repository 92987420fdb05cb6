//! `collocates`: words near a query, for people and for scripts.

use serde::Deserialize;

use crate::harness::Archive;
use crate::newsroom;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Collocates {
    version: u32,
    revision: String,
    query: String,
    measure: String,
    window: usize,
    min: u64,
    articles: u64,
    places: u64,
    near: u64,
    all: u64,
    distinct: u64,
    collocates: Vec<Word>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    /// In JSON Lines only.
    version: Option<u32>,
    word: String,
    near: u64,
    all: u64,
    score: f64,
    measure: String,
}

/// Twelve words near *fog*, of which *dense* is always; *the* is everywhere.
const FOG: &str = "Dense fog again\n\nThe dense fog and the Dense FOG closed the bridge.\n\nFerries \
    wait in dense fog.\n";
const SUN: &str = "Outlet: Kestrel Post\n\nThe sun and the sea, the sand, the boats and the \
    bridge: nothing here is dense, and nobody waits.\n";

fn archive() -> Archive {
    let archive = Archive::with(&[("a.txt", FOG), ("b.txt", SUN)]);
    archive.index();
    archive
}

fn found(archive: &Archive, arguments: &[&str]) -> Collocates {
    archive.run(&[&["collocates", "--json"], arguments].concat()).json()
}

/// Each word with how often it stands near and in all.
fn counts(archive: &Archive, arguments: &[&str]) -> Vec<(String, u64, u64)> {
    let arguments = [arguments, &["--min", "1", "-n", "all", "--measure", "logdice"]].concat();
    let found = found(archive, &arguments);
    found.collocates.into_iter().map(|word| (word.word, word.near, word.all)).collect()
}

#[test]
fn words_stand_in_a_table() {
    let archive = archive();
    let output = archive.done(&["collocates", "fog", "--window", "1", "--min", "1"]);
    insta::assert_snapshot!(output.stdout, @"
    4 words within 1 word of 4 places in 1 article, by log-likelihood
    7 words near, of 37 in all articles

    word    near  in all  score
    Dense      4       5  10.98
    again      1       1   3.45
    closed     1       1   3.45
    and        1       4   0.10
    ");
    assert_eq!(output.stderr, "");
    let output = archive.done(&["collocates", "fog", "-n", "1"]);
    insta::assert_snapshot!(output.stdout, @"
    1 word with 3 occurrences or more within 5 words of 4 places in 1 article, by log-likelihood
    16 words near, of 37 in all articles

    word   near  in all  score
    Dense     4       5   3.27
    ");
}

#[test]
fn windows_end_with_the_text_and_count_a_word_once() {
    let archive = archive();
    let count = |word: &str, near, all| (word.to_owned(), near, all);
    // The title is no neighbour of the body; `in dense fog.` has nothing behind it.
    assert_eq!(
        counts(&archive, &["fog", "--window", "1"]),
        [count("Dense", 4, 5), count("again", 1, 1), count("closed", 1, 1), count("and", 1, 4)]
    );
    // *and* between two places is near both and counts once; a place is no word near
    // itself, but near another.
    let words = counts(&archive, &["\"the dense fog\"", "--window", "2"]);
    let expected = [count("closed", 1, 1), count("the", 2, 8), count("and", 1, 4)];
    assert_eq!(words[..3], expected);
    assert_eq!(words[3..], [count("fog", 1, 4)]);
    let near: u64 = counts(&archive, &["fog", "--window", "9"]).iter().map(|word| word.1).sum();
    assert_eq!(near, found(&archive, &["fog", "--window", "9"]).near);
    // Never into the place itself, however long.
    let words = counts(&archive, &["ferries pre/4 fog", "--window", "1"]);
    assert_eq!(words, [count("bridge", 1, 2)]);
}

#[test]
fn filters_narrow_and_the_whole_index_is_compared_with() {
    let archive = archive();
    let found = found(&archive, &["bridge outlet:kestrel", "--min", "1"]);
    assert_eq!(found.revision.len(), 16);
    assert_eq!((found.version, found.query.as_str()), (1, "bridge outlet:kestrel"));
    assert_eq!((found.measure.as_str(), found.window, found.min), ("log-likelihood", 5, 1));
    assert_eq!((found.articles, found.places, found.near, found.all), (1, 1, 10, 37));
    assert_eq!(found.distinct, found.collocates.len() as u64);
    let here = found.collocates.iter().find(|word| word.word == "here").unwrap();
    assert_eq!((here.version, here.near, here.all), (None, 1, 1));
    assert_eq!(here.measure, "log-likelihood");
    // 2 (ln(1 / (10/37)) + 9 ln(9 / (36·10/37)) + 27 ln(27 / (36·27/37))), the rest 0.
    assert!((here.score - 2.693).abs() < 1e-9, "{here:?}");
}

#[test]
fn rows_are_cells_for_scripts() {
    let archive = archive();
    let arguments = ["collocates", "fog", "--window", "1", "--measure", "pmi", "--format"];
    insta::assert_snapshot!(archive.done(&[&arguments[..], &["csv"]].concat()).stdout, @"
    word,near,all,score,measure
    Dense,4,5,2.08,pmi
    ");
    let rows: Vec<Word> = archive.done(&[&arguments[..], &["jsonl"]].concat()).json_lines();
    assert_eq!((rows.len(), rows[0].version, rows[0].word.as_str()), (1, Some(1), "Dense"));
    let nothing = archive.run(&[&arguments[..], &["tsv", "--min", "9"]].concat()).with_code(1);
    assert_eq!(nothing.stdout, "word\tnear\tall\tscore\tmeasure\n");
    let nothing = archive.run(&["collocates", "zebra"]).with_code(1);
    insta::assert_snapshot!(nothing.stdout, @"
    no words with 3 occurrences or more within 5 words of 0 places in 0 articles, by log-likelihood
    0 words near, of 37 in all articles
    ");
}

#[test]
fn deleted_articles_and_other_spellings_do_not_count() {
    let archive = Archive::with(&[
        ("a.txt", "Note\n\nThe U.S. port, the US port and the us port."),
        ("b.txt", "Note\n\nThe US harbour."),
    ]);
    archive.index();
    archive.write("b.txt", "Note\n\nA U.S. harbour.");
    archive.index();
    let words = counts(&archive, &["port", "--window", "1"]);
    assert_eq!(words[0], ("U.S".to_owned() + ".", 3, 4), "{words:?}");
    std::fs::remove_file(archive.path("b.txt")).unwrap();
    archive.index();
    assert_eq!(counts(&archive, &["port", "--window", "1"])[0].2, 3);
}

#[test]
fn slips_are_answered_with_what_was_meant() {
    let archive = newsroom::indexed();
    for (arguments, words) in [
        (&["outlet:harbour"][..], "nothing that `outlet:harbour` asks for stands in the text"),
        (&["*"], "nothing that `*` asks for stands in the text"),
        (&["-port"], "hint: add a word, a phrase"),
        (&["port", "--measure", "logdic"], "did you mean `logdice`?"),
        (&["port", "--measure", "g2"], "(measures: log-likelihood, logdice, pmi)"),
        (&["port", "--window", "0"], "expected a number from 1"),
        (&["port", "--min", "few"], "expected a number from 1"),
        (&["port", "-n", "few"], "expected a number or `all`"),
        (&["port", "the", "more"], "quote them"),
    ] {
        let output = archive.run(&[&["collocates"], arguments].concat()).with_code(2);
        assert!(output.stderr.contains(words), "{arguments:?}: {output:?}");
        assert_eq!(output.stdout, "");
    }
}
