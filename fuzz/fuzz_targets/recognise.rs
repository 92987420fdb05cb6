//! In any text, mentions are whole words, in order and apart.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsdex::annotate::recogniser::{Recogniser, RecogniserMemory};
use newsdex::annotate::{TextPart, TokenisedText};

fuzz_target!(|texts: (&str, &str)| {
    let (title, body) = texts;
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
});
