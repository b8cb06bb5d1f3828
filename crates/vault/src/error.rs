//! One error an operation. They carry numbers, never input.

use thiserror::Error;

use crate::WorkFactor;

/// Why a vault did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The bytes do not begin as a vault does.
    #[error("not a vault")]
    NotAVault,
    /// A vault, but malformed, cut short, or altered: the header breaks a rule of the format, or a slot opened and what
    /// lies behind it did not.
    #[error("the vault is damaged")]
    Damaged,
    /// A vault of a format version that this crate does not read.
    #[error("the vault is of a newer format version")]
    Newer {
        /// Format version of the vault.
        version: u16,
        /// Newest format version that is read.
        supported: u16,
    },
    /// A slot asks for more than [`WorkFactor::CEILING`] or [`WorkFactor::MAX_WORK`]. Nothing was allocated.
    #[error("a slot asks for too much work")]
    CostRefused {
        /// What the slot asks for.
        cost: WorkFactor,
    },
    /// The vault has no slot for a credential of this type.
    #[error("no slot for this type of credential")]
    NoSuchSlot,
    /// The slot of its type did not open with this credential.
    ///
    /// A wrong credential and a slot whose salt, work factor or commitment was altered are indistinguishable by design.
    #[error("the credential was rejected")]
    CredentialRejected,
    /// The key could not be derived from the credential.
    #[error(transparent)]
    Kdf(#[from] KdfError),
}

/// Why nothing was sealed. The vault in memory is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SealError {
    /// The operating system gave no randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// A slot could not be made.
    #[error(transparent)]
    Slot(#[from] SlotError),
    /// The generation is at its end, or the payload is larger than AES-GCM takes (64 GiB).
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
    /// Below [`WorkFactor::FLOOR`], or above [`WorkFactor::CEILING`] or [`WorkFactor::MAX_WORK`]. Nothing was allocated.
    #[error("the work factor is out of bounds")]
    CostRefused {
        /// What was asked for.
        cost: WorkFactor,
    },
    /// A vault has at most one slot of each type.
    #[error("two slots of one type")]
    SameType,
    /// A vault keeps at least one slot: nothing could open it otherwise.
    #[error("the last slot cannot go")]
    NoneLeft,
    /// There is no slot of this type.
    #[error("no such slot")]
    NoSuchSlot,
}

/// Why no key was derived from a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KdfError {
    /// The memory that the work factor asks for is not to be had.
    #[error("not enough memory for the key derivation")]
    Memory,
    /// Argon2id does not take this work factor.
    #[error("the work factor is impossible")]
    Cost,
}

/// Why 12 words are not a recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RecoveryError {
    /// Not 12 words.
    #[error("not 12 words")]
    Count {
        /// How many words there are.
        count: usize,
    },
    /// A word that the list does not have.
    #[error("a word is not of the list")]
    Unknown {
        /// Which word it is, from 1.
        position: usize,
    },
    /// Every word is of the list, but together they are no code: one is wrong or out of place.
    #[error("the words do not belong together")]
    Checksum,
}

/// The operating system gave no randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no randomness to be had")]
pub struct RandomError;
