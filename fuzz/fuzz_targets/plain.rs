//! Plain texts, Markdown, JSON and SGML of any bytes give clean articles, or fail.

#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use newsdex::ingest::{ReadOptions, read_from};

/// Names that tell the format, and what makes the bytes one of it.
const FORMATS: [(&str, &str); 6] = [
    ("a.txt", ""),
    ("a.md", "---\n"),
    ("a.json", "{\"headline\": \""),
    ("a.jsonl", ""),
    ("a.json", "{\"uri\": \"a\", \"type\": \"text\", \"headline\": \"b\", "),
    ("a.sgm", "<REUTERS NEWID=\"1\"><TEXT>"),
];

fuzz_target!(|input: (u8, u16, &[u8])| {
    let (format, limit, bytes) = input;
    let (name, start) = FORMATS[usize::from(format) % FORMATS.len()];
    let source = [start.as_bytes(), bytes].concat();
    // Small limits, so that inputs of some hundred bytes reach them.
    let options = ReadOptions { max_article_bytes: usize::from(limit), ..ReadOptions::default() };
    let _ = read_from(name, source.as_slice(), &options, &mut |article| {
        let is_clean = |text: &str| !text.contains(|c: char| c.is_control() && !"\n\t".contains(c));
        assert!(is_clean(&article.title) && is_clean(&article.body));
        ControlFlow::Continue(())
    });
});
