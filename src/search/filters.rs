//! Parts of a query that take an article or not, without a score.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, ExistsQuery, Occur, Query as EngineQuery,
    RangeQuery, RegexQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::error::SearchError;
use super::vocabulary::Terms;
use crate::article::{ArticleId, day_number};
use crate::index::Fields;
use crate::query::{Comparison, DaySpan, Pattern, PatternPiece};

/// A query of the engine.
pub(super) type Engine = Box<dyn EngineQuery>;

/// Takes the score away.
fn unscored(query: Engine) -> Engine {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// Articles that have a value in this column.
pub(super) fn has_column(fields: &Fields, field: Field) -> Engine {
    unscored(Box::new(ExistsQuery::new(fields.name_of(field).to_owned(), false)))
}

/// Every article; records of source files are none.
pub(super) fn every_article(fields: &Fields) -> Engine {
    has_column(fields, fields.words)
}

/// No article.
pub(super) fn no_article() -> Engine {
    Box::new(EmptyQuery)
}

/// Articles with that very term.
pub(super) fn has_term(field: Field, term: &str) -> Engine {
    let query = TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::Basic);
    unscored(Box::new(query))
}

/// Articles with any of these terms.
pub(super) fn has_any_term(field: Field, terms: Terms) -> Engine {
    let terms = terms.iter().map(|term| Term::from_field_text(field, term));
    unscored(Box::new(TermSetQuery::new(terms)))
}

/// Articles whose whole date of publication lies in these days.
pub(super) fn published_in(fields: &Fields, days: DaySpan) -> Engine {
    let bound = |field: Field, day: jiff::civil::Date| {
        Bound::Included(Term::from_field_i64(field, day_number(day)))
    };
    let mut parts: Vec<(Occur, Engine)> = Vec::new();
    if let Some(first) = days.first {
        let query = RangeQuery::new(bound(fields.day_first, first), Bound::Unbounded);
        parts.push((Occur::Must, Box::new(query)));
    }
    if let Some(last) = days.last {
        let query = RangeQuery::new(Bound::Unbounded, bound(fields.day_last, last));
        parts.push((Occur::Must, Box::new(query)));
    }
    if parts.is_empty() {
        return has_column(fields, fields.published);
    }
    unscored(Box::new(BooleanQuery::new(parts)))
}

/// Articles whose number of words compares so.
pub(super) fn length(fields: &Fields, comparison: Comparison, words: u64) -> Engine {
    let term = Term::from_field_u64(fields.words, words);
    let (lower, upper) = match comparison {
        Comparison::Less => (Bound::Unbounded, Bound::Excluded(term)),
        Comparison::AtMost => (Bound::Unbounded, Bound::Included(term)),
        Comparison::Equal => (Bound::Included(term.clone()), Bound::Included(term)),
        Comparison::AtLeast => (Bound::Included(term), Bound::Unbounded),
        Comparison::More => (Bound::Excluded(term), Bound::Unbounded),
    };
    unscored(Box::new(RangeQuery::new(lower, upper)))
}

/// The article with this identifier, or those whose identifiers begin so.
pub(super) fn identified(fields: &Fields, prefix: &str) -> Engine {
    match ArticleId::range_of_prefix(prefix) {
        None => no_article(),
        Some((first, last)) => {
            let bound =
                |id: ArticleId| Bound::Included(Term::from_field_u64(fields.id, id.number()));
            unscored(Box::new(RangeQuery::new(bound(first), bound(last))))
        }
    }
}

/// Articles of the source file `path` and of all below it; with `*` and `?`, of
/// those that fit it as a pattern and of all below them.
pub(super) fn below_path(fields: &Fields, path: &str) -> Result<Engine, SearchError> {
    let field = fields.path;
    let path = path.strip_prefix("./").unwrap_or(path).trim_end_matches('/');
    if path.is_empty() || path == "." {
        return Ok(every_article(fields));
    }
    let pattern = Pattern(path.to_owned());
    let Some(literal) = literal(&pattern) else {
        return Ok(unscored(Box::new(RegexQuery::from_pattern(&path_regex(&pattern), field)?)));
    };
    let text = |path: String| Term::from_field_text(field, &path);
    let within = RangeQuery::new(
        Bound::Included(text(format!("{literal}/"))),
        // The character after `/`, so that all below the path lies before it.
        Bound::Excluded(text(format!("{literal}0"))),
    );
    let parts: Vec<(Occur, Engine)> =
        vec![(Occur::Should, has_term(field, &literal)), (Occur::Should, Box::new(within))];
    Ok(unscored(Box::new(BooleanQuery::new(parts))))
}

/// The path that a pattern without wildcards is.
fn literal(pattern: &Pattern) -> Option<String> {
    let letters = pattern.pieces().map(|piece| match piece {
        PatternPiece::Letters(letters) => Some(letters),
        PatternPiece::AnyOne | PatternPiece::AnyRun => None,
    });
    letters.collect()
}

/// The regular expression for the paths that fit a pattern, and all below
/// them. A wildcard takes in `/` too.
fn path_regex(pattern: &Pattern) -> String {
    let mut regex = String::with_capacity(pattern.0.len() * 2);
    for piece in pattern.pieces() {
        match piece {
            PatternPiece::AnyRun => regex.push_str(".*"),
            PatternPiece::AnyOne => regex.push('.'),
            PatternPiece::Letters(letters) => {
                for letter in letters.chars() {
                    if letter.is_ascii_punctuation() && !matches!(letter, '/' | '_') {
                        regex.push('\\');
                    }
                    regex.push(letter);
                }
            }
        }
    }
    regex.push_str("(/.*)?");
    regex
}

#[cfg(test)]
mod tests {
    use super::{literal, path_regex};
    use crate::query::Pattern;

    #[test]
    fn patterns_of_paths_become_regular_expressions() {
        let regex = |pattern: &str| path_regex(&Pattern(pattern.into()));
        assert_eq!(regex("2024/*.txt"), "2024/.*\\.txt(/.*)?");
        assert_eq!(regex("a+(b)?"), "a\\+\\(b\\).(/.*)?");
        assert_eq!(literal(&Pattern("a\\*b".into())).as_deref(), Some("a*b"));
        assert_eq!(literal(&Pattern("a*b".into())), None);
    }
}
