//! The trash: into it, out of it, and away for ever.

use trousseau_entries::{DAY_MS, FindError};
use trousseau_wire::ErrorCode;

use super::{Core, Session, Unlocked};
use crate::clock::MonotonicTime;
use crate::convert;
use crate::error::Result;

impl Core {
    /// Moves an entry to the trash.
    pub fn trash_entry(&self, id: &str) -> Result<()> {
        let (now_ms, id) = (self.now_ms(), convert::parse_id(id)?);
        self.session()
            .change(now_ms, |entries| Ok(entries.trash(id, now_ms)?))
    }

    /// Takes an entry out of the trash.
    pub fn restore_entry(&self, id: &str) -> Result<()> {
        let (now_ms, id) = (self.now_ms(), convert::parse_id(id)?);
        self.session()
            .change(now_ms, |entries| Ok(entries.restore(id, now_ms)?))
    }

    /// Deletes an entry for ever that is in the trash, or cannot be read.
    ///
    /// Asks for a proof: the trash is what keeps somebody who borrows the open app from destroying a secret. What cannot be
    /// read is never moved to the trash, where it would have to be changed and would go by itself.
    ///
    /// # Errors
    /// `ReauthRequired`; `EntryNotFound` where it is neither; what the disk says.
    pub fn delete_entry(&self, id: &str) -> Result<()> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.writable()?;
        session.require_recent_proof(self.monotonic())?;
        let id = convert::parse_id(id)?;
        session.purge(now_ms, |entries| {
            let may_go = match entries.find(id) {
                Ok(entry) => entry.trashed.is_some(),
                Err(error) => error == FindError::Damaged,
            };
            if !may_go {
                return Err(ErrorCode::EntryNotFound.into());
            }
            Ok(entries.purge(id, now_ms)?)
        })
    }

    /// Deletes all that is in the trash for ever.
    ///
    /// # Errors
    /// `ReauthRequired`; what the disk says.
    pub fn empty_trash(&self) -> Result<()> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.writable()?;
        session.require_recent_proof(self.monotonic())?;
        let trashed = |open: &Unlocked| open.entries.iter().any(|entry| entry.trashed.is_some());
        if !trashed(session.unlocked()?) {
            // The generation before is not given up for nothing.
            return Ok(());
        }
        session.purge(now_ms, |entries| {
            entries.purge_trashed(now_ms);
            Ok(())
        })
    }
}

impl Session {
    /// Once a day while the vault is open.
    pub(super) fn purge_daily(&mut self, now: MonotonicTime, now_ms: u64) {
        let looked_at = self.unlocked.as_ref().map(|open| open.trash_checked_at);
        if looked_at.is_some_and(|at| now.ms_since(at) >= DAY_MS) {
            self.purge_expired(now, now_ms);
        }
    }

    /// Purges what has been in the trash for its time; tried again a day later, should the disk refuse.
    ///
    /// A wall clock that was set forward since the vault was opened is believed only as far as the other clock went.
    pub(super) fn purge_expired(&mut self, now: MonotonicTime, now_ms: u64) {
        let Some(open) = &mut self.unlocked else {
            return;
        };
        open.trash_checked_at = now;
        let passed_ms = now.ms_since(open.opened_at);
        let now_ms = now_ms.min(open.opened_ms.saturating_add(passed_ms));
        let due = open.entries.has_expired(now_ms);
        // An older file does not know of what was taken out of the trash since.
        if due && open.comparison.check_present().is_ok() {
            let _ = self.purge(now_ms, |entries| {
                entries.purge_expired(now_ms);
                Ok(())
            });
        }
    }
}
