//! Texts that are made to harm: whoever wrote an article, named a file, an outlet or a
//! member of an archive controls no terminal, forges no line, begins no formula and
//! reaches no file.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::harness::{Archive, Output};

/// A line that looks like one of newsdex's own, should anybody begin a line.
const FORGED: &str = "error: FORGED";

/// What each text has in it: sequences that clear the screen, set its title and write to
/// the clipboard, in seven bits and in eight; letters that turn the direction of writing;
/// every kind of line end; markup.
const EVIL: &str = "Evil\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}]52;c;b3duZWQ=\u{7}\u{9b}31m\u{90}q\u{9c}\u{8}\u{7f}\
    \u{202e}desrever\u{2066}x\u{200f}\u{61c} <b>&amp;\"'</b><script>alert(1)</script>\
    \nerror: FORGED\rerror: FORGED\u{b}error: FORGED\u{c}error: FORGED\u{85}error: FORGED\
    \u{2028}error: FORGED\u{2029}error: FORGED";

/// What a name of a file on this system may be.
const FILE: &str =
    "evil\u{1b}[2J\u{9b}1m\u{202e}txt\nerror: FORGED\rerror: FORGED\u{2028}error: FORGED <b>.json";

fn articles() -> String {
    let evil = |number: usize| {
        json!({
            "id": format!("{EVIL} {number}"),
            "title": format!("Strike {number} {EVIL}"),
            "text": format!("Ann Lee went on strike at the port {number}. {}", EVIL.replace('\n', " ")),
            "date": if number == 0 { json!(EVIL) } else { json!(format!("2024-04-0{number}")) },
            "outlet": EVIL,
            "authors": [EVIL, format!("@{EVIL}")],
            "section": format!("={EVIL}"),
            "tags": [EVIL, format!("-{EVIL}")],
            "people": [format!("Ann Lee {EVIL}"), format!("Ann Leee {EVIL}")],
            "organizations": [EVIL],
            "places": [EVIL],
            "url": format!("https://example.org/{EVIL}"),
            "language": "en",
        })
        .to_string()
    };
    (0..3).map(evil).collect::<Vec<_>>().join("\n")
}

/// An archive of such articles and files, with saved queries and aliases like them.
fn archive() -> Archive {
    let archive = Archive::with(&[("wire.jsonl", articles())]);
    if cfg!(unix) {
        archive.write(FILE, "{\"title\": \"Strike of the port\", \"text\": \"Ann Lee strikes.\"}");
        archive.write(&format!("broken-{FILE}"), "{\"title\": \"Rain");
    }
    archive.write("broken.html", "");
    let indexed = archive.run(&["index", ".", "--no-recognition"]).with_code(3);
    assert_harmless(&indexed, "index");
    let label = EVIL.replace(['\n', '\r', '\t'], " ");
    archive.write(".newsdex/saved.tsv", format!("{label}\tstrike\n={label}\tport\n"));
    let plain = label.replace(['"', '\\'], "");
    archive.write(".newsdex/aliases.tsv", format!("rename\tperson\t{plain}\tAnn {plain}\n"));
    archive
}

