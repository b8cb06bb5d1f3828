//! An older vault in the place of a newer one: noticed where the device keeps the highest generation it saw.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use trousseau_vault::VaultId;
use trousseau_wire::{ErrorCode, Notice};

use super::{Core, Session};
use crate::platform::device::{Item, Role};
use crate::refused::Answer;

/// How long an unlock waits for the device, beyond the derivation of its key.
pub(super) const MARK_WAIT: Duration = Duration::from_secs(2);

/// A generation that the device has still to be told.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    vault: VaultId,
    generation: u64,
}

impl Core {
    /// Asks for the highest generation of this vault that the device saw, on a thread of its own: a store that asks
    /// somebody something must not keep a vault closed. None where the device keeps nothing.
    pub(super) fn ask_mark(&self, vault: VaultId) -> Receiver<Option<u64>> {
        let (answer, mark) = mpsc::channel();
        let device = Arc::clone(&self.config.device);
        std::thread::spawn(move || {
            let role = Role::Generation;
            let kept = device.read(&Item { vault, role }, "").ok().flatten();
            let generation = kept.and_then(|kept| kept.as_slice().try_into().ok());
            // Nobody waits any more where it took too long.
            let _ = answer.send(generation.map(u64::from_be_bytes));
        });
        mark
    }

    /// Tells the device, on a thread of its own: a store that asks somebody something must not stop the clock.
    ///
    /// A mark that is told late or never is too low, and too low only notices less.
    pub(super) fn write_mark(&self) {
        if self.marking.load(Ordering::Acquire) {
            return;
        }
        let Some(Mark { vault, generation }) = self.session().mark_due.take() else {
            return;
        };
        self.marking.store(true, Ordering::Release);
        let (device, marking) = (Arc::clone(&self.config.device), Arc::clone(&self.marking));
        std::thread::spawn(move || {
            let role = Role::Generation;
            if device.keeps_secrets() {
                let _ = device.write(&Item { vault, role }, &generation.to_be_bytes(), "");
            }
            marking.store(false, Ordering::Release);
        });
    }

    /// The person keeps the older vault: from here on it is the newest. A newer copy beside it is kept under another name.
    ///
    /// # Errors
    /// `Locked`, `ReadOnly`; what the disk says.
    pub fn accept_rollback(&self) -> Answer<()> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.proof_at()?;
        session.storage()?.check_writable()?;
        if session.behind == 0 {
            return Ok(());
        }
        session.storage()?.keep_backup(now_ms)?;
        session.open_mut()?.newer_copy = None;
        session.behind = 0;
        session.mark_generation();
        session.tidy_up(now_ms);
        drop(session);
        self.notify(Notice::PhaseChanged);
        Ok(())
    }

    /// Goes on with the newer copy that lies beside an older vault. The older vault is kept under another name.
    ///
    /// # Errors
    /// `NoBackup` where there is none that opened with the vault; `Locked`, `ReadOnly`; what the disk says.
    pub fn take_newer_copy(&self) -> Answer<()> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.proof_at()?;
        let storage = session.storage()?;
        storage.check_writable()?;
        let newer = session.open()?.newer_copy.as_ref();
        let newer = newer.ok_or(ErrorCode::NoBackup)?;
        storage.keep_foreign(&newer.sealed, now_ms)?;
        storage.write_vault(&newer.sealed)?;
        let open = session.open_mut()?;
        let newer = open.newer_copy.take().ok_or(ErrorCode::NoBackup)?;
        let gained = newer.vault.generation() - open.vault.generation();
        (open.vault, open.entries, open.sealed) = (newer.vault, newer.entries, newer.sealed);
        open.use_unsaved = false;
        session.behind = session.behind.saturating_sub(gained);
        session.mark_generation();
        session.tidy_up(now_ms);
        drop(session);
        self.notify(Notice::PhaseChanged);
        Ok(())
    }
}

impl Session {
    /// The open vault's generation is to be told. Not while an older vault stands in the place of a newer one: that would forget the newer.
    pub(super) fn mark_generation(&mut self) {
        if let (Some(open), 0) = (&self.open, self.behind) {
            self.mark_due = Some(Mark {
                vault: open.vault.id(),
                generation: open.vault.generation(),
            });
        }
    }
}
