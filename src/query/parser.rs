//! From tokens to the tree, by recursive descent.
//!
//! ```text
//! disjunction = conjunction ("OR" conjunction)*
//! conjunction = negation ("AND"? negation)*
//! negation    = ("NOT" | "-")* proximity
//! proximity   = term (relation term)*
//! term        = "(" disjunction ")" | field "(" disjunction ")"
//!             | "atleast3" "(" disjunction ")" | "first/50" "(" disjunction ")"
//!             | field value | word | quotation ("~" number)?
//! relation    = "NOT"? ("near/5" | "pre/5" | "w/s" | "w/p")
//! ```
//!
//! The depth of groups is bounded, and a chain of `NOT` is a loop: no query
//! can exhaust the stack. What a value means stands in `value`.

use super::error::{QueryError, QueryErrorKind, shown};
use super::fields::{Field, Scope};
use super::lexer::{Lexer, Token, TokenKind};
use super::operator::Operator;
use super::places::refuse_placeless;
use super::tree::{Expr, Node, Query};
use super::value::{self, Value};
use crate::text::Span;

/// Bytes of the longest query: room for [`MAX_TERMS`] terms of 64 bytes, and
/// parsed in a millisecond.
pub const MAX_BYTES: usize = 64 * 1024;
/// Groups inside groups: far beyond what a reader can follow, and a few
/// hundred calls for whatever walks the tree.
pub const MAX_DEPTH: usize = 64;
/// Words, phrases and values in a query; the bound that Lucene sets by default
/// on the clauses of a query.
pub const MAX_TERMS: usize = 1024;

/// Parses a query; blank text asks for every article.
///
/// # Errors
///
/// When the text is no query; the error says where and what to write instead.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    if text.len() > MAX_BYTES {
        let span = Span::new(text.floor_char_boundary(MAX_BYTES), text.len());
        return Err(QueryError { span, kind: QueryErrorKind::TooLong { bytes: text.len() } });
    }
    let mut parser = Parser::new(text)?;
    if parser.next.is_none() {
        return Ok(Query { root: Expr::new(Node::All, Span::new(0, text.len())) });
    }
    let root = parser.disjunction()?;
    match parser.next {
        None => Ok(Query { root }),
        Some(token) => Err(error(token.span, QueryErrorKind::UnopenedParenthesis)),
    }
}

struct Parser<'q> {
    text: &'q str,
    lexer: Lexer<'q>,
    /// The token that comes next.
    next: Option<Token<'q>>,
    /// The one before it.
    last: Option<Token<'q>>,
    /// The field of the group that is being read.
    field: Field,
    depth: usize,
    terms: usize,
}

const fn error(span: Span, kind: QueryErrorKind) -> QueryError {
    QueryError { span, kind }
}

impl<'q> Parser<'q> {
    fn new(text: &'q str) -> Result<Self, QueryError> {
        let mut lexer = Lexer::new(text);
        let next = lexer.next()?;
        let field = Field::Text(Scope::Anywhere);
        Ok(Self { text, lexer, next, last: None, field, depth: 0, terms: 0 })
    }

