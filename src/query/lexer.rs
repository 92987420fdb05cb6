//! Cuts the text of a query into tokens with spans.
//!
//! It knows which words are operators, and which word begins with a field. What a value means in its field is not
//! its business; neither is the order of tokens.

use super::error::{QueryError, QueryErrorKind, shown};
use super::fields::Field;
use super::operator::{Operator, Relation};
use super::tree::Comparison;
use crate::text::Span;

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'q> {
    pub(super) kind: TokenKind<'q>,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind<'q> {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `-` right before a term.
    Minus,
    /// `person:`; its value is the next token.
    Field(Field),
    /// `words>=`; its value is the next token.
    Compare(Field, Comparison),
    Word(&'q str),
    /// What stands between quotes, as typed.
    Quoted(&'q str),
    /// `near/5`, `NOT w/s`, `atleast3`
    Operator(Operator),
    /// `~5` right behind a quotation or group; none without a number.
    Slop(Option<u32>),
}

/// The lexer; see [`Lexer::next`].
pub(super) struct Lexer<'q> {
    text: &'q str,
    at: usize,
    /// The field whose value comes next, and where its name stands.
    value_of: Option<(Field, Span)>,
    /// The end of the last quotation or group.
    closed_at: Option<usize>,
}

impl<'q> Lexer<'q> {
    pub(super) const fn new(text: &'q str) -> Self {
        Self { text, at: 0, value_of: None, closed_at: None }
    }

    /// The next token, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<Token<'q>>, QueryError> {
        if let Some((field, name)) = self.value_of.take() {
            return self.value(field, name).map(Some);
        }
        self.at = self.text.len() - self.rest().trim_start().len();
        let follows_close = self.closed_at == Some(self.at);
        let Some(first) = self.rest().chars().next() else {
            return Ok(None);
        };
        let token = match first {
            '(' => self.take(1, TokenKind::Open),
            ')' => {
                let close = self.take(1, TokenKind::Close);
                self.closed_at = Some(self.at);
                close
            }
            '~' if follows_close => {
                let digits = prefix(&self.rest()[1..], |letter| !letter.is_ascii_digit());
                let words = (!digits.is_empty()).then(|| digits.parse().unwrap_or(u32::MAX));
                self.take(1 + digits.len(), TokenKind::Slop(words))
            }
            '*' | '?' | '-' if follows_close => {
                return Err(self.error(1, QueryErrorKind::AfterClose { mark: first }));
            }
            '-' => self.minus()?,
            _ if closing_quotes(first).is_some() => self.quotation(first)?,
            _ => self.term(first)?,
        };
        Ok(Some(token))
    }

    fn rest(&self) -> &'q str {
        &self.text[self.at..]
    }

    /// The next `length` bytes as a token.
    fn take(&mut self, length: usize, kind: TokenKind<'q>) -> Token<'q> {
        let span = Span::new(self.at, self.at + length);
        self.at = span.end;
        Token { kind, span }
    }

    /// An error about the next `length` bytes.
    fn error(&self, length: usize, kind: QueryErrorKind) -> QueryError {
        QueryError { span: Span::new(self.at, self.at + length), kind }
    }

    fn minus(&mut self) -> Result<Token<'q>, QueryError> {
        let rest = self.rest();
        let after = rest.trim_start_matches('-');
        let dashes = &rest[..rest.len() - after.len()];
        if dashes.len() > 1 || ends_value(after.chars().next()) {
            return Err(self.error(dashes.len(), QueryErrorKind::LoneMinus { text: shown(dashes) }));
        }
        Ok(self.take(1, TokenKind::Minus))
    }

    fn quotation(&mut self, open: char) -> Result<Token<'q>, QueryError> {
        let closers = closing_quotes(open).unwrap_or_default();
        let rest = self.rest();
        let inside = open.len_utf8();
        let mut letters = rest.char_indices().skip(1).peekable();
        while let Some((at, letter)) = letters.next() {
            if letter == '\\' && letters.peek().is_some_and(|&(_, next)| matches!(next, '"' | '\\'))
            {
                letters.next();
            } else if closers.contains(&letter) {
                let token = self.take(at + letter.len_utf8(), TokenKind::Quoted(&rest[inside..at]));
                self.closed_at = Some(self.at);
                return Ok(token);
            }
        }
        Err(self.error(inside, QueryErrorKind::UnclosedQuote))
    }

    /// An operator, a field's name or a word.
    fn term(&mut self, first: char) -> Result<Token<'q>, QueryError> {
        let rest = self.rest();
        if first.is_alphabetic() {
            let name = prefix(rest, |letter| !is_name_letter(letter));
            let after = &rest[name.len()..];
            if after.starts_with(':') {
                return self.field(name);
            }
            if let Some(comparison) = Comparison::at_start(after)
                && let Some(compared) = self.compare(name, comparison)
            {
                return compared;
            }
        }
        let word = prefix(rest, ends_word);
        match word {
            "AND" => return Ok(self.take(word.len(), TokenKind::And)),
            "OR" => return Ok(self.take(word.len(), TokenKind::Or)),
            "NOT" => return Ok(self.negation()),
            _ => {}
        }
        if let Some(operator) = Operator::read(word, &rest[word.len()..]) {
            return Ok(self.take(word.len(), TokenKind::Operator(operator)));
        }
        if Operator::lacks_number(word) {
            let operator = shown(word);
            return Err(self.error(word.len(), QueryErrorKind::NoDistance { operator }));
        }
        if matches!(first, '!' | '–' | '—' | '−')
            && word.chars().nth(1).is_some_and(char::is_alphanumeric)
        {
            let meant = shown(&word[first.len_utf8()..]);
            return Err(
                self.error(first.len_utf8(), QueryErrorKind::WrongMinus { mark: first, meant })
            );
        }
        Ok(self.word(word))
    }

    /// `NOT`, or the refusal that it is together with the operator behind it.
    fn negation(&mut self) -> Token<'q> {
        const NOT: usize = "NOT".len();
        let rest = self.rest();
        let behind = rest[NOT..].trim_start();
        let word = prefix(behind, ends_word);
        match Operator::read(word, &behind[word.len()..]) {
            Some(Operator::Relation(relation)) => {
                let refused = Operator::Relation(Relation { refused: true, ..relation });
                let length = rest.len() - behind.len() + word.len();
                self.take(length, TokenKind::Operator(refused))
            }
            _ => self.take(NOT, TokenKind::Not),
        }
    }

    /// A word, or a regular expression between slashes, which may have brackets.
    fn word(&mut self, word: &'q str) -> Token<'q> {
        let rest = self.rest();
        let length = regex_length(rest).unwrap_or(word.len());
        self.take(length, TokenKind::Word(&rest[..length]))
    }

    /// A name and the colon behind it.
    fn field(&mut self, name: &'q str) -> Result<Token<'q>, QueryError> {
        let length = name.len() + 1;
        if let Some(field) = Field::from_name(name) {
            let token = self.take(length, TokenKind::Field(field));
            self.value_of = Some((field, token.span));
            return Ok(token);
        }
        if self.rest()[name.len()..].starts_with("://") {
            let address = prefix(self.rest(), ends_word);
            let scheme = shown(name);
            return Err(self.error(address.len(), QueryErrorKind::AddressAsWord { scheme }));
        }
        Err(self.error(length, unknown_field(name)))
    }

    /// A name and the comparison behind it; none if it is just a word.
    fn compare(
        &mut self,
        name: &'q str,
        comparison: Comparison,
    ) -> Option<Result<Token<'q>, QueryError>> {
        let length = name.len() + comparison.symbol().len();
        let kind = match Field::from_name(name) {
            Some(field @ (Field::Date | Field::Words)) => {
                let token = self.take(length, TokenKind::Compare(field, comparison));
                self.value_of = Some((field, token.span));
                return Some(Ok(token));
            }
            Some(field) => QueryErrorKind::NotComparable { field: field.name() },
            None if matches!(Field::meant_by(name), Some("date" | "words")) => unknown_field(name),
            None => return None,
        };
        Some(Err(self.error(length, kind)))
    }

    /// What stands right behind a field's name.
    fn value(&mut self, field: Field, name: Span) -> Result<Token<'q>, QueryError> {
        let rest = self.rest();
        let first = rest.chars().next();
        match first {
            Some('(') => Ok(self.take(1, TokenKind::Open)),
            Some(open) if closing_quotes(open).is_some() => self.quotation(open),
            Some('-') if !field.is_literal() => {
                let meant = shown(prefix(&rest[1..], ends_word));
                let field = name.of(self.text).to_owned();
                Err(self.error(1, QueryErrorKind::MinusInValue { field, meant }))
            }
            _ if ends_value(first) => {
                let value = value_apart(rest.trim_start());
                let field = name.of(self.text).to_owned();
                Err(QueryError { span: name, kind: QueryErrorKind::MissingValue { field, value } })
            }
            _ if field.is_literal() => {
                let literal = literal_value(rest);
                Ok(self.take(literal.len(), TokenKind::Word(literal)))
            }
            _ => Ok(self.word(prefix(rest, ends_word))),
        }
    }
}

