//! Ctrl-C: the first lets what is done be committed, the second ends at once.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::failure::{Failure, INTERRUPTED};

static STOP: AtomicBool = AtomicBool::new(false);

/// From now on, Ctrl-C sets the flag that is returned.
#[expect(clippy::exit, reason = "the second Ctrl-C ends at once")]
pub(crate) fn stop_on_ctrl_c() -> Result<&'static AtomicBool, Failure> {
    let on_signal = || {
        if STOP.swap(true, Ordering::Relaxed) {
            process::exit(i32::from(INTERRUPTED));
        }
    };
    ctrlc::set_handler(on_signal).map_err(Failure::no_signals)?;
    Ok(&STOP)
}
