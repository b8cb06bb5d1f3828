use std::ops::Deref;

use serde_json::{Map, Value};
use zeroize::Zeroize;

/// A JSON object whose texts are wiped on drop.
///
/// It may hold what an import brought (a PIN, a vendor's key), so it has neither `Debug` nor `Serialize`.
#[derive(Clone, Default, PartialEq)]
pub struct Fields(Map<String, Value>);

impl From<Map<String, Value>> for Fields {
    fn from(map: Map<String, Value>) -> Self {
        Self(map)
    }
}

impl Deref for Fields {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Drop for Fields {
    fn drop(&mut self) {
        self.0.values_mut().for_each(wipe);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(map) => map.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wipes_texts_at_every_depth() {
        let mut value = serde_json::json!({"a": "x", "b": [1, "y", {"c": "z"}], "d": null});
        wipe(&mut value);
        assert_eq!(
            value,
            serde_json::json!({"a": "", "b": [1, "", {"c": ""}], "d": null})
        );
    }
}
