//! Cuts texts that are too long to be looked at as a whole, so that the memory
//! of recognition has a bound.

use crate::annotate::TokenisedText;

/// Words that are looked at together: more than all but the largest articles
/// have (the longest known, hearings of many hours, have some 300,000). Looking
/// takes some 300 bytes a word, so this bounds it at 40 MB for each thread.
const MOST_WORDS: usize = 1 << 17;

/// Whether all texts together are short enough to be looked at as a whole.
pub(super) fn is_one_piece(texts: &[TokenisedText<'_>]) -> bool {
    texts.iter().map(|text| text.tokens.len()).sum::<usize>() <= MOST_WORDS
}

/// Gives the pieces of a text in order.
pub(super) fn each_piece<'a>(text: &TokenisedText<'a>, give: &mut impl FnMut(TokenisedText<'a>)) {
    let mut rest = &text.tokens[..];
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(end_of_piece(text, rest.len(), text.tokens.len()));
        give(TokenisedText { part: text.part, text: text.text, tokens: piece.to_vec() });
        rest = after;
    }
}

/// Words of the piece that begins `left` words before the end of the text's
/// `count`: up to the last place, in the last eighth of what a piece may have,
/// where a sentence or a line ends.
fn end_of_piece(text: &TokenisedText<'_>, left: usize, count: usize) -> usize {
    if left <= MOST_WORDS {
        return left;
    }
    let first = count - left;
    let tokens = &text.tokens;
    let ends_sentence = |length: &usize| {
        let at = first + length;
        text.text[tokens[at - 1].span.end..tokens[at].span.start].contains(['\n', '.', '!', '?'])
    };
    (MOST_WORDS - MOST_WORDS / 8..=MOST_WORDS).rev().find(ends_sentence).unwrap_or(MOST_WORDS)
}

#[cfg(test)]
mod tests {
    use super::{MOST_WORDS, each_piece, is_one_piece};
    use crate::annotate::{TextPart, TokenisedText};

    #[test]
    fn pieces_join_to_the_whole_and_end_with_sentences() {
        for (sentence, first) in [("word ", MOST_WORDS), ("a b c. ", MOST_WORDS / 3 * 3)] {
            let text = sentence.repeat(MOST_WORDS * 2);
            let text = TokenisedText::new(TextPart::Body, &text);
            assert!(!is_one_piece(std::slice::from_ref(&text)));
            let mut pieces = Vec::new();
            each_piece(&text, &mut |piece| pieces.push(piece.tokens));
            assert_eq!(pieces[0].len(), first, "{sentence}");
            assert!(pieces.iter().all(|piece| piece.len() <= MOST_WORDS));
            assert_eq!(pieces.concat(), text.tokens);
        }
    }
}
