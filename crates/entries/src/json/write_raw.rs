use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::raw::{RawFields, RawJson};

/// JSON that is written unchanged.
pub(super) struct RawText<'a>(pub &'a RawJson);

impl Serialize for RawText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value: &RawValue = serde_json::from_str(self.0.text()).map_err(S::Error::custom)?;
        value.serialize(serializer)
    }
}

/// Fields that are written as part of their object.
pub(super) struct RawFieldsJson<'a>(pub &'a RawFields);

impl Serialize for RawFieldsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.0.iter() {
            map.serialize_entry(name, &RawText(value))?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(RawText<'_>: Debug, Display, Clone);
    assert_not_impl_any!(RawFieldsJson<'_>: Debug, Display, Clone);
}
