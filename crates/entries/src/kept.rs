use crate::raw::{RawFields, RawJson};

/// Under this name a section that was no object is kept once one of its fields is changed.
const DAMAGED: &str = "damaged";

/// What is written back as it was read, of a section that is an object: preferences, device.
#[derive(Clone, PartialEq)]
pub(crate) enum Kept {
    /// The fields that this version does not know, or cannot read: the latter have their default meanwhile.
    Fields(RawFields),
    /// All of them: the section is no object, or has a field that stands twice.
    Whole(RawJson),
}

impl Kept {
    /// The fields `names` were changed: what was read for them gives way.
    pub fn give_way(&mut self, names: &[&str]) {
        match self {
            Self::Fields(fields) => names.iter().for_each(|name| fields.remove(name)),
            Self::Whole(text) => {
                let mut fields = RawFields::default();
                fields.push(DAMAGED, text.clone());
                *self = Self::Fields(fields);
            }
        }
    }

    /// Nothing is kept.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Fields(fields) if fields.iter().next().is_none())
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self::Fields(RawFields::default())
    }
}
