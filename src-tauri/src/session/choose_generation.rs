//! The person chooses the file to go on with: an older vault as it is, or the copy that lies beside it.

use trousseau_wire::{CoreEvent, ErrorCode, Status};

use super::Core;
use super::phase::{Event, Phase};
use crate::error::Result;

impl Core {
    /// The person keeps the older vault: from here on it is the newest. A newer copy beside it is kept under another name.
    ///
    /// # Errors
    /// `Locked`, `ReadOnly`, `VaultComparing`, `VaultForeign`; what the disk says.
    pub fn accept_rollback(&self) -> Result<()> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.proof_at()?;
        session.storage()?.check_writable()?;
        let comparison = &session.unlocked()?.comparison;
        if comparison.saves_behind() == 0 {
            return comparison.check_present();
        }
        if session.set_aside_strange_previous(now_ms)? {
            // A newer copy would make this vault the older one again.
            session
                .storage()?
                .write_previous_generation(&session.unlocked()?.sealed)?;
        }
        session.unlocked_mut()?.comparison.accept();
        session.accept_as_present(now_ms);
        drop(session);
        self.sync_secret_store();
        self.notify(CoreEvent::StatusChanged);
        Ok(())
    }

    /// Goes on with the copy that lies beside an older or a foreign vault, which is kept under another name.
    ///
    /// # Errors
    /// `NoPreviousGeneration` where there is none that opened with the vault and is to be preferred; `Locked`, `ReadOnly`; what the disk says.
    pub fn take_newer_copy(&self) -> Result<()> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.proof_at()?;
        let storage = session.storage()?;
        storage.check_writable()?;
        let copy = session.unlocked()?.comparison.newer_copy();
        let copy = copy.ok_or(ErrorCode::NoPreviousGeneration)?;
        storage.set_aside_unknown_vault(&copy.sealed, now_ms)?;
        storage.write_vault(&copy.sealed)?;
        session.unlocked_mut()?.switch_to_copy();
        // What was shown to open the other file shows nothing for this one.
        session.step(Event::NewerCopyTaken)?;
        session.restore_suspended();
        session.finish_pending_work(now_ms);
        session.mark();
        drop(session);
        self.sync_secret_store();
        self.notify(CoreEvent::StatusChanged);
        Ok(())
    }

    /// Puts the open previous generation in the vault's place, which is kept under another name.
    ///
    /// # Errors
    /// `NoPreviousGeneration` unless the previous generation is open; `VaultComparing`; what the disk says.
    pub fn restore_previous_generation(&self) -> Result<Status> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        if !matches!(session.phase, Phase::ReadOnly { .. }) {
            return Err(ErrorCode::NoPreviousGeneration.into());
        }
        if session.unlocked()?.comparison.is_pending() {
            return Err(ErrorCode::VaultComparing.into());
        }
        session.storage()?.set_aside_unreadable_vault(now_ms)?;
        session.set_aside_foreign(now_ms)?;
        session
            .storage()?
            .write_vault(&session.unlocked()?.sealed)?;
        session.step(Event::PreviousRestored)?;
        // The person was told by how much it is older, and goes on with it. A foreign one stays for reading, and what could not
        // be compared is judged by a late answer.
        let comparison = &mut session.unlocked_mut()?.comparison;
        match comparison.saves_behind() {
            0 => {
                session.finish_pending_work(now_ms);
                session.mark();
            }
            _ => {
                comparison.accept();
                session.accept_as_present(now_ms);
            }
        }
        drop(session);
        self.sync_secret_store();
        self.notify(CoreEvent::StatusChanged);
        self.status()
    }
}
