//! Tests of the whole stage: a text with marked mentions in, entities out.

use proptest::prelude::*;

use super::resolve::resolve;
use crate::annotate::recogniser::Recognised;
use crate::annotate::{Entity, EntityKind, Mention, Origin, TextPart, TokenisedText};
use crate::article::Article;
use crate::text::Span;

/// Takes `[p Ann Lee]`, `[o Acme]`, `[l Tolland]` for mentions of a person, an organization,
/// a place; gives the text without marks.
fn unmark(part: TextPart, marked: &str) -> (String, Vec<Recognised>) {
    let (mut text, mut found) = (String::new(), Vec::new());
    for (number, piece) in marked.split('[').enumerate() {
        let Some((inside, behind)) = piece.split_once(']').filter(|_| number > 0) else {
            text.push_str(piece);
            continue;
        };
        let (letter, name) = inside.split_once(' ').unwrap();
        let kind = match letter {
            "p" => EntityKind::Person,
            "o" => EntityKind::Organization,
            _ => EntityKind::Place,
        };
        let start = text.len();
        text.push_str(name);
        let mention = Mention { part, span: Span::new(start, text.len()) };
        found.push(Recognised { mention, kind });
        text.push_str(behind);
    }
    (text, found)
}

fn entities_of(article: &Article, title: &str, body: &str) -> Vec<Entity> {
    let (title, mut found) = unmark(TextPart::Title, title);
    let (body, in_body) = unmark(TextPart::Body, body);
    found.extend(in_body);
    let texts =
        [TokenisedText::new(TextPart::Title, &title), TokenisedText::new(TextPart::Body, &body)];
    resolve(article, &texts, &found)
}

/// The entities as `name xmentions`, with `~` before one that is partial.
fn summary(title: &str, body: &str) -> Vec<String> {
    let shown = |entity: &Entity| {
        let mark = if entity.partial { "~" } else { "" };
        format!("{mark}{} x{}", entity.name, entity.mentions.len())
    };
    entities_of(&Article::default(), title, body).iter().map(shown).collect()
}

fn check(cases: &[(&str, &str, &[&str])]) {
    for (title, body, expected) in cases {
        assert_eq!(summary(title, body), *expected, "{title} | {body}");
    }
}

#[test]
fn a_tag_is_a_full_name() {
    let article =
        Article { people: vec!["ann-okafor".into(), "Mary-Ann".into()], ..Article::default() };
    let entities = entities_of(&article, "", "[p Okafor] spoke.");
    let found: Vec<_> =
        entities.iter().map(|one| (&*one.name, one.partial, one.mentions.len())).collect();
    assert_eq!(found, [("ann-okafor", false, 1), ("Mary-Ann", true, 0)]);
}

#[test]
fn organizations_lose_and_gain_what_the_model_cut() {
    check(&[
        ("", "The [o Republican Senate] and the [o Senate] met.", &["Senate x2"]),
        (
            "",
            "The Russian [o Foreign Ministry] spoke. The [o Foreign Ministry] is in Moscow.",
            &["Russian Foreign Ministry x2"],
        ),
        ("", "At [l Sandy Hook] [o Elementary School].", &["Sandy Hook Elementary School x1"]),
        ("", "A [l U.S.] [o District Court] ruled.", &["United States x1"]),
        ("", "[p Ann Okafor] and [p Okafor MORE] said.", &["Ann Okafor x2"]),
    ]);
}

#[test]
fn short_forms_of_a_person_are_one() {
    check(&[
        ("[p Okafor] warns ports", "[p Ann Okafor] spoke. Ms [p Okafor] left.", &["Ann Okafor x3"]),
        ("", "[p President Joe Biden], [p Mr. Biden's] aide, [p Biden].", &["Joe Biden x3"]),
        (
            "",
            "[p Joseph R. Biden Jr.] met [p Joe Biden], said [p Joe].",
            &["Joseph R. Biden Jr. x3"],
        ),
        (
            "",
            "[p Bibi Netanyahu] is [p Benjamin Netanyahu], [p NETANYAHU].",
            &["Bibi Netanyahu x3"],
        ),
        (
            "",
            "[p Kim Jong Un] and [p Xi Jinping]: [p Kim] met [p Xi].",
            &["Kim Jong Un x2", "Xi Jinping x2"],
        ),
        ("", "[p Moon Jae-in] spoke; [p Moon] left.", &["Moon Jae-in x2"]),
        ("", "[p Enrique Peña Nieto] won. [p Peña Nieto] left.", &["Enrique Peña Nieto x2"]),
        ("", "[p Ana Ruiz-Ortega] won. [p Ruiz-Ortega], [p Ortega].", &["Ana Ruiz-Ortega x3"]),
        ("", "[p Bill de Blasio], [p de Blasio], [p De Blasio].", &["Bill de Blasio x3"]),
        ("", "[p Bashar al-Assad], [p al-Assad], [p Assad].", &["Bashar al-Assad x3"]),
        (
            "",
            "[p J. Okafor] met. [p Ann Okafor] and [p A. Okafor].",
            &["J. Okafor x1", "Ann Okafor x2"],
        ),
        ("", "[p George W. Bush] spoke. [p George Bush] left.", &["George W. Bush x2"]),
        (
            "",
            "[p Roy Ives] met [p Roy Ives, Jr.]; [p Ives Jr.] left.",
            &["Roy Ives x1", "Roy Ives Jr. x2"],
        ),
        (
            "",
            "[p Martin Luther King], [p Martin Luther King Jr], [p King].",
            &["Martin Luther King Jr. x3"],
        ),
        ("", "Pope [p Francis] prayed. [p Pope Francis], [p Francis].", &["Pope Francis x3"]),
        (
            "",
            "[p Queen Elizabeth II], [p Queen Elizabeth], [p Elizabeth].",
            &["Queen Elizabeth II x3"],
        ),
        ("", "[p MBS], [p Mohammed bin Salman], [p bin Salman].", &["Mohammed bin Salman x3"]),
    ]);
}

