//! Work done by several threads, its results in the order of the work.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use newsdex::index::start;

use crate::failure::Failure;

/// Pieces of work, and results, that wait for each thread: enough to keep it
/// busy, and few enough that memory stays flat.
const WAITING: usize = 2;

/// Has `threads` workers do what `produce` gives, in turn, and hands the results
/// to `consume` in the order in which the work was given. When `consume` fails,
/// all stop.
pub(crate) fn in_order<Work: Send, Done: Send, Worker: FnMut(Work) -> Done + Send>(
    threads: usize,
    produce: impl FnOnce(&mut dyn FnMut(Work) -> ControlFlow<()>) + Send,
    worker: impl Fn() -> Worker,
    mut consume: impl FnMut(Done) -> Result<(), Failure>,
) -> Result<(), Failure> {
    thread::scope(|scope| {
        let mut to_workers: Vec<SyncSender<Work>> = Vec::with_capacity(threads);
        let mut results: Vec<Receiver<Done>> = Vec::with_capacity(threads);
        for _ in 0..threads {
            let (to_worker, work) = sync_channel::<Work>(WAITING);
            let (done, result) = sync_channel(WAITING);
            let mut worker = worker();
            start(scope, move || {
                for piece in work {
                    // Nobody wants more once `consume` has failed.
                    if done.send(worker(piece)).is_err() {
                        break;
                    }
                }
            })?;
            to_workers.push(to_worker);
            results.push(result);
        }
        start(scope, move || {
            let mut turn = to_workers.iter().cycle();
            produce(&mut |piece| match turn.next().map(|worker| worker.send(piece)) {
                Some(Ok(())) => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            });
        })?;
        // Whoever has no result in his turn was the first to be given no work.
        for results in results.iter().cycle() {
            let Ok(done) = results.recv() else { break };
            consume(done)?;
        }
        Ok(())
    })
}
