//! The list, an entry's details, the trash, and the settings that are in the vault.

use trousseau_entries::{Changes, EntryId};
use trousseau_otp::ClockOffset;
use trousseau_wire::{EntryChanges, EntryDetails, ErrorCode, Safety, ViewPage, ViewRequest};

use super::{Core, Session};
use crate::answer;
use crate::refused::Answer;

impl Core {
    /// A window of the list.
    pub fn view(&self, request: &ViewRequest) -> Answer<ViewPage> {
        let session = self.session();
        let entries = &session.open()?.entries;
        let view = entries.view(&answer::query(request)?);
        Ok(answer::view_page(&view, entries.revision()))
    }

    /// All the metadata of an entry, also of one in the trash.
    pub fn details(&self, id: &str) -> Answer<EntryDetails> {
        self.session().details(answer::parse_id(id)?)
    }

    /// Changes what the edit screen can change.
    pub fn edit_entry(&self, id: &str, changes: EntryChanges) -> Answer<EntryDetails> {
        let (now_ms, id) = (self.now_ms(), answer::parse_id(id)?);
        let mut session = self.session();
        let changes = Changes {
            issuer: Some(changes.issuer),
            account: Some(changes.account),
            note: Some(changes.note),
            favourite: Some(changes.favourite),
            icon: Some(changes.icon),
            ..Changes::default()
        };
        session.change(now_ms, |entries| Ok(entries.edit(id, changes, now_ms)?))?;
        session.details(id)
    }

    /// Moves an entry to the trash.
    pub fn trash_entry(&self, id: &str) -> Answer<()> {
        let (now_ms, id) = (self.now_ms(), answer::parse_id(id)?);
        self.session()
            .change(now_ms, |entries| Ok(entries.trash(id, now_ms)?))
    }

    /// Takes an entry out of the trash.
    pub fn restore_entry(&self, id: &str) -> Answer<()> {
        let (now_ms, id) = (self.now_ms(), answer::parse_id(id)?);
        self.session()
            .change(now_ms, |entries| Ok(entries.restore(id, now_ms)?))
    }

    /// The settings that bear on safety.
    pub fn safety(&self) -> Answer<Safety> {
        Ok(answer::safety(self.session().open()?.entries.preferences()))
    }

    /// Keeps settings that bear on safety.
    ///
    /// # Errors
    /// `SettingOutOfRange` for a value that is not offered.
    pub fn set_safety(&self, safety: Safety) -> Answer<Safety> {
        let offered = [0, 30, 60, 300, 900].contains(&safety.lock_after_s)
            && [15, 30, 60, 120].contains(&safety.reveal_s)
            && [0, 15, 30, 60].contains(&safety.clipboard_s)
            && ClockOffset::new(safety.clock_offset_s).is_ok();
        if !offered {
            return Err(ErrorCode::SettingOutOfRange.into());
        }
        let now_ms = self.now_ms();
        self.session().change_preferences(now_ms, |preferences| {
            preferences.lock_after_s = safety.lock_after_s;
            preferences.reveal_s = safety.reveal_s;
            preferences.show_all = safety.show_all;
            preferences.copy_on_touch = safety.copy_on_touch;
            preferences.offer_next = safety.offer_next;
            preferences.clipboard_s = safety.clipboard_s;
            preferences.hide_screen = safety.hide_screen;
            preferences.clock_offset_s = safety.clock_offset_s;
        })?;
        self.guard_screen();
        Ok(safety)
    }
}

impl Session {
    fn details(&self, id: EntryId) -> Answer<EntryDetails> {
        self.open()?
            .entries
            .get(id)
            .map(answer::details)
            .ok_or(ErrorCode::EntryGone.into())
    }
}
