//! What is found in an article points into its text, names each entity once, and is the
//! same whatever was read before.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use newsdex::annotate::recogniser::{Recogniser, RecogniserMemory};
use newsdex::annotate::{Annotations, Annotator, TextPart};
use newsdex::article::Article;

use super::choice::text;

/// Checks an input: lines of title, authors, people, organizations and places, names with
/// `;` between, then the body.
pub fn check(bytes: &[u8]) {
    static ANNOTATOR: OnceLock<Annotator> = OnceLock::new();
    let text = text(bytes);
    let mut lines = text.splitn(6, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let names = |line: &str| line.split(';').map(str::to_owned).collect();
    let article = Article {
        title: next().to_owned(),
        authors: names(next()),
        people: names(next()),
        organizations: names(next()),
        places: names(next()),
        body: next().to_owned(),
        lang: "en".to_owned(),
        ..Article::default()
    };
    let annotator = ANNOTATOR.get_or_init(|| Annotator::new(Recogniser::embedded()));
    let mut memory = RecogniserMemory::default();
    let found = annotator.annotate(&article, &mut memory);
    check_found(&article, &found);
    let again = annotator.annotate(&article, &mut memory);
    assert_eq!(found.entities, again.entities);
}

fn check_found(article: &Article, found: &Annotations<'_>) {
    assert!(article.body.get(found.lead.range()).is_some());
    assert!(found.lead_word_count() <= found.word_count());
    let mut known = BTreeSet::new();
    for entity in &found.entities {
        assert!(!entity.name.trim().is_empty(), "{entity:?}");
        assert!(known.insert((entity.kind, &entity.name)), "{entity:?} is there twice");
        assert_eq!(found.forms(entity).first(), Some(&entity.name.as_str()));
        assert!(entity.mentions.is_sorted_by(|one, other| one < other), "{entity:?}");
        for mention in &entity.mentions {
            let text = match mention.part {
                TextPart::Title => &article.title,
                TextPart::Body => &article.body,
            };
            assert!(!mention.span.is_empty(), "{entity:?}");
            assert!(text.get(mention.span.range()).is_some(), "{entity:?}");
        }
    }
}
