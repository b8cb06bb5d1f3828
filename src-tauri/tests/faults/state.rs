//! What is on a disk, read with the crates only, without the app.

use std::collections::BTreeSet;

use trousseau_entries::VaultData;
use trousseau_otp::OtpParams;
use trousseau_vault::{Argon2Params, KdfError, SlotId};

use crate::attempts_file::{ATTEMPTS, counted};
use crate::test_device::Files;

/// The fields of an entry that can be compared.
pub type EntryFields = (String, String, String, bool, bool, Option<String>, u32);

/// What is on a disk, read with the crates only.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    Nothing,
    Unreadable(Vec<u8>),
    Vault {
        entries: Vec<EntryFields>,
        /// Of each slot: its kind, whether it existed before, and its KDF memory.
        slots: BTreeSet<(String, bool, Option<u32>)>,
        /// Which of the device's keys and the first recovery words open it.
        opened_by: BTreeSet<String>,
        /// Number of counted wrong attempts.
        attempts: u64,
    },
}

impl State {
    /// Limits the attempts to `most`: the vault itself has none, and an operation that was retried counts
    /// twice.
    pub fn with_attempts_up_to(mut self, most: u64) -> Self {
        if let Self::Vault { attempts, .. } = &mut self {
            *attempts = most.min(*attempts);
        }
        self
    }
}

/// A KDF for files whose keys need none.
pub fn no_kdf(_: &[u8], _: &[u8; 32], _: Argon2Params, _: &mut [u8; 32]) -> Result<(), KdfError> {
    Err(KdfError::Cost)
}

/// The id as text, which can be compared.
pub fn id(id: SlotId) -> String {
    format!("{id:?}")
}

/// The ids of the slots in a file; empty if it is no vault.
pub fn slot_ids(bytes: &[u8]) -> BTreeSet<String> {
    let summary = trousseau_vault::inspect(bytes);
    let slots = summary.map_or(Vec::new(), |summary| summary.slots);
    slots.into_iter().map(|slot| id(slot.id)).collect()
}

/// The number of wrong attempts counted on a disk.
pub fn attempts(files: &Files) -> u64 {
    files.get(ATTEMPTS).map_or(0, |bytes| {
        counted(bytes).expect("one of its halves is always complete")
    })
}

/// The fields of all entries, sorted.
pub fn entry_fields(entries: &VaultData) -> Vec<EntryFields> {
    let entry = entries.iter().map(|entry| {
        let counter = match entry.otp() {
            Some((_, OtpParams::Hotp { counter, .. })) => Some(counter.to_string()),
            _ => None,
        };
        (
            entry.issuer.clone(),
            entry.account.clone(),
            entry.note.to_string(),
            entry.favourite,
            entry.trashed.is_some(),
            counter,
            entry.use_count,
        )
    });
    let mut entry_fields: Vec<_> = entry.collect();
    entry_fields.sort();
    entry_fields
}
