use serde_json::value::RawValue;
use uuid::Uuid;

use super::VERSION;
use super::device::read_device;
use super::object::{Object, Unreadable, read_field, read_list};
use super::read_entry::read_entry;
use super::unread::Text;
use crate::{
    AnyEntry, DamagedEntry, Entries, EntriesError, Group, Position, Preferences,
    damaged::{Legible, assign_unique_ids},
    entries::Tombstone,
    item::Section,
    kept::Kept,
    raw::{RawFields, RawJson},
};

impl Entries {
    /// The entries that [`Entries::to_json`] wrote.
    ///
    /// Whatever cannot be read in a list, a preference or a section is kept as it is, and takes nothing else with it.
    ///
    /// # Errors
    ///
    /// Bytes that are no JSON object, or one with a field that stands twice; a newer format version; no version, or
    /// entries that are no list.
    pub fn from_json(bytes: &[u8]) -> Result<Self, EntriesError> {
        let fields = serde_json::from_slice(bytes).map_err(|error| EntriesError::Malformed {
            line: error.line(),
            column: error.column(),
        })?;
        let mut document = Object(fields);
        let invalid = |field| EntriesError::Invalid { field };
        match document.need("version").map_err(|_| invalid("version"))? {
            VERSION => {}
            0 => return Err(invalid("version")),
            version => return Err(EntriesError::Newer { version }),
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
            (read.preferences, read.kept_preferences) = read_preferences(text);
        }
        if let Some(text) = section(&mut document, "device") {
            (read.device, read.kept_device) = read_device(text);
        }
        let malformed = |_| EntriesError::Malformed { line: 0, column: 0 };
        read.unknown = document.left_over().map_err(malformed)?;
        Ok(read)
    }
}

/// The text of a section; none where it is absent or `null`.
fn section<'a>(document: &mut Object<'a>, name: &str) -> Option<&'a RawValue> {
    document.0.take(name).filter(|text| text.get() != "null")
}

fn read_entries(text: &RawValue) -> Option<Vec<AnyEntry>> {
    let damaged =
        |text, Unreadable(field)| DamagedEntry::new(RawJson::of(text), field, legible(text));
    let mut items = read_list(text, read_entry, |entry| entry.id, damaged)?;
    assign_unique_ids(&mut items);
    Some(items)
}

/// What is shown of an entry that cannot be read.
fn legible(text: &RawValue) -> Legible {
    let Ok(mut object) = Object::parse(text) else {
        return Legible::default();
    };
    let position = object.take("position").ok().flatten();
    Legible {
        id: object.take("id").unwrap_or_default(),
        issuer: object.or_default("issuer").unwrap_or_default(),
        account: object.or_default("account").unwrap_or_default(),
        position: position.and_then(|Text(position)| Position::parse(&position)),
    }
}

/// The `id` in the text of an item that cannot be read; none where that has none, or one that is no UUID.
pub(crate) fn claimed_id(text: &RawJson) -> Option<Uuid> {
    let text = serde_json::from_str(text.text()).ok()?;
    Object::parse(text).ok()?.take("id").ok().flatten()
}

fn read_section<'a, T>(
    text: &'a RawValue,
    read: impl Fn(&mut Object<'a>) -> Result<T, Unreadable>,
    id: impl Fn(&T) -> Uuid,
) -> Section<T> {
    match read_list(text, read, id, |text, _| RawJson::of(text)) {
        Some(items) => Section::List(items),
        None => Section::Damaged(RawJson::of(text)),
    }
}

fn read_group(object: &mut Object) -> Result<Group, Unreadable> {
    Ok(Group {
        id: object.need("id")?,
        name: object.need("name")?,
        modified: object.or_default("modified")?,
        unknown: object.left_over()?,
    })
}

fn read_tombstone(object: &mut Object) -> Result<Tombstone, Unreadable> {
    Ok(Tombstone {
        id: object.need("id")?,
        purged: object.need("purged")?,
        unknown: object.left_over()?,
    })
}

/// Each preference by itself: what cannot be read has its default.
fn read_preferences(text: &RawValue) -> (Preferences, Kept) {
    let mut preferences = Preferences::default();
    let Ok(mut object) = Object::parse(text) else {
        return (preferences, Kept::Whole(RawJson::of(text)));
    };
    let Preferences {
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
    match object.left_over() {
        Ok(unknown) => (preferences, Kept::Fields(damaged.followed_by(unknown))),
        Err(_) => (Preferences::default(), Kept::Whole(RawJson::of(text))),
    }
}
