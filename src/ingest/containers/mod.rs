//! Archives and compressed files: streams that hold other streams.
//!
//! Each gives a stream for what it holds, which is read as any other: what it is
//! is told from its bytes, and it may be an archive again. Nothing is unpacked to a
//! disk or held in memory whole, and the names of members are only names. What
//! formats the members have is not decided here.

mod bounds;
mod compressed;
mod fault;
mod filled;
mod kind;
mod members;
mod read;
mod tar;
#[cfg(test)]
mod tests;
mod zip;

pub use bounds::Bounds;
pub(super) use bounds::Meter;
pub(super) use compressed::unpacked;
pub(super) use fault::{finish, reason};
pub(super) use filled::Filled;
pub(super) use kind::Container;
pub(super) use members::{Names, member_name};
pub(super) use read::read;
