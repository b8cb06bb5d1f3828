use std::collections::HashSet;

use uuid::Uuid;

use crate::{AnyEntry, EditError, Entries, Entry, EntryId, entries::Tombstone};

/// A day, in milliseconds.
pub const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// How long an entry stays in the trash: 30 days, in milliseconds.
pub const TRASH_MS: u64 = 30 * DAY_MS;
/// Trash is purged only against a time that was recorded at least half a day ago, so that a wrong clock deletes nothing.
const BELIEVED_AFTER_MS: u64 = DAY_MS / 2;

impl Entries {
    /// Moves an entry to the trash. One that is there already keeps its date. A clock that was set back does not make it
    /// older than what was done last.
    ///
    /// # Errors
    ///
    /// The entry is gone, or cannot be read.
    pub fn trash(&mut self, id: EntryId, now_ms: u64) -> Result<(), EditError> {
        let latest_ms = self.times_ms().fold(now_ms, u64::max);
        let entry = self.find_mut(id)?;
        if entry.trashed.is_none() {
            entry.trashed = Some(latest_ms);
            entry.touch("trashed", now_ms);
            self.changed();
        }
        Ok(())
    }

    /// Takes an entry out of the trash.
    ///
    /// # Errors
    ///
    /// The entry is gone, or cannot be read.
    pub fn restore(&mut self, id: EntryId, now_ms: u64) -> Result<(), EditError> {
        let entry = self.find_mut(id)?;
        if entry.trashed.take().is_some() {
            entry.touch("trashed", now_ms);
            self.changed();
        }
        Ok(())
    }

    /// Removes an entry for good, in the trash or not, damaged or not. It leaves a tombstone for the id in its text,
    /// unless another entry has the same id in its text: the last of them leaves it.
    ///
    /// # Errors
    ///
    /// The entry is gone.
    pub fn purge(&mut self, id: EntryId, now_ms: u64) -> Result<(), EditError> {
        let mut items = self.entries.iter();
        let at = items
            .position(|item| item.id() == id)
            .ok_or(EditError::Gone)?;
        let gone = self.entries.remove(at);
        self.bury(&[gone], now_ms);
        Ok(())
    }

    /// Purges what has been in the trash for [`TRASH_MS`] or longer, and says how many that were.
    ///
    /// A clock that is wrong for an hour must not destroy anything: that the time is over counts from when the vault was
    /// used after it, on a day before.
    pub fn purge_expired(&mut self, now_ms: u64) -> usize {
        let believed_ms = self.believed_ms(now_ms);
        self.purge_where(now_ms, |entry| entry.is_expired(believed_ms))
    }

    /// Whether [`Entries::purge_expired`] would purge anything.
    pub fn has_expired(&self, now_ms: u64) -> bool {
        let believed_ms = self.believed_ms(now_ms);
        self.iter().any(|entry| entry.is_expired(believed_ms))
    }

    /// The latest time at which something was done, half a day ago or more; 0 where there is none.
    fn believed_ms(&self, now_ms: u64) -> u64 {
        let until_ms = now_ms.saturating_sub(BELIEVED_AFTER_MS);
        let believed = self.times_ms().filter(|&at| at <= until_ms);
        believed.max().unwrap_or(0)
    }

    /// When something was done to its entries (Unix ms).
    fn times_ms(&self) -> impl Iterator<Item = u64> {
        self.iter().flat_map(|entry| {
            let done = [Some(entry.modified_ms()), entry.last_used, entry.trashed];
            done.into_iter().flatten()
        })
    }

    /// Purges all that is in the trash, and says how many that were.
    pub fn purge_trashed(&mut self, now_ms: u64) -> usize {
        self.purge_where(now_ms, |entry| entry.trashed.is_some())
    }

    /// Damaged entries are in no trash.
    fn purge_where(&mut self, now_ms: u64, is_due: impl Fn(&Entry) -> bool) -> usize {
        let is_due = |item: &mut AnyEntry| item.readable().is_some_and(&is_due);
        let gone: Vec<_> = self.entries.extract_if(.., is_due).collect();
        if !gone.is_empty() {
            self.bury(&gone, now_ms);
        }
        gone.len()
    }

    /// Leaves a tombstone for each entry that was removed, unless another claims its id: that one is read under this id
    /// once it is alone or a later version can read it, and would be taken for what was removed.
    fn bury(&mut self, gone: &[AnyEntry], now_ms: u64) {
        let still_claimed: HashSet<Uuid> = self
            .entries
            .iter()
            .filter_map(AnyEntry::claimed_id)
            .collect();
        let ids = gone.iter().filter_map(AnyEntry::claimed_id);
        for id in ids.filter(|id| !still_claimed.contains(id)) {
            self.leave_tombstone(id, now_ms);
        }
        self.changed();
    }

    /// Leaves a tombstone for `id`. One that is there already takes the later time: a second one could not be read.
    pub(crate) fn leave_tombstone(&mut self, id: Uuid, now_ms: u64) {
        let present = self.tombstones.iter_mut().find(|stone| stone.id == id);
        if let Some(stone) = present {
            stone.purged = now_ms.max(stone.purged);
        } else {
            self.tombstones.push(Tombstone::new(id, now_ms));
        }
    }
}
