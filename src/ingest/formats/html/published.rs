//! Finds the day on which a page was published.
//!
//! Pages state it in many places, and each place is sometimes wrong: every
//! date that may be it becomes a candidate with a weight, and the day with most
//! weight is chosen (`weigh`). `linked` reads JSON-LD; `walk` goes through the
//! page, with `meta`, `attributes`, `script` for what elements state, and
//! `line`, `names`, `labels`, `headline` for what readers see.
//!
//! Not responsible for how a date is read (`ingest::dates`).

mod attributes;
mod headline;
mod labels;
mod line;
mod linked;
mod meta;
mod names;
mod script;
mod walk;
mod weigh;

use jiff::civil::Date;
use scraper::Html;
use serde_json::{Map, Value};

use self::weigh::{Candidate, Source};
use crate::article::{DateFrom, Precision, Published};
use crate::ingest::dates::{DateError, Order, date_in_url, mentions};
use crate::text::fold;

/// So many stated dates are weighed: no page has as many that are its own.
const MOST_STATED: usize = 200;

/// So many characters of a description or a name are searched for a day.
const MENTIONED_CHARACTERS: usize = 200;

/// What is known of a page before its date is looked for; empty where it is not.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clues<'a> {
    /// The headline, or the title of the page.
    pub(crate) title: &'a str,
    /// The address of the page.
    pub(crate) url: &'a str,
    /// The language as the page states it: a BCP 47 tag.
    pub(crate) lang: &'a str,
    /// The day on which the page was fetched: nothing on it is younger.
    pub(crate) captured: Option<Date>,
}

/// The date of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DateFinding {
    /// The date of publication and where it was read.
    pub(crate) chosen: Option<(Published, DateFrom)>,
    /// Dates of other days that sources of publication state, the weightiest
    /// first.
    pub(crate) rivals: Vec<(Published, DateFrom)>,
    /// The first stated date of publication that could not be read, as it is
    /// written.
    pub(crate) unread: String,
}

/// Finds the date of the page `document`, whose JSON-LD objects are `linked`.
pub(crate) fn find(
    document: &Html,
    linked: &[Map<String, Value>],
    clues: &Clues<'_>,
) -> DateFinding {
    let mut candidates = Candidates {
        order: Order::of(clues.lang, original_url(clues.url)),
        found: Vec::new(),
        unread: String::new(),
    };
    candidates.add_address(original_url(clues.url));
    linked::collect(linked, clues, &mut candidates);
    walk::collect(document, clues, &mut candidates);
    let (chosen, rivals) = weigh::choose(candidates.found, clues.captured);
    DateFinding { chosen, rivals, unread: candidates.unread }
}

/// The candidates so far.
struct Candidates {
    order: Order,
    found: Vec<Candidate>,
    unread: String,
}

impl Candidates {
    /// Adds the date that `text` states; what cannot be read is noted where it
    /// should be the date of publication.
    fn add_stated(&mut self, text: &str, source: Source) {
        if self.found.len() >= MOST_STATED {
            return;
        }
        let text = text.trim();
        match self.order.parse(text) {
            Ok(published) => self.found.push(Candidate::stated(published, source)),
            Err(DateError::NotADate) if text.is_empty() => {}
            Err(_) if source.is_publication() && self.unread.is_empty() => {
                text.clone_into(&mut self.unread);
            }
            Err(_) => {}
        }
    }
}

impl Candidates {
    /// Adds the date in the address of the page; with the day first too, which
    /// is less sure.
    fn add_address(&mut self, url: &str) {
        let dated = date_in_url(url);
        self.found.extend(dated.map(|published| Candidate::stated(published, Source::Url)));
        if dated.is_none_or(|published| published.precision < Precision::Day) {
            let name = url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            self.add_mentioned(name.split(['?', '#']).next().unwrap_or_default());
        }
    }

    /// Adds the first day that a text about the page speaks of.
    fn add_mentioned(&mut self, text: &str) {
        // A date far into a description is one of its subject.
        let text: String = text.chars().take(MENTIONED_CHARACTERS).collect();
        if self.found.len() < MOST_STATED
            && text.bytes().any(|byte| byte.is_ascii_digit())
            && let Some(mention) = mentions(&fold(&text), self.order).first()
            && mention.other.is_none()
        {
            self.found.push(Candidate::stated(mention.published, Source::Shown));
        }
    }
}

