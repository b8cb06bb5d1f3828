//! What the device is told once a file is on disk: the mark of the vault, then which secrets no slot needs any more.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use trousseau_entries::VaultData;
use trousseau_vault::{Mark, MarkSecret, UnlockedVault, VaultId};

use super::comparison::Standing;
use super::device_keys::{has_slot_purpose, secrets_of_slots};
use super::last_seen::{earlier, last_vault};
use super::{Core, Session};
use crate::platform::secret_store::{SecretId, SecretPurpose, SecretStore};
use crate::storage::Storage;

/// What the device's store deleted in this run of the app.
pub(super) type DeletedSecrets = Arc<Mutex<Vec<SecretId>>>;

/// The mark that the device did not take.
pub(super) type UnwrittenMark = Arc<Mutex<Option<PendingMark>>>;

/// A mark that the device has still to be told.
pub(super) struct PendingMark {
    vault: VaultId,
    mark: Mark,
    /// The checks of the vault's own keys, present and earlier: a mark of another is not replaced.
    own: Vec<[u8; 32]>,
    /// The person goes on with this vault, whatever the device remembers.
    is_chosen: bool,
}

impl PendingMark {
    fn of(vault: &UnlockedVault, entries: &VaultData, is_chosen: bool) -> Self {
        let mark = Mark::of(vault);
        let earlier = earlier(entries);
        let earlier = earlier.iter().map(MarkSecret::check);
        Self {
            vault: vault.id(),
            mark,
            own: mark.check.into_iter().chain(earlier).collect(),
            is_chosen,
        }
    }

    /// Tells the device, unless it remembers a higher generation, other keys or another vault. Answers whether the device
    /// remembers this vault from now on.
    fn write(&self, device: &dyn SecretStore, folder: &SecretId) -> bool {
        device.keeps_secrets() && self.write_mark(device) && self.write_last(device, folder)
    }

    fn write_mark(&self, device: &dyn SecretStore) -> bool {
        let item = SecretId::without_slot(self.vault, SecretPurpose::Mark);
        let write = || device.write(&item, &self.mark.to_bytes(), "").is_ok();
        let Ok(kept) = device.read(&item, "") else {
            return self.is_chosen && write();
        };
        let kept = kept.and_then(|kept| Mark::parse(&kept));
        if kept == Some(self.mark) {
            return true;
        }
        let is_ours = |kept: Mark| {
            let knows = |check| self.own.contains(&check);
            kept.generation <= self.mark.generation && kept.check.is_none_or(knows)
        };
        (self.is_chosen || kept.is_none_or(is_ours)) && write()
    }

    fn write_last(&self, device: &dyn SecretStore, folder: &SecretId) -> bool {
        let id = self.vault.to_string().into_bytes();
        match device.read(folder, "") {
            Ok(Some(kept)) if *kept == id => true,
            Ok(None) => device.write(folder, &id, "").is_ok(),
            _ => self.is_chosen && device.write(folder, &id, "").is_ok(),
        }
    }
}

/// The device is being told something, until this is dropped: also by a panic, after which nothing would be told any more.
struct SyncRunning(Arc<AtomicBool>);

