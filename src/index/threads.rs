//! Work on many things of one kind, done by several threads.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder, Scope, ScopedJoinHandle};

use super::IndexError;

/// Starts a thread of `scope`, which does `work`.
///
/// # Errors
///
/// When the system starts no more threads.
pub fn start<'scope, Done: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> Done + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, Done>, IndexError> {
    Builder::new().spawn_scoped(scope, work).map_err(|cause| IndexError::NoThread { cause })
}

/// Stretches for each thread: few enough that each is worth its own results, and
/// enough that nobody waits long for the one who drew the slowest.
const STRETCHES: usize = 4;

/// Has `threads` threads, one at least, `work` on stretches of `items` that lie side
/// by side, and gives the results in the order of the stretches. Where the system starts
/// fewer threads, those do it; the caller's is one of them.
///
/// # Errors
///
/// The error of the first stretch that failed; no other is begun then.
pub fn in_stretches<Item: Sync, Done: Send, Error: Send>(
    items: &[Item],
    threads: usize,
    work: impl Fn(&[Item]) -> Result<Done, Error> + Sync,
) -> Result<Vec<Done>, Error> {
    let threads = threads.max(1);
    let length = items.len().div_ceil(threads.saturating_mul(STRETCHES)).max(1);
    let stretches: Vec<&[Item]> = items.chunks(length).collect();
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(stretch) = stretches.get(number) else { return done };
            let result = work(stretch);
            if result.is_err() {
                next.store(stretches.len(), Ordering::Relaxed);
            }
            done.push((number, result));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> =
            (1..threads.min(stretches.len())).map_while(|_| start(scope, worker).ok()).collect();
        let mut done = worker();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::in_stretches;
    use crate::index::IndexError;

    #[test]
    fn results_come_in_the_order_of_the_work() {
        for (count, threads) in [(0, 3), (1, 0), (7, 2), (1000, 3), (5, 64)] {
            let items: Vec<usize> = (0..count).collect();
            let copied = |stretch: &[usize]| Ok::<_, IndexError>(stretch.to_vec());
            let done = in_stretches(&items, threads, copied).unwrap();
            assert!(done.len() <= 4 * threads.max(1));
            assert_eq!(done.concat(), items);
        }
    }

    #[test]
    fn an_error_is_handed_on() {
        let items: Vec<usize> = (0..1000).collect();
        let failing = |stretch: &[usize]| match stretch.contains(&500) {
            true => Err(IndexError::Damaged { what: "500" }),
            false => Ok(()),
        };
        let error = in_stretches(&items, 2, failing).unwrap_err();
        assert!(matches!(error, IndexError::Damaged { what: "500" }));
    }
}
