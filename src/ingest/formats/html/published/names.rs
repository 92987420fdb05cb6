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

/// What the names of one element say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) hint: Hint,
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
            hint: outer.hint.max(self.hint),
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
    name.split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .flat_map(|part| {
            let bytes = part.as_bytes();
            let is_start = |place: usize| {
                bytes[place].is_ascii_uppercase() && bytes[place - 1].is_ascii_lowercase()
            };
            let mut start = 0;
            std::iter::from_fn(move || {
                if start >= part.len() {
                    return None;
                }
                let end =
                    (start + 1..part.len()).find(|place| is_start(*place)).unwrap_or(part.len());
                let word = &part[start..end];
                start = end;
                Some(word)
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
        | "stand" | "data" | "created" | "release" => {
            // `data` is Italian and Portuguese for date, and a word of programs.
            if word == "data" { Hint::None } else { Hint::Date }
        }
        "update" | "candidate" | "validate" | "mandate" | "upmodate" => Hint::None,
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
