//! What opens the vault: listed, set, removed, made dearer to guess.

use std::sync::PoisonError;

use trousseau_vault::{Argon2Params, SlotInfo, SlotKind, UnlockedVault};
use trousseau_wire::{
    self as wire, CoreEvent, CredentialInfo, ErrorCode, KdfCost, VaultCredentials,
};

use super::Core;
use super::credential_input::{check_new, is_guessable, slot_kind, wire_kind};
use super::device_keys::NewSlot;
use crate::error::Result;

/// What can be chosen, in MiB; the passes stay those of [`Argon2Params::DEFAULT`].
const MEMORY_MIB: [u32; 3] = [64, 128, 256];

/// In the order in which a lock screen offers them.
const OFFER_ORDER: [SlotKind; 5] = [
    SlotKind::Biometric,
    SlotKind::Pin,
    SlotKind::Passphrase,
    SlotKind::Device,
    SlotKind::Recovery,
];

/// The kinds of these slots, each once, in the order in which to offer them.
pub(super) fn offered_credentials(slots: &[SlotInfo]) -> Vec<wire::Credential> {
    let there = |kind: &&SlotKind| slots.iter().any(|slot| slot.kind == **kind);
    OFFER_ORDER
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
fn kinds_replaced_by(kind: SlotKind, slots: &[SlotInfo]) -> &'static [SlotKind] {
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
fn requires_key_replacement(kind: SlotKind, slots: &[SlotInfo], lost_others: bool) -> bool {
    let is_there = |kind| slots.iter().any(|slot| slot.kind == kind);
    let first = kind == SlotKind::Passphrase && is_there(SlotKind::Device);
    let changes = kind == SlotKind::Passphrase || lost_others;
    first || changes && is_there(SlotKind::Passphrase)
}

fn remove_all(vault: &mut UnlockedVault, kinds: &[SlotKind], but: Option<SlotKind>) -> Result<()> {
    let there: Vec<_> = vault.slots().map(|slot| slot.kind).collect();
    let gone = |kind: &SlotKind| kinds.contains(kind) && Some(*kind) != but;
    let mut gone = there.into_iter().filter(gone);
    Ok(gone.try_for_each(|kind| vault.remove_slot(kind))?)
}

/// As dear as the dearest that is there.
pub(super) fn current_kdf_params(vault: &UnlockedVault) -> Argon2Params {
    let costs = vault.slots().filter_map(|slot| slot.cost);
    costs
        .filter(|cost| !cost.is_below_min())
        .max_by_key(|cost| u64::from(cost.memory_kib) * u64::from(cost.passes))
        .unwrap_or(Argon2Params::DEFAULT)
}

fn to_wire(cost: Argon2Params) -> KdfCost {
    KdfCost {
        memory_mib: cost.memory_kib / 1024,
        passes: cost.passes,
    }
}

fn kdf_params(memory_mib: u32) -> Result<Argon2Params> {
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
    pub fn list_credentials(&self) -> Result<VaultCredentials> {
        let session = self.session();
        let slots: Vec<_> = session.unlocked()?.vault.slots().collect();
        let facts = |credential: wire::Credential| {
            let slot = slots.iter().find(|slot| slot.kind == slot_kind(credential));
            CredentialInfo {
                credential,
                kdf_cost: slot.and_then(|slot| slot.cost).map(to_wire),
            }
        };
        let cost = |memory_mib| kdf_params(memory_mib).map(to_wire);
        Ok(VaultCredentials {
            credentials: offered_credentials(&slots).into_iter().map(facts).collect(),
            kdf_costs: MEMORY_MIB.into_iter().flat_map(cost).collect(),
        })
    }

    /// Adds a credential, or changes the one of its kind. The old one opens neither the vault nor the copy
    /// that is kept beside it any more.
    ///
    /// # Errors
    /// `ReauthRequired`, unless the recovery words opened the vault just now and the app was not left since;
    /// `KeyReplacementRequired` where it would take the place of a passphrase, or a first passphrase that of no code; why the text
    /// cannot be one; what the device or the disk says.
    pub fn set_credential(&self, kind: wire::Credential, text: &str) -> Result<()> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut vault, lost_others) = {
            let session = self.session();
            session.writable()?;
            let open = session.unlocked()?;
            session.require_proof_or_recovery(self.monotonic())?;
            (open.vault.clone(), open.new_credential_due)
        };
        let slot = slot_kind(kind);
        if slot == SlotKind::Recovery {
            return Err(ErrorCode::Internal.into());
        }
        let slots: Vec<_> = vault.slots().collect();
        if requires_key_replacement(slot, &slots, lost_others) {
            return Err(ErrorCode::KeyReplacementRequired.into());
        }
        check_new(kind, text)?;
        let cost = current_kdf_params(&vault);
        let new = self.add_slot(&mut vault, kind, text, cost)?;
        remove_all(&mut vault, kinds_replaced_by(slot, &slots), Some(slot))?;
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
    /// `ReauthRequired`; `LastCredential`; `KeyReplacementRequired` for a passphrase and for recovery words; what the device or the
    /// disk says.
    pub fn remove_credential(&self, kind: wire::Credential) -> Result<()> {
        let mut vault = {
            let session = self.session();
            session.writable()?;
            session.require_recent_proof(self.monotonic())?;
            session.unlocked()?.vault.clone()
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
            return Err(ErrorCode::KeyReplacementRequired.into());
        }
        remove_all(&mut vault, &[slot], None)?;
        self.commit_slots(vault, NewSlot::default())
    }

    /// A new credential is put off until the next opening: setting one then asks for a proof, as ever.
    ///
    /// # Errors
    /// `Locked`.
    pub fn postpone_new_credential(&self) -> Result<()> {
        self.session().unlocked_mut()?.recovery_grace_until = None;
        Ok(())
    }

    /// Makes guessing a typed credential cost as much as chosen: it is sealed anew.
    ///
    /// # Errors
    /// `CredentialRejected`, `RateLimited`; `SettingOutOfRange`; what the disk says.
    pub fn set_kdf_cost(&self, kind: wire::Credential, text: &str, memory_mib: u32) -> Result<()> {
        let cost = kdf_params(memory_mib)?;
        if !is_guessable(kind) {
            return Err(ErrorCode::SettingOutOfRange.into());
        }
        self.session().writable()?;
        let mut vault = self.verify(kind, text)?;
        let new = self.add_slot(&mut vault, kind, text, cost)?;
        self.commit_slots(vault, new)
    }

    /// Writes the slots, unless something else was written since they were read, and has the device forget what no slot
    /// needs. `new` is the slot that was put in for it.
    pub(super) fn commit_slots(&self, vault: UnlockedVault, new: NewSlot) -> Result<()> {
        let now_ms = self.now_ms();
        let has_words = vault.slots().any(|slot| slot.kind == SlotKind::Recovery);
        let mut session = self.session();
        let written = session.replace_slots(now_ms, vault, new.pin, |preferences| {
            preferences.recovery_confirmed &= has_words;
        });
        let open = session.unlocked_mut()?;
        if let Err(refused) = written {
            // The file may be in its place all the same, and need it.
            session.unconfirmed_secrets.extend(new.item);
            return Err(refused);
        }
        (open.new_credential_due, open.recovery_grace_until) = (false, None);
        drop(session);
        self.sync_secret_store();
        self.notify(CoreEvent::StatusChanged);
        Ok(())
    }
}
