//! Reads files of one word a line with its label in a column, as CoNLL 2003 and
//! most sets of named entities have them.
//!
//! Columns are separated by tabs, or on lines without one by spaces. The labels
//! are the last column that holds nothing but labels; the words are the first
//! column, or the second where the first one counts. A number after the label is
//! how sure it is. Empty lines end sentences, `-DOCSTART-` articles; a file without
//! such marks is cut into articles of some sentences each. Lines that begin with
//! `# ` are comments. The schemes IOB1, IOB2, BIOES and BILOU are all read by one
//! rule.

use super::abbreviations::{is_abbreviated, is_initial, is_title};
use super::{CorpusError, KindNames, LabelledArticle, LabelledName};
use crate::annotate::recogniser::NameKind;

/// Sentences of an article where a file does not say where articles end: about
/// as many as news articles have.
const SENTENCES_OF_AN_ARTICLE: usize = 25;

/// The articles of a file.
///
/// # Errors
///
/// When it has no column of labels, no word, or a kind that `kinds` does not
/// know.
pub fn read_columns(text: &str, kinds: &KindNames) -> Result<Vec<LabelledArticle>, CorpusError> {
    let (layout, first_line) = Layout::of(text)?;
    if layout.label.is_none() {
        return Err(CorpusError::NoLabels { line: first_line });
    }
    read_as(layout, text, kinds)
}

/// The words of a file, with labels or without; its names are left out.
///
/// # Errors
///
/// When it has no word.
pub fn read_words(text: &str) -> Result<Vec<LabelledArticle>, CorpusError> {
    let (layout, _) = Layout::of(text)?;
    read_as(Layout { label: None, ..layout }, text, &KindNames::default())
}

/// Whether a line holds a word, rather than ends a sentence or says something of
/// what follows.
pub(super) fn is_word_line(line: &str) -> bool {
    matches!(Line::of(line), Line::Word)
}

fn read_as(
    layout: Layout,
    text: &str,
    kinds: &KindNames,
) -> Result<Vec<LabelledArticle>, CorpusError> {
    let mut reader = Reader {
        kinds,
        articles: Vec::new(),
        article: LabelledArticle::default(),
        open: None,
        hyphens_alone: 0,
        hyphens_inside: 0,
        has_marks: false,
    };
    for (number, line) in text.lines().enumerate() {
        match Line::of(line) {
            Line::Comment => {}
            Line::Blank => reader.end_sentence(),
            Line::Start => reader.start_article(),
            Line::Word => reader.word(&layout.word(line), number + 1)?,
        }
    }
    reader.end_article();
    let splits_hyphens = reader.hyphens_alone > reader.hyphens_inside;
    for article in &mut reader.articles {
        article.splits_hyphens = splits_hyphens;
    }
    if reader.articles.is_empty() { Err(CorpusError::Empty) } else { Ok(reader.articles) }
}

/// What a line is.
enum Line {
    Word,
    Blank,
    Start,
    Comment,
}

impl Line {
    fn of(line: &str) -> Self {
        if line.trim().is_empty() {
            Self::Blank
        } else if line.starts_with("-DOCSTART-") || line.starts_with("# newdoc") {
            Self::Start
        } else if line.starts_with("# ") && line.split_once(" = ").is_some() {
            Self::Comment
        } else {
            Self::Word
        }
    }
}

/// Which column is what.
#[derive(Clone, Copy)]
struct Layout {
    word: usize,
    /// None where there are no labels, or they are not wanted.
    label: Option<usize>,
}

/// Rows by which the columns are told.
const SAMPLE_ROWS: usize = 20_000;

impl Layout {
    /// The layout of a file, and its first line with a word.
    fn of(text: &str) -> Result<(Self, usize), CorpusError> {
        let rows =
            text.lines().enumerate().filter(|(_, line)| matches!(Line::of(line), Line::Word));
        // Which columns hold labels, and whether the first counts.
        let mut holds_labels: Vec<bool> = Vec::new();
        let mut counts = true;
        let mut first_line = 0;
        for (number, line) in rows.take(SAMPLE_ROWS) {
            let columns: Vec<&str> = columns(line).collect();
            if holds_labels.is_empty() {
                holds_labels = vec![true; columns.len()];
                first_line = number + 1;
            }
            // A confidence that is left out may be a missing column.
            for (holds, column) in holds_labels.iter_mut().zip(&columns) {
                *holds &= split_label(column).is_some();
            }
            counts &= columns[0].parse::<u32>().is_ok();
        }
        if holds_labels.is_empty() {
            return Err(CorpusError::Empty);
        }
        let label = holds_labels.iter().rposition(|holds| *holds);
        let most_words = holds_labels.len() - usize::from(label.is_some());
        let word = usize::from(counts && most_words > 1);
        Ok((Self { word, label: label.filter(|label| *label > word) }, first_line))
    }

