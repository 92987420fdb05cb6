//! Tests of the query language as a whole: trees, errors, properties, and
//! the examples of its reference.

mod errors;
mod errors_of_values;
mod properties;
mod reference;
mod trees;
mod trees_of_values;
