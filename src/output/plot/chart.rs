//! Lays a plot out: title, legend, panels, source.

use super::panel::{ASIDE, Panel, TEXT, label_room, value};
use super::svg::{Anchor, Font, Stroke, Svg, text_width};
use super::values::{Unit, Values};
use crate::output::layout::{cut, grouped, plural, wrapped};
use crate::output::timeline_text::{name, not_in_rows};
use crate::search::{Series, Timeline};

/// Units of the whole plot: the width of a column of text on most screens.
const WIDTH: f64 = 960.0;
/// Units of the area of a single chart.
const HEIGHT: f64 = 360.0;
/// Units of the area of each of several.
const SMALL_HEIGHT: f64 = 130.0;
/// Units around everything, and between panels.
const MARGIN: f64 = 24.0;
/// Below a panel: two lines of dates.
const DATE_ROOM: f64 = 40.0;
/// Small charts beside each other, at most.
const PANELS_IN_A_ROW: usize = 3;
/// Columns of text in the lines at the bottom.
const SOURCE_COLUMNS: usize = 150;
/// Columns of the name of a series in the legend.
const NAME_COLUMNS: usize = 48;

/// Colours that those who see few colours tell apart (Okabe and Ito 2008),
/// without the yellow, which is lost on white.
const COLOURS: [&str; 7] =
    ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];
/// Dashes that tell series of the same colour apart.
const DASHES: [&str; 4] = ["", "7 4", "2 4", "9 3 2 3"];

const TITLE: Font = Font { size: 20.0, bold: true, colour: TEXT, anchor: Anchor::Start };
const PLAIN: Font = Font { size: 13.0, bold: false, colour: TEXT, anchor: Anchor::Start };
const SMALL: Font = Font { size: 11.0, bold: false, colour: ASIDE, anchor: Anchor::Start };

/// What a plot says besides its counts.
#[derive(Clone, Debug)]
pub struct PlotNotes {
    /// The query as understood.
    pub query: String,
    /// How many articles the index holds.
    pub indexed: u64,
    /// The zone in whose days instants were counted, where one was asked for.
    pub time_zone: Option<String>,
}

/// A timeline as SVG; none if it has no rows.
#[must_use]
pub fn write_plot(timeline: &Timeline, notes: &PlotNotes) -> Option<String> {
    if timeline.periods.is_empty() {
        return None;
    }
    let is_share = timeline.series.iter().any(|series| series.base.is_some());
    let places = 0..timeline.periods.len();
    let heights = timeline
        .series
        .iter()
        .flat_map(|series| places.clone().filter_map(|place| value(series, place)));
    let most = heights.fold(0.0, f64::max);
    let unit = if is_share { Unit::Percent } else { Unit::Articles };
    let steps = if timeline.others.is_some() { 3.0 } else { 5.0 };
    let values = Values::to(most, unit, steps);
    let chart = Chart { timeline, query: &notes.query, values, source: source(timeline, notes) };
    Some(chart.draw())
}

struct Chart<'a> {
    timeline: &'a Timeline,
    query: &'a str,
    values: Values,
    /// The lines at the bottom.
    source: Vec<String>,
}

