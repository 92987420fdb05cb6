//! The trees of every form of query.

use insta::assert_snapshot;

use crate::query::{Expr, Node, parse};

/// Each query, the plain form it prints in if that differs, and its tree with
/// spans. What prints must parse to an equal tree.
pub(super) fn trees(queries: &[&str]) -> String {
    let mut out = String::new();
    for text in queries {
        let query = parse(text).unwrap_or_else(|error| panic!("{}", error.render(text)));
        let printed = query.to_string();
        assert_eq!(parse(&printed).as_ref(), Ok(&query), "{text} prints as {printed}");
        out.push_str(text);
        if printed != *text {
            out.push_str("  =>  ");
            out.push_str(&printed);
        }
        out.push('\n');
        write_tree(&query.root, 1, &mut out);
    }
    out
}

fn write_tree(expr: &Expr, depth: usize, out: &mut String) {
    let (name, parts) = match &expr.node {
        Node::And(parts) => ("And".to_owned(), parts.as_slice()),
        Node::Or(parts) => ("Or".to_owned(), parts.as_slice()),
        Node::Not(part) => ("Not".to_owned(), std::slice::from_ref(&**part)),
        leaf => (format!("{leaf:?}"), [].as_slice()),
    };
    let (start, end) = (expr.span.start, expr.span.end);
    out.push_str(&format!("{}{start}..{end} {name}\n", "  ".repeat(depth)));
    for part in parts {
        write_tree(part, depth + 1, out);
    }
}

