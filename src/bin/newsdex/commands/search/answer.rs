//! The answer of a search, written in the form that was asked for.

use std::collections::HashSet;
use std::io::{self, Write};

use newsdex::output::{
    FacetWire, Field, HitText, Record, RowFormat, RowWriter, SearchWire, WIRE_VERSION, hit_record,
    safe_line, write_facets, write_json_line, write_total,
};
use newsdex::search::{Matches, Names, Search, SearchRequest};

use crate::asked::Asked;
use crate::failure::Failure;
use crate::output::{Output, style};
use crate::settings::Settings;

/// An answer, ready to be written in any form.
pub(super) struct Answer<'a> {
    pub(super) asked: &'a Asked,
    /// The query as typed.
    pub(super) typed: &'a str,
    pub(super) request: &'a SearchRequest,
    pub(super) matches: &'a Matches,
    pub(super) settings: &'a Settings,
}

impl Answer<'_> {
    pub(super) fn search(&self) -> Result<Search<'_>, Failure> {
        Ok(Search::new(&self.asked.reader, &self.asked.aliases, &self.asked.query)?)
    }

    pub(super) fn text(&self) -> Result<Output, Failure> {
        let mut out = Output::paged(self.settings);
        let style = style(self.settings, &self.asked.home);
        write_total(&mut out, self.matches.total)?;
        let first = self.request.offset + 1;
        let mut hits = HitText::new(&style, first, first + self.matches.ranked.len());
        let search = self.search()?;
        for ranked in &self.matches.ranked {
            hits.write(&mut out, &search.hit(ranked)?)?;
        }
        if !self.matches.facets.is_empty() {
            writeln!(out)?;
            write_facets(&mut out, &style, &self.matches.facets)?;
        }
        self.advise()?;
        Ok(out)
    }

    /// Says what the query may have been meant to be.
    pub(super) fn advise(&self) -> Result<(), Failure> {
        for (word, meant) in LIKE_OPERATORS {
            if stands_between_words(self.typed, word) {
                writeln!(io::stderr(), "hint: `{word}` is a word like any other; {meant}")?;
            }
        }
        if self.matches.total > 0 {
            return Ok(());
        }
        for word in self.search()?.acronyms() {
            let (lower, word) = (safe_line(&word), safe_line(&word).to_uppercase());
            writeln!(
                io::stderr(),
                "hint: `{word}` in capitals finds only the acronym; `{lower}` finds the word too"
            )?;
        }
        Ok(())
    }

    pub(super) fn json(&self, fields: &[Field]) -> Result<Output, Failure> {
        let hits = self.records(fields, &Field::OF_HIT)?.collect::<Result<Vec<_>, _>>()?;
        let mut out = Output::plain();
        out.write_all(&self.asked.document(&SearchWire {
            query: self.asked.query.to_string(),
            total: self.matches.total,
            offset: self.request.offset,
            hits,
            facets: self.matches.facets.iter().map(FacetWire::from).collect(),
        })?)?;
        Ok(out)
    }

    pub(super) fn json_lines(&self, fields: &[Field]) -> Result<Output, Failure> {
        let mut out = Output::plain();
        for record in self.records(fields, &Field::OF_HIT)? {
            let mut record = record?;
            record.values.insert(0, ("version", WIRE_VERSION.into()));
            write_json_line(&mut out, &record)?;
        }
        Ok(out)
    }

    pub(super) fn rows(&self, format: RowFormat, fields: &[Field]) -> Result<Output, Failure> {
        let fields = if fields.is_empty() { &Field::OF_ROW } else { fields };
        let mut out = Output::plain();
        let mut rows = RowWriter::new(&mut out, format, self.settings.cells);
        rows.write(&fields.iter().map(|field| field.name()).collect::<Vec<_>>())?;
        for record in self.records(fields, fields)? {
            rows.write_record(&record?)?;
        }
        rows.flush()?;
        drop(rows);
        Ok(out)
    }

    /// The hits, read one by one.
    fn records(
        &self,
        fields: &[Field],
        default: &[Field],
    ) -> Result<impl Iterator<Item = Result<Record, Failure>>, Failure> {
        let fields = if fields.is_empty() { default } else { fields }.to_vec();
        let search = self.search()?;
        let names = match fields.iter().any(|field| field.is_of_entities()) {
            true => Some(Names::open(&self.asked.reader, &self.asked.aliases)?),
            false => None,
        };
        Ok(self.matches.ranked.iter().map(move |ranked| {
            let mut hit = search.hit(ranked)?;
            if let Some(names) = &names {
                names.apply_to(&mut hit.article);
            }
            Ok(hit_record(&hit, &fields))
        }))
    }

    pub(super) fn paths(&self, end: u8) -> Result<Output, Failure> {
        let mut out = Output::plain();
        let mut seen = HashSet::new();
        for name in Search::paths(&self.asked.reader, &self.matches.ranked)? {
            if !seen.insert(name.clone()) {
                continue;
            }
            let path = self.asked.home.path_from(&self.settings.working_folder, &name);
            if self.settings.stdout_is_terminal {
                out.write_all(safe_line(&path.to_string_lossy()).as_bytes())?;
            } else {
                out.write_all(path.as_os_str().as_encoded_bytes())?;
            }
            out.write_all(&[end])?;
        }
        Ok(out)
    }
}

/// Words that may have been meant as operators, and what would be one.
const LIKE_OPERATORS: [(&str, &str); 2] = [
    ("or", "`OR` in capitals finds either"),
    ("near", "`near/5` finds what stands at most five words apart"),
];

/// Whether a word stands in a query as if it were an operator.
fn stands_between_words(query: &str, word: &str) -> bool {
    // Every second piece is between quotes.
    let pieces = query.trim().split('"').enumerate();
    let words = pieces.flat_map(|(place, piece)| {
        let is_outside = place % 2 == 0;
        piece.split_whitespace().map(move |word| (word, is_outside))
    });
    let words: Vec<_> = words.collect();
    let inner = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
    inner.contains(&(word, true))
}

#[cfg(test)]
mod tests {
    use super::stands_between_words;

    #[test]
    fn words_between_words_may_be_meant_as_operators() {
        for (query, expected) in [
            ("strike or walkout", true),
            ("\"port strike\" or walkout", true),
            ("or", false),
            ("or strike", false),
            ("strike or", false),
            ("\"strike or walkout\"", false),
            ("strike OR walkout", false),
            ("strike \"or\" walkout", false),
        ] {
            assert_eq!(stands_between_words(query, "or"), expected, "{query}");
        }
    }
}
