//! Writes a corpus: one JSON file for each article, in folders by day.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;

use super::article::Articles;
use super::names::Names;
use super::vocabulary::Vocabulary;
use crate::Outcome;

/// What all corpora are made from.
const SEED: u64 = 6;

/// Articles that a thread writes before it asks for more.
const STRETCH: usize = 500;

/// Where articles are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In folders by day.
    ByDay,
    /// All in the folder of new ones.
    New,
}

/// The folder of new articles.
pub(crate) const FOLDER_OF_NEW: &str = "new";

/// The texts whose words the articles have.
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-corpus");

/// Writes the articles with these numbers below `folder`; gives the bytes of their titles
/// and bodies.
pub(crate) fn write(folder: &Path, numbers: Range<usize>, place: Place) -> Outcome<u64> {
    let vocabulary = Vocabulary::read(Path::new(SAMPLES), SEED)?;
    let names = Names::new(&vocabulary, SEED);
    let articles = Articles { vocabulary, names, seed: SEED };
    let (next, text_bytes) = (AtomicUsize::new(numbers.start), AtomicU64::new(0));
    thread::scope(|scope| {
        let work = || -> std::io::Result<()> {
            loop {
                let start = next.fetch_add(STRETCH, Ordering::Relaxed);
                if start >= numbers.end {
                    return Ok(());
                }
                for number in start..numbers.end.min(start + STRETCH) {
                    text_bytes.fetch_add(one(folder, &articles, number, place)?, Ordering::Relaxed);
                }
            }
        };
        let threads: Vec<_> =
            (0..thread::available_parallelism()?.get()).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(written) => written,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })?;
    Ok(text_bytes.into_inner())
}

/// Writes one article; gives the bytes of its text.
fn one(folder: &Path, articles: &Articles, number: usize, place: Place) -> std::io::Result<u64> {
    let article = articles.article(number);
    let day = match place {
        Place::ByDay => folder.join(article.date[..10].replace('-', "/")),
        Place::New => folder.join(FOLDER_OF_NEW),
    };
    let path = day.join(format!("{number:07}.json"));
    let json = serde_json::to_vec(&article)?;
    if fs::write(&path, &json).is_err() {
        fs::create_dir_all(&day)?;
        fs::write(&path, &json)?;
    }
    Ok((article.title.len() + article.content.len()) as u64)
}