#[test]
fn parts_of_names_are_partial() {
    check(&[
        ("", "[p Okafor] spoke.", &["~Okafor x1"]),
        ("", "PM [p Netanyahu] spoke.", &["~Netanyahu x1"]),
        ("", "[p Ana], 30, works. [p Ana Ruiz] rules.", &["~Ana x1", "Ana Ruiz x1"]),
        (
            "",
            "[p Ann Lee] and [p Ann Roy]; [p Ann] left.",
            &["Ann Lee x1", "Ann Roy x1", "~Ann x1"],
        ),
    ]);
}

#[test]
fn namesakes_stay_two() {
    check(&[
        (
            "",
            "[p Bill Clinton] spoke. [p Clinton] left. [p Hillary Clinton] came. [p Clinton] sat.",
            &["Bill Clinton x2", "Hillary Clinton x2"],
        ),
        (
            "",
            "[p Bill Clinton] and [p Hillary Clinton] met. Mr. [p Clinton] left. Mrs. [p Clinton] sat.",
            &["Bill Clinton x2", "Hillary Clinton x2"],
        ),
        (
            "",
            "[p George W. Bush] and [p George H. W. Bush] met.",
            &["George W. Bush x1", "George H. W. Bush x1"],
        ),
        (
            "",
            "[p Donald Trump] and [p Donald Trump Jr.] met. [p Don Jr.] left. [p Trump] sat.",
            &["Donald Trump x2", "Donald Trump Jr. x2"],
        ),
        (
            "",
            "[p Trump] spoke. President [p Trump] sat by [p Ivanka Trump]. [p Trump] left.",
            &["~Trump x3", "Ivanka Trump x1"],
        ),
        (
            "",
            "[p Roy Okafor] spoke with his wife, [p Ann Okafor]. [p Okafor] left.",
            &["Roy Okafor x2", "Ann Okafor x1"],
        ),
        (
            "",
            "[p Ann Okafor]. [p Okafor], [p Okafor], [p Okafor]. [p Bo Okafor] came. [p Okafor] left.",
            &["Ann Okafor x5", "Bo Okafor x1"],
        ),
        ("", "Mr [p Okafor] sat. [p Mary Okafor] left.", &["~Okafor x1", "Mary Okafor x1"]),
        ("", "[p Ann Lee] and [p Roy Lee]: the [p Lees] left.", &["Ann Lee x1", "Roy Lee x1"]),
    ]);
}

#[test]
fn case_is_restored() {
    check(&[
        ("[p ANN MCDONNELL] WINS", "Rain fell.", &["Ann McDonnell x1"]),
        ("[p RON DESANTIS] WINS", "Then [p DeSantis] left.", &["Ron DeSantis x2"]),
        (
            "[p BO O'HARA-LEE] [o IDF] [o HARBOUR BOARD OF TOLLAND]",
            "",
            &["Bo O'Hara-Lee x1", "Israel Defense Forces x1", "Harbour Board of Tolland x1"],
        ),
        (
            "",
            "[l TOLLAND], [l NEW YORK] - [o NRDC] said.",
            &["NRDC x1", "Tolland x1", "New York x1"],
        ),
        ("[o Bank Of Tolland]", "[o Bank of Tolland]", &["Bank of Tolland x2"]),
    ]);
}

#[test]
fn nobody_is_dropped() {
    check(&[(
        "[p He]",
        "[p I] and [p Sen.] met [p R-Ky.] in [l May] at [o Committee]; [p President], [o University of].",
        &[],
    )]);
    check(&[("", "[p Theresa May] spoke. [p May] left.", &["Theresa May x2"])]);
    check(&[("", "[p Steve King] spoke. [p King] left.", &["Steve King x2"])]);
}

