//! Lines and what they are made of: there and back.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::annotate::{EntityKind, Origin, TextPart};
use crate::article::{ArticleId, DateFrom, Doubt, Published, Status};
use crate::index::{ExportFault, ExportHeader, ExportLine, ExportedArticle, ExportedSource};
use crate::index::{
    FileState, Method, Recognition, Selected, SourceRecord, StoredArticle, StoredEntity,
    StoredMention,
};

fn published() -> impl Strategy<Value = Published> {
    let dates =
        ["1066", "2024-04", "2024-04-14", "2024-04-14T17:03:09", "2024-04-14T17:03:09-03:30"];
    prop::sample::select(dates.to_vec()).prop_map(|date| date.parse().unwrap())
}

prop_compose! {
    fn entities()(
        drafts in prop::collection::vec(("\\PC{0,9}", any::<[bool; 3]>(), 0..3_usize), 0..6),
    ) -> Vec<StoredEntity> {
        let kinds = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];
        let mut entities: Vec<StoredEntity> = drafts
            .into_iter()
            .map(|(name, [metadata, partial, about], kind)| StoredEntity {
                kind: kinds[kind],
                name,
                origin: if metadata { Origin::Metadata } else { Origin::Recognised },
                partial,
                about,
                // The body is long enough, and of letters of one byte.
                mentions: (0..kind).map(|at| StoredMention(TextPart::Body, at, at + 2)).collect(),
            })
            .collect();
        entities.sort_by_key(|entity| entity.kind);
        entities
    }
}

prop_compose! {
    fn articles()(
        texts in prop::collection::vec("(?s:.){0,12}", 10),
        lists in prop::collection::vec(prop::collection::vec("\\PC{0,8}", 0..3), 2),
        body in "[a-z \n]{5,30}",
        dates in (any::<bool>(), published(), prop::option::of(published())),
        rivals in prop::collection::vec(published(), 0..3),
        numbers in (any::<i64>(), 0..4_000_000_000_i64, any::<u64>()),
        entities in entities(),
    ) -> StoredArticle {
        let text = |place: usize| texts[place].clone();
        let (path, part) = (text(0), text(1));
        StoredArticle {
            id: ArticleId::of(&path, &part),
            path,
            part,
            url: text(2),
            outlet: text(3),
            authors: lists[0].clone(),
            section: text(4),
            tags: lists[1].clone(),
            lang: text(5),
            title: text(6),
            body,
            published: dates.0.then_some(dates.1),
            date_from: dates.0.then_some(DateFrom::Dateline),
            rival_dates: rivals.into_iter().map(|date| (date, DateFrom::Url)).collect(),
            date_text: text(7),
            dateline: text(8),
            guid: text(9),
            guid_version: numbers.0,
            status: if dates.0 { Status::Embargoed } else { Status::Usable },
            embargoed_until: dates.2,
            doubts: if dates.0 { vec![Doubt::Paywall] } else { Vec::new() },
            indexed_at: numbers.1,
            word_count: numbers.2,
            entities,
        }
    }
}

proptest! {
    #[test]
    fn articles_come_back_from_their_lines(article in articles()) {
        let line = ExportLine::Article(Box::new(article.clone().into()));
        let text = serde_json::to_string(&line).unwrap();
        let ExportLine::Article(read) = serde_json::from_str(&text).unwrap() else { panic!() };
        prop_assert_eq!(StoredArticle::try_from(*read), Ok(article));
    }

    #[test]
    fn records_come_back_from_their_lines(
        name: String,
        state: Option<(u64, i64)>,
        hash: Option<u64>,
        articles: u64,
        trouble: Option<String>,
    ) {
        let state = state.map_or(FileState::PIPED, |(size, modified_ns)| FileState {
            size,
            modified_ns,
        });
        let record = SourceRecord { name, state, hash, articles, trouble };
        let text = serde_json::to_string(&ExportedSource::from(record.clone())).unwrap();
        let read: ExportedSource = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(SourceRecord::try_from(read), Ok(record));
    }

    #[test]
    fn mentions_anywhere_are_harmless_or_refused(
        title in "\\PC{0,9}",
        spans in prop::collection::vec((any::<bool>(), 0..24_usize, 0..24_usize), 0..5),
    ) {
        let mentions: Vec<Value> = spans
            .iter()
            .map(|(in_title, start, end)| {
                json!({"in": if *in_title { "title" } else { "body" }, "start": start, "end": end})
            })
            .collect();
        let article: ExportedArticle = serde_json::from_value(json!({
            "id": ArticleId::of("a", ""), "path": "a", "words": 1, "title": title,
            "body": "Ann Lée and Bo.", "indexed_at": "2024-04-14T00:00:00Z",
            "people": [{"name": "Ann", "from": "text", "mentions": mentions}],
        }))
        .unwrap();
        if let Ok(stored) = StoredArticle::try_from(article) {
            let share = std::sync::Arc::new(crate::index::Budget::new(1).take(0));
            let mut builder = crate::index::DocumentBuilder::new(crate::index::Fields::new());
            prop_assert!(builder.restore(stored, &share).is_ok());
        }
    }
}

#[test]
fn methods_come_back_from_the_first_line() {
    let file = Recognition::File { file: "a.model".to_owned(), model: u64::MAX };
    for recognition in [Recognition::Nothing, Recognition::Embedded { model: 7 }, file] {
        let method = Method {
            map: vec![("body".to_owned(), "text of it".to_owned())],
            recognition,
            selected: Selected {
                include: vec!["*.txt".to_owned()],
                exclude: Vec::new(),
                hidden: true,
            },
        };
        let (map, recognition, selection) = ExportHeader::method_parts(&method);
        let header = ExportHeader {
            newsdex_export: 1,
            program: String::new(),
            schema: 6,
            revision: String::new(),
            query: None,
            map,
            recognition,
            selection,
        };
        assert_eq!(header.method(), Ok(method));
    }
}

#[test]
fn what_cannot_have_been_written_is_named() {
    let source = |member: &str, value: &str| {
        let mut source =
            json!({"name": "a", "articles": 1, "size": 1, "modified": "1970-01-01T00:00:00Z"});
        source[member] = value.into();
        SourceRecord::try_from(serde_json::from_value::<ExportedSource>(source).unwrap())
    };
    for (member, value, message) in [
        ("hash", "+123456789abcdef", "`+123456789abcdef` is no hash of 16 digits"),
        ("modified", "soon", "`soon` is no time"),
        ("modified", "9000-01-01T00:00:00Z", "`9000-01-01T00:00:00Z` is no time of a file"),
    ] {
        assert_eq!(source(member, value).unwrap_err().to_string(), message);
    }
    let other = ExportFault::OtherId { path: "a".to_owned(), part: "7".to_owned() };
    assert_eq!(other.to_string(), "the article `7` of `a` has the identifier of another");
}
