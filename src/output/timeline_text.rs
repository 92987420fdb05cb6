//! Timelines for people: a row for each period, series side by side.

use std::io::{self, Write};

use super::layout::{bar, cut, grouped, plural, width};
use super::safe::safe_line;
use super::style::{Role, Style};
use crate::search::{Others, Period, PeriodDays, Series, Timeline};

/// Columns of a line where the output is no terminal.
const DEFAULT_COLUMNS: usize = 80;
/// Columns of the longest bar: more are no easier to compare.
const LONGEST_BAR: usize = 60;
/// Columns of a bar at least; series that leave less go below.
const SHORTEST_BAR: usize = 8;
/// Columns between the parts of a row.
const GAP: usize = 2;

/// Writes a timeline: what it counts, then a row for each period.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_timeline(out: &mut dyn Write, style: &Style, timeline: &Timeline) -> io::Result<()> {
    write_heading(out, style, timeline)?;
    if timeline.periods.is_empty() {
        return Ok(());
    }
    let columns = Columns::new(style, timeline);
    // As many in each as fit, and about as many in each.
    let tables = timeline.series.len().div_ceil(columns.side_by_side);
    let in_table = timeline.series.len().div_ceil(tables.max(1)).max(1);
    for series in timeline.series.chunks(in_table) {
        writeln!(out)?;
        Columns { bar: columns.bar_beside(series.len()), ..columns }
            .write(out, style, timeline, series)?;
    }
    Ok(())
}

/// What was counted, and what stands in no row.
fn write_heading(out: &mut dyn Write, style: &Style, timeline: &Timeline) -> io::Result<()> {
    let aside = |text: String| style.paint(Role::Aside, text).to_string();
    let name_width =
        timeline.series.iter().map(|series| width(&name(series))).max().unwrap_or(0).min(40);
    for series in &timeline.series {
        let name = cut(&name(series), style.width.unwrap_or(DEFAULT_COLUMNS));
        let padding = " ".repeat(name_width.saturating_sub(width(&name)));
        let name = style.paint(Role::Title, name);
        writeln!(out, "{name}{padding}  {}", aside(counted(timeline, series)))?;
    }
    if let Some(others) = &timeline.others {
        writeln!(out, "{}", aside(left_out(others, timeline.series.len())))?;
    }
    Ok(())
}

/// What a series counts: `12 articles by month, 1 without a date`.
fn counted(timeline: &Timeline, series: &Series) -> String {
    let per = timeline.per.name();
    if series.articles == 0 {
        return "no articles".to_owned();
    }
    let mut told = format!("{} by {per}", plural(series.articles, "article"));
    if let Some(base) = &series.base {
        let what = match base.query.to_string().as_str() {
            "*" => String::new(),
            filters => format!(" that fit {}", safe_line(filters)),
        };
        told.push_str(&format!(", of {}{what}", plural(base.articles, "article")));
    }
    for (articles, what) in missing(series, timeline.per) {
        told.push_str(&format!("; {} {what}", grouped(articles)));
    }
    told
}

/// How many articles of a series stand in no row, with the reason.
fn missing(series: &Series, per: Period) -> impl Iterator<Item = (u64, String)> {
    let spanning = format!("with a date that spans several {}s", per.name());
    [(series.undated, "without a date".to_owned()), (series.spanning, spanning)]
        .into_iter()
        .filter(|(articles, _)| *articles > 0)
}

/// What stands in no row, for where rows do not tell it themselves: a line for
/// each reason.
#[must_use]
pub fn not_in_rows(timeline: &Timeline) -> Vec<String> {
    let mut lines = Vec::new();
    for series in &timeline.series {
        for (articles, what) in missing(series, timeline.per) {
            let told = format!("{} {what}", plural(articles, "article"));
            lines.push(match timeline.series.len() {
                1 => told,
                _ => format!("`{}`: {told}", name(series)),
            });
        }
    }
    let others = timeline.others.as_ref().filter(|others| others.values > 0);
    lines.extend(others.map(|others| left_out(others, timeline.series.len())));
    lines
}

/// What the series of a timeline by the values of a field leave out.
fn left_out(others: &Others, shown: usize) -> String {
    let field = others.field.name();
    let values = match others.values {
        0 if shown == 0 => format!("no value of {field}"),
        0 => format!("no other {field}"),
        values => {
            let name = if values == 1 { "value" } else { "values" };
            let articles = plural(others.articles, "article");
            format!(
                "{} other {name} of {field}, {articles} with none of those shown",
                grouped(values)
            )
        }
    };
    match others.without {
        0 => values,
        without => format!("{values}; {} without {field}", plural(without, "article")),
    }
}

/// The name of a series, for people.
pub(super) fn name(series: &Series) -> String {
    match series.name.as_str() {
        "*" | "" => "all articles".to_owned(),
        name => safe_line(name).into_owned(),
    }
}

/// How wide the parts of rows are.
#[derive(Clone, Copy)]
struct Columns {
    /// Of the whole line.
    line: usize,
    label: usize,
    count: usize,
    /// Of the number of articles that a count is a share of.
    total: Option<usize>,
    share: Option<usize>,
    bar: usize,
    side_by_side: usize,
    /// What the longest bar stands for.
    most: f64,
}

