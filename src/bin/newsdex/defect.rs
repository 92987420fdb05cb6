//! What is told when the program fails inside, instead of a panic.
//!
//! Whatever the bytes of an index are, and whatever its author overlooked, its user gets
//! an error with an exit code and the way on.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{self, AssertUnwindSafe, Location, PanicHookInfo};
use std::sync::{Mutex, PoisonError};

use crate::failure::Failure;

/// The last panic of any thread.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// What a thread panics with that waited for one that did: says nothing new.
const OF_ANOTHER_THREAD: &str = "a scoped thread panicked";

/// Does `work`; its failure is also that of a panic inside.
pub(crate) fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    panic::set_hook(Box::new(remember));
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(failure()))
}

fn remember(panic: &PanicHookInfo<'_>) {
    let message = panic.payload_as_str().unwrap_or("no reason given");
    if message == OF_ANOTHER_THREAD {
        return;
    }
    let place = panic.location().map(place).unwrap_or_default();
    let mut what = format!("{message} ({place})");
    // Only where the environment asks for one.
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        what.push_str(&format!("\n{trace}"));
    }
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(what);
}

/// File and line, without where the builder's machine keeps packages.
fn place(location: &Location<'_>) -> String {
    let file = location.file();
    let in_package = file.split_once("registry/src/").and_then(|(_, rest)| rest.split_once('/'));
    let file = in_package.map_or(file, |(_, file)| file);
    format!("{file}:{}", location.line())
}

fn failure() -> Failure {
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
    let what = last.unwrap_or_else(|| "no reason given".to_owned());
    Failure::of_lines(format_args!("newsdex failed inside: {what}"))
        .hint("`newsdex verify` tells whether the index is damaged")
        .hint("if it is not, this is a defect of newsdex: please report it with these lines")
}
