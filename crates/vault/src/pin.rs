//! The stretched PIN: Argon2id's output, kept sealed in the payload, so that a PIN's slot can get new keys without the PIN.

use zeroize::{Zeroize, Zeroizing};

use crate::sealing::{Purpose, SealingKey, TAG_LEN};
use crate::slot::Slot;
use crate::{
    Argon2Params, DeviceKey, Kdf, KdfError, Passphrase, SlotError, SlotKind, UnlockedVault, random,
};

/// The length of a sealed stretched PIN: salt, nonce, commitment, ciphertext and tag.
const SEALED_LEN: usize = 32 + 12 + 32 + 32 + TAG_LEN;

/// Argon2id's output for a PIN, with its salt and cost.
///
/// Together with the device key it opens the slot, like the PIN. It cannot be printed or serialised, and is zeroized on drop.
pub struct StretchedPin {
    output: Box<[u8; 32]>,
    salt: [u8; 32],
    cost: Argon2Params,
}

impl StretchedPin {
    pub(crate) fn derive(
        pin: &Passphrase,
        salt: &[u8; 32],
        cost: Argon2Params,
        kdf: &Kdf<'_>,
    ) -> Result<Self, KdfError> {
        let mut stretched = Self::empty(salt, cost);
        pin.stretch(salt, cost, kdf, &mut stretched.output)?;
        Ok(stretched)
    }

    fn empty(salt: &[u8; 32], cost: Argon2Params) -> Self {
        Self {
            output: Box::new([0; 32]),
            salt: *salt,
            cost,
        }
    }

    pub(crate) fn salt(&self) -> &[u8; 32] {
        &self.salt
    }

    pub(crate) fn cost(&self) -> Argon2Params {
        self.cost
    }

    /// `Argon2id(PIN) ‖ device key`.
    pub(crate) fn keying_material(&self, device: &DeviceKey) -> Zeroizing<Vec<u8>> {
        let mut material = Zeroizing::new(Vec::with_capacity(64));
        material.extend_from_slice(&*self.output);
        material.extend_from_slice(device.expose());
        material
    }
}

impl Drop for StretchedPin {
    fn drop(&mut self) {
        self.output.zeroize();
    }
}

impl UnlockedVault {
    /// `salt ‖ nonce ‖ commitment ‖ AES-256-GCM(stretched PIN)`, to be stored in the payload. The key is derived from the
    /// device key of the PIN's slot; the AAD binds it to that slot: vault id, slot id, salt and cost.
    ///
    /// # Errors
    /// [`SlotError::NoSuchSlot`] if `pin` and `device` do not open the PIN's slot.
    pub fn seal_stretched_pin(
        &self,
        pin: &StretchedPin,
        device: &DeviceKey,
    ) -> Result<Vec<u8>, SlotError> {
        let slot = self.pin_slot().ok_or(SlotError::NoSuchSlot)?;
        if !self.opens(slot, pin, device) {
            return Err(SlotError::NoSuchSlot);
        }
        let (salt, nonce) = (random::generate()?, random::generate()?);
        let sealing = SealingKey::derive(device.expose(), &salt, Purpose::StretchedPin);
        // The exact capacity, because a growing vector leaves copies of the plaintext.
        let mut sealed = Vec::with_capacity(SEALED_LEN);
        for part in [&salt[..], &nonce, &sealing.commitment(), &*pin.output] {
            sealed.extend_from_slice(part);
        }
        let text = sealed.len() - pin.output.len();
        let tag = sealing
            .seal(&nonce, &slot.aad(&self.header.vault), &mut sealed[text..])
            .expect("32 bytes are within AES-GCM");
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// Opens what [`UnlockedVault::seal_stretched_pin`] sealed; `None` if it was altered, or does not open the present PIN's slot
    /// with this device key.
    pub fn open_stretched_pin(&self, sealed: &[u8], device: &DeviceKey) -> Option<StretchedPin> {
        let slot = self.pin_slot()?;
        let (salt, rest) = sealed.split_first_chunk()?;
        let (nonce, rest) = rest.split_first_chunk()?;
        let (commitment, rest) = rest.split_first_chunk()?;
        let (text, tag) = rest.split_first_chunk::<32>()?;
        let tag: &[u8; TAG_LEN] = tag.try_into().ok()?;
        let sealing = SealingKey::derive(device.expose(), salt, Purpose::StretchedPin);
        if !sealing.commits_to(commitment) {
            return None;
        }
        let mut pin = StretchedPin::empty(slot.salt(), slot.kdf.cost()?);
        pin.output.copy_from_slice(text);
        let aad = slot.aad(&self.header.vault);
        sealing.open(nonce, &aad, &mut *pin.output, tag)?;
        self.opens(slot, &pin, device).then_some(pin)
    }

    fn pin_slot(&self) -> Option<&Slot> {
        self.header.slot(SlotKind::Pin)
    }

    /// Whether `pin` and `device` open `slot`, and it contains this vault's master key.
    fn opens(&self, slot: &Slot, pin: &StretchedPin, device: &DeviceKey) -> bool {
        let material = pin.keying_material(device);
        let master = slot.open_with(&self.header.vault, &material).ok().flatten();
        (slot.salt(), slot.kdf.cost()) == (pin.salt(), Some(pin.cost()))
            && master.is_some_and(|master| master.equals(&self.master))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use serde::Serialize;
    use static_assertions::assert_not_impl_any;

    use super::*;
    use crate::kdf::fake::salt_as_key;
    use crate::random::scripted::{failing_after, with};
    use crate::{Credential, RandomError, create};

    assert_not_impl_any!(StretchedPin: Debug, Display, Serialize, Clone);

    /// A vault with a slot for a PIN and the device key `key`, and the stretched PIN.
    fn vault(key: &DeviceKey) -> (UnlockedVault, StretchedPin) {
        let pin = Credential::Pin {
            pin: Passphrase::new("314159"),
            device: DeviceKey::new(key.expose()),
        };
        let (vault, _) = create(&[pin], Argon2Params::DEFAULT, b"", &salt_as_key).expect("sealed");
        let slot = vault.pin_slot().expect("the one slot");
        let mut stretched = StretchedPin::empty(slot.salt(), Argon2Params::DEFAULT);
        stretched.output.copy_from_slice(slot.salt());
        (vault, stretched)
    }

    #[test]
    fn sealing_a_pin_fails_without_randomness() {
        let key = DeviceKey::new(&[1; 32]);
        let (vault, pin) = vault(&key);
        let attempt = |times| {
            with(failing_after(times), || {
                vault.seal_stretched_pin(&pin, &key)
            })
        };
        assert_eq!(attempt(0), Err(SlotError::Random(RandomError)));
        assert_eq!(attempt(1), Err(SlotError::Random(RandomError)));
        assert!(attempt(2).is_ok());
    }

    /// A forged file whose PIN slot contains another master key than the slot that opened the vault.
    #[test]
    fn no_stretched_pin_is_sealed_for_a_slot_of_another_master_key() {
        let key = DeviceKey::new(&[1; 32]);
        let (mut vault, pin) = vault(&key);
        let sealed = vault.seal_stretched_pin(&pin, &key).expect("its own");
        assert!(vault.open_stretched_pin(&sealed, &key).is_some());
        vault.master = crate::slot::MasterKey::generate().expect("randomness");
        assert!(vault.open_stretched_pin(&sealed, &key).is_none());
        let refused = vault.seal_stretched_pin(&pin, &key);
        assert_eq!(refused, Err(SlotError::NoSuchSlot));
    }
}
