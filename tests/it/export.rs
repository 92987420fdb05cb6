//! `export`: what its lines say, and in what order; and that an index made of them is the
//! same as the one that was exported.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde::Deserialize;
use serde_json::Value;

use crate::dice::Dice;
use crate::harness::{Archive, Output};
use crate::incremental::random_file;
use crate::knowledge::knowledge;
use crate::library::Library;
use crate::versions::Delivery;
use crate::wire::{Entity, Mention, Rival};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    newsdex_export: u32,
    program: String,
    schema: u32,
    revision: String,
    query: Option<String>,
    map: Vec<BTreeMap<String, String>>,
    recognition: Recognition,
    selection: Selection,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recognition {
    model: Option<String>,
    file: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Selection {
    include: Vec<String>,
    exclude: Vec<String>,
    hidden: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Line {
    Source(Source),
    Article(Box<Article>),
    Hidden(Hidden),
    End(End),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    name: String,
    size: Option<u64>,
    modified: Option<String>,
    hash: Option<String>,
    articles: u64,
    trouble: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hidden {
    path: String,
    guid_hash: String,
    guid_version: i64,
    withdrawn: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    sources: u64,
    articles: u64,
    hidden: u64,
    hash: String,
}

/// Members that are absent are empty or false.
#[expect(dead_code, reason = "what is not looked at is refused all the same if it is unknown")]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    id: String,
    title: Option<String>,
    published: Option<String>,
    date_from: Option<String>,
    #[serde(default)]
    rival_dates: Vec<Rival>,
    date_text: Option<String>,
    outlet: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    section: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    lang: Option<String>,
    url: Option<String>,
    path: String,
    part: Option<String>,
    dateline: Option<String>,
    guid: Option<String>,
    guid_version: Option<i64>,
    status: Option<String>,
    embargoed_until: Option<String>,
    #[serde(default)]
    doubts: Vec<String>,
    indexed_at: String,
    words: u64,
    #[serde(default)]
    people: Vec<Named>,
    #[serde(default)]
    organizations: Vec<Named>,
    #[serde(default)]
    places: Vec<Named>,
    body: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    from: String,
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    about: bool,
    #[serde(default)]
    mentions: Vec<Mention>,
}

/// The first line of an export and the others.
fn lines(text: &str) -> (Header, Vec<Line>) {
    let (first, rest) = text.split_once('\n').unwrap();
    let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    (serde_json::from_str(first).unwrap(), rest.lines().map(read).collect())
}

/// An archive of files, of which one is broken, and an article from a pipe.
fn newsroom() -> Archive {
    // The model knows no German: names of the metadata are looked for.
    let text = "{\"title\": \"Port strike\", \"date\": \"2024-04-14\", \"lang\": \"de\", \
                \"authors\": [\"Bo Chan\"], \"tags\": [\"labour\", \"ports\"], \
                \"people\": [\"Ann Lee\"], \"url\": \"https://gull.example/a?x=1\", \
                \"text\": \"Ann Lee spoke at the port.\\u202e\\n\\nAnn Lee left.\"}";
    let archive = Archive::with(&[
        ("news/b.json", text),
        (
            "news/a/d.jsonl",
            "{\"title\": \"One\", \"text\": \"x\"}\n{\"title\": \"Two\", \"text\": \"y\"}\n",
        ),
        ("news/broken.json", "{\"title\": "),
    ]);
    let delivery = |version, status| Delivery { article: 1, version, status }.json();
    archive.write("news/v1.json", delivery(1, "usable"));
    archive.write("news/v2.json", delivery(2, "usable"));
    archive.run(&["index", "news"]).with_code(3);
    pipe(
        &archive,
        "{\"title\": \"Piped\", \"text\": \"z\"}\n",
        &["index", "-", "--name", "p.jsonl"],
    )
    .with_code(0);
    archive
}

/// Runs the program with this standard input, with the index of `news`.
fn pipe(archive: &Archive, input: &str, arguments: &[&str]) -> Output {
    let arguments = [&["--index", "news/.newsdex"], arguments].concat();
    let mut command = archive.command(&arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Whoever refuses what comes does not read it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Output {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn export(archive: &Archive) -> String {
    archive.run_in("news", &["export"]).with_code(0).stdout
}

/// An export without what names the state of the index it is of.
fn without_revision(export: &str) -> String {
    let (first, rest) = export.split_once('\n').unwrap();
    let mut header: Value = serde_json::from_str(first).unwrap();
    header["revision"] = Value::Null;
    let mut rest: Vec<&str> = rest.lines().collect();
    // The hash in the last line is of the first too.
    let last = rest.pop().unwrap().split(",\"hash\"").next().unwrap();
    format!("{header}\n{}\n{last}", rest.join("\n"))
}

/// Puts the home of `news` aside, and makes it of an export of it. Gives what the program
/// said.
fn restore(archive: &Archive, export: &str) -> Output {
    archive.write("export.jsonl", export);
    fs::rename(archive.path("news/.newsdex"), archive.path("old-home")).unwrap();
    archive.run(&["index", "--index", "news/.newsdex", "export.jsonl"])
}

fn manifest(archive: &Archive) -> Value {
    let mut manifest: Value =
        archive.run_in("news", &["status", "--manifest", "--json"]).with_code(0).json();
    manifest["revision"] = Value::Null;
    manifest
}

#[test]
fn lines_say_what_the_documents_promise() {
    let archive = newsroom();
    let text = export(&archive);
    assert!(!text.contains('\u{202e}'));
    let (header, lines) = lines(&text);
    assert_eq!((header.newsdex_export, header.query), (1, None));
    assert_eq!((header.program.as_str(), header.map.len()), (env!("CARGO_PKG_VERSION"), 0));
    assert!(header.schema > 5 && header.revision.len() == 16);
    assert_eq!((header.recognition.model.unwrap().len(), header.recognition.file), (16, None));
    assert!(header.selection.include.is_empty() && header.selection.exclude.is_empty());
    assert!(!header.selection.hidden);

    let mut told: Vec<String> = Vec::new();
    for line in &lines {
        told.push(match line {
            Line::Source(source) => {
                let is_file = source.size.is_some() && source.modified.is_some();
                let has_hash = source.hash.as_ref().is_some_and(|hash| hash.len() == 16);
                let trouble = source.trouble.is_some();
                format!("{} {} {is_file} {has_hash} {trouble}", source.name, source.articles)
            }
            Line::Article(article) => {
                let part = article.part.clone().unwrap_or_default();
                format!("{}#{part} {}", article.path, article.title.clone().unwrap_or_default())
            }
            Line::Hidden(hidden) => {
                assert_eq!(hidden.guid_hash.len(), 16);
                format!("{} {} {}", hidden.path, hidden.guid_version, hidden.withdrawn)
            }
            Line::End(end) => {
                assert_eq!(end.hash.len(), 32);
                format!("{} {} {}", end.sources, end.articles, end.hidden)
            }
        });
    }
    // Those of one file are in the order of their identifiers.
    told[6..8].sort();
    insta::assert_snapshot!(told.join("\n"), @r"
    a/d.jsonl 2 true true false
    b.json 1 true true false
    broken.json 0 true false true
    p.jsonl 1 false true false
    v1.json 1 true true false
    v2.json 1 true true false
    a/d.jsonl#1 One
    a/d.jsonl#2 Two
    b.json# Port strike
    p.jsonl#1 Piped
    v2.json# Storm 1, version 2
    v1.json 1 false
    6 5 1
    ");
    let article = lines.iter().find_map(|line| match line {
        Line::Article(article) if article.path == "b.json" => Some(article),
        _ => None,
    });
    let article = article.unwrap();
    let body = article.body.as_deref().unwrap();
    assert_eq!(article.published.as_deref(), Some("2024-04-14"));
    assert_eq!((article.authors.len(), article.tags.len(), article.words), (1, 2, 11));
    assert_eq!(article.url.as_deref(), Some("https://gull.example/a?x=1"));
    let lee = &article.people[0];
    assert_eq!((lee.name.as_str(), lee.from.as_str(), lee.partial), ("Ann Lee", "metadata", false));
    let forms: Vec<_> = lee.mentions.iter().map(|found| &body[found.start..found.end]).collect();
    assert_eq!(forms, ["Ann Lee", "Ann Lee"]);
    // They are what `show` says.
    let shown: Value = archive.run_in("news", &["show", &article.id, "--json"]).with_code(0).json();
    let shown = &shown["articles"][0];
    let line = text.lines().find(|line| line.contains(&article.id)).unwrap();
    let exported: BTreeMap<String, BTreeMap<String, Value>> = serde_json::from_str(line).unwrap();
    for (name, value) in &exported["article"] {
        if !matches!(name.as_str(), "people" | "organizations" | "places") {
            assert_eq!(Some(value), shown.get(name), "{name}");
        }
    }
    let shown: Vec<Entity> = serde_json::from_value(shown["people"].clone()).unwrap();
    assert_eq!((shown[0].about, shown[0].from.as_str()), (lee.about, "metadata"));
    assert_eq!(shown.len(), article.people.len());
}

#[test]
fn a_query_gives_a_list_that_is_no_archive() {
    let archive = newsroom();
    let text = archive.run_in("news", &["export", "title:one OR piped"]).with_code(0).stdout;
    let (header, lines) = lines(&text);
    assert_eq!(header.query.as_deref(), Some("title:one OR piped"));
    let paths: Vec<_> = lines
        .iter()
        .filter_map(|line| match line {
            Line::Article(article) => Some(article.path.as_str()),
            Line::End(_) => None,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(paths, ["a/d.jsonl", "p.jsonl"]);
    let output = restore(&archive, &text).with_code(2);
    assert!(
        output.stderr.contains("only the articles that match `title:one OR piped`"),
        "{output:?}"
    );
    assert!(!archive.path("news/.newsdex").is_dir());
}

#[test]
fn an_export_to_a_file_is_whole_or_not_there() {
    let archive = newsroom();
    let output = archive.run_in("news", &["export", "-o", "../x.jsonl"]).with_code(0);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", "exported 5 articles\n"));
    assert_eq!(fs::read_to_string(archive.path("x.jsonl")).unwrap(), export(&archive));
    archive.run_in("news", &["export", "-o", "../x.jsonl"]).with_code(2);
    archive.run_in("news", &["export", "-o", "../x.jsonl", "--force"]).with_code(0);
    archive.run_in("news", &["export", "-o", "../none/x.jsonl"]).with_code(2);
    // A query that fails late leaves nothing either.
    archive.run_in("news", &["export", "x*", "--pattern-limit", "0", "-o", "../y"]).with_code(2);
    let names = fs::read_dir(archive.folder()).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["news", "x.jsonl"]);
}

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
