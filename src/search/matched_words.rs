//! Which words of an article a query matches, as the article writes them.

use std::collections::BTreeSet;

use super::error::SearchError;
use super::execute::Search;
use super::highlight::spans;
use super::results::{Hit, Ranked};
use super::snippet::snippet;
use crate::text::{Span, fold};

impl Search<'_> {
    /// Reads a matching article like [`Search::hit`], with the words that it matches
    /// by: each stretch of title and body once, whatever its case, in the order in
    /// which they stand there. A query of names and dates alone has none.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn hit_with_words(&self, ranked: &Ranked) -> Result<(Hit, Vec<String>), SearchError> {
        let article = self.article(ranked)?;
        let marks = self.highlighter.marks(&article);
        let in_body = spans(&marks.body_words, &marks.body);
        let texts = [(&article.title, &marks.title), (&article.body, &in_body)];
        let words = distinct(
            texts
                .into_iter()
                .flat_map(|(text, spans)| spans.iter().map(|span: &Span| span.of(text))),
        );
        let snippet = snippet(&article.body, &marks.body_words, &marks.body);
        Ok((Hit { score: ranked.score, title_marks: marks.title, snippet, article }, words))
    }
}

/// Stretches of text, each once and on one line.
fn distinct<'t>(stretches: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut words = Vec::new();
    for stretch in stretches {
        let line = stretch.split_whitespace().collect::<Vec<_>>().join(" ");
        if seen.insert(fold(&line)) {
            words.push(line);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::distinct;

    #[test]
    fn a_stretch_is_told_once_as_it_is_first_written() {
        let stretches = ["Strike", "port", "strike", "strikes", "take\n  the win", "Take the win"];
        let words = distinct(stretches.into_iter());
        assert_eq!(words, ["Strike", "port", "strikes", "take the win"]);
    }
}
