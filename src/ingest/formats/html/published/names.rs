//! What the names of elements say about the dates in them.

use scraper::node::Element;

/// What the name of an element says about the dates in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hint {
    /// Nothing.
    #[default]
    None,
    /// That it is about the article: author, section, date.
    Byline,
    /// That it is a date.
    Date,
    /// That it is the date of publication.
    Published,
}

/// The part of a page that an element belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Region {
    /// As far as names tell, the article.
    #[default]
    Article,
    /// Navigation, other articles, captions, boxes.
    Apart,
    /// What readers wrote.
    Comments,
}

/// An element says something of dates so many elements below it: themes call
/// the container of a whole article `date-outer`.
const HINT_DEPTH: u8 = 3;

/// What the names of one element say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) hint: Hint,
    /// How many elements farther out the hint was given.
    hint_depth: u8,
    pub(super) region: Region,
    /// Whether it speaks of changes.
    pub(super) is_modified: bool,
}

/// Reads the element's name, its `class`, `id`, `itemprop` and `property`.
pub(super) fn names_of(element: &Element) -> Names {
    let mut names = Names::default();
    match element.name() {
        // Containers of all: what they say of the page says nothing of a part.
        "html" | "body" | "main" | "article" => return names,
        "aside" | "footer" | "nav" | "figcaption" | "select" => names.region = Region::Apart,
        _ => {}
    }
    for key in ["class", "id", "itemprop", "property", "data-testid"] {
        for name in element.attr(key).unwrap_or_default().split_ascii_whitespace() {
            names.take(name);
        }
    }
    if element.name() == "time" {
        names.hint = names.hint.max(Hint::Date);
    }
    names
}

impl Names {
    /// What they say inside an element that says `outer`.
    pub(super) fn within(self, outer: Self) -> Self {
        Self {
            hint: self.hint.max(if outer.hint_depth < HINT_DEPTH {
                outer.hint
            } else {
                Hint::None
            }),
            hint_depth: if self.hint > Hint::None { 0 } else { outer.hint_depth.saturating_add(1) },
            region: outer.region.max(self.region),
            is_modified: self.is_modified || (outer.is_modified && self.hint < Hint::Date),
        }
    }

    /// Takes one name: `entry-date`, `publishedAt`.
    fn take(&mut self, name: &str) {
        let mut own = Self::default();
        let mut before = String::new();
        for word in words(name) {
            let word = word.to_ascii_lowercase();
            own.hint = own.hint.max(hint_of(&word));
            own.is_modified |= is_modified(&word);
            // The parts of an article have feet, and sites have heads.
            if !is_of_article(&before) {
                own.region = own.region.max(region_of(&word));
            }
            if before == "site" && word == "header" {
                own.region = own.region.max(Region::Apart);
            }
            before = word;
        }
        // `modified-date` is none of publication, `entry-date updated` is.
        if own.is_modified {
            own.hint = Hint::None;
        }
        self.is_modified = (self.is_modified || own.is_modified)
            && own.hint < Hint::Date
            && self.hint < Hint::Date;
        self.hint = self.hint.max(own.hint);
        self.region = self.region.max(own.region);
    }
}

/// The words of a name, also of one in camel case.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    parts.flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            let bytes = rest.as_bytes();
            let is_end = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
            let end = bytes.windows(2).position(is_end).map_or(bytes.len(), |place| place + 1);
            let (word, after) = rest.split_at(end);
            rest = after;
            (!word.is_empty()).then_some(word)
        })
    })
}

fn is_of_article(word: &str) -> bool {
    matches!(word, "post" | "entry" | "article" | "content" | "story" | "artikel" | "headline")
}

