//! The sealed file: one payload of bytes under a master key, and the master key under one slot for each credential.
//!
//! Bytes come in and go out; this crate knows no files, no clock and no entries. The format is specified in `FORMAT.md`.
//! Randomness comes from the operating system through one function, whose failure is an error of every caller.

mod credential;
mod draft;
mod error;
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
mod stack;
mod vault;
#[cfg(test)]
mod vector;

pub use credential::{Credential, DeviceKey, Passphrase, SlotKind};
pub use error::{KdfError, OpenError, RandomError, RecoveryError, SealError, SlotError};
pub use header::{SlotId, SlotInfo, Summary, VaultId};
pub use kdf::{Kdf, WorkFactor, argon2id};
pub use keys::{NewSlot, Prepared, SlotUse, prepare};
pub use mark::{Judgement, Mark, MarkSecret, judge};
pub use pin::StretchedPin;
pub use recovery::RecoveryCode;
pub use vault::{OpenVault, Opened, create, inspect, open};

/// The format version that is written, and the newest that is read.
pub const VERSION: u16 = 1;
