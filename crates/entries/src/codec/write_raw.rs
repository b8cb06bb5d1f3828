use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::raw::{RawFields, RawJson};

/// The text as it was read.
pub(super) struct RawOut<'a>(pub &'a RawJson);

impl Serialize for RawOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value: &RawValue = serde_json::from_str(self.0.text()).map_err(S::Error::custom)?;
        value.serialize(serializer)
    }
}

/// Fields, to be written with those of the object they are of.
pub(super) struct RawFieldsOut<'a>(pub &'a RawFields);

impl Serialize for RawFieldsOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.0.iter() {
            map.serialize_entry(name, &RawOut(value))?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(RawOut<'_>: Debug, Display, Clone);
    assert_not_impl_any!(RawFieldsOut<'_>: Debug, Display, Clone);
}
