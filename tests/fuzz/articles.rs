//! What holds of the articles of every format, whatever the bytes.

use std::ops::ControlFlow;

use newsdex::article::Article;
use newsdex::ingest::{Bounds, ReadOptions, read_from};

use super::choice::choice;

/// Limits of an article, in bytes, which some hundred bytes reach.
const LIMITS: [usize; 3] = [2000, 60, 0];

/// How many times the bytes of an article in its file its texts may have: a byte of a
/// single-byte encoding may take three, a byte that is not valid is shown as three, and a
/// title may be a part of the text.
const GROWTH: usize = 8;

/// Bytes that may come from elsewhere: what the starts of files say, a feed of its items.
const MADE: usize = 2000;

/// Reads a file of any of these names, the bytes behind what makes them one of the format;
/// the first byte chooses which, and the limit of an article.
pub(super) fn check(starts: &[(&str, &[u8])], bytes: &[u8]) {
    let (chosen, bytes) = choice(bytes, starts.len() * LIMITS.len());
    let (name, start) = starts[chosen % starts.len()];
    let source = [start, bytes].concat();
    let max_article_bytes = LIMITS[chosen / starts.len()];
    read(name, &source, &ReadOptions { max_article_bytes, ..ReadOptions::default() });
}

/// The same of archives and what is compressed, whose texts may be larger than they.
pub(super) fn check_archive(name: &str, bytes: &[u8]) {
    let options = ReadOptions {
        max_article_bytes: 4096,
        bounds: Bounds { max_ratio: 10, max_depth: 3, max_members: 20 },
        ..ReadOptions::default()
    };
    read(name, bytes, &options);
}

fn read(name: &str, source: &[u8], options: &ReadOptions) {
    let largest = GROWTH * (options.max_article_bytes + MADE);
    let mut given = 0_usize;
    let outcome = read_from(name, source, options, &mut |article| {
        check_article(&article);
        assert!(article.text_bytes() <= largest, "{} bytes", article.text_bytes());
        given += 1;
        ControlFlow::Continue(())
    });
    match outcome {
        Ok(reading) => assert_eq!(reading.bytes, source.len() as u64),
        Err(error) => {
            assert_eq!(given, 0);
            assert!(!error.to_string().contains(char::is_control), "{error:?}");
        }
    }
}

/// Whether an article is as every stage behind may expect it.
fn check_article(article: &Article) {
    let is_text =
        |text: &str| !text.contains(|letter: char| letter.is_control() && !"\n\t".contains(letter));
    assert!(is_text(&article.body), "{article:?}");
    let lines = [
        &article.part,
        &article.title,
        &article.url,
        &article.outlet,
        &article.section,
        &article.lang,
        &article.date_text,
        &article.dateline,
    ];
    let lists =
        [&article.authors, &article.tags, &article.people, &article.organizations, &article.places];
    for line in lines.into_iter().chain(lists.into_iter().flatten()) {
        assert!(!line.contains(char::is_control), "{line:?} in {article:?}");
        assert_eq!(line.trim(), line, "{article:?}");
    }
    assert_eq!(article.body.trim(), article.body);
    assert!(article.doubts.is_sorted_by(|one, other| one < other), "{:?}", article.doubts);
    let dates = article.published.iter().chain(&article.rival_dates).map(|(date, _)| date);
    for date in dates.chain(&article.embargoed_until) {
        assert_eq!(date.to_string().parse().as_ref(), Ok(date));
    }
}
