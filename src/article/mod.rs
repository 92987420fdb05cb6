//! The article: one news text with its fields, as every stage hands it on.
//!
//! Plain data. Where it comes from is the business of `ingest`, what is found
//! in it of `annotate`.

mod days;
mod fields;
mod id;
mod oddity;
mod outlet_key;
mod published;
mod status;

pub use days::{day_number, day_of_number};
pub use fields::Article;
pub use id::{ArticleId, NotAnId};
pub use oddity::{Oddity, founded};
pub use outlet_key::outlet_key;
pub use published::{DateFrom, NotPublished, Precision, Published};
pub use status::{Doubt, Status};
