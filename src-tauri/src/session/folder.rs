//! The vault's folder: taken for this process, and looked into.

use std::sync::Arc;

use trousseau_vault::OpenError;

use super::attempts::Attempts;
use super::phase::{Event, Phase};
use super::{Config, Session};
use crate::clock::Now;
use crate::error::Result;
use crate::storage::{AttemptsOnDisk, Storage};

impl Session {
    /// Opens the folder where it is not open yet, and looks what is there. While the vault is closed, a folder that was
    /// opened without its lock is opened anew as soon as the disk gives the lock.
    pub(super) fn acquire_storage(&mut self, config: &Config, now: &Now) -> Result<()> {
        let has_lock = self.storage.as_ref().is_some_and(Storage::has_lock);
        if has_lock || self.unlocked.is_some() || matches!(self.phase, Phase::Unlocking { .. }) {
            return Ok(());
        }
        let storage = Storage::open(&config.folder, Arc::clone(&config.disk))?;
        if self.storage.is_some() && !storage.has_lock() {
            return Ok(());
        }
        let found = inspect_files(&storage);
        if found == Event::FoundNothing {
            // There is nothing to read: a disk that takes no writes is of no use.
            storage.check_writable()?;
        }
        let on_disk = storage.load_attempts();
        let in_memory = self.attempts.clone();
        let known = Attempts::from_disk(&on_disk, now);
        self.attempts = in_memory.clone().or_more(known);
        let payload = self.attempts.to_payload();
        let is_written = on_disk == AttemptsOnDisk::Whole(payload.clone());
        if !is_written && found != Event::FoundNothing {
            // Where the disk refuses, the next attempt asks it again; until then the count is in memory.
            let written = storage.write_attempts(&payload);
            if written.is_err() && on_disk == AttemptsOnDisk::Damaged {
                // The longest wait would begin anew with every start, and keep the owner out for good.
                self.attempts = in_memory;
            }
        }
        self.storage = Some(storage);
        // Whether a wait goes on is decided by `update_wait`.
        if self.phase == Phase::RateLimited {
            self.step(Event::WaitEnded)?;
        }
        self.step(found)
    }
}

/// What the header of the vault file alone tells. A vault that is gone while its previous generation is
/// there counts as unreadable: starting anew would lose it.
fn inspect_files(storage: &Storage) -> Event {
    match (storage.read_vault(), storage.read_previous_generation()) {
        (Ok(None), Ok(None)) => Event::FoundNothing,
        (Ok(None), _) | (Err(_), _) => Event::FoundDamaged,
        (Ok(Some(bytes)), _) => match trousseau_vault::inspect(&bytes) {
            Ok(_) => Event::FoundVault,
            Err(OpenError::UnsupportedVersion { .. }) => Event::FoundUnsupported,
            Err(_) => Event::FoundDamaged,
        },
    }
}
