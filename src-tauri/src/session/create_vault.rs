//! Creating: from no vault to an open one.

use trousseau_entries::{DeviceSection, VaultData};
use trousseau_vault::{Argon2Params, Credential, NewSlot, RecoveryCode, argon2id};
use trousseau_wire::{self as wire, CoreEvent, ErrorCode, RecoveryWords};

use super::credential_input::check_new;
use super::phase::{Event, Phase};
use super::recovery::UnconfirmedWords;
use super::{Core, Unlocked};
use crate::error::Result;

impl Core {
    /// Writes a new vault under a passphrase, an access code or no code at all, and new recovery words, and opens it.
    ///
    /// # Errors
    /// `VaultExists` where anything is on disk; why the text cannot be one; what the device or the disk says.
    pub fn create_vault(&self, kind: wire::Credential, text: &str) -> Result<RecoveryWords> {
        let locks = {
            let session = self.session();
            if session.phase != Phase::NoVault {
                return Err(ErrorCode::VaultExists.into());
            }
            session.lock_count
        };
        if matches!(
            kind,
            wire::Credential::Biometric | wire::Credential::Recovery
        ) {
            return Err(ErrorCode::Internal.into());
        }
        check_new(kind, text)?;
        let code = RecoveryCode::generate()?;
        let pending = UnconfirmedWords::choose(&code)?;
        let words = pending.to_wire(&code);
        let recovery = Credential::Recovery(code);
        let words_slot = NewSlot::Credential {
            credential: &recovery,
            cost: Argon2Params::DEFAULT,
        };
        let mut vault = trousseau_vault::prepare(&[words_slot], &argon2id)?.vault;
        // The device has its part before a file needs it.
        let slot = self.add_slot(&mut vault, kind, text, Argon2Params::DEFAULT)?;
        let mut entries = VaultData::new();
        entries.set_device(DeviceSection {
            pin: slot.pin,
            ..DeviceSection::default()
        });
        let sealed = vault.seal(&entries.to_json())?;
        let (now, now_ms) = (self.monotonic(), self.now_ms());
        let mut session = self.session();
        if session.phase != Phase::NoVault || session.storage()?.has_vault()? {
            return Err(ErrorCode::VaultExists.into());
        }
        // The attempt counter's file first: a disk that fills up later can still take the count.
        session
            .storage()?
            .reserve_attempts(&session.attempts.to_payload())?;
        session.storage()?.write_vault(&sealed)?;
        session.step(Event::Created(now))?;
        session.unlocked = Some(Unlocked {
            unconfirmed_words: Some(pending),
            ..Unlocked::new(vault, entries, sealed, (now, now_ms))
        });
        session.accept_as_present(now_ms);
        let locked = session.lock_count != locks;
        if locked {
            // Somebody locked meanwhile: nobody is to find it open.
            session.close(now_ms);
        }
        drop(session);
        self.sync_secret_store();
        self.notify(CoreEvent::StatusChanged);
        if locked {
            return Err(ErrorCode::Locked.into());
        }
        Ok(words)
    }
}
