//! The fields that a query can name, and the names that people try instead.
//! What may be asked of a field stands in `value`.

use super::suggest::closest;

/// The part of an article's text in which words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Title and body.
    Anywhere,
    /// `title:`
    Title,
    /// `lead:`
    Lead,
    /// `body:`
    Body,
}

/// A field that holds names, each with a count in a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameField {
    /// `person:`
    Person,
    /// `org:`
    Organization,
    /// `place:`
    Place,
    /// `outlet:`
    Outlet,
    /// `by:`
    Author,
    /// `section:`
    Section,
    /// `tag:`
    Tag,
    /// `lang:`
    Language,
}

impl NameField {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::Organization,
        Self::Place,
        Self::Outlet,
        Self::Author,
        Self::Section,
        Self::Tag,
        Self::Language,
    ];

    /// Its name in queries and facets.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "org",
            Self::Place => "place",
            Self::Outlet => "outlet",
            Self::Author => "by",
            Self::Section => "section",
            Self::Tag => "tag",
            Self::Language => "lang",
        }
    }

    /// The field of this name, if one has it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// What `has:` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Property {
    /// At least one name in that field: `has:person`, `has:tag`.
    Name(NameField),
    /// `has:date`: a date of publication is known.
    Date,
    /// `has:title`
    Title,
    /// `has:url`
    Url,
    /// `has:embargo`: it is under embargo, or was when it was delivered.
    Embargo,
    /// `has:guessed-encoding`
    GuessedEncoding,
    /// `has:date-conflict`: its source gives other days of publication, too.
    DateConflict,
    /// `has:unread-date`: its date could not be understood.
    UnreadDate,
    /// `has:index-page`: the page lists articles and seems to be none.
    IndexPage,
    /// `has:paywall`: the page seems to show only the start of its text.
    Paywall,
}

impl Property {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 17] = [
        Self::Name(NameField::Person),
        Self::Name(NameField::Organization),
        Self::Name(NameField::Place),
        Self::Name(NameField::Outlet),
        Self::Name(NameField::Author),
        Self::Name(NameField::Section),
        Self::Name(NameField::Tag),
        Self::Name(NameField::Language),
        Self::Date,
        Self::Title,
        Self::Url,
        Self::Embargo,
        Self::GuessedEncoding,
        Self::DateConflict,
        Self::UnreadDate,
        Self::IndexPage,
        Self::Paywall,
    ];

    /// Its name after `has:`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name(field) => field.name(),
            Self::Date => "date",
            Self::Title => "title",
            Self::Url => "url",
            Self::Embargo => "embargo",
            Self::GuessedEncoding => "guessed-encoding",
            Self::DateConflict => "date-conflict",
            Self::UnreadDate => "unread-date",
            Self::IndexPage => "index-page",
            Self::Paywall => "paywall",
        }
    }

    /// The property of this name, if one has it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|property| property.name() == name)
    }
}

/// What can stand before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Text(Scope),
    Name(NameField),
    About,
    Path,
    Url,
    Id,
    Date,
    Words,
    Has,
}

impl Field {
    /// All that have a name, in the order of the documentation.
    const ALL: [Self; 18] = [
        Self::Text(Scope::Title),
        Self::Text(Scope::Lead),
        Self::Text(Scope::Body),
        Self::Name(NameField::Person),
        Self::Name(NameField::Organization),
        Self::Name(NameField::Place),
        Self::About,
        Self::Name(NameField::Outlet),
        Self::Name(NameField::Author),
        Self::Name(NameField::Section),
        Self::Name(NameField::Tag),
        Self::Name(NameField::Language),
        Self::Path,
        Self::Url,
        Self::Id,
        Self::Date,
        Self::Words,
        Self::Has,
    ];

    /// Its name; empty for words without a field.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Text(Scope::Anywhere) => "",
            Self::Text(Scope::Title) => "title",
            Self::Text(Scope::Lead) => "lead",
            Self::Text(Scope::Body) => "body",
            Self::Name(field) => field.name(),
            Self::About => "about",
            Self::Path => "path",
            Self::Url => "url",
            Self::Id => "id",
            Self::Date => "date",
            Self::Words => "words",
            Self::Has => "has",
        }
    }

    /// The field of this name, in any case.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// The names of all, for a message.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(Self::name)
    }

    /// The name that was meant by `name`: a word for the same, or a slip.
    pub(super) fn meant_by(name: &str) -> Option<&'static str> {
        let name = name.to_lowercase();
        let alias = ALIASES.iter().find(|(_, aliases)| aliases.contains(&name.as_str()));
        alias.map(|&(field, _)| field).or_else(|| closest(&name, Self::names()))
    }

    /// Whether its value is taken letter by letter: patterns, patterns' marks
    /// and brackets mean nothing to the lexer there.
    pub(super) const fn is_literal(self) -> bool {
        matches!(self, Self::Path | Self::Url | Self::Id)
    }
}

/// Words by which other search tools, and people, call a field.
const ALIASES: [(&str, &[&str]); 15] = [
    ("person", &["people", "persons", "name", "who"]),
    ("org", &["orgs", "organization", "organisation", "organizations", "organisations", "company"]),
    ("place", &["places", "location", "locations", "where", "country", "city"]),
    ("outlet", &["outlets", "source", "publisher", "newspaper", "paper", "publication"]),
    ("by", &["author", "authors", "byline", "writer", "reporter"]),
    ("section", &["category", "desk"]),
    ("tag", &["tags", "topic", "topics", "keyword", "keywords", "subject"]),
    ("lang", &["language"]),
    ("title", &["headline"]),
    ("lead", &["intro"]),
    ("body", &["text", "content"]),
    ("path", &["file", "folder", "dir", "filename"]),
    ("url", &["link", "site", "domain", "address"]),
    ("words", &["length", "word", "size"]),
    ("date", &["day", "published", "year", "month", "when", "since", "before", "after"]),
];
