//! Facets for people: values, counts, bars.

use std::io::{self, Write};

use super::layout::{bar, cut, grouped, plural, width};
use super::safe::safe_line;
use super::style::{Role, Style};
use super::wire::facet_name;
use crate::search::Facet;

/// Columns of the longest bar.
const BAR_COLUMNS: usize = 20;
/// Columns of a line where the output is no terminal.
const DEFAULT_COLUMNS: usize = 80;
/// Columns of the longest name shown, as far as the terminal allows.
const NAME_COLUMNS: usize = 44;

/// Writes facets one below the other.
///
/// # Errors
///
/// When they cannot be written.
pub fn write_facets(out: &mut dyn Write, style: &Style, facets: &[Facet]) -> io::Result<()> {
    for (place, facet) in facets.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        write_facet(out, style, facet)?;
    }
    Ok(())
}

fn write_facet(out: &mut dyn Write, style: &Style, facet: &Facet) -> io::Result<()> {
    writeln!(
        out,
        "{}  {}",
        style.paint(Role::Title, facet_name(facet.field)),
        style.paint(Role::Aside, heading(facet)),
    )?;
    let most = facet.values.iter().map(|value| value.count).max().unwrap_or(0);
    let count_width = grouped(most).len();
    let columns = style.width.unwrap_or(DEFAULT_COLUMNS);
    let name_room = columns.saturating_sub(count_width + BAR_COLUMNS + 8).clamp(12, NAME_COLUMNS);
    let names: Vec<String> =
        facet.values.iter().map(|value| cut(&safe_line(&value.value), name_room)).collect();
    let name_width = names.iter().map(|name| width(name)).max().unwrap_or(0);
    for (value, name) in facet.values.iter().zip(&names) {
        let padding = " ".repeat(name_width - width(name));
        let (mark, role) = if value.selected { ("*", Role::Selected) } else { (" ", Role::Count) };
        let line = format!(
            " {mark} {}{padding}  {:>count_width$}  {}",
            if value.selected { style.paint(role, name).to_string() } else { name.clone() },
            grouped(value.count),
            style.paint(role, bar(value.count as f64, most as f64, BAR_COLUMNS)),
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// What the counts are of: `outlet  491 values; 36,000 of 37,554 articles have
/// one`.
fn heading(facet: &Facet) -> String {
    let shown = facet.values.len() as u64;
    let with = facet.articles - facet.without;
    let what = match facet.distinct {
        // Articles have values, but none that is wanted.
        0 if with > 0 => "no value that fits".to_owned(),
        0 => "no values".to_owned(),
        distinct if shown < distinct => {
            format!("{} of {}", grouped(shown), plural(distinct, "value"))
        }
        distinct => plural(distinct, "value"),
    };
    let what = match facet.narrowed {
        true if facet.distinct > 0 => format!("{what} that fit"),
        _ => what,
    };
    let articles = plural(facet.articles, "article");
    let mut heading = if facet.without == 0 {
        format!("{what} in {articles}")
    } else {
        let verb = if with == 1 { "has" } else { "have" };
        let one = if facet.narrowed { "any" } else { "one" };
        format!("{what}; {} of {articles} {verb} {one}", grouped(with))
    };
    if facet.sideways {
        heading.push_str(", not narrowed by what is selected (*)");
    }
    heading
}

#[cfg(test)]
mod tests {
    use super::write_facets;
    use crate::output::Style;
    use crate::query::NameField;
    use crate::search::{Facet, FacetField, FacetValue};

    #[test]
    fn values_stand_in_columns() {
        let value = |value: &str, count, selected| FacetValue {
            value: value.into(),
            count,
            selected,
            partial: false,
        };
        let facet = Facet {
            field: FacetField::Name(NameField::Outlet),
            values: vec![value("BBC", 2000, false), value("Le\nMonde", 500, true)],
            distinct: 3,
            articles: 3000,
            without: 10,
            sideways: true,
            narrowed: false,
        };
        let mut out = Vec::new();
        write_facets(&mut out, &Style::default(), &[facet]).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        outlet  2 of 3 values; 2,990 of 3,000 articles have one, not narrowed by what is selected (*)
           BBC       2,000  ████████████████████
         * Le Monde    500  █████
        ");
    }
}
