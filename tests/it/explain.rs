//! `explain`: what a query means in an index, and why an article matches it.

use serde::Deserialize;

use crate::harness::Archive;
use crate::newsroom;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Explained {
    version: u32,
    revision: String,
    query: String,
    today: String,
    root: Part,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    query: String,
    articles: u64,
    became: Vec<Became>,
    parts: Vec<Part>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Became {
    kind: String,
    values: Option<Vec<Counted>>,
    first_day: Option<String>,
    last_day: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counted {
    value: String,
    articles: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExplainedArticle {
    version: u32,
    revision: String,
    query: String,
    today: String,
    article: Article,
    score: Option<f32>,
    root: PartInArticle,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    id: String,
    published: Option<String>,
    outlet: Option<String>,
    title: String,
    authors: Vec<String>,
    section: Option<String>,
    lang: Option<String>,
    words: u64,
    path: String,
    url: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartInArticle {
    query: String,
    matches: bool,
    places: Vec<Place>,
    scores: Vec<FieldScore>,
    parts: Vec<PartInArticle>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    part: String,
    word: usize,
    left: String,
    #[serde(rename = "match")]
    place: String,
    right: String,
    marks: Vec<(usize, usize)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldScore {
    part: String,
    occurrences: u32,
    length: u32,
    mean_length: f32,
    idf: f32,
    weight: f32,
    score: f32,
}

/// What is printed, with each dash of a table one of its own.
fn told(archive: &Archive, arguments: &[&str]) -> String {
    archive.done(&[&["explain"], arguments].concat()).stdout
}

#[test]
fn a_query_is_a_tree_of_its_parts() {
    let archive = newsroom::indexed();
    insta::assert_snapshot!(told(&archive, &["strike (port OR fo* OR WHO) -person:biden"]), @"
    part                                       articles  became (with how many of these articles)
    strike (port OR fo* OR WHO) -person:biden         1
    ├ strike                                          2  strike 2, strikes 1
    ├ port OR fo* OR WHO                              4
    │ ├ port                                          3  port 3
    │ ├ fo*                                           1  fog 1
    │ └ WHO                                           1  WHO 1
    └ -person:biden                                   4
      └ person:biden                                  1  Joe Biden 1
    ");
    insta::assert_snapshot!(told(&archive, &["atleast2(strike OR fog) strike near/5 \"port\""]), @r#"
    part                                          articles  became (with how many of these articles)
    atleast2(strike OR fog) strike near/5 "port"         2
    ├ atleast2(strike OR fog)                            3
    │ └ strike OR fog                                    3
    │   ├ strike                                         2  strike 2, strikes 1
    │   └ fog                                            1  fog 1
    └ strike near/5 "port"                               2
      ├ strike                                           2  strike 2, strikes 1
      └ "port"                                           3
    "#);
    insta::assert_snapshot!(
        told(&archive, &["date:2024-04 outlet:northern person:\"ann lee\" \"the US\" has:date"]), @r#"
        part                                          articles  became (with how many of these articles)
        date:2024-04 outlet:northern person:"ann le…         1
        ├ date:2024-04                                       3  2024-04-01 to 2024-04-30
        ├ outlet:northern                                    1  Northern Wire 1
        ├ person:"ann lee"                                   2  Ann Lee 2
        ├ "the US"                                           1  the 1, US 1
        └ has:date                                           4
        "#
    );
}

#[test]
fn the_empty_query_is_every_article() {
    let archive = newsroom::indexed();
    for query in ["", "*", " "] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(told(&archive, &[query]), @"
            part  articles  became (with how many of these articles)
            *            5
            ");
        }
    }
}

#[test]
fn a_query_that_finds_nothing_is_explained_too() {
    let archive = newsroom::indexed();
    let output = archive.run(&["explain", "strike zebra"]).with_code(1);
    insta::assert_snapshot!(output.stdout, @"
    part          articles  became (with how many of these articles)
    strike zebra         0
    ├ strike             2  strike 2, strikes 1
    └ zebra              0
    ");
    assert_eq!(output.stderr, "");
}

#[test]
fn the_json_has_the_whole_tree() {
    let archive = newsroom::indexed();
    let explained: Explained =
        archive.done(&["explain", "Strike port date:..2024-04-14 tag:port", "--json"]).json();
    assert_eq!((explained.version, explained.today.as_str()), (1, "2024-04-20"));
    assert_eq!(explained.revision.len(), 16);
    assert_eq!(explained.query, "Strike port date:..2024-04-14 tag:port");
    let Part { query, articles, became, parts } = &explained.root;
    assert_eq!((query, *articles, became.len()), (&explained.query, 1, 0));
    let [strike, port, date, tag] = &parts[..] else { panic!("{parts:?}") };
    assert_eq!((strike.query.as_str(), strike.articles), ("Strike", 2));
    let [Became { kind, values: Some(words), first_day: None, last_day: None }] =
        &strike.became[..]
    else {
        panic!("{strike:?}")
    };
    assert_eq!(kind, "inflected");
    let words: Vec<_> = words.iter().map(|word| (word.value.as_str(), word.articles)).collect();
    assert_eq!(words, [("strike", 2), ("strikes", 1)]);
    assert_eq!((port.articles, port.parts.len()), (3, 0));
    assert_eq!(date.became[0].kind, "days");
    assert_eq!(date.became[0].first_day, None);
    assert_eq!(date.became[0].last_day.as_deref(), Some("2024-04-14"));
    assert_eq!(tag.became[0].kind, "names");
    assert_eq!(tag.became[0].values.as_ref().unwrap()[0].value, "port");
}

#[test]
fn rows_are_cells_for_scripts() {
    let archive = newsroom::indexed();
    let arguments = ["explain", "strike date:2024-04 fog", "--format"];
    let output = archive.run(&[&arguments[..], &["csv"]].concat()).with_code(1);
    insta::assert_snapshot!(output.stdout, @"
    part,query,articles,kind,value,value_articles
    1,strike date:2024-04 fog,0,,,
    1.1,strike,2,inflected,strike,2
    1.1,strike,2,inflected,strikes,1
    1.2,date:2024-04,3,days,2024-04-01..2024-04-30,
    1.3,fog,1,inflected,fog,1
    ");
    let rows: Vec<serde_json::Value> =
        archive.run(&[&arguments[..], &["jsonl"]].concat()).json_lines();
    assert_eq!(rows.len() + 1, output.lines().len());
    let is_whole = |row: &serde_json::Value| row["version"] == 1 && row["part"].is_string();
    assert!(rows.iter().all(is_whole), "{rows:?}");
}

#[test]
fn an_article_is_named_by_path_or_identifier() {
    let archive = newsroom::indexed();
    let by_path = told(&archive, &["strike port -fog", "wire.jsonl#1"]);
    insta::assert_snapshot!(by_path, @"
    Dockers strike at the port
    2024-04-14 · Northern Wire · 7c50ca996ffa
    wire.jsonl#1
    matches, score 3.13

    strike port -fog  yes
    ├ strike          yes  2 places, score 2.20
    ├ port            yes  1 place, score 0.93
    └ -fog            yes
      └ fog           no

    strike
      title     1  Dockers strike at the port
      body     12  US and the WHO watch the strike.

    port
      title     4  Dockers strike at the port

      score  part    in     times  length    mean  idf · weight
       1.52  strike  title      1       8       6  0.88 · 2
       0.68  strike  body       1      21      12  0.88 · 1
       0.93  port    title      1       8       6  0.54 · 2
    ");
    for same in ["7c50ca996ffa", "7c50ca"] {
        assert_eq!(told(&archive, &["strike port -fog", same]), by_path, "{same}");
        assert_eq!(told(&archive, &["strike port -fog", ".", same]), by_path, "{same}");
    }
}

#[test]
fn an_article_that_does_not_match_is_explained_too() {
    let archive = newsroom::indexed();
    let output = archive.run(&["explain", "fog strike", "2024/storm.txt"]).with_code(1);
    insta::assert_snapshot!(output.stdout, @"
    Storm over the town
    2024-03-02 · dc08987761e4
    2024/storm.txt
    does not match

    fog strike  no
    ├ fog       no
    └ strike    no
    ");
    assert_eq!(output.stderr, "");
}

#[test]
fn the_json_of_an_article_has_every_place_and_score() {
    let archive = newsroom::indexed();
    let query = "strike OR person:\"Ann Lee\" OR storm";
    let found: ExplainedArticle =
        archive.done(&["explain", query, "wire.jsonl#1", "--json"]).json();
    assert_eq!((found.version, found.query.as_str()), (1, query));
    assert_eq!(found.revision.len(), 16);
    assert_eq!(found.today, "2024-04-20");
    let Article { id, published, outlet, title, authors, section, lang, words, path, url } =
        &found.article;
    assert_eq!((id.as_str(), title.as_str()), ("7c50ca996ffa", "Dockers strike at the port"));
    assert_eq!(
        (published.as_deref(), outlet.as_deref()),
        (Some("2024-04-14"), Some("Northern Wire"))
    );
    assert_eq!(
        (authors.len(), section.as_deref(), lang.as_deref()),
        (1, Some("Business"), Some("en"))
    );
    assert_eq!((*words, path.as_str(), url.is_some()), (18, "wire.jsonl", true));
    let [strike, person, storm] = &found.root.parts[..] else { panic!("{found:?}") };
    assert!(found.root.matches && strike.matches && person.matches && !storm.matches);
    assert_eq!((strike.query.as_str(), strike.parts.len()), ("strike", 0));
    let places: Vec<_> = strike
        .places
        .iter()
        .map(|place| (place.part.as_str(), place.word, &*place.place))
        .collect();
    assert_eq!(places, [("title", 1, "strike"), ("body", 12, "strike")]);
    let body = &strike.places[1];
    assert_eq!((body.left.as_str(), body.right.as_str()), ("US and the WHO watch the", "."));
    assert_eq!(body.marks, [(0, 6)]);
    // Named by the metadata, mentioned nowhere.
    assert_eq!((person.places.len(), person.scores.len(), storm.scores.len()), (0, 0, 0));
    let [title, body] = &strike.scores[..] else { panic!("{strike:?}") };
    assert_eq!((title.part.as_str(), body.part.as_str()), ("title", "body"));
    assert_eq!((title.occurrences, body.occurrences), (1, 1));
    for score in &strike.scores {
        let FieldScore { occurrences, length, mean_length, idf, weight, score, .. } = score;
        let times = *occurrences as f32;
        let norm = 1.2 * (0.25 + 0.75 * *length as f32 / mean_length);
        let expected = weight * idf * 2.2 * times / (times + norm);
        assert!((score - expected).abs() < 1e-4, "{score} is not {expected}");
    }
    let hits: Vec<crate::wire::Hit> =
        archive.done(&["search", query, "--format", "jsonl", "--sort", "score"]).json_lines();
    let hit = hits.iter().find(|hit| hit.id == *id).unwrap();
    assert_eq!(found.score, hit.score);
    assert!((title.score + body.score - hit.score.unwrap()).abs() < 1e-4);
}

#[test]
fn what_cannot_be_explained_says_why() {
    let archive = newsroom::indexed();
    let refused = |arguments: &[&str]| {
        let output = archive.run(&[&["explain"], arguments].concat()).with_code(2);
        assert_eq!(output.stdout, "", "{arguments:?}");
        output.stderr
    };
    insta::assert_snapshot!(refused(&["strike", "port"]), @"
    error: there is no article `port`
    hint: to search for several words, quote them: newsdex search 'strike port'
    ");
    insta::assert_snapshot!(refused(&["strike near/5 outlet:x"]), @"
    error: `outlet:x` says where nothing stands in a text
      strike near/5 outlet:x
                    ^^^^^^^^
    hint: put a space between them: both must then hold for the article
    hint: `newsdex help query` explains the query language
    ");
    insta::assert_snapshot!(refused(&["strike", "2024/none.txt"]), @"
    error: there is no article `2024/none.txt`
    ");
    insta::assert_snapshot!(refused(&["strike", "wire.jsonl"]), @"
    error: `wire.jsonl` holds 3 articles
    hint: name one with `#` and its part, as hits show it, or by its identifier
    ");
    insta::assert_snapshot!(refused(&["strike", "wire.jsonl#1", "--format", "csv"]), @"
    error: `--format csv` does not go with an article; use `--format json`
    ");
    insta::assert_snapshot!(refused(&["port (*o* OR fog)", "--pattern-limit", "3"]), @"
    error: `*o*` takes in 17 different words; the limit is 3
    hint: give more letters
    hint: or raise the limit with `--pattern-limit 17`
    ");
}

#[test]
fn all_words_of_a_query_that_was_not_quoted_are_in_the_hint() {
    let archive = newsroom::indexed();
    let hint = "hint: to search for several words, quote them: newsdex search";
    for (words, quoted) in [
        (&["strike", "port"][..], "'strike port'"),
        (&["strike", "the", "port"], "'strike the port'"),
        (&["strike", "the", "port", "again"], "'strike the port again'"),
    ] {
        let output = archive.run(&[&["explain"], words].concat()).with_code(2);
        let told = format!("{hint} {quoted}\n");
        assert!(output.stderr.ends_with(&told), "{words:?}: {}", output.stderr);
    }
}

#[test]
fn a_format_that_does_not_fit_an_article_gets_no_hint_at_quotes() {
    let archive = newsroom::indexed();
    for arguments in [
        &["explain", "strike", "wire.jsonl#1", "--format", "csv"][..],
        &["explain", "strike", "7c50ca", "--format", "tsv"],
    ] {
        let output = archive.run(arguments).with_code(2);
        assert!(!output.stderr.contains("quote"), "{}", output.stderr);
    }
}
