//! Tables with a header line: CSV, TSV, and the same with semicolons or bars.
//!
//! `rows` splits the stream into rows and fields. Which fields of an article the
//! columns are is told by their names, as in JSON: a row is read as a record.

mod rows;

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use self::rows::{Row, Rows, fields};
use super::json::Reader;
use crate::article::Doubt;
use crate::ingest::decode::{Utf8Reader, decode_guessing};
use crate::ingest::delivery::Delivery;
use crate::ingest::fields::{FieldName, field_named};
use crate::ingest::{ReadError, ReadOptions};

/// What may stand between fields; of equals the first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Names of columns that an error shows; more say nothing more.
const COLUMNS_SHOWN: usize = 20;

/// Streams the articles of the rows of `source`. The part of an article is the
/// number of its row below the header, counted from 1.
pub(crate) fn read(
    source: &mut dyn BufRead,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let mut rows = Rows::new(Utf8Reader::new(source)?, options.max_article_bytes);
    let Some(table) = header(&mut rows, options, delivery)? else {
        return Ok(ControlFlow::Continue(()));
    };
    rows.expect(table.delimiter, table.columns.len());
    let mut number = 0_u64;
    while let Some(row) = rows.next()? {
        number += 1;
        let flow = match row {
            Err(fault) => {
                delivery.report(fault);
                ControlFlow::Continue(())
            }
            Ok(row) => table.give(&row, number, delivery),
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// What the header of a table says.
struct Table<'o> {
    delimiter: u8,
    columns: Vec<String>,
    reader: Reader<'o>,
}

/// Reads the header; none where no column is a title or a text, which is reported.
fn header<'o>(
    rows: &mut Rows<impl BufRead>,
    options: &'o ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<Option<Table<'o>>> {
    let mut stated = None;
    loop {
        let row = match rows.next()? {
            None => {
                delivery.report(ReadError::Empty);
                return Ok(None);
            }
            Some(Err(fault)) => {
                delivery.report(fault);
                return Ok(None);
            }
            Some(Ok(row)) => row,
        };
        let text = decode_guessing(row.bytes).text;
        // Excel writes and reads a first line `sep=;`.
        if let Some([delimiter]) = text.trim().strip_prefix("sep=").map(str::as_bytes) {
            stated = Some(*delimiter);
            continue;
        }
        let delimiter = stated.unwrap_or_else(|| delimiter(&text, options));
        let columns = fields(&text, delimiter);
        if columns.iter().any(|column| is_text(column, options)) {
            let reader = Reader::new(&options.map);
            return Ok(Some(Table { delimiter, columns, reader }));
        }
        let shown = columns.iter().take(COLUMNS_SHOWN).map(|column| format!("`{column}`"));
        let columns = shown.collect::<Vec<_>>().join(", ");
        delivery.report(ReadError::NoTextColumn { columns });
        return Ok(None);
    }
}

/// The delimiter with which `header` names the most fields of articles, then that
/// with the most columns.
fn delimiter(header: &str, options: &ReadOptions) -> u8 {
    let worth = |delimiter: u8| {
        let columns = fields(header, delimiter);
        let known = columns.iter().filter(|column| is_known(column, options)).count();
        (known, columns.len())
    };
    // The last of equals is taken.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| worth(*delimiter)).unwrap_or(b',')
}

fn is_known(column: &str, options: &ReadOptions) -> bool {
    field_named(column).is_some() || options.map.iter().any(|(_, name)| name == column)
}

/// Whether a column is one of titles or texts.
fn is_text(column: &str, options: &ReadOptions) -> bool {
    let is_text = |field| matches!(field, FieldName::Title | FieldName::Body);
    field_named(column).is_some_and(is_text)
        || options.map.iter().any(|(field, name)| is_text(*field) && name == column)
}

impl Table<'_> {
    /// Hands on the article of a row.
    fn give(&self, row: &Row<'_>, number: u64, delivery: &mut Delivery<'_>) -> ControlFlow<()> {
        let decoded = decode_guessing(row.bytes);
        let mut values = fields(&decoded.text, self.delimiter);
        let surplus = values.iter().skip(self.columns.len()).filter(|value| !value.is_empty());
        if surplus.count() > 0 {
            let what = format!("{} fields under {} columns", values.len(), self.columns.len());
            delivery.report(ReadError::Malformed { line: row.line, what });
        }
        values.truncate(self.columns.len());
        let mut record = Map::new();
        for (column, value) in self.columns.iter().zip(values) {
            if !value.is_empty() && !record.contains_key(column) {
                let value = listed(&value).unwrap_or(Value::String(value));
                record.insert(column.clone(), value);
            }
        }
        let mut article = self.reader.article(&record);
        article.part = number.to_string();
        if decoded.guessed {
            article.doubt(Doubt::GuessedEncoding);
        }
        delivery.give(article, row.line)
    }
}

/// The members of a list as Python and JSON write it, which is what tables made
/// with pandas hold: `['Ann Lee', "Bo O'Hara"]`.
fn listed(text: &str) -> Option<Value> {
    let mut rest = text.strip_prefix('[')?.strip_suffix(']')?.trim();
    let mut members = Vec::new();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
        let inner = &rest[1..];
        let (end, _) = inner.match_indices(quote).find(|(place, _)| {
            let after = inner[place + 1..].trim_start();
            after.is_empty() || after.starts_with(',')
        })?;
        members.push(Value::String(inner[..end].to_owned()));
        let after = inner[end + 1..].trim_start();
        rest = after.strip_prefix(',').unwrap_or(after).trim_start();
    }
    Some(Value::Array(members))
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use proptest::prelude::*;
    use serde_json::json;

    use super::listed;
    use crate::article::Article;
    use crate::ingest::{FieldName, ReadOptions, read_from};

    fn read(name: &str, table: &[u8], options: &ReadOptions) -> (Vec<Article>, String) {
        let mut articles = Vec::new();
        let reading = read_from(name, table, options, &mut |article| {
            articles.push(article);
            ControlFlow::Continue(())
        });
        let trouble = match reading {
            Ok(reading) => reading.trouble.map(|trouble| trouble.to_string()).unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        (articles, trouble)
    }

    fn titles(table: &str) -> (Vec<String>, String) {
        let (articles, trouble) = read("a.csv", table.as_bytes(), &ReadOptions::default());
        let titles = articles.into_iter().map(|a| format!("{} {}|{}", a.part, a.title, a.body));
        (titles.collect(), trouble)
    }

    #[test]
    fn all_delimiters_are_found() {
        for mark in [",", "\t", ";", "|"] {
            let table =
                format!("id{mark}title{mark}text\r\n7{mark}Rain{mark}\"It; r,a|i\tns.\"\r\n");
            let expected = (vec!["1 Rain|It; r,a|i\tns.".to_owned()], String::new());
            assert_eq!(titles(&table), expected, "{mark:?}");
            assert_eq!(titles(&format!("\u{feff}\n{table}")), expected, "{mark:?}");
        }
        assert_eq!(titles("sep=;\ntitle;text\nRain;It rains.\n").0, ["1 Rain|It rains."]);
    }

    #[test]
    fn quoted_fields_hold_anything() {
        let (titles, trouble) = titles(concat!(
            "title,text\n\"Rain, \"\"again\"\"\",\"First.\n\nSecond.\"\n",
            " \"Sun\" , \"He said \"no\" twice.\"\n\"\",Untitled\n",
        ));
        assert_eq!(
            titles,
            ["1 Rain, \"again\"|First.\n\nSecond.", "2 Sun|He said \"no\" twice.", "3 |Untitled"]
        );
        assert_eq!(trouble, "");
    }

    #[test]
    fn ragged_rows_are_read() {
        let (titles, trouble) = titles("title,text,url\nRain\nSun,It shines.,,,\nFog,It,x,y\n");
        assert_eq!(titles, ["1 Rain|", "2 Sun|It shines.", "3 Fog|It"]);
        assert_eq!(trouble, "line 4: 4 fields under 3 columns");
    }

    #[test]
    fn a_table_without_text_is_refused() {
        let (_, trouble) = titles("id,colour\n1,red\n");
        assert_eq!(trouble, "no column is called a title or a text: `id`, `colour`");
        let options = ReadOptions {
            map: vec![(FieldName::Body, "colour".to_owned())],
            ..ReadOptions::default()
        };
        let (articles, _) = read("a.csv", b"id,colour\n1,red\n", &options);
        assert_eq!(articles[0].body, "red");
    }

    #[test]
    fn an_open_quote_does_not_fill_the_memory() {
        let options = ReadOptions { max_article_bytes: 50, ..ReadOptions::default() };
        let long = format!("title,text\nRain,\"{}\nSun,x\n", "y\n".repeat(60));
        let (articles, trouble) = read("a.csv", long.as_bytes(), &options);
        assert!(articles.is_empty());
        assert!(trouble.starts_with("line 2: article larger"), "{trouble}");
        let closed = format!("title,text\nRain,\"{}\"\nSun,x\n", "y\n".repeat(60));
        assert_eq!(read("a.csv", closed.as_bytes(), &options).0[0].title, "Sun");
        assert!(titles("title,text\nRain,\"x\n").1.starts_with("cut short"));
    }

    #[test]
    fn quotes_in_tabs_are_text() {
        let table = "title\ttext\n\"Rain\" falls\tIt does.\n\"Sun\tTwo \"x\n";
        let (articles, _) = read("a.tsv", table.as_bytes(), &ReadOptions::default());
        let titles: Vec<&str> = articles.iter().map(|article| &*article.title).collect();
        assert_eq!(titles, ["\"Rain\" falls", "\"Sun"]);
    }

    #[test]
    fn lists_of_python_are_lists() {
        assert_eq!(listed("['Ann Lee', \"Bo O'Hara\"]"), Some(json!(["Ann Lee", "Bo O'Hara"])));
        assert_eq!(listed("[]"), Some(json!([])));
        for text in ["[sic] rain", "['open", "[1, 2]", "['a'x]"] {
            assert_eq!(listed(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_read(fields in proptest::collection::vec("[a,;\"\n\t|é]{0,8}", 1..5)) {
            let row: Vec<String> =
                fields.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\""))).collect();
            let read = super::fields(&row.join(","), b',');
            let trimmed: Vec<&str> = fields.iter().map(|field| field.trim()).collect();
            prop_assert_eq!(read, trimmed);
        }

        #[test]
        fn any_table_is_survived(table in "(title,text|title;body|a)?\n?[a,;\"\r\n\t]{0,60}") {
            read("a.csv", table.as_bytes(), &ReadOptions { max_article_bytes: 20, ..ReadOptions::default() });
        }
    }
}
