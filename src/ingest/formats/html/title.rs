//! The title of the article, without the name of the outlet.

use std::collections::HashSet;

/// What a page offers as title of its article.
pub(super) struct Titles<'t> {
    /// What the metadata state, most telling first.
    pub(super) stated: Vec<String>,
    /// The text of `<title>`.
    pub(super) element: &'t str,
    /// Levels and texts of the headings, in the order of the page.
    pub(super) headings: Vec<(u8, &'t str)>,
    /// Who published it; empty if it is not known.
    pub(super) outlet: &'t str,
    /// The address of the page; empty if it is not known.
    pub(super) url: &'t str,
}

/// What stands between the title and the outlet in `<title>`.
const SEPARATORS: [&str; 11] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " › ", " │ ", " / ", " : "];

/// A heading is the title if so many percent of its words are in what the
/// page states: outlets word them differently for search engines.
const COMMON_PERCENT: usize = 60;

/// Longer headings, in bytes, are leads, longer names no names.
const LONGEST: usize = 300;

/// The longest name of a host in the domain name system, in bytes.
const HOST_BYTES: usize = 253;

/// The title of the article.
pub(super) fn title(titles: &Titles<'_>) -> String {
    let stated = titles.stated.iter().find(|title| !titles.is_outlet(title));
    let stated = stated.map_or("", String::as_str);
    let known = if stated.is_empty() { titles.element } else { stated };
    if let Some(heading) = titles.heading(known) {
        return heading.to_owned();
    }
    if !stated.is_empty() {
        return titles.without_outlet(stated).to_owned();
    }
    let alone =
        titles.headings.iter().filter(|(level, text)| *level == 1 && !titles.is_outlet(text));
    let mut alone = alone.map(|(_, text)| *text);
    if let (Some(heading), None) = (alone.next(), alone.next())
        && (titles.element.is_empty() || titles.is_outlet(titles.without_outlet(titles.element)))
    {
        return heading.to_owned();
    }
    titles.without_outlet(titles.element).to_owned()
}

impl Titles<'_> {
    /// The heading that says what the page states, the first of the best.
    fn heading(&self, known: &str) -> Option<&str> {
        let known_words = words(known);
        let mut best: Option<(usize, &str)> = None;
        for (level, text) in &self.headings {
            if text.len() > LONGEST
                || self.is_outlet(text)
                || self.is_behind_title(text)
                || !(1..=3).contains(level)
            {
                continue;
            }
            let text_words = words(text);
            let common = text_words.intersection(&known_words).count();
            // Lower headings have to say it all.
            let needed = if *level == 1 { COMMON_PERCENT } else { 100 };
            let is_enough = common * 100 >= text_words.len() * needed
                && (*level == 1 || 2 * common >= known_words.len())
                && (common > 1
                    || known_words.len() == 1
                    || squeezed(known).contains(&squeezed(text)) && text.len() > 12);
            if is_enough && common > 0 && best.is_none_or(|(most, _)| common > most) {
                best = Some((common, text));
            }
        }
        best.map(|(_, text)| text)
    }

    /// Whether a heading is what stands behind a longer title in `<title>`.
    fn is_behind_title(&self, heading: &str) -> bool {
        let count = |text: &str| text.split_whitespace().count();
        SEPARATORS.iter().any(|separator| {
            self.element
                .rsplit_once(separator)
                .is_some_and(|(before, end)| end.trim() == heading && count(before) > count(end))
        })
    }

    fn is_heading(&self, text: &str) -> bool {
        self.headings.iter().any(|(_, heading)| *heading == text.trim())
    }

    /// Whether `text` names the outlet or its site.
    fn is_outlet(&self, text: &str) -> bool {
        let text = squeezed(text);
        let host = squeezed(self.host());
        text.is_empty()
            || text == host
            || text.len() > 2 && host.starts_with(&text)
            || self.outlet.len() <= LONGEST && text == squeezed(self.outlet)
    }

    /// The name of the page's host without `www`; empty if it is not known.
    fn host(&self) -> &str {
        let behind = self.url.split_once("://").map_or("", |(_, behind)| behind);
        let host = behind.split(['/', ':', '?']).next().unwrap_or_default();
        if host.len() <= HOST_BYTES { host.trim_start_matches("www.") } else { "" }
    }

    /// `title` before the separator that only the outlet's name follows, or
    /// behind the one that only the outlet's name precedes.
    fn without_outlet<'t>(&self, title: &'t str) -> &'t str {
        let mut title = title.trim();
        loop {
            let splits = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator));
            match splits.min_by_key(|(_, end)| end.len()) {
                Some((before, end))
                    if (self.is_outlet(end)
                        || self.is_heading(end) && self.is_behind_title(end.trim()))
                        && !before.trim().is_empty() =>
                {
                    title = before.trim_end()
                }
                _ => break,
            }
        }
        let splits = SEPARATORS.iter().filter_map(|separator| title.split_once(separator));
        if let Some((start, behind)) = splits.min_by_key(|(start, _)| start.len())
            && self.is_outlet(start)
        {
            title = behind.trim_start();
        }
        // What stands behind a bar is hardly ever the title.
        match title.split_once(" | ") {
            Some((before, _)) if before.split_whitespace().count() > 2 => before.trim_end(),
            _ => title,
        }
    }
}

/// The words of `text`, in lower case.
fn words(text: &str) -> HashSet<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The letters and digits of `text`, in lower case.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Titles, title};

    fn chosen(stated: &str, element: &str, headings: &[(u8, &'static str)]) -> String {
        title(&Titles {
            stated: Some(stated.to_owned())
                .into_iter()
                .filter(|stated| !stated.is_empty())
                .collect(),
            element,
            headings: headings.to_vec(),
            outlet: "The Gull",
            url: "https://www.gull-news.example/rain",
        })
    }

    #[test]
    fn the_heading_of_the_article_is_its_title() {
        type Case<'a> = (&'a str, &'a str, &'a [(u8, &'a str)], &'a str);
        let cases: [Case<'_>; 9] = [
            ("Rain in Spain stays", "", &[(1, "The Gull"), (1, "Rain in Spain")], "Rain in Spain"),
            ("", "Rain in Spain - The Gull", &[(1, "Rain in Spain")], "Rain in Spain"),
            ("", "Rain in Spain - The Gull", &[(1, "Weather")], "Rain in Spain"),
            ("", "The Gull: Rain in Spain", &[(2, "Rain in Spain")], "Rain in Spain"),
            ("", "The Gull", &[(1, "Rain in Spain")], "Rain in Spain"),
            ("", "Gull News | Rain in Spain | Gull", &[], "Rain in Spain"),
            ("The Gull", "Rain in Spain", &[], "Rain in Spain"),
            ("Rain in Spain", "Other", &[(2, "Rain"), (4, "Rain in Spain")], "Rain in Spain"),
            ("", "", &[(1, "Rain"), (1, "Wind")], ""),
        ];
        for (stated, element, headings, expected) in cases {
            assert_eq!(chosen(stated, element, headings), expected, "{stated} {element}");
        }
    }
}
