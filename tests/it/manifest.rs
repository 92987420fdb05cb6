//! `status --manifest` and the revision: what tells that results are of the same
//! articles.

use serde::Deserialize;

use crate::harness::Archive;
use crate::wire::{Answer, Count};

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Manifest {
    version: u32,
    revision: String,
    program: String,
    schema: u32,
    model: Option<String>,
    articles: u64,
    dated: u64,
    first_day: Option<String>,
    last_day: Option<String>,
    words: u64,
    outlets: u64,
    languages: u64,
    source_files: u64,
    articles_hash: String,
    entities_hash: String,
    aliases_hash: Option<String>,
}

const FILES: [(&str, &str); 2] = [
    (
        "a.txt",
        "Title: Strike shuts port\nDate: 2024-04-14\nOutlet: The Daily\nTags: labour\n\nDockers stay out.",
    ),
    ("b/c.txt", "Title: Rain\nDate: 2024-04-15\nOutlet: The Weekly\n\nIt rained."),
];

fn manifest(archive: &Archive) -> Manifest {
    archive.done(&["status", "--manifest", "--json"]).json()
}

#[test]
fn the_same_files_have_the_same_hash_wherever_they_lie() {
    let (one, other) = (Archive::with(&FILES), Archive::with(&FILES));
    one.index();
    // In two steps, and with a file that comes and goes.
    std::fs::remove_file(other.path("a.txt")).unwrap();
    other.write("d.txt", "Title: Gone\n\nSoon.");
    other.index();
    std::fs::remove_file(other.path("d.txt")).unwrap();
    other.write("a.txt", FILES[0].1);
    other.index();
    let (one, other) = (manifest(&one), manifest(&other));
    assert_ne!(one.revision, other.revision);
    assert_eq!(one, Manifest { revision: one.revision.clone(), ..other });
    assert_eq!((one.articles, one.dated, one.outlets, one.source_files), (2, 2, 2, 2));
    assert_eq!(one.first_day.as_deref(), Some("2024-04-14"));
    assert_eq!(one.last_day.as_deref(), Some("2024-04-15"));
    // Three words and three, one and two.
    assert_eq!(one.words, 9);
    assert_eq!(one.aliases_hash, None);
}

#[test]
fn another_letter_is_another_hash() {
    let archive = Archive::with(&FILES);
    archive.index();
    let before = manifest(&archive);
    archive.write("a.txt", FILES[0].1.replace("stay", "stays"));
    archive.index();
    let after = manifest(&archive);
    assert_ne!(before.articles_hash, after.articles_hash);
    assert_eq!(before.entities_hash, after.entities_hash);
    assert_ne!(before.revision, after.revision);
    archive.write(".newsdex/aliases.tsv", "# none\n");
    assert!(manifest(&archive).aliases_hash.is_some());
}

#[test]
fn results_carry_the_revision_which_changes_with_the_index_alone() {
    let archive = Archive::with(&FILES);
    archive.index();
    let count: Count = archive.done(&["count", "strike", "--json"]).json();
    archive.index();
    let answer: Answer = archive.done(&["search", "rain", "--json"]).json();
    let revision = count.revision.unwrap();
    assert_eq!(revision, answer.revision);
    assert_eq!(revision, manifest(&archive).revision);
    assert_eq!(revision.len(), 16);
    assert!(archive.done(&["status"]).stdout.contains(&revision));
    archive.write("e.txt", "Title: Snow\n\nIt snowed.");
    archive.index();
    let later: Count = archive.done(&["count", "strike", "--json"]).json();
    assert_ne!(Some(revision), later.revision);
}

#[test]
fn a_manifest_is_text_or_json() {
    let archive = Archive::with(&FILES);
    archive.index();
    let text = archive.done(&["status", "--manifest"]).stdout;
    let known = manifest(&archive);
    assert!(text.contains(&format!("articles_hash  {}", known.articles_hash)), "{text}");
    assert!(text.contains("model          -"), "{text}");
    archive.run(&["status", "--manifest", "--failed"]).with_code(2);
    archive.run(&["status", "--manifest", "--format", "csv"]).with_code(2);
}
