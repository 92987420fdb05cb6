//! An index made of an export is the same as the one that was exported; what is no whole
//! export leaves none.

use std::fs;
use std::io::Write;

use serde_json::Value;

use crate::dice::Dice;
use crate::export::{export, manifest, newsroom, pipe, restore, without_revision};
use crate::harness::Archive;
use crate::incremental::random_file;
use crate::knowledge::knowledge;
use crate::library::Library;
use crate::versions::Delivery;

#[test]
fn an_export_makes_the_same_index() {
    let archive = newsroom();
    let (before, known) = (manifest(&archive), export(&archive));
    let output = restore(&archive, &known).with_code(0);
    assert!(output.stdout.contains("articles 5"), "{output:?}");
    assert_eq!(manifest(&archive), before);
    assert_eq!(without_revision(&export(&archive)), without_revision(&known));
    // Nothing has to be read again, and what was piped stays.
    let output = archive.run(&["index", "news"]).with_code(3);
    assert!(output.stdout.contains("4 unchanged, 1 failed"), "{output:?}");
    assert_eq!(without_revision(&export(&archive)), without_revision(&known));
    // A version that was hidden comes back when the one before it goes.
    fs::remove_file(archive.path("news/v2.json")).unwrap();
    archive.run(&["index", "news"]).with_code(3);
    let found = archive.run_in("news", &["search", "title:storm", "-l"]).with_code(0);
    assert_eq!(found.stdout, "v1.json\n");
}

#[test]
fn an_export_comes_through_a_pipe_and_out_of_compressed_files() {
    let archive = newsroom();
    let known = export(&archive);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(known.as_bytes()).unwrap();
    for (name, bytes) in [
        ("x.jsonl.gz", gzip.finish().unwrap()),
        ("x.zst", zstd::encode_all(known.as_bytes(), 1).unwrap()),
        ("", Vec::new()),
    ] {
        fs::remove_dir_all(archive.path("news/.newsdex")).unwrap();
        if name.is_empty() {
            pipe(&archive, &known, &["index", "-"]).with_code(0);
        } else {
            archive.write(name, bytes);
            archive.run(&["index", "--index", "news/.newsdex", name]).with_code(0);
        }
        assert_eq!(without_revision(&export(&archive)), without_revision(&known), "{name}");
    }
}

#[test]
fn what_is_restored_without_its_source_files_stays() {
    let archive = newsroom();
    archive.write("elsewhere/export.jsonl", export(&archive));
    archive.done(&["index", "elsewhere/export.jsonl"]);
    // The export itself is no source file.
    for _ in 0..2 {
        let output = archive.done(&["index", "elsewhere"]);
        assert!(output.stdout.contains("files    1 passed over\n"), "{output:?}");
        assert!(output.stdout.contains("articles 5\n"), "{output:?}");
    }
    // A file that comes takes the place of the record of that name.
    archive.write("elsewhere/b.json", "{\"title\": \"Calm\"}");
    archive.done(&["index", "elsewhere"]);
    assert_eq!(archive.run_in("elsewhere", &["count", "title:calm"]).stdout, "1\n");
    assert_eq!(archive.run_in("elsewhere", &["count", "title:strike"]).stdout, "0\n");
    assert_eq!(archive.run_in("elsewhere", &["count"]).stdout, "5\n");
}

#[test]
fn an_export_among_source_files_is_passed_over() {
    let archive = newsroom();
    archive.write("news/backup.jsonl", export(&archive));
    let output = archive.run(&["index", "news"]).with_code(3);
    assert!(output.stdout.contains("1 passed over"), "{output:?}");
    assert!(output.stdout.contains("articles 5"), "{output:?}");
    let again = archive.run(&["index", "news"]).with_code(3);
    assert!(again.stdout.contains("1 passed over"), "{again:?}");
    // It grows, and is still none.
    archive.write("news/backup.jsonl", format!("{}\n", export(&archive)));
    let again = archive.run(&["index", "news"]).with_code(3);
    assert!(again.stdout.contains("1 passed over"), "{again:?}");
}

