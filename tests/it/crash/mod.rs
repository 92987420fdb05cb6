//! What machines do to an index: a process that is killed at any point, disks that are
//! full or fail, power that goes. After each the index is a committed state, and the next
//! run reaches what an undisturbed one does.
//!
//! `faults.c` is loaded into the real program, on Linux; elsewhere these tests are skipped,
//! all but the kills at random times. `NEWSDEX_CRASH_ROUNDS` is how many kills and how many
//! errors there are.

mod corpus;
mod errors;
pub(crate) mod faults;
mod kills;
mod moments;
mod own_files;
mod power;
mod state;
