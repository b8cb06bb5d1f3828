//! Proving a credential while the vault is open, and what every wrong attempt costs.

use trousseau_vault::{SlotInfo, SlotKind, UnlockedVault, argon2id};
use trousseau_wire::{self as wire, ErrorCode, WireError};

use super::attempts::Attempts;
use super::credential_input::is_guessable;
use super::phase::Event;
use super::{Core, Session};
use crate::clock::Now;
use crate::error::{Error, Result};

impl Core {
    /// Proves a credential again, for a sensitive command.
    ///
    /// # Errors
    /// `CredentialRejected`; `RateLimited` after too many; what the device says.
    pub fn reauthenticate(&self, kind: wire::Credential, text: &str) -> Result<()> {
        self.verify(kind, text).map(drop)
    }

    /// A credential that opens its slot, and the vault as it stood then. "No code at all" proves something only
    /// where there is nothing else that could be asked.
    pub(super) fn verify(&self, kind: wire::Credential, text: &str) -> Result<UnlockedVault> {
        let (vault, usable) = {
            let session = self.session();
            session.proof_at()?;
            let wait_ms = session.attempts.wait_ms(&self.now());
            if wait_ms > 0 {
                return Err(rate_limited(wait_ms));
            }
            let vault = session.unlocked()?.vault.clone();
            let usable = session.usable(&vault);
            (vault, usable)
        };
        if kind == wire::Credential::Device && has_everyday_proof(&usable) {
            return Err(ErrorCode::CredentialRejected.into());
        }
        let slots: Vec<_> = vault.slots().collect();
        let credential = self.credential(&[(vault.id(), slots)], kind, text)?;
        if is_guessable(kind) {
            self.session().count_unless_waiting(&self.now())?;
        }
        let used = vault.verify(&credential, &argon2id)?;
        let now = self.monotonic();
        let mut session = self.session();
        session.reset_attempts();
        session
            .step(Event::Proved(now))
            .map_err(|_| ErrorCode::Locked)?;
        session.store_stretched_pin(used.stretched_pin, &credential);
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
    fn count_unless_waiting(&mut self, now: &Now) -> Result<()> {
        let wait_ms = self.attempts.wait_ms(now);
        if wait_ms > 0 {
            return Err(rate_limited(wait_ms));
        }
        self.count_attempt(now);
        Ok(())
    }

    /// A credential opened: the wrong attempts before it are forgotten. A disk that refuses leaves its count too high,
    /// never too low.
    pub(super) fn reset_attempts(&mut self) {
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
pub(super) fn has_everyday_proof(slots: &[SlotInfo]) -> bool {
    let asked = |kind| !matches!(kind, SlotKind::Device | SlotKind::Recovery);
    slots.iter().any(|slot| asked(slot.kind))
}

/// How long to wait.
pub(super) fn rate_limited(wait_ms: u64) -> Error {
    WireError::new(ErrorCode::RateLimited)
        .with("seconds", wait_ms.div_ceil(1000))
        .into()
}
