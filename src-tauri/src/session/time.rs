//! What time does to a session: waits end, idle sessions lock, the clipboard is cleared.

use std::path::Path;

use trousseau_wire::{ErrorCode, Notice};

use super::attempts::Attempts;
use super::phase::{Event, Phase};
use super::{Core, Session, look};
use crate::clock::Uptime;
use crate::refused::Answer;
use crate::storage::Storage;

/// In front, untouched: this long at least before the app locks by itself.
const IDLE_AT_LEAST_S: u32 = 300;

impl Core {
    /// The person is active.
    pub fn touch(&self) {
        let now_ms = self.now_ms();
        if let Some(open) = &mut self.session().open {
            open.active_ms = now_ms;
        }
    }

    /// The window came to the front or left it.
    pub fn set_visible(&self, visible: bool) {
        let now_ms = self.now_ms();
        if let Some(open) = &mut self.session().open {
            open.hidden_since_ms = if visible {
                None
            } else {
                open.hidden_since_ms.or(Some(now_ms))
            };
            open.active_ms = now_ms;
        }
        self.tick();
    }

    /// To be called every second, and whenever the window's visibility changes.
    pub fn tick(&self) {
        let now_ms = self.now_ms();
        let uptime = self.config.clock.uptime();
        let mut session = self.session();
        let before = session.phase;
        session.settle(now_ms, uptime.as_ref());
        if session.is_overdue(now_ms) {
            session.close(now_ms);
        }
        let moved = session.phase != before;
        let cleared = session.copy.is_due(now_ms) && session.copy.clear(&*self.config.clipboard);
        drop(session);
        if moved {
            self.notify(Notice::PhaseChanged);
        }
        if cleared {
            self.notify(Notice::ClipboardCleared);
        }
    }

    /// Locks by hand: also takes a copied code out of the clipboard.
    pub fn lock(&self) {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.close(now_ms);
        session.copy.clear(&*self.config.clipboard);
        drop(session);
        self.notify(Notice::PhaseChanged);
    }
}

impl Session {
    /// Takes the folder's lock where it is not held yet, and looks what is there.
    pub(super) fn take_folder(
        &mut self,
        folder: &Path,
        now_ms: u64,
        uptime: Option<Uptime>,
    ) -> Answer<()> {
        if self.storage.is_some() {
            return Ok(());
        }
        let storage = Storage::open(folder)?;
        let file = storage.read_attempts()?;
        self.attempts = Attempts::from_file(file.as_deref(), now_ms, uptime);
        if file.is_some() {
            storage.write_attempts(&self.attempts.to_file())?;
        }
        let found = look(&storage);
        self.storage = Some(storage);
        self.step(found)
    }

    /// Starts and ends the wait after wrong attempts.
    pub(super) fn settle(&mut self, now_ms: u64, uptime: Option<&Uptime>) {
        let waiting = self.attempts.wait_ms(now_ms, uptime) > 0;
        match self.phase {
            Phase::Locked if waiting => self.phase = Phase::Delayed,
            Phase::Delayed if !waiting => self.phase = Phase::Locked,
            _ => {}
        }
    }

    /// Whether the open vault was left alone for too long.
    fn is_overdue(&self, now_ms: u64) -> bool {
        let Some(open) = &self.open else { return false };
        let lock_after_s = open.entries.preferences().lock_after_s;
        let passed =
            |since: u64, seconds: u32| now_ms.saturating_sub(since) >= u64::from(seconds) * 1000;
        open.hidden_since_ms
            .is_some_and(|since| passed(since, lock_after_s))
            || passed(open.active_ms, lock_after_s.max(IDLE_AT_LEAST_S))
    }

    /// Writes what is still to be written and forgets the keys, the entries and the drafts.
    pub(super) fn close(&mut self, now_ms: u64) {
        // Usage counts are a convenience: a disk that refuses them does not keep the vault open.
        let _ = self.save_use(now_ms);
        if self.open.take().is_some() {
            let _ = self.step(Event::LockAsked);
        }
    }

    /// Refuses a sensitive command whose last proof is older than 30 s.
    pub(super) fn proved_lately(&self, now_ms: u64) -> Answer<()> {
        match self.phase {
            Phase::Unlocked { proof_at_ms } if now_ms.saturating_sub(proof_at_ms) <= 30_000 => {
                Ok(())
            }
            Phase::Unlocked { .. } => Err(ErrorCode::ReauthRequired.into()),
            _ => self.writable(),
        }
    }
}