impl Columns {
    fn new(style: &Style, timeline: &Timeline) -> Self {
        let series = &timeline.series;
        let is_share = series.iter().any(|series| series.base.is_some());
        let widest = |counts: &mut dyn Iterator<Item = u64>| {
            counts.max().map_or(0, |count| grouped(count).len())
        };
        let count = widest(&mut series.iter().flat_map(|series| series.counts.iter().copied()));
        let bases = series.iter().filter_map(|series| series.base.as_ref());
        let total = widest(&mut bases.flat_map(|base| base.counts.iter().copied()));
        let heights = series
            .iter()
            .flat_map(|series| (0..timeline.periods.len()).map(|period| height(series, period)));
        let periods = timeline.periods.iter();
        let mut columns = Self {
            line: style.width.unwrap_or(DEFAULT_COLUMNS),
            label: periods.map(|period| label(timeline.per, period).len()).max().unwrap_or(0),
            count: if is_share { count.max("articles".len()) } else { count },
            // Beside other series there is no room for it.
            total: (is_share && series.len() == 1).then_some(total.max(2)),
            share: is_share.then_some("100.0%".len()),
            bar: LONGEST_BAR,
            side_by_side: 1,
            most: heights.fold(0.0, f64::max),
        };
        let fits = |count: &usize| columns.bar_beside(*count) >= SHORTEST_BAR;
        columns.side_by_side = (1..=series.len()).rev().find(fits).unwrap_or(1);
        columns
    }

    /// Columns of the numbers of a series, with the gap behind each.
    fn numbers(&self) -> usize {
        let optional = [self.total, self.share].into_iter().flatten().map(|columns| columns + GAP);
        self.count + GAP + optional.sum::<usize>()
    }

    /// Columns of the bar where so many series stand side by side.
    fn bar_beside(&self, series: usize) -> usize {
        let room = self.line.saturating_sub(self.label + 1) / series.max(1);
        room.saturating_sub(GAP + self.numbers()).min(LONGEST_BAR)
    }

    fn write(
        &self,
        out: &mut dyn Write,
        style: &Style,
        timeline: &Timeline,
        series: &[Series],
    ) -> io::Result<()> {
        if timeline.series.len() > 1 {
            let names = series.iter().map(|series| {
                let name = cut(&name(series), self.numbers() + self.bar);
                let padding = self.numbers() + self.bar - width(&name);
                format!("{}{}", style.paint(Role::Title, &name), " ".repeat(padding))
            });
            self.write_line(out, "", names)?;
        }
        if self.share.is_some() {
            let header = self.header();
            let headers = series.iter().map(|_| {
                let padding = (self.numbers() + self.bar).saturating_sub(header.len());
                format!("{}{}", style.paint(Role::Aside, &header), " ".repeat(padding))
            });
            self.write_line(out, "", headers)?;
        }
        for (place, period) in timeline.periods.iter().enumerate() {
            let cells = series.iter().map(|series| self.cell(style, series, place));
            self.write_line(out, &label(timeline.per, period), cells)?;
        }
        Ok(())
    }

    fn write_line(
        &self,
        out: &mut dyn Write,
        label: &str,
        cells: impl Iterator<Item = String>,
    ) -> io::Result<()> {
        let mut line = format!("{label:<columns$}", columns = self.label);
        for cell in cells {
            line.push_str(&" ".repeat(GAP));
            line.push_str(&cell);
        }
        writeln!(out, "{}", line.trim_end())
    }

    fn header(&self) -> String {
        let mut header = format!("{:>columns$}  ", "articles", columns = self.count);
        if let Some(columns) = self.total {
            header.push_str(&format!("{:>columns$}  ", "of"));
        }
        if let Some(columns) = self.share {
            header.push_str(&format!("{:>columns$}  ", "share"));
        }
        header
    }

    /// The numbers and the bar of a series in a period.
    fn cell(&self, style: &Style, series: &Series, period: usize) -> String {
        let mut cell =
            format!("{:>columns$}  ", grouped(series.counts[period]), columns = self.count);
        if let (Some(columns), Some(base)) = (self.total, &series.base) {
            cell.push_str(&format!("{:>columns$}  ", grouped(base.counts[period])));
        }
        if let Some(columns) = self.share {
            let share =
                series.share(period).map_or_else(|| "-".to_owned(), |share| format!("{share:.1}%"));
            cell.push_str(&format!("{share:>columns$}  "));
        }
        let drawn = bar(height(series, period), self.most, self.bar);
        let padding = " ".repeat(self.bar.saturating_sub(width(&drawn)));
        format!("{cell}{}{padding}", style.paint(Role::Count, drawn))
    }
}

/// A period, for people: of a week, its first day too.
fn label(per: Period, period: &PeriodDays) -> String {
    match per {
        Period::Week => format!("{} {}", period.label, period.first.strftime("%b %d")),
        _ => period.label.clone(),
    }
}

