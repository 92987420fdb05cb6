//! Web pages of any markup give a clean article, or fail.

#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use newsdex::ingest::{ReadOptions, read_from};

fuzz_target!(|bytes: &[u8]| {
    let _ = read_from("a.html", bytes, &ReadOptions::default(), &mut |article| {
        let is_clean = |text: &str| !text.contains(|c: char| c.is_control() && !"\n\t".contains(c));
        let names = article.authors.iter().chain(&article.tags).chain([&article.outlet]);
        assert!(
            is_clean(&article.title) && is_clean(&article.body) && { names }
                .all(|name| is_clean(name))
        );
        ControlFlow::Continue(())
    });
});
