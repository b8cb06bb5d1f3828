//! A slot: the master key, sealed with a key derived from its credential.

use ctutils::CtEq;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::header::{Hex, SlotId, VaultId};
use crate::sealing::{Purpose, SealingKey, TAG_LEN};
use crate::{
    Argon2Params, Credential, Kdf, NewSlot, OpenError, RandomError, SlotError, SlotKind,
    StretchedPin, random,
};

/// The key that seals the payload. Every slot contains a copy.
#[derive(Clone)]
pub(crate) struct MasterKey(Box<[u8; 32]>);

impl MasterKey {
    pub(crate) fn generate() -> Result<Self, RandomError> {
        let mut key = Self(Box::new([0; 32]));
        random::fill(&mut *key.0)?;
        Ok(key)
    }

    pub(crate) fn derive_sealing_key(&self, salt: &[u8; 32], purpose: Purpose) -> SealingKey {
        SealingKey::derive(&*self.0, salt, purpose)
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Compares in constant time.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        self.0.ct_eq(&*other.0).into()
    }
}

impl Drop for MasterKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A slot in the header.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slot {
    pub(crate) id: SlotId,
    #[serde(rename = "type")]
    pub(crate) kind: SlotKind,
    pub(crate) kdf: SlotKdf,
    salt: Hex<32>,
    nonce: Hex<12>,
    commitment: Hex<32>,
    key: Hex<{ 32 + TAG_LEN }>,
}

/// The KDF that turns a slot's credential into keying material.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "name", deny_unknown_fields)]
pub(crate) enum SlotKdf {
    #[serde(rename = "argon2id")]
    Argon2id {
        memory_kib: u32,
        passes: u32,
        lanes: u32,
    },
    /// HKDF only, because the credential is random.
    #[serde(rename = "hkdf-sha-256")]
    Hkdf {},
}

impl SlotKdf {
    fn new(cost: Option<Argon2Params>) -> Self {
        match cost {
            Some(Argon2Params {
                memory_kib,
                passes,
                lanes,
            }) => Self::Argon2id {
                memory_kib,
                passes,
                lanes,
            },
            None => Self::Hkdf {},
        }
    }

    pub(crate) fn cost(self) -> Option<Argon2Params> {
        match self {
            Self::Argon2id {
                memory_kib,
                passes,
                lanes,
            } => Some(Argon2Params {
                memory_kib,
                passes,
                lanes,
            }),
            Self::Hkdf {} => None,
        }
    }
}

/// The additional authenticated data of a slot, as compact JSON.
#[derive(Serialize)]
struct SlotAad<'a> {
    vault: &'a VaultId,
    id: &'a SlotId,
    #[serde(rename = "type")]
    kind: SlotKind,
    kdf: SlotKdf,
    salt: &'a Hex<32>,
}

impl Slot {
    /// Seals `master` in a new slot with a new id. Also returns Argon2id's output, if `new` is a typed PIN.
    pub(crate) fn seal(
        vault: &VaultId,
        master: &MasterKey,
        new: NewSlot<'_>,
        kdf: &Kdf<'_>,
    ) -> Result<(Self, Option<StretchedPin>), SlotError> {
        match new.cost() {
            Some(cost) if cost.is_below_min() || cost.exceeds_max() || !cost.is_valid() => {
                Err(SlotError::CostRefused { cost })
            }
            _ => Self::seal_unchecked(vault, master, new, kdf),
        }
    }

    /// [`Slot::seal`] without the check of the cost, which tests set too low.
    pub(crate) fn seal_unchecked(
        vault: &VaultId,
        master: &MasterKey,
        new: NewSlot<'_>,
        kdf: &Kdf<'_>,
    ) -> Result<(Self, Option<StretchedPin>), SlotError> {
        let mut slot = Self {
            id: SlotId(Hex(random::generate()?)),
            kind: new.kind(),
            kdf: SlotKdf::new(new.cost()),
            salt: Hex(match new.salt() {
                Some(salt) => *salt,
                None => random::generate()?,
            }),
            nonce: Hex(random::generate()?),
            commitment: Hex([0; 32]),
            key: Hex([0; 32 + TAG_LEN]),
        };
        let derived = new.derive_keying_material(&slot.salt.0, kdf)?;
        let wrapping = SealingKey::derive(&derived.material, &slot.salt.0, Purpose::Slot);
        slot.commitment = Hex(wrapping.commitment());
        let aad = slot.aad(vault);
        let (text, tag) = slot.key.0.split_at_mut(32);
        text.copy_from_slice(&*master.0);
        let sealed = wrapping
            .seal(&slot.nonce.0, &aad, text)
            .expect("32 bytes are within AES-GCM");
        tag.copy_from_slice(&sealed);
        Ok((slot, derived.stretched_pin))
    }

    /// The master key, and Argon2id's output if the credential is a PIN; `None` if `credential` is not this slot's.
    ///
    /// # Errors
    /// [`OpenError::Damaged`] if the credential is right and the sealed key was altered.
    pub(crate) fn open(
        &self,
        vault: &VaultId,
        credential: &Credential,
        kdf: &Kdf<'_>,
    ) -> Result<Option<(MasterKey, Option<StretchedPin>)>, OpenError> {
        let cost = self.kdf.cost().unwrap_or(Argon2Params::DEFAULT);
        let derived = credential.derive_keying_material(&self.salt.0, cost, kdf)?;
        let master = self.open_with(vault, &derived.material)?;
        Ok(master.map(|master| (master, derived.stretched_pin)))
    }

    /// [`Slot::open`] with the keying material of a credential.
    pub(crate) fn open_with(
        &self,
        vault: &VaultId,
        material: &[u8],
    ) -> Result<Option<MasterKey>, OpenError> {
        let wrapping = SealingKey::derive(material, &self.salt.0, Purpose::Slot);
        if !wrapping.commits_to(&self.commitment.0) {
            return Ok(None);
        }
        let mut master = MasterKey(Box::new([0; 32]));
        let (text, rest) = self.key.0.split_at(32);
        let mut tag = [0; TAG_LEN];
        tag.copy_from_slice(rest);
        master.0.copy_from_slice(text);
        wrapping
            .open(&self.nonce.0, &self.aad(vault), &mut *master.0, &tag)
            .ok_or(OpenError::Damaged)?;
        Ok(Some(master))
    }

    pub(crate) fn salt(&self) -> &[u8; 32] {
        &self.salt.0
    }

    /// The additional authenticated data: ids of vault and slot, type, KDF and salt.
    pub(crate) fn aad(&self, vault: &VaultId) -> Vec<u8> {
        let Self {
            id,
            kind,
            kdf,
            salt,
            ..
        } = self;
        let aad = SlotAad {
            vault,
            id,
            kind: *kind,
            kdf: *kdf,
            salt,
        };
        serde_json::to_vec(&aad).expect("plain fields always serialise")
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(MasterKey: Debug, Display, Serialize);
    assert_not_impl_any!(SealingKey: Debug, Display, Serialize, Clone);
}
