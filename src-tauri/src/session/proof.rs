//! Proving a credential while the vault is open, and what every wrong attempt costs.

use trousseau_vault::{SlotInfo, SlotKind, UnlockedVault, argon2id};
use trousseau_wire::{self as wire, ErrorCode, WireError};

use super::attempts::Attempts;
use super::phase::Event;
use super::typed::guessable;
use super::{Core, Session};
use crate::clock::Now;
use crate::refused::{Answer, Refused};

impl Core {
    /// Proves a credential again, for a sensitive command.
    ///
    /// # Errors
    /// `CredentialRejected`; `Delayed` after too many; what the device says.
    pub fn prove(&self, kind: wire::Credential, text: &str) -> Answer<()> {
        self.verify(kind, text).map(drop)
    }

    /// A credential that opens its slot, and the vault as it stood then. "No code at all" proves something only
    /// where there is nothing else that could be asked.
    pub(super) fn verify(&self, kind: wire::Credential, text: &str) -> Answer<UnlockedVault> {
        let (vault, usable) = {
            let session = self.session();
            session.proof_at()?;
            let wait_ms = session.attempts.wait_ms(&self.now());
            if wait_ms > 0 {
                return Err(delayed(wait_ms));
            }
            let vault = session.open()?.vault.clone();
            let usable = session.usable(&vault);
            (vault, usable)
        };
        if kind == wire::Credential::Device && asks_something_else(&usable) {
            return Err(ErrorCode::CredentialRejected.into());
        }
        let slots: Vec<_> = vault.slots().collect();
        let credential = self.credential(&[(vault.id(), slots)], kind, text)?;
        if guessable(kind) {
            self.session().count_if_none_waits(&self.now())?;
        }
        let used = vault.verify(&credential, &argon2id)?;
        let now = self.moment();
        let mut session = self.session();
        session.forget_attempts();
        session
            .step(Event::Proved(now))
            .map_err(|_| ErrorCode::Locked)?;
        session.keep_stretched_pin(used.stretched_pin, &credential);
        Ok(vault)
    }
}

impl Session {
    /// One attempt more, before anything is judged: in this process always, on disk where the disk takes it.
    ///
    /// A disk that takes no write, full or read-only or broken, does not keep the owner from their codes: the waits
    /// then hold until the app ends. No kind of refusal is told apart, because whoever can make this file unwritable
    /// can delete it as well.
    pub(super) fn count_attempt(&mut self, now: &Now) {
        self.attempts = self.attempts.with_one_more(now);
        self.write_attempts();
    }

    /// [`Session::count_attempt`], unless an attempt at the same time has begun a wait.
    fn count_if_none_waits(&mut self, now: &Now) -> Answer<()> {
        let wait_ms = self.attempts.wait_ms(now);
        if wait_ms > 0 {
            return Err(delayed(wait_ms));
        }
        self.count_attempt(now);
        Ok(())
    }

    /// A credential opened: the wrong attempts before it are forgotten. A disk that refuses leaves its count too high,
    /// never too low.
    pub(super) fn forget_attempts(&mut self) {
        self.attempts = Attempts::default();
        self.write_attempts();
    }

    fn write_attempts(&self) {
        if let Some(storage) = &self.storage {
            let _ = storage.write_attempts(&self.attempts.to_payload());
        }
    }
}

/// Whether something can be asked but "no code at all" and the words that are kept for bad days.
pub(super) fn asks_something_else(slots: &[SlotInfo]) -> bool {
    let asked = |kind| !matches!(kind, SlotKind::Device | SlotKind::Recovery);
    slots.iter().any(|slot| asked(slot.kind))
}

/// How long to wait.
pub(super) fn delayed(wait_ms: u64) -> Refused {
    WireError::new(ErrorCode::Delayed)
        .with("seconds", wait_ms.div_ceil(1000))
        .into()
}