/// The address of the page itself, where `url` is that of a web archive.
fn original_url(url: &str) -> &str {
    url.rfind("/http").map_or(url, |slash| &url[slash + 1..])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use scraper::Html;
    use serde_json::{Map, Value, json};

    use super::{Clues, DateFinding, find};

    const CLUES: Clues<'_> =
        Clues { title: "Harbour closed", url: "", lang: "en-GB", captured: None };

    fn finding(page: &str, linked: &[Value], clues: &Clues<'_>) -> DateFinding {
        let linked: Vec<Map<String, Value>> =
            linked.iter().filter_map(|object| object.as_object().cloned()).collect();
        find(&Html::parse_document(page), &linked, clues)
    }

    fn found(page: &str, clues: &Clues<'_>) -> String {
        let chosen = finding(page, &[], clues).chosen;
        chosen.map_or(String::new(), |(date, from)| format!("{date} {}", from.name()))
    }

    /// Checks what is found on each page; the date meant is always 2024-04-14.
    fn check(pages: &[(&str, &str)]) {
        for (page, expected) in pages {
            assert_eq!(found(page, &CLUES), *expected, "{page}");
        }
    }

    #[test]
    fn stated_dates() {
        check(&[
            (
                "<meta property=article:published_time content=2024-04-14T23:30:00-05:00>",
                "2024-04-14T23:30:00-05:00 metadata",
            ),
            ("<meta name=DC.date.issued content=2024-04-14>", "2024-04-14 metadata"),
            ("<meta name=date content='14/04/2024'>", "2024-04-14 metadata"),
            ("<meta itemprop=datePublished content=2024-04-14>", "2024-04-14 metadata"),
            ("<time datetime='2024-04-14 17:03'>Sunday</time>", "2024-04-14T17:03:00 metadata"),
            (
                "<span itemprop=datePublished content=2024-04-14>Sunday</span>",
                "2024-04-14 metadata",
            ),
            (
                "<abbr class=published title=2024-04-14T17:03:00+02:00>Sunday</abbr>",
                "2024-04-14T17:03:00+02:00 metadata",
            ),
            ("<div data-publish-date=2024-04-14>Sunday</div>", "2024-04-14 metadata"),
            ("<script>x={\"publishedAt\":\"2024-04-14\"}</script>", "2024-04-14 metadata"),
            ("<img src=/2024/04/14/harbour.jpg>", "2024-04-14 text"),
            ("<meta name=description content='Report of 14 April 2024'>", "2024-04-14 text"),
            ("<meta property=article:expiration_time content=2024-04-14>", ""),
            ("<meta name=publisher content=Gull>", ""),
            ("", ""),
        ]);
    }

    #[test]
    fn shown_dates() {
        check(&[
            ("<h1>Harbour closed</h1><p>14 April 2024</p>", "2024-04-14 text"),
            (
                "<h1>Harbour closed</h1><p>By Ann Lee on 14.04.2024, 17:03</p>",
                "2024-04-14T17:03:00 text",
            ),
            ("<h1>Harbour closed</h1><dl><dt>Datum</dt><dd>14/04/24</dd></dl>", "2024-04-14 text"),
            (
                "<div class=date><div>14</div><div>April</div><div>2024</div></div>",
                "2024-04-14 text",
            ),
            ("<span>Ann Lee</span><span>14 April 2024</span>", "2024-04-14 text"),
            ("<p>April 14<sup>th</sup>, 2024</p>", "2024-04-14 text"),
            ("<p>2024年4月14日</p>", "2024-04-14 text"),
            ("<p>© 2024 The Gull</p>", ""),
            ("<p>2 days ago</p>", ""),
            ("<script>14 April 2024</script><select><option>14 April 2024</select>", ""),
        ]);
    }

    #[test]
    fn the_weightier_of_two_dates_counts() {
        let clues = CLUES;
        for (page, why) in [
            (
                "<meta property=article:modified_time content=2024-05-01>\
              <meta property=article:published_time content=2024-04-14>",
                "original",
            ),
            (
                "<h1>Harbour closed</h1><p>Updated: 1 May 2024</p><p>Published: 14 April 2024</p>",
                "label",
            ),
            (
                "<div class=site-header__date>1 May 2024</div><h1>Harbour closed</h1>\
              <p class=date>14 April 2024</p>",
                "the day of the visit",
            ),
            (
                "<aside><h2>Other</h2><span class=date>1 May 2024</span></aside>\
              <h1>Harbour closed</h1><span class=date>14 April 2024</span>",
                "other articles",
            ),
            (
                "<h1>Harbour closed</h1><p>14 April 2024<p>x\
              <div class=comments><time datetime=2024-05-01>1 May 2024</time></div>",
                "comments",
            ),
            (
                "<h1>Harbour closed</h1><p>Published 14 April 2024</p><p>The harbour will open \
              on 1 May 2024, as far as anyone can tell who has seen the sand that the storm has \
              moved before its gates, and no ship can pass there until then.</p>",
                "events",
            ),
            (
                "<time itemprop=dateModified datetime=2024-05-01></time>\
              <time itemprop=datePublished datetime=2024-04-14></time>",
                "microdata",
            ),
            (
                "<time class='entry-date updated' datetime=2024-04-14></time>\
              <time class=updated datetime=2024-05-01></time>",
                "hentry",
            ),
        ] {
            assert!(found(page, &clues).starts_with("2024-04-14"), "{why}: {page}");
        }
    }

    #[test]
    fn the_article_is_told_from_other_linked_data() {
        let linked = [
            json!({"@type": "VideoObject", "uploadDate": "2024-05-01"}),
            json!({"@type": "NewsArticle", "headline": "Other", "datePublished": "2024-05-02"}),
            json!({"@type": "NewsArticle", "headline": "Harbour closed",
                   "datePublished": "2024-04-14", "dateModified": "2024-05-03"}),
        ];
        let finding = finding("", &linked, &CLUES);
        assert_eq!(finding.chosen.unwrap().0.to_string(), "2024-04-14");
    }

    #[test]
    fn days_are_those_of_the_outlet() {
        let late = "<meta property=article:published_time content=2024-04-15T02:30:00Z>";
        let url = "https://gull.example/2024/04/14/harbour";
        assert_eq!(found(late, &Clues { url, ..CLUES }), "2024-04-14 url");
        let shown = format!("{late}<h1>Harbour closed</h1><p class=date>14 April 2024</p>");
        assert_eq!(found(&shown, &CLUES), "2024-04-14 text");
        // An instant with its own offset names the day where the outlet is.
        let local = "<meta property=article:published_time content=2024-04-15T02:30:00+02:00>\
                     <meta name=datePublished content=2024-04-15>";
        assert_eq!(found(local, &Clues { url, ..CLUES }), "2024-04-15T02:30:00+02:00 metadata");
    }

    #[test]
    fn rivals_and_what_cannot_be_read_are_kept() {
        let page = "<meta property=article:published_time content='2024-02-30'>\
                    <meta name=date content=2024-05-01><h1>Harbour closed</h1>\
                    <p class=published>14 April 2024</p>\
                    <meta property=article:modified_time content=2024-06-01>";
        let finding = finding(page, &[], &CLUES);
        assert_eq!(finding.chosen.unwrap().0.to_string(), "2024-04-14");
        let rivals: Vec<String> = finding.rivals.iter().map(|(day, _)| day.to_string()).collect();
        assert_eq!(rivals, ["2024-05-01"]);
        assert_eq!(finding.unread, "2024-02-30");
    }

    #[test]
    fn nothing_is_younger_than_its_capture() {
        let page = "<meta name=date content=2025-01-01><p>14 April 2024</p>";
        let captured = Some(date(2024, 4, 20));
        assert_eq!(found(page, &Clues { captured, ..CLUES }), "2024-04-14 text");
    }

    #[test]
    fn a_month_is_better_than_nothing() {
        let clues = Clues { url: "https://gull.example/2024/04/harbour", ..CLUES };
        assert_eq!(found("", &clues), "2024-04 url");
        let page = "<p>1 May 2024</p><p>14 April 2024</p>";
        assert_eq!(found(page, &clues), "2024-04-14 text");
        let archived =
            "https://web.archive.org/web/20250101000000/http://gull.example/2024/04/14/x";
        assert_eq!(found("", &Clues { url: archived, ..CLUES }), "2024-04-14 url");
        let day_first = Clues { url: "https://gull.example/news/14-04-2024", ..CLUES };
        assert_eq!(found("", &day_first), "2024-04-14 text");
    }

    proptest! {
        #[test]
        fn any_markup_is_survived(
            page in "(<(div|h1|time|abbr|meta|script|span|a)( (class|itemprop|datetime|content|title|data-date)=('date|published|2024-04-14')?)*>|</(div|h1|time)>|14|April|2024|/|\\PC| ){0,40}",
            lang in "(en|de|)",
        ) {
            let clues = Clues { lang: &lang, url: &page, ..CLUES };
            let _ = finding(&page, &[], &clues);
        }
    }
}
