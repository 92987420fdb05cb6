//! The lead of an article: what it says first.

use super::{Span, tokens};

/// Words of a lead where the first paragraph does not end earlier. A lead
/// paragraph of a news agency has 25 to 40 words; 60 leaves room for a second
/// sentence.
const LEAD_WORDS: usize = 60;

/// The lead of `body`: its first paragraph, or its first 60 words where that
/// paragraph is longer. A paragraph ends at an empty line.
#[must_use]
pub fn lead(body: &str) -> Span {
    let start = body.len() - body.trim_start().len();
    let paragraph = paragraph_end(&body[start..]) + start;
    match tokens(&body[start..paragraph]).nth(LEAD_WORDS - 1) {
        Some(last) => Span::new(start, start + last.span.end),
        None => Span::new(start, start + body[start..paragraph].trim_end().len()),
    }
}

/// Where the first paragraph of `text` ends.
fn paragraph_end(text: &str) -> usize {
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() && line_start > 0 {
            return line_start;
        }
        line_start += line.len();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::lead;

    #[test]
    fn ends_at_an_empty_line() {
        let body = "  Rain fell.\nIt stopped.\n \nThe end.";
        assert_eq!(lead(body).of(body), "Rain fell.\nIt stopped.");
    }

    #[test]
    fn ends_after_sixty_words() {
        let body = "word ".repeat(100);
        assert_eq!(lead(&body).of(&body).split(' ').count(), 60);
    }

    #[test]
    fn of_nothing_is_nothing() {
        assert!(lead(" \n\n ").is_empty());
    }
}
