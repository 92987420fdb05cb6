//! A text that is read as a date is a day of the calendar, written so that it is read as
//! the same date again; names of files and addresses give days or nothing.

use newsdex::ingest::dates::{date_in_path, date_in_url, parse_date};

use super::choice::text;

/// Checks an input.
pub fn check(bytes: &[u8]) {
    let text = text(bytes);
    let read = [parse_date(&text).ok(), date_in_path(&text), date_in_url(&text)];
    for date in read.into_iter().flatten() {
        assert!(date.first_day() <= date.last_day(), "{text:?}: {date}");
        let written = date.to_string();
        assert_eq!(written.parse().as_ref(), Ok(&date), "{text:?}");
        let _ = date.timestamp();
    }
    if let Err(error) = parse_date(&text) {
        assert!(!error.to_string().is_empty());
    }
}
