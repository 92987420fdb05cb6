//! Reads the references in the text of XML: to characters, to the entities of XML and
//! HTML, and to the simple ones that a document declares.
//!
//! Nothing is ever fetched, and what an entity stands for is not looked into again:
//! a text grows by no more than [`LONGEST_VALUE`] for each reference.

use std::borrow::Cow;
use std::collections::HashMap;

use markup5ever::data::NAMED_ENTITIES;
use memchr::memchr;

/// Bytes of the longest value of a declared entity. Those of news stand for a character
/// or a name; longer ones make texts explode.
const LONGEST_VALUE: usize = 100;

/// A text grows to so many times its bytes at most, beside [`LEAST_ROOM_BYTES`]: entities
/// that stand for one character shrink it.
const MOST_GROWTH: usize = 4;

/// What short texts may grow to, whatever is in them.
const LEAST_ROOM_BYTES: usize = 64 << 10;

/// Entities that a document may declare. The sets of ISO, which some documents carry
/// along, have some hundred each.
const MOST_DECLARED: usize = 2000;

/// Bytes of the longest name of an entity: HTML has one of 31,
/// `CounterClockwiseContourIntegral`; numbers have up to 10 digits.
const LONGEST_NAME: usize = 40;

/// The entities that a document declares.
#[derive(Debug, Default)]
pub(super) struct Entities {
    declared: HashMap<String, String>,
}

impl Entities {
    /// Takes the entities that stand in the internal subset of a document type
    /// declaration; those that name files are passed over.
    pub(super) fn declare(&mut self, subset: &str) {
        for declaration in subset.split("<!ENTITY").skip(1) {
            if self.declared.len() == MOST_DECLARED {
                return;
            }
            let Some((name, rest)) = declaration.trim_start().split_once(char::is_whitespace)
            else {
                continue;
            };
            let rest = rest.trim_start();
            let Some(quote) = rest.chars().next().filter(|first| matches!(first, '"' | '\''))
            else {
                continue;
            };
            let Some((value, _)) = rest[1..].split_once(quote) else { continue };
            if value.len() <= LONGEST_VALUE && name != "%" {
                let value = unescaped(value, &Self::default()).into_owned();
                self.declared.entry(name.to_owned()).or_insert(value);
            }
        }
    }
}

/// `text` with its references read; what is none stays.
pub(super) fn unescaped<'a>(text: &'a str, entities: &Entities) -> Cow<'a, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    // Declared entities are longer than their names; a text does not grow by them without end.
    let room = text.len().saturating_mul(MOST_GROWTH).saturating_add(LEAST_ROOM_BYTES);
    while let Some(behind) = rest.strip_prefix('&') {
        let end = behind.bytes().take(LONGEST_NAME).position(|byte| byte == b';');
        let is_read = out.len() < room
            && end.is_some_and(|end| push_entity(&mut out, &behind[..end], entities));
        rest = match end.filter(|_| is_read) {
            Some(end) => &behind[end + 1..],
            None => {
                out.push('&');
                behind
            }
        };
        let next = memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(out)
}

/// Writes what `&name;` stands for; false if that is not known.
fn push_entity(out: &mut String, name: &str, entities: &Entities) -> bool {
    if let Some(number) = name.strip_prefix('#') {
        let Some(character) = character(number) else { return false };
        out.push(character);
        return true;
    }
    if let Some(value) = entities.declared.get(name) {
        out.push_str(value);
        return true;
    }
    // The table has the names with their semicolon; only some stand without it.
    let Some((first, second)) = NAMED_ENTITIES.get(format!("{name};").as_str()) else {
        return false;
    };
    out.extend(
        [first, second].into_iter().filter_map(|code| char::from_u32(*code)).filter(|c| *c != '\0'),
    );
    true
}

/// The character with that number. Numbers from 128 to 159 mean Windows-1252, as in HTML:
/// nobody means the controls.
fn character(number: &str) -> Option<char> {
    let code: u32 = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    }
    .ok()?;
    if let Ok(byte @ 0x80..=0x9F) = u8::try_from(code) {
        let bytes = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        return text.chars().next();
    }
    char::from_u32(code).filter(|character| *character != '\0')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Entities, unescaped};

    #[test]
    fn references_are_read() {
        let cases = [
            ("a &lt;b&gt; &amp;amp; &apos;&quot;", "a <b> &amp; '\""),
            ("caf&eacute;&nbsp;&CounterClockwiseContourIntegral;", "café\u{a0}∳"),
            ("&#8217;&#x2014;&#147;&#X41;", "’—“A"),
            (
                "R&D; a&b=c & &; &#0; &#xD800; &#99999999999;",
                "R&D; a&b=c & &; &#0; &#xD800; &#99999999999;",
            ),
            ("&", "&"),
        ];
        for (xml, text) in cases {
            assert_eq!(unescaped(xml, &Entities::default()), text);
        }
    }

    #[test]
    fn declared_entities_are_read_once() {
        let mut entities = Entities::default();
        entities.declare(concat!(
            "<!ENTITY gull \"The &#71;ull\"><!ENTITY a 'x&gull;x'>\n<!ENTITY  b SYSTEM 'file:///etc'>",
            "<!ENTITY % c 'd'><!ENTITY e",
        ));
        assert_eq!(unescaped("&gull; &a; &b; &c; &e;", &entities), "The Gull x&gull;x &b; &c; &e;");
        entities.declare(&format!("<!ENTITY long '{}'>", "x".repeat(101)));
        assert_eq!(unescaped("&long;", &entities), "&long;");
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "(&|#|x|;|amp|é|1){0,30}") {
            unescaped(&text, &Entities::default());
        }
    }
}
