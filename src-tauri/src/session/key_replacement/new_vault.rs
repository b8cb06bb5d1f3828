//! A vault under new keys, and what the device keeps for it, before anything is on disk.

use trousseau_vault::{
    Argon2Params, Credential, DeviceKey, NewSlot, SlotInfo, SlotKind, StretchedPin, UnlockedVault,
    argon2id,
};
use trousseau_wire::{self as wire, ErrorCode, WantedCredential};
use zeroize::Zeroizing;

use super::{CurrentVault, WantedCredentials};
use crate::error::Result;
use crate::platform::secret_store::{SecretId, SecretPurpose};
use crate::session::Core;
use crate::session::credential_input::{slot_kind, typed};
use crate::session::credentials::{current_kdf_params, is_everyday};
use crate::session::device_keys::purpose_of;
use crate::session::recovery::clone_words;

/// What one slot of the new header is made of.
struct Part {
    credential: wire::Credential,
    secret: Secret,
}

enum Secret {
    Credential(Credential),
    /// An access code that nobody typed, and the device's new key for it.
    Pin(StretchedPin, DeviceKey),
}

impl Part {
    fn slot(&self, cost: Argon2Params) -> NewSlot<'_> {
        match &self.secret {
            Secret::Credential(credential) => NewSlot::Credential { credential, cost },
            Secret::Pin(pin, device) => NewSlot::StretchedPin { pin, device },
        }
    }

    /// What the device is to keep for it.
    fn device_key(&self) -> Option<&DeviceKey> {
        match &self.secret {
            Secret::Pin(_, key)
            | Secret::Credential(
                Credential::Pin { device: key, .. }
                | Credential::Device(key)
                | Credential::Biometric(key),
            ) => Some(key),
            Secret::Credential(_) => None,
        }
    }
}

/// A vault under new keys that nobody has written yet.
pub(super) struct NewVault {
    pub(super) vault: UnlockedVault,
    /// The stretched access code, sealed for its new slot.
    pub(super) pin: Option<Zeroizing<Vec<u8>>>,
    /// What the device keeps for it already.
    pub(super) items: Vec<SecretId>,
    /// What was wanted and cannot stay.
    pub(super) lost: Vec<wire::Credential>,
}

impl NewVault {
    fn mark_lost(&mut self, credential: wire::Credential) {
        self.lost.push(credential);
        // The last slot cannot be removed, and a vault with nothing else is not written.
        let _ = self.vault.remove_slot(slot_kind(credential));
    }

    fn opens_every_day(&self) -> bool {
        let mut slots = self.vault.slots();
        let is_lost = |slot: &SlotInfo| {
            self.lost
                .iter()
                .any(|credential| slot_kind(*credential) == slot.kind)
        };
        slots.any(|slot| is_everyday(slot.kind) && !is_lost(&slot))
    }

    /// Keeps the stretched access code for the next replacement. Without it the access code is typed then, and that is all.
    fn seal_pin(&mut self, parts: &[Part], typed: Option<&StretchedPin>) {
        let pin = parts.iter().find_map(|part| match &part.secret {
            Secret::Pin(pin, key) => Some((pin, key)),
            Secret::Credential(Credential::Pin { device, .. }) => Some((typed?, device)),
            Secret::Credential(_) => None,
        });
        self.pin = pin
            .and_then(|(pin, key)| self.vault.seal_stretched_pin(pin, key).ok())
            .map(Zeroizing::new);
    }
}

