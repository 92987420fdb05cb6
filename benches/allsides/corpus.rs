//! The corpus: a folder of JSON files, one article each, directly in it.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::Outcome;

/// What the bare index takes of an article.
#[derive(Debug, Deserialize)]
pub(crate) struct Text<'a> {
    /// The title.
    #[serde(borrow)]
    pub(crate) title: Cow<'a, str>,
    /// The body.
    #[serde(borrow)]
    pub(crate) content: Cow<'a, str>,
}

/// A corpus and its size.
#[derive(Debug)]
pub(crate) struct Corpus {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// Bytes of the titles and bodies, as UTF-8.
    pub(crate) text_bytes: u64,
    files: u64,
    file_bytes: u64,
}

impl Corpus {
    /// Reads the whole corpus, so that no later measurement is the first to
    /// touch the disk.
    pub(crate) fn measure(folder: &Path) -> Outcome<Self> {
        let mut corpus = Self { folder: folder.to_owned(), text_bytes: 0, files: 0, file_bytes: 0 };
        for_each_file(folder, |bytes| {
            let text: Text<'_> = serde_json::from_slice(bytes)?;
            corpus.text_bytes += (text.title.len() + text.content.len()) as u64;
            corpus.files += 1;
            corpus.file_bytes += bytes.len() as u64;
            Ok(())
        })?;
        if corpus.files == 0 {
            return Err(format!("no files ending in `.json` in `{}`", folder.display()).into());
        }
        Ok(corpus)
    }
}

impl fmt::Display for Corpus {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = |bytes| bytes as f64 / 1e6;
        write!(
            out,
            "corpus: {} files, {:.1} MB, of which {:.1} MB are titles and bodies",
            self.files,
            megabytes(self.file_bytes),
            megabytes(self.text_bytes),
        )
    }
}

/// Gives the bytes of each file, in the order of the folder.
pub(crate) fn for_each_file(
    folder: &Path,
    mut take: impl FnMut(&[u8]) -> Outcome<()>,
) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let named = |cause| format!("cannot take `{}`: {cause}", path.display());
            let bytes = fs::read(&path).map_err(|cause| named(cause.into()))?;
            take(&bytes).map_err(named)?;
        }
    }
    Ok(())
}
