use crate::raw::RawJson;

/// A JSON object that is kept as the text it was read from, byte for byte.
///
/// It may hold what an import brought (a PIN, a vendor's key): it is zeroed on drop, and has neither `Debug` nor
/// `Serialize`.
#[derive(Clone, PartialEq)]
pub struct Fields(RawJson);

impl Fields {
    /// None if `json` is not an object.
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

/// No fields.
impl Default for Fields {
    fn default() -> Self {
        Self(RawJson::empty_object())
    }
}
