//! What opens the vault: listed, set, removed, made dearer to guess.

use std::sync::PoisonError;

use trousseau_vault::{Argon2Params, SlotInfo, SlotKind, UnlockedVault};
use trousseau_wire::{self as wire, Cost, CredentialFacts, ErrorCode, Notice, Protection};

use super::Core;
use super::device_keys::NewSlot;
use super::typed::{check_new, guessable, slot_kind, wire_kind};
use crate::refused::Answer;

/// What can be chosen, in MiB; the passes stay those of [`Argon2Params::DEFAULT`].
const MEMORY_MIB: [u32; 3] = [64, 128, 256];

/// In the order in which a lock screen offers them.
const OFFERED: [SlotKind; 5] = [
    SlotKind::Biometric,
    SlotKind::Pin,
    SlotKind::Passphrase,
    SlotKind::Device,
    SlotKind::Recovery,
];

/// The kinds of these slots, each once, in the order in which to offer them.
pub(super) fn ways(slots: &[SlotInfo]) -> Vec<wire::Credential> {
    let there = |kind: &&SlotKind| slots.iter().any(|slot| slot.kind == **kind);
    OFFERED
        .iter()
        .filter(there)
        .filter_map(|kind| wire_kind(*kind))
        .collect()
}

/// Opens the app on an ordinary day, whatever happens to the biometrics.
pub(super) fn is_everyday(kind: SlotKind) -> bool {
    matches!(
        kind,
        SlotKind::Passphrase | SlotKind::Pin | SlotKind::Device
    )
}

/// Opens a copy of the file on any device.
pub(super) fn is_portable(kind: SlotKind) -> bool {
    matches!(kind, SlotKind::Passphrase | SlotKind::Recovery)
}

/// What a new credential takes the place of: its own kind; a new code ends "no code at all", which ends the access code.
/// A passphrase stays beside it: it opens a copied file.
fn replaced_by(kind: SlotKind, slots: &[SlotInfo]) -> &'static [SlotKind] {
    let changes = slots.iter().any(|slot| slot.kind == kind);
    match kind {
        SlotKind::Passphrase if changes => &[SlotKind::Passphrase],
        SlotKind::Passphrase => &[SlotKind::Device],
        SlotKind::Pin => &[SlotKind::Pin, SlotKind::Device],
        SlotKind::Device => &[SlotKind::Device, SlotKind::Pin],
        SlotKind::Biometric => &[SlotKind::Biometric],
        _ => &[],
    }
}

/// Whether a new credential takes something away that opens an older copy anywhere, or was there while nothing was asked: the
/// key that such a copy gives would open what comes later.
fn needs_new_keys(kind: SlotKind, slots: &[SlotInfo], lost_others: bool) -> bool {
    let is_there = |kind| slots.iter().any(|slot| slot.kind == kind);
    let first = kind == SlotKind::Passphrase && is_there(SlotKind::Device);
    let changes = kind == SlotKind::Passphrase || lost_others;
    first || changes && is_there(SlotKind::Passphrase)
}

fn remove_all(vault: &mut UnlockedVault, kinds: &[SlotKind], but: Option<SlotKind>) -> Answer<()> {
    let there: Vec<_> = vault.slots().map(|slot| slot.kind).collect();
    let gone = |kind: &SlotKind| kinds.contains(kind) && Some(*kind) != but;
    let mut gone = there.into_iter().filter(gone);
    Ok(gone.try_for_each(|kind| vault.remove_slot(kind))?)
}

/// As dear as the dearest that is there.
pub(super) fn present_cost(vault: &UnlockedVault) -> Argon2Params {
    let costs = vault.slots().filter_map(|slot| slot.cost);
    costs
        .filter(|cost| !cost.is_below_min())
        .max_by_key(|cost| u64::from(cost.memory_kib) * u64::from(cost.passes))
        .unwrap_or(Argon2Params::DEFAULT)
}

fn to_wire(cost: Argon2Params) -> Cost {
    Cost {
        memory_mib: cost.memory_kib / 1024,
        passes: cost.passes,
    }
}

fn chosen(memory_mib: u32) -> Answer<Argon2Params> {
    if !MEMORY_MIB.contains(&memory_mib) {
        return Err(ErrorCode::SettingOutOfRange.into());
    }
    Ok(Argon2Params {
        memory_kib: memory_mib * 1024,
        ..Argon2Params::DEFAULT
    })
}

impl Core {
    /// What opens the vault, and what guessing costs.
    ///
    /// # Errors
    /// `Locked`.
    pub fn protection(&self) -> Answer<Protection> {
        let session = self.session();
        let slots: Vec<_> = session.open()?.vault.slots().collect();
        let facts = |credential: wire::Credential| {
            let slot = slots.iter().find(|slot| slot.kind == slot_kind(credential));
            CredentialFacts {
                credential,
                cost: slot.and_then(|slot| slot.cost).map(to_wire),
            }
        };
        let cost = |memory_mib| chosen(memory_mib).map(to_wire);
        Ok(Protection {
            credentials: ways(&slots).into_iter().map(facts).collect(),
            costs: MEMORY_MIB.into_iter().flat_map(cost).collect(),
        })
    }

