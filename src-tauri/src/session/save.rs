//! Writing the vault: memory follows the disk, never the other way round.

use trousseau_entries::{Settings, VaultData};
use trousseau_vault::{SlotInfo, SlotKind, UnlockedVault};
use trousseau_wire::ErrorCode;
use zeroize::Zeroizing;

use super::{Session, Unlocked, decrypt};
use crate::error::Result;

impl Session {
    /// Applies `edit` to a copy of the entries, writes it, and only then takes it over.
    ///
    /// # Errors
    /// Those of `edit`, of the phase and of the disk; then nothing has changed, in memory or on disk.
    pub(super) fn change<T>(
        &mut self,
        now_ms: u64,
        edit: impl FnOnce(&mut VaultData) -> Result<T>,
    ) -> Result<T> {
        self.writable()?;
        let mut entries = self.unlocked()?.entries.clone();
        let value = edit(&mut entries)?;
        self.remove_deleted_from(self.unlocked()?.vault.id(), &mut entries);
        // The present file takes the place of the copy, whatever was still to be replaced there.
        let vault = &mut self.unlocked_mut()?.vault;
        let is_unfinished = vault.previous_is_stale();
        vault.set_previous_stale(false);
        let sealed = vault.seal(&entries.to_json());
        vault.set_previous_stale(is_unfinished);
        let sealed = sealed?;
        self.set_aside_foreign(now_ms)?;
        self.set_aside_strange_previous(now_ms)?;
        self.storage()?
            .write_previous_generation(&self.unlocked()?.sealed)?;
        self.unlocked_mut()?.vault.set_previous_stale(false);
        self.storage()?.write_vault(&sealed)?;
        let open = self.unlocked_mut()?;
        open.entries = entries;
        open.sealed = sealed;
        open.use_unsaved = false;
        self.mark();
        Ok(value)
    }

    /// [`Session::change`] for the preferences.
    pub(super) fn change_settings(
        &mut self,
        now_ms: u64,
        edit: impl FnOnce(&mut Settings),
    ) -> Result<()> {
        self.change(now_ms, |entries| {
            let mut preferences = *entries.settings();
            edit(&mut preferences);
            entries.set_settings(preferences);
            Ok(())
        })
    }

    /// Takes over a vault with other slots, and changed preferences, in one write, then replaces the previous
    /// generation too, so that a credential that was taken away opens neither. `pin` is the stretched PIN of a new slot.
    ///
    /// # Errors
    /// `Busy` where something was saved since `vault` was cloned; those of the phase and of the disk.
    pub(super) fn replace_slots(
        &mut self,
        now_ms: u64,
        vault: UnlockedVault,
        pin: Option<Zeroizing<Vec<u8>>>,
        edit_preferences: impl FnOnce(&mut Settings),
    ) -> Result<()> {
        self.writable()?;
        if vault.generation() != self.unlocked()?.vault.generation() {
            return Err(ErrorCode::Busy.into());
        }
        let mut entries = self.unlocked()?.entries.clone();
        let mut preferences = *entries.settings();
        edit_preferences(&mut preferences);
        entries.set_settings(preferences);
        entries.set_device(self.device_section_for(&vault, pin)?);
        self.replace_both(now_ms, vault, entries)?;
        self.confirm_secrets();
        Ok(())
    }

    /// [`Session::change`] for what must leave the previous generation too.
    ///
    /// # Errors
    /// As those of [`Session::change`].
    pub(super) fn purge(
        &mut self,
        now_ms: u64,
        edit: impl FnOnce(&mut VaultData) -> Result<()>,
    ) -> Result<()> {
        self.writable()?;
        let mut entries = self.unlocked()?.entries.clone();
        edit(&mut entries)?;
        let vault = self.unlocked()?.vault.clone();
        self.replace_both(now_ms, vault, entries)
    }

