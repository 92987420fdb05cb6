//! What an index answers to any query: in agreement with itself, in pieces of the texts,
//! and written as text that controls nothing.

use std::sync::Arc;

use jiff::civil::{Date, date};
use newsdex::index::{IndexReader, StoredArticle};
use newsdex::output::{HitText, KwicText, Style, write_article, write_facets, write_json_line};
use newsdex::query::{NameField, Query, parse};
use newsdex::search::{
    Aliases, Drill, ExplainRequest, FacetField, FacetRequest, Hit, KwicLine, Limit, Matches, Order,
    Period, Search, SearchRequest, SortKey, explain, explain_article,
};
use newsdex::text::Span;

/// The day that relative dates count from.
const TODAY: Date = date(2024, 4, 20);

/// Words of the index that a pattern may take in; small, so that some take in too many.
const PATTERN_LIMIT: usize = 200;

/// Articles of an answer that are looked at, lines of each, and words around a place.
const LOOKED_AT: usize = 4;
const LINES: usize = 50;
const CONTEXT: usize = 5;

/// Columns of the terminals that answers are written for; none is a file.
const WIDTHS: [Option<usize>; 3] = [None, Some(1), Some(70)];

/// The request for all that a query finds, and facets of it; best first.
pub(super) fn request(query: Query, aliases: &Arc<Aliases>) -> SearchRequest {
    let facet =
        |field| FacetRequest { field, limit: None, prefix: None, filter: None, drill: Drill::Down };
    let fields = [
        FacetField::Name(NameField::Person),
        FacetField::Name(NameField::Outlet),
        FacetField::Date(Period::Week),
    ];
    SearchRequest {
        query,
        today: TODAY,
        order: Order { key: SortKey::Score, ascending: false },
        offset: 0,
        limit: Limit::All,
        facets: fields.into_iter().map(facet).collect(),
        aliases: Arc::clone(aliases),
        pattern_limit: PATTERN_LIMIT,
        threads: 2,
    }
}

/// Checks what the index answers to a query, if it is one.
pub(super) fn check(reader: &IndexReader, text: &str) {
    let Ok(query) = parse(text) else { return };
    let aliases = Arc::default();
    // Errors are of patterns that take in too much, and names that nobody has.
    let Ok(matches) = Search::run(reader, &request(query.clone(), &aliases)) else { return };
    check_counts(reader, &query, &matches);
    let Ok(search) = Search::new(reader, &aliases, &query) else { return };
    for ranked in matches.ranked.iter().take(LOOKED_AT) {
        let hit = search.hit(ranked).expect("the index is sound");
        check_hit(&hit);
        let kwic = search.kwic(ranked).expect("the index is sound");
        for line in kwic.lines(CONTEXT).take(LINES) {
            check_line(&kwic.article, &line);
        }
        check_written(&hit);
    }
    check_explained(reader, query, &aliases, &matches);
}

fn check_counts(reader: &IndexReader, query: &Query, matches: &Matches) {
    assert_eq!(matches.ranked.len() as u64, matches.total);
    for facet in &matches.facets {
        assert_eq!(facet.articles, matches.total);
        assert_eq!(facet.distinct, facet.values.len() as u64);
        let counted = facet.values.iter().map(|value| value.count);
        assert!(counted.clone().all(|count| (1..=matches.total).contains(&count)));
        assert!(counted.sum::<u64>() + facet.without >= facet.articles);
    }
    let mut out = Vec::new();
    write_facets(&mut out, &Style::default(), &matches.facets).expect("memory can be written");
    check_text(&out);
    let all = reader.article_count().expect("the index is sound");
    if let Ok(others) = parse(&format!("NOT ({query})"))
        && let Ok(others) = Search::run(reader, &request(others, &Arc::default()))
    {
        assert_eq!(matches.total + others.total, all, "{query}");
    }
}

fn check_hit(hit: &Hit) {
    check_marks(&hit.article.title, &hit.title_marks);
    let snippet = &hit.snippet;
    check_marks(&snippet.text, &snippet.marks);
    let body = one_line(&hit.article.body);
    assert_eq!(one_line(&snippet.text), snippet.text.trim());
    assert!(body.contains(snippet.text.trim()), "{:?} in {body:?}", snippet.text);
    if !snippet.more_before && !snippet.more_after && !snippet.text.is_empty() {
        assert_eq!(snippet.text, body);
    }
}

/// Marks lie in the text, in order and apart.
fn check_marks(text: &str, marks: &[Span]) {
    let mut end = 0;
    for mark in marks {
        assert!(end <= mark.start && mark.start < mark.end, "{mark:?} in {text:?}");
        assert!(text.get(mark.range()).is_some(), "{mark:?} in {text:?}");
        end = mark.end;
    }
}

fn check_line(article: &StoredArticle, line: &KwicLine) {
    check_marks(&line.place, &line.marks);
    assert!(!line.marks.is_empty(), "{line:?}");
    for width in WIDTHS {
        let style = Style { width, ..Style::default() };
        let mut out = Vec::new();
        KwicText::new(&style).write(&mut out, article, line).expect("memory can be written");
        assert_eq!(check_text(&out).lines().count(), 1, "{line:?}");
    }
    let whole = format!("{}{}{}", line.left, line.place, line.right);
    let text = format!("{}\n{}", one_line(&article.title), one_line(&article.body));
    let is_whole = !line.place.contains('…');
    assert!(!is_whole || text.contains(one_line(&whole).trim()), "{line:?}");
}

fn check_written(hit: &Hit) {
    for width in WIDTHS {
        let style = Style { width, ..Style::default() };
        let mut out = Vec::new();
        HitText::new(&style, 1, 1).write(&mut out, hit).expect("memory can be written");
        // An empty line, title, facts, path, and the snippet where lines are not broken.
        let lines = check_text(&out).lines().count();
        assert!(width.is_some() || (4..=5).contains(&lines), "{hit:?}");
        let mut out = Vec::new();
        write_article(&mut out, &style, &hit.article).expect("memory can be written");
        check_text(&out);
    }
    let mut line = Vec::new();
    write_json_line(&mut line, &hit.article).expect("it has a form in JSON");
    assert_eq!(check_text(&line).lines().count(), 1);
    let read: serde_json::Value = serde_json::from_slice(&line).expect("it is JSON");
    assert_eq!(read["body"].as_str(), Some(hit.article.body.as_str()));
}

/// What was written as text, if it controls nothing.
fn check_text(out: &[u8]) -> &str {
    let text = str::from_utf8(out).expect("text was written");
    let is_control = |letter: char| {
        letter.is_control() && !"\n\t".contains(letter)
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    assert!(!text.contains(is_control), "{text:?}");
    text
}

fn check_explained(reader: &IndexReader, query: Query, aliases: &Arc<Aliases>, matches: &Matches) {
    let aliases = Arc::clone(aliases);
    let request = ExplainRequest { query, today: TODAY, aliases, pattern_limit: PATTERN_LIMIT };
    if let Ok(explained) = explain(reader, &request) {
        assert_eq!(explained.articles, matches.total, "{}", request.query);
    }
    for ranked in matches.ranked.iter().take(2) {
        if let Ok(explained) = explain_article(reader, &request, ranked) {
            assert!(explained.score.is_some(), "{} finds what it does not match", request.query);
        }
    }
}

/// A text with white space as single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
