//! Finds the article in a page and gives its text.
//!
//! The idea is that of Readability and of "boilerplate detection using shallow
//! text features" (Kohlschütter et al. 2010): articles are long blocks with
//! few links; navigation is short blocks full of them.

use rustc_hash::FxHashSet;

use super::blocks::{Block, Blocks, Kind, Region, joined};
use super::furniture::is_furniture;
use super::names::{Marks, is_article_body};

/// A block counts as prose from so many bytes on: shorter ones are as often
/// labels and teasers (Kohlschütter et al. put the limit at some 10 words).
const PROSE_BYTES: usize = 60;

/// An element that calls itself the body of the article is believed if it has
/// so much prose, in bytes: two short paragraphs. Teasers do it too.
const BODY_BYTES: usize = 250;

/// The article lies in a part of a region if that has so many percent of the
/// region's prose. Found on the pages of trafilatura's evaluation: 60 to 80
/// give the same scores.
const DOMINANT_PERCENT: usize = 85;

/// Elements that are a part of an article at best.
const LISTS: [&str; 3] = ["dl", "ol", "ul"];

/// A mark that so many percent of the prose have is no sign of the foreign.
const BELIEVED_PERCENT: usize = 60;

/// Headings are shorter, in bytes; longer ones are text made large.
const HEADING_BYTES: usize = 120;

/// What stands before a link to announce it is shorter, in bytes.
const LABEL_BYTES: usize = 36;

/// Captions are shorter, in bytes; some pages put text where captions belong.
const CAPTION_BYTES: usize = 300;

/// Takes away the marks that mean something else on this page: those that most
/// of its prose has. Comments may have it.
pub(super) fn unmark(blocks: &mut [Block]) {
    let mut bytes = [0; 128];
    let mut all = 0;
    for block in blocks.iter().filter(|block| (block.marks & Marks::COMMENTS).is_none()) {
        let prose = prose_bytes(block);
        all += prose;
        if prose > 0 {
            block.marks.each().for_each(|(place, _)| bytes[place] += prose);
        }
    }
    let captions = Marks::captions();
    for block in blocks {
        let wrong = block.marks.each().filter(|(place, _)| {
            bytes[*place] > 0 && bytes[*place] * 100 >= all * BELIEVED_PERCENT
        });
        let wrong = wrong.fold(Marks::NONE, |marks, (_, mark)| marks | mark);
        block.marks = block.marks & !wrong;
        if block.text.len() >= CAPTION_BYTES {
            block.marks = block.marks & !captions;
        }
    }
}

/// The text of the article on a page whose title is `title`.
pub(super) fn article_text(blocks: &Blocks<'_>, title: &str) -> String {
    if blocks.regions.is_empty() {
        return joined(blocks.blocks.iter());
    }
    let kept = chosen(blocks, title);
    joined(blocks.blocks.iter().zip(kept).filter(|(_, kept)| *kept).map(|(block, _)| block))
}

/// Which blocks of the page are the article's.
fn chosen(blocks: &Blocks<'_>, title: &str) -> Vec<bool> {
    let region = &blocks.regions[article_region(blocks, &Prose::of(&blocks.blocks))];
    let mut kept = vec![false; blocks.blocks.len()];
    for (kept, is_kept) in kept[region.first..]
        .iter_mut()
        .zip(kept_of(&blocks.blocks[region.first..region.end], title))
    {
        *kept = is_kept;
    }
    keep_lead(&blocks.blocks[..region.first], title, &mut kept);
    kept
}

/// Keeps the prose between the title and the text.
fn keep_lead(before: &[Block], title: &str, kept: &mut [bool]) {
    let is_title = |block: &Block| block.kind == Kind::Heading(1) || block.text == title;
    let Some(place) = before.iter().rposition(is_title) else {
        return;
    };
    let leads = Marks::leads();
    for (block, kept) in before.iter().zip(kept).skip(place + 1) {
        *kept = (block.marks & !leads).is_none()
            && block.text.len() >= PROSE_BYTES
            && 4 * block.link_bytes <= block.text.len()
            && block.text != title
            && !is_furniture(&block.text);
    }
}

/// How much prose stands before each block, in bytes.
struct Prose(Vec<usize>);

impl Prose {
    fn of(blocks: &[Block]) -> Self {
        let mut sum = 0;
        let sums = blocks.iter().map(|block| {
            sum += if block.marks.is_none() { prose_bytes(block) } else { 0 };
            sum
        });
        Self(std::iter::once(0).chain(sums).collect())
    }

    fn within(&self, region: &Region<'_>) -> usize {
        self.0[region.end] - self.0[region.first]
    }
}

