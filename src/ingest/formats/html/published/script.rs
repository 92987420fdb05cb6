//! Dates in the data that scripts carry: the state of an application, what is
//! told to analytics.

use memchr::memmem;

/// What keys for the date of publication have in common: `publishedAt`,
/// `datePublished`, `publish_date`.
const KEY: &[u8] = b"ublish";

/// So many keys are looked at: later ones belong to other articles.
const MOST_KEYS: usize = 20;

/// A value that is a date has so many bytes at most, with zone and fractions.
const VALUE_BYTES: usize = 40;

/// The first text in `script` that is the value of a key for the date of
/// publication and looks like a date with its year first.
pub(super) fn published_value(script: &str) -> Option<&str> {
    let keys = memmem::find_iter(script.as_bytes(), KEY).take(MOST_KEYS);
    { keys }.find_map(|place| value_after(&script[place + KEY.len()..]))
}

/// The value behind the rest of a key: `edAt":"2024-04-14T17:03:00Z"`. The
/// quotes may be escaped.
fn value_after(rest: &str) -> Option<&str> {
    let key_end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')?;
    let rest = &rest[key_end..];
    let rest = rest.trim_start_matches(['"', '\'', '\\', ' ']).strip_prefix([':', '='])?;
    let value = rest.trim_start_matches(['"', '\'', '\\', ' ']);
    if value.len() == rest.len() {
        return None;
    }
    let end = value.find(['"', '\'', '\\'])?;
    let value = &value[..end];
    let is_dated = value.len() <= VALUE_BYTES
        && value.starts_with(['1', '2'])
        && value.as_bytes().get(4).is_some_and(|joint| b"-/".contains(joint));
    is_dated.then_some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::published_value;

    #[test]
    fn values_of_publication_are_found() {
        for (script, value) in [
            (r#"{"publishedAt":"2024-04-14T17:03:00Z"}"#, Some("2024-04-14T17:03:00Z")),
            (r#"{\"date_published\" : \"2024-04-14\"}"#, Some("2024-04-14")),
            ("push({'publishDate': '2024/04/14', x: 1})", Some("2024/04/14")),
            ("var published = '2024-04-14';", Some("2024-04-14")),
            (r#"{"publisher":{"name":"Gull"},"published":"2024-04-14"}"#, Some("2024-04-14")),
            (r#"{"published":true,"at":"2024-04-14"}"#, None),
            (r#"{"publishedAt":1713114180}"#, None),
            (r#"{"publish":"14 April"}"#, None),
            (r#"{"published":"2024-04-14"#, None),
            ("publish", None),
        ] {
            assert_eq!(published_value(script), value, "{script}");
        }
    }

    proptest! {
        #[test]
        fn any_script_is_survived(script in "(publish|ed|[:='\"{}]|2024-04-14|\\PC){0,30}") {
            let _ = published_value(&script);
        }
    }
}
