//! An older vault in the place of a newer one: noticed where the device keeps the highest generation it saw.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use trousseau_vault::VaultId;

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

    /// The person keeps the older vault: from here on it is the newest.
    ///
    /// # Errors
    /// `Locked`.
    pub fn accept_rollback(&self) -> Answer<()> {
        let mut session = self.session();
        session.writable()?;
        session.rolled_back = false;
        session.mark_generation();
        Ok(())
    }
}

impl Session {
    /// The open vault's generation is to be told. Not while an older vault stands in the place of a newer one: that would forget the newer.
    pub(super) fn mark_generation(&mut self) {
        if let (Some(open), false) = (&self.open, self.rolled_back) {
            self.mark_due = Some(Mark {
                vault: open.vault.id(),
                generation: open.vault.generation(),
            });
        }
    }
}
