use serde_json::value::RawValue;
use uuid::Uuid;

use super::VERSION;
use super::device::read_device;
use super::object::{FieldError, Object, read_field, read_list};
use super::read_entry::read_entry;
use super::unparsed_fields::Text;
use crate::{
    AnyEntry, DamagedEntry, FractionalIndex, Group, ParseError, Settings, VaultData,
    damaged::{ReadableParts, assign_unique_ids},
    item::Section,
    preserved::Preserved,
    raw::{RawFields, RawJson},
    vault_data::Tombstone,
};

impl VaultData {
    /// Reads what [`VaultData::to_json`] wrote.
    ///
    /// Items of a list, settings and sections that cannot be read are kept unchanged, and do not prevent reading the rest.
    ///
    /// # Errors
    ///
    /// Not a JSON object, or one with a repeated field; a newer format version; a missing version, or `entries` that is not a list.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ParseError> {
        let fields = serde_json::from_slice(bytes).map_err(|error| ParseError::Malformed {
            line: error.line(),
            column: error.column(),
        })?;
        let mut document = Object(fields);
        let invalid = |field| ParseError::Invalid { field };
        match document
            .required("version")
            .map_err(|_| invalid("version"))?
        {
            VERSION => {}
            0 => return Err(invalid("version")),
            version => return Err(ParseError::UnsupportedVersion { version }),
        }
        let mut read = Self::new();
        if let Some(text) = section(&mut document, "entries") {
            read.entries = read_entries(text).ok_or(invalid("entries"))?;
        }
        if let Some(text) = section(&mut document, "groups") {
            read.groups = read_section(text, read_group, |group| group.id);
        }
        if let Some(text) = section(&mut document, "tombstones") {
            read.tombstones = read_section(text, read_tombstone, |tombstone| tombstone.id);
        }
        if let Some(text) = section(&mut document, "preferences") {
            (read.settings, read.preserved_settings) = read_settings(text);
        }
        if let Some(text) = section(&mut document, "device") {
            (read.device, read.preserved_device) = read_device(text);
        }
        let malformed = |_| ParseError::Malformed { line: 0, column: 0 };
        read.unknown = document.unknown_fields().map_err(malformed)?;
        Ok(read)
    }
}

/// The JSON of a section; `None` if it is absent or `null`.
fn section<'a>(document: &mut Object<'a>, name: &str) -> Option<&'a RawValue> {
    document.0.take(name).filter(|text| text.get() != "null")
}

fn read_entries(text: &RawValue) -> Option<Vec<AnyEntry>> {
    let damaged =
        |text, FieldError(field)| DamagedEntry::new(RawJson::of(text), field, readable_parts(text));
    let mut items = read_list(text, read_entry, |entry| entry.id, damaged)?;
    assign_unique_ids(&mut items);
    Some(items)
}

/// The parts of a damaged entry that can be read.
fn readable_parts(text: &RawValue) -> ReadableParts {
    let Ok(mut object) = Object::parse(text) else {
        return ReadableParts::default();
    };
    let position = object.take("position").ok().flatten();
    ReadableParts {
        id: object.take("id").unwrap_or_default(),
        issuer: object.or_default("issuer").unwrap_or_default(),
        account: object.or_default("account").unwrap_or_default(),
        position: position.and_then(|Text(position)| FractionalIndex::parse(&position)),
    }
}

/// The `id` in the JSON of a damaged item; `None` if it has none or it is not a UUID.
pub(crate) fn own_id(text: &RawJson) -> Option<Uuid> {
    let text = serde_json::from_str(text.text()).ok()?;
    Object::parse(text).ok()?.take("id").ok().flatten()
}

fn read_section<'a, T>(
    text: &'a RawValue,
    read: impl Fn(&mut Object<'a>) -> Result<T, FieldError>,
    id: impl Fn(&T) -> Uuid,
) -> Section<T> {
    match read_list(text, read, id, |text, _| RawJson::of(text)) {
        Some(items) => Section::List(items),
        None => Section::Damaged(RawJson::of(text)),
    }
}

fn read_group(object: &mut Object) -> Result<Group, FieldError> {
    Ok(Group {
        id: object.required("id")?,
        name: object.required("name")?,
        modified: object.or_default("modified")?,
        unknown: object.unknown_fields()?,
    })
}

fn read_tombstone(object: &mut Object) -> Result<Tombstone, FieldError> {
    Ok(Tombstone {
        id: object.required("id")?,
        purged: object.required("purged")?,
        unknown: object.unknown_fields()?,
    })
}

/// Reads each setting separately; one that cannot be read has its default.
fn read_settings(text: &RawValue) -> (Settings, Preserved) {
    let mut preferences = Settings::default();
    let Ok(mut object) = Object::parse(text) else {
        return (preferences, Preserved::Whole(RawJson::of(text)));
    };
    let Settings {
        lock_after_s,
        reveal_s,
        show_all,
        copy_on_touch,
        offer_next,
        clipboard_s,
        hide_screen,
        clock_offset_s,
        recovery_confirmed,
    } = &mut preferences;
    let mut damaged = RawFields::default();
    let kept = &mut damaged;
    read_field(&mut object, "lock_after_s", lock_after_s, kept);
    read_field(&mut object, "reveal_s", reveal_s, kept);
    read_field(&mut object, "show_all", show_all, kept);
    read_field(&mut object, "copy_on_touch", copy_on_touch, kept);
    read_field(&mut object, "offer_next", offer_next, kept);
    read_field(&mut object, "clipboard_s", clipboard_s, kept);
    read_field(&mut object, "hide_screen", hide_screen, kept);
    read_field(&mut object, "clock_offset_s", clock_offset_s, kept);
    read_field(&mut object, "recovery_confirmed", recovery_confirmed, kept);
    match object.unknown_fields() {
        Ok(unknown) => (preferences, Preserved::Fields(damaged.followed_by(unknown))),
        Err(_) => (Settings::default(), Preserved::Whole(RawJson::of(text))),
    }
}