fn unknown_field(name: &str) -> QueryErrorKind {
    QueryErrorKind::UnknownField { name: shown(name), meant: Field::meant_by(name) }
}

/// The value that was meant for a field, a space too far behind it.
fn value_apart(rest: &str) -> Option<String> {
    let first = rest.chars().next().filter(|&first| first != ')')?;
    if ends_word(first) {
        Some(format!("{first}…"))
    } else {
        Some(shown(prefix(rest, ends_word)))
    }
}

/// The start of `text` up to the first character that ends it.
fn prefix(text: &str, ends: impl Fn(char) -> bool) -> &str {
    &text[..text.find(ends).unwrap_or(text.len())]
}

/// What may stand in the name of a field, its first letter apart.
fn is_name_letter(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-')
}

fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '(' | ')') || closing_quotes(letter).is_some()
}

/// Whether no value starts with this character, or there is none.
fn ends_value(first: Option<char>) -> bool {
    first.is_none_or(|first| first.is_whitespace() || first == ')')
}

/// The marks that close a quotation opened by `open`; none if it opens none.
fn closing_quotes(open: char) -> Option<&'static [char]> {
    match open {
        '"' => Some(&['"']),
        // English closes with the second mark, German with the first.
        '“' | '”' | '„' | '‟' => Some(&['“', '”', '‟']),
        '«' => Some(&['»']),
        '»' => Some(&['«']),
        _ => None,
    }
}

