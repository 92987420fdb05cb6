//! What a word or a quotation means in its field: the leaves of the tree.

use super::date_reader;
use super::error::{QueryError, QueryErrorKind, shown};
use super::fields::{Field, NameField, Property, Scope};
use super::lexer::{Token, TokenKind};
use super::pattern::{
    Pattern, PatternPiece, QUOTED_LITERAL_MARKS, QUOTED_MARKS, WORD_MARKS, pieces, unescape,
};
use super::regex::word_regex;
use super::suggest::closest;
use super::tree::{Comparison, Expr, NameMatch, Node, TextMatch};
use crate::text::{Span, tokens};

/// A value as typed.
pub(super) struct Value<'q> {
    /// Without its quotes.
    text: &'q str,
    /// Where `text` stands.
    span: Span,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Bare,
    Quoted,
}

impl<'q> Value<'q> {
    /// The value that a word or quotation of `query` is.
    pub(super) fn of(token: Token<'q>, query: &'q str) -> Self {
        let bare = token.span.of(query);
        match token.kind {
            TokenKind::Quoted(text) => {
                let quote = bare.chars().next().map_or(0, char::len_utf8);
                let start = token.span.start + quote;
                Self { text, span: Span::new(start, start + text.len()), form: Form::Quoted }
            }
            _ => Self { text: bare, span: token.span, form: Form::Bare },
        }
    }

    fn error(&self, kind: QueryErrorKind) -> QueryError {
        QueryError { span: self.span, kind }
    }

    fn is_star(&self) -> bool {
        self.form == Form::Bare && self.text == "*"
    }

    /// An error if a quotation holds nothing.
    fn refuse_blank(&self) -> Result<(), QueryError> {
        if self.text.trim().is_empty() {
            return Err(self.error(QueryErrorKind::EmptyQuotes));
        }
        Ok(())
    }

    /// An error if nothing in it can be found: punctuation is not indexed.
    fn refuse_without_words(&self) -> Result<(), QueryError> {
        self.refuse_blank()?;
        if tokens(self.text).next().is_none() {
            return Err(self.error(QueryErrorKind::NoLetters { text: shown(self.text) }));
        }
        Ok(())
    }

    /// The text between quotes, which finds exact words: no wildcards.
    fn exact(&self) -> Result<String, QueryError> {
        self.refuse_blank()?;
        if let Some(at) = wildcard_in_quotes(self.text) {
            let start = self.span.start + at;
            let mark = self.text[at..].chars().next().unwrap_or('*');
            let kind = QueryErrorKind::WildcardInQuotes { mark };
            return Err(QueryError { span: Span::new(start, start + 1), kind });
        }
        Ok(unescape(self.text, QUOTED_MARKS))
    }

    /// The text of a path or address, whose wildcards stay as they are.
    fn literal(&self) -> Result<String, QueryError> {
        self.refuse_blank()?;
        Ok(match self.form {
            Form::Bare => self.text.to_owned(),
            Form::Quoted => unescape(self.text, QUOTED_LITERAL_MARKS),
        })
    }

    /// The word as a pattern; none if it has no wildcard.
    fn pattern(&self) -> Result<Option<Pattern>, QueryError> {
        let mut probe = String::with_capacity(self.text.len());
        let (mut wildcards, mut letters) = (false, false);
        for piece in pieces(self.text) {
            match piece {
                PatternPiece::Letters(part) => {
                    letters |= part.contains(char::is_alphanumeric);
                    probe.push_str(part);
                }
                PatternPiece::AnyOne | PatternPiece::AnyRun => {
                    wildcards = true;
                    probe.push('a');
                }
            }
        }
        if !wildcards {
            return Ok(None);
        }
        if !letters {
            return Err(self.error(QueryErrorKind::BroadPattern { text: shown(self.text) }));
        }
        // With a letter for each wildcard it must be one word of a text,
        // whole, or it could never be found.
        let mut words = tokens(&probe);
        if words.next().is_none_or(|word| word.span.len() != probe.len()) {
            let (text, meant) = (shown(self.text), words_of_pattern(self.text));
            return Err(self.error(QueryErrorKind::PatternOfWords { text, meant }));
        }
        Ok(Some(Pattern(self.text.to_owned())))
    }
}

/// The patterns and words that `text` consists of, if that is not itself.
fn words_of_pattern(text: &str) -> Option<String> {
    let belongs = |letter: char| letter.is_alphanumeric() || matches!(letter, '*' | '?' | '\'');
    let words: Vec<&str> = text
        .split(|letter| !belongs(letter))
        .filter(|word| word.contains(char::is_alphanumeric))
        .collect();
    let words = words.join(" ");
    (words != text).then(|| shown(&words))
}

/// The first wildcard in a quotation: a `*` anywhere, a `?` that touches a
/// word (a French question mark stands apart). Escaped ones are plain.
fn wildcard_in_quotes(text: &str) -> Option<usize> {
    let mut escaped = false;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        let after = text[at + letter.len_utf8()..].chars().next();
        let touches = before.is_alphanumeric() || after.is_some_and(char::is_alphanumeric);
        if !escaped && (letter == '*' || letter == '?' && touches) {
            return Some(at);
        }
        escaped = letter == '\\' && !escaped;
        before = letter;
    }
    None
}

