//! Keyword in context: every place of a query in an article, with the words
//! around it.
//!
//! Lines are made one at a time, since they repeat the text many times over.

use super::error::SearchError;
use super::execute::Search;
use super::highlight::{Mark, Standing, spans};
use super::results::Ranked;
use super::snippet::on_one_line;
use super::sought::Found;
use crate::annotate::TextPart;
use crate::index::StoredArticle;
use crate::text::{Span, Token};

/// Words of the longest place that is shown whole: more than a sentence or a
/// paragraph of news has, and few enough that the lines of a text stay in
/// proportion to it however the places in it overlap.
const LONGEST_PLACE: usize = 200;

/// What stands where words of a place are left out.
const LEFT_OUT: &str = " … ";

/// The places of a query in one article.
pub struct Kwic {
    /// The article.
    pub article: StoredArticle,
    title: Standing,
    body: Standing,
}

/// A place of a query with the words around it: a piece of the text in three, white
/// space as single spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KwicLine {
    /// Whether it stands in the title or in the body.
    pub part: TextPart,
    /// The number of its first word there, from 0.
    pub word: usize,
    /// What stands before it.
    pub left: String,
    /// The place, from its first word to its last; of a very long one the middle
    /// is left out.
    pub place: String,
    /// The words in it that make it one, in bytes of it.
    pub marks: Vec<Span>,
    /// What stands behind it.
    pub right: String,
}

impl Search<'_> {
    /// Reads a matching article and finds the places of the query in it.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn kwic(&self, ranked: &Ranked) -> Result<Kwic, SearchError> {
        let article = self.article(ranked)?;
        let [title, body] = self.highlighter.standing(&article);
        Ok(Kwic { article, title, body })
    }
}

impl Kwic {
    /// A line for each place, in the order of the text, with at most `context`
    /// words on either side; the title is no context of the body.
    pub fn lines(&self, context: usize) -> impl Iterator<Item = KwicLine> {
        let texts = [
            (TextPart::Title, &self.article.title, &self.title),
            (TextPart::Body, &self.article.body, &self.body),
        ];
        texts.into_iter().flat_map(move |(part, text, standing)| {
            let lines = standing.found.iter();
            lines.map(move |found| line(part, text, &standing.words, found, context))
        })
    }
}

fn line(part: TextPart, text: &str, words: &[Token], found: &Found, context: usize) -> KwicLine {
    let (first, last) = (found.place.start as usize, found.place.end as usize);
    let (start, end) = (words[first].span.start, words[last].span.end);
    let from = first.saturating_sub(context);
    let to = last.saturating_add(context).min(words.len() - 1);
    // Marks before the first word and behind the last belong to the text too.
    let from = match from {
        _ if context == 0 => start,
        0 => 0,
        from => words[from].span.start,
    };
    let to = match to {
        _ if context == 0 => end,
        to if to + 1 == words.len() => text.len(),
        to => words[to].span.end,
    };
    let (place, marks) = place(text, words, found);
    KwicLine {
        part,
        word: first,
        left: collapsed(text, Span::new(from, start)),
        place,
        marks,
        right: collapsed(text, Span::new(end, to)),
    }
}

/// A stretch of the text with white space as single spaces.
fn collapsed(text: &str, stretch: Span) -> String {
    let mut line = String::with_capacity(stretch.len());
    for letter in stretch.of(text).chars() {
        if !letter.is_whitespace() {
            line.push(letter);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

/// The text of a place and what is marked in it.
fn place(text: &str, words: &[Token], found: &Found) -> (String, Vec<Span>) {
    let (first, last) = (found.place.start as usize, found.place.end as usize);
    let run = |first: usize, last: usize| {
        let within = found.marks.iter().filter(|mark| mark.first <= last && first <= mark.last);
        let clipped = |mark: &Mark| Mark {
            first: mark.first.max(first),
            last: mark.last.min(last),
            leaf: mark.leaf,
        };
        let marks: Vec<Mark> = within.map(clipped).collect();
        on_one_line(text, words[first].span.to(words[last].span), &spans(words, &marks))
    };
    if last - first < LONGEST_PLACE {
        return run(first, last);
    }
    let half = LONGEST_PLACE / 2;
    let (mut whole, mut marks) = run(first, first + half - 1);
    whole.push_str(LEFT_OUT);
    let (end, of_end) = run(last + 1 - half, last);
    marks.extend(
        of_end.iter().map(|mark| Span::new(mark.start + whole.len(), mark.end + whole.len())),
    );
    whole.push_str(&end);
    (whole, marks)
}
