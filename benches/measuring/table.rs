//! The table of figures, for people.

use std::fmt::Write;

use super::figures::{Figure, Series, Unit};

/// The figures as a table, one a line, under a heading.
pub(crate) fn table_of(figures: &[Figure]) -> String {
    let heading = ["", "figure", "at most", "aim", "", "median (least to greatest)"];
    let mut rows = vec![heading.map(str::to_owned)];
    rows.extend(figures.iter().map(row));
    let mut widths = [0; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    rows.iter().map(|row| line(row, widths)).collect()
}

fn row(figure: &Figure) -> [String; 6] {
    let [at_most, aim] = figure.limits.shown();
    let series: Vec<String> = figure.series.iter().map(measured).collect();
    [
        figure.what.to_owned(),
        number(figure.value, figure.unit),
        at_most,
        aim,
        figure.limits.verdict(figure.value).to_owned(),
        series.join("; "),
    ]
}

/// Cells beside each other: numbers to the right, words to the left.
fn line(cells: &[String; 6], widths: [usize; 6]) -> String {
    let [what, figure, at_most, aim, verdict, measured] = cells;
    let [what_width, figure_width, at_most_width, aim_width, verdict_width, _] = widths;
    format!(
        "{what:what_width$}  {figure:>figure_width$}  {at_most:>at_most_width$}  \
         {aim:>aim_width$}  {verdict:verdict_width$}  {measured}\n"
    )
}

fn measured(series: &Series) -> String {
    let Series { of, unit, .. } = *series;
    let mut text = format!("{of} {}", number(series.median(), unit));
    if series.is_spread() {
        let digits = digits(unit);
        let (least, greatest) = (series.least(), series.greatest());
        // Writing to a string cannot fail.
        let _ = write!(text, " ({least:.digits$} to {greatest:.digits$})");
    }
    text
}

fn number(value: f64, unit: Unit) -> String {
    if value.is_nan() {
        return "-".to_owned();
    }
    let digits = digits(unit);
    match unit {
        Unit::Ratio => format!("{value:.digits$}"),
        Unit::Minutes => format!("{value:.digits$} min"),
        Unit::Seconds => format!("{value:.digits$} s"),
        Unit::Milliseconds => format!("{value:.digits$} ms"),
        Unit::Microseconds => format!("{value:.digits$} µs"),
        Unit::Megabytes => format!("{value:.digits$} MB"),
    }
}

/// Digits after the point: no more than repeat from run to run.
const fn digits(unit: Unit) -> usize {
    match unit {
        Unit::Ratio | Unit::Seconds => 2,
        Unit::Minutes | Unit::Milliseconds | Unit::Megabytes => 1,
        Unit::Microseconds => 0,
    }
}
