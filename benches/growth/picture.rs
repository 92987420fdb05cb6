//! The curves as a picture: a panel each for time, memory, size and answers.

use std::fmt::Write as _;

use crate::archive::Growth;

const PANEL: (f64, f64) = (300.0, 180.0);
const MARGIN: (f64, f64) = (64.0, 46.0);
const FONT: &str = "font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\"";

/// A panel: what it shows, in what unit, and of which archive what.
struct Panel {
    title: &'static str,
    unit: &'static str,
    value: fn(&Growth) -> f64,
}

const PANELS: [Panel; 4] = [
    Panel {
        title: "Articles indexed a second",
        unit: "",
        value: |growth| growth.articles as f64 / growth.seconds(),
    },
    Panel {
        title: "Peak memory of indexing",
        unit: " MB",
        value: |growth| growth.resident.greatest(),
    },
    Panel {
        title: "Size of the index : text",
        unit: "",
        value: |growth| growth.index_bytes as f64 / growth.text_bytes as f64,
    },
    Panel {
        title: "Search with three facets",
        unit: " ms",
        value: |growth| growth.search.median(),
    },
];

/// The picture, as SVG.
pub(crate) fn of(curve: &[Growth]) -> String {
    let (width, height) = (2.0 * (PANEL.0 + MARGIN.0) + 24.0, 2.0 * (PANEL.1 + 2.0 * MARGIN.1));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 \
         {width} {height}\" role=\"img\"><title>newsdex by size of the archive</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    for (place, panel) in PANELS.iter().enumerate() {
        let left = MARGIN.0 + (place % 2) as f64 * (PANEL.0 + MARGIN.0);
        let top = MARGIN.1 + (place / 2) as f64 * (PANEL.1 + 2.0 * MARGIN.1);
        draw(panel, curve, (left, top), &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Draws a panel: sizes of archives to the right by their logarithm, values upward from 0.
fn draw(panel: &Panel, curve: &[Growth], (left, top): (f64, f64), svg: &mut String) {
    let values: Vec<f64> = curve.iter().map(panel.value).collect();
    let most = round_up(values.iter().copied().fold(0.0, f64::max));
    let sizes = curve.iter().map(|growth| (growth.articles as f64).log10());
    let (first, last) = (sizes.clone().fold(f64::MAX, f64::min), sizes.clone().fold(0.0, f64::max));
    let x = |size: f64| left + (size - first) / (last - first) * (PANEL.0 - 24.0);
    let y = |value: f64| top + PANEL.1 * (1.0 - value / most);
    let mut out = String::new();
    // Writing to a string cannot fail.
    let mut put = |line: std::fmt::Arguments<'_>| writeln!(out, "{line}").unwrap_or_default();
    let title_y = top - 16.0;
    put(format_args!(
        "<text x=\"{left}\" y=\"{title_y}\" {FONT} font-weight=\"bold\">{}</text>",
        panel.title
    ));
    for tick in 0..=4 {
        let value = most * f64::from(tick) / 4.0;
        let (at, right) = (y(value), left + PANEL.0 - 24.0);
        put(format_args!("<path d=\"M{left} {at:.1}H{right}\" stroke=\"#dddddd\"/>"));
        let (label_x, label_y) = (left - 6.0, at + 4.0);
        let label = format!("{}{}", shown(value), panel.unit);
        put(format_args!(
            "<text x=\"{label_x}\" y=\"{label_y:.1}\" {FONT} fill=\"#666666\" text-anchor=\"end\">{label}</text>"
        ));
    }
    let points: Vec<(f64, f64)> =
        sizes.zip(&values).map(|(size, value)| (x(size), y(*value))).collect();
    let line: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    put(format_args!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#1b5e8c\" stroke-width=\"2\"/>",
        line.join(" ")
    ));
    for (((x, y), value), growth) in points.iter().zip(&values).zip(curve) {
        put(format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"#1b5e8c\"/>"));
        let value_y = y - 8.0;
        put(format_args!(
            "<text x=\"{x:.1}\" y=\"{value_y:.1}\" {FONT} text-anchor=\"middle\">{}</text>",
            shown(*value)
        ));
        let label_y = top + PANEL.1 + 18.0;
        let articles = newsdex::output::grouped(growth.articles as u64);
        put(format_args!(
            "<text x=\"{x:.1}\" y=\"{label_y:.1}\" {FONT} fill=\"#666666\" text-anchor=\"middle\">{articles}</text>"
        ));
    }
    svg.push_str(&out);
}

/// The next number above that makes a round scale.
fn round_up(value: f64) -> f64 {
    let power = 10_f64.powf(value.max(1e-9).log10().floor());
    let steps = [1.2, 1.6, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0];
    steps.into_iter().map(|step| step * power).find(|top| *top >= value * 1.1).unwrap_or(value)
}

fn shown(value: f64) -> String {
    match value {
        _ if value >= 100.0 => format!("{value:.0}"),
        _ if value >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}
