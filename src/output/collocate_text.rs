//! Words near a query for people.

use std::io::{self, Write};

use super::layout::{cut, grouped, plural, width};
use super::safe::safe_line;
use super::style::{Role, Style};
use crate::search::{CollocateRequest, Collocates};

/// Columns of a line where the output is no terminal.
const DEFAULT_COLUMNS: usize = 100;
/// Columns of the longest word shown: more than any language's words but compounds have.
const WORD_COLUMNS: usize = 30;
/// Columns of a word on the narrowest terminal.
const LEAST_COLUMNS: usize = 8;
/// What the columns hold.
const HEADER: [&str; 4] = ["word", "near", "in all", "score"];

/// Writes words near a query as a table, below what they were counted in.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_collocates(
    out: &mut dyn Write,
    style: &Style,
    request: &CollocateRequest,
    found: &Collocates,
) -> io::Result<()> {
    for line in heading(request, found) {
        writeln!(out, "{}", style.paint(Role::Aside, line))?;
    }
    if found.words.is_empty() {
        return Ok(());
    }
    let numbers: Vec<[String; 3]> = found
        .words
        .iter()
        .map(|word| [grouped(word.near), grouped(word.all), format!("{:.2}", word.score)])
        .collect();
    let columns_of = |column: usize| {
        let cells = numbers.iter().map(|cells| cells[column].len());
        cells.chain([HEADER[column + 1].len()]).max().unwrap_or(0)
    };
    let columns = [0, 1, 2].map(columns_of);
    let in_numbers: usize = columns.iter().map(|columns| columns + 2).sum();
    let room = style.width.unwrap_or(DEFAULT_COLUMNS).saturating_sub(in_numbers + 1);
    let room = room.clamp(LEAST_COLUMNS, WORD_COLUMNS);
    let words: Vec<String> =
        found.words.iter().map(|word| cut(&safe_line(&word.word), room)).collect();
    let widest = words.iter().map(|word| width(word)).chain([HEADER[0].len()]).max().unwrap_or(0);
    let line = |word: &str, cells: [&str; 3]| {
        let mut line = format!("{word}{}", " ".repeat(widest - width(word)));
        for (cell, columns) in cells.into_iter().zip(columns) {
            line.push_str(&format!("  {cell:>columns$}"));
        }
        line
    };
    let header = line(HEADER[0], [HEADER[1], HEADER[2], HEADER[3]]);
    writeln!(out, "\n{}", style.paint(Role::Aside, header))?;
    for (word, cells) in words.iter().zip(&numbers) {
        writeln!(out, "{}", line(word, [0, 1, 2].map(|column| cells[column].as_str())))?;
    }
    Ok(())
}

/// What was counted: in how many articles, among how many words, by what.
fn heading(request: &CollocateRequest, found: &Collocates) -> [String; 2] {
    let shown = found.words.len() as u64;
    let words = match found.distinct {
        0 => "no words".to_owned(),
        distinct if shown < distinct => {
            format!("{} of {}", grouped(shown), plural(distinct, "word"))
        }
        distinct => plural(distinct, "word"),
    };
    let least = match request.least {
        0 | 1 => String::new(),
        least => format!(" with {} occurrences or more", grouped(least)),
    };
    [
        format!(
            "{words}{least} within {} of {} in {}, by {}",
            plural(request.window as u64, "word"),
            plural(found.places, "place"),
            plural(found.articles, "article"),
            request.measure.name(),
        ),
        format!("{} near, of {} in all articles", plural(found.near, "word"), grouped(found.all)),
    ]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{width, write_collocates};
    use crate::output::Style;
    use crate::search::{Collocate, CollocateRequest, Collocates, Limit, Measure};

    fn written(columns: Option<usize>) -> String {
        let request = CollocateRequest {
            query: "port".parse().unwrap(),
            today: jiff::civil::date(2024, 4, 20),
            aliases: Arc::default(),
            pattern_limit: 0,
            window: 5,
            least: 3,
            measure: Measure::LogLikelihood,
            limit: Limit::First(3),
            threads: 1,
        };
        let word = |word: &str, near, all, score| Collocate { word: word.into(), near, all, score };
        let found = Collocates {
            words: vec![
                word("strike", 1_204, 3_000, 812.456),
                word("東京\u{1b}", 7, 12, 9.0),
                word("Donaudampfschifffahrtsgesellschaft", 3, 3, 1.5),
            ],
            distinct: 40,
            articles: 1,
            places: 2_000,
            near: 20_000,
            all: 9_000_000,
        };
        let mut out = Vec::new();
        let style = Style { width: columns, ..Style::default() };
        write_collocates(&mut out, &style, &request, &found).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn words_stand_in_a_table() {
        insta::assert_snapshot!(written(None), @"
        3 of 40 words with 3 occurrences or more within 5 words of 2,000 places in 1 article, by log-likelihood
        20,000 words near, of 9,000,000 in all articles

        word                             near  in all   score
        strike                          1,204   3,000  812.46
        東京�                               7      12    9.00
        Donaudampfschifffahrtsgesells…      3       3    1.50
        ");
    }

    #[test]
    fn words_are_cut_where_there_is_no_room() {
        for columns in [1, 30, 40, 60] {
            let table = written(Some(columns));
            let widest = table.lines().skip(3).map(width).max().unwrap();
            assert!(widest <= columns.max(33), "{widest} of {columns}: {table}");
        }
    }
}