    /// Adds a credential, or changes the one of its kind. The old one opens neither the vault nor the copy
    /// that is kept beside it any more.
    ///
    /// # Errors
    /// `ReauthRequired`, unless the recovery words opened the vault just now and the app was not left since;
    /// `KeysToReplace` where it would take the place of a passphrase, or a first passphrase that of no code; why the text
    /// cannot be one; what the device or the disk says.
    pub fn set_credential(&self, kind: wire::Credential, text: &str) -> Answer<()> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut vault, lost_others) = {
            let session = self.session();
            session.writable()?;
            let open = session.open()?;
            session.proved_for_keys(self.moment())?;
            (open.vault.clone(), open.new_credential_due)
        };
        let slot = slot_kind(kind);
        if slot == SlotKind::Recovery {
            return Err(ErrorCode::Internal.into());
        }
        let slots: Vec<_> = vault.slots().collect();
        if needs_new_keys(slot, &slots, lost_others) {
            return Err(ErrorCode::KeysToReplace.into());
        }
        check_new(kind, text)?;
        let cost = present_cost(&vault);
        let new = self.put_slot(&mut vault, kind, text, cost)?;
        remove_all(&mut vault, replaced_by(slot, &slots), Some(slot))?;
        if lost_others {
            // Whoever needs the words has lost what was typed before.
            let typed = [SlotKind::Passphrase, SlotKind::Pin, SlotKind::Device];
            remove_all(&mut vault, &typed, Some(slot))?;
        }
        self.commit_slots(vault, new)?;
        if slot == SlotKind::Biometric {
            self.session().biometric_lost = None;
        }
        Ok(())
    }

    /// Takes a credential away.
    ///
    /// # Errors
    /// `ReauthRequired`; `LastCredential`; `KeysToReplace` for a passphrase and for recovery words; what the device or the
    /// disk says.
    pub fn remove_credential(&self, kind: wire::Credential) -> Answer<()> {
        let mut vault = {
            let session = self.session();
            session.writable()?;
            session.proved_lately(self.moment())?;
            session.open()?.vault.clone()
        };
        let slot = slot_kind(kind);
        let left: Vec<_> = vault
            .slots()
            .map(|slot| slot.kind)
            .filter(|kind| *kind != slot)
            .collect();
        if !left.iter().copied().any(is_everyday) {
            return Err(ErrorCode::LastCredential.into());
        }
        if is_portable(slot) {
            return Err(ErrorCode::KeysToReplace.into());
        }
        remove_all(&mut vault, &[slot], None)?;
        self.commit_slots(vault, NewSlot::default())
    }

    /// A new credential is put off until the next opening: setting one then asks for a proof, as ever.
    ///
    /// # Errors
    /// `Locked`.
    pub fn postpone_credential(&self) -> Answer<()> {
        self.session().open_mut()?.unproved_until = None;
        Ok(())
    }

    /// Makes guessing a typed credential cost as much as chosen: it is sealed anew.
    ///
    /// # Errors
    /// `CredentialRejected`, `Delayed`; `SettingOutOfRange`; what the disk says.
    pub fn set_cost(&self, kind: wire::Credential, text: &str, memory_mib: u32) -> Answer<()> {
        let cost = chosen(memory_mib)?;
        if !guessable(kind) {
            return Err(ErrorCode::SettingOutOfRange.into());
        }
        self.session().writable()?;
        let mut vault = self.verify(kind, text)?;
        let new = self.put_slot(&mut vault, kind, text, cost)?;
        self.commit_slots(vault, new)
    }

    /// Writes the slots, unless something else was written since they were read, and has the device forget what no slot
    /// needs. `new` is the slot that was put in for it.
    pub(super) fn commit_slots(&self, vault: UnlockedVault, new: NewSlot) -> Answer<()> {
        let now_ms = self.now_ms();
        let has_words = vault.slots().any(|slot| slot.kind == SlotKind::Recovery);
        let mut session = self.session();
        let written = session.replace_slots(now_ms, vault, new.pin, |preferences| {
            preferences.recovery_confirmed &= has_words;
        });
        let open = session.open_mut()?;
        if let Err(refused) = written {
            // The file may be in its place all the same, and need it.
            session.unsure_keys.extend(new.item);
            return Err(refused);
        }
        (open.new_credential_due, open.unproved_until) = (false, None);
        drop(session);
        self.tell_device();
        self.notify(Notice::PhaseChanged);
        Ok(())
    }
}
