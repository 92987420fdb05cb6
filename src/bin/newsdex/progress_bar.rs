//! The progress of an update on a terminal.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use newsdex::output::grouped;
use newsdex::update::Progress;

/// A bar on standard error.
pub(crate) struct Bar {
    bar: ProgressBar,
    files: AtomicU64,
    files_done: AtomicU64,
    articles: AtomicU64,
}

/// Bytes below which an update is too short for a bar.
const WORTH_SHOWING_BYTES: u64 = 1_000_000;

impl Bar {
    /// A bar that shows itself once there is something to show.
    pub(crate) fn new() -> Self {
        Self {
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            files: AtomicU64::new(0),
            files_done: AtomicU64::new(0),
            articles: AtomicU64::new(0),
        }
    }

    /// Takes it off the terminal.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    fn show_counts(&self) {
        let message = format!(
            "{} of {} files, {} articles",
            grouped(self.files_done.load(Ordering::Relaxed)),
            grouped(self.files.load(Ordering::Relaxed)),
            grouped(self.articles.load(Ordering::Relaxed)),
        );
        self.bar.set_message(message);
    }
}

impl Progress for Bar {
    fn planned(&self, files: u64, bytes: u64) {
        if bytes < WORTH_SHOWING_BYTES {
            return;
        }
        self.files.store(files, Ordering::Relaxed);
        self.bar.set_length(bytes);
        // The counts come last: where the terminal is narrow they are cut off.
        let template = "{bar:20} {percent:>3}%  {decimal_bytes_per_sec}  {eta} left  {wide_msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("██░"));
        }
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    fn read(&self, bytes: u64, articles: u64) {
        self.bar.inc(bytes);
        self.articles.fetch_add(articles, Ordering::Relaxed);
    }

    fn file_done(&self, bytes: u64) {
        self.bar.inc(bytes);
        // Counts that change a thousand times a second cannot be read.
        if self.files_done.fetch_add(1, Ordering::Relaxed).is_multiple_of(64) {
            self.show_counts();
        }
    }

    fn finishing(&self) {
        self.show_counts();
        self.bar.set_position(self.bar.length().unwrap_or(0));
    }
}
