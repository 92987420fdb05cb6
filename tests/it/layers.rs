//! The rules of the house: which layer may use which, what may stand where.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, from the bottom up, with those that each may use.
const LAYERS: [(&str, &[&str]); 10] = [
    ("text", &[]),
    ("article", &["text"]),
    ("ingest", &["article", "text"]),
    ("annotate", &["article", "text"]),
    ("query", &["text"]),
    ("index", &["article", "text"]),
    ("search", &["index", "query", "article", "text"]),
    ("update", &["index", "annotate", "ingest", "article", "text"]),
    ("output", &["search", "update", "article", "text"]),
    ("bin", &[]),
];

/// Plain types of a layer that another may name though it may not use the rest
/// of it: what annotation hands to the index, which stores it, searches it and
/// gives it back to be shown; what a verification found; and the way from the name of a source file to the
/// path that a link needs.
const PLAIN_TYPES: [(&str, &str, &[&str]); 5] = [
    (
        "index",
        "annotate",
        &["Annotations", "Entity", "EntityKind", "Mention", "Origin", "TextPart", "TokenisedText"],
    ),
    ("search", "annotate", &["EntityKind", "Origin", "TextPart", "TokenisedText"]),
    ("output", "annotate", &["Annotations", "EntityKind", "Origin", "TextPart"]),
    (
        "output",
        "index",
        &["Depth", "Fault", "FaultKind", "Listed", "Remark", "StoredArticle", "Verification"],
    ),
    ("output", "ingest", &["path_of_name"]),
];

/// Packages that only these layers may name.
const PACKAGES: [(&str, &[&str]); 6] = [
    ("tantivy", &["index", "search"]),
    ("clap", &["bin"]),
    ("clap_complete", &["bin"]),
    ("ctrlc", &["bin"]),
    ("indicatif", &["bin"]),
    ("terminal_size", &["bin"]),
];

/// What the library never does: print, exit, read the environment or the
/// clock.
const NOT_IN_THE_LIBRARY: [&str; 12] = [
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "dbg!",
    "std::env",
    "process::exit",
    "io::stdout",
    "io::stderr",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
];

/// Lines of a file, without its tests.
const MOST_LINES: usize = 500;

/// What may stand in the repository's top folder, beside dotfiles, licences
/// and what git ignores.
const TOP_LEVEL: [&str; 13] = [
    "Cargo.toml",
    "Cargo.lock",
    "README.md",
    "CHANGELOG.md",
    "clippy.toml",
    "rustfmt.toml",
    "src",
    "tests",
    "sample-corpus",
    "docs",
    "benches",
    "fuzz",
    "target",
];

/// A file of Rust.
struct Source {
    /// Its path from the repository's top, with `/`.
    name: String,
    layer: String,
    text: String,
}

impl Source {
    /// Its lines before its tests, without comments, numbered from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .take_while(|line| line.trim() != "#[cfg(test)]" || self.name.ends_with("mod.rs"))
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(number, line)| (number + 1, line.split(" // ").next().unwrap_or(line)))
    }

    fn is_test(&self) -> bool {
        self.name.contains("/tests/") || self.name.ends_with("/tests.rs")
    }
}

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files of Rust below a folder of the repository.
fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&top().join(folder), &mut found);
    assert!(!found.is_empty(), "no source in {folder}");
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let relative = path.strip_prefix(top()).unwrap();
            let parts: Vec<_> = relative.iter().map(|part| part.to_str().unwrap()).collect();
            let layer = parts.get(1).copied().unwrap_or_default().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            found.push(Source { name: parts.join("/"), layer, text });
        }
    }
}

/// The names that `text` imports or mentions after `start`, such as `crate::`:
/// the first part of each path, and what follows it.
fn paths<'a>(line: &'a str, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    line.match_indices(start).filter_map(move |(at, _)| {
        let before = line[..at].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
            return None;
        }
        let rest = &line[at + start.len()..];
        let end = rest.find(|letter: char| !is_in_name(letter)).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        (!name.is_empty()).then_some((name, rest))
    })
}

const fn is_in_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// The names that a path goes on with: `::{A, B}` gives both.
fn names_after(rest: &str) -> BTreeSet<&str> {
    let Some(rest) = rest.strip_prefix("::") else { return BTreeSet::new() };
    let list = match rest.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or(list),
        None => rest.split(|letter| !is_in_name(letter)).next().unwrap_or(rest),
    };
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// The code of a file with each statement on one line, so that lists of
/// imports are whole.
fn joined_imports(source: &Source) -> Vec<(usize, String)> {
    let mut statements: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in source.code() {
        match statements.last_mut().filter(|_| open) {
            Some((_, statement)) => statement.push_str(line.trim()),
            None => statements.push((number, line.to_owned())),
        }
        let starts = line.trim_start().starts_with("use ") || line.contains("pub use ");
        open = (open || starts) && !line.trim_end().ends_with(';');
    }
    statements
}

