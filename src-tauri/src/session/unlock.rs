//! Opening: from a closed vault to an open one.

use trousseau_entries::VaultData;
use trousseau_vault::{Argon2Params, Credential, SlotInfo, UnlockedVault, VaultId};
use trousseau_wire::{self as wire, CoreEvent, ErrorCode, Status};

use super::comparison::Comparison;
use super::credential_input::is_guessable;
use super::decrypt::{Decrypted, Files, open_main, open_previous_generation};
use super::last_seen::{MAX_REPLY_WAIT, Question};
use super::phase::{Event, Phase};
use super::reauth::{has_everyday_proof, rate_limited};
use super::{Core, Drafts, Session, Unlocked};
use crate::clock::{MonotonicTime, Now};
use crate::error::Result;
use crate::panic_hook::catch_panic;

/// Whoever opened the vault with the recovery words may set a new credential for so long without another proof.
const RECOVERY_GRACE_MS: u64 = 600_000;

/// What a credential is tried on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The vault itself.
    Vault,
    /// The previous generation, where the vault is of no use.
    PreviousGeneration,
}

impl Core {
    /// Opens the vault.
    ///
    /// # Errors
    /// `CredentialRejected`, `RateLimited`, `VaultDamaged`, `VaultUnsupported`, or what the disk says.
    pub fn unlock(&self, kind: wire::Credential, text: &str) -> Result<Status> {
        self.attempt(Target::Vault, kind, text, open_main)
    }

    /// Opens the previous generation for reading, where the vault itself cannot be read or says that it is of a newer version.
    ///
    /// # Errors
    /// As [`Core::unlock`]; `NoPreviousGeneration` where there is none that can be read.
    pub fn open_previous_generation(&self, kind: wire::Credential, text: &str) -> Result<Status> {
        self.attempt(
            Target::PreviousGeneration,
            kind,
            text,
            open_previous_generation,
        )
    }

    pub(super) fn attempt(
        &self,
        target: Target,
        kind: wire::Credential,
        text: &str,
        open: impl FnOnce(Files, &Credential) -> Result<Decrypted>,
    ) -> Result<Status> {
        let known = self.may_begin(target)?;
        // The system's dialog, where there is one, stands before the attempt.
        let credential = self.credential(&known, kind, text)?;
        let mut question = self.ask_last_seen(known.first().map(|(vault, _)| *vault));
        let (files, lock_count) = self.begin(target, kind)?;
        self.notify(CoreEvent::StatusChanged);
        // The key is derived here, with no lock held. Were a panic to end the attempt, it would be under way for ever.
        let opened = catch_panic(|| open(files, &credential));
        let vault = opened.as_ref().ok().map(|opened| opened.vault.id());
        if vault.is_some() && vault != question.vault {
            // The file that opened is of another vault than the one that was asked about.
            question = self.ask_last_seen(vault);
        }
        question.wait(MAX_REPLY_WAIT);
        let opened = opened.map(|opened| (opened, credential));
        let finished = self.finish(target, opened, kind, question, lock_count);
        self.notify(CoreEvent::StatusChanged);
        if finished? {
            // Target again next time, should the disk refuse.
            let _ = self.raise_kdf_cost(kind, text);
        }
        self.sync_secret_store();
        self.status()
    }

    /// The files that can be tried now, the one that is meant first.
    fn may_begin(&self, target: Target) -> Result<Vec<(VaultId, Vec<SlotInfo>)>> {
        let now = self.now();
        let mut session = self.session();
        session.acquire_storage(&self.config, &now)?;
        session.may_begin(target, &now)?;
        let mut known: Vec<_> = session.file_infos().collect();
        if target == Target::PreviousGeneration {
            known.reverse();
        }
        if known.is_empty() {
            return Err(match target {
                Target::Vault => ErrorCode::VaultDamaged,
                Target::PreviousGeneration => ErrorCode::NoPreviousGeneration,
            }
            .into());
        }
        let slots = known.into_iter().map(|file| (file.vault, file.slots));
        Ok(slots.collect())
    }

    /// Counts the attempt before it is judged, where guessing is possible at all.
    ///
    /// Answers also how often somebody had locked by then.
    fn begin(&self, target: Target, kind: wire::Credential) -> Result<(Files, u64)> {
        let now = self.now();
        let mut session = self.session();
        session.may_begin(target, &now)?;
        let storage = session.storage()?;
        let files = Files {
            main: storage.read_vault(),
            backup: storage.read_previous_generation(),
        };
        // Nothing is counted where there is nothing to try it on.
        match target {
            Target::Vault => files.main.as_ref(),
            Target::PreviousGeneration => files.backup.as_ref(),
        }
        .map_err(|refused| *refused)?;
        if is_guessable(kind) {
            session.count_attempt(&now);
        }
        session.step(Event::AttemptStarted)?;
        Ok((files, session.lock_count))
    }

