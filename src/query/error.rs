//! What can be wrong with a query: the slip, where it stands, and what to
//! write instead. How an error is laid out stands in `render`.

use super::fields::{Field, Property};
use super::parser::{MAX_BYTES, MAX_DEPTH, MAX_TERMS};
use crate::text::Span;

/// A text is no query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct QueryError {
    /// Where the slip stands in the text of the query; may be empty at its end.
    pub span: Span,
    /// The slip.
    pub kind: QueryErrorKind,
}

/// The slip in a query. Texts in it are as typed, cut short when long; what
/// is `meant` is a guess that can be typed instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum QueryErrorKind {
    #[error("the query is too long: {bytes} bytes, and {MAX_BYTES} are allowed")]
    TooLong { bytes: usize },
    #[error("the parentheses are too deep: {MAX_DEPTH} inside each other are allowed")]
    TooDeep,
    #[error("the query has too many words and values: {MAX_TERMS} are allowed")]
    TooManyTerms,

    #[error("the quotation that starts here is not closed")]
    UnclosedQuote,
    #[error("the `(` here is not closed")]
    UnclosedParenthesis,
    #[error("the `)` here closes nothing")]
    UnopenedParenthesis,
    #[error("nothing stands between the parentheses")]
    EmptyParentheses,
    #[error("nothing stands between the quotes")]
    EmptyQuotes,
    #[error("`{operator}` has nothing before it")]
    NothingBefore { operator: String },
    #[error("`{operator}` has nothing after it")]
    NothingAfter { operator: String },
    #[error("`{text}` alone excludes nothing")]
    LoneMinus { text: String },
    #[error("`{mark}` does not exclude a word")]
    WrongMinus { mark: char, meant: String },
    #[error("`{mark}` stands right behind a quotation or group")]
    AfterClose { mark: char },
    #[error("`{text}` says where nothing stands in a text")]
    NoPlace { text: String, instead: &'static str },
    #[error("`{operator}` counts to nothing")]
    CountsNothing { operator: String },
    #[error("`{operator}` has no number of words")]
    NoDistance { operator: String },
    #[error("`{text}` stands behind a group, and belongs to a quotation")]
    SlopBehindGroup { text: String },
    #[error("`{text}` has no number of words")]
    SlopWithoutNumber { text: String },
    #[error("`{text}` is for words of the text, and `{field}:` holds names")]
    NotInNames { text: String, field: &'static str },
    #[error("`{text}` is not one word with `~1` or `~2` behind it")]
    NoFuzzyWord { text: String },
    #[error("`{text}` is no regular expression: {reason}")]
    NoRegex { text: String, reason: String },

    #[error("unknown field `{name}`")]
    UnknownField { name: String, meant: Option<&'static str> },
    #[error("`{scheme}:` is the start of an address, not a field")]
    AddressAsWord { scheme: String },
    #[error("`{field}` has nothing after it")]
    MissingValue { field: String, value: Option<String> },
    #[error("`-` stands behind `{field}`")]
    MinusInValue { field: String, meant: String },
    #[error("`{inner}` stands inside the parentheses of `{outer}:`")]
    NestedField { inner: &'static str, outer: &'static str },
    #[error("`{field}` cannot be compared")]
    NotComparable { field: &'static str },
    #[error("`{field}` compares with one value, not with a group")]
    GroupCompared { field: String },
    #[error("`:` stands before a comparison")]
    ColonCompared { meant: String },
    #[error("unknown property `{name}`")]
    UnknownProperty { name: String, meant: Option<&'static str> },

    #[error("`{text}` has no letter or digit to search for")]
    NoLetters { text: String },
    #[error("`{mark}` is a wildcard, and words between quotes are exact")]
    WildcardInQuotes { mark: char },
    #[error("`{text}` has no letter or digit beside its wildcards")]
    BroadPattern { text: String },
    #[error("`{text}` is not one word, and a wildcard stands for letters of one")]
    PatternOfWords { text: String, meant: Option<String> },
    #[error("`{field}:*` asks for nothing")]
    NothingToFind { field: &'static str },
    #[error("`url:` takes no `*`")]
    WildcardInAddress,
    #[error("`{text}` is not the identifier of an article")]
    NoIdentifier { text: String },

    #[error("`{text}` is not a number of words")]
    NoNumber { text: String, meant: Option<u64> },
    #[error("the range ends before it starts")]
    ReversedLengths { first: u64, last: u64 },
    #[error("the range has neither start nor end")]
    EndlessRange,

    #[error("`{text}` is not a date")]
    NoDate { text: String, meant: Option<String> },
    #[error("`{text}` can be read as two dates")]
    AmbiguousDate { text: String, day_first: String, month_first: String },
    #[error("`{text}` does not exist: a year has 12 months")]
    NoSuchMonth { text: String },
    #[error("`{text}` does not exist: that year has {parts}")]
    NoSuchPartOfYear { text: String, parts: String },
    #[error("`{text}` does not exist: the last day of that month is `{last}`")]
    NoSuchDay { text: String, last: String },
    #[error("the range ends before it starts")]
    ReversedDates { meant: String },
    #[error("`{text}` is no time at all")]
    CountOfNothing { text: String },
    #[error("`{text}` always ends today, and cannot end a range")]
    CountAtEnd { text: String },
    #[error("`{text}` is a length of time, and only a date can be compared")]
    CountCompared { text: String },
    #[error("`{text}` is a range, and only a date can be compared")]
    RangeCompared { text: String },
    #[error("the days beyond `{text}` have no name")]
    NoDateBeyond { text: String },
}

/// The hint for text that no form of a date resembles.
const DATE_FORMS: &str = "write `2024`, `2024-04`, `2024-04-14`, `2024-Q2`, `2024-W15`, `7d`, `today`, or a range `2020..2024`";

impl QueryError {
    /// What to write instead, where that can be said.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        self.kind.hint()
    }
}

impl QueryErrorKind {
    fn hint(&self) -> Option<String> {
        use QueryErrorKind as Kind;
        let hint = match self {
            Kind::UnclosedQuote => "add the closing quote, or leave this one out",
            Kind::UnclosedParenthesis => {
                "add the closing `)`, or put words with brackets in quotes"
            }
            Kind::UnopenedParenthesis => "leave it out, or put words with brackets in quotes",
            Kind::EmptyParentheses | Kind::EmptyQuotes => {
                "leave them out, or write words into them"
            }
            Kind::AfterClose { mark: '-' } => "put a space before it to exclude what follows",
            Kind::AfterClose { .. } => "wildcards belong to a word without quotes: `govern*`",
            Kind::NoPlace { instead, .. } => instead,
            Kind::NoDistance { .. } => "write it as in `strike near/5 port`, or quote the word",
            Kind::CountsNothing { .. } => "write 1 or more, as in `near/5`",
            Kind::SlopBehindGroup { .. } => "write `near/5` between the operands",
            Kind::SlopWithoutNumber { .. } => "write it as in `\"strike port\"~5`",
            Kind::NotInNames { .. } => "write `*` and `?` for letters that are not sure",
            Kind::NoFuzzyWord { .. } => "write `word~1` for one letter changed, `word~2` for two",
            Kind::NoRegex { .. } => "to search for words with slashes, put them in quotes",
            Kind::AddressAsWord { .. } => "put it in quotes, or write `url:example.org`",
            Kind::UnknownField { meant: None, .. } => return Some(unknown_field_hint()),
            Kind::UnknownProperty { meant: None, .. } => {
                return Some(list_hint(
                    "`has:` takes",
                    Property::ALL.into_iter().map(Property::name),
                ));
            }
            Kind::NestedField { .. } => "close the parentheses first",
            Kind::GroupCompared { .. } => "write each comparison by itself",
            Kind::WildcardInQuotes { .. } => "leave it out, or write the pattern without quotes",
            Kind::BroadPattern { .. } => {
                "write a letter at least, as in `a*`; `*` alone finds every article"
            }
            Kind::PatternOfWords { meant: None, .. } => "leave the wildcard out",
            Kind::NothingToFind { field: "has" | "id" | "words" } => {
                "write a value, or leave it out"
            }
            Kind::NothingToFind { .. } => "leave it out, or write words",
            Kind::WildcardInAddress => "leave it out: words are found anywhere in the address",
            Kind::NoIdentifier { .. } => "an identifier has up to 12 of the digits `0-9` and `a-f`",
            Kind::EndlessRange => "write one end at least, as in `words:500..` or `date:..2024`",
            Kind::NoNumber { meant: None, .. } => {
                "write digits, as in `words>500` or `words:500..900`"
            }
            Kind::NoDate { meant: None, .. } => DATE_FORMS,
            Kind::NoSuchPartOfYear { .. } => {
                "quarters are `2024-Q1` to `2024-Q4`, weeks those of ISO 8601"
            }
            Kind::NoSuchMonth { .. } => "write the year, the month, then the day: `2024-04-14`",
            Kind::CountOfNothing { .. } => "`1d` is today, `2d` today and yesterday",
            Kind::CountCompared { .. } => {
                "`date:7d` finds the last seven days, `-date:7d` all others"
            }
            Kind::RangeCompared { .. } => "write `date:` before a range",
            Kind::CountAtEnd { .. } | Kind::NoDateBeyond { .. } => {
                "write the date itself, as in `2024-04-14`"
            }
            Kind::LoneMinus { .. } => {
                "write `-word` to exclude a word, or put the dash in quotes with its words"
            }
            _ => return self.hint_with_data(),
        };
        Some(hint.to_owned())
    }

    /// The hints that repeat something typed.
    fn hint_with_data(&self) -> Option<String> {
        use QueryErrorKind as Kind;
        Some(match self {
            Kind::NothingBefore { operator } | Kind::NothingAfter { operator }
                if operator.starts_with(char::is_alphabetic) =>
            {
                format!("to search for the word, put it in quotes: `\"{operator}\"`")
            }
            Kind::WrongMinus { meant, .. } => format!("write `-{meant}`"),
            Kind::MissingValue { field, value: Some(value) } => {
                format!("write it without the space: `{field}{value}`")
            }
            Kind::MissingValue { field, value: None } => {
                format!("write a value, or `\"{field}\"` in quotes to search for the word")
            }
            Kind::MinusInValue { field, meant } => format!("write `-{field}{meant}`"),
            Kind::NotComparable { field } => format!("write `{field}:`"),
            Kind::UnknownField { meant: Some(meant), .. }
            | Kind::UnknownProperty { meant: Some(meant), .. } => {
                format!("did you mean `{meant}`?")
            }
            Kind::NoLetters { text } => no_letters_hint(text),
            Kind::NoNumber { meant: Some(meant), .. } => format!("write `{meant}`"),
            Kind::ReversedLengths { first, last } => format!("write `{last}..{first}`"),
            Kind::NoDate { meant: Some(meant), .. }
            | Kind::PatternOfWords { meant: Some(meant), .. }
            | Kind::ReversedDates { meant }
            | Kind::ColonCompared { meant } => format!("write `{meant}`"),
            Kind::AmbiguousDate { day_first, month_first, .. } => {
                format!("write `{day_first}` or `{month_first}`")
            }
            Kind::NoSuchDay { last, .. } => format!("write `{last}`"),
            _ => return None,
        })
    }
}

fn no_letters_hint(text: &str) -> String {
    match text {
        "|" | "||" => "write `OR`".to_owned(),
        "&" | "&&" => "words with a space between them must all be there; leave it out".to_owned(),
        _ => "leave it out: only words are indexed, punctuation is not".to_owned(),
    }
}

fn unknown_field_hint() -> String {
    let fields = list_hint("fields are", Field::names());
    format!("put it in quotes to search for the word; {fields}")
}

fn list_hint(before: &str, names: impl Iterator<Item = &'static str>) -> String {
    let names: Vec<&str> = names.collect();
    format!("{before} {}", names.join(", "))
}

/// Characters of a text that a message shows; a long word's start tells it.
const SHOWN_CHARACTERS: usize = 40;

/// `text` as a message shows it.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
