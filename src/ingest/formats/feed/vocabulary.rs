//! Which vocabulary an element of a feed belongs to, by its namespace.

use crate::ingest::formats::xml::Element;

/// A vocabulary that feeds mix in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// That of the feed itself: RSS, Atom, CDF.
    Feed,
    /// `content:encoded` of RSS 1.0.
    Content,
    /// Dublin Core, its elements or terms.
    DublinCore,
    /// Media RSS and the podcasts of iTunes.
    Media,
    /// Exports of WordPress.
    WordPress,
    /// FeedBurner, which keeps the address of the article itself.
    FeedBurner,
    /// XHTML inside an entry.
    Xhtml,
    /// Anything else.
    Other,
}

/// Marks in the addresses of namespaces, and the usual prefixes, for feeds that do not
/// declare them.
const MARKS: [(&str, &str, Vocabulary); 11] = [
    ("purl.org/rss/1.0/modules/content", "content", Vocabulary::Content),
    ("purl.org/dc/", "dc", Vocabulary::DublinCore),
    ("purl.org/dc/terms", "dcterms", Vocabulary::DublinCore),
    ("search.yahoo.com/mrss", "media", Vocabulary::Media),
    ("itunes.com/dtds", "itunes", Vocabulary::Media),
    ("wordpress.org/export", "wp", Vocabulary::WordPress),
    ("rssnamespace.org/feedburner", "feedburner", Vocabulary::FeedBurner),
    ("w3.org/1999/xhtml", "xhtml", Vocabulary::Xhtml),
    ("w3.org/2005/atom", "atom", Vocabulary::Feed),
    ("purl.org/atom", "a03", Vocabulary::Feed),
    ("purl.org/rss/1.0/", "rss", Vocabulary::Feed),
];

/// The vocabulary of `element`, which stands in the entry or channel `owner`.
pub(super) fn vocabulary(element: Element<'_>, owner: Element<'_>) -> Vocabulary {
    let space = element.space();
    if space.is_empty() || space == owner.space() {
        return Vocabulary::Feed;
    }
    let space = space.to_ascii_lowercase();
    let mark = MARKS.iter().find(|(mark, prefix, _)| space.contains(mark) || space == *prefix);
    mark.map_or(Vocabulary::Other, |(_, _, vocabulary)| *vocabulary)
}
