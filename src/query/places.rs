//! Which parts of a query have places in the text, and so can stand beside
//! `near/5` and inside `atleast3(…)`.

use super::error::{QueryError, QueryErrorKind, shown};
use super::tree::{Expr, Node};

/// An error if a part of `expr` has no place in the text.
pub(super) fn refuse_placeless(expr: &Expr, text: &str) -> Result<(), QueryError> {
    let instead = match &expr.node {
        Node::Text { .. } | Node::Mention { .. } | Node::Near { .. } | Node::First(..) => {
            return Ok(());
        }
        Node::Name { field, .. } if field.is_of_entities() => return Ok(()),
        Node::Or(parts) => return parts.iter().try_for_each(|part| refuse_placeless(part, text)),
        Node::And(_) => {
            "join its words by `OR`, by `near/5`, or in quotes: one of them must stand here"
        }
        Node::Not(_) => "write `NOT` before the operator: `a NOT near/5 b`",
        Node::AtLeast(..) => "leave `atleast` out here, or put it around the whole",
        _ => "put a space between them: both must then hold for the article",
    };
    let text = shown(expr.span.of(text));
    Err(QueryError { span: expr.span, kind: QueryErrorKind::NoPlace { text, instead } })
}
