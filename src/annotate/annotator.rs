//! The annotator: one article in, its annotations out.

use super::entities::resolve;
use super::known_names::KnownNames;
use super::language::language;
use super::recogniser::{Recognised, Recogniser, RecogniserMemory};
use super::salience::mark_salient;
use super::{Entity, EntityKind, TextPart, TokenisedText};
use crate::article::Article;
use crate::text::{self, Span};

/// What was found in an article.
#[derive(Clone, Debug)]
pub struct Annotations<'a> {
    /// Its language, as an ISO 639 code; none where it cannot be told.
    pub language: Option<String>,
    /// The headline and its words.
    pub title: TokenisedText<'a>,
    /// The text and its words.
    pub body: TokenisedText<'a>,
    /// The lead, in the body.
    pub lead: Span,
    /// Who and what it names: first people, then organizations, then places,
    /// each in the order of first naming, no name twice.
    pub entities: Vec<Entity>,
}

impl Annotations<'_> {
    /// How many words title and body have.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.title.tokens.len() + self.body.tokens.len()
    }

    /// The forms under which `entity` is found: its name, and each other text
    /// that its mentions have, in the order of the alphabet.
    #[must_use]
    pub fn forms<'e>(&'e self, entity: &'e Entity) -> Vec<&'e str> {
        let written = entity.mentions.iter().map(|mention| match mention.part {
            TextPart::Title => mention.span.of(self.title.text),
            TextPart::Body => mention.span.of(self.body.text),
        });
        let mut forms: Vec<&str> = written.filter(|form| *form != entity.name).collect();
        forms.sort_unstable();
        forms.dedup();
        forms.insert(0, &entity.name);
        forms
    }

    /// How many words of the body lie in the lead.
    #[must_use]
    pub fn lead_word_count(&self) -> usize {
        self.body.tokens.partition_point(|token| token.span.end <= self.lead.end)
    }
}

/// Annotates articles; holds what recognition needs. The default one
/// recognises no names.
#[derive(Clone, Debug, Default)]
pub struct Annotator {
    recogniser: Recogniser,
}

impl Annotator {
    /// An annotator that recognises names so.
    #[must_use]
    pub const fn new(recogniser: Recogniser) -> Self {
        Self { recogniser }
    }

    /// What is found in `article`. `memory` is used again from article to
    /// article and has no influence.
    #[must_use]
    pub fn annotate<'a>(
        &self,
        article: &'a Article,
        memory: &mut RecogniserMemory,
    ) -> Annotations<'a> {
        let title = TokenisedText::new(TextPart::Title, &article.title);
        let body = TokenisedText::new(TextPart::Body, &article.body);
        let texts = [title, body];
        let [title, body] = &texts;
        let longer = if article.body.is_empty() { title } else { body };
        let (language, is_sure) = language(&article.lang, longer);
        let sure = language.as_deref().filter(|_| is_sure);
        let recognised = self.recognise(article, &texts, sure, memory);
        let mut entities = resolve(article, &texts, &recognised);
        let lead = text::lead(&article.body);
        mark_salient(&mut entities, lead);
        let [title, body] = texts;
        Annotations { language, title, body, lead, entities }
    }

    /// The mentions in `texts`: by the model where it was made for their
    /// language, if that is known for sure; else of the names that the metadata
    /// gives.
    fn recognise(
        &self,
        article: &Article,
        texts: &[TokenisedText<'_>],
        language: Option<&str>,
        memory: &mut RecogniserMemory,
    ) -> Vec<Recognised> {
        match self.recogniser.model() {
            None => Vec::new(),
            Some(model) if model.reads(language) => self.recogniser.recognise(texts, memory),
            Some(_) => {
                let mut known = KnownNames::default();
                for (kind, names) in metadata_names(article) {
                    names.iter().for_each(|name| known.add(kind, name));
                }
                known.find(texts)
            }
        }
    }
}

