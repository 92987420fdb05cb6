//! Chooses among the dates that one article is given.

use super::DateError;
use crate::article::Published;

/// The first of `dates` that can be read, the most telling date first; and the
/// text to report with it: that of a date before it which names a day without
/// telling which. Where none can be read, the first text.
pub(crate) fn best_date(
    dates: impl IntoIterator<Item = (String, Result<Published, DateError>)>,
) -> (Option<Published>, String) {
    let mut unread: Option<String> = None;
    let mut doubtful: Option<String> = None;
    for (text, read) in dates {
        match read {
            Ok(published) => return (Some(published), doubtful.unwrap_or_default()),
            Err(DateError::NotADate) => {}
            Err(_) if doubtful.is_some() => {}
            Err(_) => doubtful = Some(text.clone()),
        }
        unread.get_or_insert(text);
    }
    (None, unread.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::best_date;
    use crate::ingest::dates::parse_date;

    #[test]
    fn the_first_readable_date_wins_and_doubts_are_kept() {
        for (texts, date, kept) in [
            (&["2024-04-14", "03/04/2024"][..], "2024-04-14", ""),
            (&["soon", "2024-04-14"], "2024-04-14", ""),
            (&["03/04/2024", "2024-04-14"], "2024-04-14", "03/04/2024"),
            (&["soon", "2024-02-30", "03/04/2024", "2024-04-14"], "2024-04-14", "2024-02-30"),
            (&["soon", "03/04/2024"], "", "soon"),
            (&[], "", ""),
        ] {
            let dates = texts.iter().map(|text| ((*text).to_owned(), parse_date(text)));
            let (published, text) = best_date(dates);
            let published = published.map(|date| date.to_string()).unwrap_or_default();
            assert_eq!((&*published, &*text), (date, kept), "{texts:?}");
        }
    }
}
