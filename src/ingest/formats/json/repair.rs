//! Mends what common writers of JSON get wrong.

/// `json` with its usual faults mended: bare line ends and other controls in
/// strings, halves of surrogate pairs, escapes that JSON lacks, and `NaN` and
/// `Infinity` (the writer of Python gives them), which become `null`.
///
/// Other faults stay.
pub(super) fn repair(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let mut rest = json;
    while let Some(place) = rest.find('"') {
        repair_words(&rest[..place], &mut out);
        out.push('"');
        let string = &rest[place + 1..];
        let end = repair_string(string, &mut out);
        rest = &string[end..];
    }
    repair_words(rest, &mut out);
    out
}

/// Copies what stands between strings.
fn repair_words(words: &str, out: &mut String) {
    let mut rest = words;
    while let Some(place) = rest.find(['N', 'I', '-']) {
        out.push_str(&rest[..place]);
        rest = &rest[place..];
        let word = ["NaN", "-Infinity", "Infinity"].into_iter().find(|word| rest.starts_with(word));
        let length = word.map_or(1, str::len);
        out.push_str(if word.is_some() { "null" } else { &rest[..1] });
        rest = &rest[length..];
    }
    out.push_str(rest);
}

/// Copies a string up to and with its closing quote; gives the place behind.
fn repair_string(string: &str, out: &mut String) -> usize {
    let mut place = 0;
    while let Some(character) = string[place..].chars().next() {
        place += character.len_utf8();
        match character {
            '"' => {
                out.push('"');
                return place;
            }
            '\\' => place += repair_escape(&string[place..], out),
            control if control < ' ' => push_escape(u32::from(control), out),
            other => out.push(other),
        }
    }
    place
}

/// Copies the escape whose backslash stands before `rest`; gives the number of
/// bytes of `rest` that belong to it.
fn repair_escape(rest: &str, out: &mut String) -> usize {
    match rest.as_bytes().first() {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
            out.push('\\');
            out.push_str(&rest[..1]);
            1
        }
        Some(b'u') => repair_unicode_escape(rest, out),
        // A backslash that escapes nothing stands for itself.
        _ => {
            out.push_str("\\\\");
            0
        }
    }
}

fn repair_unicode_escape(rest: &str, out: &mut String) -> usize {
    let unit = |rest: &str| {
        let digits = rest.strip_prefix('u')?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    match unit(rest) {
        None => {
            out.push_str("\\\\");
            0
        }
        Some(high @ 0xD800..0xDC00) => {
            let low = rest[5..].strip_prefix('\\').and_then(unit);
            match low {
                Some(low @ 0xDC00..0xE000) => {
                    push_escape(high, out);
                    push_escape(low, out);
                    11
                }
                _ => {
                    out.push(char::REPLACEMENT_CHARACTER);
                    5
                }
            }
        }
        Some(0xDC00..0xE000) => {
            out.push(char::REPLACEMENT_CHARACTER);
            5
        }
        Some(unit) => {
            push_escape(unit, out);
            5
        }
    }
}

fn push_escape(unit: u32, out: &mut String) {
    out.push_str(&format!("\\u{unit:04x}"));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::repair;

    #[test]
    fn usual_faults_are_mended() {
        let cases = [
            (
                r#"{"a": NaN, "b": [-Infinity, Infinity, -1]}"#,
                json!({"a": null, "b": [null, null, -1]}),
            ),
            ("\"two\nlines\t\"", json!("two\nlines\t")),
            (r#""\ud83d\ude00 \ud83d x \ude00""#, json!("😀 \u{fffd} x \u{fffd}")),
            (r#""\ud83d\ud83d\ude00\ud83d""#, json!("\u{fffd}😀\u{fffd}")),
            (r#""it\'s \x41 C:\user \u12""#, json!(r"it\'s \x41 C:\user \u12")),
            (r#""NaN \" \\ \/ é \u00e9""#, json!("NaN \" \\ / é é")),
        ];
        for (text, value) in cases {
            assert_eq!(serde_json::from_str::<Value>(&repair(text)).unwrap(), value, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in r#"(["\\uU\nNaN\-dD8c0é{}:, ]|\\ud8|\\u){0,40}"#) {
            repair(&text);
        }

        #[test]
        fn good_json_keeps_its_value(strings in prop::collection::vec(".{0,9}", 0..5)) {
            let value = json!({"strings": strings, "numbers": [-1, 0.5]});
            let mended: Value = serde_json::from_str(&repair(&value.to_string())).unwrap();
            prop_assert_eq!(mended, value);
        }
    }
}
