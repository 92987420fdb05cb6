//! Rows are read back by a reader of CSV as they were written, all cells of them; those that
//! are safe for spreadsheets have no cell that begins a formula; and what is shown on a
//! terminal holds nothing that controls it.

use newsdex::output::{Cells, RowFormat, RowWriter, safe_line, safe_text};

use super::choice::text;

/// What stands between two rows of an input, and between two cells.
const BETWEEN: [char; 2] = ['\u{1e}', '\u{1f}'];

/// What a formula begins with.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Cells for a spreadsheet.
const WITHOUT_FORMULAS: Cells = Cells { for_terminal: false, without_formulas: true };

/// Checks an input.
pub fn check(bytes: &[u8]) {
    let text = text(bytes);
    let rows: Vec<Vec<&str>> =
        text.split(BETWEEN[0]).map(|row| row.split(BETWEEN[1]).collect()).collect();
    let columns = rows[0].len();
    let rows: Vec<_> = rows.into_iter().filter(|row| row.len() == columns).collect();
    assert_eq!(written(&rows, RowFormat::Csv, Cells::default()), rows);
    for row in written(&rows, RowFormat::Csv, WITHOUT_FORMULAS) {
        assert!(row.iter().all(|cell| !cell.starts_with(FORMULA)), "{row:?}");
    }
    let flat = |cell: &&str| cell.replace(['\t', '\n', '\r'], " ");
    let flat: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(flat).collect()).collect();
    let tabs = raw(&rows, RowFormat::Tsv, Cells::default());
    let lines: Vec<Vec<&str>> = tabs.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines, flat);
    check_shown(&text);
}

/// The rows as a reader of CSV finds them, behind a header: a byte order mark that begins a
/// file is not of its text.
fn written(rows: &[Vec<&str>], format: RowFormat, cells: Cells) -> Vec<Vec<String>> {
    let text = format!("header\n{}", raw(rows, format, cells));
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("rows are whole"));
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

fn raw(rows: &[Vec<&str>], format: RowFormat, cells: Cells) -> String {
    let mut out = Vec::new();
    let mut writer = RowWriter::new(&mut out, format, cells);
    rows.iter().for_each(|row| writer.write(row).expect("memory can be written"));
    writer.flush().expect("memory can be written");
    drop(writer);
    String::from_utf8(out).expect("text was written")
}

fn check_shown(text: &str) {
    let is_control =
        |letter: char| letter.is_control() || ('\u{202a}'..='\u{202e}').contains(&letter);
    assert!(!safe_line(text).contains(is_control));
    assert!(!safe_text(text).contains(|letter| is_control(letter) && !"\n\t".contains(letter)));
    assert_eq!(safe_line(text).chars().count(), text.chars().count());
}