#[test]
fn no_layer_reaches_up_or_sideways() {
    let known: BTreeSet<&str> = LAYERS.iter().map(|(layer, _)| *layer).collect();
    let mut broken = Vec::new();
    for source in sources("src") {
        if matches!(source.name.as_str(), "src/lib.rs") || source.layer == "bin" {
            continue;
        }
        let Some((layer, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == source.layer) else {
            panic!("{}: no layer is called `{}`", source.name, source.layer);
        };
        if source.is_test() {
            continue;
        }
        for (number, statement) in joined_imports(&source) {
            for (used, rest) in paths(&statement, "crate::") {
                let types = PLAIN_TYPES
                    .iter()
                    .find(|(by, of, _)| by == layer && *of == used)
                    .is_some_and(|(_, _, types)| {
                        let names = names_after(rest);
                        !names.is_empty() && names.iter().all(|name| types.contains(name))
                    });
                assert!(known.contains(used), "{}: `crate::{used}`", source.name);
                if used != *layer && !allowed.contains(&used) && !types {
                    broken.push(format!("{}:{number}: {}", source.name, statement.trim()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "layers that these may not use:\n{}", broken.join("\n"));
}

#[test]
fn the_table_of_layers_has_no_circle_and_misses_none() {
    let mut below = BTreeSet::new();
    for (layer, allowed) in LAYERS {
        for used in allowed {
            assert!(below.contains(used), "`{layer}` may use `{used}`, which is not below it");
        }
        below.insert(layer);
    }
    let folders = fs::read_dir(top().join("src")).unwrap().map(|entry| entry.unwrap());
    let folders = folders.filter(|entry| entry.path().is_dir());
    let folders: BTreeSet<String> =
        folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert_eq!(folders, below.into_iter().map(str::to_owned).collect());
}

#[test]
fn packages_are_named_only_where_they_belong() {
    let mut broken = Vec::new();
    for source in sources("src") {
        for (package, layers) in PACKAGES {
            if layers.contains(&source.layer.as_str()) {
                continue;
            }
            let start = format!("{package}::");
            for (number, line) in source.code() {
                if paths(line, &start).next().is_some() || line.contains(&format!("{start}{{")) {
                    broken.push(format!("{}:{number}: {}", source.name, line.trim()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "packages that do not belong here:\n{}", broken.join("\n"));
}

#[test]
fn the_library_neither_prints_nor_exits_nor_asks() {
    let mut broken = Vec::new();
    for source in sources("src").iter().filter(|source| source.layer != "bin") {
        for (number, line) in source.code() {
            if NOT_IN_THE_LIBRARY.iter().any(|word| line.contains(word)) {
                broken.push(format!("{}:{number}: {}", source.name, line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "not in the library:\n{}", broken.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    for folder in ["src", "tests", "benches", "fuzz/fuzz_targets"] {
        for source in sources(folder) {
            assert!(source.text.starts_with("//! "), "{} has no module comment", source.name);
        }
    }
}

#[test]
fn no_file_is_too_long() {
    for folder in ["src", "tests", "benches"] {
        for source in sources(folder).iter().filter(|source| folder != "src" || !source.is_test()) {
            let tests = source.text.lines().position(|line| line == "#[cfg(test)]");
            let lines = tests.unwrap_or_else(|| source.text.lines().count());
            assert!(lines <= MOST_LINES, "{} has {lines} lines", source.name);
        }
    }
}

#[test]
fn module_files_hold_no_logic() {
    for source in sources("src").iter().filter(|source| source.name.ends_with("/mod.rs")) {
        for (number, line) in source.code() {
            let words: Vec<_> = line.split_whitespace().take(3).collect();
            let is_logic = words
                .iter()
                .any(|word| *word == "fn" || *word == "impl" || word.starts_with("impl<"));
            assert!(!is_logic, "{}:{number}: {line}", source.name);
        }
    }
}

#[test]
fn the_top_folder_holds_nothing_else() {
    for entry in fs::read_dir(top()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_known = TOP_LEVEL.contains(&name.as_str())
            || name.starts_with('.')
            || name.starts_with("LICENSE-");
        assert!(is_known, "`{name}` does not belong in the top folder");
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(top().join("Cargo.toml")).unwrap();
    let mut in_dependencies = false;
    let mut before = "";
    let mut count = 0;
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies");
        } else if in_dependencies && line.contains('=') && !line.starts_with('#') {
            count += 1;
            assert!(before.starts_with('#'), "no reason stands above `{line}`");
        }
        before = line;
    }
    assert!(count > 10, "only {count} dependencies were found");
}
