//! What holds for every query and every text.

use jiff::civil::{Date, ISOWeekDate, Weekday, date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::query::{
    Comparison, DateExpr, DatePoint, Expr, NameField, NameMatch, Nearness, Node, Pattern, Property,
    Query, Relation, Scope, TextMatch, parse,
};
use crate::text::Span;

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        // Marks that must be escaped, apostrophes, hyphens, accents.
        r"[a-zé港][a-zA-Z0-9'.,&#é港*?\\-]{0,8}",
        "[0-9]{1,2}:[0-9]{2}",
        "[A-Z]{2}[.][A-Z]",
        "#[a-z]{1,4}",
    ]
}

fn patterns() -> impl Strategy<Value = Pattern> {
    "[*?]{0,2}[a-z]{1,3}[*?]{1,2}[a-z]{0,2}".prop_map(Pattern)
}

fn phrases() -> impl Strategy<Value = String> {
    r#"[a-z][a-zA-Z ?*"\\“”()é~-]{0,12}"#
}

fn texts() -> impl Strategy<Value = TextMatch> {
    prop_oneof![
        words().prop_map(TextMatch::Word),
        phrases().prop_map(TextMatch::Phrase),
        patterns().prop_map(TextMatch::Pattern),
        (phrases(), 1_u32..99).prop_map(|(words, distance)| TextMatch::Loose(words, distance)),
        ("[a-zé]{1,9}", 1_u8..=2).prop_map(|(word, edits)| TextMatch::Fuzzy(word, edits)),
        "[a-z.]{1,4}(\\(a\\|b\\)[?*])?".prop_map(TextMatch::Regex),
    ]
}

/// What has places in the text.
fn placed() -> impl Strategy<Value = Expr> {
    let scopes = vec![Scope::Anywhere, Scope::Title, Scope::Lead, Scope::Body];
    let fields = vec![NameField::Person, NameField::Organization, NameField::Place];
    let leaf = prop_oneof![
        (select(scopes.clone()), texts()).prop_map(|(scope, text)| Node::Text { scope, text }),
        (select(scopes), select(fields.clone()))
            .prop_map(|(scope, field)| Node::Mention { scope, field }),
        (select(fields), names()).prop_map(|(field, name)| Node::Name { field, name }),
    ];
    let expr = |node| Expr { node, span: Span::default() };
    leaf.prop_map(expr).prop_recursive(4, 12, 2, move |inner| {
        let nearness = prop_oneof![
            (1_u32..99).prop_map(Nearness::Near),
            (1_u32..99).prop_map(Nearness::Pre),
            Just(Nearness::Sentence),
            Just(Nearness::Paragraph),
        ];
        let near = (inner.clone(), inner.clone(), nearness, any::<bool>());
        prop_oneof![
            near.prop_map(move |(left, right, nearness, refused)| expr(Node::Near {
                left: Box::new(left),
                right: Box::new(right),
                relation: Relation { nearness, refused },
            })),
            vec(inner.clone(), 2..4).prop_map(Expr::any_of),
            (1_u32..99, inner)
                .prop_map(move |(words, part)| expr(Node::First(words, Box::new(part)))),
        ]
    })
}

fn names() -> impl Strategy<Value = NameMatch> {
    let whole = r#"[^\s\\]|[^\s](?s:.){0,12}[^\s]"#;
    prop_oneof![
        words().prop_map(NameMatch::Word),
        Just(NameMatch::Word("OR".to_owned())),
        Just(NameMatch::Word("https://x.org:8".to_owned())),
        whole.prop_filter("trimmed", |name| name.trim() == name).prop_map(NameMatch::Whole),
        patterns().prop_map(NameMatch::Pattern),
    ]
}

