//! What time does to a session: waits end, idle sessions lock, the clipboard is cleared.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{MutexGuard, PoisonError};

use trousseau_wire::{CoreEvent, ErrorCode, IDLE_AT_LEAST_S};

use super::phase::Event;
use super::{Core, Session, suspended};
use crate::clipboard::CopiedCode;
use crate::clock::{MonotonicTime, Now};
use crate::error::Result;
use crate::storage::Storage;

/// A system dialog that we opened ourselves keeps the app open for so long at most.
const MAX_DIALOG_MS: u64 = 120_000;

/// After such a dialog the window is back in front within this time.
const RETURN_WITHIN_MS: u64 = 2_000;

/// A proof holds for so long.
const PROOF_VALID_MS: u64 = 30_000;

impl Core {
    /// The person is active.
    pub fn report_activity(&self) {
        let now = self.monotonic();
        if let Some(open) = &mut self.session().unlocked {
            open.active_at = now;
        }
    }

    /// A system dialog that the page opens (picker, camera permission) hides the window for a while: that is not leaving
    /// the app. Coming back to the front ends it too; a dialog that is gone before that leaves the window a moment.
    pub fn hold_auto_lock(&self, hold: bool) {
        let for_ms = if hold {
            MAX_DIALOG_MS
        } else {
            RETURN_WITHIN_MS
        };
        let until = self.monotonic().plus_ms(for_ms);
        let presence = &mut self.session().presence;
        presence.held_until = (hold || presence.hidden_since.is_some()).then_some(until);
    }

    /// Does what shows a system dialog of our own, which is not leaving the app while it stands, and not longer.
    pub(super) fn with_dialog<T>(&self, work: impl FnOnce() -> T) -> T {
        self.session().presence.dialog_until = Some(self.monotonic().plus_ms(MAX_DIALOG_MS));
        let done = work();
        self.session().presence.dialog_until = Some(self.monotonic().plus_ms(RETURN_WITHIN_MS));
        done
    }

    /// The window came to the front or left it. `ui_state` is where the person is in the app, as the page has it when its
    /// window is left, and none where the page has nothing to say of it. It comes with the word that may lock the vault, so
    /// that what was typed is sealed before.
    ///
    /// # Errors
    /// `TextTooLong` where that text is; the rest is done all the same.
    pub fn set_window_visible(&self, visible: bool, ui_state: Option<String>) -> Result<()> {
        let now = self.monotonic();
        let ui_state = suspended::checked(ui_state);
        let mut session = self.session();
        let is_own = session.proof_at().is_ok();
        if let (false, true, Ok(Some(ui_state)), Some(open)) =
            (visible, is_own, &ui_state, &mut session.unlocked)
        {
            open.ui_state = Some(ui_state.clone());
        }
        session.presence.set_visible(visible, now);
        if let Some(open) = &mut session.unlocked {
            open.active_at = now;
        }
        drop(session);
        self.tick();
        ui_state.map(drop)
    }

    /// Somebody locked the screen of the machine: nobody is looking, whatever the grace or a sheet of ours says.
    pub fn screen_locked(&self) {
        let now_ms = self.now_ms();
        let mut session = self.session();
        let closed = session.unlocked.is_some();
        session.lock_count += 1;
        session.close(now_ms);
        drop(session);
        if closed {
            self.notify(CoreEvent::StatusChanged);
        }
    }

    /// [`Core::tick`]; should that panic, the vault is closed, as nothing else would close it by time.
    pub fn tick_or_close(&self) {
        if catch_unwind(AssertUnwindSafe(|| self.tick())).is_err() {
            // SyncRunning the window may panic as well: the next tick tells it.
            let _ = catch_unwind(AssertUnwindSafe(|| self.screen_locked()));
        }
    }

    /// To be called every second, and whenever the window's visibility changes.
    pub fn tick(&self) {
        let now = self.now();
        let is_open = self.session().unlocked.is_some();
        // Asked with no lock held: the answer may take its time.
        let locked = is_open && self.config.system_ui.is_screen_locked();
        let mut session = self.session();
        let before = session.phase;
        session.update_wait(&now);
        if locked {
            session.close(now.wall_ms);
        }
        let heard = session.receive_reply(now.monotonic, now.wall_ms);
        session.purge_daily(now.monotonic, now.wall_ms);
        let turned = session.read_only_changed();
        let closed = std::mem::take(&mut session.closed_by_time);
        let moved = session.phase != before || turned || closed || heard;
        let is_hidden = session.presence.hidden_since.is_some();
        drop(session);
        let cleared = self.clear_due_copy(now.monotonic, is_hidden);
        self.sync_secret_store();
        if moved {
            self.notify(CoreEvent::StatusChanged);
        }
        if cleared {
            self.notify(CoreEvent::ClipboardCleared);
        }
    }

    /// Locks by hand: also takes a copied code out of the clipboard.
    pub fn lock(&self) {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.lock_count += 1;
        session.close(now_ms);
        drop(session);
        self.copied_code()
            .clear(self.monotonic(), &*self.config.clipboard);
        self.notify(CoreEvent::StatusChanged);
    }

