//! Adds, replaces and removes slots, and replaces the master key.

use crate::credential::KeyingMaterial;
use crate::header::{Aead, Header, Hex};
use crate::slot::{MasterKey, Slot};
use crate::{
    Argon2Params, Credential, DeviceKey, Kdf, KdfError, SlotError, SlotId, SlotKind, StretchedPin,
    UnlockedVault, VaultId, random,
};

/// What a new slot is created from.
#[derive(Clone, Copy)]
pub enum NewSlot<'a> {
    /// A credential, with a new salt.
    Credential {
        /// The credential that will open the slot.
        credential: &'a Credential,
        /// For passphrases and PINs; ignored for others.
        cost: Argon2Params,
    },
    /// A PIN that was typed earlier, so that it need not be typed again. The slot keeps its salt and cost.
    StretchedPin {
        /// Argon2id's output for the PIN.
        pin: &'a StretchedPin,
        /// A new device key. With the present key, whoever opened the present slot could also open the new one.
        device: &'a DeviceKey,
    },
}

impl NewSlot<'_> {
    /// The type of the slot.
    pub fn kind(&self) -> SlotKind {
        match self {
            Self::Credential { credential, .. } => credential.kind(),
            Self::StretchedPin { .. } => SlotKind::Pin,
        }
    }

    /// The parameters of Argon2id; `None` if it is not used.
    pub(crate) fn cost(&self) -> Option<Argon2Params> {
        match self {
            Self::Credential { credential, cost } => {
                credential.kind().is_stretched().then_some(*cost)
            }
            Self::StretchedPin { pin, .. } => Some(pin.cost()),
        }
    }

    /// The salt that the slot must keep; `None` for a new salt.
    pub(crate) fn salt(&self) -> Option<&[u8; 32]> {
        match self {
            Self::Credential { .. } => None,
            Self::StretchedPin { pin, .. } => Some(pin.salt()),
        }
    }

    pub(crate) fn derive_keying_material(
        &self,
        salt: &[u8; 32],
        kdf: &Kdf<'_>,
    ) -> Result<KeyingMaterial, KdfError> {
        match self {
            Self::Credential { credential, cost } => {
                credential.derive_keying_material(salt, *cost, kdf)
            }
            Self::StretchedPin { pin, device } => Ok(KeyingMaterial {
                material: pin.keying_material(device),
                stretched_pin: None,
            }),
        }
    }
}

/// The slot that a credential opened, or that was created for it.
pub struct SlotUse {
    /// The slot's id.
    pub slot: SlotId,
    /// What Argon2id made of the PIN, if it is one.
    pub stretched_pin: Option<StretchedPin>,
}

/// A vault with new keys that was not sealed yet.
pub struct Prepared {
    /// Seals the first generation with these keys.
    pub vault: UnlockedVault,
    /// Argon2id's output for the PIN, if one was typed.
    pub stretched_pin: Option<StretchedPin>,
}

