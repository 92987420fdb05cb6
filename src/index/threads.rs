//! Work on many things of one kind, done by several threads.

use std::iter;
use std::num::NonZero;
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

/// Threads that the system can run at once.
#[must_use]
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does two things at once; one after the other where the system starts no more threads.
pub fn both<One: Send, Other>(
    one: impl Fn() -> One + Sync,
    other: impl FnOnce() -> Other,
) -> (One, Other) {
    thread::scope(|scope| {
        let beside = start(scope, &one).ok();
        let other = other();
        (beside.map_or_else(&one, joined), other)
    })
}

/// What a thread gives once it ends.
fn joined<Done>(thread: ScopedJoinHandle<'_, Done>) -> Done {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

/// Has `threads` threads, one at least, `work` on `items`, each on the next that nobody has
/// taken, with its number and what the thread itself began with, and gives what they come to.
/// Where the system starts fewer threads, those do it; the caller's is one of them.
///
/// # Errors
///
/// The error of a thread that failed; the others begin no item then.
pub fn shared_out<Item: Sync, Done: Send, Error: Send>(
    items: &[Item],
    threads: usize,
    begin: impl Fn() -> Result<Done, Error> + Sync,
    work: impl Fn(&mut Done, usize, &Item) -> Result<(), Error> + Sync,
) -> Result<Vec<Done>, Error> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = begin()?;
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(number) else { return Ok(done) };
            if let Err(error) = work(&mut done, number, item) {
                next.store(items.len(), Ordering::Relaxed);
                return Err(error);
            }
        }
    };
    thread::scope(|scope| {
        let others: Vec<_> =
            (1..threads.min(items.len())).map_while(|_| start(scope, worker).ok()).collect();
        let own = worker();
        iter::once(own).chain(others.into_iter().map(joined)).collect()
    })
}

/// Stretches for each thread: few enough that each is worth its own results, and
/// enough that nobody waits long for the one who drew the slowest.
const STRETCHES: usize = 4;

/// Has `threads` threads `work` on stretches of `items` that lie side by side, as
/// [`shared_out`] does, and gives the results in the order of the stretches.
///
/// # Errors
///
/// The error of a stretch that failed; no other is begun then.
pub fn in_stretches<Item: Sync, Done: Send, Error: Send>(
    items: &[Item],
    threads: usize,
    work: impl Fn(&[Item]) -> Result<Done, Error> + Sync,
) -> Result<Vec<Done>, Error> {
    let length = items.len().div_ceil(threads.max(1).saturating_mul(STRETCHES)).max(1);
    let stretches: Vec<&[Item]> = items.chunks(length).collect();
    let of_threads = shared_out(
        &stretches,
        threads,
        || Ok(Vec::new()),
        |done, number, stretch| {
            done.push((number, work(stretch)?));
            Ok(())
        },
    )?;
    let mut done: Vec<(usize, Done)> = of_threads.into_iter().flatten().collect();
    done.sort_unstable_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::{both, in_stretches, shared_out};
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
    fn every_item_is_taken_once() {
        for (count, threads) in [(0, 3), (1, 0), (7, 2), (1000, 3), (5, 64)] {
            let items: Vec<usize> = (0..count).collect();
            let begin = || Ok::<_, IndexError>(Vec::new());
            let done = shared_out(&items, threads, begin, |taken, number, item| {
                taken.push((number, *item));
                Ok(())
            });
            let mut done = done.unwrap().concat();
            done.sort_unstable();
            assert_eq!(done, items.iter().copied().enumerate().collect::<Vec<_>>());
        }
    }

    #[test]
    fn two_things_are_done() {
        assert_eq!(both(|| 1, || "two"), (1, "two"));
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