/// What a bar shows: the share where there is one, else the count.
fn height(series: &Series, period: usize) -> f64 {
    match series.base {
        Some(_) => series.share(period).unwrap_or(0.0),
        None => series.counts[period] as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::{not_in_rows, write_timeline};
    use crate::output::Style;
    use crate::output::plot::{PlotNotes, write_plot};
    use crate::search::{Base, Period, PeriodDays, Series, Timeline};
    use jiff::civil::date;

    fn timeline(names: &[&str]) -> Timeline {
        let month = |month: i8| {
            let first = date(2024, month, 1);
            PeriodDays { label: format!("2024-0{month}"), first, last: first.last_of_month() }
        };
        let series = |(place, name): (usize, &&str)| Series {
            name: (*name).to_owned(),
            query: "*".parse().unwrap(),
            articles: 1_504,
            undated: 1,
            spanning: 2 * place as u64,
            counts: vec![1_500, 0, 1 + place as u64],
            base: None,
        };
        Timeline {
            per: Period::Month,
            periods: [3, 4, 5].map(month).into(),
            days: Some((date(2024, 3, 9), date(2024, 5, 2))),
            series: names.iter().enumerate().map(series).collect(),
            others: None,
        }
    }

    fn written(timeline: &Timeline, columns: usize) -> String {
        let style = Style { width: Some(columns), ..Style::default() };
        let mut out = Vec::new();
        write_timeline(&mut out, &style, timeline).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn rows_are_as_wide_as_the_terminal() {
        insta::assert_snapshot!(written(&timeline(&["port\u{1b}"]), 40), @"
        port�  1,504 articles by month; 1 without a date

        2024-03  1,500  ███████████████████████
        2024-04      0
        2024-05      1  ▏
        ");
        for columns in [1, 20, 40, 80, 200] {
            let widest = written(&timeline(&["a"]), columns);
            let widest = widest.lines().skip(2).map(super::width).max().unwrap();
            assert!(widest <= columns.max(17), "{widest} columns of {columns}");
        }
    }

    #[test]
    fn series_stand_side_by_side_as_far_as_there_is_room() {
        let three = timeline(&["one", "a long name of a series", "three"]);
        insta::assert_snapshot!(written(&three, 64), @"
        one                      1,504 articles by month; 1 without a date
        a long name of a series  1,504 articles by month; 1 without a date; 2 with a date that spans several months
        three                    1,504 articles by month; 1 without a date; 4 with a date that spans several months

                 one               a long name of …  three
        2024-03  1,500  █████████  1,500  █████████  1,500  █████████
        2024-04      0                 0                 0
        2024-05      1  ▏              2  ▏              3  ▏
        ");
        insta::assert_snapshot!(not_in_rows(&three).join("\n"), @"
        `one`: 1 article without a date
        `a long name of a series`: 1 article without a date
        `a long name of a series`: 2 articles with a date that spans several months
        `three`: 1 article without a date
        `three`: 4 articles with a date that spans several months
        ");
    }

    #[test]
    fn a_share_stands_beside_what_it_is_of() {
        let mut share = timeline(&["*"]);
        share.series[0].base = Some(Base {
            query: "lang:en".parse().unwrap(),
            articles: 6_000,
            undated: 0,
            spanning: 0,
            counts: vec![3_000, 0, 50],
        });
        insta::assert_snapshot!(written(&share, 60), @"
        all articles  1,504 articles by month, of 6,000 articles that fit lang:en; 1 without a date

                 articles     of   share
        2024-03     1,500  3,000   50.0%  █████████████████████████
        2024-04         0      0       -
        2024-05         1     50    2.0%  █
        ");
    }

    #[test]
    fn plots_are_whole_escaped_and_the_same_each_time() {
        let notes = PlotNotes { query: "a<b&c".into(), indexed: 9_000, time_zone: None };
        let several = timeline(&["a<b&c", "\u{202e}x", "\"q\""]);
        let plot = write_plot(&several, &notes).unwrap();
        assert_eq!(Some(&plot), write_plot(&several, &notes).as_ref());
        assert!(
            plot.contains("<title id=\"title\">a&lt;b&amp;c, \u{fffd}x, &quot;q&quot;</title>")
        );
        assert!(plot.contains("Source: 9,000 articles indexed with newsdex"));
        assert!(plot.contains("; 2024-03-09 to 2024-05-02."));
        for element in ["svg", "title", "desc", "text"] {
            let opened = plot.matches(&format!("<{element} ")).count()
                + plot.matches(&format!("<{element}>")).count();
            assert_eq!(opened, plot.matches(&format!("</{element}>")).count(), "{element}");
        }
        // Three lines of three points each.
        assert_eq!(plot.matches("<polyline ").count(), 3);
        assert_eq!(plot.matches("<circle ").count(), 9);
        let alone = write_plot(&timeline(&["*"]), &notes).unwrap();
        // Two columns, for one month is empty, and the background.
        assert_eq!(alone.matches("<rect ").count(), 3);
        assert!(alone.contains("2024-05: 1<"));
        let nothing = Timeline { periods: Vec::new(), ..timeline(&[]) };
        assert_eq!(write_plot(&nothing, &notes), None);
    }
}
