//! An export of any lines is refused, or restored to an index that answers, and that gives
//! an export which is restored to the same.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use newsdex::index::{Export, ExportEnd, ExportLine, IndexError, IndexReader};
use newsdex::output::write_json_line;
use newsdex::update::{RestoreRequest, Silent, restore};
use xxhash_rust::xxh3::xxh3_128;

use super::answers;
use super::archive::{Archive, options};
use super::choice::text;

/// The first line of an export, where an input has none.
const HEADER: &str = "{\"newsdex_export\":1,\"program\":\"\",\"schema\":0,\"revision\":\"\",\
    \"map\":[],\"recognition\":{\"model\":null,\"file\":null},\
    \"selection\":{\"include\":[],\"exclude\":[],\"hidden\":false}}\n";

/// Checks an input: the lines of an export; the first and the last are put to it where they
/// lack.
pub fn check(bytes: &[u8]) {
    let mut lines = text(bytes);
    if !lines.starts_with("{\"newsdex_export\"") {
        lines.insert_str(0, HEADER);
    }
    if !lines.contains("{\"end\"") {
        if !lines.ends_with('\n') {
            lines.push('\n');
        }
        lines = ended(lines);
    }
    let Some(again) = restored(&lines) else { return };
    let once_more = restored(&again).expect("what newsdex exports is restored");
    assert_eq!(kept(&again), kept(&once_more));
}

/// The lines between the header, which tells when and by what, and the end, whose checksum is
/// of the header too.
fn kept(lines: &str) -> Vec<&str> {
    let end = lines.lines().count().saturating_sub(1);
    lines.lines().take(end).skip(1).collect()
}

/// The lines with one that ends them.
fn ended(mut lines: String) -> String {
    let count = |start: &str| lines.lines().filter(|line| line.starts_with(start)).count() as u64;
    let end = ExportEnd {
        sources: count("{\"source\""),
        articles: count("{\"article\""),
        hidden: count("{\"hidden\""),
        hash: format!("{:032x}", xxh3_128(lines.as_bytes())),
    };
    lines.push_str(&line(&ExportLine::End(end)));
    lines
}

fn line(value: &impl serde::Serialize) -> String {
    let mut line = Vec::new();
    write_json_line(&mut line, value).expect("it has a form in JSON");
    String::from_utf8(line).expect("JSON is text")
}

/// The export of the index that is made of one; nothing where that is refused.
fn restored(lines: &str) -> Option<String> {
    let archive = Archive::new();
    let request = RestoreRequest {
        index: archive.index_folder(),
        base: archive.folder().to_owned(),
        bytes: 0,
        now: 1_700_000_000,
    };
    let done =
        restore(&mut lines.as_bytes(), &request, &options(), &Silent, &AtomicBool::new(false));
    if let Err(error) = done {
        assert!(!error.to_string().contains('\u{1b}'), "{error}");
        assert!(!is_there(&request.index), "half an export was restored");
        return None;
    }
    let reader = archive.reader();
    answers::check(&reader, "");
    Some(exported(&reader).expect("the index is sound"))
}

fn is_there(index: &Path) -> bool {
    IndexReader::open(index).is_ok()
}

fn exported(reader: &IndexReader) -> Result<String, IndexError> {
    let export = Export::new(reader);
    let mut lines = line(&export.header(None));
    export.sources(|record| {
        lines.push_str(&line(&ExportLine::Source(record.into())));
        Ok::<_, IndexError>(())
    })?;
    for address in export.articles(None)? {
        lines.push_str(&line(&ExportLine::Article(Box::new(export.article(address)?))));
    }
    for version in export.hidden()? {
        lines.push_str(&line(&ExportLine::Hidden(version)));
    }
    Ok(ended(lines))
}
