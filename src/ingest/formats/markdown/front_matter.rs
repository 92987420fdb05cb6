//! Fields between `---` lines at the start of a Markdown file.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::MarkdownError;
use crate::ingest::draft::Draft;

/// Bytes of the longest front matter that is read. That of a news site has a
/// few hundred; the limit bounds what hostile YAML can cost.
const MAX_BYTES: usize = 64 * 1024;

/// Nesting of the values that are read: a list of mappings with a list of
/// names is the deepest in use.
const MAX_DEPTH: usize = 4;

/// Reads front matter at the start of `text` into `draft`; gives what follows,
/// and why the front matter could not be read.
pub(super) fn read_front_matter<'t>(
    text: &'t str,
    draft: &mut Draft,
) -> (&'t str, Option<MarkdownError>) {
    if let Some((_, rest)) = between(text, "+++", &["+++"]) {
        return (rest, Some(MarkdownError::TomlFrontMatter));
    }
    let Some((yaml, rest)) = between(text, "---", &["---", "..."]) else { return (text, None) };
    if yaml.len() > MAX_BYTES {
        let bytes = yaml.len();
        return (rest, Some(MarkdownError::LongFrontMatter { bytes, limit: MAX_BYTES }));
    }
    match read_mapping(yaml) {
        Ok(Some(entries)) => {
            for entry in entries {
                entry.give_to(draft);
            }
            (rest, None)
        }
        Ok(None) => (text, None),
        Err(error) => (rest, Some(broken(error))),
    }
}

/// The text between a first line `open` and a line that is one of `close`, and
/// the rest.
fn between<'t>(text: &'t str, open: &str, close: &[&str]) -> Option<(&'t str, &'t str)> {
    let (first, inside) = text.split_once('\n')?;
    if first.trim_end() != open {
        return None;
    }
    let mut end = 0;
    for line in inside.split_inclusive('\n') {
        if close.contains(&line.trim_end()) {
            return Some((&inside[..end], &inside[end + line.len()..]));
        }
        end += line.len();
    }
    None
}

/// The error of the YAML reader, with the line of the file: that of the YAML
/// and the `---` line before it.
fn broken(error: ScanError) -> MarkdownError {
    let line = error.marker().line() + 1;
    MarkdownError::BrokenFrontMatter { line, reason: error.info().to_owned() }
}

/// What stands under a key of the front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Entry {
    key: String,
    values: Vec<String>,
    /// Whether the values stood in a list or mapping.
    is_list: bool,
}

impl Entry {
    fn give_to(self, draft: &mut Draft) {
        if self.is_list {
            draft.give_list(&self.key, self.values);
        } else if let Some(value) = self.values.first() {
            draft.give_text(&self.key, value);
        }
    }
}

/// A list or mapping that is being read.
#[derive(Clone, Debug)]
struct Nest {
    /// Whether it is a mapping.
    is_mapping: bool,
    /// In a mapping, the key whose value comes next.
    key: Option<String>,
    /// Whether it is itself the key of a mapping.
    is_key: bool,
}

/// The entries of a mapping in YAML; none if it is something else.
///
/// Aliases are not followed, so that nothing in a file can become more than it
/// is; duplicate keys are left for the draft to judge.
fn read_mapping(yaml: &str) -> Result<Option<Vec<Entry>>, ScanError> {
    let mut reader = Reader::default();
    for event in Parser::new_from_str(yaml) {
        let (event, _) = event?;
        match event {
            Event::MappingStart(..) => reader.open(true),
            Event::SequenceStart(..) if reader.nests.is_empty() => return Ok(None),
            Event::SequenceStart(..) => reader.open(false),
            Event::MappingEnd | Event::SequenceEnd => reader.close(),
            Event::Scalar(..) if reader.nests.is_empty() => return Ok(None),
            Event::Scalar(text, style, ..) => reader.scalar(&text, style),
            Event::Alias(_) => reader.scalar("", ScalarStyle::Plain),
            Event::DocumentEnd => break,
            _ => {}
        }
    }
    Ok(Some(reader.entries))
}

/// Gathers entries from the events of YAML.
#[derive(Debug, Default)]
struct Reader {
    entries: Vec<Entry>,
    /// The lists and mappings that are open, the outermost first.
    nests: Vec<Nest>,
    /// What has been read under the key of the outermost mapping.
    current: Entry,
}

