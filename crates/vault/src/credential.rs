//! Credentials: what opens a slot.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use crate::{Argon2Params, Kdf, KdfError, RandomError, RecoveryCode, StretchedPin, random};

/// What opens a slot. It cannot be printed or serialised, and is zeroized on drop.
pub enum Credential {
    /// A passphrase. It protects a copied file by itself.
    Passphrase(Passphrase),
    /// The 12 recovery words. Their 128 random bits protect a copied file without key stretching.
    Recovery(RecoveryCode),
    /// A PIN together with a key that never leaves the device, because a PIN alone can be guessed in minutes.
    Pin {
        /// The digits.
        pin: Passphrase,
        /// The device's key.
        device: DeviceKey,
    },
    /// A key that the device releases without asking the user.
    Device(DeviceKey),
    /// A key that the device releases after a biometric check.
    Biometric(DeviceKey),
}

/// The type of a slot and of the credential that opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SlotKind {
    /// OpenOutcome by a passphrase.
    Passphrase,
    /// OpenOutcome by a PIN and a device key.
    Pin,
    /// OpenOutcome by a device key.
    Device,
    /// OpenOutcome by a device key that is released after a biometric.
    Biometric,
    /// OpenOutcome by the 12 words.
    Recovery,
}

impl SlotKind {
    /// Whether the credential is typed, so that Argon2id must slow down guessing.
    pub(crate) fn is_stretched(self) -> bool {
        matches!(self, Self::Passphrase | Self::Pin)
    }
}

impl Credential {
    /// The type of the slot that it opens.
    pub fn kind(&self) -> SlotKind {
        match self {
            Self::Passphrase(_) => SlotKind::Passphrase,
            Self::Recovery(_) => SlotKind::Recovery,
            Self::Pin { .. } => SlotKind::Pin,
            Self::Device(_) => SlotKind::Device,
            Self::Biometric(_) => SlotKind::Biometric,
        }
    }

    /// The input keying material of a slot:
    /// `Argon2id(passphrase)`, `Argon2id(PIN) ‖ device key`, `device key`, or the words joined by single spaces.
    pub(crate) fn derive_keying_material(
        &self,
        salt: &[u8; 32],
        cost: Argon2Params,
        kdf: &Kdf<'_>,
    ) -> Result<KeyingMaterial, KdfError> {
        let material = match self {
            Self::Passphrase(passphrase) => {
                let mut stretched = Zeroizing::new(vec![0; 32]);
                let output = stretched.first_chunk_mut().expect("32 bytes");
                passphrase.stretch(salt, cost, kdf, output)?;
                stretched
            }
            Self::Pin { pin, device } => {
                let stretched = StretchedPin::derive(pin, salt, cost, kdf)?;
                return Ok(KeyingMaterial {
                    material: stretched.keying_material(device),
                    stretched_pin: Some(stretched),
                });
            }
            Self::Device(device) | Self::Biometric(device) => {
                Zeroizing::new(device.expose().to_vec())
            }
            Self::Recovery(code) => Zeroizing::new(code.phrase().as_bytes().to_vec()),
        };
        Ok(KeyingMaterial {
            material,
            stretched_pin: None,
        })
    }
}

/// The keying material of a credential for one slot.
pub(crate) struct KeyingMaterial {
    pub(crate) material: Zeroizing<Vec<u8>>,
    /// Argon2id's output, if the credential is a PIN.
    pub(crate) stretched_pin: Option<StretchedPin>,
}

/// A typed text, in Unicode normalisation form KC (NIST SP 800-63B).
///
/// So `é` is the same as one character or as two, and a no-break space is the same as a space.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Normalises `text` without trimming it. The caller zeroizes `text`.
    pub fn new(text: &str) -> Self {
        let length = text.nfkc().map(char::len_utf8).sum();
        // The exact capacity, because a growing string leaves copies.
        let mut normalised = Zeroizing::new(String::with_capacity(length));
        for character in text.nfkc() {
            normalised.push(character);
        }
        Self(normalised)
    }

    /// `Argon2id(text)` into `output`.
    pub(crate) fn stretch(
        &self,
        salt: &[u8; 32],
        cost: Argon2Params,
        kdf: &Kdf<'_>,
        output: &mut [u8; 32],
    ) -> Result<(), KdfError> {
        kdf(self.0.as_bytes(), salt, cost, output)
    }
}

/// 32 random bytes that the device's secret store keeps for one slot.
pub struct DeviceKey(Box<[u8; 32]>);

impl DeviceKey {
    /// Generates a key.
    ///
    /// # Errors
    /// The operating system gave no randomness.
    pub fn generate() -> Result<Self, RandomError> {
        let mut key = Self(Box::new([0; 32]));
        random::fill(&mut *key.0)?;
        Ok(key)
    }

    /// The key that the device's store returned.
    pub fn new(bytes: &[u8; 32]) -> Self {
        let mut key = Self(Box::new([0; 32]));
        key.0.copy_from_slice(bytes);
        key
    }

    /// The bytes to put in the device's store.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Drop for DeviceKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(KeyingMaterial: Debug, Display, Serialize, Clone);
    assert_not_impl_any!(Credential: Debug, Display, Serialize, Clone);
    assert_not_impl_any!(Passphrase: Debug, Display, Serialize, Clone);
    assert_not_impl_any!(DeviceKey: Debug, Display, Serialize, Clone);
    assert_not_impl_any!(RecoveryCode: Debug, Display, Serialize, Clone);

    #[test]
    fn passphrases_are_normalised() {
        for (typed, expected) in [
            ("cafe\u{301}", "caf\u{e9}"),
            ("caf\u{e9}", "caf\u{e9}"),
            ("a\u{a0}b", "a b"),
            ("\u{ff11}\u{fb01}", "1fi"),
            (" A b ", " A b "),
        ] {
            assert_eq!(*Passphrase::new(typed).0, expected);
        }
    }

    #[test]
    fn the_pin_needs_its_device_key() {
        let echo = |password: &[u8], _: &[u8; 32], _: Argon2Params, key: &mut [u8; 32]| {
            key[..password.len()].copy_from_slice(password);
            Ok(())
        };
        let pin = Credential::Pin {
            pin: Passphrase::new("123456"),
            device: DeviceKey::new(&[7; 32]),
        };
        let material = pin
            .derive_keying_material(&[0; 32], Argon2Params::MIN, &echo)
            .expect("echoes")
            .material;
        assert_eq!(&material[..6], b"123456");
        assert_eq!(material[6..32], [0; 26]);
        assert_eq!(material[32..], [7; 32]);
    }
}
