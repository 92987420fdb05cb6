//! The terms and columns of the people, organizations and places of an article.
//!
//! An entity is found by its name, by any form in which the article mentions
//! it, and by any word of those; its key stands once in its column.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use tantivy::schema::{Field, OwnedValue};

use super::encoder::{Position, push_term};
use super::place_marks::EntityMention;
use super::terms::{
    ABOUT_FORM, ABOUT_KEY, ABOUT_WORD, FORM_KEY, LONGEST_NAME_BYTES, NAME_FORM, NAME_MENTION,
    NAME_WORD, PARTIAL,
};
use super::{ENTITY_FIELDS, Fields, form_code};
use crate::annotate::{Annotations, Entity, Mention, TextPart};
use crate::text::{name_key, tokens};

/// Writes the entities of articles down; one for each thread, as it keeps its
/// buffers.
#[derive(Default)]
pub(super) struct EntityTerms {
    /// The keys of the article, each behind the number of its kind.
    seen: FxHashSet<(usize, String)>,
    /// The mentions of the article's entities that have a key.
    pub(super) mentions: Vec<EntityMention>,
    word: String,
}

/// `name` trimmed, without control characters, which separate terms and belong
/// to no name.
pub(super) fn plain(name: &str) -> Cow<'_, str> {
    let name = name.trim();
    if !name.contains(char::is_control) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.replace(char::is_control, " "))
}

/// The key under which an entity of this name stands in its column; none for
/// what is no name. `partial` is whether only a part of the name is known.
#[must_use]
pub fn entity_key(name: &str, partial: bool) -> Option<String> {
    key_of_plain(&plain(name), partial)
}

fn key_of_plain(name: &str, partial: bool) -> Option<String> {
    let mut key = name_key(name);
    if key.is_empty() || name.len() > LONGEST_NAME_BYTES {
        return None;
    }
    if partial {
        key.push(PARTIAL);
    }
    Some(key)
}

impl EntityTerms {
    /// Adds the terms and columns of the entities of an article.
    pub(super) fn add(
        &mut self,
        fields: &Fields,
        annotations: &Annotations<'_>,
        values: &mut Vec<(Field, OwnedValue)>,
    ) {
        self.seen.clear();
        self.mentions.clear();
        let mut counts = [0; ENTITY_FIELDS];
        let names = fields.names();
        let mut terms: [String; ENTITY_FIELDS] = Default::default();
        for entity in &annotations.entities {
            let kind = entity.kind as usize;
            let name = plain(&entity.name);
            let Some(key) = key_of_plain(&name, entity.partial) else { continue };
            if !self.seen.insert((kind, key.clone())) {
                continue;
            }
            self.push(entity, &name, &key, annotations, &mut terms[kind]);
            let number = counts[kind];
            let placed =
                |mention: &Mention| EntityMention { mention: *mention, kind, entity: number };
            self.mentions.extend(entity.mentions.iter().map(placed));
            counts[kind] += 1;
            let mentions = entity.mentions.len() as u64;
            values.push((names[kind].keys, OwnedValue::Str(key)));
            values.push((fields.mentions[kind], OwnedValue::U64(mentions)));
        }
        for (kind, terms) in terms.into_iter().enumerate().filter(|(_, terms)| !terms.is_empty()) {
            values.push((names[kind].terms, OwnedValue::Str(terms)));
        }
    }

    /// Appends the terms of an entity.
    fn push(
        &mut self,
        entity: &Entity,
        name: &str,
        key: &str,
        annotations: &Annotations<'_>,
        terms: &mut String,
    ) {
        push_term(key, NAME_FORM, &form_code::encode(key, name), Position::Next, terms);
        if entity.about {
            push_term(key, ABOUT_KEY, "", Position::Same, terms);
        }
        if let Some(part) = key.strip_suffix(PARTIAL) {
            // A part of a name is a form of whoever is meant.
            push_form_key(part, entity.about, terms);
        }
        self.push_words(name, entity.about, terms);
        let mut forms: Vec<&str> = Vec::new();
        for mention in &entity.mentions {
            let text = match mention.part {
                TextPart::Title => annotations.title.text,
                TextPart::Body => annotations.body.text,
            };
            let form = mention.span.of(text);
            if form == name || forms.contains(&form) || forms.len() == MOST_FORMS {
                continue;
            }
            forms.push(form);
            self.push_form(&plain(form), key, entity.about, terms);
        }
    }