#[test]
fn an_index_that_is_there_is_not_written_over() {
    let archive = newsroom();
    let known = export(&archive);
    archive.write("export.jsonl", &known);
    let output = archive.run(&["index", "--index", "news/.newsdex", "export.jsonl"]).with_code(2);
    assert!(output.stderr.contains("there is an index in"), "{output:?}");
    assert!(output.stderr.contains("--rebuild"), "{output:?}");
    pipe(&archive, &known, &["index", "-"]).with_code(2);
    for more in [&["news"][..], &["--rebuild"], &["--map", "body=x"], &["--no-recognition"]] {
        let arguments = [&["index", "--index", "new", "export.jsonl"], more].concat();
        let output = archive.run(&arguments).with_code(2);
        assert!(output.stderr.contains("export"), "{output:?}");
    }
    assert!(!archive.path("new").is_dir());
    assert_eq!(without_revision(&export(&archive)), without_revision(&known));
}

/// What is told of an export that cannot be restored; nothing may be left.
fn refused(archive: &Archive, export: &str) -> String {
    archive.write("bad.jsonl", export);
    let output = archive.run(&["index", "--index", "bad", "bad.jsonl"]).with_code(2);
    let status = archive.run(&["status", "--index", "bad"]).with_code(2);
    assert!(status.stderr.contains("there is no index"), "{status:?}");
    assert!(!archive.path("bad/index-new").is_dir());
    output.stderr.lines().next().unwrap().replace("error: cannot restore the export: ", "")
}

#[test]
fn cut_exports_are_refused_wherever_they_are_cut() {
    let archive = newsroom();
    let known = export(&archive);
    let ends: Vec<usize> = known.match_indices('\n').map(|(at, _)| at + 1).collect();
    for (lines, end) in ends.iter().enumerate().take(ends.len() - 1) {
        let told =
            format!("it is cut: no line that ends an export stands behind line {}", lines + 1);
        assert_eq!(refused(&archive, &known[..*end]), told);
    }
    let told =
        format!("it is cut: no line that ends an export stands behind line {}", ends.len() - 1);
    assert_eq!(refused(&archive, &known[..known.len() - 1]), told);
    assert_eq!(refused(&archive, &known[..known.len() - 9]), told);
}

#[test]
fn damage_is_found_and_named_by_its_line() {
    let archive = newsroom();
    let known = export(&archive);
    let last = known.lines().count();
    let changed = |from: &str, to: &str| {
        assert!(known.contains(from), "{from}");
        refused(&archive, &known.replacen(from, to, 1))
    };
    let end = format!("line {last}: it does not end the lines before it: ");
    assert_eq!(
        changed("Lee spoke", "Lea spoke"),
        format!("{end}they are not as they were written")
    );
    let first_article =
        known.lines().position(|line| line.starts_with("{\"article\"")).unwrap() + 1;
    for (from, to, told) in [
        ("{\"source\":", "{\"sources\":", "line 2: unknown variant `sources`"),
        ("\"size\":", "\"sighs\":", "line 2: unknown field `sighs`"),
        ("\"words\":", "\"words\":-", &format!("line {first_article}: invalid value")),
        ("\"modified\":\"2", "\"modified\":\"x", "line 2: `x"),
    ] {
        assert!(changed(from, to).starts_with(told), "{}", changed(from, to));
    }
    // Identifiers and mentions are looked at, whatever the hash.
    let line = known.lines().position(|line| line.contains("Port strike")).unwrap() + 1;
    let told = changed("\"part\":\"1\"", "\"part\":\"7\"");
    assert!(
        told.contains("the article `7` of `a/d.jsonl` has the identifier of another"),
        "{told}"
    );
    let told = changed("\"start\":0,\"end\":7", "\"start\":0,\"end\":7777");
    assert_eq!(told, format!("line {line}: a mention of `Ann Lee` does not lie in the text"));
    // Lines that are missing, twice, or behind the end.
    let dropped: String = known
        .lines()
        .enumerate()
        .filter(|(number, _)| *number + 1 != first_article)
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    let end = format!("line {}: it does not end the lines before it: ", last - 1);
    assert_eq!(refused(&archive, &dropped), format!("{end}there are 4 articles, not 5"));
    let (first, rest) = known.split_once('\n').unwrap();
    let (second, _) = rest.split_once('\n').unwrap();
    let told = refused(&archive, &format!("{first}\n{second}\n{rest}"));
    assert_eq!(told, "line 3: its name does not come after that of the record before it");
    let told = refused(&archive, &format!("{known}{known}"));
    assert_eq!(
        told,
        format!("line {last}: it does not end the lines before it: more stands behind it")
    );
    // Damage that many threads meet is told by the first line of it.
    let broken = known.replace("\"indexed_at\":\"2", "\"indexed_at\":\"x");
    assert!(refused(&archive, &broken).starts_with(&format!("line {first_article}: `x")));
}

