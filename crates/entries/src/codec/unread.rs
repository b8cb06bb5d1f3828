use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::Map;
use serde_json::value::RawValue;

use crate::Fields;

/// The fields of a JSON object, their values still the text they are in: read once, and as what they are to be. It copies
/// no secret, so there is nothing to wipe.
#[derive(Default)]
pub(super) struct Unread<'a> {
    /// In their order; without a value once it is taken.
    fields: Vec<(Cow<'a, str>, Option<&'a RawValue>)>,
    /// Behind the one that was taken last: who asks in the order of the text finds at once.
    next: usize,
}

/// A text that is borrowed where nothing in it is escaped.
#[derive(serde::Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

impl<'a> Unread<'a> {
    /// Takes a field out.
    pub fn take(&mut self, field: &str) -> Option<&'a str> {
        let count = self.fields.len();
        let mut places = (self.next..count).chain(0..self.next.min(count));
        let at = places.find(|&at| self.fields[at].0 == field)?;
        self.next = at + 1;
        self.fields[at].1.take().map(RawValue::get)
    }

    /// All that is left.
    ///
    /// # Errors
    ///
    /// A field that stands twice, a value that is nested too deep, a text that is no text.
    pub fn into_fields(self) -> serde_json::Result<Fields> {
        let mut map = Map::new();
        if self.fields.iter().all(|(_, value)| value.is_none()) {
            return Ok(map.into());
        }
        let mut names = HashSet::with_capacity(self.fields.len());
        for (name, value) in &self.fields {
            if !names.insert(name) {
                return Err(serde_json::Error::custom("a field stands twice"));
            }
            if let Some(value) = value {
                map.insert(name.to_string(), serde_json::from_str(value.get())?);
            }
        }
        Ok(map.into())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Unread<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UnreadVisitor)
    }
}

struct UnreadVisitor;

impl<'de> Visitor<'de> for UnreadVisitor {
    type Value = Unread<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Unread<'de>, A::Error> {
        let mut fields = Vec::with_capacity(24);
        while let Some((Text(name), value)) = map.next_entry()? {
            fields.push((name, Some(value)));
        }
        Ok(Unread { fields, next: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_taken_once_in_any_order_and_the_rest_is_kept() {
        let text = r#"{"a": [1, {"b": null}], "\u0062": "x", "c": {"d": 3}}"#;
        let mut fields: Unread = serde_json::from_str(text).expect("an object");
        assert_eq!(fields.take("b"), Some("\"x\""));
        assert_eq!(fields.take("a"), Some(r#"[1, {"b": null}]"#));
        assert_eq!(fields.take("a"), None);
        assert_eq!(fields.take("d"), None);
        let left = fields.into_fields().expect("values");
        let left = serde_json::to_string(&*left).expect("a map");
        assert_eq!(left, r#"{"c":{"d":3}}"#);
    }

    #[test]
    fn a_field_stands_once() {
        for (text, left) in [
            (r#"{"a": 1, "a": 2}"#, None),
            (r#"{"a": 1, "b": 2, "b": 3}"#, None),
            (r#"{"a": 1}"#, Some(0)),
            (r#"{"a": 1, "b": 2}"#, Some(1)),
            ("{}", Some(0)),
        ] {
            let mut fields: Unread = serde_json::from_str(text).expect("an object");
            fields.take("a");
            let fields = fields.into_fields().ok();
            assert_eq!(fields.map(|fields| fields.len()), left, "{text}");
        }
    }

    #[test]
    fn what_is_no_value_is_no_field() {
        let deep = format!(r#"{{"a": {}{}}}"#, "[".repeat(1000), "]".repeat(1000));
        for text in [&deep, r#"{"a": "\ud800"}"#] {
            let fields: Unread = serde_json::from_str(text).expect("an object");
            assert!(fields.into_fields().is_err());
        }
        for text in ["[]", "1", "{\"a\": \"\u{1}\"}"] {
            assert!(serde_json::from_str::<Unread>(text).is_err());
        }
    }
}