    /// The app ends: locks, and takes a copied code out of the clipboard where that needs no window. Android's plugin
    /// panics where there is no activity any more, and the app would end as if it had crashed.
    pub fn end(&self) {
        self.screen_locked();
        let clipboard = &*self.config.clipboard;
        if clipboard.works_in_background() {
            self.copied_code().clear(self.monotonic(), clipboard);
        }
    }

    pub(super) fn copied_code(&self) -> MutexGuard<'_, CopiedCode> {
        self.copy.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a copied code out of the clipboard when its time is over, or as soon after that as it can be reached.
    fn clear_due_copy(&self, now: MonotonicTime, is_hidden: bool) -> bool {
        let clipboard = &*self.config.clipboard;
        let mut copy = self.copied_code();
        let reached = !is_hidden || clipboard.works_in_background();
        reached && copy.is_due(now) && copy.clear(now, clipboard)
    }
}

/// Whether the window is in front.
#[derive(Default)]
pub(super) struct Presence {
    hidden_since: Option<MonotonicTime>,
    /// Until then a system dialog that the page opened keeps the app open.
    held_until: Option<MonotonicTime>,
    /// Until then one that the core opened does.
    dialog_until: Option<MonotonicTime>,
}

impl Presence {
    fn set_visible(&mut self, visible: bool, now: MonotonicTime) {
        if visible {
            *self = Self::default();
        } else {
            self.hidden_since.get_or_insert(now);
        }
    }

    /// Whether the window is hidden, and not by a dialog of our own.
    fn is_away(&self, now: MonotonicTime) -> bool {
        self.left_at().is_some_and(|left| left <= now)
    }

    /// When the person left; a dialog of our own puts it off. None while the window is in front.
    fn left_at(&self) -> Option<MonotonicTime> {
        let hidden = self.hidden_since?;
        self.held_until.max(self.dialog_until).max(Some(hidden))
    }
}

impl Session {
    /// Starts and ends the wait after wrong attempts.
    pub(super) fn update_wait(&mut self, now: &Now) {
        let waiting = self.attempts.wait_ms(now) > 0;
        // Where a wait cannot start or end now, nothing does.
        let _ = self.step(match waiting {
            true => Event::WaitStarted,
            false => Event::WaitEnded,
        });
    }

    /// Closes an open vault that was left alone for too long. What leaving the app ends is ended.
    pub(super) fn close_if_overdue(&mut self, now: MonotonicTime, now_ms: u64) {
        if self.is_overdue(now) {
            self.close(now_ms);
            self.closed_by_time = true;
        }
        if let (true, Some(open)) = (self.presence.is_away(now), &mut self.unlocked) {
            open.recovery_grace_until = None;
        }
    }

    fn is_overdue(&self, now: MonotonicTime) -> bool {
        let Some(open) = &self.unlocked else {
            return false;
        };
        let lock_after_s = open.entries.settings().lock_after_s;
        let passed =
            |since: MonotonicTime, seconds: u32| now.ms_since(since) >= u64::from(seconds) * 1000;
        // Whoever was active since was not gone.
        let left_at = self.presence.left_at().map(|left| left.max(open.active_at));
        left_at.is_some_and(|since| now >= since && passed(since, lock_after_s))
            || passed(open.active_at, lock_after_s.max(IDLE_AT_LEAST_S))
    }

    /// Whether the disk stopped or began to take writes since this was asked last.
    fn read_only_changed(&mut self) -> bool {
        let read_only = self.storage.as_ref().is_some_and(Storage::is_read_only);
        std::mem::replace(&mut self.reported_read_only, read_only) != read_only
    }

    /// Writes what is still to be written, seals what was begun, and forgets the keys and the entries.
    pub(super) fn close(&mut self, now_ms: u64) {
        // Usage counts are a convenience: neither a disk that refuses them nor a bug keeps the vault open.
        let _ = catch_unwind(AssertUnwindSafe(|| self.save_use_counts(now_ms)));
        if let Some(open) = self.unlocked.take() {
            let _ = self.step(Event::LockRequested);
            let sealed = catch_unwind(AssertUnwindSafe(|| open.seal_suspended())).unwrap_or(None);
            // What an earlier lock kept stays where this opening did not come to take it back.
            self.suspended = sealed.or(self.suspended.take());
        }
    }

    /// [`Session::require_recent_proof`] for what opens the vault: whoever lost it opened the vault with the recovery words.
    pub(super) fn require_proof_or_recovery(&self, now: MonotonicTime) -> Result<()> {
        match self.unlocked()?.recovery_grace_until {
            Some(until) if now <= until => self.proof_at().map(drop),
            _ => self.require_recent_proof(now),
        }
    }

    /// Refuses a sensitive command whose last proof is older than [`PROOF_VALID_MS`].
    pub(super) fn require_recent_proof(&self, now: MonotonicTime) -> Result<()> {
        match self.proof_at()? {
            Some(at) if now.ms_since(at) <= PROOF_VALID_MS => Ok(()),
            _ => Err(ErrorCode::ReauthRequired.into()),
        }
    }
}
