//! AES-256-GCM with keys from HKDF and a key commitment: the construction for everything that is sealed.

use aes_gcm::aead::AeadInOut;
use aes_gcm::{Aes256Gcm, KeyInit, Nonce, Tag};
use ctutils::CtEq;
use hkdf::HkdfExtract;
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use crate::{padding, stack_wipe};

/// The purpose of a key: HKDF's `info`, so that each purpose has a key of its own.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Payload,
    Slot,
    Suspended,
    StretchedPin,
}

impl Purpose {
    fn info(self) -> &'static [u8] {
        match self {
            Self::Payload => b"trousseau vault 1 payload",
            Self::Slot => b"trousseau vault 1 slot",
            Self::Suspended => b"trousseau vault 1 draft",
            Self::StretchedPin => b"trousseau vault 1 stretched pin",
        }
    }
}

/// The length of AES-GCM's authentication tag, in bytes.
pub(crate) const TAG_LEN: usize = 16;

/// `HKDF-SHA-256(material, salt, info, 64 bytes)`: 32 bytes of key, then 32 bytes of key commitment.
pub(crate) fn derive_bytes(
    material: &[u8],
    salt: &[u8; 32],
    purpose: Purpose,
) -> Zeroizing<[u8; 64]> {
    let mut derived = Zeroizing::new([0; 64]);
    hkdf_sha256(material, salt, purpose.info(), &mut *derived);
    derived
}

/// `HKDF-SHA-256(material, salt, info, L bytes)` (RFC 5869), where L is `derived.len()`, at most 255 × 32.
pub(crate) fn hkdf_sha256(material: &[u8], salt: &[u8], info: &[u8], derived: &mut [u8]) {
    let mut extract = HkdfExtract::<Sha256>::new(Some(salt));
    extract.input_ikm(material);
    let (mut pseudorandom, hkdf) = extract.finalize();
    pseudorandom.as_mut_slice().zeroize();
    hkdf.expand(info, derived)
        .expect("no caller asks for more than 255 blocks");
}

/// A key for one plaintext, and its key commitment.
///
/// AES-GCM is not key-committing: a ciphertext can be constructed that opens with two keys. Comparing the commitment first
/// prevents that.
pub(crate) struct SealingKey {
    cipher: Box<Aes256Gcm>,
    commitment: [u8; 32],
}

impl SealingKey {
    pub(crate) fn derive(material: &[u8], salt: &[u8; 32], purpose: Purpose) -> Self {
        stack_wipe::with_stack_wiped(|| Self::derive_unwiped(material, salt, purpose))
    }

    fn derive_unwiped(material: &[u8], salt: &[u8; 32], purpose: Purpose) -> Self {
        let derived = derive_bytes(material, salt, purpose);
        let (key, rest) = derived.split_at(32);
        let mut commitment = [0; 32];
        commitment.copy_from_slice(rest);
        let cipher = Aes256Gcm::new_from_slice(key).expect("the key is a constant 32 bytes");
        Self {
            cipher: Box::new(cipher),
            commitment,
        }
    }

    pub(crate) fn commitment(&self) -> [u8; 32] {
        self.commitment
    }

    /// Compares in constant time.
    pub(crate) fn commits_to(&self, commitment: &[u8; 32]) -> bool {
        self.commitment.ct_eq(commitment).into()
    }

    /// Encrypts `plaintext` in place and returns the tag. `None`, and `plaintext` zeroized, if it exceeds AES-GCM's limit of 64 GiB.
    pub(crate) fn seal(
        &self,
        nonce: &[u8; 12],
        aad: &[u8],
        plaintext: &mut [u8],
    ) -> Option<[u8; TAG_LEN]> {
        let nonce = Nonce::from(*nonce);
        let sealed = stack_wipe::with_stack_wiped(|| {
            self.cipher
                .encrypt_inout_detached(&nonce, aad, (&mut *plaintext).into())
        });
        match sealed {
            Ok(tag) => Some(tag.into()),
            Err(_) => {
                plaintext.zeroize();
                None
            }
        }
    }

    /// Decrypts `plaintext` in place; `None` if anything was altered.
    pub(crate) fn open(
        &self,
        nonce: &[u8; 12],
        aad: &[u8],
        plaintext: &mut [u8],
        tag: &[u8; TAG_LEN],
    ) -> Option<()> {
        let (nonce, tag) = (Nonce::from(*nonce), Tag::from(*tag));
        stack_wipe::with_stack_wiped(|| {
            self.cipher
                .decrypt_inout_detached(&nonce, aad, plaintext.into(), &tag)
        })
        .ok()
    }

    /// `aad ‖ AES-256-GCM(padded plaintext)`; `None` if it exceeds AES-GCM's limit of 64 GiB.
    pub(crate) fn seal_padded(
        &self,
        nonce: &[u8; 12],
        aad: &[u8],
        plaintext: &[u8],
    ) -> Option<Vec<u8>> {
        let end = aad.len() + padding::padded_length(plaintext.len());
        // The exact capacity, because a growing vector leaves copies of the plaintext.
        let mut bytes = Vec::with_capacity(end + TAG_LEN);
        bytes.extend_from_slice(aad);
        bytes.extend_from_slice(plaintext);
        bytes.push(padding::MARKER);
        bytes.resize(end, 0);
        let tag = self.seal(nonce, aad, &mut bytes[aad.len()..])?;
        bytes.extend_from_slice(&tag);
        Some(bytes)
    }

    /// Opens what [`SealingKey::seal_padded`] wrote after `aad`; `None` if anything was altered.
    pub(crate) fn open_padded(
        &self,
        nonce: &[u8; 12],
        aad: &[u8],
        sealed: &[u8],
        tag: &[u8; TAG_LEN],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let mut plaintext = Zeroizing::new(sealed.to_vec());
        self.open(nonce, aad, &mut plaintext, tag)?;
        padding::unpad(&mut plaintext)?;
        Some(plaintext)
    }
}

#[cfg(test)]
mod known_answers;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_altered_bit_of_a_commitment_is_detected() {
        let key = SealingKey::derive(&[1; 32], &[2; 32], Purpose::Slot);
        assert!(key.commits_to(&key.commitment()));
        for bit in 0..256 {
            let mut other = key.commitment();
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(!key.commits_to(&other));
        }
    }

    #[test]
    fn purposes_do_not_share_keys() {
        let purposes = [
            Purpose::Payload,
            Purpose::Slot,
            Purpose::Suspended,
            Purpose::StretchedPin,
        ];
        let keys = purposes.map(|purpose| SealingKey::derive(&[1; 32], &[2; 32], purpose));
        for (index, key) in keys.iter().enumerate() {
            let same = keys
                .iter()
                .filter(|other| other.commits_to(&key.commitment()))
                .count();
            assert_eq!(same, 1, "purpose {index}");
        }
    }
}
