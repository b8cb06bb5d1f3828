use crate::raw::RawJson;

/// A JSON object that is kept byte for byte as it was read.
///
/// It may contain secrets of an import (a PIN, a vendor's key), so it is zeroized on drop and has neither `Debug` nor `Serialize`.
#[derive(Clone, PartialEq)]
pub struct RawJsonObject(RawJson);

impl RawJsonObject {
    /// `None` if `json` is not an object.
    pub(crate) fn new(json: RawJson) -> Option<Self> {
        json.text().starts_with('{').then_some(Self(json))
    }

    /// The JSON text, without white space around it.
    pub fn text(&self) -> &str {
        self.0.text()
    }

    pub(crate) fn json(&self) -> &RawJson {
        &self.0
    }
}

/// `{}`.
impl Default for RawJsonObject {
    fn default() -> Self {
        Self(RawJson::empty_object())
    }
}
