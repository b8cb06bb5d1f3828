//! HKDF and AES-256-GCM with a key commitment: the one construction of all that is sealed.

use aes_gcm::aead::AeadInOut;
use aes_gcm::{Aes256Gcm, KeyInit, Nonce, Tag};
use ctutils::CtEq;
use hkdf::HkdfExtract;
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use crate::{padding, stack};

/// What a key is derived for: `info` of HKDF, so that no key serves twice.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Payload,
    Slot,
    Draft,
    StretchedPin,
}

impl Purpose {
    fn info(self) -> &'static [u8] {
        match self {
            Self::Payload => b"trousseau vault 1 payload",
            Self::Slot => b"trousseau vault 1 slot",
            Self::Draft => b"trousseau vault 1 draft",
            Self::StretchedPin => b"trousseau vault 1 stretched pin",
        }
    }
}

/// Bytes of the authentication tag of AES-GCM.
pub(crate) const TAG: usize = 16;

/// `HKDF-SHA-256(material, salt, info, 64 bytes)`: 32 bytes of key, then 32 bytes of commitment.
pub(crate) fn derive_bytes(
    material: &[u8],
    salt: &[u8; 32],
    purpose: Purpose,
) -> Zeroizing<[u8; 64]> {
    let mut derived = Zeroizing::new([0; 64]);
    expand(material, salt, purpose.info(), &mut *derived);
    derived
}

/// `HKDF-SHA-256(material, salt, info, L bytes)` (RFC 5869), L being at most 255 × 32.
pub(crate) fn expand(material: &[u8], salt: &[u8], info: &[u8], derived: &mut [u8]) {
    let mut extract = HkdfExtract::<Sha256>::new(Some(salt));
    extract.input_ikm(material);
    let (mut pseudorandom, hkdf) = extract.finalize();
    pseudorandom.as_mut_slice().zeroize();
    hkdf.expand(info, derived)
        .expect("no caller asks for more than 255 blocks");
}

/// A key that seals one text, and the value that commits to it.
///
/// AES-GCM alone commits to no key: one text can be made to open under two. Whoever compares the commitment first cannot
/// be fooled so.
pub(crate) struct SealingKey {
    cipher: Box<Aes256Gcm>,
    commitment: [u8; 32],
}

impl SealingKey {
    pub(crate) fn derive(material: &[u8], salt: &[u8; 32], purpose: Purpose) -> Self {
        stack::wiped(|| Self::derive_on_stack(material, salt, purpose))
    }

    fn derive_on_stack(material: &[u8], salt: &[u8; 32], purpose: Purpose) -> Self {
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

    /// Seals `text` in place; `None` (and a wiped `text`) beyond the 64 GiB of AES-GCM.
    pub(crate) fn seal(&self, nonce: &[u8; 12], aad: &[u8], text: &mut [u8]) -> Option<[u8; TAG]> {
        let nonce = Nonce::from(*nonce);
        let sealed = stack::wiped(|| {
            self.cipher
                .encrypt_inout_detached(&nonce, aad, (&mut *text).into())
        });
        match sealed {
            Ok(tag) => Some(tag.into()),
            Err(_) => {
                text.zeroize();
                None
            }
        }
    }

    /// Opens `text` in place; `None` if anything was altered.
    pub(crate) fn open(
        &self,
        nonce: &[u8; 12],
        aad: &[u8],
        text: &mut [u8],
        tag: &[u8; TAG],
    ) -> Option<()> {
        let (nonce, tag) = (Nonce::from(*nonce), Tag::from(*tag));
        stack::wiped(|| {
            self.cipher
                .decrypt_inout_detached(&nonce, aad, text.into(), &tag)
        })
        .ok()
    }

    /// `head ‖ AES-256-GCM(padded text)`, all of `head` being additional authenticated data; `None` beyond the 64 GiB.
    pub(crate) fn seal_padded(
        &self,
        nonce: &[u8; 12],
        head: &[u8],
        text: &[u8],
    ) -> Option<Vec<u8>> {
        let end = head.len() + padding::padded_length(text.len());
        // The exact capacity: a vector that grows leaves the text behind.
        let mut bytes = Vec::with_capacity(end + TAG);
        bytes.extend_from_slice(head);
        bytes.extend_from_slice(text);
        bytes.push(padding::MARK);
        bytes.resize(end, 0);
        let tag = self.seal(nonce, head, &mut bytes[head.len()..])?;
        bytes.extend_from_slice(&tag);
        Some(bytes)
    }

    /// The text that [`SealingKey::seal_padded`] put behind `head`; `None` if anything was altered.
    pub(crate) fn open_padded(
        &self,
        nonce: &[u8; 12],
        head: &[u8],
        sealed: &[u8],
        tag: &[u8; TAG],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let mut text = Zeroizing::new(sealed.to_vec());
        self.open(nonce, head, &mut text, tag)?;
        padding::unpad(&mut text)?;
        Some(text)
    }
}

#[cfg(test)]
mod known_answers;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_altered_bit_of_a_commitment_is_seen() {
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
            Purpose::Draft,
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
