//! A vault under new keys, and what the device keeps for it, before anything is on disk.

use trousseau_vault::{
    Credential, DeviceKey, NewSlot, OpenVault, Passphrase, SlotKind, StretchedPin, WorkFactor,
    argon2id,
};
use trousseau_wire::{self as wire, ErrorCode, WantedWay};
use zeroize::Zeroizing;

use super::{Before, Wanted};
use crate::platform::device::{Item, Role};
use crate::refused::Answer;
use crate::session::Core;
use crate::session::credentials::{is_everyday, present_cost};
use crate::session::recovery::same_words;
use crate::session::typed::{role, slot_kind};

/// A way on its way into the new header.
struct Part {
    way: wire::Credential,
    secret: Secret,
}

enum Secret {
    Credential(Credential),
    /// An access code that nobody typed, and the device's new key for it.
    Pin(StretchedPin, DeviceKey),
}

impl Part {
    fn slot(&self, cost: WorkFactor) -> NewSlot<'_> {
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
pub(super) struct Renewed {
    pub(super) vault: OpenVault,
    /// The stretched access code, sealed for its new slot.
    pub(super) pin: Option<Zeroizing<Vec<u8>>>,
    /// What the device keeps for it already.
    pub(super) items: Vec<Item>,
    /// What was wanted and cannot stay.
    pub(super) lost: Vec<wire::Credential>,
}

impl Core {
    /// The vault under new keys, with what the device keeps for them: nothing is on disk yet.
    pub(super) fn renew(&self, before: &Before, wanted: &Wanted<'_>) -> Answer<Renewed> {
        let mut lost = Vec::new();
        let mut parts = Vec::new();
        for way in wanted.ways {
            match self.part(before, wanted, way)? {
                Some(secret) => parts.push(Part {
                    way: way.credential,
                    secret,
                }),
                None => lost.push(way.credential),
            }
        }
        if !parts.iter().any(|part| is_everyday(slot_kind(part.way))) {
            return Err(ErrorCode::LastCredential.into());
        }
        let cost = present_cost(&before.vault);
        let slots: Vec<_> = parts.iter().map(|part| part.slot(cost)).collect();
        let prepared = before.vault.with_new_keys(&slots, &argon2id)?;
        let mut renewed = Renewed {
            vault: prepared.vault,
            pin: None,
            items: Vec::new(),
            lost,
        };
        // The one that asks somebody comes last: nobody is asked for nothing.
        parts.sort_by_key(|part| part.way == wire::Credential::Biometric);
        let mut refused = None;
        for part in &parts {
            if let Err(error) = self.keep_part(&mut renewed, part, wanted.sentence) {
                refused = Some(error);
                renewed.lost.push(part.way);
                renewed.vault.remove_slot(slot_kind(part.way)).ok();
            }
        }
        let stays = |part: &Part| {
            let kind = slot_kind(part.way);
            is_everyday(kind) && !renewed.lost.contains(&part.way)
        };
        if !parts.iter().any(stays) {
            self.note_unsure(&renewed.items);
            return Err(refused.unwrap_or(ErrorCode::LastCredential.into()));
        }
        let typed = parts.iter().find_map(|part| match &part.secret {
            Secret::Pin(pin, key) => Some((pin, key)),
            Secret::Credential(Credential::Pin { device, .. }) => {
                Some((prepared.stretched_pin.as_ref()?, device))
            }
            Secret::Credential(_) => None,
        });
        // Without it the access code is typed at the next replacement, and that is all.
        renewed.pin = typed
            .and_then(|(pin, key)| renewed.vault.seal_stretched_pin(pin, key).ok())
            .map(Zeroizing::new);
        Ok(renewed)
    }

    /// What opens a slot; none where this device gives no part of it any more.
    fn part(
        &self,
        before: &Before,
        wanted: &Wanted<'_>,
        way: &WantedWay,
    ) -> Answer<Option<Secret>> {
        let text = wanted.text(way.credential);
        let credential = match way.credential {
            wire::Credential::Passphrase => Credential::Passphrase(Passphrase::new(text)),
            wire::Credential::Recovery => {
                let words = before.words.as_ref().ok_or(ErrorCode::DraftGone)?;
                Credential::Recovery(same_words(words)?)
            }
            wire::Credential::Device => Credential::Device(DeviceKey::generate()?),
            wire::Credential::Biometric => Credential::Biometric(DeviceKey::generate()?),
            wire::Credential::Pin if text.is_empty() => {
                let present = self.key_of(before, SlotKind::Pin, Role::Pin);
                let pin = present.and_then(|key| before.stretched_pin(&key));
                let Some(pin) = pin else { return Ok(None) };
                return Ok(Some(Secret::Pin(pin, DeviceKey::generate()?)));
            }
            wire::Credential::Pin => Credential::Pin {
                pin: Passphrase::new(text),
                device: DeviceKey::generate()?,
            },
        };
        Ok(Some(Secret::Credential(credential)))
    }

    /// Has the device keep its part of a slot, before a file needs it.
    fn keep_part(&self, renewed: &mut Renewed, part: &Part, sentence: &str) -> Answer<()> {
        let (Some(role), Some(key)) = (role(part.way), part.device_key()) else {
            return Ok(());
        };
        let kind = slot_kind(part.way);
        let mut slots = renewed.vault.slots();
        let slot = slots.find(|slot| slot.kind == kind);
        let slot = slot.ok_or(ErrorCode::Internal)?;
        drop(slots);
        let item = Item::of_slot(renewed.vault.id(), role, slot.id);
        // Before it is kept: a write that fails may have come through.
        renewed.items.push(item);
        self.keep_key(&item, key, sentence)
    }
}
