//! What the system allows little of: memory, threads, open files, long names; and what
//! there is much of. Each is small here; `NEWSDEX_LIMITS=1` makes it as large as the guide
//! says.

mod bounded;
mod many;
mod names;
mod system;
