use uuid::Uuid;
use zeroize::Zeroizing;

use trousseau_otp::OtpParams;

use crate::{
    AnyEntry, Body, Changes, CounterError, DamagedEntry, Device, EditError, Entry, EntryId,
    FindError, Group, GroupId, Item, NewEntry, Position, Preferences,
    entry::{Folded, check_link, clean_name, clean_note, generate_id},
    item::Section,
    kept::Kept,
    raw::RawFields,
};

/// The whole payload of a vault: entries, groups, preferences, what was removed, and what the device needs.
///
/// Cloned before a change, it is what to go back to when saving fails. It holds secrets, so it has neither `Debug` nor
/// `Serialize`; [`Entries::to_json`] is the one way out.
#[derive(Clone, Default)]
pub struct Entries {
    pub(crate) entries: Vec<AnyEntry>,
    pub(crate) groups: Section<Group>,
    pub(crate) tombstones: Section<Tombstone>,
    pub(crate) preferences: Preferences,
    pub(crate) kept_preferences: Kept,
    pub(crate) device: Device,
    pub(crate) kept_device: Kept,
    /// Sections that this version does not know.
    pub(crate) unknown: RawFields,
    revision: u32,
}

/// What is left of a purged entry or a removed group, so that a merge does not bring it back.
#[derive(Clone, PartialEq)]
pub(crate) struct Tombstone {
    pub id: Uuid,
    /// Unix ms.
    pub purged: u64,
    /// Fields that this version does not know.
    pub unknown: RawFields,
}

impl Tombstone {
    pub fn new(id: Uuid, purged: u64) -> Self {
        Self {
            id,
            purged,
            unknown: RawFields::default(),
        }
    }
}

impl Entries {
    /// No entries and the default preferences.
    pub fn new() -> Self {
        Self::default()
    }

