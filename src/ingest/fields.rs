//! Which names source files give to the fields of an article.
//!
//! One table for all formats that name their fields freely: JSON, header
//! lines, front matter, CSV. What a value means (a date, a list of names) is
//! the business of the format that reads it.

/// A field that a source file can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldName {
    /// The headline.
    Title,
    /// The date of publication.
    Date,
    /// The text.
    Body,
    /// Who published it.
    Outlet,
    /// Who wrote it.
    Authors,
    /// The section of the outlet.
    Section,
    /// Topics and keywords.
    Tags,
    /// Address of the page.
    Url,
    /// Language of the text.
    Lang,
    /// People that the article is about.
    People,
    /// Organizations that it is about.
    Organizations,
    /// Places that it is about.
    Places,
    /// Place and day at the start of the text.
    Dateline,
}

/// The known names in lower case and without `_`, `-` and spaces; within a
/// field the more telling name first: it wins where a file has several.
///
/// The names are those of schema.org, Open Graph, RSS, NITF and of the usual
/// collections of scraped news. `full_text` is missing on purpose: it is as
/// often a search field, with the title and the tags in it, as the text.
const NAMES: [(FieldName, &[&str]); 13] = [
    (FieldName::Title, &["title", "headline", "head", "hed"]),
    (
        FieldName::Date,
        &[
            "datepublished",
            "published",
            "publishedat",
            "publisheddate",
            "publishdate",
            "publicationdate",
            "pubdate",
            "date",
            "timestamp",
            "datecreated",
            "createdat",
            "created",
        ],
    ),
    (
        FieldName::Body,
        &["body", "articlebody", "text", "maintext", "content", "story", "article", "contents"],
    ),
    (
        FieldName::Outlet,
        &[
            "outlet",
            "publisher",
            "newspaper",
            "publication",
            "source",
            "sourcename",
            "sitename",
            "site",
            "domain",
        ],
    ),
    (FieldName::Authors, &["authors", "author", "byline", "by", "writer", "creator"]),
    (FieldName::Section, &["section", "category", "desk"]),
    (FieldName::Tags, &["tags", "tag", "keywords", "topics", "topic", "subjects"]),
    (FieldName::Url, &["url", "permalink", "link", "sourceurl"]),
    (FieldName::Lang, &["lang", "language"]),
    (FieldName::People, &["people", "persons", "person"]),
    (
        FieldName::Organizations,
        &["organizations", "organisations", "organization", "organisation", "orgs", "companies"],
    ),
    (FieldName::Places, &["places", "place", "locations", "location", "geo"]),
    (FieldName::Dateline, &["dateline"]),
];

/// The field that `key` names; case, `_`, `-` and spaces do not matter.
#[must_use]
pub fn field_named(key: &str) -> Option<FieldName> {
    ranked_field_named(key).map(|(field, _)| field)
}

impl FieldName {
    /// A name that [`field_named`] takes for this field.
    #[must_use]
    pub fn name(self) -> &'static str {
        let names = NAMES.iter().find(|(field, _)| *field == self);
        names.and_then(|(_, names)| names.first()).copied().unwrap_or_default()
    }
}

/// The field that `key` names, and the rank of that name among the names of
/// the field: of several keys for one field, that with the lowest rank is
/// meant (`published` before `created`).
pub(crate) fn ranked_field_named(key: &str) -> Option<(FieldName, usize)> {
    NAMES.iter().find_map(|(field, names)| {
        let rank = names.iter().position(|name| is_written(key, name))?;
        Some((*field, rank))
    })
}

/// Whether `key` is `name` but for case, `_`, `-` and spaces.
fn is_written(key: &str, name: &str) -> bool {
    key.bytes()
        .filter(|byte| !matches!(byte, b'_' | b'-' | b' '))
        .map(|byte| byte.to_ascii_lowercase())
        .eq(name.bytes())
}

#[cfg(test)]
mod tests {
    use super::{FieldName, NAMES, field_named, ranked_field_named};

    #[test]
    fn spelling_does_not_matter() {
        for key in ["datePublished", "date_published", "DATE-PUBLISHED", "Date published"] {
            assert_eq!(field_named(key), Some(FieldName::Date), "{key}");
        }
        assert_eq!(field_named("articleBody"), Some(FieldName::Body));
        assert_eq!(field_named("Source_URL"), Some(FieldName::Url));
    }

    #[test]
    fn other_keys_name_nothing() {
        for key in ["", "_", "update", "full_text", "titles", "datе"] {
            assert_eq!(field_named(key), None, "{key}");
        }
    }

    #[test]
    fn published_ranks_before_created() {
        let rank = |key| ranked_field_named(key).map(|(_, rank)| rank);
        assert!(rank("published_at") < rank("date"));
        assert!(rank("date") < rank("created_at"));
    }

    #[test]
    fn no_name_stands_twice() {
        let mut names: Vec<&str> = NAMES.iter().flat_map(|(_, names)| *names).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