    /// Writes the vault, then the previous generation as the same. The flag in the header tells whoever opens a vault
    /// between the two.
    pub(super) fn replace_both(
        &mut self,
        now_ms: u64,
        mut vault: UnlockedVault,
        mut entries: VaultData,
    ) -> Result<()> {
        self.remove_deleted_from(vault.id(), &mut entries);
        vault.set_previous_stale(true);
        let sealed = vault.seal(&entries.to_json())?;
        self.set_aside_foreign(now_ms)?;
        // Before the vault: once that is written, nothing tells any more what lay beside it.
        self.set_aside_strange_previous(now_ms)?;
        self.storage()?.write_vault(&sealed)?;
        let open = self.unlocked_mut()?;
        (open.vault, open.entries, open.sealed) = (vault, entries, sealed);
        open.use_unsaved = false;
        self.replace_stale_previous(now_ms);
        Ok(())
    }

    /// Writes usage counts, where there are new ones. The previous generation stays what it is.
    pub(super) fn save_use_counts(&mut self, now_ms: u64) -> Result<()> {
        let unsaved = self.unlocked.as_ref().is_some_and(|open| open.use_unsaved);
        if !unsaved || self.writable().is_err() {
            return Ok(());
        }
        let open = self.unlocked_mut()?;
        let sealed = open.vault.seal(&open.entries.to_json())?;
        self.set_aside_foreign(now_ms)?;
        self.storage()?.write_vault(&sealed)?;
        let open = self.unlocked_mut()?;
        open.sealed = sealed;
        open.use_unsaved = false;
        self.mark();
        Ok(())
    }

    /// What is left to do once the vault is the one to go on with: finish an interrupted [`Session::replace_both`], and take
    /// away the slot of a biometric whose key is gone. Both are tried again next time if the disk refuses.
    pub(super) fn finish_pending_work(&mut self, now_ms: u64) {
        let is_present = |open: &Unlocked| open.comparison.check_present().is_ok();
        if !self.unlocked().is_ok_and(is_present) {
            // The copy beside another vault may be the newest there is.
            return;
        }
        if self
            .unlocked()
            .is_ok_and(|open| open.vault.previous_is_stale())
        {
            self.replace_stale_previous(now_ms);
        }
        let is_lost = |slot: SlotInfo| Some(slot.id) == self.biometric_lost;
        let is_here = |open: &Unlocked| open.vault.slots().any(is_lost);
        if self.unlocked().is_ok_and(is_here) && self.drop_biometric(now_ms).is_ok() {
            self.biometric_lost = None;
        }
    }

    fn drop_biometric(&mut self, now_ms: u64) -> Result<()> {
        let mut vault = self.unlocked()?.vault.clone();
        vault.remove_slot(SlotKind::Biometric)?;
        self.replace_slots(now_ms, vault, None, |_| {})
    }

    /// The previous generation becomes the present one; once that is on disk the device is told, and the flag goes with the
    /// next save.
    fn replace_stale_previous(&mut self, now_ms: u64) {
        let kept = self.set_aside_strange_previous(now_ms);
        let written = kept
            .and_then(|_| self.storage())
            .and_then(|storage| Ok(storage.write_previous_generation(&self.unlocked()?.sealed)?));
        if let (Ok(()), Ok(open)) = (written, self.unlocked_mut()) {
            open.vault.set_previous_stale(false);
            self.mark();
        }
    }

    /// What lies in the place of the previous generation and is none of this vault is kept under another name; answers
    /// whether there was such.
    pub(super) fn set_aside_strange_previous(&mut self, now_ms: u64) -> Result<bool> {
        let open = self.unlocked()?;
        if !open.strange_previous {
            return Ok(false);
        }
        let storage = self.storage()?;
        let there = storage.read_previous_generation();
        // It may have been unreadable for once. What lies beside a foreign vault, or has other keys, may be the one that the
        // device knows.
        let may_be_known = open.comparison.is_foreign() || open.comparison.copy_has_other_keys;
        let is_ours = !may_be_known
            && matches!(&there, Ok(Some(copy)) if !decrypt::is_strange(&open.vault, copy));
        if !is_ours {
            storage.set_aside_previous_generation(now_ms)?;
        }
        self.unlocked_mut()?.strange_previous = false;
        Ok(!is_ours)
    }

    /// A file that somebody else put in our place since it was read is kept under another name.
    pub(super) fn set_aside_foreign(&self, now_ms: u64) -> Result<()> {
        let known = &self.unlocked()?.sealed;
        Ok(self.storage()?.set_aside_unknown_vault(known, now_ms)?)
    }
}
