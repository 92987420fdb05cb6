//! A bound on the bytes that wait for the engine.
//!
//! The engine's own queue counts articles; a few long ones could fill the
//! memory. The documents of a batch hold its share of the budget until the
//! last of them is indexed.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A number of bytes that documents share; see [`Budget::take`].
#[derive(Clone, Debug)]
pub struct Budget {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    limit: usize,
    taken: Mutex<usize>,
    given_back: Condvar,
}

/// A share of a [`Budget`]; given back when dropped.
#[derive(Debug)]
pub struct Share {
    bytes: usize,
    shared: Arc<Shared>,
}

impl Budget {
    /// A budget of `limit` bytes.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        let shared = Shared { limit, taken: Mutex::new(0), given_back: Condvar::new() };
        Self { shared: Arc::new(shared) }
    }

    /// Takes `bytes`, waiting until they are free. What is larger than the
    /// whole budget waits until nothing else is taken.
    ///
    /// Whoever waits must hold no other share, or all may wait for ever.
    #[must_use]
    pub fn take(&self, bytes: usize) -> Share {
        let shared = &self.shared;
        // A panic elsewhere leaves a plain number behind; it stays usable.
        let mut taken = shared.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken > 0 && *taken + bytes > shared.limit {
            taken = shared.given_back.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += bytes;
        Share { bytes, shared: Arc::clone(shared) }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.shared.taken.lock().unwrap_or_else(PoisonError::into_inner);
        *taken -= self.bytes;
        self.shared.given_back.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;
    use std::thread;

    #[test]
    fn waits_until_enough_is_given_back() {
        let budget = Budget::new(10);
        let first = budget.take(8);
        thread::scope(|scope| {
            let waiting = scope.spawn(|| budget.take(5).bytes);
            drop(first);
            assert_eq!(waiting.join().unwrap(), 5);
        });
    }

    #[test]
    fn the_oversized_pass_alone() {
        assert_eq!(Budget::new(10).take(100).bytes, 100);
    }
}