fn hint_of(word: &str) -> Hint {
    match word {
        "published" | "publish" | "pubdate" | "publishdate" | "publishedat" | "pubtime"
        | "publishtime" | "publication" | "erschienen" | "dateline" => Hint::Published,
        "time" | "timestamp" | "timedata" | "datetime" | "posttime" | "posted" | "fecha"
        | "stand" | "created" | "release" => Hint::Date,
        "candidate" | "validate" | "mandate" => Hint::None,
        "byline" | "meta" | "postmeta" | "metadata" | "postmetadata" | "info" | "author"
        | "details" | "entry" | "infoline" | "subline" | "kicker" | "autor" | "source" => {
            Hint::Byline
        }
        _ if word.ends_with("date") || word.ends_with("datum") || word.starts_with("datum") => {
            Hint::Date
        }
        _ => Hint::None,
    }
}

fn region_of(word: &str) -> Region {
    match word {
        "comment" | "comments" | "commentlist" | "kommentar" | "kommentare" | "commentaires"
        | "comentarios" | "disqus" | "respond" | "reply" | "replies" | "userinfo" => {
            Region::Comments
        }
        "sidebar" | "related" | "footer" | "nav" | "navigation" | "menu" | "teaser" | "teasers"
        | "popular" | "trending" | "recommended" | "recommendations" | "recent" | "latest"
        | "ticker" | "breaking" | "event" | "events" | "archive" | "archives" | "carousel"
        | "slider" | "promo" | "banner" | "newsletter" | "cookie" | "caption" | "credit"
        | "copyright" | "search" | "pagination" | "upcoming" | "recirc" | "outbrain"
        | "taboola" | "sponsored" | "termine" | "veranstaltungen" | "masthead" | "topbar"
        | "today" | "heute" | "clock" | "uhr" | "current" | "currentdate" => Region::Apart,
        _ => Region::Article,
    }
}

fn is_modified(word: &str) -> bool {
    matches!(word, "modified" | "updated" | "update" | "lastmod" | "changed" | "lastchanged")
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::{HINT_DEPTH, Hint, Names, Region, names_of, words};

    fn names(tag: &str) -> Names {
        let fragment = Html::parse_fragment(tag);
        let element = fragment.root_element().child_elements().next().unwrap();
        names_of(element.value())
    }

    #[test]
    fn names_have_words() {
        for (name, expected) in [
            ("entry-date", &["entry", "date"][..]),
            ("publishInfo__dateTime", &["publish", "Info", "date", "Time"]),
            ("HTMLTime", &["HTMLTime"]),
            ("--", &[]),
        ] {
            assert_eq!(words(name).collect::<Vec<_>>(), expected, "{name}");
        }
    }

    #[test]
    fn names_hint_at_dates() {
        for (tag, hint, is_modified) in [
            ("<p class='x entry-date'>", Hint::Date, false),
            ("<p class=newsdatum>", Hint::Date, false),
            ("<p id=datePublished>", Hint::Published, false),
            ("<p class=publishedAt>", Hint::Published, false),
            ("<p class=postmetadata>", Hint::Byline, false),
            ("<time>", Hint::Date, false),
            ("<time class=updated>", Hint::Date, true),
            ("<p class='entry-date updated'>", Hint::Date, false),
            ("<p class='updated entry-date'>", Hint::Date, false),
            ("<p class=last-updated-date>", Hint::None, true),
            ("<p class=candidate>", Hint::None, false),
        ] {
            let names = names(tag);
            assert_eq!((names.hint, names.is_modified), (hint, is_modified), "{tag}");
        }
    }

    #[test]
    fn names_tell_the_region() {
        for (tag, region) in [
            ("<div class=entry-footer>", Region::Article),
            ("<div class=footer>", Region::Apart),
            ("<div class=site-header__date>", Region::Apart),
            ("<div class=header__date>", Region::Article),
            ("<aside>", Region::Apart),
            ("<main class=has-sidebar>", Region::Article),
            ("<div id=commentList>", Region::Comments),
            ("<div id=comments>", Region::Comments),
        ] {
            assert_eq!(names(tag).region, region, "{tag}");
        }
    }

    #[test]
    fn hints_do_not_reach_deep() {
        let mut inner = names("<p class=date>");
        for _ in 0..HINT_DEPTH {
            inner = Names::default().within(inner);
            assert_eq!(inner.hint, Hint::Date);
        }
        assert_eq!(Names::default().within(inner).hint, Hint::None);
    }
}
