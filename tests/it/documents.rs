//! Runs the examples of the documents, so that they stay true.
//!
//! In a block marked `console` or `sh`, each line `$ newsdex …` is run in a
//! copy of the repository's `sample-corpus/`. Where output stands below it, up
//! to the next command or the end of the block, that must be what it prints;
//! a line `…` stands for any number of lines. Other commands are not run.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Archive, Output};

/// The documents whose examples are run, in one folder each.
const DOCUMENTS: [&str; 2] = ["README.md", "docs/GUIDE.md"];

/// What an example shows for lines that do not matter.
const ANY_LINES: &str = "…";

/// A command of a document, with the output that it shows.
#[derive(Debug, PartialEq)]
struct Example {
    line: usize,
    command: String,
    shown: Vec<String>,
}

fn examples(document: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut in_block = false;
    // Whether what follows is output of the last example.
    let mut is_output = false;
    for (number, line) in document.lines().enumerate() {
        if line.starts_with("```") {
            in_block = !in_block && matches!(line.trim(), "```console" | "```sh");
            is_output = false;
        } else if !in_block {
            continue;
        } else if let Some(command) = line.strip_prefix("$ ") {
            is_output = command.starts_with("newsdex ");
            if is_output {
                let command = command.to_owned();
                found.push(Example { line: number + 1, command, shown: Vec::new() });
            }
        } else if let Some(example) = found.last_mut().filter(|_| is_output) {
            match example.command.strip_suffix('\\') {
                Some(start) if example.shown.is_empty() => {
                    example.command = format!("{}{}", start, line.trim_start());
                }
                _ => example.shown.push(line.to_owned()),
            }
        }
    }
    found
}

/// Whether output is what is shown, `…` standing for any lines.
fn is_shown(shown: &[&str], output: &[&str]) -> bool {
    match shown.split_first() {
        None => output.is_empty(),
        Some((&ANY_LINES, rest)) => (0..=output.len()).any(|from| is_shown(rest, &output[from..])),
        Some((line, rest)) => output.split_first().is_some_and(|(printed, output)| {
            line.trim_end() == printed.trim_end() && is_shown(rest, output)
        }),
    }
}

fn copy(from: &Path, archive: &Archive, to: &str) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name.starts_with('.') {
            continue;
        }
        let to = format!("{to}/{name}");
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), archive, &to),
            false => archive.write(&to, fs::read(entry.path()).unwrap()),
        }
    }
}

/// The words of a command without a shell's marks other than quotes; none if
/// it needs a shell.
fn words(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in command.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some(_), _) => word.get_or_insert_default().push(letter),
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, '#') if word.is_none() => break,
            (None, '|' | '>' | '<' | '~' | '$' | '&' | ';' | '`' | '*') => return None,
            (None, _) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Some(words)
}

#[test]
fn the_examples_of_the_documents_are_true() {
    let top = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    for document in DOCUMENTS {
        // A package without its documents has nothing to run.
        let Ok(text) = fs::read_to_string(top.join(document)) else { continue };
        let archive = Archive::new();
        copy(&top.join("sample-corpus"), &archive, "sample-corpus");
        for example in examples(&text) {
            let Some(words) = words(&example.command) else { continue };
            let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
            let place = format!("{document}:{}: {}", example.line, example.command);
            // Where a folder that the example needs is not the corpus, it is
            // not an example to run.
            if words.iter().any(|word| word.starts_with('/') || word.contains("~/")) {
                continue;
            }
            let folder = if words.contains(&"sample-corpus") { "" } else { "sample-corpus" };
            let output = Output::of(&mut archive.command_in(folder, &words));
            assert!(matches!(output.code, 0 | 1), "{place}\n{output:#?}");
            let shown: Vec<&str> = example.shown.iter().map(String::as_str).collect();
            let shown: &[&str] = match shown.iter().rposition(|line| !line.is_empty()) {
                None => continue,
                Some(last) => &shown[..=last],
            };
            let all = format!("{}{}", output.stderr, output.stdout);
            let fits = [&output.stdout, &all]
                .iter()
                .any(|text| is_shown(shown, &text.lines().collect::<Vec<_>>()));
            assert!(fits, "{place}\nshows\n{}\nand prints\n{all}", shown.join("\n"));
        }
    }
}

#[test]
fn examples_are_found_and_compared() {
    let document = "text\n```console\n$ newsdex count \\\n    'a b'   # why\n5\n…\n\n$ ls\nx\n$ newsdex status\n```\n$ newsdex no\n```rust\n$ newsdex no\n```\n";
    let found = examples(document);
    let commands: Vec<_> =
        found.iter().map(|example| (example.line, example.command.as_str())).collect();
    assert_eq!(commands, [(3, "newsdex count 'a b'   # why"), (10, "newsdex status")]);
    assert_eq!(found[0].shown, ["5", "…", ""]);
    assert_eq!(
        words(&found[0].command),
        Some(vec!["newsdex".into(), "count".into(), "a b".into()])
    );
    assert_eq!(words("newsdex count x | head"), None);
    for (shown, output, fits) in [
        (&["a", "…"][..], &["a"][..], true),
        (&["a", "…", "d"], &["a", "b", "c", "d"], true),
        (&["a", "…", "d"], &["a", "b", "c"], false),
        (&["a"], &["a", "b"], false),
        (&["…"], &[], true),
    ] {
        assert_eq!(is_shown(shown, output), fits, "{shown:?} {output:?}");
    }
}
