//! In any text, mentions are whole words, in order and apart.

use newsdex::annotate::recogniser::{Recogniser, RecogniserMemory};
use newsdex::annotate::{TextPart, TokenisedText};

use super::choice::{first_line, text};

/// Checks an input: a title, and a body from the second line on.
pub fn check(bytes: &[u8]) {
    let text = text(bytes);
    let (title, body) = first_line(&text);
    let tokenised =
        [TokenisedText::new(TextPart::Title, title), TokenisedText::new(TextPart::Body, body)];
    let found = Recogniser::embedded().recognise(&tokenised, &mut RecogniserMemory::default());
    let mut before = (TextPart::Title, 0);
    for mention in found.iter().map(|found| found.mention) {
        let text = if mention.part == TextPart::Title { title } else { body };
        assert!((mention.part, mention.span.start) >= before, "{mention:?}");
        assert!(mention.span.start < mention.span.end, "{mention:?}");
        assert!(text.get(mention.span.range()).is_some(), "{mention:?}");
        before = (mention.part, mention.span.end);
    }
}