/// Whether a letter controls a terminal, the direction of writing, or ends a line.
fn is_harmful(letter: char) -> bool {
    letter.is_control() && !"\n\t".contains(letter)
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Nothing in the output controls a terminal.
#[track_caller]
fn assert_controls_nothing(output: &Output, what: &str) {
    for text in [&output.stdout, &output.stderr] {
        assert!(!text.contains(is_harmful), "{what}: {text:?}");
    }
}

/// Nor does it stand where newsdex tells of what is wrong.
#[track_caller]
fn assert_harmless(output: &Output, what: &str) {
    assert_controls_nothing(output, what);
    for line in output.stdout.lines().chain(output.stderr.lines()) {
        assert!(!line.starts_with(FORGED), "{what}: {line:?}");
    }
}

/// Commands that show what strangers wrote.
const SHOWN: [&[&str]; 29] = [
    &["search", "", "-n", "all", "--facet", "outlet,tag,person,org,place,by,section,lang,date"],
    &["explain", "strike near/5 port"],
    &["search", "strike near/5 port", "--kwic"],
    &["facets", "--facet", "outlet:99,tag:99,person:99,by:99,section:99"],
    &["timeline", "--by", "outlet", "--per", "month"],
    &["timeline", "strike", "--compare", "outlet:evil* OR \u{1b}[2J", "--per", "day"],
    &["collocates", "strike", "--min", "1"],
    &["entities", "-n", "all"],
    &["entities", "strike", "--over-represented"],
    &["entities", "--network"],
    &["entities", "--suggest-merges"],
    &["entities", "person:ann*"],
    &["explain", "strike OR evil*"],
    &["explain", "strike", ".", "wire.jsonl#1"],
    &["doctor"],
    &["doctor", "outlet-names"],
    &["doctor", "copies"],
    &["verify"],
    &["status"],
    &["status", "--failed"],
    &["status", "--manifest"],
    &["batch", ".newsdex/saved.tsv"],
    &["batch", ".newsdex/saved.tsv", "--hits"],
    &["saved", "list"],
    &["saved", "run"],
    &["show", "wire.jsonl"],
    &["annotate", "wire.jsonl", "--no-recognition"],
    &["count", "strike"],
    &["index", "."],
];

#[test]
fn no_text_controls_the_terminal_or_forges_a_line() {
    let archive = archive();
    for arguments in SHOWN {
        let output = archive.run(arguments);
        // Commands of this list are understood: what clap refuses tells nothing.
        assert!(!output.stderr.contains("Usage:"), "{arguments:?}: {}", output.stderr);
        match arguments[0] {
            // The lines of an article are its own.
            "show" => assert_controls_nothing(&output, "show"),
            _ => assert_harmless(&output, &format!("{arguments:?}")),
        }
    }
    let shown = archive.run(&["show", "wire.jsonl#2"]).with_code(0).stdout;
    assert!(shown.contains("Strike 1 Evil"), "{shown}");
    assert!(shown.contains("<script>alert(1)</script>"), "{shown}");
}

#[test]
fn colours_and_links_are_newsdexs_own() {
    let archive = archive();
    for arguments in SHOWN {
        let own = ["--color", "always", "--hyperlinks", "always"];
        let output = archive.run(&[arguments, own.as_slice()].concat());
        for line in output.stdout.split('\n') {
            let plain = without_own_sequences(line);
            assert!(!plain.contains(is_harmful), "{arguments:?}: {line:?}");
            assert!(
                arguments[0] == "show" || !plain.starts_with(FORGED),
                "{arguments:?}: {line:?}"
            );
        }
    }
}

/// A line without colours and links as newsdex writes them.
fn without_own_sequences(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('\u{1b}') {
        plain.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let end = if let Some(colour) = behind.strip_prefix('[') {
            let digits = colour.find(|letter: char| !letter.is_ascii_digit() && letter != ';');
            digits.filter(|end| colour[*end..].starts_with('m')).map(|end| end + 2)
        } else if let Some(link) = behind.strip_prefix("]8;;") {
            let end = link.find("\u{1b}\\");
            end.filter(|end| link[..*end].bytes().all(|byte| byte.is_ascii_graphic()))
                .map(|end| end + "]8;;\u{1b}\\".len())
        } else {
            None
        };
        let Some(end) = end else { return line.to_owned() };
        rest = &behind[end..];
    }
    plain.push_str(rest);
    plain
}

#[test]
fn errors_name_what_is_evil_on_one_line() {
    let archive = archive();
    let evil = EVIL.replace('\0', "");
    let cases: [&[&str]; 14] = [
        &["show", &evil],
        &["search", &format!("person:\"{evil}")],
        &["search", &format!("{evil} AND (")],
        &["search", "x", &format!("nowhere/{evil}")],
        &["search", "x", "--fields", &evil],
        &["search", "x", "--facet", &evil],
        &["search", "x", "--index", &evil],
        &["index", &evil],
        &["index", ".", "--model", &evil],
        &["index", ".", "--include", &format!("{{{evil}")],
        &["model", "eval", &evil],
        &["batch", &evil],
        &["help", &evil],
        &[&format!("--{evil}")],
    ];
    for arguments in cases {
        let output = archive.run(arguments);
        assert_ne!(output.code, 0, "{arguments:?}: {output:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
        assert_harmless(&output, &format!("{arguments:?}"));
    }
    archive.write(".newsdex/aliases.tsv", format!("merge\tperson\tA\tB\n{evil}\n"));
    assert_harmless(&archive.run(&["search", "strike"]).with_code(2), "aliases");
    archive.write(".newsdex/saved.tsv", format!("({}\t({}\n", evil.replace('\n', " "), evil));
    assert_harmless(&archive.run(&["saved", "list"]), "saved");
    assert_harmless(&archive.run(&["batch", ".newsdex/saved.tsv"]), "batch");
}

#[test]
fn json_is_whole_whatever_the_texts() {
    let archive = archive();
    let whole: [&[&str]; 12] = [
        &["search", "", "-n", "all", "--facet", "outlet,tag,person,date"],
        &["search", "strike", "--kwic"],
        &["facets", "--facet", "outlet,tag,person"],
        &["timeline", "--by", "outlet"],
        &["collocates", "strike"],
        &["entities", "-n", "all"],
        &["entities", "--network"],
        &["explain", "strike"],
        &["doctor"],
        &["status", "--failed"],
        &["saved", "list"],
        &["show", "wire.jsonl"],
    ];
    for arguments in whole {
        let output = archive.run(&[arguments, &["--json"]].concat());
        let _: Value = output.json();
        assert!(!output.stdout.contains(is_harmful), "{arguments:?}");
    }
    let lines: [&[&str]; 5] = [
        &["search", "", "-n", "all", "--format", "jsonl"],
        &["entities", "-n", "all", "--format", "jsonl"],
        &["batch", ".newsdex/saved.tsv", "--hits", "--format", "jsonl"],
        &["annotate", "wire.jsonl", "--format", "jsonl"],
        &["export"],
    ];
    for arguments in lines {
        let output = archive.run(arguments);
        let _: Vec<Value> = output.json_lines();
        assert!(!output.stdout.contains(is_harmful), "{arguments:?}");
    }
}

#[test]
fn pictures_and_networks_hold_texts_and_no_markup() {
    let archive = archive();
    let _ = archive.run(&["timeline", "--by", "outlet", "--per", "day", "--svg", "plot.svg"]);
    let svg = fs::read_to_string(archive.path("plot.svg")).unwrap();
    let graph = archive.run(&["entities", "--network", "--format", "graphml"]).stdout;
    for (picture, elements) in [
        (&svg, &["svg", "title", "desc", "rect", "line", "polyline", "circle", "text", "g"][..]),
        (&graph, &["graphml", "key", "graph", "node", "edge", "data"]),
    ] {
        assert!(picture.contains("Evil") && !picture.contains(is_harmful), "{picture}");
        for element in picture.split('<').skip(1) {
            let name = element.trim_start_matches('/').split([' ', '>', '/']).next();
            let is_known = name.is_some_and(|name| name == "?xml" || elements.contains(&name));
            assert!(is_known, "<{element}");
            assert!(!element.contains(" on") || element.contains('>'), "<{element}");
        }
    }
}

#[test]
fn cells_begin_no_formula_where_none_is_wanted() {
    let archive = archive();
    let rows: [&[&str]; 9] = [
        &["search", "", "-n", "all"],
        &["search", "strike", "--kwic"],
        &["facets", "--facet", "outlet,tag,by,section,date"],
        &["timeline", "--by", "section", "--per", "month"],
        &["entities", "-n", "all"],
        &["batch", ".newsdex/saved.tsv", "--by", "section"],
        &["batch", ".newsdex/saved.tsv", "--hits", "--fields", "section,tags,authors,title"],
        &["saved", "list"],
        &["show", "wire.jsonl", "--fields", "section,tags,authors,title"],
    ];
    let begins_formula = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    for arguments in rows {
        let csv = |options: &[&str]| -> Vec<Vec<String>> {
            let output = archive.run(&[arguments, &["--format", "csv"], options].concat());
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(output.stdout.as_bytes());
            let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
            rows.collect()
        };
        let (exact, safe) = (csv(&[]), csv(&["--no-formulas"]));
        assert!(exact.len() > 1, "{arguments:?}: {exact:?}");
        for (exact, safe) in exact.iter().flatten().zip(safe.iter().flatten()) {
            let expected = if begins_formula(exact) { format!("'{exact}") } else { exact.clone() };
            assert_eq!(*safe, expected, "{arguments:?}");
        }
    }
    let exact =
        archive.done(&["search", "", "-n", "all", "--format", "csv", "--fields", "section"]);
    assert!(exact.stdout.lines().any(|cell| cell.trim_start_matches('"').starts_with("=Evil")));
}

/// Every file below a folder but those of the home, with its bytes.
fn files(folder: &Path) -> BTreeSet<(String, Vec<u8>)> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with(".newsdex") {
                continue;
            }
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let bytes = fs::read(&path).unwrap();
                    found.insert((path.to_string_lossy().into_owned(), bytes));
                }
            }
        }
    }
    found
}