/// The leaf that `value` is in `field`.
pub(super) fn node(field: Field, value: &Value<'_>) -> Result<Node, QueryError> {
    if value.is_star()
        && let Some(node) = everything(field, value)?
    {
        return Ok(node);
    }
    if let (Field::Date | Field::Words, Some(_)) = (field, Comparison::at_start(value.text)) {
        let meant = format!("{}{}", field.name(), shown(value.text));
        return Err(value.error(QueryErrorKind::ColonCompared { meant }));
    }
    Ok(match field {
        Field::Text(scope) => match mentioned(value) {
            Some(field) => Node::Mention { scope, field },
            None => Node::Text { scope, text: text(value)? },
        },
        Field::Name(names) => Node::Name { field: names, name: name(field, value)? },
        Field::About => Node::About(name(field, value)?),
        Field::Path => Node::Path(value.literal()?),
        Field::Url => Node::Url(address(value)?),
        Field::Id => Node::Id(identifier(value)?),
        Field::Date => Node::Date(date_reader::read(value.text, value.span)?),
        Field::Words => length(value)?,
        Field::Has => Node::Has(property(value)?),
    })
}

/// The leaf of `words>500` and `date>=2024`.
pub(super) fn comparison(
    field: Field,
    comparison: Comparison,
    value: &Value<'_>,
) -> Result<Node, QueryError> {
    if field == Field::Date {
        return Ok(Node::Date(date_reader::read_compared(comparison, value.text, value.span)?));
    }
    Ok(Node::Length(comparison, number(value.text, value.span)?))
}

/// What a lone `*` asks of a field: that it is there. None where `*` is an
/// ordinary value.
fn everything(field: Field, value: &Value<'_>) -> Result<Option<Node>, QueryError> {
    Ok(Some(match field {
        Field::Text(Scope::Anywhere) => Node::All,
        Field::Text(Scope::Title) => Node::Has(Property::Title),
        Field::Name(field) => Node::Has(Property::Name(field)),
        Field::Url => Node::Has(Property::Url),
        Field::Date => Node::Has(Property::Date),
        Field::Path => return Ok(None),
        Field::Text(_) | Field::About | Field::Id | Field::Words | Field::Has => {
            let field = field.name();
            return Err(value.error(QueryErrorKind::NothingToFind { field }));
        }
    }))
}

/// The leaf of `"strike port"~5`.
pub(super) fn loose(scope: Scope, words: u32, value: &Value<'_>) -> Result<Node, QueryError> {
    let phrase = value.exact()?;
    value.refuse_without_words()?;
    Ok(Node::Text { scope, text: TextMatch::Loose(phrase, words) })
}

/// The field whose entities a word in capitals stands for, wherever they are
/// mentioned.
fn mentioned(value: &Value<'_>) -> Option<NameField> {
    let fields = [NameField::Person, NameField::Organization, NameField::Place];
    let is_its =
        |field: &NameField| value.form == Form::Bare && field.name().to_uppercase() == value.text;
    fields.into_iter().find(is_its)
}

/// The regular expression between slashes that a value is.
fn regex<'q>(value: &Value<'q>) -> Option<&'q str> {
    let inner = value.text.strip_prefix('/')?.strip_suffix('/')?;
    (value.form == Form::Bare && !inner.is_empty()).then_some(inner)
}

/// The word and the number of `word~1`.
fn fuzzy<'q>(value: &Value<'q>) -> Option<(&'q str, &'q str)> {
    let (word, edits) = value.text.rsplit_once('~')?;
    let is_fuzzy = value.form == Form::Bare
        && !word.is_empty()
        && edits.bytes().all(|digit| digit.is_ascii_digit());
    is_fuzzy.then_some((word, edits))
}

/// Words with so many letters changed are found; with more, most words would be.
const MOST_EDITS: u8 = 2;

fn fuzzy_word(value: &Value<'_>, word: &str, edits: &str) -> Result<TextMatch, QueryError> {
    let edits = if edits.is_empty() { Some(1) } else { edits.parse().ok() };
    let is_word = tokens(word).next().is_some_and(|token| token.span.len() == word.len());
    match edits.filter(|edits| (1..=MOST_EDITS).contains(edits)) {
        Some(edits) if is_word => Ok(TextMatch::Fuzzy(word.to_owned(), edits)),
        _ => Err(value.error(QueryErrorKind::NoFuzzyWord { text: shown(value.text) })),
    }
}

fn regular_expression(value: &Value<'_>, regex: &str) -> Result<TextMatch, QueryError> {
    match word_regex(regex) {
        Ok(_) => Ok(TextMatch::Regex(regex.to_owned())),
        Err(reason) => {
            let text = shown(value.text);
            Err(value.error(QueryErrorKind::NoRegex { text, reason }))
        }
    }
}

