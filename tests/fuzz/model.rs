//! A model with changed bytes is refused; where somebody has also put its checksum right,
//! it is refused or recognises something, and that is all.

use std::sync::Arc;

use newsdex::annotate::recogniser::{Model, Recogniser, RecogniserMemory};
use newsdex::annotate::{TextPart, TokenisedText};
use xxhash_rust::xxh3::xxh3_64;

/// A whole model.
const WHOLE: &[u8] = include_bytes!("../../src/annotate/recogniser/english.model");

/// Bytes of its header, and where in it the checksum stands.
const HEADER_BYTES: usize = 64;
const SUM: std::ops::Range<usize> = 20..28;

/// A text with all that the recogniser looks at.
const TEXT: &str = "KESTREL BAY — Ann Okafor, of the Harbour Board (HB), \
                    won't speak in Åland on 4 May.\n\nOKAFOR SPOKE 東京 O'Brien-Lee";

/// Checks an input: four bytes of the length to cut the model to, not cut where the lowest
/// bit is set, then five for each change: four of its place, one of the byte there.
pub fn check(bytes: &[u8]) {
    let number = |four: &[u8]| four.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    let (length, changes) = bytes.split_at(bytes.len().min(4));
    let mut model = WHOLE.to_vec();
    for change in changes.chunks_exact(5) {
        let place = number(&change[..4]) % model.len();
        model[place] = change[4];
    }
    if number(length).is_multiple_of(2) && length.len() == 4 {
        model.truncate(number(length));
    }
    if model != WHOLE && model.get(..HEADER_BYTES) == WHOLE.get(..HEADER_BYTES) {
        assert!(Model::new(model.clone()).is_err(), "a changed model is taken for whole");
    }
    if model.len() >= HEADER_BYTES {
        let sum = xxh3_64(&model[HEADER_BYTES..]);
        model[SUM].copy_from_slice(&sum.to_le_bytes());
    }
    if let Ok(model) = Model::new(model) {
        let text = [TokenisedText::new(TextPart::Body, TEXT)];
        let recogniser = Recogniser::new(Arc::new(model));
        let _ = recogniser.recognise(&text, &mut RecogniserMemory::default());
    }
}
