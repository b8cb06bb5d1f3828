use std::io;

use serde::Serialize;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::VERSION;
use super::device::DeviceOut;
use super::write_entry::EntryOut;
use super::write_raw::{RawFieldsOut, RawOut};
use crate::{
    AnyEntry, Device, Entries, Group, Item, Preferences,
    entries::Tombstone,
    item::Section,
    kept::Kept,
    raw::{RawFields, RawJson},
};

impl Entries {
    /// The whole as JSON: the same bytes for the same content, fields in a fixed order.
    ///
    /// The buffer has its final size from the start, so that no copy is left behind where it grew.
    pub fn to_json(&self) -> Zeroizing<Vec<u8>> {
        let document = Document::of(self);
        let mut size = Count(0);
        write(&mut size, &document);
        let mut json = Zeroizing::new(Vec::with_capacity(size.0));
        write(&mut *json, &document);
        json
    }
}

/// Counts what is written.
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

/// What is written for the whole. Borrows everything: the only copies of secrets are the base32 texts of the moment.
#[derive(Serialize)]
struct Document<'a> {
    version: u64,
    entries: Vec<OrRaw<'a, EntryOut<'a>>>,
    groups: OrRaw<'a, Vec<OrRaw<'a, GroupOut<'a>>>>,
    tombstones: OrRaw<'a, Vec<OrRaw<'a, TombstoneOut<'a>>>>,
    preferences: OrRaw<'a, PreferencesOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<OrRaw<'a, DeviceOut<'a>>>,
    #[serde(flatten)]
    unknown: RawFieldsOut<'a>,
}

impl<'a> Document<'a> {
    fn of(entries: &'a Entries) -> Self {
        let each = |item: &'a AnyEntry| match item {
            Item::Readable(entry) => OrRaw::Value(EntryOut::of(entry)),
            Item::Damaged(damaged) => OrRaw::Raw(RawOut(&damaged.text)),
        };
        Self {
            version: VERSION,
            entries: entries.entries.iter().map(each).collect(),
            groups: section(&entries.groups, GroupOut::of),
            tombstones: section(&entries.tombstones, TombstoneOut::of),
            preferences: match &entries.kept_preferences {
                Kept::Fields(kept) => OrRaw::Value(PreferencesOut::of(&entries.preferences, kept)),
                Kept::Whole(text) => OrRaw::Raw(RawOut(text)),
            },
            device: device(entries),
            unknown: RawFieldsOut(&entries.unknown),
        }
    }
}

/// None where nothing is to be kept.
fn device(entries: &Entries) -> Option<OrRaw<'_, DeviceOut<'_>>> {
    let (device, kept) = (&entries.device, &entries.kept_device);
    let is_empty = *device == Device::default() && kept.is_empty();
    (!is_empty).then(|| match kept {
        Kept::Fields(fields) => OrRaw::Value(DeviceOut::of(device, fields)),
        Kept::Whole(text) => OrRaw::Raw(RawOut(text)),
    })
}

fn section<'a, T, Out>(
    section: &'a Section<T>,
    out: impl Fn(&'a T) -> Out,
) -> OrRaw<'a, Vec<OrRaw<'a, Out>>> {
    let each = |item: &'a Item<T, RawJson>| match item {
        Item::Readable(item) => OrRaw::Value(out(item)),
        Item::Damaged(text) => OrRaw::Raw(RawOut(text)),
    };
    match section {
        Section::List(items) => OrRaw::Value(items.iter().map(each).collect()),
        Section::Damaged(text) => OrRaw::Raw(RawOut(text)),
    }
}

/// What was read, or what stands in its place.
#[derive(Serialize)]
#[serde(untagged)]
enum OrRaw<'a, T> {
    Value(T),
    Raw(RawOut<'a>),
}

#[derive(Serialize)]
struct GroupOut<'a> {
    id: Uuid,
    name: &'a str,
    modified: u64,
    #[serde(flatten)]
    unknown: RawFieldsOut<'a>,
}

impl<'a> GroupOut<'a> {
    fn of(group: &'a Group) -> Self {
        Self {
            id: group.id,
            name: &group.name,
            modified: group.modified,
            unknown: RawFieldsOut(&group.unknown),
        }
    }
}

#[derive(Serialize)]
struct TombstoneOut<'a> {
    id: Uuid,
    purged: u64,
    #[serde(flatten)]
    unknown: RawFieldsOut<'a>,
}

impl<'a> TombstoneOut<'a> {
    fn of(tombstone: &'a Tombstone) -> Self {
        Self {
            id: tombstone.id,
            purged: tombstone.purged,
            unknown: RawFieldsOut(&tombstone.unknown),
        }
    }
}

/// Those that are absent stand among the kept ones.
#[derive(Serialize)]
struct PreferencesOut<'a> {
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
    kept: RawFieldsOut<'a>,
}

impl<'a> PreferencesOut<'a> {
    fn of(preferences: &Preferences, kept: &'a RawFields) -> Self {
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
            kept: RawFieldsOut(kept),
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
