use crate::raw::{RawFields, RawJson};

/// The field that keeps the JSON of a section that was not an object, once another field is changed.
const DAMAGED: &str = "damaged";

/// The JSON of a section (settings or device) that is written back unchanged.
#[derive(Clone, PartialEq)]
pub(crate) enum Preserved {
    /// The fields that this version does not know, or cannot read; the latter have their default in memory.
    Fields(RawFields),
    /// The whole section: it is not an object, or has a repeated field.
    Whole(RawJson),
}

impl Preserved {
    /// Removes the JSON of these fields, because they were changed.
    pub fn discard(&mut self, names: &[&str]) {
        match self {
            Self::Fields(fields) => names.iter().for_each(|name| fields.remove(name)),
            Self::Whole(text) => {
                let mut fields = RawFields::default();
                fields.push(DAMAGED, text.clone());
                *self = Self::Fields(fields);
            }
        }
    }

    /// Whether there is nothing to write back.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Fields(fields) if fields.iter().next().is_none())
    }
}

impl Default for Preserved {
    fn default() -> Self {
        Self::Fields(RawFields::default())
    }
}
