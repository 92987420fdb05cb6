//! The piece of an article that shows best why it matches.

use super::highlight::{Mark, spans};
use super::results::Snippet;
use crate::text::{Span, Token};

/// Words of a snippet: about two lines of a terminal.
const WORDS: usize = 40;
/// Words before the first match, at most; fewer where a sentence starts.
const WORDS_BEFORE: usize = 10;

/// The snippet of `body`, whose words and matches are given in order.
pub(super) fn snippet(body: &str, words: &[Token], marks: &[Mark]) -> Snippet {
    if words.is_empty() {
        return Snippet::default();
    }
    let first_match = best_start(marks);
    let first = first_match.map_or(0, |word| start_before(body, words, word));
    let last = (first + WORDS).min(words.len()) - 1;
    let from = if first == 0 { 0 } else { words[first].span.start };
    let to = if last + 1 == words.len() { body.len() } else { words[last].span.end };
    let shown: Vec<Mark> =
        marks.iter().copied().filter(|mark| first <= mark.first && mark.last <= last).collect();
    let (text, marks) = on_one_line(body, Span::new(from, to), &spans(words, &shown));
    Snippet { text, marks, more_before: first > 0, more_after: last + 1 < words.len() }
}

/// The first word of the densest matches: most different words of the query,
/// then most matches, then earliest.
fn best_start(marks: &[Mark]) -> Option<usize> {
    let mut best: Option<(usize, usize, usize)> = None;
    let window = WORDS - WORDS_BEFORE;
    for (place, mark) in marks.iter().enumerate() {
        let within = marks[place..].iter().take_while(|other| other.last < mark.first + window);
        let mut leaves: Vec<usize> = within.clone().map(|other| other.leaf).collect();
        let matches = leaves.len();
        leaves.sort_unstable();
        leaves.dedup();
        if best.is_none_or(|(different, most, _)| (leaves.len(), matches) > (different, most)) {
            best = Some((leaves.len(), matches, mark.first));
        }
    }
    best.map(|(.., start)| start)
}

/// Where to start so that `word` is read in its sentence, if that begins near.
fn start_before(body: &str, words: &[Token], word: usize) -> usize {
    let earliest = word.saturating_sub(WORDS_BEFORE);
    let starts_sentence = |place: &usize| {
        *place == 0 || {
            let between = &body[words[place - 1].span.end..words[*place].span.start];
            between.contains(['.', '!', '?', '\n', '。'])
        }
    };
    (earliest..=word).rev().find(starts_sentence).unwrap_or(earliest)
}

/// A stretch of the text with white space as single spaces, and where the
/// marks are then.
pub(super) fn on_one_line(text: &str, stretch: Span, marks: &[Span]) -> (String, Vec<Span>) {
    let mut line = String::with_capacity(stretch.len());
    let mut moved = Vec::with_capacity(marks.len());
    let mut at = stretch.start;
    for mark in marks {
        push_on_line(&text[at..mark.start], &mut line);
        let start = line.len();
        push_on_line(mark.of(text), &mut line);
        moved.push(Span::new(start, line.len()));
        at = mark.end;
    }
    push_on_line(&text[at..stretch.end], &mut line);
    line.truncate(line.trim_end().len());
    (line, moved)
}

/// Appends text, each run of white space as one space, none at the start.
fn push_on_line(text: &str, line: &mut String) {
    for letter in text.chars() {
        if !letter.is_whitespace() {
            line.push(letter);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, snippet};
    use crate::text::tokens;

    fn shown(body: &str, marked: &[&str]) -> String {
        let words: Vec<_> = tokens(body).collect();
        let marks: Vec<Mark> = words
            .iter()
            .enumerate()
            .filter_map(|(place, word)| {
                let leaf = marked.iter().position(|marked| *marked == word.span.of(body))?;
                Some(Mark { first: place, last: place, leaf })
            })
            .collect();
        let snippet = snippet(body, &words, &marks);
        let mut text = snippet.text;
        for mark in snippet.marks.iter().rev() {
            text.insert(mark.end, ']');
            text.insert(mark.start, '[');
        }
        text
    }

    #[test]
    fn shows_where_most_words_meet() {
        let filler = "word ".repeat(60);
        let body = format!("A strike.\n{filler} end. The  port\nstrike goes on.");
        assert_eq!(shown(&body, &["strike", "port"]), "The [port] [strike] goes on.");
    }

    #[test]
    fn without_a_match_shows_the_start() {
        assert_eq!(shown(" Rain\nfell.", &[]), "Rain fell.");
        assert_eq!(shown("", &[]), "");
    }
}