fn days() -> impl Strategy<Value = Date> {
    (0i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn named_points() -> impl Strategy<Value = DatePoint> {
    select(vec![
        DatePoint::Today,
        DatePoint::Yesterday,
        DatePoint::ThisWeek,
        DatePoint::LastWeek,
        DatePoint::ThisMonth,
        DatePoint::LastMonth,
        DatePoint::ThisYear,
        DatePoint::LastYear,
    ])
}

fn points() -> impl Strategy<Value = DatePoint> {
    prop_oneof![
        (0i16..=9999).prop_map(DatePoint::Year),
        (0i16..=9999, 1i8..=12).prop_map(|(year, month)| DatePoint::Month(year, month)),
        (0i16..=9999, 1i8..=4).prop_map(|(year, quarter)| DatePoint::Quarter(year, quarter)),
        days().prop_filter_map("no week of such a year has a name", |day| {
            let week = day.iso_week_date();
            let monday = ISOWeekDate::new(week.year(), week.week(), Weekday::Monday).ok()?;
            (0..=9999).contains(&week.year()).then(|| DatePoint::Week(monday.date()))
        }),
        days().prop_map(DatePoint::Day),
        named_points(),
    ]
}

fn counts() -> impl Strategy<Value = DatePoint> {
    let kinds =
        [DatePoint::LastDays, DatePoint::LastWeeks, DatePoint::LastMonths, DatePoint::LastYears];
    (1u32.., select(kinds.to_vec()))
        .prop_map(|(count, kind): (u32, fn(u32) -> DatePoint)| kind(count))
}

fn dates() -> impl Strategy<Value = DateExpr> {
    prop_oneof![
        prop_oneof![points(), counts()].prop_map(DateExpr::At),
        (option::of(prop_oneof![points(), counts()]), option::of(points()))
            .prop_map(|(first, last)| DateExpr::Range(first, last)),
    ]
    .prop_filter("ranges that the language allows", |dates| match dates {
        DateExpr::At(_) => true,
        DateExpr::Range(None, None) => false,
        // Reversed ones are refused; the reader's own rule is tested apart.
        range => parse(&format!("date:{range}")).is_ok(),
    })
}

fn leaves() -> impl Strategy<Value = Node> {
    let scopes = vec![Scope::Anywhere, Scope::Title, Scope::Lead, Scope::Body];
    let comparisons = vec![
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Equal,
        Comparison::AtLeast,
        Comparison::More,
    ];
    prop_oneof![
        1 => Just(Node::All),
        6 => (select(scopes), texts()).prop_map(|(scope, text)| Node::Text { scope, text }),
        6 => (select(NameField::ALL.to_vec()), names())
            .prop_map(|(field, name)| Node::Name { field, name }),
        2 => names().prop_map(Node::About),
        2 => r#"(?s:.){0,8}[^\s](?s:.){0,8}"#.prop_map(Node::Path),
        2 => r#"[a-z"() ?\\/:.]{0,8}[a-z]"#.prop_map(Node::Url),
        1 => "[0-9a-f]{1,12}".prop_map(Node::Id),
        4 => dates().prop_map(Node::Date),
        2 => (select(comparisons), any::<u64>())
            .prop_map(|(comparison, words)| Node::Length(comparison, words)),
        1 => select(Property::ALL.to_vec()).prop_map(Node::Has),
    ]
}

/// Trees in the one form that the parser makes.
fn trees() -> impl Strategy<Value = Expr> {
    let leaf = leaves().prop_map(|node| Expr::new(node, Span::default()));
    let counted = (1_u32..9, placed())
        .prop_map(|(times, part)| Expr::new(Node::AtLeast(times, Box::new(part)), Span::default()));
    let leaf = prop_oneof![4 => leaf, 1 => placed(), 1 => counted];
    leaf.prop_recursive(6, 40, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..5).prop_map(Expr::all_of),
            vec(inner.clone(), 2..5).prop_map(Expr::any_of),
            inner.prop_map(|part| Expr::negated(part, Span::default())),
        ]
    })
}

/// Texts made of what means something to the parser.
fn near_queries() -> impl Strategy<Value = String> {
    let pieces = vec![
        "iran",
        "AT&T",
        " ",
        " ",
        " OR ",
        " AND ",
        "NOT ",
        "-",
        "(",
        ")",
        "\"",
        "“",
        "”",
        "«",
        "\\",
        "*",
        "?",
        "person:",
        "title:",
        "date:",
        "date>=",
        "words<",
        "words:",
        "has:",
        "path:",
        "url:",
        "id:",
        "2024",
        "2024-02-30",
        "03/04/2024",
        "..",
        "7d",
        "today",
        "500",
        "near/5",
        "w/s",
        "~5",
        "/x/",
        "atleast3(",
        "about:",
        "peron:",
        "https://",
        "é",
        "港",
        "\u{0}",
        "\n",
        "\u{301}",
        "date",
    ];
    vec(select(pieces), 0..14).prop_map(|pieces| pieces.concat())
}

fn check_text(text: &str) -> Result<(), TestCaseError> {
    match parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            let again = parse(&printed);
            prop_assert_eq!(again.as_ref(), Ok(&query), "{} prints as {}", text, printed);
            prop_assert!(query.root.span.of(text).len() <= text.len());
        }
        Err(error) => {
            let span = error.span;
            prop_assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?}");
            let rendered = error.render(text);
            prop_assert!(rendered.chars().all(|letter| letter == '\n' || !letter.is_control()));
            prop_assert!(rendered.contains('^'));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_tree_prints_as_a_query_that_parses_to_it(root in trees()) {
        let query = Query { root };
        let printed = query.to_string();
        match parse(&printed) {
            Ok(again) => prop_assert_eq!(again, query, "{}", printed),
            Err(error) => prop_assert!(false, "{}", error.render(&printed)),
        }
    }

    #[test]
    fn any_text_parses_or_fails_at_a_place_in_it(text in "(?s:.){0,40}") {
        check_text(&text)?;
    }

    #[test]
    fn any_near_query_parses_or_fails_at_a_place_in_it(text in near_queries()) {
        check_text(&text)?;
    }

    #[test]
    fn dates_resolve_on_any_day(dates in dates(), today in days()) {
        let span = dates.resolve(today);
        if let DateExpr::At(_) = dates {
            prop_assert!(!span.is_empty());
        }
    }
}
