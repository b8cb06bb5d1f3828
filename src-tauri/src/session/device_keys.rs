//! The device's part of what opens a vault: each slot that needs one has a secret of its own in the device's store, named
//! by vault and slot. So a file names the secrets that it needs, and a new slot leaves the old one's secret alone until
//! the file that has the new one is on disk.

use trousseau_vault::{
    Argon2Params, Credential, DeviceKey, SlotId, SlotInfo, SlotKind, StretchedPin, UnlockedVault,
    VaultId, argon2id,
};
use trousseau_wire::{self as wire, ErrorCode};
use zeroize::Zeroizing;

use super::credential_input::{slot_kind, typed};
use super::{Core, Session};
use crate::error::Result;
use crate::platform::secret_store::{Owner, SecretId, SecretPurpose, SecretStoreError};

/// A slot that was put into a vault that is not written yet.
#[derive(Default)]
pub(super) struct NewSlot {
    /// The secret that the device keeps for it, where it needs one.
    pub(super) item: Option<SecretId>,
    /// The stretched PIN, sealed for this slot, where it is one.
    pub(super) pin: Option<Zeroizing<Vec<u8>>>,
}

/// The kinds of slots that need a secret of the device's, and what it is for.
const DEVICE_BOUND: [(SlotKind, SecretPurpose); 3] = [
    (SlotKind::Pin, SecretPurpose::Pin),
    (SlotKind::Device, SecretPurpose::Device),
    (SlotKind::Biometric, SecretPurpose::Biometric),
];

/// What the device keeps for a kind of slot.
pub(super) fn purpose_of(kind: SlotKind) -> Option<SecretPurpose> {
    let found = DEVICE_BOUND.into_iter().find(|(other, _)| *other == kind);
    found.map(|(_, role)| role)
}

impl Core {
    /// What was typed, with the device's part, as a credential of the first of these files whose part the device has. `text` is
    /// what the dialog says, for a biometric.
    ///
    /// # Errors
    /// What the device says; why the words cannot be recovery words.
    pub(super) fn credential(
        &self,
        files: &[(VaultId, Vec<SlotInfo>)],
        kind: wire::Credential,
        text: &str,
    ) -> Result<Credential> {
        let slot_of = |slots: &[SlotInfo]| {
            let slot = slots.iter().find(|slot| slot.kind == slot_kind(kind))?;
            Some(slot.id)
        };
        let slots: Vec<_> = files
            .iter()
            .map(|(vault, slots)| (*vault, slot_of(slots)))
            .collect();
        let key = purpose_of(slot_kind(kind))
            .map(|role| self.load_device_key(&slots, role, text))
            .transpose()?;
        typed(kind, text, key)
    }

    /// The first key that this device keeps for one of these slots; else the one that an earlier version kept for the role.
    ///
    /// # Errors
    /// `DeviceSecretGone` if it keeps none; what the device says.
    pub(super) fn load_device_key(
        &self,
        slots: &[(VaultId, Option<SlotId>)],
        role: SecretPurpose,
        text: &str,
    ) -> Result<DeviceKey> {
        let of_slots = slots
            .iter()
            .filter_map(|(vault, slot)| Some(SecretId::for_slot(*vault, role, (*slot)?)));
        let by_role = slots
            .iter()
            .map(|(vault, _)| SecretId::without_slot(*vault, role));
        let mut gone = None;
        for item in of_slots.chain(by_role) {
            match self.read_secret(&item, text) {
                Ok(Some(kept)) => {
                    let bytes: &[u8; 32] = kept
                        .as_slice()
                        .try_into()
                        .map_err(|_| ErrorCode::DeviceSecretGone)?;
                    return Ok(DeviceKey::new(bytes));
                }
                // On iOS an item that is missing may have gone with a change of the enrolment.
                Ok(None) => {}
                Err(SecretStoreError::Changed) => gone = Some(SecretStoreError::Changed),
                Err(refused) => return Err(refused.into()),
            }
        }
        if role == SecretPurpose::Biometric {
            self.session().biometric_lost = slots.first().and_then(|(_, slot)| *slot);
        }
        match gone {
            Some(changed) => Err(changed.into()),
            None => Err(ErrorCode::DeviceSecretGone.into()),
        }
    }

    fn read_secret(
        &self,
        item: &SecretId,
        text: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        match item.purpose {
            SecretPurpose::Biometric => {
                self.with_dialog(|| self.config.secret_store.read(item, text))
            }
            _ => self.config.secret_store.read(item, text),
        }
    }

