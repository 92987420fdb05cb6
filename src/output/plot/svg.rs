//! Elements of SVG 1.1, with every text escaped.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::output::safe::safe_line;

/// Width of a letter in parts of the size of its font: about what Helvetica and
/// Arial have for digits and most small letters.
const LETTER_WIDTH: f64 = 0.55;
/// Fonts that every system has one of.
const FONTS: &str = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/// Units that a text of this size takes, about.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.width() as f64 * size * LETTER_WIDTH
}

/// A drawing.
pub(super) struct Svg {
    text: String,
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Font {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) colour: &'static str,
    pub(super) anchor: Anchor,
}

/// How a line is drawn.
#[derive(Clone, Copy)]
pub(super) struct Stroke {
    pub(super) colour: &'static str,
    pub(super) width: f64,
    /// Lengths of dashes and gaps; empty for a whole line.
    pub(super) dashes: &'static str,
}

impl Svg {
    /// A white drawing of this size, in pixels, with what screen readers say of
    /// it.
    pub(super) fn new(width: f64, height: f64, title: &str, description: &str) -> Self {
        let (width, height) = (number(width), number(height));
        let (title, description) = (escaped(title), escaped(description));
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title desc\" \
             font-family=\"{FONTS}\">\n\
             <title id=\"title\">{title}</title>\n\
             <desc id=\"desc\">{description}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
        );
        Self { text }
    }

    /// The whole file.
    pub(super) fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{element}");
    }

    /// A rectangle, with what it stands for as its tooltip.
    pub(super) fn rect(
        &mut self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        colour: &str,
        tooltip: &str,
    ) {
        self.push(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{colour}\"><title>{}</title></rect>",
            number(x),
            number(y),
            number(width),
            number(height),
            escaped(tooltip)
        ));
    }

    /// A straight line.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        self.push(format_args!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\" stroke-width=\"{}\"{}/>",
            number(from.0),
            number(from.1),
            number(to.0),
            number(to.1),
            stroke.colour,
            number(stroke.width),
            stroke.attribute()
        ));
    }

    /// A line through points.
    pub(super) fn path(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        let points: Vec<String> =
            points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
        self.push(format_args!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" \
             stroke-linejoin=\"round\" stroke-linecap=\"round\"{}/>",
            points.join(" "),
            stroke.colour,
            number(stroke.width),
            stroke.attribute()
        ));
    }

    /// A dot, with what it stands for as its tooltip.
    pub(super) fn dot(&mut self, (x, y): (f64, f64), radius: f64, colour: &str, tooltip: &str) {
        self.push(format_args!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{colour}\"><title>{}</title></circle>",
            number(x),
            number(y),
            number(radius),
            escaped(tooltip)
        ));
    }

    /// A text on one line.
    pub(super) fn text(&mut self, (x, y): (f64, f64), font: Font, text: &str) {
        let weight = if font.bold { " font-weight=\"bold\"" } else { "" };
        let anchor = match font.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        self.push(format_args!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{weight}{anchor}>{}</text>",
            number(x),
            number(y),
            number(font.size),
            font.colour,
            escaped(text)
        ));
    }
}

impl Stroke {
    fn attribute(self) -> String {
        match self.dashes {
            "" => String::new(),
            dashes => format!(" stroke-dasharray=\"{dashes}\""),
        }
    }
}

/// A length to a tenth of a pixel; finer is not seen.
fn number(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        _ => format!("{:.1}", tenths as f64 / 10.0),
    }
}

/// A text on one line as XML takes it, without what could turn the direction of
/// writing.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in safe_line(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // No characters of XML 1.0.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{escaped, number};

    #[test]
    fn texts_are_escaped_and_lengths_short() {
        assert_eq!(
            escaped("a<b> & \"c\" 'd'\u{1b}\u{202e}\n\u{ffff}"),
            "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\u{fffd}\u{fffd} \u{fffd}"
        );
        for (length, text) in
            [(3.0, "3"), (2.04, "2"), (2.05, "2.1"), (-0.32, "-0.3"), (-0.01, "0")]
        {
            assert_eq!(number(length), text);
        }
    }
}