#[test]
fn exports_of_other_versions_are_named() {
    let archive = newsroom();
    let known = export(&archive);
    let own = env!("CARGO_PKG_VERSION");
    let newer = known
        .replacen("{\"newsdex_export\":1", "{\"newsdex_export\":2,\"colour\":\"blue\"", 1)
        .replacen(&format!("\"program\":\"{own}\""), "\"program\":\"9.1.0\"", 1);
    assert_eq!(
        refused(&archive, &newer),
        "its lines are of version 2, written by newsdex 9.1.0; this one reads version 1"
    );
    let member = known
        .replacen(&format!("\"program\":\"{own}\""), "\"program\":\"9.1.0\"", 1)
        .replacen("\"words\":", "\"mood\":3,\"words\":", 1);
    let told = refused(&archive, &member);
    assert!(told.contains("unknown field `mood`"), "{told}");
    assert!(told.ends_with(&format!("(newsdex 9.1.0 wrote it, this one is {own})")), "{told}");
}

/// Files of all kinds, in some rounds of which some change or go.
fn random_rounds(archive: &Archive, dice: &mut Dice, index: &[&str]) {
    let mut next_version = 0;
    for _ in 0..1 + dice.below(3) {
        for _ in 0..2 + dice.below(5) {
            let name = format!("news/{}/{}.jsonl", dice.pick(&["a", "b"]), dice.below(9));
            match dice.below(5) {
                0 => drop(fs::remove_file(archive.path(&name))),
                1 => {
                    next_version += 1;
                    let status = dice.pick(&["usable", "usable", "canceled"]);
                    let delivery =
                        Delivery { article: dice.below(3), version: next_version, status };
                    archive.write(&format!("news/v/{}.json", dice.below(5)), delivery.json());
                }
                2 => {
                    let (person, place) = (
                        dice.pick(&["Ann Okafor", "Joe Lind", "Maria Sand-Ek"]),
                        dice.pick(&["Washington", "Iran", "the White House"]),
                    );
                    let surname = person.rsplit(' ').next().unwrap();
                    let text = format!(
                        "---\ntitle: {person} in {place}\nlang: {}\n---\n{person} met officials of \
                         NATO in {place} on Monday. Mr. {surname} left “early” \u{1f600}.\n\nThen \
                         {surname} flew home.\n",
                        dice.pick(&["en", "de", "en-GB"]),
                    );
                    archive.write(&format!("news/{}.md", dice.below(6)), text);
                }
                _ => archive.write(&name, random_file(dice)),
            }
        }
        archive.run(index);
    }
}

#[test]
fn any_index_comes_back_from_its_export() {
    for series in 0..10 {
        let mut dice = Dice::new(series);
        let archive = Archive::with(&[("news/first.txt", "First\n\nIt is here.")]);
        let recognition = dice.pick(&[&["--no-recognition"][..], &[]]);
        let index = [&["index", "news", "--exclude", "*.bak"], recognition].concat();
        random_rounds(&archive, &mut dice, &index);
        if dice.one_in(2) {
            pipe(&archive, &random_file(&mut dice), &["index", "-"]);
        }
        let library = Library::of(&archive.path("news"));
        let (before, known) = (manifest(&archive), export(&archive));
        let knowledge_before = knowledge(&library);
        restore(&archive, &known).with_code(0);
        assert_eq!(manifest(&archive), before, "series {series}");
        assert_eq!(knowledge(&library), knowledge_before, "series {series}");
        let again = export(&archive);
        assert_eq!(without_revision(&again), without_revision(&known), "series {series}");
        let report: Value = archive.run(&["index", "news", "--json"]).json();
        for what in ["added", "replaced", "removed", "articles_read"] {
            assert_eq!(report[what], 0, "series {series}: {report}");
        }
        // Both go on alike.
        random_rounds(&archive, &mut dice, &index);
        let after = knowledge(&library);
        fs::rename(archive.path("news/.newsdex"), archive.path("restored")).unwrap();
        fs::rename(archive.path("old-home"), archive.path("news/.newsdex")).unwrap();
        archive.run(&index);
        assert_eq!(after, knowledge(&library), "series {series}");
    }
}
