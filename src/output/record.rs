//! A row of output: names with values, in the order that was asked for.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// Names and values; an object in JSON, a line in CSV.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The names with their values.
    pub values: Vec<(&'static str, Value)>,
}

/// A value as the cell of a row: lists joined with `; `.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("; "),
        // An entity by its name, a snippet by its text.
        Value::Object(object) => {
            object.get("name").or_else(|| object.get("text")).map(cell).unwrap_or_default()
        }
        other => other.to_string(),
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (name, value) in &self.values {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::cell;
    use serde_json::json;

    #[test]
    fn cells_are_plain_text() {
        for (value, text) in [
            (json!(null), ""),
            (json!(["x", "y"]), "x; y"),
            (json!([{"name": "Joe Biden", "from": "metadata"}]), "Joe Biden"),
            (json!(3), "3"),
            (json!({"text": "s", "marks": []}), "s"),
        ] {
            assert_eq!(cell(&value), text);
        }
    }
}
