//! A model with changed bytes is refused; where somebody has also put its
//! checksum right, it is refused or recognises something, and that is all.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
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

fuzz_target!(|changes: (Vec<(u32, u8)>, u32)| {
    let (changes, length) = changes;
    let mut bytes = WHOLE.to_vec();
    for (place, byte) in changes {
        let place = place as usize % bytes.len();
        bytes[place] = byte;
    }
    if (length as usize) < bytes.len() && length % 2 == 0 {
        bytes.truncate(length as usize);
    }
    if bytes != WHOLE && bytes.get(..HEADER_BYTES) == WHOLE.get(..HEADER_BYTES) {
        assert!(Model::new(bytes.clone()).is_err(), "a changed model is taken for whole");
    }
    if bytes.len() >= HEADER_BYTES {
        let sum = xxh3_64(&bytes[HEADER_BYTES..]);
        bytes[SUM].copy_from_slice(&sum.to_le_bytes());
    }
    if let Ok(model) = Model::new(bytes) {
        let text = [TokenisedText::new(TextPart::Body, TEXT)];
        let recogniser = Recogniser::new(Arc::new(model));
        let _ = recogniser.recognise(&text, &mut RecogniserMemory::default());
    }
});
