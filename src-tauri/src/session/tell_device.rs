//! What the device is told once a file is on disk: the mark of the vault, then which secrets no slot needs any more.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use trousseau_entries::Entries;
use trousseau_vault::{Mark, MarkSecret, OpenVault, VaultId};

use super::comparison::Standing;
use super::device_keys::{is_of_slots, needed};
use super::seen::{earlier, last_vault};
use super::{Core, Session};
use crate::platform::device::{Device, Item, Role};

/// What the device's store deleted in this run of the app, by [`Item::name_in_vault`].
pub(super) type Forgotten = Arc<Mutex<Vec<String>>>;

/// A mark that the device has still to be told.
pub(super) struct MarkDue {
    vault: VaultId,
    mark: Mark,
    /// The checks of the vault's own keys, present and earlier: a mark of another is not replaced.
    own: Vec<[u8; 32]>,
    /// The person goes on with this vault, whatever the device remembers.
    is_chosen: bool,
}

impl MarkDue {
    fn of(vault: &OpenVault, entries: &Entries, is_chosen: bool) -> Self {
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
    fn write(&self, device: &dyn Device, folder: &Item) -> bool {
        device.keeps_secrets() && self.write_mark(device) && self.write_last(device, folder)
    }

    fn write_mark(&self, device: &dyn Device) -> bool {
        let item = Item::by_role(self.vault, Role::Mark);
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

    fn write_last(&self, device: &dyn Device, folder: &Item) -> bool {
        let id = self.vault.to_string().into_bytes();
        match device.read(folder, "") {
            Ok(Some(kept)) if *kept == id => true,
            Ok(None) => device.write(folder, &id, "").is_ok(),
            _ => self.is_chosen && device.write(folder, &id, "").is_ok(),
        }
    }
}

impl Core {
    /// Tells the device, on a thread of its own and one thread at a time: a store that asks somebody something must not stop
    /// the clock.
    ///
    /// A mark that is told late or never is too low, and too low only notices less. Where the device does not take the mark,
    /// nothing is deleted: the next opening tries again.
    pub(super) fn tell_device(&self) {
        if self.telling.swap(true, Ordering::AcqRel) {
            return;
        }
        let (mark, items, forgotten) = {
            let mut session = self.session();
            let mark = session.mark_due.take();
            let is_due = std::mem::take(&mut session.forget_due);
            let items = is_due.then(|| session.items_to_forget());
            let items = items.unwrap_or_default();
            (mark, items, Arc::clone(&session.forgotten))
        };
        if mark.is_none() && items.is_empty() {
            self.telling.store(false, Ordering::Release);
            return;
        }
        let (device, telling) = (Arc::clone(&self.config.device), Arc::clone(&self.telling));
        let folder = last_vault(&self.config);
        std::thread::spawn(move || {
            let is_told = mark.is_none_or(|mark| mark.write(&*device, &folder));
            for item in items.into_iter().filter(|_| is_told) {
                if device.remove(&item).is_ok() {
                    lock(&forgotten).push(item.name_in_vault());
                }
            }
            telling.store(false, Ordering::Release);
        });
    }
}

impl Session {
    /// The vault takes the place of whatever the device remembers.
    pub(super) fn go_on(&mut self, now_ms: u64) {
        self.mark();
        if let Some(due) = &mut self.mark_due {
            due.is_chosen = true;
        }
        self.tidy_up(now_ms);
    }

    /// The device is to be told of the open vault, unless another is to be preferred.
    pub(super) fn mark(&mut self) {
        let is_chosen = self.mark_due.as_ref().is_some_and(|due| due.is_chosen);
        let Some(open) = &self.open else { return };
        if open.comparison.standing == Standing::Present {
            self.mark_due = Some(MarkDue::of(&open.vault, &open.entries, is_chosen));
            self.forget_due |= !open.entries.device().forget.is_empty();
        }
    }

    /// The secrets that the payload names, but for those that a slot of the vault or of its copy has: none while the copy is
    /// still to be replaced, or another file is to be preferred.
    fn items_to_forget(&self) -> Vec<Item> {
        let Some(open) = &self.open else {
            return Vec::new();
        };
        let is_present = open.comparison.standing == Standing::Present;
        if !is_present || open.vault.replace_backup() || self.proof_at().is_err() {
            return Vec::new();
        }
        let needed = needed(&open.vault);
        let known = lock(&self.forgotten);
        let names = open.entries.device().forget.iter();
        names
            .filter(|name| !known.contains(name))
            .filter_map(|name| Item::of_vault(open.vault.id(), name))
            .filter(|item| !needed.contains(item) && is_of_slots(item))
            .collect()
    }

    /// Takes out of the payload what the device's store deleted.
    pub(super) fn drop_forgotten(&self, entries: &mut Entries) {
        let forgotten = lock(&self.forgotten);
        let mut device = entries.device().clone();
        device.forget.retain(|name| !forgotten.contains(name));
        entries.set_device(device);
    }
}

fn lock(forgotten: &Forgotten) -> MutexGuard<'_, Vec<String>> {
    forgotten.lock().unwrap_or_else(PoisonError::into_inner)
}