impl Drop for SyncRunning {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Core {
    /// Tells the device, on a thread of its own and one thread at a time: a store that asks somebody something must not stop
    /// the clock.
    ///
    /// A mark that is told late or never is too low, and too low only notices less. Where the device does not take the mark,
    /// nothing is deleted: the next opening tries again.
    pub(super) fn sync_secret_store(&self) {
        if self.syncing.swap(true, Ordering::AcqRel) {
            return;
        }
        let syncing = SyncRunning(Arc::clone(&self.syncing));
        let (mark, items, deleted_secrets, unwritten_mark) = {
            let mut session = self.session();
            let mark = session.pending_mark.take();
            let is_due = std::mem::take(&mut session.delete_due);
            let items = is_due.then(|| session.secrets_to_delete());
            let items = items.unwrap_or_default();
            let (deleted_secrets, unwritten_mark) =
                (&session.deleted_secrets, &session.unwritten_mark);
            (
                mark,
                items,
                Arc::clone(deleted_secrets),
                Arc::clone(unwritten_mark),
            )
        };
        if mark.is_none() && items.is_empty() {
            return;
        }
        let device = Arc::clone(&self.config.secret_store);
        let folder = last_vault(&self.config);
        std::thread::spawn(move || {
            let _until_told = syncing;
            let is_told = mark
                .as_ref()
                .is_none_or(|mark| mark.write(&*device, &folder));
            if !is_told {
                *lock(&unwritten_mark) = mark;
            }
            for item in items.into_iter().filter(|_| is_told) {
                if device.remove(&item).is_ok() {
                    lock(&deleted_secrets).push(item);
                }
            }
        });
    }
}

impl Session {
    /// The vault takes the place of whatever the device remembers, also while its copy is still to be replaced.
    pub(super) fn accept_as_present(&mut self, now_ms: u64) {
        self.finish_pending_work(now_ms);
        self.queue_mark(true);
    }

    /// The device is to be told of the open vault, unless another is to be preferred or the copy is still to be replaced.
    pub(super) fn mark(&mut self) {
        if self
            .unlocked()
            .is_ok_and(|open| !open.vault.previous_is_stale())
        {
            self.queue_mark(false);
        }
    }

    fn queue_mark(&mut self, is_chosen: bool) {
        let Some(open) = &self.unlocked else { return };
        if open.comparison.standing != Standing::Present {
            return;
        }
        let mut due = PendingMark::of(&open.vault, &open.entries, is_chosen);
        // What the person chose, and the device has not heard, holds for what is saved of the same vault since.
        let earlier = self
            .pending_mark
            .take()
            .or(lock(&self.unwritten_mark).take());
        let is_of_this =
            |earlier: &PendingMark| due.own.contains(&earlier.own[0]) && earlier.vault == due.vault;
        due.is_chosen |= earlier.is_some_and(|earlier| earlier.is_chosen && is_of_this(&earlier));
        self.pending_mark = Some(due);
        self.delete_due |= !open.entries.device().forget.is_empty();
    }

    /// The secrets that the payload names, but for those that a slot of the vault or of its copy has: none while the copy is
    /// still to be replaced, or another file is to be preferred.
    fn secrets_to_delete(&self) -> Vec<SecretId> {
        let Some(open) = &self.unlocked else {
            return Vec::new();
        };
        let is_present = open.comparison.standing == Standing::Present;
        if !is_present || open.vault.previous_is_stale() || self.proof_at().is_err() {
            return Vec::new();
        }
        let copy = self.storage().map(Storage::read_previous_generation);
        let copy = copy.ok().and_then(|copy| copy.ok().flatten());
        let copy = copy.and_then(|copy| trousseau_vault::inspect(&copy).ok());
        let of_copy = copy.map_or(Vec::new(), |copy| {
            secrets_of_slots(copy.vault, copy.slots.into_iter())
        });
        let of_vault = secrets_of_slots(open.vault.id(), open.vault.slots());
        let known = lock(&self.deleted_secrets);
        let names = open.entries.device().forget.iter();
        names
            .filter_map(|name| SecretId::parse_name(open.vault.id(), name))
            .filter(|item| !known.contains(item) && has_slot_purpose(item))
            .filter(|item| !of_vault.contains(item) && !of_copy.contains(item))
            .collect()
    }

    /// Takes out of the payload what the device's store deleted.
    pub(super) fn remove_deleted_from(&self, vault: VaultId, entries: &mut VaultData) {
        let deleted_secrets = lock(&self.deleted_secrets);
        let is_forgotten = |name: &String| {
            let item = SecretId::parse_name(vault, name);
            item.is_some_and(|item| deleted_secrets.contains(&item))
        };
        let mut device = entries.device().clone();
        device.forget.retain(|name| !is_forgotten(name));
        entries.set_device(device);
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