/// Prepares a new vault with these slots. Sealing it gives generation 1.
pub fn prepare(slots: &[NewSlot<'_>], kdf: &Kdf<'_>) -> Result<Prepared, SlotError> {
    let empty = Header {
        generation: 0,
        vault: VaultId(Hex(random::generate()?)),
        previous_is_stale: false,
        aead: Aead::Aes256Gcm,
        salt: Hex([0; 32]),
        nonce: Hex([0; 12]),
        commitment: Hex([0; 32]),
        slots: Vec::new(),
    };
    with_keys(empty, slots, kdf)
}

/// Generates a master key and replaces the header's slots by new ones.
fn with_keys(
    mut header: Header,
    slots: &[NewSlot<'_>],
    kdf: &Kdf<'_>,
) -> Result<Prepared, SlotError> {
    if slots.is_empty() {
        return Err(SlotError::LastSlot);
    }
    for (index, slot) in slots.iter().enumerate() {
        if slots[..index]
            .iter()
            .any(|other| other.kind() == slot.kind())
        {
            return Err(SlotError::DuplicateType);
        }
    }
    let master = MasterKey::generate()?;
    header.slots = Vec::with_capacity(slots.len());
    let mut stretched_pin = None;
    for new in slots {
        let (slot, pin) = Slot::seal(&header.vault, &master, *new, kdf)?;
        header.slots.push(slot);
        stretched_pin = stretched_pin.or(pin);
    }
    Ok(Prepared {
        vault: UnlockedVault { header, master },
        stretched_pin,
    })
}

impl UnlockedVault {
    /// Prepares the same vault with a new master key and only these new slots. The generation continues.
    ///
    /// Whoever has an older copy and its credential has the old master key, which opens nothing sealed with the new one.
    /// `self` is unchanged, so that it can be kept until the new file is on disk. Suspended data that it sealed opens only with it.
    pub fn with_new_keys(
        &self,
        slots: &[NewSlot<'_>],
        kdf: &Kdf<'_>,
    ) -> Result<Prepared, SlotError> {
        with_keys(self.header.clone(), slots, kdf)
    }

    /// Adds a new slot with a new id, or replaces the slot of the same type; the next seal writes it.
    ///
    /// `cost` is for passphrases and PINs. The master key does not change: older copies of the file still open with their
    /// credential and contain the key of this one. Use [`UnlockedVault::with_new_keys`] to prevent that.
    pub fn put_slot(
        &mut self,
        credential: &Credential,
        cost: Argon2Params,
        kdf: &Kdf<'_>,
    ) -> Result<SlotUse, SlotError> {
        let new = NewSlot::Credential { credential, cost };
        let (slot, stretched_pin) = Slot::seal(&self.header.vault, &self.master, new, kdf)?;
        let (id, slots) = (slot.id, &mut self.header.slots);
        match slots.iter_mut().find(|other| other.kind == slot.kind) {
            Some(old) => *old = slot,
            None => slots.push(slot),
        }
        Ok(SlotUse {
            slot: id,
            stretched_pin,
        })
    }

    /// Removes the slot of a type, but never the last slot.
    ///
    /// Older copies of the file still open with its credential; see [`UnlockedVault::set_previous_stale`] and
    /// [`UnlockedVault::with_new_keys`].
    pub fn remove_slot(&mut self, kind: SlotKind) -> Result<(), SlotError> {
        self.header.slot(kind).ok_or(SlotError::NoSuchSlot)?;
        if self.header.slots.len() == 1 {
            return Err(SlotError::LastSlot);
        }
        self.header.slots.retain(|slot| slot.kind != kind);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use serde::Serialize;
    use static_assertions::assert_not_impl_any;

    use super::*;
    use crate::header::RawVault;
    use crate::kdf::fake::salt_as_key;
    use crate::random::scripted::{failing_after, with};
    use crate::sealing::Purpose;
    use crate::{Passphrase, RandomError, create, open};

    assert_not_impl_any!(NewSlot<'_>: Debug, Display, Serialize);
    assert_not_impl_any!(Prepared: Debug, Display, Serialize, Clone);
    assert_not_impl_any!(SlotUse: Debug, Display, Serialize, Clone);

    fn pin(device: u8) -> Credential {
        Credential::Pin {
            pin: Passphrase::new("314159"),
            device: DeviceKey::new(&[device; 32]),
        }
    }

    /// An attacker has the master key of an older copy and ignores the commitment.
    #[test]
    fn the_old_master_key_opens_nothing_later() {
        let (old, bytes) =
            create(&[pin(1)], Argon2Params::DEFAULT, b"payload", &salt_as_key).expect("made");
        let credential = pin(1);
        let slot = NewSlot::Credential {
            credential: &credential,
            cost: Argon2Params::DEFAULT,
        };
        let opens = |master: &MasterKey, bytes: &[u8]| {
            let Ok(RawVault {
                header,
                aad,
                sealed,
                tag,
            }) = RawVault::parse(bytes)
            else {
                panic!("not a vault")
            };
            let sealing = master.derive_sealing_key(&header.salt.0, Purpose::Payload);
            let payload = sealing.open_padded(&header.nonce.0, aad, sealed, &tag);
            [sealing.commits_to(&header.commitment.0), payload.is_some()]
        };
        assert_eq!(opens(&old.master, &bytes), [true, true]);
        let mut new = old
            .with_new_keys(&[slot], &salt_as_key)
            .expect("one slot")
            .vault;
        assert!(!new.master.equals(&old.master));
        for _ in 0..3 {
            let later = new.seal(b"payload").expect("sealed");
            assert_eq!(opens(&new.master, &later), [true, true]);
            assert_eq!(opens(&old.master, &later), [false, false]);
        }
    }

    /// Randomness fails for each of: the master key; id, salt and nonce of the passphrase's slot; id and nonce of the PIN's.
    #[test]
    fn without_randomness_the_keys_stay() {
        let words = Credential::Passphrase(Passphrase::new("new"));
        let (vault, bytes) =
            create(&[pin(1)], Argon2Params::DEFAULT, b"payload", &salt_as_key).expect("sealed");
        let stretched = vault
            .verify(&pin(1), &salt_as_key)
            .map(|used| used.stretched_pin);
        let stretched = stretched.ok().flatten().expect("a PIN");
        let slots = [
            NewSlot::Credential {
                credential: &words,
                cost: Argon2Params::DEFAULT,
            },
            NewSlot::StretchedPin {
                pin: &stretched,
                device: &DeviceKey::new(&[2; 32]),
            },
        ];
        let attempt = |times| {
            with(failing_after(times), || {
                vault.with_new_keys(&slots, &salt_as_key)
            })
        };
        let before = vault.slots().collect::<Vec<_>>();
        for times in 0..6 {
            let refused = attempt(times).err();
            assert_eq!(refused, Some(SlotError::Random(RandomError)), "{times}");
        }
        assert_eq!(vault.slots().collect::<Vec<_>>(), before);
        assert!(vault.verify(&pin(1), &salt_as_key).is_ok());
        assert!(open(&bytes, &pin(1), &salt_as_key).is_ok());

        let mut new = attempt(6).expect("enough").vault;
        let bytes = new.seal(b"payload").expect("sealed");
        assert!(
            open(&bytes, &words, &salt_as_key).is_ok()
                && open(&bytes, &pin(2), &salt_as_key).is_ok()
        );
    }
}
