//! Tells pages that hold no article, or only its beginning, from articles.
//!
//! Conservative: a page is an article as long as nothing speaks clearly
//! against it.

use super::blocks::Block;
use super::metadata::Claims;
use crate::article::Doubt;

/// A text with more bytes is no mere beginning: some 250 words.
const STUB_BYTES: usize = 1_600;

/// Links as long as headlines from so many bytes on.
const HEADLINE_BYTES: usize = 25;

/// A page with fewer headlines of others is no index.
const FEWEST_HEADLINES: usize = 15;

/// The last part of an article's address has so many hyphens; those of
/// sections have two at most.
const SLUG_HYPHENS: usize = 3;

/// What asks readers to subscribe before they may read on, in lower case, in
/// the languages with the most news sites.
const WALLS: [&str; 30] = [
    "abbonati per continuare",
    "abonnés pour lire",
    "already a subscriber?",
    "article est réservé aux abonnés",
    "article réservé à nos abonnés",
    "artikel freischalten",
    "artikel is alleen voor abonnees",
    "bereits abonnent?",
    "contenido exclusivo para suscriptores",
    "conteúdo exclusivo para assinantes",
    "contenuto riservato agli abbonati",
    "create a free account to continue",
    "déjà abonné",
    "exklusiv für abonnenten",
    "il vous reste",
    "jetzt weiterlesen mit",
    "jetzt weiterlesen.",
    "log in to continue reading",
    "mit f+ weiterlesen",
    "mit plus weiterlesen",
    "para seguir leyendo",
    "register to continue reading",
    "subscribe for full access",
    "subscribe now to read",
    "subscribe to continue",
    "subscribe to read",
    "suscríbete para seguir leyendo",
    "sie haben bereits ein abo",
    "this article is for subscribers",
    "weiterlesen mit abo",
];

/// What is doubtful about a page with these blocks and this text.
pub(super) fn doubt(blocks: &[Block], body: &str, url: &str, claims: Claims) -> Option<Doubt> {
    if is_index(blocks, body, url, claims) {
        Some(Doubt::IndexPage)
    } else if body.len() < STUB_BYTES && (claims.is_closed || has_wall(blocks)) {
        Some(Doubt::Paywall)
    } else {
        None
    }
}

fn is_index(blocks: &[Block], body: &str, url: &str, claims: Claims) -> bool {
    if claims.is_article || has_slug(url) {
        return false;
    }
    let headlines = blocks.iter().filter(|block| {
        block.marks.is_none()
            && block.text.len() >= HEADLINE_BYTES
            && 10 * block.link_bytes >= 9 * block.text.len()
    });
    let lengths = headlines.map(|block| block.text.len());
    let (count, bytes) = lengths.fold((0, 0), |(count, bytes), length| (count + 1, bytes + length));
    let most_text = if is_front(url) { 2 * bytes } else { bytes / 2 };
    count >= FEWEST_HEADLINES && body.len() < most_text
}

/// Whether the last part of an address is a headline: `rain-in-spain-again`.
fn has_slug(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit('/').next().is_some_and(|last| last.matches(['-', '_']).count() >= SLUG_HYPHENS)
}

/// Whether an address is that of a site alone.
fn is_front(url: &str) -> bool {
    let path = url.split_once("://").map_or("", |(_, rest)| rest);
    !path.is_empty() && path.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

fn has_wall(blocks: &[Block]) -> bool {
    blocks.iter().filter(|block| block.text.len() < STUB_BYTES).any(|block| {
        let text = block.text.to_lowercase();
        WALLS.iter().any(|wall| text.contains(wall))
    })
}

#[cfg(test)]
mod tests {
    use crate::article::Doubt;
    use crate::ingest::formats::html::read;
    use crate::ingest::stream::Hints;

    fn doubts(page: &str, url: &str) -> Vec<Doubt> {
        read(page, &Hints { url, ..Hints::default() }).doubts
    }

    const PARAGRAPH: &str = "<p>The harbour was closed for a second day after the storm had moved \
        the sand banks, the pilots said, and no ship was seen to leave.</p>";

    #[test]
    fn lists_of_headlines_are_an_index() {
        let headlines = "<h2><a href=x>The harbour stays closed again</a></h2>".repeat(30);
        assert_eq!(doubts(&headlines, "https://gull.example/"), [Doubt::IndexPage]);
        assert_eq!(doubts(&headlines, "https://gull.example/weather/"), [Doubt::IndexPage]);
        assert_eq!(doubts(&headlines, "https://gull.example/rain-comes-in-may"), []);
        let stated = format!("<meta property=og:type content=article>{headlines}");
        assert_eq!(doubts(&stated, ""), []);
        let article = format!("{}<aside>{headlines}</aside>", PARAGRAPH.repeat(3));
        assert_eq!(doubts(&article, "https://gull.example/news/17"), []);
    }

    #[test]
    fn beginnings_of_closed_articles_are_stubs() {
        let closed = "<script type=application/ld+json>\
            {\"@type\": \"NewsArticle\", \"isAccessibleForFree\": \"False\"}</script>";
        let wall = "<div class=paywall>Subscribe to continue reading this article.</div>";
        let long = |number| PARAGRAPH.replace("The harbour", &format!("Harbour {number}"));
        let long: String = (0..20).map(long).collect();
        assert_eq!(doubts(&format!("{closed}{PARAGRAPH}"), ""), [Doubt::Paywall]);
        assert_eq!(doubts(&format!("{PARAGRAPH}{wall}"), ""), [Doubt::Paywall]);
        assert_eq!(doubts(&format!("{closed}{long}"), ""), []);
        assert_eq!(doubts(PARAGRAPH, ""), []);
    }
}
