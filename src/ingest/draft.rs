//! An article while its named fields are being read.
//!
//! For formats that name fields freely: says what a value under a name means
//! for the article, and which name wins where several give the same field.

use super::byline::names_in_byline;
use super::dates::{best_date, parse_date};
use super::fields::{FieldName, ranked_field_named};
use super::lines::{tidied, unified};
use crate::article::{Article, DateFrom};

/// Number of [`FieldName`]s.
const FIELD_COUNT: usize = 13;

/// An article of which some fields are known.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    article: Article,
    /// For each field, the rank of the name that gave it.
    ranks: [usize; FIELD_COUNT],
    /// The texts of its dates and the ranks of their names.
    dates: Vec<(usize, String)>,
    date_from: DateFrom,
}

impl Draft {
    /// An empty article, whose named dates come from `date_from`.
    pub(crate) fn new(date_from: DateFrom) -> Self {
        Self {
            article: Article::default(),
            ranks: [usize::MAX; FIELD_COUNT],
            dates: Vec::new(),
            date_from,
        }
    }

    /// Takes the text that stands under the name `key`, and tells the field it
    /// names. Where the field is a list, the text is split: at `;` where it
    /// has one, else at `,`; authors also at *and*.
    pub(crate) fn give_text(&mut self, key: &str, value: &str) -> Option<FieldName> {
        let (field, rank) = ranked_field_named(key)?;
        let values = match field {
            FieldName::Authors => names_in_byline(value),
            FieldName::Tags | FieldName::People | FieldName::Organizations | FieldName::Places => {
                split_names(value).map(str::to_owned).collect()
            }
            _ => vec![value.trim().to_owned()],
        };
        self.set(field, rank, values);
        Some(field)
    }

    /// Takes the list that stands under the name `key`, and tells the field it
    /// names. A field that is no list takes the first value.
    pub(crate) fn give_list(&mut self, key: &str, values: Vec<String>) -> Option<FieldName> {
        let (field, rank) = ranked_field_named(key)?;
        let values = values.iter().map(|value| value.trim().to_owned()).collect();
        self.set(field, rank, values);
        Some(field)
    }

    /// The article as far as it is known.
    ///
    /// A date that can be read wins over one that cannot, then the better name.
    pub(crate) fn finish(mut self) -> Article {
        self.dates.sort_by_key(|(rank, _)| *rank);
        let (published, text) = best_date(self.dates.into_iter().map(|(_, text)| {
            let read = parse_date(&text);
            (text, read)
        }));
        self.article.published = published.map(|published| (published, self.date_from));
        self.article.date_text = text;
        self.article
    }

    /// Sets a field, unless a better name or nothing gives it.
    fn set(&mut self, field: FieldName, rank: usize, mut values: Vec<String>) {
        values.retain(|value| !value.is_empty());
        let Some(first) = values.first() else { return };
        let known = self.ranks[field as usize];
        if field == FieldName::Date {
            self.dates.push((rank, first.clone()));
            return;
        }
        if rank >= known {
            return;
        }
        self.ranks[field as usize] = rank;
        let article = &mut self.article;
        match field {
            FieldName::Title => article.title = one_line(first),
            FieldName::Body => article.body = tidied(&unified(first)),
            FieldName::Outlet => article.outlet = one_line(first),
            FieldName::Section => article.section = one_line(first),
            FieldName::Url => article.url = one_line(first),
            FieldName::Lang => article.lang = one_line(first),
            FieldName::Dateline => article.dateline = one_line(first),
            FieldName::Authors => article.authors = values,
            FieldName::Tags => article.tags = values,
            FieldName::People => article.people = values,
            FieldName::Organizations => article.organizations = values,
            FieldName::Places => article.places = values,
            FieldName::Date => {}
        }
    }
}

/// `text` with single spaces for all its white space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The names in `text`, parted by `;` or else by `,`.
fn split_names(text: &str) -> impl Iterator<Item = &str> {
    let mark = if text.contains(';') { ';' } else { ',' };
    text.split(mark).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::Draft;
    use crate::article::{Article, DateFrom};
    use crate::ingest::fields::FieldName;

    fn drafted(fields: &[(&str, &str)]) -> Article {
        let mut draft = Draft::new(DateFrom::Header);
        for (key, value) in fields {
            draft.give_text(key, value);
        }
        draft.finish()
    }

    #[test]
    fn the_better_name_wins_in_any_order() {
        for fields in [
            [("created", "2024-04-20"), ("published", "2024-04-14")],
            [("published", "2024-04-14"), ("created", "2024-04-20")],
            [("published", "soon"), ("created", "2024-04-14")],
            [("created", "2024-04-14"), ("published", "soon")],
        ] {
            let article = drafted(&fields);
            let (published, from) = article.published.unwrap();
            assert_eq!((published.to_string().as_str(), from), ("2024-04-14", DateFrom::Header));
            assert_eq!(article.date_text, "");
        }
    }

    #[test]
    fn a_better_date_that_may_be_two_is_kept_beside_a_worse() {
        for text in ["03/04/2024", "2024-02-30"] {
            let article = drafted(&[("created", "2024-05-01"), ("published", text)]);
            assert_eq!(article.published.unwrap().0.to_string(), "2024-05-01");
            assert_eq!(article.date_text, text);
        }
    }

    #[test]
    fn a_date_that_cannot_be_read_is_kept_as_written() {
        for text in ["soon", "03/04/2024", "2024-02-30"] {
            let article = drafted(&[("Date", text)]);
            assert_eq!((article.published, article.date_text.as_str()), (None, text));
        }
    }

    #[test]
    fn lists_are_split() {
        let article = drafted(&[
            ("Author", "By Ana Reis, Bo Lind and Cy Dow"),
            ("Tags", "floods, rain; storms"),
            ("Places", "Porto , Vigo,"),
        ]);
        assert_eq!(article.authors, ["Ana Reis", "Bo Lind", "Cy Dow"]);
        assert_eq!(article.tags, ["floods, rain", "storms"]);
        assert_eq!(article.places, ["Porto", "Vigo"]);
    }

    #[test]
    fn empty_values_give_nothing() {
        let article = drafted(&[("headline", " "), ("title", ""), ("hed", "Storm\n over Porto")]);
        assert_eq!(article.title, "Storm over Porto");
    }

    #[test]
    fn given_lists_are_not_split() {
        let mut draft = Draft::new(DateFrom::Metadata);
        let names = vec!["Reis, Ana".to_owned(), " ".to_owned()];
        assert_eq!(draft.give_list("authors", names), Some(FieldName::Authors));
        assert_eq!(draft.give_list("colour", Vec::new()), None);
        assert_eq!(draft.finish().authors, ["Reis, Ana"]);
    }
}
