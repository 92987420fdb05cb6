//! The wire format of what in an index deserves a look.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use super::record::Record;
use crate::search::{Example, Finding, Member};

/// The columns of findings as a table: a row for each check.
pub const FINDING_COLUMNS: [&str; 5] = ["check", "of", "count", "superfluous", "query"];

/// The columns of all that one check found, as a table: a row for each member.
pub const MEMBER_COLUMNS: [&str; 8] =
    ["check", "example", "path", "part", "id", "outlet", "articles", "what"];

/// What a check-up found.
#[derive(Debug, Serialize)]
pub struct CheckupWire {
    today: String,
    findings: Vec<FindingWire>,
    nothing_found: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct FindingWire {
    check: &'static str,
    of: &'static str,
    count: u64,
    superfluous: u64,
    query: Option<String>,
    examples: Vec<ExampleWire>,
}

#[derive(Debug, Serialize)]
struct ExampleWire {
    what: Option<String>,
    count: u64,
    members: Vec<Record>,
}

impl CheckupWire {
    /// The findings of a check-up on that day.
    #[must_use]
    pub fn new(today: Date, findings: &[Finding]) -> Self {
        let (found, nothing): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().partition(|finding| finding.count > 0);
        Self {
            today: today.to_string(),
            findings: found.into_iter().map(FindingWire::from).collect(),
            nothing_found: nothing.into_iter().map(|finding| finding.check.name()).collect(),
        }
    }
}

impl From<&Finding> for FindingWire {
    fn from(finding: &Finding) -> Self {
        let example = |example: &Example| ExampleWire {
            what: Some(example.what.clone()).filter(|what| !what.is_empty()),
            count: example.count,
            members: example
                .members
                .iter()
                .map(|member| Record { values: member_values(member).into() })
                .collect(),
        };
        Self {
            check: finding.check.name(),
            of: finding.check.subject().name(),
            count: finding.count,
            superfluous: finding.superfluous,
            query: finding.query.clone(),
            examples: finding.examples.iter().map(example).collect(),
        }
    }
}

/// A finding without its examples.
#[must_use]
pub fn finding_record(finding: &Finding) -> Record {
    let check = finding.check;
    let values = [
        json!(check.name()),
        json!(check.subject().name()),
        json!(finding.count),
        json!(finding.superfluous),
        json!(finding.query),
    ];
    Record { values: FINDING_COLUMNS.into_iter().zip(values).collect() }
}

/// The members of all examples of a finding, each with its check and the number of its
/// example, from 1.
pub fn member_records(finding: &Finding) -> impl Iterator<Item = Record> {
    let check = finding.check.name();
    let numbered = (1_u64..).zip(&finding.examples);
    let members = numbered
        .flat_map(|(number, example)| example.members.iter().map(move |member| (number, member)));
    members.map(move |(number, member)| {
        let mut values = vec![("check", json!(check)), ("example", json!(number))];
        values.extend(member_values(member));
        Record { values }
    })
}

/// What a member is, and what about it deserves a look.
fn member_values(member: &Member) -> [(&'static str, Value); 6] {
    let text = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    let values = match member {
        Member::Article { id, path, part, what } => {
            [json!(path), text(part), json!(id), Value::Null, json!(1), text(what)]
        }
        Member::File { path, articles, what } => {
            [json!(path), Value::Null, Value::Null, Value::Null, json!(articles), text(what)]
        }
        Member::Outlet { name, articles } => {
            [Value::Null, Value::Null, Value::Null, json!(name), json!(articles), Value::Null]
        }
    };
    let [path, part, id, outlet, articles, what] = values;
    [
        ("path", path),
        ("part", part),
        ("id", id),
        ("outlet", outlet),
        ("articles", articles),
        ("what", what),
    ]
}
