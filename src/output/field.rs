//! The fields of an article that output can name.

use std::fmt;
use std::str::FromStr;

/// A field of an article in output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// `id`
    Id,
    /// `path`
    Path,
    /// `part`
    Part,
    /// `url`
    Url,
    /// `outlet`
    Outlet,
    /// `authors`
    Authors,
    /// `section`
    Section,
    /// `tags`
    Tags,
    /// `lang`
    Lang,
    /// `title`
    Title,
    /// `lead`
    Lead,
    /// `body`
    Body,
    /// `published`
    Published,
    /// `date_from`
    DateFrom,
    /// `rival_dates`
    RivalDates,
    /// `date_text`
    DateText,
    /// `dateline`
    Dateline,
    /// `guid`
    Guid,
    /// `guid_version`
    GuidVersion,
    /// `status`
    Status,
    /// `embargoed_until`
    EmbargoedUntil,
    /// `doubts`
    Doubts,
    /// `indexed_at`
    IndexedAt,
    /// `words`
    Words,
    /// `people`
    People,
    /// `organizations`
    Organizations,
    /// `places`
    Places,
    /// `score`
    Score,
    /// `snippet`
    Snippet,
    /// `date`: the day of `published`, or as much of it as is known.
    Date,
    /// `text`: the same as `body`.
    Text,
}

impl Field {
    /// All of them, in the order of output; `date` and `text`, which say again what others
    /// say, are given only to who asks for them.
    pub const ALL: [Self; 29] = [
        Self::Id,
        Self::Title,
        Self::Published,
        Self::DateFrom,
        Self::RivalDates,
        Self::DateText,
        Self::Outlet,
        Self::Authors,
        Self::Section,
        Self::Tags,
        Self::Lang,
        Self::Url,
        Self::Path,
        Self::Part,
        Self::Dateline,
        Self::Guid,
        Self::GuidVersion,
        Self::Status,
        Self::EmbargoedUntil,
        Self::Doubts,
        Self::IndexedAt,
        Self::Words,
        Self::People,
        Self::Organizations,
        Self::Places,
        Self::Score,
        Self::Snippet,
        Self::Lead,
        Self::Body,
    ];

    /// What JSON has unless fields are named: all but the texts, which the
    /// snippet stands for.
    pub const OF_HIT: [Self; 27] = {
        let mut fields = [Self::Id; 27];
        let mut place = 0;
        while place < fields.len() {
            fields[place] = Self::ALL[place];
            place += 1;
        }
        fields
    };

    /// What rows have unless fields are named: what fits a spreadsheet.
    pub const OF_ROW: [Self; 10] = [
        Self::Id,
        Self::Published,
        Self::Outlet,
        Self::Title,
        Self::Authors,
        Self::Section,
        Self::Lang,
        Self::Words,
        Self::Path,
        Self::Url,
    ];

    /// Whether it lists entities.
    #[must_use]
    pub const fn is_of_entities(self) -> bool {
        matches!(self, Self::People | Self::Organizations | Self::Places)
    }

    /// Whether only articles in an index, or the hits of a search, have it.
    #[must_use]
    pub const fn is_of_index(self) -> bool {
        matches!(self, Self::IndexedAt | Self::Score | Self::Snippet)
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Path => "path",
            Self::Part => "part",
            Self::Url => "url",
            Self::Outlet => "outlet",
            Self::Authors => "authors",
            Self::Section => "section",
            Self::Tags => "tags",
            Self::Lang => "lang",
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Body => "body",
            Self::Published => "published",
            Self::DateFrom => "date_from",
            Self::RivalDates => "rival_dates",
            Self::DateText => "date_text",
            Self::Dateline => "dateline",
            Self::Guid => "guid",
            Self::GuidVersion => "guid_version",
            Self::Status => "status",
            Self::EmbargoedUntil => "embargoed_until",
            Self::Doubts => "doubts",
            Self::IndexedAt => "indexed_at",
            Self::Words => "words",
            Self::People => "people",
            Self::Organizations => "organizations",
            Self::Places => "places",
            Self::Score => "score",
            Self::Snippet => "snippet",
            Self::Date => "date",
            Self::Text => "text",
        }
    }
}

/// The text names no field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct FieldError {
    name: String,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = Field::ALL.iter().map(|field| field.name()).collect();
        write!(f, "there is no field `{}`; there are {}", self.name, names.join(", "))
    }
}

impl FromStr for Field {
    type Err = FieldError;

    fn from_str(name: &str) -> Result<Self, FieldError> {
        let name = name.trim();
        let mut known = Self::ALL.into_iter().chain([Self::Date, Self::Text]);
        let found = known.find(|field| field.name() == name);
        found.ok_or_else(|| FieldError { name: name.to_owned() })
    }
}
