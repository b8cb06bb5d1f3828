//! An older vault in the place of a newer one: noticed where the device keeps the highest generation it saw.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use trousseau_vault::VaultId;
use trousseau_wire::{ErrorCode, Notice};

use super::{Core, Session};
use crate::platform::device::{Device, Item, Role};
use crate::refused::Answer;

/// How long an unlock waits for the device, beyond the derivation of its key.
pub(super) const MARK_WAIT: Duration = Duration::from_secs(2);

/// A generation that the device has still to be told.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    vault: VaultId,
    generation: u64,
    /// The person goes on with an older file: the device forgets the higher generation that it saw.
    may_lower: bool,
}

impl Mark {
    /// Tells the device, unless it saw a higher generation or does not say what it saw.
    fn write(self, device: &dyn Device) {
        let item = Item::by_role(self.vault, Role::Generation);
        let is_higher = || match device.read(&item, "") {
            Ok(kept) => kept.and_then(|kept| generation(&kept)) < Some(self.generation),
            Err(_) => false,
        };
        if device.keeps_secrets() && (self.may_lower || is_higher()) {
            let _ = device.write(&item, &self.generation.to_be_bytes(), "");
        }
    }
}

fn generation(kept: &[u8]) -> Option<u64> {
    Some(u64::from_be_bytes(kept.try_into().ok()?))
}

impl Core {
    /// Asks for the highest generation of this vault that the device saw, on a thread of its own: a store that asks
    /// somebody something must not keep a vault closed. None where the device keeps nothing.
    pub(super) fn ask_mark(&self, vault: VaultId) -> Receiver<Option<u64>> {
        let (answer, mark) = mpsc::channel();
        let device = Arc::clone(&self.config.device);
        std::thread::spawn(move || {
            let item = Item::by_role(vault, Role::Generation);
            let kept = device.read(&item, "").ok().flatten();
            // Nobody waits any more where it took too long.
            let _ = answer.send(kept.and_then(|kept| generation(&kept)));
        });
        mark
    }

    /// Tells the device, on a thread of its own: a store that asks somebody something must not stop the clock.
    ///
    /// A mark that is told late or never is too low, and too low only notices less.
    pub(super) fn write_mark(&self) {
        if self.marking.swap(true, Ordering::AcqRel) {
            return;
        }
        let Some(mark) = self.session().mark_due.take() else {
            self.marking.store(false, Ordering::Release);
            return;
        };
        let (device, marking) = (Arc::clone(&self.config.device), Arc::clone(&self.marking));
        std::thread::spawn(move || {
            mark.write(&*device);
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
        if session.open()?.behind == 0 {
            return Ok(());
        }
        if session.keep_strange_backup(now_ms)? {
            // A newer copy would make this vault the older one again.
            session.storage()?.write_backup(&session.open()?.sealed)?;
        }
        let open = session.open_mut()?;
        (open.newer_copy, open.behind) = (None, 0);
        session.mark_lower_generation();
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
        open.strange_backup = false;
        open.behind = open.behind.saturating_sub(gained);
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
        let may_lower = self.mark_due.is_some_and(|due| due.may_lower);
        if let Some(open) = self.open.as_ref().filter(|open| open.behind == 0) {
            self.mark_due = Some(Mark {
                vault: open.vault.id(),
                generation: open.vault.generation(),
                may_lower,
            });
        }
    }

    /// [`Session::mark_generation`], where the person goes on with an older file.
    pub(super) fn mark_lower_generation(&mut self) {
        self.mark_generation();
        if let Some(due) = &mut self.mark_due {
            due.may_lower = true;
        }
    }
}
