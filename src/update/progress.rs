//! How an update tells its caller how far it is.

/// Is told how far an update is; called from several threads.
pub trait Progress: Sync {
    /// So many files, of so many bytes together, are to be read.
    fn planned(&self, files: u64, bytes: u64);
    /// So many bytes of a source file were read, with so many articles.
    fn read(&self, bytes: u64, articles: u64);
    /// A file is done, of which so many bytes were not told of yet.
    fn file_done(&self, bytes: u64);
    /// All is read; the index is being written.
    fn finishing(&self);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn planned(&self, _files: u64, _bytes: u64) {}
    fn read(&self, _bytes: u64, _articles: u64) {}
    fn file_done(&self, _bytes: u64) {}
    fn finishing(&self) {}
}