fn text(value: &Value<'_>) -> Result<TextMatch, QueryError> {
    if value.form == Form::Quoted {
        let phrase = value.exact()?;
        value.refuse_without_words()?;
        return Ok(TextMatch::Phrase(phrase));
    }
    if let Some(regex) = regex(value) {
        return regular_expression(value, regex);
    }
    if let Some((word, edits)) = fuzzy(value) {
        return fuzzy_word(value, word, edits);
    }
    if let Some(pattern) = value.pattern()? {
        return Ok(TextMatch::Pattern(pattern));
    }
    value.refuse_without_words()?;
    Ok(TextMatch::Word(unescape(value.text, WORD_MARKS)))
}

fn name(field: Field, value: &Value<'_>) -> Result<NameMatch, QueryError> {
    if value.form == Form::Quoted {
        return Ok(NameMatch::Whole(value.exact()?.trim().to_owned()));
    }
    Ok(match text(value)? {
        TextMatch::Pattern(pattern) => NameMatch::Pattern(pattern),
        TextMatch::Word(word) | TextMatch::Phrase(word) => NameMatch::Word(word),
        TextMatch::Loose(..) | TextMatch::Fuzzy(..) | TextMatch::Regex(_) => {
            let text = shown(value.text);
            return Err(value.error(QueryErrorKind::NotInNames { text, field: field.name() }));
        }
    })
}

fn address(value: &Value<'_>) -> Result<String, QueryError> {
    value.refuse_without_words()?;
    if value.text.contains('*') {
        return Err(value.error(QueryErrorKind::WildcardInAddress));
    }
    value.literal()
}

/// Hex digits of a whole identifier; what `article::ArticleId` prints.
const ID_DIGITS: usize = 12;

fn identifier(value: &Value<'_>) -> Result<String, QueryError> {
    let is_prefix = (1..=ID_DIGITS).contains(&value.text.len())
        && value.text.bytes().all(|digit| digit.is_ascii_hexdigit());
    if !is_prefix {
        return Err(value.error(QueryErrorKind::NoIdentifier { text: shown(value.text) }));
    }
    Ok(value.text.to_ascii_lowercase())
}

fn property(value: &Value<'_>) -> Result<Property, QueryError> {
    let name = value.text.to_lowercase();
    Property::from_name(&name).ok_or_else(|| {
        let names = || Property::ALL.into_iter().map(Property::name);
        let meant = Field::meant_by(&name)
            .filter(|meant| names().any(|name| name == *meant))
            .or_else(|| closest(&name, names()));
        value.error(QueryErrorKind::UnknownProperty { name: shown(value.text), meant })
    })
}

/// `words:500`, `words:500..900`, and ranges open at one end.
fn length(value: &Value<'_>) -> Result<Node, QueryError> {
    let Some((first, last)) = value.text.split_once("..") else {
        return Ok(Node::Length(Comparison::Equal, number(value.text, value.span)?));
    };
    let end = |text: &str, start: usize, comparison| -> Result<Option<(Node, u64)>, QueryError> {
        if text.is_empty() {
            return Ok(None);
        }
        let number = number(text, Span::new(start, start + text.len()))?;
        Ok(Some((Node::Length(comparison, number), number)))
    };
    let first = end(first, value.span.start, Comparison::AtLeast)?;
    let last = end(last, value.span.end - last.len(), Comparison::AtMost)?;
    match (first, last) {
        (Some((_, first)), Some((_, last))) if first > last => {
            Err(value.error(QueryErrorKind::ReversedLengths { first, last }))
        }
        (Some((first, _)), Some((last, _))) => {
            let part = |node| Expr::new(node, value.span);
            Ok(Node::And(vec![part(first), part(last)]))
        }
        (Some((node, _)), None) | (None, Some((node, _))) => Ok(node),
        (None, None) => Err(value.error(QueryErrorKind::EndlessRange)),
    }
}

fn number(text: &str, span: Span) -> Result<u64, QueryError> {
    let is_digits = text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|_| is_digits).ok_or_else(|| {
        let digits: String = text.chars().filter(|&letter| letter != ',').collect();
        let meant = digits.parse().ok().filter(|_| !digits.starts_with('+'));
        QueryError { span, kind: QueryErrorKind::NoNumber { text: shown(text), meant } }
    })
}

#[cfg(test)]
mod tests {
    use super::wildcard_in_quotes;

    #[test]
    fn wildcards_in_quotes_are_found_and_question_marks_apart_are_not() {
        for (text, at) in [
            ("govern* policy", Some(6)),
            ("wom?n", Some(3)),
            ("who is it?", Some(9)),
            ("a * b", Some(2)),
            ("pourquoi ?", None),
            (r"5\*3 so\? b\\", None),
            (r"b\\?", None),
            (r"b\\?c", Some(3)),
            ("plain", None),
        ] {
            assert_eq!(wildcard_in_quotes(text), at, "{text}");
        }
    }
}