fn prose_bytes(block: &Block) -> usize {
    let is_prose = !matches!(block.kind, Kind::Heading(_))
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
        if LISTS.binary_search(&region.element.name()).is_ok() {
            continue;
        }
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
fn kept_of(blocks: &[Block], title: &str) -> Vec<bool> {
    let mut kept: Vec<bool> = blocks.iter().map(is_own).collect();
    drop_link_lists(blocks, &mut kept);
    drop_repeated(blocks, &mut kept);
    if let Some(place) = blocks.iter().position(|block| prose_bytes(block) > 0) {
        for (block, kept) in blocks[..place].iter().zip(&mut kept) {
            *kept = *kept && block.text != title;
        }
    }
    drop_headings(blocks, &mut kept);
    kept
}

fn is_own(block: &Block) -> bool {
    block.marks.is_none() && !is_links(block) && !is_furniture(&block.text)
}

/// Drops blocks that say what another has said: pages hold texts for wide and
/// for narrow screens.
fn drop_repeated(blocks: &[Block], kept: &mut [bool]) {
    let mut said = FxHashSet::default();
    for (block, kept) in blocks.iter().zip(kept) {
        *kept = *kept && (block.text.len() < PROSE_BYTES || said.insert(block.text.as_str()));
    }
}

/// Drops headings and announcements (`More on this:`) that nothing follows.
fn drop_headings(blocks: &[Block], kept: &mut [bool]) {
    // Whether text follows, before a heading of that level or above.
    let mut follows = [false; 7];
    let mut is_before_text = false;
    for (block, kept) in blocks.iter().zip(kept).rev() {
        let level = match block.kind {
            Kind::Heading(level) if block.text.len() < HEADING_BYTES => usize::from(level),
            _ => {
                if block.text.ends_with(':') && block.text.len() < PROSE_BYTES {
                    *kept = *kept && is_before_text;
                }
                is_before_text = *kept;
                follows = follows.map(|follows| follows || *kept);
                continue;
            }
        };
        *kept = *kept && follows[level];
        is_before_text = *kept;
        follows[level..].fill(false);
    }
}

/// Whether a block is links and little else.
fn is_links(block: &Block) -> bool {
    let rest = block.text.len().saturating_sub(block.link_bytes);
    block.text.len() < 4 * PROSE_BYTES
        && (10 * block.link_bytes >= 8 * block.text.len()
            || 2 * block.link_bytes >= block.text.len() && rest < LABEL_BYTES)
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

    use super::{Blocks, Marks, article_text, unmark};

    const LONG: &str = "The harbour was closed for a second day after the storm had moved the \
        sand banks, the pilots said, and no ship was seen to leave before the evening tide.";

    fn text(body: &str) -> String {
        let document = Html::parse_document(body);
        let mut blocks = Blocks::of(document.tree.root(), Marks::of);
        unmark(&mut blocks.blocks);
        article_text(&blocks, "Harbour closed")
    }

    /// A paragraph that begins with `start`.
    fn paragraph(start: &str) -> String {
        format!("{start}. {LONG}")
    }

    #[test]
    fn the_article_is_told_from_the_rest() {
        let [one, two, other, side] = ["One", "Two", "Other", "Side"].map(paragraph);
        let page = format!(
            "<body class='has-sidebar'><nav><a href=/>Home</a></nav>\
             <div id=content><h1>Harbour closed</h1><p>{one}</p><h2>Wind</h2><p>{two}</p>\
             <ul><li>Tide at nine<li>Wind from west</ul>\
             <div class='relatedLinks'><p>{other}</p></div>\
             <p><a href=x>Read more about it here</a></p><h3>More</h3>\
             <ul><li><a href=y>Other harbour</a><li><a href=z>Third harbour</a></ul></div>\
             <aside><p>{side}</p></aside><footer>Imprint</footer>"
        );
        let expected = format!("{one}\n\nWind\n\n{two}\n\nTide at nine\nWind from west");
        assert_eq!(text(&page), expected);
    }

    #[test]
    fn an_element_that_is_the_body_is_believed() {
        let [one, two, three] = ["One", "Two", "Three"].map(paragraph);
        let page = format!(
            "<div><div><p>{LONG}<p>{three}<p>{three}</div>\
             <div itemprop=articleBody class=print><p>{one}<p>{two}</div></div>"
        );
        assert_eq!(text(&page), format!("{one}\n\n{two}"));
    }

    #[test]
    fn names_that_mislead_are_passed_over() {
        let [one, two] = ["One", "Two"].map(paragraph);
        let widgets = format!("<div class=widget><p>{one}</div><div class=widget><p>{two}</div>");
        let form = format!("<form><p>{one}<p>{two}</form>");
        for page in [widgets, form] {
            assert_eq!(text(&page), format!("{one}\n\n{two}"), "{page}");
        }
        let comments = format!("<p>{one}</p><div class=comments><p>{two}<p>{LONG}</div>");
        assert_eq!(text(&comments), one);
    }

    #[test]
    fn the_lead_belongs_to_the_article() {
        let [lead, other] = ["Lead", "Other"].map(paragraph);
        let body: Vec<String> = (0..15).map(|number| paragraph(&number.to_string())).collect();
        for element in ["p", "h2", "div class=teaser", "ul><li"] {
            let page = format!(
                "<p>{other}</p><h1>Harbour closed</h1><{element}>{lead}</{element}>\
                 <p>by Ann Lee</p><div class=text><p>{}</div>",
                body.join("<p>")
            );
            let page = page.replace("</ul><li>", "</ul>").replace("</div class=teaser>", "</div>");
            assert_eq!(text(&page), format!("{lead}\n\n{}", body.join("\n\n")), "{element}");
        }
    }

    #[test]
    fn what_is_said_twice_is_kept_once() {
        let page = format!("<div><p>{LONG}<p>Tide at nine<p>{LONG}<p>Tide at nine</div>");
        assert_eq!(text(&page), format!("{LONG}\n\nTide at nine\n\nTide at nine"));
    }

    #[test]
    fn headings_need_text_below() {
        let [one, two] = ["One", "Two"].map(paragraph);
        let page = format!(
            "<div><p>{one}<h2>Wind</h2><h3>West</h3><p>{two}<p>More on the harbour:\
             <ul><li><a href=x>A link to another page</a></ul><h2>Gallery</h2><h3>Media</h3></div>"
        );
        assert_eq!(text(&page), format!("{one}\n\nWind\n\nWest\n\n{two}"));
    }

    #[test]
    fn a_page_of_nothing_gives_nothing() {
        for page in ["", "<html>", "<script>x</script>"] {
            assert_eq!(text(page), "");
        }
        assert_eq!(text("Rain."), "Rain.");
    }
}
