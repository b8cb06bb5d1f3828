//! Parses and writes the bytes before the sealed payload: magic, version, header length and header. The header is canonical JSON.

use std::fmt;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::padding::STEP;
use crate::sealing::TAG_LEN;
use crate::slot::Slot;
use crate::{Argon2Params, OpenError, SlotKind, VERSION};

const MAGIC: &[u8; 10] = b"TROUSSEAU\n";
/// The length of magic, version (2 bytes) and header length (4 bytes), both big-endian.
const PRELUDE: usize = MAGIC.len() + 2 + 4;
const MAX_HEADER: usize = 64 * 1024;

/// `N` bytes as lower-case hex.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Hex<const N: usize>(pub(crate) [u8; N]);

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&HEXLOWER.encode(&self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut bytes = [0; N];
        if text.len() != 2 * N || HEXLOWER.decode_mut(text.as_bytes(), &mut bytes).is_err() {
            return Err(de::Error::custom("lower-case hex"));
        }
        Ok(Self(bytes))
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub(crate) Hex<$bytes>);

        impl $name {
            /// The bytes.
            pub fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0.0
            }

            /// Parses what [`fmt::Display`] writes; `None` for other texts.
            pub fn parse(text: &str) -> Option<Self> {
                let mut bytes = [0; $bytes];
                let is_whole = text.len() == 2 * $bytes;
                let decoded = is_whole.then(|| HEXLOWER.decode_mut(text.as_bytes(), &mut bytes));
                matches!(decoded, Some(Ok(_))).then_some(Self(Hex(bytes)))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&HEXLOWER.encode(&self.0.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

id! {
    /// The random id of a vault, the same in all its generations. Not secret; displayed as lower-case hex.
    VaultId, 16
}
id! {
    /// The random id of a slot, unique in its vault. Not secret; displayed as lower-case hex.
    SlotId, 8
}

/// The header. The order of the fields is that of the format.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub(crate) generation: u64,
    pub(crate) vault: VaultId,
    #[serde(rename = "replace_backup")]
    pub(crate) previous_is_stale: bool,
    pub(crate) aead: Aead,
    pub(crate) salt: Hex<32>,
    pub(crate) nonce: Hex<12>,
    pub(crate) commitment: Hex<32>,
    pub(crate) slots: Vec<Slot>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Aead {
    #[serde(rename = "aes-256-gcm")]
    Aes256Gcm,
}

/// What is known of a vault without opening it. It is not authenticated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VaultInfo {
    /// The format version.
    pub version: u16,
    /// The generation, which grows with every save.
    pub generation: u64,
    /// The vault's id.
    pub vault: VaultId,
    /// Whether the previous generation, which the app keeps beside the vault, must be replaced by this one. See
    /// [`UnlockedVault::set_previous_stale`](crate::UnlockedVault::set_previous_stale).
    pub previous_is_stale: bool,
    /// The slots, in the order of the file.
    pub slots: Vec<SlotInfo>,
}

/// What is known of a slot without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotInfo {
    /// The slot's id.
    pub id: SlotId,
    /// The type of its credential.
    pub kind: SlotKind,
    /// The parameters of Argon2id; `None` if the credential is random.
    pub cost: Option<Argon2Params>,
}

impl From<&Slot> for SlotInfo {
    fn from(slot: &Slot) -> Self {
        Self {
            id: slot.id,
            kind: slot.kind,
            cost: slot.kdf.cost(),
        }
    }
}

/// The parts of a vault file, not decrypted.
pub(crate) struct RawVault<'a> {
    pub(crate) header: Header,
    /// All bytes before the sealed payload: the additional authenticated data (AAD).
    pub(crate) aad: &'a [u8],
    pub(crate) sealed: &'a [u8],
    pub(crate) tag: [u8; TAG_LEN],
}

impl<'a> RawVault<'a> {
    /// Checks the version before the rest, so that a file of any newer version gives [`OpenError::UnsupportedVersion`].
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, OpenError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(OpenError::NotAVault)?;
        let (version, rest) = rest.split_first_chunk().ok_or(OpenError::Damaged)?;
        match u16::from_be_bytes(*version) {
            VERSION => {}
            0 => return Err(OpenError::Damaged),
            version => {
                return Err(OpenError::UnsupportedVersion {
                    version,
                    supported: VERSION,
                });
            }
        }
        let (length, rest) = rest.split_first_chunk().ok_or(OpenError::Damaged)?;
        let length = u32::from_be_bytes(*length) as usize;
        if length > MAX_HEADER || length > rest.len() {
            return Err(OpenError::Damaged);
        }
        let (json, body) = rest.split_at(length);
        let (sealed, tag) = body
            .split_last_chunk::<TAG_LEN>()
            .ok_or(OpenError::Damaged)?;
        if sealed.is_empty() || sealed.len() % STEP != 0 {
            return Err(OpenError::Damaged);
        }
        let header = Header::parse(json)?;
        Ok(Self {
            header,
            aad: &bytes[..PRELUDE + length],
            sealed,
            tag: *tag,
        })
    }
}

impl Header {
    fn parse(json: &[u8]) -> Result<Self, OpenError> {
        let header: Self = serde_json::from_slice(json).map_err(|_| OpenError::Damaged)?;
        // Only the canonical JSON is accepted: no white space, no escapes, no other order, no repeated fields.
        if header.to_json() != json || !header.is_well_formed() {
            return Err(OpenError::Damaged);
        }
        let excessive = |cost: &Argon2Params| cost.exceeds_max();
        match header
            .slots
            .iter()
            .filter_map(|slot| slot.kdf.cost())
            .find(excessive)
        {
            Some(cost) => Err(OpenError::CostRefused { cost }),
            None => Ok(header),
        }
    }

    fn is_well_formed(&self) -> bool {
        let slots = &self.slots;
        // At most one slot of each type, so that no file can make an unlock slow by many slots.
        let distinct = |(index, slot): (usize, &Slot)| {
            let mut before = slots[..index].iter();
            before.all(|other| other.id != slot.id && other.kind != slot.kind)
        };
        let kdf_fits_type = |slot: &Slot| match slot.kdf.cost() {
            Some(cost) => slot.kind.is_stretched() && cost.is_valid(),
            None => !slot.kind.is_stretched(),
        };
        self.generation >= 1
            && !slots.is_empty()
            && slots.iter().enumerate().all(distinct)
            && slots.iter().all(kdf_fits_type)
    }

    /// Magic, version, header length and header.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let json = self.to_json();
        let length = u32::try_from(json.len()).expect("5 slots are far below 4 GiB");
        let mut bytes = Vec::with_capacity(PRELUDE + json.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_be_bytes());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&json);
        bytes
    }

    fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("plain fields always serialise")
    }

    pub(crate) fn info(&self) -> VaultInfo {
        VaultInfo {
            version: VERSION,
            generation: self.generation,
            vault: self.vault,
            previous_is_stale: self.previous_is_stale,
            slots: self.slots.iter().map(SlotInfo::from).collect(),
        }
    }
}
