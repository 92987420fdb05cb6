//! Random articles that name people, organizations and places in every way,
//! annotated by hand, and indexes of them. Words stand around the mentions.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use newsdex::annotate::{
    Annotations, Entity, EntityKind, Mention, Origin, TextPart, TokenisedText,
};
use newsdex::article::{Article, ArticleId, DateFrom, Published};
use newsdex::index::{
    Budget, DocumentBuilder, Editions, Fields, Forget, IndexReader, IndexWriter, Method,
    SourceUpdate, Stage, WriterLock, WriterOptions,
};
use newsdex::text::{Span, lead, name_key};

use super::corpus::VOCABULARY;
use crate::dice::Dice;
use crate::harness::Archive;

/// People: a name, who bears it, and initials and generation.
pub(super) const PEOPLE: [(&str, &str, &str, &str); 13] = [
    ("Joe Marsh", "joseph marsh", "", ""),
    ("JOSEPH MARSH", "joseph marsh", "", ""),
    ("Marsh, Joe", "joseph marsh", "", ""),
    ("Joe R. Marsh", "joseph marsh", "r", ""),
    ("George Hill", "george hill", "", ""),
    ("George W. Hill", "george hill", "w", ""),
    ("George H. W. Hill", "george hill", "hw", ""),
    ("Ann Marsh", "ann marsh", "", ""),
    ("Bo Lind", "bo lind", "", ""),
    ("Bo Lind Jr.", "bo lind", "", "jr"),
    ("Jean-Luc Fog", "jean luc fog", "", ""),
    ("Jean Luc Fog", "jean luc fog", "", ""),
    ("Cy Jean", "cy jean", "", ""),
];
pub(super) const SURNAMES: [&str; 5] = ["Marsh", "Hill", "Lind", "Jean", "Nobody"];
/// Organizations, each with the short forms under which articles mention it.
pub(super) const ORGANIZATIONS: [(&str, &[&str]); 4] = [
    ("Harbour Workers Union", &["HWU", "Workers"]),
    ("Hill Water Utility", &["HWU"]),
    ("Met Office", &["MO", "Office"]),
    ("The Met Office", &["MO", "Office"]),
];
pub(super) const PLACES: [&str; 3] = ["Kestrel", "HWU", "Marsh"];

/// An article: its day, and who and what it names.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: String,
    pub(super) day: Option<Date>,
    pub(super) entities: Vec<Named>,
    pub(super) title: String,
    pub(super) body: String,
    /// Sorted by place.
    pub(super) mentions: Vec<Mentioned>,
}

/// A mention of an entity of an article.
#[derive(Clone, Debug)]
pub(super) struct Mentioned {
    pub(super) part: TextPart,
    pub(super) span: Span,
    /// The number of the entity in the article.
    pub(super) entity: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) kind: EntityKind,
    pub(super) name: &'static str,
    pub(super) partial: bool,
    pub(super) about: bool,
    /// A form other than the name in which it is mentioned.
    pub(super) form: Option<&'static str>,
}

fn known(path: &str, dice: &mut Dice) -> Known {
    let day = date(2024, 1, 1) + i64::try_from(dice.below(400)).unwrap().days();
    let mut entities = Vec::new();
    let people = dice.some(&PEOPLE, 2);
    let add = |entities: &mut Vec<Named>, kind, name, partial, form, about| {
        entities.push(Named { kind, name, partial, about, form });
    };
    for (name, ..) in &people {
        let about = dice.one_in(3);
        add(&mut entities, EntityKind::Person, *name, false, None, about);
    }
    if dice.one_in(3) {
        let surname = dice.pick(&SURNAMES);
        let about = dice.one_in(3);
        add(&mut entities, EntityKind::Person, surname, true, None, about);
    }
    for (name, short) in dice.some(&ORGANIZATIONS, 1) {
        let form = if dice.one_in(2) { Some(dice.pick(short)) } else { None };
        add(&mut entities, EntityKind::Organization, name, false, form, false);
    }
    if dice.one_in(4) {
        let short = dice.pick(&["HWU", "MO", "Workers", "Office"]);
        add(&mut entities, EntityKind::Organization, short, false, None, true);
    }
    for name in dice.some(&PLACES, 1) {
        add(&mut entities, EntityKind::Place, name, false, None, false);
    }
    let id = ArticleId::of(path, "").to_string();
    let day = (!dice.one_in(8)).then_some(day);
    let (title, body) = Default::default();
    let mut known = Known { id, day, entities, title, body, mentions: Vec::new() };
    // Dice of their own: texts change nothing in who is named.
    known.write_texts(&mut dice.clone());
    known
}

/// What may stand between words and mentions.
const BETWEEN: [&str; 8] = [" ", " ", " ", " ", ", ", ". ", ".\n\n", " - "];

impl Known {
    /// Whether an entity has the name of one before it: an annotator gives none twice,
    /// and the index keeps the first alone.
    pub(super) fn is_again(&self, entity: usize) -> bool {
        let key = |of: &Named| (of.kind, of.partial, name_key(of.name));
        self.entities[..entity].iter().any(|other| key(other) == key(&self.entities[entity]))
    }