impl Chart<'_> {
    fn draw(&self) -> String {
        let legend = self.legend();
        let top = MARGIN + 44.0 + legend.len() as f64 * 20.0 + 14.0;
        let below = top + self.area_height();
        let height = below + self.source.len() as f64 * 15.0 + MARGIN;
        let title = title(self.timeline, self.query);
        let mut svg = Svg::new(WIDTH, height, &title, &self.source.join(" "));
        let title_columns = (WIDTH - 2.0 * MARGIN) / text_width("n", TITLE.size);
        svg.text((MARGIN, MARGIN + 16.0), TITLE, &cut(&title, title_columns as usize));
        svg.text((MARGIN, MARGIN + 38.0), PLAIN, &subtitle(self.timeline));
        for (row, items) in legend.iter().enumerate() {
            let y = MARGIN + 60.0 + row as f64 * 20.0;
            for (x, series) in items {
                svg.line((*x, y - 4.0), (x + 26.0, y - 4.0), stroke(*series));
                svg.text((x + 34.0, y), PLAIN, &legend_text(&self.timeline.series[*series]));
            }
        }
        match self.timeline.others {
            Some(_) => self.small_panels(&mut svg, top),
            None => self.one_panel(&mut svg, top),
        }
        for (row, line) in self.source.iter().enumerate() {
            svg.text((MARGIN, below + 14.0 + row as f64 * 15.0), SMALL, line);
        }
        svg.finish()
    }

    /// For each row of the legend, where which series stands; none for one alone
    /// and for small charts, which have titles.
    fn legend(&self) -> Vec<Vec<(f64, usize)>> {
        let series = &self.timeline.series;
        if series.len() < 2 || self.timeline.others.is_some() {
            return Vec::new();
        }
        let mut rows = vec![Vec::new()];
        let mut x = MARGIN;
        for (place, series) in series.iter().enumerate() {
            let width = 34.0 + text_width(&legend_text(series), PLAIN.size) + 28.0;
            if x > MARGIN && x + width > WIDTH - MARGIN {
                rows.push(Vec::new());
                x = MARGIN;
            }
            if let Some(row) = rows.last_mut() {
                row.push((x, place));
            }
            x += width;
        }
        rows
    }

    fn rows_of_panels(&self) -> (usize, usize) {
        let panels = self.timeline.series.len();
        let in_a_row = match panels {
            1 => 1,
            2 | 4 => 2,
            _ => PANELS_IN_A_ROW,
        };
        (in_a_row, panels.div_ceil(in_a_row))
    }

    fn area_height(&self) -> f64 {
        match self.timeline.others {
            None => HEIGHT + DATE_ROOM + MARGIN / 2.0,
            Some(_) => {
                let rows = self.rows_of_panels().1;
                rows as f64 * (SMALL_HEIGHT + DATE_ROOM + MARGIN + 8.0)
            }
        }
    }

    fn one_panel(&self, svg: &mut Svg, top: f64) {
        let left = MARGIN + label_room(&self.values);
        let size = (WIDTH - MARGIN - left, HEIGHT);
        let panel = Panel { timeline: self.timeline, values: &self.values, at: (left, top), size };
        panel.axes(svg);
        match &self.timeline.series[..] {
            [series] => panel.columns(svg, series, COLOURS[0]),
            several => {
                for (place, series) in several.iter().enumerate() {
                    panel.line(svg, series, stroke(place));
                }
            }
        }
    }

    fn small_panels(&self, svg: &mut Svg, top: f64) {
        let (in_a_row, _) = self.rows_of_panels();
        let labels = label_room(&self.values);
        let room = (WIDTH - 2.0 * MARGIN + MARGIN) / in_a_row as f64;
        for (place, series) in self.timeline.series.iter().enumerate() {
            let (row, column) = (place / in_a_row, place % in_a_row);
            let left = MARGIN + column as f64 * room;
            let y = top + row as f64 * (SMALL_HEIGHT + DATE_ROOM + MARGIN + 8.0);
            let panel = Panel {
                timeline: self.timeline,
                values: &self.values,
                at: (left + labels, y + 20.0),
                size: (room - MARGIN - labels, SMALL_HEIGHT),
            };
            let columns = (room - MARGIN) / text_width("n", PLAIN.size);
            let heading = cut(&legend_text(series), columns as usize);
            svg.text((left, y + 4.0), Font { bold: true, ..PLAIN }, &heading);
            panel.axes(svg);
            panel.columns(svg, series, COLOURS[0]);
        }
    }
}

fn stroke(series: usize) -> Stroke {
    let dashes = DASHES[series / COLOURS.len() % DASHES.len()];
    Stroke { colour: COLOURS[series % COLOURS.len()], width: 2.0, dashes }
}

fn title(timeline: &Timeline, query: &str) -> String {
    if let Some(others) = &timeline.others {
        let what = if query == "*" { "All articles" } else { query };
        return format!("{what} by {}", others.field.name());
    }
    let names: Vec<String> = timeline.series.iter().map(name).collect();
    match &names[..] {
        [name] if name == "all articles" => "All articles".to_owned(),
        names => names.join(", "),
    }
}

/// What the axis of values shows.
fn subtitle(timeline: &Timeline) -> String {
    let per = timeline.per.name();
    let mut bases = timeline.series.iter().filter_map(|series| series.base.as_ref());
    match bases.next() {
        None => format!("Articles per {per}"),
        Some(base) => {
            let filters = base.query.to_string();
            let is_one = bases.all(|other| other.query == base.query);
            let what = match filters.as_str() {
                _ if !is_one => "all articles that fit the same filters".to_owned(),
                "*" => "all articles".to_owned(),
                filters => format!("all articles that fit {}", cut(filters, 60)),
            };
            format!("Share of {what}, per {per}")
        }
    }
}

fn legend_text(series: &Series) -> String {
    format!("{} ({})", cut(&name(series), NAME_COLUMNS), grouped(series.articles))
}

/// Where the numbers are from, and what is not in them.
fn source(timeline: &Timeline, notes: &PlotNotes) -> Vec<String> {
    let span = timeline.days.map(|(first, last)| format!("; {first} to {last}"));
    let counted = match &timeline.series[..] {
        [series] => format!("{} of ", grouped(series.articles)),
        _ => String::new(),
    };
    let mut text = format!(
        "Source: {counted}{} indexed with newsdex {}{}.",
        plural(notes.indexed, "article"),
        env!("CARGO_PKG_VERSION"),
        span.unwrap_or_default(),
    );
    if let Some(zone) = &notes.time_zone {
        text.push_str(&format!(" Days of instants in {zone}."));
    }
    let mut lines = wrapped(&text, SOURCE_COLUMNS);
    let left_out = not_in_rows(timeline);
    if !left_out.is_empty() {
        let left_out = format!("Not shown: {}.", left_out.join("; "));
        lines.extend(wrapped(&left_out, SOURCE_COLUMNS));
    }
    lines
}
