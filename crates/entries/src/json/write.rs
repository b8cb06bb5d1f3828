use std::io;

use serde::Serialize;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::VERSION;
use super::device::DeviceJson;
use super::write_entry::EntryJson;
use super::write_raw::{RawFieldsJson, RawText};
use crate::{
    AnyEntry, DeviceSection, Group, Item, Settings, VaultData,
    item::Section,
    preserved::Preserved,
    raw::{RawFields, RawJson},
    vault_data::Tombstone,
};

impl VaultData {
    /// Writes the JSON: the same bytes for the same data, with fields in a fixed order.
    ///
    /// The buffer has its final size from the start, because a growing buffer leaves copies of secrets.
    pub fn to_json(&self) -> Zeroizing<Vec<u8>> {
        let document = Document::of(self);
        let mut size = Count(0);
        write(&mut size, &document);
        let mut json = Zeroizing::new(Vec::with_capacity(size.0));
        write(&mut *json, &document);
        json
    }
}

/// Counts the bytes written.
struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write(to: impl io::Write, document: &Document) {
    serde_json::to_writer(to, document).expect(
        "every key is a text, kept JSON was parsed when it was read, and neither writer fails",
    );
}

/// The document to write. It borrows everything; the only copies of secrets are their base32 texts.
#[derive(Serialize)]
struct Document<'a> {
    version: u64,
    entries: Vec<OrRaw<'a, EntryJson<'a>>>,
    groups: OrRaw<'a, Vec<OrRaw<'a, GroupJson<'a>>>>,
    tombstones: OrRaw<'a, Vec<OrRaw<'a, TombstoneJson<'a>>>>,
    preferences: OrRaw<'a, SettingsJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<OrRaw<'a, DeviceJson<'a>>>,
    #[serde(flatten)]
    unknown: RawFieldsJson<'a>,
}

impl<'a> Document<'a> {
    fn of(entries: &'a VaultData) -> Self {
        let each = |item: &'a AnyEntry| match item {
            Item::Readable(entry) => OrRaw::Value(EntryJson::of(entry)),
            Item::Damaged(damaged) => OrRaw::Raw(RawText(&damaged.text)),
        };
        Self {
            version: VERSION,
            entries: entries.entries.iter().map(each).collect(),
            groups: section(&entries.groups, GroupJson::of),
            tombstones: section(&entries.tombstones, TombstoneJson::of),
            preferences: match &entries.preserved_settings {
                Preserved::Fields(kept) => OrRaw::Value(SettingsJson::of(&entries.settings, kept)),
                Preserved::Whole(text) => OrRaw::Raw(RawText(text)),
            },
            device: device(entries),
            unknown: RawFieldsJson(&entries.unknown),
        }
    }
}

/// `None` if there is nothing to write.
fn device(entries: &VaultData) -> Option<OrRaw<'_, DeviceJson<'_>>> {
    let (device, kept) = (&entries.device, &entries.preserved_device);
    let is_empty = *device == DeviceSection::default() && kept.is_empty();
    (!is_empty).then(|| match kept {
        Preserved::Fields(fields) => OrRaw::Value(DeviceJson::of(device, fields)),
        Preserved::Whole(text) => OrRaw::Raw(RawText(text)),
    })
}

fn section<'a, T, Out>(
    section: &'a Section<T>,
    out: impl Fn(&'a T) -> Out,
) -> OrRaw<'a, Vec<OrRaw<'a, Out>>> {
    let each = |item: &'a Item<T, RawJson>| match item {
        Item::Readable(item) => OrRaw::Value(out(item)),
        Item::Damaged(text) => OrRaw::Raw(RawText(text)),
    };
    match section {
        Section::List(items) => OrRaw::Value(items.iter().map(each).collect()),
        Section::Damaged(text) => OrRaw::Raw(RawText(text)),
    }
}

/// A value, or the original JSON if it could not be read.
#[derive(Serialize)]
#[serde(untagged)]
enum OrRaw<'a, T> {
    Value(T),
    Raw(RawText<'a>),
}

#[derive(Serialize)]
struct GroupJson<'a> {
    id: Uuid,
    name: &'a str,
    modified: u64,
    #[serde(flatten)]
    unknown: RawFieldsJson<'a>,
}

impl<'a> GroupJson<'a> {
    fn of(group: &'a Group) -> Self {
        Self {
            id: group.id,
            name: &group.name,
            modified: group.modified,
            unknown: RawFieldsJson(&group.unknown),
        }
    }
}

#[derive(Serialize)]
struct TombstoneJson<'a> {
    id: Uuid,
    purged: u64,
    #[serde(flatten)]
    unknown: RawFieldsJson<'a>,
}

impl<'a> TombstoneJson<'a> {
    fn of(tombstone: &'a Tombstone) -> Self {
        Self {
            id: tombstone.id,
            purged: tombstone.purged,
            unknown: RawFieldsJson(&tombstone.unknown),
        }
    }
}

/// A field that is `None` is in `kept`, because it could not be read.
#[derive(Serialize)]
struct SettingsJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    lock_after_s: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reveal_s: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    show_all: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copy_on_touch: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offer_next: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clipboard_s: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hide_screen: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clock_offset_s: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_confirmed: Option<bool>,
    #[serde(flatten)]
    kept: RawFieldsJson<'a>,
}

impl<'a> SettingsJson<'a> {
    fn of(preferences: &Settings, kept: &'a RawFields) -> Self {
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
        } = *preferences;
        let is_read = |name| !kept.has(name);
        Self {
            lock_after_s: is_read("lock_after_s").then_some(lock_after_s),
            reveal_s: is_read("reveal_s").then_some(reveal_s),
            show_all: is_read("show_all").then_some(show_all),
            copy_on_touch: is_read("copy_on_touch").then_some(copy_on_touch),
            offer_next: is_read("offer_next").then_some(offer_next),
            clipboard_s: is_read("clipboard_s").then_some(clipboard_s),
            hide_screen: is_read("hide_screen").then_some(hide_screen),
            clock_offset_s: is_read("clock_offset_s").then_some(clock_offset_s),
            recovery_confirmed: is_read("recovery_confirmed").then_some(recovery_confirmed),
            kept: RawFieldsJson(kept),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(Document<'_>: Debug, Display, Clone);
}
