//! Dates in the attributes of elements: `time`, microdata, microformats, and
//! what scripts left there.

use scraper::node::Element;

use super::names::{Hint, Names};
use super::weigh::Source;

/// The texts in an element's attributes that should be dates, and what they
/// are by the `names` of the element and those around it.
pub(super) fn stated(element: &Element, names: Names) -> impl Iterator<Item = (&str, Source)> {
    own(element, names).into_iter().chain(data(element)).filter(|(text, _)| may_be_date(text))
}

/// The date that the element is there to state.
fn own(element: &Element, names: Names) -> Option<(&str, Source)> {
    let named = |key| {
        let names = element.attr(key).unwrap_or_default();
        names.split_ascii_whitespace().any(is_publication)
    };
    let is_marked = named("itemprop") || named("property") || element.attr("pubdate").is_some();
    let is_published = is_marked || (element.name() == "abbr" && names.hint == Hint::Published);
    let text = match element.name() {
        "time" => element.attr("datetime"),
        "abbr" if is_marked || names.hint >= Hint::Date => element.attr("title"),
        _ if is_marked => element.attr("content"),
        _ => None,
    };
    let source = match names.is_modified {
        _ if is_published => Source::Marked,
        true => Source::Modified,
        false => Source::Time,
    };
    text.map(|text| (text, source))
}

/// The dates in `data-` attributes.
fn data(element: &Element) -> impl Iterator<Item = (&str, Source)> {
    element.attrs().filter_map(|(name, value)| {
        let key = name.strip_prefix("data-")?;
        let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
        let is_date = has(&["publi", "date", "time"]) && !has(&["modif", "updat"]);
        is_date.then_some((value, Source::Data))
    })
}

/// Whether a text is worth reading: the shortest day has eight characters.
fn may_be_date(text: &str) -> bool {
    (8..=100).contains(&text.trim().len()) && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a name of microdata or RDFa is that of the date of publication.
fn is_publication(name: &str) -> bool {
    let name = name.rsplit(':').next().unwrap_or(name);
    name.eq_ignore_ascii_case("datePublished") || name.eq_ignore_ascii_case("pubdate")
}