    fn next_kind(&self) -> Option<TokenKind<'q>> {
        self.next.map(|token| token.kind)
    }

    fn advance(&mut self) -> Result<(), QueryError> {
        self.last = self.next;
        self.next = self.lexer.next()?;
        Ok(())
    }

    fn disjunction(&mut self) -> Result<Expr, QueryError> {
        let mut parts = vec![self.conjunction()?];
        while self.next_kind() == Some(TokenKind::Or) {
            self.advance()?;
            parts.push(self.conjunction()?);
        }
        Ok(Expr::any_of(parts))
    }

    fn conjunction(&mut self) -> Result<Expr, QueryError> {
        let mut parts = vec![self.negation()?];
        loop {
            match self.next_kind() {
                None | Some(TokenKind::Or | TokenKind::Close) => return Ok(Expr::all_of(parts)),
                Some(TokenKind::And) => self.advance()?,
                Some(_) => {}
            }
            parts.push(self.negation()?);
        }
    }

    fn negation(&mut self) -> Result<Expr, QueryError> {
        let first = self.next;
        let mut negations = 0_usize;
        while let Some(TokenKind::Not | TokenKind::Minus) = self.next_kind() {
            negations += 1;
            self.advance()?;
        }
        let term = self.proximity()?;
        match first {
            Some(first) if negations % 2 == 1 => {
                let span = first.span.to(term.span);
                Ok(Expr::negated(term, span))
            }
            _ => Ok(term),
        }
    }

    /// A chain of relations, from left to right; each is one deeper than the one
    /// before.
    fn proximity(&mut self) -> Result<Expr, QueryError> {
        let mut left = self.term()?;
        let mut links = 0;
        while let Some(Token { kind: TokenKind::Operator(operator), span }) = self.next
            && let Operator::Relation(relation) = operator
        {
            self.refuse_nothing(operator, span)?;
            links += 1;
            if self.depth + links > MAX_DEPTH {
                return Err(error(span, QueryErrorKind::TooDeep));
            }
            self.advance()?;
            if let Some(Token { kind: TokenKind::Not | TokenKind::Minus, span }) = self.next {
                let text = shown(span.of(self.text));
                let instead = "write `NOT` before the operator: `a NOT near/5 b`";
                return Err(error(span, QueryErrorKind::NoPlace { text, instead }));
            }
            let right = self.term()?;
            for operand in [&left, &right] {
                refuse_placeless(operand, self.text)?;
            }
            let span = left.span.to(right.span);
            let (first, second) = (Box::new(left), Box::new(right));
            left = Expr::new(Node::Near { left: first, right: second, relation }, span);
        }
        Ok(left)
    }

    fn refuse_nothing(&self, operator: Operator, span: Span) -> Result<(), QueryError> {
        if !operator.is_nothing() {
            return Ok(());
        }
        let operator = shown(span.of(self.text));
        Err(error(span, QueryErrorKind::CountsNothing { operator }))
    }

    /// `atleast3(…)` and `first/50(…)`.
    fn counted(&mut self, operator: Operator, name: Span) -> Result<Expr, QueryError> {
        self.refuse_nothing(operator, name)?;
        self.advance()?;
        let inner = self.group()?;
        refuse_placeless(&inner, self.text)?;
        let span = name.to(inner.span);
        let inner = Box::new(inner);
        Ok(match operator {
            Operator::AtLeast(times) => Expr::new(Node::AtLeast(times, inner), span),
            Operator::First(words) => Expr::new(Node::First(words, inner), span),
            // A relation stands behind its first operand.
            Operator::Relation(_) => return Err(self.missing_operand()),
        })
    }

    fn term(&mut self) -> Result<Expr, QueryError> {
        let Some(token) = self.next else {
            return Err(self.missing_operand());
        };
        match token.kind {
            TokenKind::Open => self.group(),
            TokenKind::Word(_) | TokenKind::Quoted(_) => {
                self.advance()?;
                self.in_own_field(self.field, token, token.span)
            }
            TokenKind::Field(field) => self.in_field(field, token.span),
            TokenKind::Compare(field, comparison) => {
                self.refuse_nested(field, token.span)?;
                self.advance()?;
                let value = self.value(token.span)?;
                let node = value::comparison(field, comparison, &Value::of(value, self.text));
                self.leaf(token.span.to(value.span), node?)
            }
            TokenKind::Operator(operator @ (Operator::AtLeast(_) | Operator::First(_))) => {
                self.counted(operator, token.span)
            }
            TokenKind::Slop(_) => {
                let text = shown(token.span.of(self.text));
                Err(error(token.span, QueryErrorKind::SlopBehindGroup { text }))
            }
            TokenKind::Operator(Operator::Relation(_))
            | TokenKind::And
            | TokenKind::Or
            | TokenKind::Not
            | TokenKind::Minus
            | TokenKind::Close => Err(self.missing_operand()),
        }
    }

    /// `field:value`, or `field:(…)`, whose field holds for all inside.
    fn in_field(&mut self, field: Field, name: Span) -> Result<Expr, QueryError> {
        self.refuse_nested(field, name)?;
        self.advance()?;
        if self.next_kind() == Some(TokenKind::Open) {
            let outer = std::mem::replace(&mut self.field, field);
            let group = self.group()?;
            self.field = outer;
            return Ok(Expr::new(group.node, name.to(group.span)));
        }
        let value = self.value(name)?;
        self.in_own_field(field, value, name.to(value.span))
    }

    /// The leaf that a word or quotation is, with what stands right behind it.
    fn in_own_field(
        &mut self,
        field: Field,
        token: Token<'q>,
        span: Span,
    ) -> Result<Expr, QueryError> {
        let value = Value::of(token, self.text);
        let Some(Token { kind: TokenKind::Slop(words), span: slop }) = self.next else {
            return self.leaf(span, value::node(field, &value)?);
        };
        let text = || shown(slop.of(self.text));
        let Some(words) = words else {
            return Err(error(slop, QueryErrorKind::SlopWithoutNumber { text: text() }));
        };
        let Field::Text(scope) = field else {
            let field = field.name();
            return Err(error(slop, QueryErrorKind::NotInNames { text: text(), field }));
        };
        self.advance()?;
        self.leaf(span.to(slop), value::loose(scope, words, &value)?)
    }

    /// The word or quotation that the lexer promises behind a field's name.
    fn value(&mut self, name: Span) -> Result<Token<'q>, QueryError> {
        match self.next {
            Some(token) if matches!(token.kind, TokenKind::Word(_) | TokenKind::Quoted(_)) => {
                self.advance()?;
                Ok(token)
            }
            _ => {
                let field = shown(name.of(self.text));
                Err(error(name, QueryErrorKind::GroupCompared { field }))
            }
        }
    }

    fn group(&mut self) -> Result<Expr, QueryError> {
        let open = self.next.map_or_else(Span::default, |token| token.span);
        if self.depth == MAX_DEPTH {
            return Err(error(open, QueryErrorKind::TooDeep));
        }
        self.depth += 1;
        self.advance()?;
        let inner = self.disjunction()?;
        let Some(close) = self.next else {
            return Err(error(open, QueryErrorKind::UnclosedParenthesis));
        };
        self.advance()?;
        self.depth -= 1;
        Ok(Expr::new(inner.node, open.to(close.span)))
    }

    /// Counts a term that was read.
    fn leaf(&mut self, span: Span, node: Node) -> Result<Expr, QueryError> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(error(span, QueryErrorKind::TooManyTerms));
        }
        // `words:5..9` is two comparisons, which print as a group.
        if self.depth == MAX_DEPTH && matches!(node, Node::And(_)) {
            return Err(error(span, QueryErrorKind::TooDeep));
        }
        Ok(Expr::new(node, span))
    }

    /// An error if a field is named inside another field's group.
    fn refuse_nested(&self, field: Field, name: Span) -> Result<(), QueryError> {
        if self.field == Field::Text(Scope::Anywhere) {
            return Ok(());
        }
        let (inner, outer) = (field.name(), self.field.name());
        Err(error(name, QueryErrorKind::NestedField { inner, outer }))
    }

    /// The error where a term should be and none is.
    fn missing_operand(&self) -> QueryError {
        let operator = |token: Token<'_>, kind: fn(String) -> QueryErrorKind| {
            error(token.span, kind(token.span.of(self.text).to_owned()))
        };
        match (self.last, self.next) {
            (Some(last), next) if last.kind == TokenKind::Open => match next {
                None => error(last.span, QueryErrorKind::UnclosedParenthesis),
                Some(close) if close.kind == TokenKind::Close => {
                    error(last.span.to(close.span), QueryErrorKind::EmptyParentheses)
                }
                Some(next) => operator(next, |operator| QueryErrorKind::NothingBefore { operator }),
            },
            (Some(last), _) => operator(last, |operator| QueryErrorKind::NothingAfter { operator }),
            (None, Some(close)) if close.kind == TokenKind::Close => {
                error(close.span, QueryErrorKind::UnopenedParenthesis)
            }
            (None, Some(next)) => {
                operator(next, |operator| QueryErrorKind::NothingBefore { operator })
            }
            (None, None) => error(Span::default(), QueryErrorKind::EmptyParentheses),
        }
    }
}
