//! The stretched PIN: so that an open vault gives a PIN's slot new keys without the PIN being typed.

use zeroize::{Zeroize, Zeroizing};

use crate::sealing::{Purpose, SealingKey, TAG};
use crate::slot::Slot;
use crate::{
    DeviceKey, Kdf, KdfError, OpenVault, Passphrase, SlotError, SlotKind, WorkFactor, random,
};

/// Bytes of a sealed stretched PIN: salt, nonce, commitment, text and tag.
const SEALED: usize = 32 + 12 + 32 + 32 + TAG;

/// What Argon2id made of a PIN, with the salt and the cost that it was made with.
///
/// With the device key it opens the slot, as the PIN does. It cannot be printed or serialised, and is wiped when dropped.
pub struct StretchedPin {
    output: Box<[u8; 32]>,
    salt: [u8; 32],
    cost: WorkFactor,
}

impl StretchedPin {
    pub(crate) fn derive(
        pin: &Passphrase,
        salt: &[u8; 32],
        cost: WorkFactor,
        kdf: &Kdf<'_>,
    ) -> Result<Self, KdfError> {
        let mut stretched = Self::empty(salt, cost);
        pin.stretch(salt, cost, kdf, &mut stretched.output)?;
        Ok(stretched)
    }

    fn empty(salt: &[u8; 32], cost: WorkFactor) -> Self {
        Self {
            output: Box::new([0; 32]),
            salt: *salt,
            cost,
        }
    }

    pub(crate) fn salt(&self) -> &[u8; 32] {
        &self.salt
    }

    pub(crate) fn cost(&self) -> WorkFactor {
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

impl OpenVault {
    /// `salt ‖ nonce ‖ commitment ‖ AES-256-GCM(stretched PIN)`, for the payload, under a key that only the device key of
    /// the PIN's slot derives, and bound to that slot: vault id, slot id, salt and cost.
    ///
    /// [`SlotError::NoSuchSlot`] if the two do not open the PIN's slot.
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
        // The exact capacity: a vector that grows leaves the text behind.
        let mut sealed = Vec::with_capacity(SEALED);
        for part in [&salt[..], &nonce, &sealing.commitment(), &*pin.output] {
            sealed.extend_from_slice(part);
        }
        let text = sealed.len() - pin.output.len();
        let tag = sealing
            .seal(&nonce, &slot.bound(&self.header.vault), &mut sealed[text..])
            .expect("32 bytes are within AES-GCM");
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// What [`OpenVault::seal_stretched_pin`] sealed for the present PIN's slot; `None` for what was altered, and for
    /// what does not open that slot with this device key.
    pub fn open_stretched_pin(&self, sealed: &[u8], device: &DeviceKey) -> Option<StretchedPin> {
        let slot = self.pin_slot()?;
        let (salt, rest) = sealed.split_first_chunk()?;
        let (nonce, rest) = rest.split_first_chunk()?;
        let (commitment, rest) = rest.split_first_chunk()?;
        let (text, tag) = rest.split_first_chunk::<32>()?;
        let tag: &[u8; TAG] = tag.try_into().ok()?;
        let sealing = SealingKey::derive(device.expose(), salt, Purpose::StretchedPin);
        if !sealing.commits_to(commitment) {
            return None;
        }
        let mut pin = StretchedPin::empty(slot.salt(), slot.kdf.cost()?);
        pin.output.copy_from_slice(text);
        let bound = slot.bound(&self.header.vault);
        sealing.open(nonce, &bound, &mut *pin.output, tag)?;
        self.opens(slot, &pin, device).then_some(pin)
    }

    fn pin_slot(&self) -> Option<&Slot> {
        self.header.slot(SlotKind::Pin)
    }

    /// Whether the two open `slot`, and find this vault's master key in it.
    fn opens(&self, slot: &Slot, pin: &StretchedPin, device: &DeviceKey) -> bool {
        let material = pin.keying_material(device);
        let master = slot.open_with(&self.header.vault, &material).ok().flatten();
        (slot.salt(), slot.kdf.cost()) == (pin.salt(), Some(pin.cost()))
            && master.is_some_and(|master| master.is(&self.master))
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

    /// A vault that a PIN on the device of `key` opens, and what the PIN gives.
    fn vault(key: &DeviceKey) -> (OpenVault, StretchedPin) {
        let pin = Credential::Pin {
            pin: Passphrase::new("314159"),
            device: DeviceKey::new(key.expose()),
        };
        let (vault, _) = create(&[pin], WorkFactor::DEFAULT, b"", &salt_as_key).expect("sealed");
        let slot = vault.pin_slot().expect("the one slot");
        let mut stretched = StretchedPin::empty(slot.salt(), WorkFactor::DEFAULT);
        stretched.output.copy_from_slice(slot.salt());
        (vault, stretched)
    }

    #[test]
    fn no_randomness_no_sealed_pin() {
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

    /// A file that was put together so that the PIN's slot holds another key than the one that opened the vault.
    #[test]
    fn a_slot_of_another_master_key_takes_no_stretched_pin() {
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
