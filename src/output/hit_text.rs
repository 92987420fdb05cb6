//! Hits for people: title, where from, and the piece of text that shows why.

use std::io::{self, Write};

use super::layout::{cut, plural, wrapped};
use super::safe::safe_line;
use super::style::{Role, Style};
use crate::index::StoredArticle;
use crate::search::Hit;
use crate::text::Span;

/// Letters of a snippet at most: three times what its forty words usually have.
const SNIPPET_LETTERS: usize = 600;
/// Letters of a title or an outlet at most; longer ones are none.
const NAME_LETTERS: usize = 300;

/// Columns of the words that match at most: two lines of a terminal, while a pattern
/// may take in hundreds.
const WORDS_COLUMNS: usize = 160;

/// Writes hits one after the other.
pub struct HitText<'a> {
    style: &'a Style,
    /// The rank of the next hit.
    rank: usize,
    /// Columns of the ranks.
    rank_width: usize,
}

/// Writes how many articles match.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_total(out: &mut dyn Write, total: u64) -> io::Result<()> {
    let verb = if total == 1 { "matches" } else { "match" };
    writeln!(out, "{} {verb}", plural(total, "article"))
}

/// Writes the title of an article, where it is from, and its source file.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_heading(
    out: &mut dyn Write,
    style: &Style,
    article: &StoredArticle,
) -> io::Result<()> {
    let title = cut(&safe_line(&article.title), NAME_LETTERS);
    let title = if title.is_empty() { "(no title)".to_owned() } else { title };
    writeln!(out, "{}", style.paint(Role::Title, title))?;
    writeln!(out, "{}", style.paint(Role::Aside, about(article)))?;
    writeln!(out, "{}", style.path(&article.path, &article.part))
}

impl<'a> HitText<'a> {
    /// For hits from rank `first` (counted from 1) to `last`.
    #[must_use]
    pub fn new(style: &'a Style, first: usize, last: usize) -> Self {
        Self { style, rank: first, rank_width: last.to_string().len().max(2) }
    }

    /// Writes the next hit.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let indent = " ".repeat(self.rank_width + 2);
        let title = match hit.article.title.as_str() {
            "" => self.style.paint(Role::Aside, "(no title)").to_string(),
            title => {
                let (shown, marks) = clipped(title, &hit.title_marks, NAME_LETTERS);
                let more = if shown.len() < title.len() { "…" } else { "" };
                format!("{}{more}", self.style.marked(shown, marks, Some(Role::Title)))
            }
        };
        writeln!(out, "\n{:>width$}  {title}", self.rank, width = self.rank_width)?;
        writeln!(out, "{indent}{}", self.style.paint(Role::Aside, about(&hit.article)))?;
        writeln!(out, "{indent}{}", self.style.path(&hit.article.path, &hit.article.part))?;
        if !hit.snippet.text.is_empty() {
            let snippet = &hit.snippet;
            let (shown, marks) = clipped(&snippet.text, &snippet.marks, SNIPPET_LETTERS);
            let mut text = self.style.marked(shown, marks, None);
            if snippet.more_before {
                text.insert_str(0, "… ");
            }
            if snippet.more_after || shown.len() < snippet.text.len() {
                text.push_str(" …");
            }
            self.write_wrapped(out, &indent, &text)?;
        }
        self.rank += 1;
        Ok(())
    }

    /// Writes below a hit which words of it match.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write_words(&self, out: &mut dyn Write, words: &[String]) -> io::Result<()> {
        if words.is_empty() {
            return Ok(());
        }
        let indent = " ".repeat(self.rank_width + 2);
        let words = cut(&safe_line(&words.join(", ")), WORDS_COLUMNS);
        self.write_wrapped(out, &indent, &format!("matched: {words}"))
    }

    fn write_wrapped(&self, out: &mut dyn Write, indent: &str, text: &str) -> io::Result<()> {
        let Some(width) = self.style.width else { return writeln!(out, "{indent}{text}") };
        // Twenty columns are left for the text even on the narrowest terminal.
        for line in wrapped(text, width.saturating_sub(indent.len() + 1).max(20)) {
            writeln!(out, "{indent}{line}")?;
        }
        Ok(())
    }
}

/// Date, outlet and identifier.
fn about(article: &StoredArticle) -> String {
    let date = match &article.published {
        Some(published) => published.to_string(),
        None if article.date_text.is_empty() => "no date".to_owned(),
        None => {
            let typed = cut(&safe_line(&article.date_text), NAME_LETTERS);
            format!("no date (`{typed}` was not understood)")
        }
    };
    let mut about = date;
    if !article.outlet.is_empty() {
        about.push_str(" · ");
        about.push_str(&cut(&safe_line(&article.outlet), NAME_LETTERS));
    }
    about.push_str(" · ");
    about.push_str(&article.id.to_string());
    about
}

/// At most so many letters of a text, and the marks within them.
fn clipped<'t>(text: &'t str, marks: &'t [Span], letters: usize) -> (&'t str, &'t [Span]) {
    match text.char_indices().nth(letters) {
        None => (text, marks),
        Some((end, _)) => {
            let within = marks.iter().take_while(|mark| mark.end <= end).count();
            (&text[..end], &marks[..within])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::clipped;
    use crate::text::Span;

    #[test]
    fn a_long_text_loses_its_end_and_the_marks_there() {
        let marks = [Span::new(0, 3), Span::new(4, 7)];
        assert_eq!(clipped("één två", &marks[..1], 7), ("één två", &marks[..1]));
        assert_eq!(clipped("one two", &marks, 6), ("one tw", &marks[..1]));
        assert_eq!(clipped("äöü", &[], 2), ("äö", &[][..]));
    }
}
