//! What the window asks first: where the session stands, what opens the vault, what the device can do.

use trousseau_vault::{SlotInfo, UnlockedVault, VaultInfo};
use trousseau_wire::{CoreEvent, Status};

use super::comparison::Comparison;
use super::phase::Phase;
use super::{Core, DeviceCapabilities, Session, credentials};
use crate::error::Result;
use crate::storage::{Storage, StorageError};

impl Core {
    /// Where the session stands.
    ///
    /// # Errors
    /// `AlreadyRunning`, or what the disk says, while the folder cannot be had.
    pub fn status(&self) -> Result<Status> {
        let now = self.now();
        let mut session = self.session();
        session.acquire_storage(&self.config, &now)?;
        session.update_wait(&now);
        let wait_ms = session.attempts.wait_ms(&now);
        let open = session.unlocked.as_ref();
        let comparison = open.map(|open| &open.comparison);
        Ok(Status {
            phase: session.phase.into(),
            rate_limited_until_ms: (session.phase == Phase::RateLimited)
                .then(|| now.wall_ms + wait_ms),
            has_previous_generation: session.has_previous_generation(),
            disk_read_only: session.disk_read_only(),
            recovery_confirmed: open.is_none_or(|open| open.entries.settings().recovery_confirmed),
            credentials: credentials::offered_credentials(&session.slots()),
            device_keeps_secrets: session.capabilities.keeps_secrets,
            biometric: session.capabilities.biometric,
            new_credential_due: open.is_some_and(|open| open.new_credential_due),
            saves_behind: comparison.map_or(0, Comparison::saves_behind),
            foreign: comparison.is_some_and(Comparison::is_foreign),
            newer_copy: comparison.is_some_and(|comparison| comparison.newer_copy().is_some()),
            comparing: comparison.is_some_and(Comparison::is_pending),
            not_compared: session.capabilities.keeps_secrets
                && comparison.is_some_and(|comparison| comparison.is_missing),
            shared_waiting: !session.shared.is_empty(),
            sets_clock_itself: session.capabilities.sets_clock_itself,
            screen_recorded: self.config.system_ui.is_screen_recorded(),
            platform: self.config.platform,
            camera: self.config.camera,
            frame_encoding: self.config.frame_encoding,
            version: env!("CARGO_PKG_VERSION").into(),
        })
    }

    /// Asks the device what it can do, which may take its time.
    pub fn refresh_capabilities(&self) {
        let device = &self.config.secret_store;
        let facts = DeviceCapabilities {
            keeps_secrets: device.keeps_secrets(),
            biometric: device.biometric(),
            sets_clock_itself: self.config.system_ui.sets_clock_itself(),
        };
        if std::mem::replace(&mut self.session().capabilities, facts) != facts {
            self.notify(CoreEvent::StatusChanged);
        }
    }
}

impl Session {
    /// Whether nothing can be written: the folder is not locked, or the disk refused the last write as read-only and still
    /// does.
    fn disk_read_only(&self) -> bool {
        let refuses = |disk: &Storage| disk.check_writable() == Err(StorageError::ReadOnly);
        let storage = self.storage.as_ref();
        storage.is_some_and(|disk| !disk.has_lock() || disk.is_read_only() && refuses(disk))
    }

    /// What the files say of themselves, those that can be read: the vault, then the previous generation. A file is read once
    /// it is asked for.
    pub(super) fn file_infos(&self) -> impl Iterator<Item = VaultInfo> {
        let files = [Storage::read_vault, Storage::read_previous_generation];
        files.into_iter().filter_map(|read| {
            let file = read(self.storage.as_ref()?).ok()??;
            trousseau_vault::inspect(&file).ok()
        })
    }

    /// Whether the previous generation is there, of a version that can be read.
    fn has_previous_generation(&self) -> bool {
        let backup = self.storage.as_ref().map(Storage::read_previous_generation);
        let Some(Ok(Some(bytes))) = backup else {
            return false;
        };
        trousseau_vault::inspect(&bytes).is_ok()
    }

    /// The slots of what is open, or else of the file; without a biometric whose key is gone.
    pub(super) fn slots(&self) -> Vec<SlotInfo> {
        let mut slots = match &self.unlocked {
            Some(open) => open.vault.slots().collect(),
            // A file may be there that the disk did not confirm.
            None if self.phase == Phase::NoVault => Vec::new(),
            None => {
                let mut summaries = self.file_infos();
                summaries.next().map_or(Vec::new(), |file| file.slots)
            }
        };
        self.retain_usable(&mut slots);
        slots
    }

    /// The slots of a vault, without a biometric whose key is gone.
    pub(super) fn usable(&self, vault: &UnlockedVault) -> Vec<SlotInfo> {
        let mut slots: Vec<_> = vault.slots().collect();
        self.retain_usable(&mut slots);
        slots
    }

    fn retain_usable(&self, slots: &mut Vec<SlotInfo>) {
        slots.retain(|slot| Some(slot.id) != self.biometric_lost);
    }
}