/// The names that the metadata of an article gives, by kind.
fn metadata_names(article: &Article) -> [(EntityKind, &[String]); 3] {
    [
        (EntityKind::Person, &article.people),
        (EntityKind::Organization, &article.organizations),
        (EntityKind::Place, &article.places),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Annotations, Annotator};
    use crate::annotate::recogniser::{Recogniser, RecogniserMemory};
    use crate::annotate::{Entity, EntityKind, Mention, Origin, TextPart, TokenisedText};
    use crate::article::Article;
    use crate::text::Span;

    #[test]
    fn metadata_names_become_entities_once() {
        let article = Article {
            people: vec!["Joe Biden".into(), "JOE  BIDEN".into(), " ".into()],
            places: vec!["Iran".into()],
            ..Article::default()
        };
        let annotations = Annotator::default().annotate(&article, &mut RecogniserMemory::default());
        let found: Vec<_> =
            annotations.entities.iter().map(|entity| (entity.kind, &*entity.name)).collect();
        assert_eq!(found, [(EntityKind::Person, "Joe Biden"), (EntityKind::Place, "Iran")]);
    }

    #[test]
    fn an_entity_is_found_under_all_its_forms() {
        let mention = |start, end| Mention { part: TextPart::Body, span: Span::new(start, end) };
        let entity = Entity {
            kind: EntityKind::Person,
            name: "Ann Lee".into(),
            origin: Origin::Recognised,
            partial: false,
            about: false,
            mentions: vec![mention(0, 7), mention(9, 12), mention(14, 17), mention(19, 21)],
        };
        let annotations = Annotations {
            language: None,
            title: TokenisedText::new(TextPart::Title, ""),
            body: TokenisedText::new(TextPart::Body, "Ann Lee, Lee, Lee, Al"),
            lead: Span::default(),
            entities: Vec::new(),
        };
        assert_eq!(annotations.forms(&entity), ["Ann Lee", "Al", "Lee"]);
    }

    #[test]
    fn other_languages_are_left_to_the_names_that_are_known() {
        let annotator = Annotator::new(Recogniser::embedded());
        let mentions = |lang: &str| {
            let article = Article {
                body: "President Joe Biden met Ann Okafor in Washington.".into(),
                lang: lang.into(),
                people: vec!["Ann Okafor".into(), "Klaus Brandt".into()],
                ..Article::default()
            };
            let annotations = annotator.annotate(&article, &mut RecogniserMemory::default());
            let entities = annotations.entities.into_iter();
            entities.map(|entity| (entity.name, entity.mentions.len())).collect::<Vec<_>>()
        };
        let german = [("Ann Okafor".to_owned(), 1), ("Klaus Brandt".to_owned(), 0)];
        assert_eq!(mentions("de"), german);
        for lang in ["en-US", ""] {
            assert!(mentions(lang).iter().any(|(name, _)| name == "Joe Biden"), "{lang}");
        }
    }

    /// Minutes are what quadratic time would take here.
    #[test]
    fn long_lists_of_names_are_kept_once_each() {
        let once = (0..50_000).map(|number| format!("Person {number}"));
        let people = once.clone().chain(once).collect();
        let article = Article { people, ..Article::default() };
        assert_eq!(
            Annotator::default()
                .annotate(&article, &mut RecogniserMemory::default())
                .entities
                .len(),
            50_000
        );
    }

    #[test]
    fn words_are_counted_in_title_and_body() {
        let article = Article {
            title: "Port strike".into(),
            body: "Dockers walked out.\n\nTalks go on.".into(),
            lang: "en-GB".into(),
            ..Article::default()
        };
        let annotations = Annotator::default().annotate(&article, &mut RecogniserMemory::default());
        assert_eq!(annotations.word_count(), 8);
        assert_eq!(annotations.lead_word_count(), 3);
        assert_eq!(annotations.language.as_deref(), Some("en"));
    }
}
