//! The list and its order, an entry's details, and the settings that are in the vault.

use trousseau_entries::{EntryId, EntryPatch};
use trousseau_otp::ClockOffset;
use trousseau_wire::{
    CLIPBOARD_S, DamagedDetails, EntryChanges, EntryDetails, ErrorCode, LOCK_AFTER_S, REVEAL_S,
    Safety, Side, ViewPage, ViewRequest,
};

use super::{Core, Session};
use crate::answer;
use crate::refused::Answer;

impl Core {
    /// A window of the list.
    pub fn view(&self, request: &ViewRequest) -> Answer<ViewPage> {
        let now_ms = self.now_ms();
        let session = self.session();
        let entries = &session.open()?.entries;
        let view = entries.list(&answer::query(request)?);
        Ok(answer::view_page(&view, entries.revision(), now_ms))
    }

    /// All the metadata of an entry, also of one in the trash.
    ///
    /// # Errors
    /// `EntryGone`, `EntryDamaged`.
    pub fn details(&self, id: &str) -> Answer<EntryDetails> {
        self.session().details(answer::parse_id(id)?)
    }

    /// What is known of an entry that cannot be read.
    ///
    /// # Errors
    /// `EntryGone`, also for an entry that can be read.
    pub fn damaged_details(&self, id: &str) -> Answer<DamagedDetails> {
        let id = answer::parse_id(id)?;
        let session = self.session();
        let mut damaged = session.open()?.entries.damaged();
        let found = damaged.find(|damaged| damaged.id == id);
        found
            .map(answer::damaged_details)
            .ok_or(ErrorCode::EntryGone.into())
    }

    /// Changes what the edit screen can change.
    pub fn edit_entry(&self, id: &str, changes: EntryChanges) -> Answer<EntryDetails> {
        let (now_ms, id) = (self.now_ms(), answer::parse_id(id)?);
        let mut session = self.session();
        let changes = EntryPatch {
            issuer: Some(changes.issuer),
            account: Some(changes.account),
            note: Some(changes.note),
            favourite: Some(changes.favourite),
            icon: Some(changes.icon),
            ..EntryPatch::default()
        };
        session.change(now_ms, |entries| Ok(entries.edit(id, changes, now_ms)?))?;
        session.details(id)
    }

    /// Puts an entry directly before or after another in the manual order.
    pub fn move_entry(&self, id: &str, side: Side, other: &str) -> Answer<()> {
        let now_ms = self.now_ms();
        let (id, other) = (answer::parse_id(id)?, answer::parse_id(other)?);
        self.session().change(now_ms, |entries| {
            Ok(match side {
                Side::Before => entries.move_before(id, other, now_ms),
                Side::After => entries.move_after(id, Some(other), now_ms),
            }?)
        })
    }

    /// The settings that bear on safety.
    pub fn safety(&self) -> Answer<Safety> {
        Ok(answer::safety(self.session().open()?.entries.settings()))
    }

    /// Keeps settings that bear on safety. What protects less than before asks for a proof of the last 30 seconds, so that
    /// nobody who borrows the open app opens it further.
    ///
    /// # Errors
    /// `SettingOutOfRange` for a value that is not offered; `ReauthRequired`.
    pub fn set_safety(&self, safety: Safety) -> Answer<Safety> {
        let offered = LOCK_AFTER_S.contains(&safety.lock_after_s)
            && REVEAL_S.contains(&safety.reveal_s)
            && CLIPBOARD_S.contains(&safety.clipboard_s)
            && ClockOffset::new(safety.clock_offset_s).is_ok();
        if !offered {
            return Err(ErrorCode::SettingOutOfRange.into());
        }
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.writable()?;
        if loosens(&answer::safety(session.open()?.entries.settings()), &safety) {
            session.proved_lately(self.moment())?;
        }
        session.change_preferences(now_ms, |preferences| {
            preferences.lock_after_s = safety.lock_after_s;
            preferences.reveal_s = safety.reveal_s;
            preferences.show_all = safety.show_all;
            preferences.copy_on_touch = safety.copy_on_touch;
            preferences.offer_next = safety.offer_next;
            preferences.clipboard_s = safety.clipboard_s;
            preferences.hide_screen = safety.hide_screen;
            preferences.clock_offset_s = safety.clock_offset_s;
        })?;
        drop(session);
        self.guard_screen();
        Ok(safety)
    }
}

/// Whether `new` protects less than `old` in anything. A corrected clock shows the codes of another time, so each change
/// of it counts.
fn loosens(old: &Safety, new: &Safety) -> bool {
    let cleared_after = |safety: &Safety| match safety.clipboard_s {
        0 => u32::MAX,
        seconds => seconds,
    };
    new.lock_after_s > old.lock_after_s
        || cleared_after(new) > cleared_after(old)
        || (new.show_all && !old.show_all)
        || (old.hide_screen && !new.hide_screen)
        || new.clock_offset_s != old.clock_offset_s
}

impl Session {
    pub(super) fn details(&self, id: EntryId) -> Answer<EntryDetails> {
        let entries = &self.open()?.entries;
        Ok(answer::details(entries.find(id)?, entries))
    }
}
