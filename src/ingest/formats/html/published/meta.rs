//! Dates in `meta` elements.
//!
//! Dozens of names are in use (Open Graph, Dublin Core, Parse.ly, Sailthru,
//! schema.org, Google Scholar, and those that single outlets invented): the
//! words in a name tell more of them than a list.

use scraper::node::Element;

use super::weigh::Source;

/// Words in the names of dates that are neither of publication nor of changes.
const FOREIGN: [&str; 11] = [
    "expir", "valid", "avail", "start", "end_", "birth", "event", "verif", "zone", "twitter:",
    "live",
];

/// Names of texts that readers see elsewhere: a day in them is often that of
/// the article.
const SPOKEN: [&str; 3] = ["og:title", "description", "og:description"];

/// The date that a `meta` element states and what it is.
pub(super) fn stated(element: &Element) -> Option<(&str, Source)> {
    let content = element.attr("content")?;
    let name = ["property", "name", "itemprop", "http-equiv"]
        .into_iter()
        .find_map(|key| element.attr(key))?;
    let name = name.to_ascii_lowercase();
    if SPOKEN.contains(&name.as_str()) {
        return Some((content, Source::Shown));
    }
    // No date is longer; the first digit tells most other contents.
    if content.len() > 100 || !content.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    source_named(&name).map(|source| (content, source))
}

/// What the date under `name`, in lower case, is.
fn source_named(name: &str) -> Option<Source> {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&FOREIGN) {
        return None;
    }
    if has(&["modif", "updat", "revis", "changed"]) {
        return Some(Source::Modified);
    }
    let is_publication =
        has(&["publ", "pubdate", "pub-date", "pub_date", "issued", "sailthru.date"])
            && !has(&["publisher"]);
    if is_publication {
        return Some(Source::Meta);
    }
    has(&["date", "created"]).then_some(Source::MetaVague)
}

#[cfg(test)]
mod tests {
    use super::{Source, source_named};

    #[test]
    fn names_tell_what_the_date_is() {
        for (source, names) in [
            (
                Some(Source::Meta),
                &[
                    "article:published_time",
                    "og:article:published_time",
                    "datepublished",
                    "parsely-pub-date",
                    "sailthru.date",
                    "pubdate",
                    "publish-date",
                    "dc.date.issued",
                    "dcterms.issued",
                    "citation_publication_date",
                    "cxenseparse:recs:publishtime",
                    "originalpublicationdate",
                    "bt:pubdate",
                ][..],
            ),
            (
                Some(Source::MetaVague),
                &["date", "dc.date", "dcterms.created", "uploaddate", "article_date_original"],
            ),
            (
                Some(Source::Modified),
                &["article:modified_time", "og:updated_time", "last-modified", "dateupdate"],
            ),
            (None, &["publisher", "article:expiration_time", "author", "description", "viewport"]),
        ] {
            for name in names {
                assert_eq!(source_named(name), source, "{name}");
            }
        }
    }
}