#[test]
fn one_name_has_one_kind() {
    check(&[
        ("[o Okafor] wins", "[p Ann Okafor] spoke. [p Okafor] left.", &["Ann Okafor x3"]),
        ("", "[p Paris Hilton] is in [l Paris].", &["Paris Hilton x1", "Paris x1"]),
        (
            "",
            "[p Gerald Ford] drove a car of [o Ford Motor Co.] [o Ford] is big. [p Ford] sat.",
            &["Gerald Ford x2", "Ford x2"],
        ),
        ("", "The [l White House], the [l Kremlin].", &["White House x1", "Kremlin x1"]),
        ("", "[o Iran] won.", &["Iran x1"]),
        ("", "[o Tolland] and [l Tolland] and [l Tolland].", &["Tolland x3"]),
    ]);
    let entities = entities_of(&Article::default(), "", "[o Iran] [l White House]");
    let kinds: Vec<_> = entities.iter().map(|entity| entity.kind).collect();
    assert_eq!(kinds, [EntityKind::Organization, EntityKind::Place]);
}

#[test]
fn organizations_meet_their_acronyms_and_short_forms() {
    check(&[
        ("[o IDF]", "The [o Israel Defense Forces] said.", &["Israel Defense Forces x2"]),
        (
            "",
            "The [o Harbour Workers of Tolland] ([o HWT]) met. [o HWT] left.",
            &["Harbour Workers of Tolland x3"],
        ),
        ("", "[o HWT] ([o Harbour Workers' Trust]).", &["Harbour Workers' Trust x2"]),
        (
            "",
            "The [o Department of Justice], the [o DOJ], [o Justice Department].",
            &["Justice Department x3"],
        ),
        ("", "[o NATO], [o Nato], the [o North Atlantic Treaty Organization].", &["NATO x3"]),
        ("", "The [o Group of Seven], [o G7].", &["G7 x2"]),
        ("", "[o Acme Inc.] and [o Acme]; [o The Acme Company].", &["Acme x3"]),
        (
            "",
            "[o Senate Harbour Committee] met. The [o Harbour Committee], the [o Committee].",
            &["Senate Harbour Committee x3"],
        ),
        (
            "",
            "[o Tolland University], [o University of Tolland].",
            &["Tolland University x1", "University of Tolland x1"],
        ),
        (
            "",
            "[l New York] [o Times] and [l White] [o House].",
            &["New York Times x1", "White House x1"],
        ),
        ("", "The Republican [o National Committee].", &["Republican National Committee x1"]),
        (
            "",
            "[o Democratic Party], [o Social Democratic Party].",
            &["Democratic Party x1", "Social Democratic Party x1"],
        ),
    ]);
}

#[test]
fn places_have_one_name() {
    check(&[
        (
            "",
            "The [l U.S.], the [l US], [l America], the [l United States].",
            &["United States x4"],
        ),
        ("", "[l Britain] and the [l UK].", &["United Kingdom x2"]),
        ("", "[l Washington, D.C.], [l Washington].", &["Washington x2"]),
        (
            "",
            "[l North Korea], [l Utah-born], [l N.Y.]",
            &["North Korea x1", "Utah x1", "New York x1"],
        ),
        ("", "[l Paris, Texas] and [l Paris].", &["Paris, Texas x1", "Paris x1"]),
    ]);
}

#[test]
fn metadata_and_mentions_meet() {
    let article = Article {
        people: vec!["OKAFOR, ANN".into(), "Roy, Bo".into(), "Bo Roy".into()],
        organizations: vec!["Acme Inc".into()],
        places: vec!["USA".into(), "North".into()],
        ..Article::default()
    };
    let entities =
        entities_of(&article, "", "[p Okafor] of [o Acme] is in the [l U.S.] with [p Al Ives].");
    let found: Vec<_> = entities
        .iter()
        .map(|entity| (&*entity.name, entity.origin, entity.mentions.len()))
        .collect();
    assert_eq!(
        found,
        [
            ("Ann Okafor", Origin::Metadata, 1),
            ("Bo Roy", Origin::Metadata, 0),
            ("Al Ives", Origin::Recognised, 1),
            ("Acme", Origin::Metadata, 1),
            ("United States", Origin::Metadata, 1),
            ("North", Origin::Metadata, 0),
        ]
    );
}

#[test]
fn other_scripts_are_survived() {
    check(&[
        (
            "",
            "[p 習近平] [p Владимир Путин], [p Путин] [l 東京]",
            &["習近平 x1", "Владимир Путин x2", "東京 x1"],
        ),
        ("", "[p José Álvarez] [p ÁLVAREZ]", &["José Álvarez x2"]),
    ]);
}

