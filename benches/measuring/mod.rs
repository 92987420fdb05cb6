//! What the benchmarks share: running processes, figures with their limits, the table.

mod figures;
mod folder;
mod limits;
mod process;
mod table;

pub(crate) use figures::{Figure, Series, Unit, json_lines};
pub(crate) use folder::{remove, size_of};
pub(crate) use limits::Limits;
pub(crate) use process::{Memory, timed, watched};
pub(crate) use table::table_of;
