use uuid::Uuid;
use zeroize::Zeroizing;

use trousseau_otp::OtpParams;

use crate::{
    AnyEntry, CounterError, DamagedEntry, DeviceSection, EditError, Entry, EntryContent, EntryId,
    EntryPatch, FindError, FractionalIndex, Group, GroupId, Item, NewEntry, Settings,
    entry::{SearchTexts, clean_name, clean_note, generate_id, refuse_link},
    item::Section,
    preserved::Preserved,
    raw::RawFields,
};

/// The payload of a vault: entries, groups, settings, tombstones and the device's data.
///
/// Callers clone it before a change, to restore it if saving fails. It contains secrets, so it has neither `Debug` nor
/// `Serialize`; only [`VaultData::to_json`] writes it.
#[derive(Clone, Default)]
pub struct VaultData {
    pub(crate) entries: Vec<AnyEntry>,
    pub(crate) groups: Section<Group>,
    pub(crate) tombstones: Section<Tombstone>,
    pub(crate) settings: Settings,
    pub(crate) preserved_settings: Preserved,
    pub(crate) device: DeviceSection,
    pub(crate) preserved_device: Preserved,
    /// Top-level fields that this version does not know.
    pub(crate) unknown: RawFields,
    revision: u32,
}

/// Marks a purged entry or a removed group, so that a later merge of two devices does not bring it back.
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

