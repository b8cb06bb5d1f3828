use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::unparsed_fields::Text;

/// The times in `modified`, by field name. An object with a repeated name is refused, because only one of its times could be
/// written back.
#[derive(Default)]
pub(super) struct Times(pub BTreeMap<String, u64>);

impl<'de> Deserialize<'de> for Times {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TimesVisitor)
    }
}

struct TimesVisitor;

impl<'de> Visitor<'de> for TimesVisitor {
    type Value = Times;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object of times")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Times, A::Error> {
        let mut times = BTreeMap::new();
        while let Some((Text(name), at)) = map.next_entry()? {
            if times.insert(name.into_owned(), at).is_some() {
                return Err(A::Error::custom("a repeated name"));
            }
        }
        Ok(Times(times))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_names_are_refused() {
        for (text, count) in [
            ("{}", Some(0)),
            (r#"{"a": 1, "b": 1}"#, Some(2)),
            (r#"{"a": 1, "b": 1, "a": 1}"#, None),
            (r#"{"a": 1, "\u0061": 2}"#, None),
            (r#"{"a": 1.0}"#, None),
            ("[]", None),
        ] {
            let times = serde_json::from_str::<Times>(text).ok();
            assert_eq!(times.map(|Times(times)| times.len()), count, "{text}");
        }
    }
}