/// A tar archive with members of these names, none of which the `tar` package would write.
fn tar(names: &[&str]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (number, name) in names.iter().enumerate() {
        let text = format!("Title: Member {number}\n\nThe port of member {number} was open.\n");
        let mut header = tar::Header::new_old();
        let bytes = name.as_bytes();
        if bytes.len() > 100 {
            let mut long = tar::Header::new_gnu();
            long.as_old_mut().name[..13].copy_from_slice(b"././@LongLink");
            long.set_entry_type(tar::EntryType::GNULongName);
            long.set_size(bytes.len() as u64 + 1);
            long.set_cksum();
            builder.append(&long, [bytes, b"\0"].concat().as_slice()).unwrap();
        }
        let short = bytes.len().min(100);
        header.as_old_mut().name[..short].copy_from_slice(&bytes[..short]);
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, text.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn names_of_members_stay_names() {
    let archive = Archive::new();
    archive.write("secret.txt", "Title: Secret\n\nNobody may read that the vault is empty.\n");
    let long = "n".repeat(64 << 10);
    let names = [
        "../secret.txt",
        "../../../../../../etc/passwd",
        "/etc/passwd",
        "C:\\x\\autoexec.txt",
        "..\\..\\y.txt",
        "line\nerror: FORGED.txt",
        "esc\u{1b}[2J\u{202e}.txt",
        ".newsdex/index/meta.json.txt",
        &long,
    ];
    archive.write("news/members.tar", tar(&names));
    let zip = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/container/zip-names");
    // The first byte of a seed is for the target.
    archive.write("news/members.zip", &fs::read(zip).unwrap()[1..]);
    let before = files(archive.folder());
    let indexed = archive.run_in("news", &["index", ".", "--no-recognition"]);
    assert_harmless(&indexed, "index");
    // All but the two that begin with a dot, as hidden files do.
    assert_eq!(archive.run_in("news", &["count", "port"]).stdout, "7\n");
    assert_eq!(files(archive.folder()), before);

    for name in ["members.tar#../secret.txt", "members.tar#/etc/passwd", "members.tar"] {
        let shown = archive.run_in("news", &["show", name]).with_code(0);
        assert_harmless(&shown, name);
        assert!(shown.stdout.contains("The port of member"), "{name}: {shown:?}");
        assert!(!shown.stdout.contains("vault") && !shown.stdout.contains("root:"), "{name}");
    }
    for name in ["../secret.txt", "/etc/passwd", "../../../../etc/passwd", "members.zip#/etc/hosts"]
    {
        let shown = archive.run_in("news", &["show", name]).with_code(1);
        assert_eq!(shown.stdout, "", "{name}");
    }
    let found = archive.run_in("news", &["search", "port", "-n", "all"]);
    assert_harmless(&found, "search");
    assert_eq!(files(archive.folder()), before);
}

#[test]
fn markup_in_titles_is_text_and_taken_apart_once() {
    let archive = Archive::with(&[
        ("a.txt", "Title: One <b>bold</b> &amp;lt; storm\n\nText."),
        (
            "b.html",
            "<title>Two &lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; storm</title><h1>Two &lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; storm</h1><p>The storm took roofs off, and the port was closed for a whole day, they said.</p>",
        ),
        (
            "c.xml",
            "<rss><channel><title>c</title><item><title>Three &lt;b> &amp;amp;lt; storm</title><description>Text.</description></item></channel></rss>",
        ),
    ]);
    archive.index();
    let titles = archive.done(&["search", "storm", "--fields", "title", "--format", "tsv"]).stdout;
    let mut titles: Vec<&str> = titles.lines().skip(1).collect();
    titles.sort_unstable();
    insta::assert_snapshot!(titles.join("\n"), @"
    One <b>bold</b> &amp;lt; storm
    Three &lt; storm
    Two <script>alert(1)</script> &lt; storm
    ");
}