    fn word<'a>(&self, line: &'a str) -> Row<'a> {
        let unlabelled = if self.label.is_none() { "O" } else { "" };
        let mut row = Row { word: "", label: unlabelled, sure_percent: 100 };
        for (number, column) in columns(line).enumerate() {
            if number == self.word {
                row.word = column;
            } else if Some(number) == self.label {
                row.label = column;
            } else if number.checked_sub(1) == self.label
                && self.label.is_some()
                && let Ok(sure) = column.parse::<f32>()
            {
                row.sure_percent = (sure.clamp(0.0, 1.0) * 100.0).round() as u8;
            }
        }
        row
    }
}

/// The columns of a line: files mix tabs and spaces.
fn columns(line: &str) -> impl Iterator<Item = &str> {
    let by_tabs = line.contains('\t');
    line.trim_end()
        .split(move |letter: char| letter == '\t' || letter == ' ' && !by_tabs)
        .filter(|column| !column.is_empty())
}

/// A word of a file.
struct Row<'a> {
    word: &'a str,
    label: &'a str,
    sure_percent: u8,
}

/// The prefix and the kind of a label: `B-PER` is `B` and `PER`, `O` is `O` and
/// nothing.
fn split_label(label: &str) -> Option<(char, &str)> {
    if label == "O" {
        return Some(('O', ""));
    }
    let (prefix, kind) = label.split_once('-')?;
    let mut letters = prefix.chars();
    let letter = letters.next().filter(|letter| "BIESLU".contains(*letter))?;
    (letters.next().is_none() && !kind.is_empty()).then_some((letter, kind))
}

struct Reader<'a> {
    kinds: &'a KindNames,
    articles: Vec<LabelledArticle>,
    article: LabelledArticle,
    /// The name that the next word may go on with, and its kind as written.
    open: Option<(LabelledName, String)>,
    hyphens_alone: usize,
    hyphens_inside: usize,
    /// Whether the file says where articles begin.
    has_marks: bool,
}

