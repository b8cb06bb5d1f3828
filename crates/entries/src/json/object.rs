use std::cell::LazyCell;
use std::collections::HashSet;

use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::unparsed_fields::UnparsedFields;
use crate::{
    Item,
    raw::{RawFields, RawJson},
};

/// A JSON object whose fields are taken out one by one. The remaining ones are unknown to this version.
pub(super) struct Object<'a>(pub UnparsedFields<'a>);

/// Why an object cannot be read: the field at fault, or `None` for another fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FieldError(pub Option<&'static str>);

impl<'a> Object<'a> {
    pub fn parse(text: &'a RawValue) -> Result<Self, FieldError> {
        let fields = serde_json::from_str(text.get());
        fields.map(Self).map_err(|_| FieldError(None))
    }

    pub fn invalid(&self, field: &'static str) -> FieldError {
        FieldError(Some(field))
    }

    /// The field's value; `None` if it is absent or `null`.
    pub fn take<T: Deserialize<'a>>(
        &mut self,
        field: &'static str,
    ) -> Result<Option<T>, FieldError> {
        let Some(text) = self.0.take(field) else {
            return Ok(None);
        };
        serde_json::from_str(text.get()).map_err(|_| self.invalid(field))
    }

    pub fn required<T: Deserialize<'a>>(&mut self, field: &'static str) -> Result<T, FieldError> {
        self.take(field)?.ok_or_else(|| self.invalid(field))
    }

    pub fn or_default<T: Deserialize<'a> + Default>(
        &mut self,
        field: &'static str,
    ) -> Result<T, FieldError> {
        Ok(self.take(field)?.unwrap_or_default())
    }

    /// The remaining fields.
    ///
    /// # Errors
    ///
    /// A repeated field, which no version of the app writes.
    pub fn unknown_fields(&mut self) -> Result<RawFields, FieldError> {
        let fields = std::mem::take(&mut self.0).into_fields();
        fields.ok_or(FieldError(None))
    }
}

/// Reads a field into `value`, or keeps its JSON in `kept` if it cannot be read. An absent or `null` field leaves `value` unchanged.
pub(super) fn read_field<'a, T: Deserialize<'a>>(
    object: &mut Object<'a>,
    name: &'static str,
    value: &mut T,
    kept: &mut RawFields,
) {
    let Some(text) = object.0.take(name) else {
        return;
    };
    match serde_json::from_str(text.get()) {
        Ok(Some(read)) => *value = read,
        Ok(None) => {}
        Err(_) => kept.push(name, RawJson::of(text)),
    }
}

/// Reads the items of a list one by one; `damaged` converts the JSON of each item that cannot be read. `None` if `text` is not a
/// list.
///
/// An item with the id of an earlier item counts as unreadable.
pub(super) fn read_list<'a, T, D>(
    text: &'a RawValue,
    read: impl Fn(&mut Object<'a>) -> Result<T, FieldError>,
    id: impl Fn(&T) -> Uuid,
    damaged: impl Fn(&'a RawValue, FieldError) -> D,
) -> Option<Vec<Item<T, D>>> {
    let objects = objects(text)?;
    // Another pass over the whole list, so only if an item cannot be read.
    let texts = LazyCell::new(|| texts(text).unwrap_or_default());
    let mut ids = HashSet::with_capacity(objects.len());
    let mut items = Vec::with_capacity(objects.len());
    for (index, object) in objects.into_iter().enumerate() {
        let item = object
            .ok_or(FieldError(None))
            .and_then(|mut object| read(&mut object));
        let item = item.and_then(|item| match ids.insert(id(&item)) {
            true => Ok(item),
            false => Err(FieldError(Some("id"))),
        });
        items.push(match item {
            Ok(item) => Item::Readable(item),
            Err(why) => Item::Damaged(damaged(texts.get(index)?, why)),
        });
    }
    Some(items)
}

/// The objects of a list: `None` for an item that is not an object. `None` if `text` is not a list.
fn objects(text: &RawValue) -> Option<Vec<Option<Object<'_>>>> {
    if let Ok(objects) = serde_json::from_str::<Vec<UnparsedFields>>(text.get()) {
        return Some(
            objects
                .into_iter()
                .map(|fields| Some(Object(fields)))
                .collect(),
        );
    }
    let texts = texts(text)?.into_iter();
    Some(texts.map(|text| Object::parse(text).ok()).collect())
}

fn texts(text: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(text.get()).ok()
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use serde::Serialize;
    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(Object<'_>: Debug, Display, Serialize, Clone);
}