impl Reader {
    fn open(&mut self, is_mapping: bool) {
        let parent = self.nests.last();
        let is_key = parent.is_some_and(|nest| nest.is_mapping && nest.key.is_none());
        self.current.is_list |= parent.is_some() && !is_key;
        self.nests.push(Nest { is_mapping, key: None, is_key });
    }

    fn close(&mut self) {
        let Some(closed) = self.nests.pop() else { return };
        match self.nests.last_mut() {
            // A key that is no text names nothing.
            Some(parent) if closed.is_key => parent.key = Some(String::new()),
            _ => self.end_value(),
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle) {
        let Some(nest) = self.nests.last_mut() else { return };
        if nest.is_mapping && nest.key.is_none() {
            nest.key = Some(text.to_owned());
            return;
        }
        let is_null = style == ScalarStyle::Plain && matches!(text, "" | "~" | "null" | "Null");
        if !is_null && self.is_wanted() {
            self.current.values.push(text.to_owned());
        }
        self.end_value();
    }

    /// Whether a text here is a value of the outermost mapping's key: in
    /// lists, and under the key `name` of mappings.
    fn is_wanted(&self) -> bool {
        let is_name = |nest: &Nest| {
            !nest.is_key
                && (!nest.is_mapping
                    || nest.key.as_deref().is_some_and(|key| key.eq_ignore_ascii_case("name")))
        };
        self.nests.len() <= MAX_DEPTH && self.nests.iter().skip(1).all(is_name)
    }

    /// A value is complete: a mapping expects its next key.
    fn end_value(&mut self) {
        let is_outermost = self.nests.len() == 1;
        let Some(key) = self.nests.last_mut().and_then(|nest| nest.key.take()) else { return };
        if is_outermost {
            self.entries.push(Entry { key, ..std::mem::take(&mut self.current) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{between, read_mapping};

    /// The entries of `yaml`, as `key=value|value` with `[]` around lists.
    fn entries(yaml: &str) -> Vec<String> {
        let entries = read_mapping(yaml).unwrap().unwrap();
        let shown = entries.iter().map(|entry| {
            let values = entry.values.join("|");
            if entry.is_list {
                format!("{}=[{values}]", entry.key)
            } else {
                format!("{}={values}", entry.key)
            }
        });
        shown.collect()
    }

    #[test]
    fn texts_lists_and_names_are_values() {
        for (yaml, expected) in [
            ("a: 1\nb: yes\nc: 2024-04-14", &["a=1", "b=yes", "c=2024-04-14"][..]),
            ("a: [b, 'c, d']\ne:\n  - f\n  - g", &["a=[b|c, d]", "e=[f|g]"]),
            ("a: {name: b, url: c}\nd: [{Name: e}, f]", &["a=[b]", "d=[e|f]"]),
            ("a:\nb: ~\nc: null\nd: 'null'", &["a=", "b=", "c=", "d=null"]),
            ("a: |\n  b\n  c\nd: >\n  e\n  f", &["a=b\nc\n", "d=e f\n"]),
            ("a: {b: {name: c}}\nd: [[[[e]]]]\nf: g", &["a=[]", "d=[]", "f=g"]),
            ("? [a, name]\n: b\nc: d", &["=b", "c=d"]),
            ("a: &x b\nc: *x\nd: e", &["a=b", "c=", "d=e"]),
            ("a: 1\na: 2", &["a=1", "a=2"]),
            ("# nothing", &[]),
        ] {
            assert_eq!(entries(yaml), expected, "{yaml}");
        }
    }

    #[test]
    fn other_yaml_is_no_mapping() {
        for yaml in ["text", "- a\n- b", "[a]", "'a: b'"] {
            assert_eq!(read_mapping(yaml), Ok(None), "{yaml}");
        }
        assert!(read_mapping("a: b: c").is_err());
    }

    #[test]
    fn both_lines_are_needed() {
        assert_eq!(between("---\na\n--- \nb", "---", &["---"]), Some(("a\n", "b")));
        assert_eq!(between("---\n---", "---", &["---"]), Some(("", "")));
        assert_eq!(between("---\na\n----\n", "---", &["---"]), None);
        assert_eq!(between("\n---\na\n---\n", "---", &["---"]), None);
    }
}