    /// Whether the slot that opened is to be made anew.
    fn finish(
        &self,
        target: Target,
        opened: Result<(Decrypted, Credential)>,
        kind: wire::Credential,
        question: Question,
        lock_count: u64,
    ) -> Result<bool> {
        let (now, now_ms) = (self.monotonic(), self.now_ms());
        let mut session = self.session();
        let proof = |opened: &Decrypted| {
            // "No code at all" shows nothing, unless there is nothing else that could be asked.
            let asks = has_everyday_proof(&session.usable(&opened.vault));
            (kind != wire::Credential::Device || !asks).then_some(now)
        };
        let event = match (&opened, target) {
            (Ok((opened, _)), Target::Vault) => Event::Opened(proof(opened)),
            (Ok((opened, _)), Target::PreviousGeneration) => Event::PreviousOpened(proof(opened)),
            (Err(error), _) => match error.code() {
                ErrorCode::CredentialRejected => Event::AttemptRefused,
                ErrorCode::VaultDamaged => Event::FoundDamaged,
                ErrorCode::VaultUnsupported => Event::FoundUnsupported,
                _ => Event::AttemptFailed,
            },
        };
        session.step(event)?;
        let (opened, credential) = opened?;
        let Decrypted {
            vault,
            entries,
            sealed,
            weak_slot,
            stretched_pin,
            beside,
            strange_previous,
        } = opened;
        let opened_by_words = target == Target::Vault && kind == wire::Credential::Recovery;
        session.unlocked = Some(Unlocked {
            new_credential_due: opened_by_words,
            recovery_grace_until: opened_by_words.then(|| now.plus_ms(RECOVERY_GRACE_MS)),
            comparison: Comparison::pending(question, beside),
            strange_previous,
            ..Unlocked::new(vault, entries, sealed, (now, now_ms))
        });
        // Only a credential that opened forgets the wrong ones.
        session.reset_attempts();
        if session.lock_count != lock_count {
            // Somebody locked meanwhile: nobody is to find it open.
            session.close(now_ms);
            return Err(ErrorCode::Locked.into());
        }
        session.receive_reply(now, now_ms);
        if target == Target::PreviousGeneration {
            return Ok(false);
        }
        session.restore_suspended();
        session.store_stretched_pin(stretched_pin, &credential);
        Ok(weak_slot)
    }

    /// Seals a slot anew that is below today's work factor.
    fn raise_kdf_cost(&self, kind: wire::Credential, text: &str) -> Result<()> {
        let mut vault = {
            let session = self.session();
            session.writable()?;
            session.unlocked()?.vault.clone()
        };
        let slot = self.add_slot(&mut vault, kind, text, Argon2Params::DEFAULT)?;
        let (due, recovery_grace_until) = {
            let session = self.session();
            let open = session.unlocked()?;
            (open.new_credential_due, open.recovery_grace_until)
        };
        self.commit_slots(vault, slot)?;
        let mut session = self.session();
        let open = session.unlocked_mut()?;
        (open.new_credential_due, open.recovery_grace_until) = (due, recovery_grace_until);
        Ok(())
    }
}

impl Session {
    /// Refuses where no credential can be tried now.
    fn may_begin(&mut self, target: Target, now: &Now) -> Result<()> {
        self.update_wait(now);
        let wait_ms = self.attempts.wait_ms(now);
        match (self.phase, target) {
            (Phase::Unlocking { .. }, _) => Err(ErrorCode::Busy.into()),
            (Phase::RateLimited | Phase::Damaged | Phase::Unsupported, _) if wait_ms > 0 => {
                Err(rate_limited(wait_ms))
            }
            (Phase::Locked, Target::Vault) => Ok(()),
            (Phase::Damaged | Phase::Unsupported, Target::PreviousGeneration) => Ok(()),
            (Phase::NoVault, _) => Err(ErrorCode::NoVault.into()),
            (Phase::Damaged, Target::Vault) => Err(ErrorCode::VaultDamaged.into()),
            (Phase::Unsupported, Target::Vault) => Err(ErrorCode::VaultUnsupported.into()),
            _ => Err(ErrorCode::VaultExists.into()),
        }
    }
}

impl Unlocked {
    pub(super) fn new(
        vault: UnlockedVault,
        entries: VaultData,
        sealed: Vec<u8>,
        (now, now_ms): (MonotonicTime, u64),
    ) -> Self {
        Self {
            vault,
            entries,
            sealed,
            drafts: Drafts::default(),
            unconfirmed_words: None,
            drafted_words: None,
            new_credential_due: false,
            recovery_grace_until: None,
            comparison: Comparison::of_new(),
            strange_previous: false,
            ui_state: None,
            active_at: now,
            trash_checked_at: now,
            opened_at: now,
            opened_ms: now_ms,
            use_unsaved: false,
        }
    }
}
