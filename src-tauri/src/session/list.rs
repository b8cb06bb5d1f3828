//! The list of entries and its order, and the details of one entry.

use trousseau_entries::{EntryId, EntryPatch};
use trousseau_wire::{
    DamagedEntryDetails, EntryChanges, EntryDetails, ErrorCode, ListPage, ListRequest, Placement,
};

use super::{Core, Session};
use crate::convert;
use crate::error::Result;

impl Core {
    /// A section of the list.
    pub fn list_entries(&self, request: &ListRequest) -> Result<ListPage> {
        let now_ms = self.now_ms();
        let session = self.session();
        let entries = &session.unlocked()?.entries;
        let page = entries.list(&convert::query(request)?);
        Ok(convert::list_page(&page, entries.revision(), now_ms))
    }

    /// All the metadata of an entry, also of one in the trash.
    ///
    /// # Errors
    /// `EntryNotFound`, `EntryDamaged`.
    pub fn entry_details(&self, id: &str) -> Result<EntryDetails> {
        self.session().details(convert::parse_id(id)?)
    }

    /// What is known of an entry that cannot be read.
    ///
    /// # Errors
    /// `EntryNotFound`, also for an entry that can be read.
    pub fn damaged_entry_details(&self, id: &str) -> Result<DamagedEntryDetails> {
        let id = convert::parse_id(id)?;
        let session = self.session();
        let mut damaged = session.unlocked()?.entries.damaged();
        let found = damaged.find(|damaged| damaged.id == id);
        found
            .map(convert::damaged_entry_details)
            .ok_or(ErrorCode::EntryNotFound.into())
    }

    /// Changes what the edit screen can change.
    pub fn update_entry(&self, id: &str, changes: EntryChanges) -> Result<EntryDetails> {
        let (now_ms, id) = (self.now_ms(), convert::parse_id(id)?);
        let mut session = self.session();
        let changes = EntryPatch {
            issuer: Some(changes.issuer),
            account: Some(changes.account),
            note: Some(changes.note),
            favourite: Some(changes.favourite),
            icon: Some(changes.icon),
            ..EntryPatch::default()
        };
        session.change(now_ms, |entries| Ok(entries.edit(id, changes, now_ms)?))?;
        session.details(id)
    }

    /// Puts an entry directly before or after another in the manual order.
    pub fn move_entry(&self, id: &str, placement: Placement, other: &str) -> Result<()> {
        let now_ms = self.now_ms();
        let (id, other) = (convert::parse_id(id)?, convert::parse_id(other)?);
        self.session().change(now_ms, |entries| {
            Ok(match placement {
                Placement::Before => entries.move_before(id, other, now_ms),
                Placement::After => entries.move_after(id, Some(other), now_ms),
            }?)
        })
    }
}

impl Session {
    pub(super) fn details(&self, id: EntryId) -> Result<EntryDetails> {
        let entries = &self.unlocked()?.entries;
        Ok(convert::details(entries.find(id)?, entries))
    }
}
