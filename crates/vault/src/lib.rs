//! The sealed vault file: a payload encrypted with a master key, and slots that each wrap the master key for one credential.
//!
//! Works on bytes: no file access, no clock, no knowledge of entries. `FORMAT.md` specifies the format.
//! Randomness comes from the operating system through one function; if it fails, the operation returns [`RandomError`].

mod credential;
mod error;
#[cfg(test)]
mod golden_tests;
mod header;
mod kdf;
mod keys;
mod mark;
mod padding;
mod pin;
mod random;
mod recovery;
mod sealing;
mod slot;
mod stack_wipe;
mod suspended;
mod vault;

pub use credential::{Credential, DeviceKey, Passphrase, SlotKind};
pub use error::{KdfError, OpenError, RandomError, RecoveryError, SealError, SlotError};
pub use header::{SlotId, SlotInfo, VaultId, VaultInfo};
pub use kdf::{Argon2Params, Kdf, argon2id};
pub use keys::{NewSlot, Prepared, SlotUse, prepare};
pub use mark::{Judgement, Mark, MarkSecret, judge};
pub use pin::StretchedPin;
pub use recovery::RecoveryCode;
pub use vault::{OpenOutcome, UnlockedVault, create, inspect, open};

/// The format version that is written, and the newest one that is read.
pub const VERSION: u16 = 1;