    /// Has the device keep a slot's key, and reads it back where that asks nobody: before a file is written that needs it.
    ///
    /// # Errors
    /// What the device says; `DeviceStoreFailed` where it gives another one back.
    pub(super) fn store_device_key(
        &self,
        item: &SecretId,
        key: &DeviceKey,
        text: &str,
    ) -> Result<()> {
        let device = &self.config.secret_store;
        if item.purpose == SecretPurpose::Biometric {
            return Ok(self.with_dialog(|| device.write(item, key.expose(), text))?);
        }
        device.write(item, key.expose(), text)?;
        match device.read(item, text)? {
            Some(kept) if kept.as_slice() == key.expose() => Ok(()),
            _ => Err(ErrorCode::DeviceStoreFailed.into()),
        }
    }

    /// Puts a slot for a new credential into `vault`, in the place of the one of its kind, and has the device keep its part.
    ///
    /// # Errors
    /// Why the words cannot be recovery words; what the device says.
    pub(super) fn add_slot(
        &self,
        vault: &mut UnlockedVault,
        kind: wire::Credential,
        text: &str,
        cost: Argon2Params,
    ) -> Result<NewSlot> {
        let role = purpose_of(slot_kind(kind));
        let key = role.map(|_| DeviceKey::generate()).transpose()?;
        let credential = typed(kind, text, key.as_ref().map(copied))?;
        let used = vault.put_slot(&credential, cost, &argon2id)?;
        let item = role.map(|role| SecretId::for_slot(vault.id(), role, used.slot));
        let mut pin = None;
        if let (Some(item), Some(key)) = (item, key) {
            self.store_device_key(&item, &key, text)?;
            pin = used
                .stretched_pin
                .map(|pin| vault.seal_stretched_pin(&pin, &key))
                .transpose()?;
        }
        Ok(NewSlot {
            item,
            pin: pin.map(Zeroizing::new),
        })
    }
}

impl Session {
    /// Keeps the stretched PIN that was just derived, where the payload has none for this slot: it is written with the next save.
    pub(super) fn store_stretched_pin(
        &mut self,
        pin: Option<StretchedPin>,
        credential: &Credential,
    ) {
        let (Some(pin), Credential::Pin { device: key, .. }, Some(open)) =
            (pin, credential, &mut self.unlocked)
        else {
            return;
        };
        let mut device = open.entries.device().clone();
        let is_kept = device
            .pin
            .as_ref()
            .is_some_and(|sealed| open.vault.open_stretched_pin(sealed, key).is_some());
        if let (false, Ok(sealed)) = (is_kept, open.vault.seal_stretched_pin(&pin, key)) {
            device.pin = Some(Zeroizing::new(sealed));
            open.entries.set_device(device);
            open.use_unsaved = true;
        }
    }

    /// What the open vault needs is on disk, and its payload names the rest.
    pub(super) fn confirm_secrets(&mut self) {
        let Some(open) = &self.unlocked else { return };
        let owner = Owner::Vault(open.vault.id());
        self.unconfirmed_secrets.retain(|item| item.owner != owner);
    }

    /// What the payload is to say of the device once `vault` takes this one's place: the PIN of its slot, and the secrets
    /// that nobody needs from then on.
    pub(super) fn device_section_for(
        &self,
        vault: &UnlockedVault,
        pin: Option<Zeroizing<Vec<u8>>>,
    ) -> Result<trousseau_entries::DeviceSection> {
        let open = self.unlocked()?;
        let mut device = open.entries.device().clone();
        let has_pin = vault.slots().any(|slot| slot.kind == SlotKind::Pin);
        device.pin = pin.or(device.pin).filter(|_| has_pin);
        let needed = secrets_of_slots(vault.id(), vault.slots());
        let gone = open.vault.slots().filter_map(|slot| {
            let role = purpose_of(slot.kind)?;
            let item = SecretId::for_slot(vault.id(), role, slot.id);
            (!needed.contains(&item)).then(|| [item, SecretId::without_slot(vault.id(), role)])
        });
        let unsure = self.unconfirmed_secrets.iter().copied();
        let unsure =
            unsure.filter(|item| item.owner == Owner::Vault(vault.id()) && !needed.contains(item));
        for item in gone.flatten().chain(unsure) {
            let name = item.name_in_vault();
            if !device.forget.contains(&name) {
                device.forget.push(name);
            }
        }
        Ok(device)
    }
}

/// Whether it is the secret of a slot.
pub(super) fn has_slot_purpose(item: &SecretId) -> bool {
    DEVICE_BOUND.iter().any(|(_, role)| *role == item.purpose)
}

/// The secrets that these slots of a vault need.
pub(super) fn secrets_of_slots(
    vault: VaultId,
    slots: impl Iterator<Item = SlotInfo>,
) -> Vec<SecretId> {
    let items = slots.filter_map(|slot| {
        let role = purpose_of(slot.kind)?;
        Some(SecretId::for_slot(vault, role, slot.id))
    });
    items.collect()
}

fn copied(key: &DeviceKey) -> DeviceKey {
    DeviceKey::new(key.expose())
}
