//! The progress of what takes long, on standard error.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use newsdex::annotate::recogniser::train;
use newsdex::output::grouped;
use newsdex::update::Progress;

/// The bar of an update.
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

/// The progress of a training: a bar on a terminal, else a line now and then.
pub(crate) struct TrainingProgress {
    bar: Option<ProgressBar>,
    epochs: u32,
}

/// Articles between two lines: some minutes of training.
const LINE_EVERY: usize = 5_000;

impl TrainingProgress {
    pub(crate) fn new(epochs: u32, is_terminal: bool) -> Self {
        let bar = is_terminal.then(|| {
            let bar = ProgressBar::new(0);
            let template = "{bar:20} {percent:>3}%  {eta} left  {wide_msg}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.progress_chars("██░"));
            }
            bar
        });
        Self { bar, epochs }
    }

    pub(crate) fn show(&mut self, at: train::Progress) {
        let train::Progress { epoch, articles, of, loss } = at;
        let text = format!("epoch {epoch} of {}, loss {loss:.2}", self.epochs);
        match &self.bar {
            Some(bar) => {
                bar.set_length(of as u64 * u64::from(self.epochs));
                bar.set_position(of as u64 * u64::from(epoch - 1) + articles as u64);
                bar.set_message(text);
            }
            None if articles == of || articles.is_multiple_of(LINE_EVERY) => {
                let (articles, of) = (grouped(articles as u64), grouped(of as u64));
                // Where standard error is closed nobody can be told.
                let _ = writeln!(std::io::stderr(), "{text}, {articles} of {of} articles");
            }
            None => {}
        }
    }

    /// Takes it off the terminal.
    pub(crate) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
