//! What is on a disk, read by the crates alone.

use std::collections::BTreeSet;

use trousseau_entries::VaultData;
use trousseau_otp::OtpParams;
use trousseau_vault::{Argon2Params, KdfError, SlotId};

use crate::attempts_file::{ATTEMPTS, counted};
use crate::world::Files;

/// An entry, as far as it can be compared.
pub type Facts = (String, String, String, bool, bool, Option<String>, u32);

/// What is on a disk, read by the crates alone.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    Nothing,
    Unreadable(Vec<u8>),
    Vault {
        entries: Vec<Facts>,
        /// Kind, whether it was there before, and what guessing costs.
        slots: BTreeSet<(String, bool, Option<u32>)>,
        /// Of the device's keys and the first words, those that open it.
        opened_by: BTreeSet<String>,
        /// Wrong attempts that are counted.
        attempts: u64,
    },
}

impl State {
    /// With no more than `most` attempts: the vault itself has none, and one that was target again counts twice.
    pub fn with_attempts_up_to(mut self, most: u64) -> Self {
        if let Self::Vault { attempts, .. } = &mut self {
            *attempts = most.min(*attempts);
        }
        self
    }
}

/// For keys that take no time.
pub fn no_kdf(_: &[u8], _: &[u8; 32], _: Argon2Params, _: &mut [u8; 32]) -> Result<(), KdfError> {
    Err(KdfError::Cost)
}

/// As a text that can be compared.
pub fn id(id: SlotId) -> String {
    format!("{id:?}")
}

/// The slots of a file; none where it is no vault.
pub fn slot_ids(bytes: &[u8]) -> BTreeSet<String> {
    let summary = trousseau_vault::inspect(bytes);
    let slots = summary.map_or(Vec::new(), |summary| summary.slots);
    slots.into_iter().map(|slot| id(slot.id)).collect()
}

/// The wrong attempts that a disk counts.
pub fn attempts(files: &Files) -> u64 {
    files.get(ATTEMPTS).map_or(0, |bytes| {
        counted(bytes).expect("one of its halves is always whole")
    })
}

/// The entries as far as they can be compared.
pub fn facts(entries: &VaultData) -> Vec<Facts> {
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
    let mut facts: Vec<_> = entry.collect();
    facts.sort();
    facts
}
