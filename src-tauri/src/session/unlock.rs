//! Creating, opening and proving: everything that tries a credential.

use trousseau_entries::Entries;
use trousseau_vault::{Credential, OpenVault, Passphrase, RecoveryCode, WorkFactor, argon2id};
use trousseau_wire::{self as wire, ErrorCode, Notice, RecoveryWords, Status, Strength, WireError};
use zeroize::Zeroizing;

use super::opening::{Files, Unsealed, open_backup, open_main};
use super::phase::{Closed, Event, Phase};
use super::recovery::PendingWords;
use super::{Core, Drafts, Open, Session};
use crate::clock::Uptime;
use crate::refused::{Answer, Refused};

/// Fewer characters are refused whatever they are.
const PASSPHRASE_MIN: usize = 8;

/// zxcvbn takes its time on long texts; the first characters tell enough.
const JUDGED_CHARS: usize = 100;

/// How hard a passphrase is to guess (zxcvbn).
pub fn judge_passphrase(passphrase: &str) -> Strength {
    let long_enough = passphrase.chars().count() >= PASSPHRASE_MIN;
    let judged: String = passphrase.chars().take(JUDGED_CHARS).collect();
    let score = u8::from(zxcvbn::zxcvbn(&Zeroizing::new(judged), &["trousseau"]).score());
    Strength { score, long_enough }
}

/// A passphrase that may be set.
pub(super) fn new_passphrase(text: &str) -> Answer<Passphrase> {
    if text.chars().count() < PASSPHRASE_MIN {
        return Err(WireError::new(ErrorCode::PassphraseTooShort)
            .with("min", PASSPHRASE_MIN)
            .into());
    }
    Ok(Passphrase::new(text))
}

fn typed_credential(kind: wire::Credential, text: &str) -> Answer<Credential> {
    Ok(match kind {
        wire::Credential::Passphrase => Credential::Passphrase(Passphrase::new(text)),
        wire::Credential::Recovery => Credential::Recovery(RecoveryCode::parse(text)?),
    })
}

impl Core {
    /// Writes a new vault under a passphrase and new recovery words, and opens it.
    ///
    /// # Errors
    /// `VaultExists` where anything is on disk; what the disk says.
    pub fn create_vault(&self, passphrase: &str) -> Answer<RecoveryWords> {
        if self.session().phase != Phase::NoVault {
            return Err(ErrorCode::VaultExists.into());
        }
        let code = RecoveryCode::generate()?;
        let pending = PendingWords::choose(&code)?;
        let words = pending.to_wire(&code);
        let credentials = [
            Credential::Passphrase(new_passphrase(passphrase)?),
            Credential::Recovery(code),
        ];
        let entries = Entries::new();
        let (vault, sealed) = trousseau_vault::create(
            &credentials,
            WorkFactor::DEFAULT,
            &entries.to_json(),
            &argon2id,
        )?;
        let now_ms = self.now_ms();
        let mut session = self.session();
        if session.phase != Phase::NoVault || session.storage()?.read_vault()?.is_some() {
            return Err(ErrorCode::VaultExists.into());
        }
        session.storage()?.write_vault(&sealed)?;
        session.step(Event::Created(now_ms))?;
        session.open = Some(Open {
            pending_words: Some(pending),
            ..Open::new(vault, entries, sealed, now_ms)
        });
        drop(session);
        self.notify(Notice::PhaseChanged);
        Ok(words)
    }

    /// Opens the vault.
    ///
    /// # Errors
    /// `CredentialRejected`, `Delayed`, `VaultDamaged`, `VaultNewer`, or what the disk says.
    pub fn unlock(&self, kind: wire::Credential, text: &str) -> Answer<Status> {
        self.attempt(Closed::Locked, kind, text)
    }

    /// Opens the previous generation for reading, where the vault itself cannot be read.
    ///
    /// # Errors
    /// As [`Core::unlock`]; `NoBackup` where there is none that can be read.
    pub fn open_backup(&self, kind: wire::Credential, text: &str) -> Answer<Status> {
        self.attempt(Closed::Unreadable, kind, text)
    }

    fn attempt(&self, from: Closed, kind: wire::Credential, text: &str) -> Answer<Status> {
        let credential = typed_credential(kind, text)?;
        let files = self.begin(from)?;
        self.notify(Notice::PhaseChanged);
        // The key is derived here, with no lock held.
        let opened = match from {
            Closed::Locked => open_main(files, &credential),
            Closed::Unreadable => open_backup(files, &credential),
        };
        let finished = self.finish(from, opened, &credential);
        self.notify(Notice::PhaseChanged);
        finished?;
        self.status()
    }

