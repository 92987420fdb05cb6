//! From the records of a stream to articles that are handed on.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use encoding_rs::Encoding;

use super::records::Records;
use super::tree::Element;
use crate::article::{Article, Doubt};
use crate::ingest::ReadOptions;
use crate::ingest::delivery::Delivery;

/// What a format makes of a record: its articles, from its element and from the outermost
/// element around it, where that is not the record itself. None at all is right for what
/// is meant to be passed over.
pub(in crate::ingest) type Reader = fn(Element<'_>, Option<Element<'_>>) -> Vec<Article>;

/// Hands on the articles that `read` finds in the elements `names` of `source`, which is
/// decoded as it declares or as was `stated` around it.
///
/// The part of an article is its number among those of the file; one that is the first
/// record, with nothing around it, has none.
pub(in crate::ingest) fn read_records(
    source: impl BufRead,
    stated: Option<&'static Encoding>,
    names: &[&str],
    read: Reader,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let mut records = Records::new(source, stated, names, options.max_article_bytes)?;
    let mut number = 0_u64;
    while let Some(record) = records.next()? {
        let record = match record {
            Ok(record) => record,
            Err(fault) => {
                delivery.report(fault);
                continue;
            }
        };
        let Some(root) = record.tree.root() else { continue };
        let around = records.context().root();
        let articles = read(root, around);
        // What follows is not known yet: of several with nothing around, the first has none.
        let is_whole_file = number == 0 && around.is_none() && articles.len() == 1;
        for mut article in articles {
            number += 1;
            if !is_whole_file {
                article.part = number.to_string();
            }
            if record.is_guessed {
                article.doubt(Doubt::GuessedEncoding);
            }
            if delivery.give(article, record.line).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
    Ok(ControlFlow::Continue(()))
}
