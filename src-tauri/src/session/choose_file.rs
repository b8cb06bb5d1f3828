//! The person chooses the file to go on with: an older vault as it is, or the copy that lies beside it.

use trousseau_wire::{ErrorCode, Notice, Status};

use super::Core;
use super::phase::{Event, Phase};
use crate::refused::Answer;

impl Core {
    /// The person keeps the older vault: from here on it is the newest. A newer copy beside it is kept under another name.
    ///
    /// # Errors
    /// `Locked`, `ReadOnly`, `VaultComparing`, `VaultForeign`; what the disk says.
    pub fn accept_rollback(&self) -> Answer<()> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.proof_at()?;
        session.storage()?.check_writable()?;
        let comparison = &session.open()?.comparison;
        if comparison.behind() == 0 {
            return comparison.check_present();
        }
        if session.keep_strange_backup(now_ms)? {
            // A newer copy would make this vault the older one again.
            session.storage()?.write_backup(&session.open()?.sealed)?;
        }
        session.open_mut()?.comparison.accept();
        session.go_on(now_ms);
        drop(session);
        self.tell_device();
        self.notify(Notice::PhaseChanged);
        Ok(())
    }

    /// Goes on with the copy that lies beside an older or a foreign vault, which is kept under another name.
    ///
    /// # Errors
    /// `NoBackup` where there is none that opened with the vault and is to be preferred; `Locked`, `ReadOnly`; what the disk says.
    pub fn take_newer_copy(&self) -> Answer<()> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.proof_at()?;
        let storage = session.storage()?;
        storage.check_writable()?;
        let copy = session.open()?.comparison.copy_to_take();
        let copy = copy.ok_or(ErrorCode::NoBackup)?;
        storage.keep_foreign(&copy.sealed, now_ms)?;
        storage.write_vault(&copy.sealed)?;
        session.open_mut()?.take_copy();
        // What was shown to open the other file shows nothing for this one.
        session.step(Event::CopyTaken)?;
        session.take_unsaved();
        session.tidy_up(now_ms);
        session.mark();
        drop(session);
        self.tell_device();
        self.notify(Notice::PhaseChanged);
        Ok(())
    }

    /// Puts the open previous generation in the vault's place, which is kept under another name.
    ///
    /// # Errors
    /// `NoBackup` unless the previous generation is open; `VaultComparing`; what the disk says.
    pub fn restore_backup(&self) -> Answer<Status> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        if !matches!(session.phase, Phase::ReadOnly { .. }) {
            return Err(ErrorCode::NoBackup.into());
        }
        if session.open()?.comparison.is_under_way() {
            return Err(ErrorCode::VaultComparing.into());
        }
        session.storage()?.rename_unreadable_vault(now_ms)?;
        session.keep_foreign(now_ms)?;
        session.storage()?.write_vault(&session.open()?.sealed)?;
        session.step(Event::BackupRestored)?;
        // The person was told by how much it is older, and goes on with it. A foreign one stays for reading, and what could not
        // be compared is judged by a late answer.
        let comparison = &mut session.open_mut()?.comparison;
        match comparison.behind() {
            0 => {
                session.tidy_up(now_ms);
                session.mark();
            }
            _ => {
                comparison.accept();
                session.go_on(now_ms);
            }
        }
        drop(session);
        self.tell_device();
        self.notify(Notice::PhaseChanged);
        self.status()
    }
}