/// A path, address or identifier: brackets in it belong to it when they
/// match, so that `(url:a_(b))` ends where a reader thinks it does.
fn literal_value(rest: &str) -> &str {
    let mut depth = 0_usize;
    let end = rest.find(|letter| match letter {
        '(' => {
            depth += 1;
            false
        }
        ')' if depth > 0 => {
            depth -= 1;
            false
        }
        _ => ends_word(letter),
    });
    &rest[..end.unwrap_or(rest.len())]
}

/// The length of the `/regular expression/` that `rest` starts with: a word
/// between slashes, or all up to the last slash before a space or quote, if no
/// more of a word stands behind it.
fn regex_length(rest: &str) -> Option<usize> {
    if !rest.starts_with('/') {
        return None;
    }
    let word = prefix(rest, ends_word);
    let run = prefix(rest, |letter| letter.is_whitespace() || closing_quotes(letter).is_some());
    let last = run.rfind('/')?;
    let length =
        if run[last + 1..].chars().next().is_none_or(ends_word) { last + 1 } else { word.len() };
    (length > 2 && rest[..length].ends_with('/')).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::{Lexer, TokenKind};
    use proptest::prelude::*;

    /// The tokens as typed, `|` between them.
    fn cut(text: &str) -> String {
        let mut lexer = Lexer::new(text);
        let mut cuts = Vec::new();
        while let Some(token) = lexer.next().unwrap() {
            cuts.push(token.span.of(text));
        }
        cuts.join("|")
    }

    #[test]
    fn tokens_of_queries() {
        for (text, expected) in [
            ("iran drones", "iran|drones"),
            ("anti-war -anti-war", "anti-war|-|anti-war"),
            ("a OR(b AND c)NOT d", "a|OR|(|b|AND|c|)|NOT|d"),
            ("a or b ORb", "a|or|b|ORb"),
            (r#"person:"Joe Biden" -tag:x"#, r#"person:|"Joe Biden"|-|tag:|x"#),
            (r#""a \"b\" c\\" d"#, r#""a \"b\" c\\"|d"#),
            ("“a b” „c d“ «e f»", "“a b”|„c d“|«e f»"),
            ("words>=5 date<2024 a>b q=1", "words>=|5|date<|2024|a>b|q=1"),
            ("10:30 at 9:05", "10:30|at|9:05"),
            ("title:10:30:x(y)", "title:|10:30:x|(|y|)"),
            ("(url:https://x.org/a_(b)?c=d)", "(|url:|https://x.org/a_(b)?c=d|)"),
            ("a near/5 b NOT w/s c", "a|near/5|b|NOT w/s|c"),
            (r#""a b"~5 (c)~ x~1 /r(e)?g/"#, r#""a b"|~5|(|c|)|~|x~1|/r(e)?g/"#),
            ("atleast3(a) atleast3 first/9(b)", "atleast3|(|a|)|atleast3|first/9|(|b|)"),
            ("\u{a0}é\u{3000}港 ", "é|港"),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn a_value_is_never_an_operator() {
        let mut lexer = Lexer::new("tag:OR");
        lexer.next().unwrap();
        assert_eq!(lexer.next().unwrap().unwrap().kind, TokenKind::Word("OR"));
    }

    proptest! {
        #[test]
        fn tokens_follow_each_other_and_nothing_is_lost(text in r#"(?s:.){0,30}|[a-z:"“”()~*? \\<>=/-]{0,30}"#) {
            let mut lexer = Lexer::new(&text);
            let mut end = 0;
            while let Ok(Some(token)) = lexer.next() {
                prop_assert!(token.span.start >= end && !token.span.is_empty());
                prop_assert!(text[end..token.span.start].trim().is_empty());
                end = token.span.end;
            }
        }
    }
}