#[test]
fn nothing_asked_is_every_article() {
    assert_snapshot!(trees(&["", " \t\u{a0}\n", "*", "-*", "* iran"]), @r#"
      =>  *
      0..0 All
     	 
      =>  *
      0..5 All
    *
      0..1 All
    -*
      0..2 Not
        1..2 All
    * iran
      0..6 And
        0..1 All
        2..6 Text { scope: Anywhere, text: Word("iran") }
    "#);
}

#[test]
fn words_and_phrases() {
    assert_snapshot!(trees(&[
        "iran",
        "iran drones",
        "US U.S. AT&T",
        "anti-war",
        "10:30",
        "don’t 4.2 港",
        "\"take the win\"",
        "“take the win”",
        "„take the win“ «take the win»",
        r#""he said \"no\" and \\ so\? pourquoi ?""#,
        r"C\* what\? a\b",
    ]), @r#"
    iran
      0..4 Text { scope: Anywhere, text: Word("iran") }
    iran drones
      0..11 And
        0..4 Text { scope: Anywhere, text: Word("iran") }
        5..11 Text { scope: Anywhere, text: Word("drones") }
    US U.S. AT&T
      0..12 And
        0..2 Text { scope: Anywhere, text: Word("US") }
        3..7 Text { scope: Anywhere, text: Word("U.S.") }
        8..12 Text { scope: Anywhere, text: Word("AT&T") }
    anti-war
      0..8 Text { scope: Anywhere, text: Word("anti-war") }
    10:30
      0..5 Text { scope: Anywhere, text: Word("10:30") }
    don’t 4.2 港
      0..15 And
        0..7 Text { scope: Anywhere, text: Word("don’t") }
        8..11 Text { scope: Anywhere, text: Word("4.2") }
        12..15 Text { scope: Anywhere, text: Word("港") }
    "take the win"
      0..14 Text { scope: Anywhere, text: Phrase("take the win") }
    “take the win”  =>  "take the win"
      0..18 Text { scope: Anywhere, text: Phrase("take the win") }
    „take the win“ «take the win»  =>  "take the win" "take the win"
      0..35 And
        0..18 Text { scope: Anywhere, text: Phrase("take the win") }
        19..35 Text { scope: Anywhere, text: Phrase("take the win") }
    "he said \"no\" and \\ so\? pourquoi ?"  =>  "he said \"no\" and \\ so\? pourquoi \?"
      0..39 Text { scope: Anywhere, text: Phrase("he said \"no\" and \\ so? pourquoi ?") }
    C\* what\? a\b  =>  C\* what\? a\\b
      0..14 And
        0..3 Text { scope: Anywhere, text: Word("C*") }
        4..10 Text { scope: Anywhere, text: Word("what?") }
        11..14 Text { scope: Anywhere, text: Word("a\\b") }
    "#);
}

#[test]
fn places_in_texts_print_and_parse() {
    for (query, printed) in [
        ("strike NEAR/5 port", "strike near/5 port"),
        ("a w/10 b pre/2 c", "a near/10 b pre/2 c"),
        ("a near/5 (b pre/2 c)", "a near/5 (b pre/2 c)"),
        ("a NOT  w/s b", "a NOT w/s b"),
        ("NOT a near/5 b", "-(a near/5 b)"),
        ("x a w/P b OR c", "x a w/p b OR c"),
        ("PERSON near/5 bribe", "PERSON near/5 bribe"),
        ("person:\"Joe Biden\" near/10 org:NATO", "person:\"Joe Biden\" near/10 org:NATO"),
        ("lead:(PERSON w/s fined)", "lead:PERSON w/s lead:fined"),
        ("(a OR \"b c\") near/3 d*", "(a OR \"b c\") near/3 d*"),
        ("\"strike port\"~5", "\"strike port\"~5"),
        ("title:\"strike port\"~5", "title:\"strike port\"~5"),
        ("netanyahu~ bidn~2", "netanyahu~1 bidn~2"),
        ("/gr[ae]y(s)?/ x", "/gr[ae]y(s)?/ x"),
        ("atleast3(strike OR walkout)", "atleast3(strike OR walkout)"),
        ("first/50(strike near/5 port)", "first/50(strike near/5 port)"),
    ] {
        let found = parse(query).unwrap_or_else(|error| panic!("{}", error.render(query)));
        assert_eq!(found.to_string(), printed);
        assert_eq!(parse(printed).as_ref(), Ok(&found));
    }
}

#[test]
fn capitals_make_operators() {
    assert_snapshot!(trees(&[
        "a AND b",
        "a OR b OR c",
        "a or b and not c",
        "NOT a",
        "-a",
        "a -b NOT c",
    ]), @r#"
    a AND b  =>  a b
      0..7 And
        0..1 Text { scope: Anywhere, text: Word("a") }
        6..7 Text { scope: Anywhere, text: Word("b") }
    a OR b OR c
      0..11 Or
        0..1 Text { scope: Anywhere, text: Word("a") }
        5..6 Text { scope: Anywhere, text: Word("b") }
        10..11 Text { scope: Anywhere, text: Word("c") }
    a or b and not c
      0..16 And
        0..1 Text { scope: Anywhere, text: Word("a") }
        2..4 Text { scope: Anywhere, text: Word("or") }
        5..6 Text { scope: Anywhere, text: Word("b") }
        7..10 Text { scope: Anywhere, text: Word("and") }
        11..14 Text { scope: Anywhere, text: Word("not") }
        15..16 Text { scope: Anywhere, text: Word("c") }
    NOT a  =>  -a
      0..5 Not
        4..5 Text { scope: Anywhere, text: Word("a") }
    -a
      0..2 Not
        1..2 Text { scope: Anywhere, text: Word("a") }
    a -b NOT c  =>  a -b -c
      0..10 And
        0..1 Text { scope: Anywhere, text: Word("a") }
        2..4 Not
          3..4 Text { scope: Anywhere, text: Word("b") }
        5..10 Not
          9..10 Text { scope: Anywhere, text: Word("c") }
    "#);
}

#[test]
fn not_binds_tighter_than_and_and_and_than_or() {
    assert_snapshot!(trees(&[
        "a b OR c AND d",
        "NOT a b OR NOT c",
        "a (b OR c) d",
        "-(a b) -(c OR d)",
    ]), @r#"
    a b OR c AND d  =>  a b OR c d
      0..14 Or
        0..3 And
          0..1 Text { scope: Anywhere, text: Word("a") }
          2..3 Text { scope: Anywhere, text: Word("b") }
        7..14 And
          7..8 Text { scope: Anywhere, text: Word("c") }
          13..14 Text { scope: Anywhere, text: Word("d") }
    NOT a b OR NOT c  =>  -a b OR -c
      0..16 Or
        0..7 And
          0..5 Not
            4..5 Text { scope: Anywhere, text: Word("a") }
          6..7 Text { scope: Anywhere, text: Word("b") }
        11..16 Not
          15..16 Text { scope: Anywhere, text: Word("c") }
    a (b OR c) d
      0..12 And
        0..1 Text { scope: Anywhere, text: Word("a") }
        2..10 Or
          3..4 Text { scope: Anywhere, text: Word("b") }
          8..9 Text { scope: Anywhere, text: Word("c") }
        11..12 Text { scope: Anywhere, text: Word("d") }
    -(a b) -(c OR d)
      0..16 And
        0..6 Not
          1..6 And
            2..3 Text { scope: Anywhere, text: Word("a") }
            4..5 Text { scope: Anywhere, text: Word("b") }
        7..16 Not
          8..16 Or
            9..10 Text { scope: Anywhere, text: Word("c") }
            14..15 Text { scope: Anywhere, text: Word("d") }
    "#);
}

#[test]
fn groups_and_refusals_that_change_nothing_go() {
    assert_snapshot!(trees(&[
        "((a))",
        "a (b c)",
        "a OR (b OR c)",
        "(a AND b) AND (c AND d)",
        "NOT NOT a",
        "NOT NOT NOT a",
        "-(-a)",
        "NOT -(NOT a)",
        "-(-(a b)) c",
    ]), @r#"
    ((a))  =>  a
      0..5 Text { scope: Anywhere, text: Word("a") }
    a (b c)  =>  a b c
      0..7 And
        0..1 Text { scope: Anywhere, text: Word("a") }
        3..4 Text { scope: Anywhere, text: Word("b") }
        5..6 Text { scope: Anywhere, text: Word("c") }
    a OR (b OR c)  =>  a OR b OR c
      0..13 Or
        0..1 Text { scope: Anywhere, text: Word("a") }
        6..7 Text { scope: Anywhere, text: Word("b") }
        11..12 Text { scope: Anywhere, text: Word("c") }
    (a AND b) AND (c AND d)  =>  a b c d
      0..23 And
        1..2 Text { scope: Anywhere, text: Word("a") }
        7..8 Text { scope: Anywhere, text: Word("b") }
        15..16 Text { scope: Anywhere, text: Word("c") }
        21..22 Text { scope: Anywhere, text: Word("d") }
    NOT NOT a  =>  a
      8..9 Text { scope: Anywhere, text: Word("a") }
    NOT NOT NOT a  =>  -a
      0..13 Not
        12..13 Text { scope: Anywhere, text: Word("a") }
    -(-a)  =>  a
      0..5 Text { scope: Anywhere, text: Word("a") }
    NOT -(NOT a)  =>  -a
      5..12 Not
        10..11 Text { scope: Anywhere, text: Word("a") }
    -(-(a b)) c  =>  a b c
      0..11 And
        4..5 Text { scope: Anywhere, text: Word("a") }
        6..7 Text { scope: Anywhere, text: Word("b") }
        10..11 Text { scope: Anywhere, text: Word("c") }
    "#);
}

#[test]
fn wildcards() {
    assert_snapshot!(trees(&["govern*", "wom?n", "*ism", "title:govern*", "person:bid*", "a* -b?c"]), @r#"
    govern*
      0..7 Text { scope: Anywhere, text: Pattern(Pattern("govern*")) }
    wom?n
      0..5 Text { scope: Anywhere, text: Pattern(Pattern("wom?n")) }
    *ism
      0..4 Text { scope: Anywhere, text: Pattern(Pattern("*ism")) }
    title:govern*
      0..13 Text { scope: Title, text: Pattern(Pattern("govern*")) }
    person:bid*
      0..11 Name { field: Person, name: Pattern(Pattern("bid*")) }
    a* -b?c
      0..7 And
        0..2 Text { scope: Anywhere, text: Pattern(Pattern("a*")) }
        3..7 Not
          4..7 Text { scope: Anywhere, text: Pattern(Pattern("b?c")) }
    "#);
}

#[test]
fn a_star_alone_asks_that_the_field_is_there() {
    assert_snapshot!(trees(&["person:*", "title:*", "url:*", "date:*", "lang:*", "path:*"]), @r#"
    person:*  =>  has:person
      0..8 Has(Name(Person))
    title:*  =>  has:title
      0..7 Has(Title)
    url:*  =>  has:url
      0..5 Has(Url)
    date:*  =>  has:date
      0..6 Has(Date)
    lang:*  =>  has:lang
      0..6 Has(Name(Language))
    path:*
      0..6 Path("*")
    "#);
}

#[test]
fn fields_of_text() {
    assert_snapshot!(trees(&[
        "title:iran",
        "lead:\"take the win\"",
        "body:10:30 TITLE:x",
        "title:(a OR b)",
        "title:(a -b \"c d\")",
        "title:a b",
    ]), @r#"
    title:iran
      0..10 Text { scope: Title, text: Word("iran") }
    lead:"take the win"
      0..19 Text { scope: Lead, text: Phrase("take the win") }
    body:10:30 TITLE:x  =>  body:10:30 title:x
      0..18 And
        0..10 Text { scope: Body, text: Word("10:30") }
        11..18 Text { scope: Title, text: Word("x") }
    title:(a OR b)  =>  title:a OR title:b
      0..14 Or
        7..8 Text { scope: Title, text: Word("a") }
        12..13 Text { scope: Title, text: Word("b") }
    title:(a -b "c d")  =>  title:a -title:b title:"c d"
      0..18 And
        7..8 Text { scope: Title, text: Word("a") }
        9..11 Not
          10..11 Text { scope: Title, text: Word("b") }
        12..17 Text { scope: Title, text: Phrase("c d") }
    title:a b
      0..9 And
        0..7 Text { scope: Title, text: Word("a") }
        8..9 Text { scope: Anywhere, text: Word("b") }
    "#);
}

#[test]
fn fields_of_names() {
    assert_snapshot!(trees(&[
        "person:biden",
        "person:\"Joe Biden\"",
        "person:“ Joe Biden ”",
        "person:(biden OR \"Kamala Harris\")",
        "org:NATO place:Paris outlet:BBC by:smith section:world tag:c++x lang:en",
        "tag:\"🔥\" tag:OR",
        r#"person:"Dwayne \"The Rock\" Johnson""#,
        "-person:(a b)",
    ]), @r#"
    person:biden
      0..12 Name { field: Person, name: Word("biden") }
    person:"Joe Biden"
      0..18 Name { field: Person, name: Whole("Joe Biden") }
    person:“ Joe Biden ”  =>  person:"Joe Biden"
      0..24 Name { field: Person, name: Whole("Joe Biden") }
    person:(biden OR "Kamala Harris")  =>  person:biden OR person:"Kamala Harris"
      0..33 Or
        8..13 Name { field: Person, name: Word("biden") }
        17..32 Name { field: Person, name: Whole("Kamala Harris") }
    org:NATO place:Paris outlet:BBC by:smith section:world tag:c++x lang:en
      0..71 And
        0..8 Name { field: Organization, name: Word("NATO") }
        9..20 Name { field: Place, name: Word("Paris") }
        21..31 Name { field: Outlet, name: Word("BBC") }
        32..40 Name { field: Author, name: Word("smith") }
        41..54 Name { field: Section, name: Word("world") }
        55..63 Name { field: Tag, name: Word("c++x") }
        64..71 Name { field: Language, name: Word("en") }
    tag:"🔥" tag:OR
      0..17 And
        0..10 Name { field: Tag, name: Whole("🔥") }
        11..17 Name { field: Tag, name: Word("OR") }
    person:"Dwayne \"The Rock\" Johnson"
      0..36 Name { field: Person, name: Whole("Dwayne \"The Rock\" Johnson") }
    -person:(a b)  =>  -(person:a person:b)
      0..13 Not
        1..13 And
          9..10 Name { field: Person, name: Word("a") }
          11..12 Name { field: Person, name: Word("b") }
    "#);
}

#[test]
fn paths_addresses_and_identifiers() {
    assert_snapshot!(trees(&[
        "path:2024/04",
        "path:\"my news/*.html\"",
        r"path:news\2024\*.txt",
        "(path:a_(b)/c?.txt)",
        "path:(a/b OR c)",
        "url:bbc.com/news",
        "url:https://example.org/a?b=c",
        "url://a path://b",
        "url:\"example.org/a (b)\"",
        "id:00ff id:ABC",
    ]), @r#"
    path:2024/04
      0..12 Path("2024/04")
    path:"my news/*.html"
      0..21 Path("my news/*.html")
    path:news\2024\*.txt
      0..20 Path("news\\2024\\*.txt")
    (path:a_(b)/c?.txt)  =>  path:"a_(b)/c?.txt"
      0..19 Path("a_(b)/c?.txt")
    path:(a/b OR c)  =>  path:a/b OR path:c
      0..15 Or
        6..9 Path("a/b")
        13..14 Path("c")
    url:bbc.com/news
      0..16 Url("bbc.com/news")
    url:https://example.org/a?b=c
      0..29 Url("https://example.org/a?b=c")
    url://a path://b
      0..16 And
        0..7 Url("//a")
        8..16 Path("//b")
    url:"example.org/a (b)"
      0..23 Url("example.org/a (b)")
    id:00ff id:ABC  =>  id:00ff id:abc
      0..14 And
        0..7 Id("00ff")
        8..14 Id("abc")
    "#);
}
