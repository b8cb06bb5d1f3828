//! Opening: from a closed vault to an open one.

use trousseau_entries::VaultData;
use trousseau_vault::{Argon2Params, Credential, SlotInfo, UnlockedVault, VaultId};
use trousseau_wire::{self as wire, ErrorCode, Notice, Status};

use super::comparison::Comparison;
use super::opening::{Files, Unsealed, open_backup, open_main};
use super::phase::{Event, Phase};
use super::proof::{asks_something_else, delayed};
use super::seen::{MARK_WAIT, Question};
use super::typed::guessable;
use super::{Core, Drafts, Open, Session};
use crate::clock::{Moment, Now};
use crate::panics::caught;
use crate::refused::Answer;

/// Whoever opened the vault with the recovery words may set a new credential for so long without another proof.
const UNPROVED_MS: u64 = 600_000;

/// What a credential is tried on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tried {
    /// The vault itself.
    Vault,
    /// The previous generation, where the vault is of no use.
    Backup,
}

impl Core {
    /// Opens the vault.
    ///
    /// # Errors
    /// `CredentialRejected`, `Delayed`, `VaultDamaged`, `VaultNewer`, or what the disk says.
    pub fn unlock(&self, kind: wire::Credential, text: &str) -> Answer<Status> {
        self.attempt(Tried::Vault, kind, text, open_main)
    }

    /// Opens the previous generation for reading, where the vault itself cannot be read or says that it is of a newer version.
    ///
    /// # Errors
    /// As [`Core::unlock`]; `NoBackup` where there is none that can be read.
    pub fn open_backup(&self, kind: wire::Credential, text: &str) -> Answer<Status> {
        self.attempt(Tried::Backup, kind, text, open_backup)
    }

    pub(super) fn attempt(
        &self,
        tried: Tried,
        kind: wire::Credential,
        text: &str,
        open: impl FnOnce(Files, &Credential) -> Answer<Unsealed>,
    ) -> Answer<Status> {
        let known = self.may_begin(tried)?;
        // The system's dialog, where there is one, stands before the attempt.
        let credential = self.credential(&known, kind, text)?;
        let mut question = self.ask_device(known.first().map(|(vault, _)| *vault));
        let (files, locks) = self.begin(tried, kind)?;
        self.notify(Notice::PhaseChanged);
        // The key is derived here, with no lock held. Were a panic to end the attempt, it would be under way for ever.
        let opened = caught(|| open(files, &credential));
        let vault = opened.as_ref().ok().map(|opened| opened.vault.id());
        if vault.is_some() && vault != question.vault {
            // The file that opened is of another vault than the one that was asked about.
            question = self.ask_device(vault);
        }
        question.wait(MARK_WAIT);
        let opened = opened.map(|opened| (opened, credential));
        let finished = self.finish(tried, opened, kind, question, locks);
        self.notify(Notice::PhaseChanged);
        if finished? {
            // Tried again next time, should the disk refuse.
            let _ = self.strengthen(kind, text);
        }
        self.tell_device();
        self.status()
    }

    /// The files that can be tried now, the one that is meant first.
    fn may_begin(&self, tried: Tried) -> Answer<Vec<(VaultId, Vec<SlotInfo>)>> {
        let now = self.now();
        let mut session = self.session();
        session.take_folder(&self.config, &now)?;
        session.may_begin(tried, &now)?;
        let mut known: Vec<_> = session.summaries().collect();
        if tried == Tried::Backup {
            known.reverse();
        }
        if known.is_empty() {
            return Err(match tried {
                Tried::Vault => ErrorCode::VaultDamaged,
                Tried::Backup => ErrorCode::NoBackup,
            }
            .into());
        }
        let slots = known.into_iter().map(|file| (file.vault, file.slots));
        Ok(slots.collect())
    }

    /// Counts the attempt before it is judged, where guessing is possible at all.
    ///
    /// Answers also how often somebody had locked by then.
    fn begin(&self, tried: Tried, kind: wire::Credential) -> Answer<(Files, u64)> {
        let now = self.now();
        let mut session = self.session();
        session.may_begin(tried, &now)?;
        let storage = session.storage()?;
        let files = Files {
            main: storage.read_vault(),
            backup: storage.read_backup(),
        };
        // Nothing is counted where there is nothing to try it on.
        match tried {
            Tried::Vault => files.main.as_ref(),
            Tried::Backup => files.backup.as_ref(),
        }
        .map_err(|refused| *refused)?;
        if guessable(kind) {
            session.count_attempt(&now);
        }
        session.step(Event::AttemptStarted)?;
        Ok((files, session.locks))
    }

