//! The collections of TREC of any bytes give clean articles, or fail.

#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use newsdex::ingest::{ReadOptions, read_from};

/// What the bytes are put behind, so that they are taken for this format.
const STARTS: [&[u8]; 1] = [b"<DOC>\n<DOCNO>1</DOCNO>"];

/// Articles of so many bytes are read at most, so that the limit is reached.
const LIMIT_BYTES: usize = 2000;

fuzz_target!(|bytes: &[u8]| {
    let options = ReadOptions { max_article_bytes: LIMIT_BYTES, ..ReadOptions::default() };
    for start in STARTS {
        let stream = [start, bytes].concat();
        let _ = read_from("a.sgm", stream.as_slice(), &options, &mut |article| {
            let is_clean = |text: &str| {
                !text.contains(|sign: char| sign.is_control() && !"\n\t".contains(sign))
            };
            assert!(is_clean(&article.title) && is_clean(&article.body), "{article:?}");
            ControlFlow::Continue(())
        });
    }
});
