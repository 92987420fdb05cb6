//! Any bytes as XML of every kind: reading ends, and what it gives is clean.

#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use newsdex::ingest::{ReadOptions, read_from};

/// Starts that make the bytes behind them one of the formats; the first leaves that to
/// the bytes.
const STARTS: [&str; 8] = [
    "",
    "<rss><channel><title>a</title><item>",
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    "<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item><wp:post_type>post</wp:post_type>",
    "<nitf>",
    "<NewsML><NewsItem>",
    "<newsMessage><newsItem>",
    "<newsitem itemid='1'>",
];

fuzz_target!(|input: (u8, u16, &[u8])| {
    let (start, limit, bytes) = input;
    let start = STARTS[usize::from(start) % STARTS.len()];
    let source = [start.as_bytes(), bytes].concat();
    // Small limits, so that inputs of some hundred bytes reach them.
    let options = ReadOptions { max_article_bytes: usize::from(limit), ..ReadOptions::default() };
    let _ = read_from("a.xml", source.as_slice(), &options, &mut |article| {
        let is_clean = |text: &str| !text.contains(|c: char| c.is_control() && !"\n\t".contains(c));
        assert!(is_clean(&article.title) && is_clean(&article.body));
        ControlFlow::Continue(())
    });
});