impl Core {
    /// The vault under new keys, with what the device keeps for them: nothing is on disk yet.
    pub(super) fn build_new_vault(
        &self,
        before: &CurrentVault,
        wanted: &WantedCredentials<'_>,
    ) -> Result<NewVault> {
        let is_there = |kind| before.slots.iter().any(|slot| slot.kind == kind);
        let asks_nothing =
            wanted.has(wire::Credential::Device) && wanted.has(wire::Credential::Pin);
        if asks_nothing && !(is_there(SlotKind::Device) && is_there(SlotKind::Pin)) {
            // The one ends the other.
            return Err(ErrorCode::Internal.into());
        }
        let mut lost = Vec::new();
        let mut parts = Vec::new();
        for chosen in wanted.credentials {
            match self.part(before, wanted, chosen)? {
                Some(secret) => parts.push(Part {
                    credential: chosen.credential,
                    secret,
                }),
                None => lost.push(chosen.credential),
            }
        }
        if !parts
            .iter()
            .any(|part| is_everyday(slot_kind(part.credential)))
        {
            return Err(ErrorCode::LastCredential.into());
        }
        let cost = current_kdf_params(&before.vault);
        let slots: Vec<_> = parts.iter().map(|part| part.slot(cost)).collect();
        let prepared = before.vault.with_new_keys(&slots, &argon2id)?;
        let mut renewed = NewVault {
            vault: prepared.vault,
            pin: None,
            items: Vec::new(),
            lost,
        };
        if let Err(refused) = self.store_device_parts(&mut renewed, &parts, wanted.dialog) {
            self.add_unconfirmed_secrets(&renewed.items);
            return Err(refused);
        }
        renewed.seal_pin(&parts, prepared.stretched_pin.as_ref());
        Ok(renewed)
    }

    /// Has the device keep its part of each slot. A slot whose part it does not take is lost.
    ///
    /// # Errors
    /// Why the last part that opens the vault every day was not taken.
    fn store_device_parts(
        &self,
        renewed: &mut NewVault,
        parts: &[Part],
        dialog: &str,
    ) -> Result<()> {
        let is_biometric = |part: &&Part| part.credential == wire::Credential::Biometric;
        for part in parts.iter().filter(|part| !is_biometric(part)) {
            if let Err(refused) = self.store_device_part(renewed, part, dialog) {
                renewed.mark_lost(part.credential);
                if !renewed.opens_every_day() {
                    return Err(refused);
                }
            }
        }
        // Last, so that its dialog appears only if all else succeeded.
        if let Some(part) = parts.iter().find(is_biometric)
            && self.store_device_part(renewed, part, dialog).is_err()
        {
            renewed.mark_lost(part.credential);
        }
        Ok(())
    }

    /// What opens a slot; `None` if this device gives no part of it any more.
    fn part(
        &self,
        before: &CurrentVault,
        wanted: &WantedCredentials<'_>,
        chosen: &WantedCredential,
    ) -> Result<Option<Secret>> {
        let text = wanted.text(chosen.credential);
        match chosen.credential {
            wire::Credential::Recovery => {
                let words = before
                    .words
                    .as_ref()
                    .ok_or(ErrorCode::RecoveryWordsNotFound)?;
                let words = Credential::Recovery(clone_words(words)?);
                return Ok(Some(Secret::Credential(words)));
            }
            wire::Credential::Pin if text.is_empty() => {
                let present = self.key_of(before, SlotKind::Pin, SecretPurpose::Pin);
                let pin = present.and_then(|key| before.stretched_pin(&key));
                let Some(pin) = pin else { return Ok(None) };
                return Ok(Some(Secret::Pin(pin, DeviceKey::generate()?)));
            }
            // "No code" of another device is not made here.
            wire::Credential::Device
                if !chosen.is_new
                    && self
                        .key_of(before, SlotKind::Device, SecretPurpose::Device)
                        .is_none() =>
            {
                return Ok(None);
            }
            _ => {}
        }
        let role = purpose_of(slot_kind(chosen.credential));
        let key = role.map(|_| DeviceKey::generate()).transpose()?;
        Ok(Some(Secret::Credential(typed(
            chosen.credential,
            text,
            key,
        )?)))
    }

    /// Has the device keep its part of a slot, before a file needs it.
    fn store_device_part(&self, renewed: &mut NewVault, part: &Part, dialog: &str) -> Result<()> {
        let (Some(role), Some(key)) = (purpose_of(slot_kind(part.credential)), part.device_key())
        else {
            return Ok(());
        };
        let kind = slot_kind(part.credential);
        let mut slots = renewed.vault.slots();
        let slot = slots.find(|slot| slot.kind == kind);
        let slot = slot.ok_or(ErrorCode::Internal)?;
        drop(slots);
        let item = SecretId::for_slot(renewed.vault.id(), role, slot.id);
        // Noted before it is kept: a write that fails may have come through.
        renewed.items.push(item);
        self.store_device_key(&item, key, dialog)
    }
}
