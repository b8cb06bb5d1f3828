use std::collections::HashSet;

use uuid::Uuid;

use crate::{AnyEntry, EditError, Entry, EntryId, VaultData, vault_data::Tombstone};

/// One day, in milliseconds.
pub const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// How long an entry stays in the trash: 30 days, in milliseconds.
pub const TRASH_MS: u64 = 30 * DAY_MS;
/// Trash is purged only against a time recorded at least 12 h ago, so that a wrong clock deletes nothing.
const TRUSTED_AFTER_MS: u64 = DAY_MS / 2;

impl VaultData {
    /// Moves an entry to the trash. If it is already there, its date does not change. Its date is never before the latest recorded
    /// time, even if the clock was set back.
    ///
    /// # Errors
    ///
    /// The entry does not exist or is damaged.
    pub fn trash(&mut self, id: EntryId, now_ms: u64) -> Result<(), EditError> {
        let latest_ms = self.activity_times_ms().fold(now_ms, u64::max);
        let entry = self.find_mut(id)?;
        if entry.trashed.is_none() {
            entry.trashed = Some(latest_ms);
            entry.mark_modified("trashed", now_ms);
            self.bump_revision();
        }
        Ok(())
    }

    /// Takes an entry out of the trash.
    ///
    /// # Errors
    ///
    /// The entry does not exist or is damaged.
    pub fn restore(&mut self, id: EntryId, now_ms: u64) -> Result<(), EditError> {
        let entry = self.find_mut(id)?;
        if entry.trashed.take().is_some() {
            entry.mark_modified("trashed", now_ms);
            self.bump_revision();
        }
        Ok(())
    }

    /// Deletes an entry, in the trash or not, damaged or not. Leaves a tombstone for the id in its JSON, unless another item has
    /// the same id in its JSON.
    ///
    /// # Errors
    ///
    /// The entry does not exist.
    pub fn purge(&mut self, id: EntryId, now_ms: u64) -> Result<(), EditError> {
        let mut items = self.entries.iter();
        let at = items
            .position(|item| item.id() == id)
            .ok_or(EditError::NotFound)?;
        let gone = self.entries.remove(at);
        self.leave_tombstones(&[gone], now_ms);
        Ok(())
    }

    /// Purges the entries that were in the trash for [`TRASH_MS`], and returns their number.
    ///
    /// The time counts against [`VaultData::trusted_now_ms`], so that a clock that is briefly wrong deletes nothing.
    pub fn purge_expired(&mut self, now_ms: u64) -> usize {
        let trusted_now_ms = self.trusted_now_ms(now_ms);
        self.purge_where(now_ms, |entry| entry.is_expired(trusted_now_ms))
    }

    /// Whether [`VaultData::purge_expired`] would purge anything.
    pub fn has_expired(&self, now_ms: u64) -> bool {
        let trusted_now_ms = self.trusted_now_ms(now_ms);
        self.iter().any(|entry| entry.is_expired(trusted_now_ms))
    }

    /// The latest recorded activity at least 12 h before `now_ms`; 0 if there is none.
    fn trusted_now_ms(&self, now_ms: u64) -> u64 {
        let until_ms = now_ms.saturating_sub(TRUSTED_AFTER_MS);
        let believed = self.activity_times_ms().filter(|&at| at <= until_ms);
        believed.max().unwrap_or(0)
    }

    /// The recorded times of all activity on entries (Unix ms).
    fn activity_times_ms(&self) -> impl Iterator<Item = u64> {
        self.iter().flat_map(|entry| {
            let done = [Some(entry.modified_ms()), entry.last_used, entry.trashed];
            done.into_iter().flatten()
        })
    }

    /// Purges the whole trash, and returns the number of entries.
    pub fn purge_trashed(&mut self, now_ms: u64) -> usize {
        self.purge_where(now_ms, |entry| entry.trashed.is_some())
    }

    /// Purges readable entries; damaged ones are never in the trash.
    fn purge_where(&mut self, now_ms: u64, is_due: impl Fn(&Entry) -> bool) -> usize {
        let is_due = |item: &mut AnyEntry| item.readable().is_some_and(&is_due);
        let gone: Vec<_> = self.entries.extract_if(.., is_due).collect();
        if !gone.is_empty() {
            self.leave_tombstones(&gone, now_ms);
        }
        gone.len()
    }

    /// Leaves a tombstone for each removed entry, unless another item has the same id: the tombstone would apply to that item once it
    /// is the only one with this id, or a later version can read it.
    fn leave_tombstones(&mut self, gone: &[AnyEntry], now_ms: u64) {
        let still_claimed: HashSet<Uuid> =
            self.entries.iter().filter_map(AnyEntry::own_id).collect();
        let ids = gone.iter().filter_map(AnyEntry::own_id);
        for id in ids.filter(|id| !still_claimed.contains(id)) {
            self.leave_tombstone(id, now_ms);
        }
        self.bump_revision();
    }

    /// Leaves a tombstone for `id`. An existing one gets the later time, because a second one with the same id is unreadable.
    pub(crate) fn leave_tombstone(&mut self, id: Uuid, now_ms: u64) {
        let present = self.tombstones.iter_mut().find(|stone| stone.id == id);
        if let Some(stone) = present {
            stone.purged = now_ms.max(stone.purged);
        } else {
            self.tombstones.push(Tombstone::new(id, now_ms));
        }
    }
}