impl Reader<'_> {
    fn word(&mut self, row: &Row<'_>, line: usize) -> Result<(), CorpusError> {
        let (prefix, kind) = split_label(row.label).ok_or(CorpusError::NoLabels { line })?;
        let number = self.article.len();
        self.article.push_word(row.word, row.sure_percent);
        if row.word == "-" {
            self.hyphens_alone += 1;
        } else if row.word.trim_matches('-').contains('-') {
            self.hyphens_inside += 1;
        }
        let goes_on = matches!(prefix, 'I' | 'E' | 'L') || prefix == 'B' && self.is_after_initial();
        match &mut self.open {
            Some((name, open)) if goes_on && open == kind => name.end += 1,
            _ => {
                self.end_name();
                if prefix != 'O' {
                    let unknown = || CorpusError::UnknownKind { line, kind: kind.to_owned() };
                    if let Some(kind_of) = self.kinds.kind(kind).ok_or_else(unknown)? {
                        let name = LabelledName { first: number, end: number + 1, kind: kind_of };
                        self.open = Some((name, kind.to_owned()));
                    }
                }
            }
        }
        if matches!(prefix, 'E' | 'L' | 'S' | 'U') {
            self.end_name();
        }
        Ok(())
    }

    /// Whether the name so far ends in an initial and its dot, which a word that
    /// follows at once belongs to.
    fn is_after_initial(&self) -> bool {
        let count = self.article.len() - 1;
        count >= 3
            && self.article.word(count - 1) == "."
            && is_initial(self.article.word(count - 2))
            && self.open.as_ref().is_some_and(|(name, _)| {
                name.kind == NameKind::Person && name.end == count && name.first + 2 < count
            })
    }

    fn end_name(&mut self) {
        if let Some((name, _)) = self.open.take() {
            // A title that was split from the name it belongs to.
            let is_title = is_title(self.article.word(name.first))
                && (name.first + 1..name.end).all(|word| self.article.word(word) == ".");
            if !is_title {
                self.article.names.push(name);
            }
        }
    }

    fn end_sentence(&mut self) {
        if self.ends_in_abbreviation() {
            return;
        }
        self.end_name();
        self.article.end_sentence();
        if !self.has_marks && self.article.sentences().count() >= SENTENCES_OF_AN_ARTICLE {
            self.end_article();
        }
    }

    fn start_article(&mut self) {
        self.has_marks = true;
        self.end_article();
    }

    /// Whether the last words are an abbreviation and its dot.
    fn ends_in_abbreviation(&self) -> bool {
        let count = self.article.len();
        count >= 2
            && self.article.word(count - 1) == "."
            && is_abbreviated(self.article.word(count - 2))
    }

    fn end_article(&mut self) {
        self.end_name();
        self.article.end_sentence();
        if !self.article.is_empty() {
            self.articles.push(std::mem::take(&mut self.article));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read_columns;
    use crate::annotate::recogniser::corpus::{CorpusError, KindNames, LabelledArticle};

    fn read(text: &str) -> Result<Vec<LabelledArticle>, CorpusError> {
        read_columns(text, &KindNames::default())
    }

    fn names(article: &LabelledArticle) -> Vec<String> {
        let words =
            |first, end| (first..end).map(|word| article.word(word)).collect::<Vec<_>>().join(" ");
        let names = article.names.iter();
        names.map(|name| format!("{} {}", name.kind.tag(), words(name.first, name.end))).collect()
    }

    #[test]
    fn all_schemes_mean_the_same() {
        let words = ["Ann", "Okafor", "Oslo", "Bergen", "spoke"];
        for labels in [
            ["I-PER", "I-PER", "I-LOC", "B-LOC", "O"],
            ["B-PER", "I-PER", "B-LOC", "B-LOC", "O"],
            ["B-PER", "E-PER", "S-LOC", "S-LOC", "O"],
            ["B-PER", "L-PER", "U-LOC", "U-LOC", "O"],
        ] {
            let lines: Vec<_> = words
                .iter()
                .zip(labels)
                .map(|(word, label)| format!("{word}\tX\t{label}\n"))
                .collect();
            let articles = read(&lines.concat()).expect("a file of labelled words");
            assert_eq!(names(&articles[0]), ["PER Ann Okafor", "LOC Oslo", "LOC Bergen"]);
        }
    }

    #[test]
    fn articles_sentences_comments_numbers_and_confidence() {
        let text = "-DOCSTART- O\n\n# sent_id = 1\n1\tAnn\tB-PER\t0.91\n2\tspoke\tO\n\n\
                    1\t.\tO\n\n-DOCSTART- O\n\n1\tOslo\tB-GPE\n";
        let articles = read(text).expect("a file of labelled words");
        assert_eq!(articles.len(), 2);
        assert_eq!(names(&articles[1]), ["LOC Oslo"]);
        let sentences: Vec<_> = articles[0].sentences().collect();
        assert_eq!(sentences, [0..2, 2..3]);
        assert_eq!((articles[0].sure_percent(0), articles[0].sure_percent(1)), (91, 100));
    }

    /// Sentences that a machine split after `F .` and `Mr .`.
    #[test]
    fn abbreviations_end_no_sentence() {
        let text = "John B-PER\nF I-PER\n. I-PER\n\nOkafor B-PER\nmet O\nRep B-MISC\n. O\n\nAnn B-PER\n. O\n\nU.N B-ORG\n. I-ORG\n\nCouncil I-ORG\n";
        let articles = read(text).expect("a file of labelled words");
        assert_eq!(names(&articles[0]), ["PER John F . Okafor", "PER Ann", "ORG U.N . Council"]);
        assert_eq!(articles[0].sentences().count(), 2);
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(read("Ann\nspoke\n").err(), Some(CorpusError::NoLabels { line: 1 }));
        assert_eq!(read("\n\n").err(), Some(CorpusError::Empty));
        let unknown = read("Ann O\nX1 B-SHIP\n").err();
        assert_eq!(unknown, Some(CorpusError::UnknownKind { line: 2, kind: "SHIP".into() }));
    }

    #[test]
    fn files_without_marks_are_cut() {
        let sentences = "Oslo B-LOC\n. O\n\n".repeat(60);
        let lengths = |text: &str| {
            let articles = read(text).expect("labelled words");
            articles.iter().map(|article| article.sentences().count()).collect::<Vec<_>>()
        };
        assert_eq!(lengths(&sentences), [25, 25, 10]);
        assert_eq!(lengths(&format!("-DOCSTART- O\n\n{sentences}")), [60]);
    }

    #[test]
    fn kinds_of_no_interest_are_outside() {
        let articles = read("May B-DATE\n3 I-DATE\nOslo B-LOC\n").expect("labelled words");
        assert_eq!(names(&articles[0]), ["LOC Oslo"]);
    }
}