    /// Rises with every change, usage and preferences included (wrapping). In memory only: it starts at 0 when read.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// All entries that can be read, those in the trash too, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter_map(Item::readable)
    }

    /// The entries that cannot be read.
    pub fn damaged(&self) -> impl Iterator<Item = &DamagedEntry> {
        self.entries.iter().filter_map(Item::damaged)
    }

    /// The entry with this id, in the trash or not.
    ///
    /// # Errors
    ///
    /// The entry is gone, or cannot be read.
    pub fn find(&self, id: EntryId) -> Result<&Entry, FindError> {
        self.any(id)?.readable().ok_or(FindError::Damaged)
    }

    /// [`Entries::find`], where it does not matter why there is none.
    pub fn get(&self, id: EntryId) -> Option<&Entry> {
        self.find(id).ok()
    }

    pub(crate) fn any(&self, id: EntryId) -> Result<&AnyEntry, FindError> {
        let mut items = self.entries.iter();
        items.find(|item| item.id() == id).ok_or(FindError::Gone)
    }

    pub(crate) fn find_mut(&mut self, id: EntryId) -> Result<&mut Entry, FindError> {
        let mut items = self.entries.iter_mut();
        let item = items.find(|item| item.id() == id).ok_or(FindError::Gone)?;
        item.readable_mut().ok_or(FindError::Damaged)
    }

    /// Adds an entry at the end of the manual order.
    ///
    /// # Errors
    ///
    /// A text is too long; a name holds a link.
    pub fn add(&mut self, new: NewEntry, now_ms: u64) -> Result<EntryId, EditError> {
        let note = Zeroizing::new(new.note);
        // Moved, not copied: whatever happens below, they are wiped.
        let extra = new
            .extra
            .into_iter()
            .map(|(name, value)| (name, Zeroizing::new(value)));
        let extra = extra.collect();
        let (issuer, account) = (clean_name(&new.issuer)?, clean_name(&new.account)?);
        check_link(&issuer)?;
        check_link(&account)?;
        let note = clean_note(&note)?;
        let last = self.entries.iter().filter_map(Item::position).max();
        let id = generate_id();
        self.entries.push(Item::Readable(Entry {
            id,
            folded: Folded::of(&issuer, &account, &note),
            position: last.map_or_else(Position::first, Position::after),
            issuer,
            account,
            note,
            groups: Vec::new(),
            favourite: false,
            icon: None,
            use_count: 0,
            last_used: None,
            created: now_ms,
            modified: Default::default(),
            trashed: None,
            renewal: None,
            extra,
            body: new.body,
            foreign_kind: None,
            unknown: RawFields::default(),
        }));
        self.changed();
        Ok(id)
    }

    /// Changes an entry; only what differs counts as changed.
    ///
    /// # Errors
    ///
    /// The entry or a group is gone, or the entry cannot be read; a text is too long; a new name holds a link.
    pub fn edit(&mut self, id: EntryId, changes: Changes, now_ms: u64) -> Result<(), EditError> {
        let issuer = changes.issuer.as_deref().map(clean_name).transpose()?;
        let account = changes.account.as_deref().map(clean_name).transpose()?;
        let icon = match changes.icon {
            Some(Some(icon)) => Some(Some(clean_name(&icon)?)),
            other => other,
        };
        let note = changes.note.map(Zeroizing::new);
        let note = note.as_deref().map(|note| clean_note(note)).transpose()?;
        let groups = changes.groups.map(|groups| self.groups_for(id, groups));
        let groups = groups.transpose()?;
        let entry = self.find_mut(id)?;
        // A name that is there already keeps nobody from changing the rest.
        for (new, old) in [(&issuer, &entry.issuer), (&account, &entry.account)] {
            if let Some(new) = new.as_ref().filter(|new| *new != old) {
                check_link(new)?;
            }
        }
        let changed = [
            ("issuer", replace(&mut entry.issuer, issuer)),
            ("account", replace(&mut entry.account, account)),
            ("note", replace(&mut entry.note, note)),
            (
                "favourite",
                replace(&mut entry.favourite, changes.favourite),
            ),
            ("groups", replace(&mut entry.groups, groups)),
            ("icon", replace(&mut entry.icon, icon)),
        ];
        let changed = changed.into_iter().filter(|(_, differs)| *differs);
        let count = changed.map(|(field, _)| entry.touch(field, now_ms)).count();
        if count > 0 {
            entry.refold();
            self.changed();
        }
        Ok(())
    }

    /// The groups that an entry is in once `wanted` are chosen for it. It stays in groups that cannot be read.
    fn groups_for(&self, id: EntryId, mut wanted: Vec<GroupId>) -> Result<Vec<GroupId>, EditError> {
        let is_readable = |id: &GroupId| self.groups.iter().any(|group| group.id == *id);
        let present = self.find(id)?.groups.iter().copied();
        let unreadable: Vec<_> = present.filter(|id| !is_readable(id)).collect();
        wanted.retain(|id| !unreadable.contains(id));
        if !wanted.iter().all(is_readable) {
            return Err(EditError::Gone);
        }
        wanted.extend(unreadable);
        Ok(wanted)
    }

    /// The counter to make a code with now; the entry moves on to the next one. Usage is not recorded.
    ///
    /// Save before the code is shown: a counter that was used must not come again (RFC 4226 §7.2).
    ///
    /// # Errors
    ///
    /// The entry is gone, cannot be read, has no counter, or stands at 2^64-1, which cannot be used as nothing could follow.
    pub fn advance_counter(&mut self, id: EntryId, now_ms: u64) -> Result<u64, CounterError> {
        let entry = self.find_mut(id)?;
        let Body::Otp {
            params: OtpParams::Hotp { counter, .. },
            ..
        } = &mut entry.body
        else {
            return Err(CounterError::NotCounterBased);
        };
        let now = *counter;
        *counter = now.checked_add(1).ok_or(CounterError::Exhausted)?;
        entry.touch("counter", now_ms);
        self.changed();
        Ok(now)
    }

    /// Counts that an entry's code was shown. Nothing happens where the entry is gone, or cannot be read.
    pub fn record_use(&mut self, id: EntryId, now_ms: u64) {
        if let Ok(entry) = self.find_mut(id) {
            entry.use_count = entry.use_count.saturating_add(1);
            entry.last_used = entry.last_used.max(Some(now_ms));
            self.changed();
        }
    }

    /// The preferences.
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// Replaces the preferences; those that this version does not know stay, and those that it cannot read do until
    /// they are changed themselves.
    pub fn set_preferences(&mut self, preferences: Preferences) {
        let changed = self.preferences.differing(&preferences);
        if !changed.is_empty() {
            self.kept_preferences.give_way(&changed);
            self.preferences = preferences;
            self.changed();
        }
    }

    /// What the device keeps here for itself.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Replaces what the device keeps; fields that this version does not know stay, and those that it cannot read do
    /// until they are changed themselves.
    pub fn set_device(&mut self, device: Device) {
        let changed = self.device.differing(&device);
        if !changed.is_empty() {
            self.kept_device.give_way(&changed);
            self.device = device;
            self.changed();
        }
    }

    pub(crate) fn changed(&mut self) {
        self.revision = self.revision.wrapping_add(1);
    }
}

/// Puts `value` in, if there is one, and says whether it differs from what was there.
fn replace<T: PartialEq>(slot: &mut T, value: Option<T>) -> bool {
    match value {
        Some(value) if *slot != value => {
            *slot = value;
            true
        }
        _ => false,
    }
}