    /// The forms in which the texts are to mention each entity.
    fn forms(&self, dice: &mut Dice) -> Vec<(usize, &'static str)> {
        let mut forms = Vec::new();
        for (entity, named) in self.entities.iter().enumerate() {
            // Some are only in the metadata.
            if self.is_again(entity) || named.form.is_none() && dice.one_in(12) {
                continue;
            }
            let surname = named.name.split([' ', ',']).next_back().unwrap_or(named.name);
            let may_be_short = named.kind == EntityKind::Person && dice.one_in(2);
            let short = (may_be_short && surname != "Jr.").then_some(surname);
            let again = dice.one_in(3).then_some(named.name);
            forms.extend(
                [Some(named.name), named.form, short, again]
                    .into_iter()
                    .flatten()
                    .map(|form| (entity, form)),
            );
        }
        forms
    }

    /// Writes texts that mention the entities, each in every form it has here.
    fn write_texts(&mut self, dice: &mut Dice) {
        let mut forms = self.forms(dice);
        let in_title = dice.below(3).min(forms.len());
        let mut texts = [String::new(), String::new()];
        while !forms.is_empty() {
            let (entity, form) = forms.swap_remove(dice.below(forms.len()));
            let part = if forms.len() < in_title { TextPart::Title } else { TextPart::Body };
            let text = &mut texts[part as usize];
            add_words(text, dice);
            let start = text.len();
            text.push_str(form);
            let span = Span::new(start, text.len());
            self.mentions.push(Mentioned { part, span, entity });
            if part == TextPart::Body {
                text.push_str(dice.pick(&BETWEEN));
            } else {
                text.push(' ');
            }
        }
        add_words(&mut texts[1], dice);
        let [title, body] = texts.map(|text| text.trim_end().to_owned());
        (self.title, self.body) = (title, body);
        self.mentions.sort_by_key(|mention| (mention.part as usize, mention.span.start));
    }
}

fn add_words(text: &mut String, dice: &mut Dice) {
    for _ in 0..dice.below(5) {
        text.push_str(dice.pick(&VOCABULARY));
        text.push_str(dice.pick(&BETWEEN[..6]));
    }
}

/// The article and its annotations, as a recogniser would give them.
fn document(path: &str, known: &Known, builder: &mut DocumentBuilder) -> SourceUpdate {
    let mut entities = Vec::new();
    for (number, named) in known.entities.iter().enumerate() {
        let own = known.mentions.iter().filter(|mention| mention.entity == number);
        let mentions = own.map(|mention| Mention { part: mention.part, span: mention.span });
        entities.push(Entity {
            kind: named.kind,
            name: named.name.to_owned(),
            origin: Origin::Recognised,
            partial: named.partial,
            about: named.about,
            mentions: mentions.collect(),
        });
    }
    let published = known.day.map(|day| (Published::day(day), DateFrom::Metadata));
    let (title, body) = (known.title.clone(), known.body.clone());
    let article = Article { title, body, published, ..Article::default() };
    let annotations = Annotations {
        language: Some("en".to_owned()),
        title: TokenisedText::new(TextPart::Title, &article.title),
        body: TokenisedText::new(TextPart::Body, &article.body),
        lead: lead(&article.body),
        entities,
    };
    let share = Arc::new(Budget::new(1_000_000).take(1));
    let document = builder.build(&article, &annotations, path, 0, &share).unwrap();
    SourceUpdate {
        path: path.to_owned(),
        stage: Stage::Whole,
        forget: Forget::Everything,
        documents: vec![document],
        record: None,
        bytes: 0,
    }
}

/// An index of these articles, committed after every so many.
fn write(archive: &Archive, name: &str, runs: &[&[(String, Known)]], every: usize) -> IndexReader {
    let folder = archive.path(name);
    let mut reader = None;
    for run in runs {
        let options = WriterOptions { threads: 1, bytes_per_thread: 15_000_000 };
        let lock = WriterLock::take(&folder, 0).unwrap();
        let mut writer =
            IndexWriter::open(lock, options, Method::default(), Editions::default()).unwrap();
        let mut builder = DocumentBuilder::new(Fields::new());
        for (number, (path, known)) in run.iter().enumerate() {
            writer.apply(document(path, known, &mut builder)).unwrap();
            if (number + 1) % every == 0 {
                writer.commit().unwrap();
            }
        }
        writer.commit().unwrap();
        reader = Some(writer.close().unwrap());
    }
    reader.unwrap()
}

/// A corpus and two indexes of it: of one segment, and of several, in which
/// articles were replaced.
pub(super) struct World {
    _archive: Archive,
    pub(super) articles: Vec<Known>,
    pub(super) readers: [IndexReader; 2],
}

pub(super) fn world(seed: u64) -> World {
    let mut dice = Dice::new(seed);
    let paths: Vec<String> =
        (0..60 + dice.below(200)).map(|number| format!("{number}.txt")).collect();
    let corpus = |dice: &mut Dice| -> Vec<(String, Known)> {
        paths.iter().map(|path| (path.clone(), known(path, dice))).collect()
    };
    let (before, now) = (corpus(&mut dice), corpus(&mut dice));
    let archive = Archive::new();
    let one = write(&archive, "one", &[&now], usize::MAX);
    let many = write(&archive, "many", &[&before, &now], 1 + now.len() / 5);
    let articles = now.into_iter().map(|(_, known)| known).collect();
    World { _archive: archive, articles, readers: [one, many] }
}
