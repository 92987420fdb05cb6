//! Proximity: where the operands of a query stand in a text, and which of those
//! places stand together.

mod mentions;
mod operand;
mod query;
mod relate;

pub(super) use mentions::{Mentioned, Only, Wanted};
pub(super) use operand::Operand;
pub(super) use query::{InField, PlacesQuery};
pub(super) use relate::{Near, Place, apart, loosely, pairs, together};
