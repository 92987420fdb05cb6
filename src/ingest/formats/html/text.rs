//! Finds the article in a page and gives its text.
//!
//! The idea is that of Readability and of "boilerplate detection using shallow
//! text features" (Kohlschütter et al. 2010): articles are long blocks with
//! few links; navigation is short blocks full of them.

use scraper::Html;
use scraper::node::Element;

use super::blocks::{Block, Blocks, Kind, Region, joined};

/// A block counts as prose from so many bytes on: shorter ones are as often
/// labels and teasers (Kohlschütter et al. put the limit at some 10 words).
const PROSE_BYTES: usize = 60;

/// An element that calls itself the body of the article is believed if it has
/// so much prose, in bytes: two short paragraphs. Teasers do it too.
const BODY_BYTES: usize = 250;

/// The article lies in a part of a region if that has so many percent of the
/// region's prose. Found on the pages of trafilatura's evaluation: 60 to 80
/// give the same scores.
const DOMINANT_PERCENT: usize = 70;

/// Words in `class` and `id` of what is no part of an article.
const FOREIGN: [&str; 62] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "credit",
    "disqus",
    "facebook",
    "feedback",
    "footer",
    "gdpr",
    "hidden",
    "login",
    "masthead",
    "menu",
    "meta",
    "metadata",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "overlay",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "print",
    "promo",
    "recirc",
    "recommended",
    "related",
    "respond",
    "search",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "taboola",
    "tags",
    "teaser",
    "toolbar",
    "trending",
    "widget",
];

/// Roles of what is no part of an article.
const FOREIGN_ROLES: [&str; 9] = [
    "alert",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
];

/// Elements that are no part of an article wherever they stand.
const FOREIGN_ELEMENTS: [&str; 6] = ["aside", "figcaption", "footer", "form", "menu", "nav"];

/// The text of the article on a page whose title is `title`.
pub(super) fn main_text(document: &Html, title: &str) -> String {
    let root = document.tree.root();
    let blocks = Blocks::of(root, |element| is_foreign_element(element) || is_foreign(element));
    let text = article_text(&blocks, title);
    if text.len() >= BODY_BYTES {
        return text;
    }
    // The names of this page mean something else than they say.
    let blocks = Blocks::of(root, is_foreign_element);
    let other = article_text(&blocks, title);
    if other.len() >= 2 * text.len() { other } else { text }
}

fn is_foreign_element(element: &Element) -> bool {
    FOREIGN_ELEMENTS.binary_search(&element.name()).is_ok()
        || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element.attr("role").is_some_and(|role| FOREIGN_ROLES.binary_search(&role).is_ok())
}

/// Whether the class or id of an element says that it is no part of the
/// article. The great containers are exempt: `<body class="has-sidebar">`.
fn is_foreign(element: &Element) -> bool {
    if matches!(element.name(), "html" | "body" | "main" | "article") || is_article_body(element) {
        return false;
    }
    let names = [element.attr("class"), element.attr("id")];
    names.into_iter().flatten().any(|names| {
        names.split(|character: char| !character.is_ascii_alphanumeric()).any(|word| {
            // Also the first word of `relatedLinks`.
            let end = word.bytes().skip(1).position(|byte| byte.is_ascii_uppercase());
            let word = end.map_or(word, |end| &word[..=end]);
            let word = word.to_ascii_lowercase();
            FOREIGN.binary_search(&word.as_str()).is_ok()
        })
    })
}

fn is_article_body(element: &Element) -> bool {
    element.attr("itemprop").is_some_and(|names| {
        names.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case("articleBody"))
    })
}

fn article_text(blocks: &Blocks<'_>, title: &str) -> String {
    if blocks.regions.is_empty() {
        return joined(blocks.blocks.iter());
    }
    let prose = Prose::of(blocks);
    let region = &blocks.regions[article_region(blocks, &prose)];
    let blocks = &blocks.blocks[region.first..region.end];
    let kept = kept(blocks, title);
    joined(blocks.iter().zip(kept).filter(|(_, kept)| *kept).map(|(block, _)| block))
}

/// How much prose stands before each block, in bytes.
struct Prose(Vec<usize>);

impl Prose {
    fn of(blocks: &Blocks<'_>) -> Self {
        let mut sum = 0;
        let sums = blocks.blocks.iter().map(|block| {
            sum += prose_bytes(block);
            sum
        });
        Self(std::iter::once(0).chain(sums).collect())
    }

    fn within(&self, region: &Region<'_>) -> usize {
        self.0[region.end] - self.0[region.first]
    }
}

fn prose_bytes(block: &Block) -> usize {
    let is_prose = block.kind != Kind::Heading
        && block.text.len() >= PROSE_BYTES
        && 2 * block.link_bytes <= block.text.len();
    if is_prose { block.text.len() - block.link_bytes } else { 0 }
}

