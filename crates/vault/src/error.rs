//! One error type for each operation. Errors contain numbers, never input.

use thiserror::Error;

use crate::Argon2Params;

/// Why a vault did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The bytes do not begin with the vault's magic.
    #[error("not a vault")]
    NotAVault,
    /// The vault is malformed, truncated or altered: the header breaks a rule of the format, or the slot opened but the
    /// payload did not.
    #[error("the vault is damaged")]
    Damaged,
    /// The format version is newer than this crate reads.
    #[error("the vault is of a newer format version")]
    UnsupportedVersion {
        /// The format version of the vault.
        version: u16,
        /// The newest version that is read.
        supported: u16,
    },
    /// A slot exceeds [`Argon2Params::MAX`] or [`Argon2Params::MAX_WORK`]. Nothing was allocated.
    #[error("a slot asks for too much work")]
    CostRefused {
        /// The parameters of the slot.
        cost: Argon2Params,
    },
    /// The vault has no slot for a credential of this type.
    #[error("no slot for this type of credential")]
    NoSuchSlot,
    /// The slot of this type did not open with this credential.
    ///
    /// A wrong credential and a slot with an altered salt, Argon2 parameter or commitment are indistinguishable by design.
    #[error("the credential was rejected")]
    CredentialRejected,
    /// The key could not be derived from the credential.
    #[error(transparent)]
    Kdf(#[from] KdfError),
}

/// Why sealing failed. The vault in memory is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SealError {
    /// The operating system gave no randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// A slot could not be created.
    #[error(transparent)]
    Slot(#[from] SlotError),
    /// The generation is `u64::MAX`, or the payload is larger than AES-GCM allows (64 GiB).
    #[error("a limit of the format is reached")]
    Exhausted,
}

/// Why the slots did not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SlotError {
    /// The operating system gave no randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The key could not be derived from the credential.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// Below [`Argon2Params::MIN`], or above [`Argon2Params::MAX`] or [`Argon2Params::MAX_WORK`]. Nothing was allocated.
    #[error("the work factor is out of bounds")]
    CostRefused {
        /// The requested parameters.
        cost: Argon2Params,
    },
    /// Two slots of one type; a vault has at most one of each.
    #[error("two slots of one type")]
    DuplicateType,
    /// The last slot cannot be removed, because nothing could open the vault without it.
    #[error("the last slot cannot go")]
    LastSlot,
    /// There is no slot of this type.
    #[error("no such slot")]
    NoSuchSlot,
}

/// Why the key derivation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KdfError {
    /// The memory that the parameters require is not available.
    #[error("not enough memory for the key derivation")]
    Memory,
    /// The parameters are invalid for Argon2id.
    #[error("the work factor is impossible")]
    Cost,
}

/// Why a text is not a recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RecoveryError {
    /// Not 12 words.
    #[error("not 12 words")]
    Count {
        /// The number of words.
        count: usize,
    },
    /// A word is not in the BIP-39 English word list.
    #[error("a word is not of the list")]
    Unknown {
        /// The position of the word, from 1.
        position: usize,
    },
    /// All words are in the list, but the checksum is wrong: a word is wrong, or the order is.
    #[error("the words do not belong together")]
    Checksum,
}

/// The operating system gave no randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no randomness to be had")]
pub struct RandomError;