/// Minutes are what quadratic time would take here.
#[test]
fn a_hundred_thousand_mentions_are_linear() {
    let mut texts = [
        (0..100_000).map(|number| format!("[p Ann Name{number}] ")).collect::<String>(),
        (0..50_000).map(|number| format!("[p Given{number} Smith] [p Smith] ")).collect(),
        (0..50_000).map(|number| format!("[p GIVEN{number} SMITH] [p Ann] ")).collect(),
        (0..100_000).map(|number| format!("[o The Board of Item{number} Committee] ")).collect(),
        (0..50_000).map(|number| format!("[o Alpha Beta C{number}] ([o ABC]) ")).collect(),
        (0..50_000).map(|number| format!("[l X{number}, Iran] [p Name{number}] ")).collect(),
        "[p Ann A. B. C. D. E. F. G. H. Smith] [p Ann] ".repeat(50_000),
        (0..100_000).map(|number| format!("[p Ann M{number} Smith] ")).collect(),
    ];
    texts[0].push_str("[p Name77777]");
    for text in &texts {
        let entities = entities_of(&Article::default(), "", text);
        assert!(entities.iter().map(|entity| entity.mentions.len()).sum::<usize>() >= 50_000);
    }
}

/// Pieces of names of all sorts.
fn name() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Ann",
        "Lee",
        "Roy",
        "Mr.",
        "President",
        "Jr.",
        "II",
        "J.",
        "King",
        "Pope",
        "the",
        "of",
        "Acme",
        "Inc.",
        "IDF",
        "US",
        "U.S.",
        "New York",
        "Times",
        "White",
        "House",
        "Senate",
        "Committee",
        "van",
        "al-Assad",
        "Ocasio-Cortez",
        "BIDEN",
        "Trump",
        "Biden",
        "Clintons",
        "\"Bo\"",
        "('x')",
        "’s",
        "'s",
        ",",
        "-",
        "李",
        "é",
        "O’Hara",
        "\u{a0}",
        "(",
        ")",
        "May",
        "He",
        "R-Ky.",
    ]);
    prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.join(" "))
}

fn mentions() -> impl Strategy<Value = Vec<(u8, String, &'static str)>> {
    let between =
        prop::sample::select(vec![" ", "", " (", ") ", ", ", "\n", " By ", " his son ", "@", "é"]);
    prop::collection::vec((0_u8..3, name(), between), 0..20)
}

/// The mentions of a text, one half in the headline.
fn found_in(mentions: &[(u8, String, &str)]) -> ([String; 2], Vec<Recognised>) {
    let (mut texts, mut found) = ([String::new(), String::new()], Vec::new());
    for (number, (kind, name, between)) in mentions.iter().enumerate() {
        let in_body = number * 2 >= mentions.len();
        let text = &mut texts[usize::from(in_body)];
        text.push_str(between);
        let start = text.len();
        text.push_str(name);
        let part = if in_body { TextPart::Body } else { TextPart::Title };
        let kind = match kind {
            0 => EntityKind::Person,
            1 => EntityKind::Organization,
            _ => EntityKind::Place,
        };
        found.push(Recognised {
            mention: Mention { part, span: Span::new(start, text.len()) },
            kind,
        });
    }
    (texts, found)
}

proptest! {
    #[test]
    fn every_mention_belongs_to_one_entity_at_most(
        mentions in mentions(),
        people in prop::collection::vec(name(), 0..4),
    ) {
        let ([title, body], found) = found_in(&mentions);
        let texts = [
            TokenisedText::new(TextPart::Title, &title),
            TokenisedText::new(TextPart::Body, &body),
        ];
        let article = Article { people: people.clone(), authors: people, ..Article::default() };
        let entities = resolve(&article, &texts, &found);
        prop_assert_eq!(&entities, &resolve(&article, &texts, &found));
        prop_assert!(entities.is_sorted_by_key(|entity| entity.kind));
        for entity in &entities {
            prop_assert!(!entity.name.is_empty());
            prop_assert!(entity.mentions.is_sorted_by(|one, other| one < other));
            prop_assert!(entity.origin == Origin::Metadata || !entity.mentions.is_empty());
        }
        let mut named: Vec<Mention> = entities.iter().flat_map(|entity| entity.mentions.clone()).collect();
        named.sort_unstable();
        let are_apart = |one: Mention, next: Mention| {
            one.part != next.part || one.span.end <= next.span.start
        };
        prop_assert!(named.windows(2).all(|pair| are_apart(pair[0], pair[1])));
    }
}

/// A recogniser that stops at the dot gives the rank as a person.
#[test]
fn a_rank_that_was_cut_from_its_name_is_nobody() {
    check(&[("", "[p Rear Adm]. [p Ann Lee] spoke for [p Vice President].", &["Ann Lee x1"])]);
}
