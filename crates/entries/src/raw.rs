use serde_json::value::RawValue;
use zeroize::Zeroizing;

/// A JSON value that is kept byte for byte as it was read.
///
/// It may contain a secret, so it is zeroized on drop and has neither `Debug` nor `Serialize`.
#[derive(Clone, PartialEq)]
pub(crate) struct RawJson(Zeroizing<String>);

impl RawJson {
    pub fn of(value: &RawValue) -> Self {
        Self(Zeroizing::new(value.get().to_owned()))
    }

    /// `{}`.
    pub fn empty_object() -> Self {
        Self(Zeroizing::new("{}".to_owned()))
    }

    /// The JSON text, without white space around it.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// Fields of a JSON object, kept unchanged and in their order. No name is repeated.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct RawFields(Vec<(String, RawJson)>);

impl RawFields {
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawJson)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub fn get(&self, name: &str) -> Option<&RawJson> {
        let mut fields = self.iter();
        fields.find_map(|(other, value)| (other == name).then_some(value))
    }

    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Appends a field, whose name must not be there already.
    pub fn push(&mut self, name: &str, value: RawJson) {
        self.0.push((name.to_owned(), value));
    }

    /// These fields followed by `others`, which must have different names.
    pub fn followed_by(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(other, _)| other != name);
    }
}