    fn push_form(&mut self, form: &str, key: &str, about: bool, terms: &mut String) {
        let form_key = name_key(form);
        let is_name = form_key == key.trim_end_matches(PARTIAL);
        if form_key.is_empty() || is_name || form.len() > LONGEST_NAME_BYTES {
            return;
        }
        push_form_key(&form_key, about, terms);
        push_term(key, NAME_MENTION, &form_code::encode(key, form), Position::Same, terms);
        self.push_words(form, about, terms);
    }

    fn push_words(&mut self, name: &str, about: bool, terms: &mut String) {
        for token in tokens(name) {
            self.word.clear();
            token.fold_into(name, &mut self.word);
            push_term(&self.word, NAME_WORD, "", Position::Same, terms);
            if about {
                push_term(&self.word, ABOUT_WORD, "", Position::Same, terms);
            }
        }
    }
}

fn push_form_key(form_key: &str, about: bool, terms: &mut String) {
    push_term(form_key, FORM_KEY, "", Position::Same, terms);
    if about {
        push_term(form_key, ABOUT_FORM, "", Position::Same, terms);
    }
}

/// Forms of one entity that an article is found by. Nobody is called by more in
/// one article; a recogniser that says so has gone astray in a long list.
const MOST_FORMS: usize = 32;

#[cfg(test)]
mod tests {
    use super::EntityTerms;
    use crate::annotate::{
        Annotations, Entity, EntityKind, Mention, Origin, TextPart, TokenisedText,
    };
    use crate::index::{Fields, terms};
    use crate::text::Span;
    use tantivy::schema::OwnedValue;

    /// The terms and columns of an entity that is mentioned as `mentions`.
    fn written(name: &str, partial: bool, about: bool, mentions: &[&str]) -> Vec<String> {
        let body = mentions.join(" / ");
        let mention = |form: &&str| {
            let start = body.find(form).unwrap();
            Mention { part: TextPart::Body, span: Span::new(start, start + form.len()) }
        };
        let entity = Entity {
            kind: EntityKind::Person,
            name: name.to_owned(),
            origin: Origin::Recognised,
            partial,
            about,
            mentions: mentions.iter().map(mention).collect(),
        };
        let annotations = Annotations {
            language: None,
            title: TokenisedText::new(TextPart::Title, ""),
            body: TokenisedText::new(TextPart::Body, &body),
            lead: Span::default(),
            // A second of the same key adds nothing.
            entities: vec![entity.clone(), entity],
        };
        let fields = Fields::new();
        let mut values = Vec::new();
        EntityTerms::default().add(&fields, &annotations, &mut values);
        let shown = |(field, value): (tantivy::schema::Field, OwnedValue)| match value {
            OwnedValue::Str(text) if field == fields.person.terms => {
                // Lengths stand between terms.
                let mut cut = Vec::new();
                let mut rest = text.chars();
                while let Some(length) = rest.next() {
                    let (term, more) = rest.as_str().split_at(u32::from(length) as usize / 2);
                    cut.push(term.replace(terms::SEPARATOR, "|").replace('\u{1}', "^"));
                    rest = more.chars();
                }
                cut.sort();
                cut.dedup();
                cut.join(" ; ")
            }
            OwnedValue::Str(text) => format!("key {text}"),
            OwnedValue::U64(number) => format!("mentions {number}"),
            other => format!("{other:?}"),
        };
        values.into_iter().map(shown).collect()
    }

    #[test]
    fn an_entity_is_found_by_name_forms_and_words() {
        insta::assert_snapshot!(
            written("Ann Lee", false, false, &["Ann Lee", "ANN LEE", "Mrs. Lee", "Mrs. Lee"]).join("\n"),
            @r"
        key ann lee
        mentions 4
        ann lee|/Mrs. Lee ; ann lee|: ; ann|w ; lee|w ; mrs lee|m ; mrs|w
        "
        );
        insta::assert_snapshot!(
            written("Lee\n", true, true, &["Lee"]).join("\n"),
            @r"
        key lee,
        mentions 1
        lee,|! ; lee,|: ; lee|a ; lee|b ; lee|m ; lee|w
        "
        );
        assert!(written(" \u{1}", false, false, &[]).is_empty());
    }
}
