//! What queries mean, written down a second time: slow loops over the words of
//! an article, obviously right. Nothing here is shared with the search.

use std::fmt;

use jiff::civil::Date;
use newsdex::index::SURNAME_ONLY;
use newsdex::text::{Case, Stemmer, fold, name_key, tokens, turned_round};

use super::corpus::{Known, Seen};
use super::places::Spot;

/// A query.
#[derive(Clone, Debug)]
pub(crate) enum Ask {
    All,
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    /// Words in a part of the text: `""`, `title`, `lead`, `body`.
    Text(&'static str, Text),
    /// At least so many places in the text.
    Places(usize, Spot),
    /// A name in a field of names.
    Name(&'static str, Name),
    /// What is behind `date`, with its mark, and the days that it means.
    Date(String, Option<Date>, Option<Date>),
    /// A comparison of the number of words.
    Length(&'static str, usize),
    LengthRange(usize, usize),
    Has(&'static str),
    Path(String),
    Url(String),
    Id(String),
}

#[derive(Clone, Debug)]
pub(crate) enum Text {
    Word(String),
    Phrase(String),
    Pattern(String),
}

#[derive(Clone, Debug)]
pub(crate) enum Name {
    Word(String),
    Whole(String),
    Pattern(String),
}

impl Ask {
    /// The queries that it joins or refuses.
    pub(crate) fn parts(&self) -> &[Self] {
        match self {
            Self::And(parts) | Self::Or(parts) => parts,
            Self::Not(part) => std::slice::from_ref(part),
            _ => &[],
        }
    }

    /// Whether it takes this article.
    pub(crate) fn takes(&self, article: &Known) -> bool {
        match self {
            Self::All => true,
            Self::And(parts) => parts.iter().all(|part| part.takes(article)),
            Self::Or(parts) => parts.iter().any(|part| part.takes(article)),
            Self::Not(part) => !part.takes(article),
            Self::Text(scope, text) => text.is_in(article, scope),
            Self::Places(times, spot) => spot.count(article) >= *times,
            Self::Name(field, name) => article.names(field).iter().any(|known| name.is_name(known)),
            Self::Date(_, first, last) => article.date.is_some_and(|date| {
                first.is_none_or(|first| first <= date.first)
                    && last.is_none_or(|last| date.last <= last)
            }),
            Self::Length("<", words) => article.words() < *words,
            Self::Length("<=", words) => article.words() <= *words,
            Self::Length("=", words) => article.words() == *words,
            Self::Length(">=", words) => article.words() >= *words,
            Self::Length(_, words) => article.words() > *words,
            Self::LengthRange(first, last) => (*first..=*last).contains(&article.words()),
            Self::Has("date") => article.date.is_some(),
            Self::Has("title") => !article.title.is_empty(),
            Self::Has("url") => !article.url.is_empty(),
            Self::Has(field) => !article.names(field).is_empty(),
            Self::Path(path) => is_at_or_below(&article.path, path),
            Self::Url(url) => {
                let words = folded_words(url);
                let found = folded_words(&article.url);
                found.windows(words.len()).any(|window| window == words)
            }
            Self::Id(prefix) => article.id.starts_with(prefix),
        }
    }
}

impl Text {
    fn is_in(&self, article: &Known, scope: &str) -> bool {
        let Known { title_words: title, body_words: body, .. } = article;
        let lead = &body[..article.lead_words];
        let texts: &[&[Seen]] = match scope {
            "title" => &[title],
            "body" => &[body],
            "lead" => &[lead],
            _ => &[title, body],
        };
        let stemmer = Stemmer::for_language(&article.language);
        let wanted = self.wanted(stemmer);
        texts.iter().any(|words| {
            words
                .windows(wanted.len())
                .any(|window| window.iter().zip(&wanted).all(|(word, wanted)| wanted.is_word(word)))
        })
    }

    /// Where it stands among words: the first and the last of each place.
    pub(crate) fn places(&self, words: &[Seen], stemmer: Stemmer) -> Vec<(usize, usize)> {
        let wanted = self.wanted(stemmer);
        let fits = |start: &usize| {
            let window = &words[*start..start + wanted.len()];
            window.iter().zip(&wanted).all(|(word, wanted)| wanted.is_word(word))
        };
        let starts = (0..(words.len() + 1).saturating_sub(wanted.len())).filter(fits);
        starts.map(|start| (start, start + wanted.len() - 1)).collect()
    }

    /// What each of its words must be.
    fn wanted(&self, stemmer: Stemmer) -> Vec<Wanted> {
        let text = match self {
            Self::Pattern(pattern) => return vec![Wanted::Fitting(fold(pattern))],
            Self::Word(text) | Self::Phrase(text) => text,
        };
        let words: Vec<_> = tokens(text).collect();
        let has_acronyms = match self {
            // A compound is no acronym.
            Self::Word(_) => words.len() == 1,
            // Words that are all in capitals are a headline or one plain word.
            // One capital says nothing.
            _ => words.iter().any(|word| {
                let is_letter = word.span.of(text).chars().count() == 1;
                word.case != Case::Capitals && !(word.case == Case::Initial && is_letter)
            }),
        };
        let wanted = |word: &newsdex::text::Token| {
            let folded = word.folded(text);
            match self {
                _ if word.case == Case::Capitals && has_acronyms => Wanted::Acronym(folded),
                Self::Phrase(_) => Wanted::Exact(folded),
                _ => Wanted::Stem(stemmer.stem(&folded).into_owned()),
            }
        };
        words.iter().map(wanted).collect()
    }
}

/// What a word of a text must be.
enum Wanted {
    Stem(String),
    Exact(String),
    Acronym(String),
    Fitting(String),
}

impl Wanted {
    fn is_word(&self, word: &Seen) -> bool {
        match self {
            Self::Stem(stem) => word.stem == *stem,
            Self::Exact(folded) => word.folded == *folded,
            Self::Acronym(acronym) => word.acronym.as_deref() == Some(acronym),
            Self::Fitting(pattern) => fits(pattern, &word.folded),
        }
    }
}

impl Name {
    /// Whether it is meant by this.
    pub(crate) fn is_name(&self, known: &str) -> bool {
        // Those with a part of a name are found by the part.
        let known = known.strip_suffix(SURNAME_ONLY).unwrap_or(known);
        match self {
            // A person's surname may stand first.
            Self::Whole(name) => name_key(&turned_round(name)) == name_key(&turned_round(known)),
            Self::Word(word) => {
                let words = folded_words(word);
                folded_words(known).windows(words.len()).any(|window| window == words)
            }
            Self::Pattern(pattern) => {
                folded_words(known).iter().any(|word| fits(&fold(pattern), word))
            }
        }
    }
}

fn folded_words(text: &str) -> Vec<String> {
    tokens(text).map(|word| word.folded(text)).collect()
}

/// Whether a text fits a pattern: all ways to take `*` are tried.
fn fits(pattern: &str, text: &str) -> bool {
    let mut letters = text.chars();
    let mut marks = pattern.chars();
    match marks.next() {
        None => text.is_empty(),
        Some('*') => {
            fits(marks.as_str(), text)
                || letters.next().is_some_and(|_| fits(pattern, letters.as_str()))
        }
        Some(mark) => {
            letters.next().is_some_and(|letter| mark == '?' || mark == letter)
                && fits(marks.as_str(), letters.as_str())
        }
    }
}

/// Whether a source file is this path, or below it, or below what fits it.
fn is_at_or_below(file: &str, path: &str) -> bool {
    let path = path.trim_end_matches('/');
    let above = file.match_indices('/').map(|(at, _)| &file[..at]);
    above.chain([file]).any(|above| fits(path, above))
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::And(parts) => joined(parts, " ", f),
            Self::Or(parts) => joined(parts, " OR ", f),
            Self::Not(part) => match **part {
                Self::And(_) | Self::Or(_) => write!(f, "-({part})"),
                Self::Not(_) | Self::All => write!(f, "NOT {part}"),
                _ => write!(f, "-{part}"),
            },
            Self::Places(1, spot) => write!(f, "({spot})"),
            Self::Places(times, spot) => write!(f, "atleast{times}({spot})"),
            Self::Text("", text) => write!(f, "{text}"),
            Self::Text(scope, text) => write!(f, "{scope}:{text}"),
            Self::Name(field, name) => write!(f, "{field}:{name}"),
            Self::Date(days, ..) => write!(f, "date{days}"),
            Self::Length(comparison, words) => write!(f, "words{comparison}{words}"),
            Self::LengthRange(first, last) => write!(f, "words:{first}..{last}"),
            Self::Has(property) => write!(f, "has:{property}"),
            Self::Path(path) => write!(f, "path:{}", quoted(path)),
            Self::Url(url) => write!(f, "url:{}", quoted(url)),
            Self::Id(id) => write!(f, "id:{id}"),
        }
    }
}

fn joined(parts: &[Ask], between: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(between)?;
        }
        match part {
            Ask::And(_) | Ask::Or(_) => write!(f, "({part})")?,
            _ => write!(f, "{part}")?,
        }
    }
    Ok(())
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) | Self::Pattern(text) => f.write_str(text),
            Self::Phrase(text) => f.write_str(&quoted(text)),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) | Self::Pattern(text) => f.write_str(text),
            Self::Whole(text) => f.write_str(&quoted(text)),
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}