    /// Counts the attempt on disk before it is judged.
    fn begin(&self, from: Closed) -> Answer<Files> {
        let (now_ms, uptime) = (self.now_ms(), self.config.clock.uptime());
        let mut session = self.session();
        session.settle(now_ms, uptime.as_ref());
        let wait_ms = session.attempts.wait_ms(now_ms, uptime.as_ref());
        match (session.phase, from) {
            (Phase::Unlocking { .. }, _) => return Err(ErrorCode::Busy.into()),
            (Phase::Delayed | Phase::Unreadable, _) if wait_ms > 0 => {
                return Err(delayed(wait_ms));
            }
            (Phase::Locked, Closed::Locked) | (Phase::Unreadable, Closed::Unreadable) => {}
            (Phase::NoVault, _) => return Err(ErrorCode::NoVault.into()),
            (Phase::Unreadable, Closed::Locked) => return Err(ErrorCode::VaultDamaged.into()),
            (Phase::Newer, _) => return Err(ErrorCode::VaultNewer.into()),
            _ => return Err(ErrorCode::VaultExists.into()),
        }
        let storage = session.storage()?;
        let files = Files {
            main: storage.read_vault()?,
            backup: storage.read_backup()?,
        };
        session.count_attempt(now_ms, uptime)?;
        session.step(Event::AttemptStarted)?;
        Ok(files)
    }

    fn finish(
        &self,
        from: Closed,
        opened: Answer<Unsealed>,
        credential: &Credential,
    ) -> Answer<()> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        let event = match (&opened, from) {
            (Ok(_), Closed::Locked) => Event::Opened(now_ms),
            (Ok(_), Closed::Unreadable) => Event::BackupOpened,
            (Err(error), _) => match error.code() {
                ErrorCode::CredentialRejected => Event::AttemptRefused,
                ErrorCode::VaultDamaged => Event::FoundDamaged,
                ErrorCode::VaultNewer => Event::FoundNewer,
                _ => Event::AttemptFailed,
            },
        };
        session.step(event)?;
        let Unsealed {
            vault,
            entries,
            sealed,
            weak_slot,
        } = opened?;
        session.open = Some(Open::new(vault, entries, sealed, now_ms));
        // Only a credential that opened forgets the wrong ones. A disk that refuses leaves the count too high, never too low.
        let _ = session.forget_attempts();
        if from == Closed::Locked {
            session.tidy_up(weak_slot.map(|slot| (slot, credential)), now_ms);
        }
        Ok(())
    }

    /// Proves the passphrase again, for a sensitive command.
    ///
    /// # Errors
    /// `CredentialRejected`; `Delayed` after too many.
    pub fn prove(&self, passphrase: &str) -> Answer<()> {
        let credential = Credential::Passphrase(Passphrase::new(passphrase));
        let (now_ms, uptime) = (self.now_ms(), self.config.clock.uptime());
        let vault = {
            let mut session = self.session();
            session.writable()?;
            let wait_ms = session.attempts.wait_ms(now_ms, uptime.as_ref());
            if wait_ms > 0 {
                return Err(delayed(wait_ms));
            }
            session.count_attempt(now_ms, uptime)?;
            session.open()?.vault.clone()
        };
        vault.verify(&credential, &argon2id)?;
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.forget_attempts()?;
        session
            .step(Event::Proved(now_ms))
            .map_err(|_| ErrorCode::Locked.into())
    }

    /// Puts the open previous generation in the damaged vault's place. The damaged file is kept under another name.
    ///
    /// # Errors
    /// `NoBackup` unless the previous generation is open; what the disk says.
    pub fn restore_backup(&self) -> Answer<Status> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        if session.phase != Phase::ReadOnly {
            return Err(ErrorCode::NoBackup.into());
        }
        let storage = session.storage()?;
        if let Some(damaged) = storage.read_vault()? {
            storage.keep_aside(&damaged, now_ms)?;
        }
        storage.write_vault(&session.open()?.sealed)?;
        session.step(Event::BackupRestored(now_ms))?;
        drop(session);
        self.notify(Notice::PhaseChanged);
        self.status()
    }
}

fn delayed(wait_ms: u64) -> Refused {
    WireError::new(ErrorCode::Delayed)
        .with("seconds", wait_ms.div_ceil(1000))
        .into()
}

impl Session {
    /// One attempt more, on disk before anything is judged.
    fn count_attempt(&mut self, now_ms: u64, uptime: Option<Uptime>) -> Answer<()> {
        let counted = self.attempts.with_one_more(now_ms, uptime);
        self.storage()?.write_attempts(&counted.to_file())?;
        self.attempts = counted;
        Ok(())
    }

    fn forget_attempts(&mut self) -> Answer<()> {
        self.attempts = Default::default();
        Ok(self.storage()?.write_attempts(&self.attempts.to_file())?)
    }
}

impl Open {
    fn new(vault: OpenVault, entries: Entries, sealed: Vec<u8>, now_ms: u64) -> Self {
        Self {
            vault,
            entries,
            sealed,
            drafts: Drafts::default(),
            pending_words: None,
            active_ms: now_ms,
            hidden_since_ms: None,
            use_unsaved: false,
        }
    }
}
