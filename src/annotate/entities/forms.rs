//! The forms in which an article names: each different text of a mention, cleaned
//! once, and which mention has which.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::byline::Bylines;
use super::clean::clean;
use super::extent::{joined, known_start, national_start, without_next_line, without_next_name};
use super::known::{self, Known};
use super::noise::{Worth, is_no_name, worth};
use super::titles::{Title, TitleWord, title_before, title_word_of};
use super::words::{WordRange, Words};
use crate::annotate::recogniser::Recognised;
use crate::annotate::{EntityKind, Mention, TextPart, TokenisedText};
use crate::text::is_particle;

/// A way in which the article writes a name.
#[derive(Clone, Debug)]
pub(super) struct Form<'a> {
    /// What is named so, as recognised; settled later.
    pub kind: EntityKind,
    /// The name as it is written, cleaned.
    pub core: &'a str,
    /// Its words; of organizations without *Company* at the end.
    pub words: WordRange,
    /// The first word is a title that the bearer is called by.
    pub is_regnal: bool,
    /// The last word, *Jr* or *II*, of the name of a person, folded.
    pub generation: Option<&'static str>,
    /// What a title that is part of the mention tells.
    pub title: Title,
    /// Whether it can be a name.
    pub worth: Worth,
    /// It is a title alone.
    pub only_title: bool,
    /// All its letters are capitals.
    pub capitals: bool,
    /// The name of the gazetteers that it is.
    pub known: Option<Known>,
    /// How many mentions have it.
    pub count: usize,
    /// How many of them are in the body.
    pub in_body: usize,
    /// The metadata gives it.
    pub is_metadata: bool,
    /// Which naming is the first.
    pub first: usize,
}

impl Form<'_> {
    /// Its words without the title that the bearer is called by and without
    /// the generation.
    pub(super) fn name_words(&self) -> WordRange {
        let start = self.words.start + usize::from(self.is_regnal);
        start..self.words.end - usize::from(self.generation.is_some())
    }

    /// Whether it is the full name of a person: two words or more, or a title
    /// and a given name.
    pub(super) fn is_full(&self, words: &Words) -> bool {
        let name = self.name_words();
        // A hyphen joins the parts of a surname, or of a given name; in a tag
        // (*ann-okafor*) it stands for a space.
        let is_tag = self.is_metadata && !self.core.contains(char::is_uppercase);
        let is_several =
            || (name.start + 1..name.end).any(|place| is_tag || !words.is_joined(place));
        let is_title = self.only_title && !self.is_metadata;
        self.is_regnal || (!is_title && is_several() && !starts_with_particle(words, &name))
    }
}

/// One naming: by the metadata, or by a mention.
#[derive(Clone, Copy, Debug)]
pub(super) struct Naming {
    /// In which form.
    pub form: usize,
    /// What the title before it tells.
    pub title: Title,
    /// The word before it says that this is somebody's relative.
    pub is_kin: bool,
    /// Where; none in metadata.
    pub mention: Option<Mention>,
}

impl Naming {
    /// Whether it stands in the text, and not in the headline or metadata.
    pub(super) fn is_in_body(&self) -> bool {
        self.mention.is_some_and(|mention| mention.part == TextPart::Body)
    }
}

/// All namings of an article, in order: metadata, headline, text.
#[derive(Debug)]
pub(super) struct Forms<'a> {
    /// The folded words of the forms.
    pub words: Words,
    /// The forms, in the order of first naming.
    pub forms: Vec<Form<'a>>,
    /// The namings, in order.
    pub namings: Vec<Naming>,
}

