use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::raw::{RawFields, RawJson};

/// The fields of a JSON object with unparsed values. Each value is parsed once, when its type is known. It copies no secret, so it
/// need not be zeroized.
#[derive(Default)]
pub(super) struct UnparsedFields<'a> {
    /// In their order; `None` after a value was taken.
    fields: Vec<(Cow<'a, str>, Option<&'a RawValue>)>,
    /// Where the next search starts; lookups in document order take O(1).
    next: usize,
}

/// A text, borrowed if it has no escapes.
#[derive(serde::Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

impl<'a> UnparsedFields<'a> {
    /// Removes a field and returns its value.
    pub fn take(&mut self, field: &str) -> Option<&'a RawValue> {
        let count = self.fields.len();
        let mut places = (self.next..count).chain(0..self.next.min(count));
        let at = places.find(|&at| self.fields[at].0 == field)?;
        self.next = at + 1;
        self.fields[at].1.take()
    }

    /// The remaining fields; `None` if any field is repeated, also one that was taken.
    pub fn into_fields(self) -> Option<RawFields> {
        let mut left = RawFields::default();
        if self.fields.iter().all(|(_, value)| value.is_none()) {
            return Some(left);
        }
        let mut names = HashSet::with_capacity(self.fields.len());
        for (name, value) in &self.fields {
            names.insert(name).then_some(())?;
            if let Some(value) = value {
                left.push(name, RawJson::of(value));
            }
        }
        Some(left)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for UnparsedFields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UnparsedFieldsVisitor)
    }
}

struct UnparsedFieldsVisitor;

impl<'de> Visitor<'de> for UnparsedFieldsVisitor {
    type Value = UnparsedFields<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UnparsedFields<'de>, A::Error> {
        let mut fields = Vec::with_capacity(24);
        while let Some((Text(name), value)) = map.next_entry()? {
            fields.push((name, Some(value)));
        }
        Ok(UnparsedFields { fields, next: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_taken_once_in_any_order_and_the_others_remain() {
        let text = r#"{"a": [1, {"b": null}], "\u0062": "x", "c": {"d" : 3.0}, "e": 1e1}"#;
        let mut fields: UnparsedFields = serde_json::from_str(text).expect("an object");
        let mut take = |field| fields.take(field).map(RawValue::get);
        assert_eq!(take("b"), Some("\"x\""));
        assert_eq!(take("a"), Some(r#"[1, {"b": null}]"#));
        assert_eq!(take("a"), None);
        assert_eq!(take("d"), None);
        let left = fields.into_fields().expect("no field stands twice");
        let left: Vec<_> = left
            .iter()
            .map(|(name, value)| (name, value.text()))
            .collect();
        assert_eq!(left, [("c", r#"{"d" : 3.0}"#), ("e", "1e1")]);
    }

    #[test]
    fn repeated_fields_are_refused() {
        for (text, left) in [
            (r#"{"a": 1, "a": 2}"#, None),
            (r#"{"a": 1, "b": 2, "b": 3}"#, None),
            (r#"{"a": 1}"#, Some(0)),
            (r#"{"a": 1, "b": 2}"#, Some(1)),
            ("{}", Some(0)),
        ] {
            let mut fields: UnparsedFields = serde_json::from_str(text).expect("an object");
            fields.take("a");
            let fields = fields.into_fields();
            assert_eq!(fields.map(|fields| fields.iter().count()), left, "{text}");
        }
    }

    #[test]
    fn any_value_is_kept() {
        let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
        for value in [&deep, r#""\ud800""#, "1e999"] {
            let text = format!(r#"{{"a": {value} }}"#);
            let fields: UnparsedFields = serde_json::from_str(&text).expect("an object");
            let left = fields.into_fields().expect("no field stands twice");
            assert!(left.iter().all(|(_, kept)| kept.text() == value));
        }
        for text in ["[]", "1", "{\"a\": \"\u{1}\"}", r#"{"\ud800": 1}"#] {
            assert!(serde_json::from_str::<UnparsedFields>(text).is_err());
        }
    }
}