    /// Whether the slot that opened is to be made anew.
    fn finish(
        &self,
        tried: Tried,
        opened: Answer<(Unsealed, Credential)>,
        kind: wire::Credential,
        question: Question,
        locks: u64,
    ) -> Answer<bool> {
        let (now, now_ms) = (self.moment(), self.now_ms());
        let mut session = self.session();
        let proof = |opened: &Unsealed| {
            // "No code at all" shows nothing, unless there is nothing else that could be asked.
            let asks = asks_something_else(&session.usable(&opened.vault));
            (kind != wire::Credential::Device || !asks).then_some(now)
        };
        let event = match (&opened, tried) {
            (Ok((opened, _)), Tried::Vault) => Event::Opened(proof(opened)),
            (Ok((opened, _)), Tried::Backup) => Event::BackupOpened(proof(opened)),
            (Err(error), _) => match error.code() {
                ErrorCode::CredentialRejected => Event::AttemptRefused,
                ErrorCode::VaultDamaged => Event::FoundDamaged,
                ErrorCode::VaultNewer => Event::FoundNewer,
                _ => Event::AttemptFailed,
            },
        };
        session.step(event)?;
        let (opened, credential) = opened?;
        let Unsealed {
            vault,
            entries,
            sealed,
            weak_slot,
            stretched_pin,
            beside,
            strange_backup,
        } = opened;
        let opened_by_words = tried == Tried::Vault && kind == wire::Credential::Recovery;
        session.open = Some(Open {
            new_credential_due: opened_by_words,
            unproved_until: opened_by_words.then(|| now.plus_ms(UNPROVED_MS)),
            comparison: Comparison::pending(question, beside),
            strange_backup,
            ..Open::new(vault, entries, sealed, (now, now_ms))
        });
        // Only a credential that opened forgets the wrong ones.
        session.forget_attempts();
        if session.locks != locks {
            // Somebody locked meanwhile: nobody is to find it open.
            session.close(now_ms);
            return Err(ErrorCode::Locked.into());
        }
        session.hear_device(now, now_ms);
        if tried == Tried::Backup {
            return Ok(false);
        }
        session.take_unsaved();
        session.keep_stretched_pin(stretched_pin, &credential);
        Ok(weak_slot)
    }

    /// Seals a slot anew that is below today's work factor.
    fn strengthen(&self, kind: wire::Credential, text: &str) -> Answer<()> {
        let mut vault = {
            let session = self.session();
            session.writable()?;
            session.open()?.vault.clone()
        };
        let slot = self.put_slot(&mut vault, kind, text, Argon2Params::DEFAULT)?;
        let (due, unproved_until) = {
            let session = self.session();
            let open = session.open()?;
            (open.new_credential_due, open.unproved_until)
        };
        self.commit_slots(vault, slot)?;
        let mut session = self.session();
        let open = session.open_mut()?;
        (open.new_credential_due, open.unproved_until) = (due, unproved_until);
        Ok(())
    }
}

impl Session {
    /// Refuses where no credential can be tried now.
    fn may_begin(&mut self, tried: Tried, now: &Now) -> Answer<()> {
        self.settle(now);
        let wait_ms = self.attempts.wait_ms(now);
        match (self.phase, tried) {
            (Phase::Unlocking { .. }, _) => Err(ErrorCode::Busy.into()),
            (Phase::Delayed | Phase::Unreadable | Phase::Newer, _) if wait_ms > 0 => {
                Err(delayed(wait_ms))
            }
            (Phase::Locked, Tried::Vault) => Ok(()),
            (Phase::Unreadable | Phase::Newer, Tried::Backup) => Ok(()),
            (Phase::NoVault, _) => Err(ErrorCode::NoVault.into()),
            (Phase::Unreadable, Tried::Vault) => Err(ErrorCode::VaultDamaged.into()),
            (Phase::Newer, Tried::Vault) => Err(ErrorCode::VaultNewer.into()),
            _ => Err(ErrorCode::VaultExists.into()),
        }
    }
}

impl Open {
    pub(super) fn new(
        vault: UnlockedVault,
        entries: VaultData,
        sealed: Vec<u8>,
        (now, now_ms): (Moment, u64),
    ) -> Self {
        Self {
            vault,
            entries,
            sealed,
            drafts: Drafts::default(),
            pending_words: None,
            drafted_words: None,
            new_credential_due: false,
            unproved_until: None,
            comparison: Comparison::of_new(),
            strange_backup: false,
            place: None,
            active_at: now,
            trash_looked_at: now,
            opened_at: now,
            opened_ms: now_ms,
            use_unsaved: false,
        }
    }
}