impl<'a> Forms<'a> {
    /// The forms of the names in the metadata and of what is recognised, without
    /// authors in bylines and credits in datelines.
    pub(super) fn gather(
        metadata: &'a [(EntityKind, Cow<'a, str>)],
        texts: &[TokenisedText<'a>; 2],
        recognised: &[Recognised],
        bylines: &Bylines<'_>,
    ) -> Self {
        let names = metadata.len() + recognised.len();
        let mut forms = Self {
            words: Words::with_capacity(names),
            forms: Vec::with_capacity(names.min(64)),
            namings: Vec::with_capacity(names),
        };
        let mut seen = FxHashMap::default();
        for (kind, name) in metadata {
            let form = forms.form(*kind, name, &mut seen);
            forms.forms[form].is_metadata = true;
            forms.name(form, Naming { form, title: Title::Nothing, is_kin: false, mention: None });
        }
        let mut rest = recognised;
        while let [found, others @ ..] = rest {
            let text = texts[found.mention.part as usize].text;
            let (found, used) = joined(text, rest).unwrap_or((*found, 1));
            let found = without_next_line(found, recognised, texts);
            forms.mention(found, text, bylines, &mut seen);
            rest = &others[used - 1..];
        }
        forms
    }

    /// Adds a mention in `text`.
    fn mention(
        &mut self,
        found: Recognised,
        text: &'a str,
        bylines: &Bylines<'_>,
        seen: &mut FxHashMap<(&'a str, EntityKind), usize>,
    ) {
        let Recognised { mention, kind } = found;
        let span = mention.span;
        let before = &text[..span.start];
        if before.ends_with('#') || before.trim_end_matches(' ').ends_with('@') {
            // The name of an account or a subject, which is one word.
            return;
        }
        let mut written = span.of(text);
        let mut title = Title::Nothing;
        let mut is_kin = false;
        if kind == EntityKind::Person {
            if bylines.names_author(mention) {
                return;
            }
            written = without_next_name(text, span);
            match title_before(text, span.start) {
                Some((start, TitleWord::Regnal(_))) => {
                    written = &text[start..span.start + written.len()];
                }
                Some((_, TitleWord::Title(found))) => title = found,
                Some((_, TitleWord::Kin)) => is_kin = true,
                _ => {}
            }
        } else if kind == EntityKind::Organization
            && let Some(start) = known_start(text, span).or_else(|| national_start(text, span))
        {
            written = &text[start..span.end];
        }
        let form = self.form(kind, written, seen);
        if title == Title::Nothing {
            title = self.forms[form].title;
        }
        if !bylines.is_credit(mention, self.forms[form].known) {
            self.name(form, Naming { form, title, is_kin, mention: Some(mention) });
        }
    }

    fn name(&mut self, place: usize, naming: Naming) {
        let form = &mut self.forms[place];
        if form.count == 0 {
            form.first = self.namings.len();
        }
        form.count += 1;
        form.in_body += usize::from(naming.is_in_body());
        self.namings.push(naming);
    }

    /// The form that `written` is, added if it is new.
    fn form(
        &mut self,
        kind: EntityKind,
        written: &'a str,
        seen: &mut FxHashMap<(&'a str, EntityKind), usize>,
    ) -> usize {
        *seen.entry((written, kind)).or_insert_with(|| {
            let form = self.new_form(kind, written);
            self.forms.push(form);
            self.forms.len() - 1
        })
    }

    fn new_form(&mut self, kind: EntityKind, written: &'a str) -> Form<'a> {
        let cleaned = clean(kind, written);
        let (mut kind, mut core) = (kind, cleaned.core);
        let mut words = self.words.add(core);
        let capitals = known::is_capitals(core);
        let known = known::find(kind, self.words.key(&words), capitals);
        if let Some(person) = known.filter(|known| known.kind == EntityKind::Person) {
            (kind, core) = (EntityKind::Person, person.shown);
            words = self.words.add(core);
        }
        // A known name that is a surname too says nothing of who bears it.
        let is_of_surname = kind == EntityKind::Person && known.is_some_and(|it| it.is_surname);
        let worth = match known {
            Some(_) if !is_of_surname => Worth::Name,
            _ if is_no_name(kind, core) => Worth::Nothing,
            _ => worth(&self.words, &words),
        };
        let mut form = Form {
            kind,
            core,
            words,
            is_regnal: false,
            generation: None,
            title: cleaned.title,
            worth,
            only_title: cleaned.only_title,
            capitals,
            known: known.filter(|known| known.kind != EntityKind::Person),
            count: 0,
            in_body: 0,
            is_metadata: false,
            first: 0,
        };
        match kind {
            EntityKind::Person => {
                self.split_person(&mut form);
                if form.words.len() == 1 && core.starts_with(char::is_lowercase) {
                    // The name of an account, unless somebody is meant.
                    form.worth = form.worth.min(Worth::Part);
                }
            }
            EntityKind::Organization => self.drop_company(&mut form),
            EntityKind::Place => {}
        }
        form
    }

    /// Takes *Company* from the words of an organization.
    fn drop_company(&self, form: &mut Form<'_>) {
        const COMPANY: [&str; 4] = ["company", "corporation", "incorporated", "limited"];
        if form.words.len() >= 2 && COMPANY.contains(&self.words.word(form.words.end - 1)) {
            form.words.end -= 1;
        }
    }

    /// Tells the generation and a title that stays from the words of a person.
    fn split_person(&self, form: &mut Form<'_>) {
        if form.words.len() >= 2
            && let Some(generation) = generation(self.words.word(form.words.end - 1))
        {
            form.generation = Some(generation);
        }
        form.is_regnal = form.name_words().len() >= 2
            && form.name_words().len() <= 3
            && matches!(
                title_word_of(self.words.word(form.words.start)),
                Some(TitleWord::Regnal(_))
            );
    }
}

/// The folded word that tells generations or rulers of one name apart.
fn generation(word: &str) -> Option<&'static str> {
    const RULERS: [&str; 12] =
        ["vi", "vii", "viii", "ix", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xxiii"];
    let ruler = || RULERS.iter().find(|number| **number == word).copied();
    crate::text::generation(word).or_else(ruler)
}

/// Whether the words begin like a surname alone: *de Blasio*, *al-Assad*, *bin
/// Laden*. *Al Gore* does not.
pub(super) fn starts_with_particle(words: &Words, range: &WordRange) -> bool {
    let first = words.word(range.start);
    let is_joined = || range.len() >= 2 && words.is_joined(range.start + 1);
    is_particle(first) && (first != "al" || is_joined())
}
