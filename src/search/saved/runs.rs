//! The runs of saved queries, as a text that is kept beside them.
//!
//! Lines of cells with one tab between them. A mark comes before the queries that it
//! is of, and queries that were run together share it:
//!
//! ```text
//! mark<TAB>NUMBER<TAB>MADE AT<TAB>OPEN FROM<TAB>INSTANT …<TAB>ARTICLE …
//! query<TAB>NUMBER OF ITS LAST MARK<TAB>NUMBER OF THE ONE BEFORE, OR -<TAB>NAME
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Write as _};
use std::str::FromStr;
use std::sync::Arc;

use super::mark::Mark;

/// What the text begins with, for whoever opens it.
const HEADING: &str = "# What `newsdex saved run --new` has told of each saved query, so that it \
                       tells only what is new.\n# newsdex writes this file; without it, \
                       everything is new.\n";

/// How often saved queries were run for what is new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedRuns {
    /// By the names of the queries.
    told: BTreeMap<String, Told>,
}

/// What was told of a saved query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What the index held at its last run.
    pub last: Arc<Mark>,
    /// What it had held at the run before the last one that told of articles; none
    /// if that was the first.
    pub before: Option<Arc<Mark>>,
}

/// A text that does not keep runs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not as newsdex writes it")]
pub struct SavedRunsError {
    /// Which line, from 1.
    pub line: usize,
}

impl SavedRuns {
    /// What was told of a query; nothing if it was never run for what is new.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<&Told> {
        self.told.get(name)
    }

    /// Notes that what was new of a query was told, when the index held what the mark
    /// has.
    pub fn told(&mut self, name: &str, mark: &Arc<Mark>) {
        let before = self.told.get(name).map(|told| Arc::clone(&told.last));
        self.told.insert(name.to_owned(), Told { last: Arc::clone(mark), before });
    }

    /// Notes that nothing was new of a query. What was told last stays what it was.
    pub fn found_nothing(&mut self, name: &str, mark: &Arc<Mark>) {
        let before = self.told.get(name).and_then(|told| told.before.clone());
        self.told.insert(name.to_owned(), Told { last: Arc::clone(mark), before });
    }

    /// Forgets a query; whether anything was known of it.
    pub fn forget(&mut self, name: &str) -> bool {
        self.told.remove(name).is_some()
    }
}

impl Display for SavedRuns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut marks: Vec<&Arc<Mark>> = Vec::new();
        let mut queries = String::new();
        for (name, told) in &self.told {
            let last = number_of(&mut marks, &told.last);
            write!(queries, "query\t{last}\t")?;
            match &told.before {
                Some(before) => write!(queries, "{}", number_of(&mut marks, before))?,
                None => queries.push('-'),
            }
            writeln!(queries, "\t{name}")?;
        }
        f.write_str(HEADING)?;
        for (number, mark) in (1..).zip(marks) {
            let Mark { made_at, instants, open_from, articles } = mark.as_ref();
            writeln!(
                f,
                "mark\t{number}\t{made_at}\t{open_from}\t{}\t{}",
                joined(instants),
                joined(articles)
            )?;
        }
        f.write_str(&queries)
    }
}

/// The number of a mark among those that are written, from 1.
fn number_of<'m>(marks: &mut Vec<&'m Arc<Mark>>, mark: &'m Arc<Mark>) -> usize {
    let known = marks.iter().position(|known| Arc::ptr_eq(known, mark));
    known.unwrap_or_else(|| {
        marks.push(mark);
        marks.len() - 1
    }) + 1
}

fn joined<T: Display>(values: &BTreeSet<T>) -> String {
    values.iter().map(T::to_string).collect::<Vec<_>>().join(" ")
}

impl FromStr for SavedRuns {
    type Err = SavedRunsError;

    fn from_str(text: &str) -> Result<Self, SavedRunsError> {
        let mut marks = BTreeMap::new();
        let mut runs = Self::default();
        for (line, text) in (1..).zip(text.lines()) {
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let cells: Vec<&str> = text.split('\t').collect();
            runs.read_line(&cells, &mut marks).ok_or(SavedRunsError { line })?;
        }
        Ok(runs)
    }
}

impl SavedRuns {
    /// Takes in a line; none if it is not as it is written.
    fn read_line<'t>(
        &mut self,
        cells: &[&'t str],
        marks: &mut BTreeMap<&'t str, Arc<Mark>>,
    ) -> Option<()> {
        match *cells {
            ["mark", number, made_at, open_from, instants, articles] => {
                let mark = Mark {
                    made_at: made_at.parse().ok()?,
                    open_from: open_from.parse().ok()?,
                    instants: parted(instants)?,
                    articles: parted(articles)?,
                };
                marks.insert(number, Arc::new(mark));
            }
            ["query", last, before, name] => {
                let mark = |number| marks.get(number).map(Arc::clone);
                let last = mark(last)?;
                let before = if before == "-" { None } else { Some(mark(before)?) };
                self.told.insert(name.to_owned(), Told { last, before });
            }
            _ => return None,
        }
        Some(())
    }
}

fn parted<T: FromStr + Ord>(text: &str) -> Option<BTreeSet<T>> {
    text.split_ascii_whitespace().map(|value| value.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Mark, SavedRuns};
    use crate::article::ArticleId;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn mark(made_at: i64, articles: &[u64]) -> Arc<Mark> {
        Arc::new(Mark {
            made_at,
            instants: [-1, made_at].into(),
            open_from: made_at - 10,
            articles: articles.iter().map(|number| ArticleId::from_number(*number)).collect(),
        })
    }

    #[test]
    fn marks_are_written_once_and_only_while_they_are_needed() {
        let mut runs = SavedRuns::default();
        for (made_at, names) in [(100, &["a", "b"][..]), (200, &["b"]), (300, &["b", "c"])] {
            let mark = mark(made_at, &[made_at as u64]);
            names.iter().for_each(|name| runs.told(name, &mark));
        }
        let written = runs.to_string();
        let lines: Vec<_> = written.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(
            lines,
            [
                "mark\t1\t100\t90\t-1 100\t000000000064",
                "mark\t2\t300\t290\t-1 300\t00000000012c",
                "mark\t3\t200\t190\t-1 200\t0000000000c8",
                "query\t1\t-\ta",
                "query\t2\t3\tb",
                "query\t2\t-\tc",
            ]
        );
        assert_eq!(written.parse(), Ok(runs.clone()));
        runs.found_nothing("b", &mark(400, &[]));
        assert_eq!(runs.of("b").unwrap().before.as_ref().unwrap().made_at(), 200);
        assert_eq!(runs.of("b").unwrap().last.made_at(), 400);
        assert!(runs.forget("b") && !runs.forget("b"));
        assert_eq!(runs.to_string().matches("mark\t").count(), 2);
    }

    #[test]
    fn what_is_not_so_written_is_told_by_its_line() {
        for text in [
            "x",
            "mark\t1\t2",
            "mark\t1\tx\t3\t\t",
            "mark\t1\t2\t3\t4 x\t",
            "mark\t1\t2\t3\t4\tzz",
            "query\t7\t-\ta",
            "query\t1\t9\ta",
        ] {
            let runs = format!("# c\n\nmark\t1\t2\t3\t4\t0000000000ff\n{text}\n");
            let error = runs.parse::<SavedRuns>().unwrap_err();
            assert_eq!(error.line, 4, "{text}");
        }
        assert_eq!("".parse(), Ok(SavedRuns::default()));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(mark|query|1|-|\t|\n| |[a-z]){0,40}") {
            let _ = text.parse::<SavedRuns>();
        }
    }
}
