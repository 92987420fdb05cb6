//! What the name, class and other attributes of an element say of its part on
//! the page.
//!
//! Names mislead: whether they are believed is the business of `text`.

use std::ops::{BitAnd, BitOr, BitOrAssign, Not};

use scraper::node::Element;

/// Reasons to take an element for foreign to an article: one bit for each
/// element name and word below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u128);

/// Elements that are no part of an article.
const FOREIGN_ELEMENTS: [&str; 7] =
    ["address", "aside", "figcaption", "footer", "form", "menu", "nav"];

/// Values of `role` of what is no part of an article.
const FOREIGN_ROLES: [&str; 11] = [
    "alert",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
    "tablist",
    "tooltip",
];

/// Words in `class` and `id` of what is no part of an article.
const FOREIGN_WORDS: [&str; 83] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "affiliate",
    "author",
    "authors",
    "autor",
    "autoren",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "credit",
    "credits",
    "disclaimer",
    "disclosure",
    "donate",
    "embed",
    "facebook",
    "feedback",
    "footer",
    "gdpr",
    "instagram",
    "keywords",
    "legend",
    "login",
    "masthead",
    "menu",
    "meta",
    "metadata",
    "metaline",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "privacy",
    "promo",
    "rate",
    "rating",
    "recirc",
    "recirculation",
    "recommended",
    "related",
    "search",
    "share",
    "sharedaddy",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "teaser",
    "toolbar",
    "tooltip",
    "trending",
    "trust",
    "tweet",
    "twitter",
    "whatsapp",
    "widget",
    "xing",
];

/// Words in `class` and `id` of what readers wrote.
const COMMENT_WORDS: [&str; 8] = [
    "comment",
    "commentlist",
    "comments",
    "disqus",
    "kommentar",
    "kommentare",
    "respond",
    "responses",
];

/// Classes of what is there but not shown.
const HIDDEN: [&str; 6] =
    ["hidden", "is-hidden", "screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden"];

/// Beginnings of classes that tell what an element has around or in it, or
/// what the article is about: `has-sidebar`, `tag-newsletter`.
const STATES: [&str; 6] = ["category-", "has-", "no-", "tag-", "with-", "without-"];

impl Marks {
    /// No reason.
    pub(super) const NONE: Self = Self(0);
    /// Readers wrote it.
    pub(super) const COMMENTS: Self = Self(1 << 127);
    /// It is not shown.
    const HIDDEN: Self = Self(1 << 126);
    /// Its `role` is one of `FOREIGN_ROLES`.
    const ROLE: Self = Self(1 << 125);

    const fn word(place: usize) -> Self {
        Self(1 << place)
    }

    const fn element(place: usize) -> Self {
        Self(1 << (FOREIGN_WORDS.len() + place))
    }

    /// What captions have.
    pub(super) fn captions() -> Self {
        Self::of_name("figcaption") | Self::of_word("caption") | Self::of_word("legend")
    }

    /// What comments and pointers to other articles have.
    pub(super) fn elsewhere() -> Self {
        ["popular", "related", "recommended", "sidebar", "teaser", "trending"]
            .into_iter()
            .fold(Self::COMMENTS, |marks, word| marks | Self::of_word(word))
    }

    /// What leads have too.
    pub(super) fn leads() -> Self {
        Self::of_word("teaser") | Self::of_word("meta")
    }

    pub(super) fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Each of the marks alone.
    pub(super) fn each(self) -> impl Iterator<Item = (usize, Self)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let place = rest.trailing_zeros();
            (rest != 0).then(|| {
                rest &= rest - 1;
                (place as usize, Self(1 << place))
            })
        })
    }

    /// Those of `element`.
    pub(super) fn of(element: &Element) -> Self {
        if is_article_body(element) {
            return Self::NONE;
        }
        let mut marks = Self::of_name(element.name());
        if element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true") {
            marks |= Self::HIDDEN;
        }
        if element.attr("role").is_some_and(|role| FOREIGN_ROLES.binary_search(&role).is_ok()) {
            marks |= Self::ROLE;
        }
        // The great containers are exempt: `<body class="has-sidebar">`.
        if matches!(element.name(), "html" | "body" | "main" | "article") {
            return marks;
        }
        let names = [element.attr("class"), element.attr("id")];
        for name in names.into_iter().flatten().flat_map(str::split_ascii_whitespace) {
            if HIDDEN.binary_search(&name).is_ok() {
                marks |= Self::HIDDEN;
            }
            if !STATES.iter().any(|state| name.starts_with(state)) {
                words(name).for_each(|word| marks |= Self::of_word(word));
            }
        }
        marks
    }

    fn of_name(name: &str) -> Self {
        FOREIGN_ELEMENTS.binary_search(&name).map_or(Self::NONE, Self::element)
    }

    fn of_word(word: &str) -> Self {
        let lower;
        let word = if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            lower = word.to_ascii_lowercase();
            lower.as_str()
        } else {
            word
        };
        if COMMENT_WORDS.binary_search(&word).is_ok() {
            return Self::COMMENTS;
        }
        FOREIGN_WORDS.binary_search(&word).map_or(Self::NONE, Self::word)
    }
}

impl BitOr for Marks {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl BitAnd for Marks {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Not for Marks {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0)
    }
}

/// Whether an element says that it is the text of the article.
pub(super) fn is_article_body(element: &Element) -> bool {
    element.attr("itemprop").is_some_and(|names| {
        names.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case("articleBody"))
    })
}

/// The words of a class or id, also those of `relatedLinks`.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|character: char| !character.is_ascii_alphanumeric()).flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            let bytes = rest.as_bytes();
            let end = (1..bytes.len()).find(|place| {
                bytes[*place].is_ascii_uppercase() && !bytes[*place - 1].is_ascii_uppercase()
            });
            let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
            rest = behind;
            (!word.is_empty()).then_some(word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{
        COMMENT_WORDS, FOREIGN_ELEMENTS, FOREIGN_ROLES, FOREIGN_WORDS, HIDDEN, STATES, words,
    };

    #[test]
    fn words_can_be_searched() {
        assert!(FOREIGN_WORDS.is_sorted() && FOREIGN_ROLES.is_sorted() && HIDDEN.is_sorted());
        assert!(FOREIGN_ELEMENTS.is_sorted() && COMMENT_WORDS.is_sorted() && STATES.is_sorted());
        assert!(FOREIGN_WORDS.len() + FOREIGN_ELEMENTS.len() <= 125);
    }

    #[test]
    fn words_end_at_capitals() {
        let split: Vec<&str> = words("relatedLinks-box_AD2").collect();
        assert_eq!(split, ["related", "Links", "box", "AD2"]);
    }
}