impl VaultData {
    /// No entries and the default settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Increases with every change, also of usage and settings (wrapping). It is not stored: reading starts at 0.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// All readable entries, also those in the trash, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter_map(Item::readable)
    }

    /// The damaged entries.
    pub fn damaged(&self) -> impl Iterator<Item = &DamagedEntry> {
        self.entries.iter().filter_map(Item::damaged)
    }

    /// The entry with this id, in the trash or not.
    ///
    /// # Errors
    ///
    /// The entry does not exist or is damaged.
    pub fn find(&self, id: EntryId) -> Result<&Entry, FindError> {
        self.find_item(id)?.readable().ok_or(FindError::Damaged)
    }

    /// [`VaultData::find`] without the reason if there is none.
    pub fn get(&self, id: EntryId) -> Option<&Entry> {
        self.find(id).ok()
    }

    pub(crate) fn find_item(&self, id: EntryId) -> Result<&AnyEntry, FindError> {
        let mut items = self.entries.iter();
        items
            .find(|item| item.id() == id)
            .ok_or(FindError::NotFound)
    }

    pub(crate) fn find_mut(&mut self, id: EntryId) -> Result<&mut Entry, FindError> {
        let mut items = self.entries.iter_mut();
        let item = items
            .find(|item| item.id() == id)
            .ok_or(FindError::NotFound)?;
        item.readable_mut().ok_or(FindError::Damaged)
    }

    /// Adds an entry at the end of the manual order.
    ///
    /// # Errors
    ///
    /// A text is too long; a name contains a link.
    pub fn add(&mut self, new: NewEntry, now_ms: u64) -> Result<EntryId, EditError> {
        let note = Zeroizing::new(new.note);
        // Moved, not copied, so that they are zeroized on every path.
        let unknown_params = new
            .unknown_params
            .into_iter()
            .map(|(name, value)| (name, Zeroizing::new(value)));
        let unknown_params = unknown_params.collect();
        let (issuer, account) = (clean_name(&new.issuer)?, clean_name(&new.account)?);
        refuse_link(&issuer)?;
        refuse_link(&account)?;
        let note = clean_note(&note)?;
        let last = self.entries.iter().filter_map(Item::position).max();
        let id = generate_id();
        self.entries.push(Item::Readable(Entry {
            id,
            search_texts: SearchTexts::of(&issuer, &account, &note),
            position: last.map_or_else(FractionalIndex::first, FractionalIndex::after),
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
            new_secret: None,
            unknown_params,
            content: new.content,
            unknown_kind: None,
            unknown: RawFields::default(),
        }));
        self.bump_revision();
        Ok(id)
    }

    /// Changes an entry. Only fields that differ count as modified.
    ///
    /// # Errors
    ///
    /// The entry or a group does not exist, or the entry is damaged; a text is too long; a new name contains a link.
    pub fn edit(&mut self, id: EntryId, changes: EntryPatch, now_ms: u64) -> Result<(), EditError> {
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
        // Only new names are checked, so that an old name with a link does not prevent other changes.
        for (new, old) in [(&issuer, &entry.issuer), (&account, &entry.account)] {
            if let Some(new) = new.as_ref().filter(|new| *new != old) {
                refuse_link(new)?;
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
        let count = changed
            .map(|(field, _)| entry.mark_modified(field, now_ms))
            .count();
        if count > 0 {
            entry.reindex();
            self.bump_revision();
        }
        Ok(())
    }

    /// The groups of an entry after the user chose `wanted`: also those that cannot be read and that it is in already.
    fn groups_for(&self, id: EntryId, mut wanted: Vec<GroupId>) -> Result<Vec<GroupId>, EditError> {
        let is_readable = |id: &GroupId| self.groups.iter().any(|group| group.id == *id);
        let present = self.find(id)?.groups.iter().copied();
        let unreadable: Vec<_> = present.filter(|id| !is_readable(id)).collect();
        wanted.retain(|id| !unreadable.contains(id));
        if !wanted.iter().all(is_readable) {
            return Err(EditError::NotFound);
        }
        wanted.extend(unreadable);
        Ok(wanted)
    }

    /// Returns the counter for a code to show now, and advances the entry to the next. Does not record usage.
    ///
    /// The caller must save before showing the code: a used counter must not be used again (RFC 4226 §7.2).
    ///
    /// # Errors
    ///
    /// The entry does not exist, cannot be read, or has no counter; or the counter is 2^64-1, which has no successor.
    pub fn advance_counter(&mut self, id: EntryId, now_ms: u64) -> Result<u64, CounterError> {
        let entry = self.find_mut(id)?;
        let EntryContent::Otp {
            params: OtpParams::Hotp { counter, .. },
            ..
        } = &mut entry.content
        else {
            return Err(CounterError::NotCounterBased);
        };
        let now = *counter;
        *counter = now.checked_add(1).ok_or(CounterError::Exhausted)?;
        entry.mark_modified("counter", now_ms);
        self.bump_revision();
        Ok(now)
    }

    /// Records that an entry's code was shown. Does nothing if the entry does not exist or cannot be read.
    pub fn record_use(&mut self, id: EntryId, now_ms: u64) {
        if let Ok(entry) = self.find_mut(id) {
            entry.use_count = entry.use_count.saturating_add(1);
            entry.last_used = entry.last_used.max(Some(now_ms));
            self.bump_revision();
        }
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Replaces the settings. Fields that this version does not know are kept; fields that it cannot read are kept until they are
    /// changed.
    pub fn set_settings(&mut self, settings: Settings) {
        let changed = self.settings.differing(&settings);
        if !changed.is_empty() {
            self.preserved_settings.discard(&changed);
            self.settings = settings;
            self.bump_revision();
        }
    }

    /// The device's data.
    pub fn device(&self) -> &DeviceSection {
        &self.device
    }

    /// Replaces the device's data. Fields that this version does not know are kept; fields that it cannot read are kept until they
    /// are changed.
    pub fn set_device(&mut self, device: DeviceSection) {
        let changed = self.device.differing(&device);
        if !changed.is_empty() {
            self.preserved_device.discard(&changed);
            self.device = device;
            self.bump_revision();
        }
    }

    pub(crate) fn bump_revision(&mut self) {
        self.revision = self.revision.wrapping_add(1);
    }
}

/// Replaces `slot` if there is a value. True if it differs.
fn replace<T: PartialEq>(slot: &mut T, value: Option<T>) -> bool {
    match value {
        Some(value) if *slot != value => {
            *slot = value;
            true
        }
        _ => false,
    }
}
