//! A panel of a plot: axes, columns, lines.

use super::dates::date_ticks;
use super::svg::{Anchor, Font, Stroke, Svg, text_width};
use super::values::Values;
use crate::search::{PeriodDays, Series, Timeline};

/// Size of the labels of axes.
pub(super) const LABEL_SIZE: f64 = 12.0;
/// Of all text but titles: dark, and softer than black.
pub(super) const TEXT: &str = "#333333";
/// Of what is aside.
pub(super) const ASIDE: &str = "#666666";
const GRID: Stroke = Stroke { colour: "#dddddd", width: 1.0, dashes: "" };
const BASELINE: Stroke = Stroke { colour: "#333333", width: 1.0, dashes: "" };
/// Units that a label of dates needs: `30 Sep` and some space.
const DATE_LABEL: f64 = 52.0;
/// Units of a column below which a line is easier to read.
const THINNEST_COLUMN: f64 = 3.0;
/// Units of a column above which it looks like an area.
const WIDEST_COLUMN: f64 = 72.0;
/// Units between two points from which each is marked.
const MARKED_FROM: f64 = 14.0;
/// Of the room of a period, what the gap between columns takes.
const COLUMN_GAP: f64 = 0.18;

/// A panel, and what is the same in all panels of a plot.
pub(super) struct Panel<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) values: &'a Values,
    /// The left upper corner of the area that is drawn in.
    pub(super) at: (f64, f64),
    pub(super) size: (f64, f64),
}

impl Panel<'_> {
    fn x(&self, place: f64) -> f64 {
        self.at.0 + (place + 0.5) / self.timeline.periods.len() as f64 * self.size.0
    }

    fn y(&self, value: f64) -> f64 {
        self.at.1 + self.size.1 * (1.0 - value / self.values.top())
    }

    /// Units for each period.
    fn step(&self) -> f64 {
        self.size.0 / self.timeline.periods.len() as f64
    }

    /// Lines across with their values, and dates below.
    pub(super) fn axes(&self, svg: &mut Svg) {
        let (left, right) = (self.at.0, self.at.0 + self.size.0);
        let font = Font { size: LABEL_SIZE, bold: false, colour: ASIDE, anchor: Anchor::End };
        for (value, label) in self.values.ticks() {
            let y = self.y(value);
            let stroke = if value > 0.0 { GRID } else { BASELINE };
            svg.line((left, y), (right, y), stroke);
            svg.text((left - 6.0, y + LABEL_SIZE * 0.35), font, &label);
        }
        let bottom = self.at.1 + self.size.1;
        let most = (self.size.0 / DATE_LABEL).floor().max(1.0) as usize;
        for tick in date_ticks(self.timeline.per, &self.timeline.periods, most) {
            let x = self.x(tick.place as f64);
            svg.line((x, bottom), (x, bottom + 5.0), BASELINE);
            let font = Font { anchor: Anchor::Middle, ..font };
            svg.text((x, bottom + 18.0), font, &tick.label);
            if let Some(year) = tick.year {
                svg.text((x, bottom + 32.0), font, &year);
            }
        }
    }

    /// One series alone: columns, or a line where they would be too thin.
    pub(super) fn columns(&self, svg: &mut Svg, series: &Series, colour: &'static str) {
        if self.step() < THINNEST_COLUMN {
            return self.line(svg, series, Stroke { colour, width: 1.5, dashes: "" });
        }
        let width = (self.step() * (1.0 - COLUMN_GAP)).min(WIDEST_COLUMN);
        for (place, period) in self.timeline.periods.iter().enumerate() {
            if let Some(value) = value(series, place).filter(|value| *value > 0.0) {
                let (x, y) = (self.x(place as f64) - width / 2.0, self.y(value));
                // What is there is seen, if only as a hair.
                let height = (self.at.1 + self.size.1 - y).max(0.5);
                svg.rect((x, y), (width, height), colour, &told(series, place, period));
            }
        }
    }

    /// One series among others: a line, broken where there is no value.
    pub(super) fn line(&self, svg: &mut Svg, series: &Series, stroke: Stroke) {
        let mut run: Vec<(f64, f64)> = Vec::new();
        let marked = self.step() >= MARKED_FROM;
        let mut dots = Vec::new();
        for (place, period) in self.timeline.periods.iter().enumerate() {
            let Some(value) = value(series, place) else {
                self.run(svg, &mut run, stroke);
                continue;
            };
            let point = (self.x(place as f64), self.y(value));
            run.push(point);
            if marked {
                dots.push((point, told(series, place, period)));
            }
        }
        self.run(svg, &mut run, stroke);
        for (point, tooltip) in dots {
            svg.dot(point, stroke.width + 1.0, stroke.colour, &tooltip);
        }
    }

    fn run(&self, svg: &mut Svg, run: &mut Vec<(f64, f64)>, stroke: Stroke) {
        match run[..] {
            [] => {}
            [point] => svg.dot(point, stroke.width, stroke.colour, ""),
            _ => svg.path(run, stroke),
        }
        run.clear();
    }
}

/// Units that the labels of values need to the left of a panel.
pub(super) fn label_room(values: &Values) -> f64 {
    let widths = values.ticks().map(|(_, label)| text_width(&label, LABEL_SIZE));
    widths.fold(0.0, f64::max) + 10.0
}

/// What is drawn of a series: the share where there is one, else the count.
pub(super) fn value(series: &Series, place: usize) -> Option<f64> {
    match series.base {
        Some(_) => series.share(place),
        None => Some(series.counts[place] as f64),
    }
}

/// What a column or a point stands for.
fn told(series: &Series, place: usize, period: &PeriodDays) -> String {
    let count = series.counts[place];
    match (&series.base, series.share(place)) {
        (Some(base), Some(share)) => {
            format!("{}: {count} of {}, {share:.1}%", period.label, base.counts[place])
        }
        _ => format!("{}: {count}", period.label),
    }
}