/// The region that is the article: one that says so, else the smallest that
/// still has most of the prose around it.
fn article_region(blocks: &Blocks<'_>, prose: &Prose) -> usize {
    let bytes: Vec<usize> = blocks.regions.iter().map(|region| prose.within(region)).collect();
    let bodies = (0..bytes.len()).filter(|place| is_article_body(blocks.regions[*place].element));
    // Of equals the first: `max_by_key` gives the last.
    if let Some(body) = bodies.rev().max_by_key(|place| bytes[*place])
        && bytes[body] >= BODY_BYTES
    {
        return body;
    }
    let mut largest: Vec<Option<usize>> = vec![None; bytes.len()];
    for (place, region) in blocks.regions.iter().enumerate().skip(1) {
        let largest = &mut largest[region.parent];
        if largest.is_none_or(|known| bytes[place] > bytes[known]) {
            *largest = Some(place);
        }
    }
    let mut region = 0;
    while let Some(part) = largest[region].filter(|part| {
        *part > region && bytes[*part] * 100 >= bytes[region] * DOMINANT_PERCENT && bytes[*part] > 0
    }) {
        region = part;
    }
    region
}

/// Which blocks of the article's region are its text: without the title,
/// lists and lines of links, and headings that nothing follows.
fn kept(blocks: &[Block], title: &str) -> Vec<bool> {
    let mut kept: Vec<bool> = blocks.iter().map(|block| !is_links(block)).collect();
    drop_link_lists(blocks, &mut kept);
    if let Some(place) = blocks.iter().position(|block| prose_bytes(block) > 0) {
        for (block, kept) in blocks[..place].iter().zip(&mut kept) {
            *kept = *kept && block.text != title;
        }
    }
    let mut has_text_below = false;
    for (block, kept) in blocks.iter().zip(&mut kept).rev() {
        if block.kind == Kind::Heading {
            *kept = *kept && has_text_below;
            has_text_below = false;
        } else {
            has_text_below |= *kept;
        }
    }
    kept
}

/// Whether a block is links and little else.
fn is_links(block: &Block) -> bool {
    block.text.len() < 4 * PROSE_BYTES && 10 * block.link_bytes >= 8 * block.text.len()
}

/// Drops runs of items that are links for the most part.
fn drop_link_lists(blocks: &[Block], kept: &mut [bool]) {
    let mut start = 0;
    for run in blocks.chunk_by(|a, b| a.kind == b.kind) {
        let end = start + run.len();
        let text: usize = run.iter().map(|block| block.text.len()).sum();
        let links: usize = run.iter().map(|block| block.link_bytes).sum();
        if run[0].kind == Kind::Item && 2 * links > text {
            kept[start..end].fill(false);
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::{FOREIGN, FOREIGN_ELEMENTS, FOREIGN_ROLES, main_text};

    const LONG: &str = "The harbour was closed for a second day after the storm had moved the \
        sand banks, the pilots said, and no ship was seen to leave before the evening tide.";

    fn text(body: &str) -> String {
        main_text(&Html::parse_document(body), "Harbour closed")
    }

    #[test]
    fn words_can_be_searched() {
        assert!(FOREIGN.is_sorted() && FOREIGN_ROLES.is_sorted() && FOREIGN_ELEMENTS.is_sorted());
    }

    #[test]
    fn the_article_is_told_from_the_rest() {
        let page = format!(
            "<body class='has-sidebar'><nav><a href=/>Home</a></nav>\
             <div id=content><h1>Harbour closed</h1><p>{LONG}</p><h2>Wind</h2><p>{LONG}</p>\
             <ul><li>Tide at nine<li>Wind from west</ul>\
             <div class='relatedLinks'><p>{LONG}</p></div>\
             <p><a href=x>Read more about it here</a></p><h3>More</h3>\
             <ul><li><a href=y>Other harbour</a><li><a href=z>Third harbour</a></ul></div>\
             <aside><p>{LONG}</p></aside><footer>Imprint</footer>"
        );
        let expected = format!("{LONG}\n\nWind\n\n{LONG}\n\nTide at nine\nWind from west");
        assert_eq!(text(&page), expected);
    }

    #[test]
    fn an_element_that_is_the_body_is_believed() {
        let page = format!(
            "<div><div><p>{LONG}<p>{LONG}<p>{LONG}</div>\
             <div itemprop=articleBody class=print><p>One. {LONG}<p>Two. {LONG}</div></div>"
        );
        assert_eq!(text(&page), format!("One. {LONG}\n\nTwo. {LONG}"));
    }

    #[test]
    fn names_that_mislead_are_passed_over() {
        let page = format!("<div class=widget><p>{LONG}<p>{LONG}</div>");
        assert_eq!(text(&page), format!("{LONG}\n\n{LONG}"));
    }

    #[test]
    fn a_page_of_nothing_gives_nothing() {
        for page in ["", "<html>", "<script>x</script>"] {
            assert_eq!(text(page), "");
        }
        assert_eq!(text("Rain."), "Rain.");
    }
}
