//! What somebody tries who has old keys, the folder or the open app, and what a store or a lock does at the worst moment.

use trousseau_entries::VaultData;
use trousseau_vault::{
    self as vault, Argon2Params, Credential as Key, Mark, Passphrase, RecoveryCode, argon2id,
};

use super::credentials::{PIN, with_pin};
use super::files::{BACKUP, VAULT, generation, read, write};
use super::old_keys::{count, forged, forged_with, replace_all, with_old_keys};
use super::*;
use crate::session::WantedCredentials;
use crate::session::comparison::Standing;

mod device;
mod files;
mod meanwhile;

const OTHER: &str = "quatre clés de laiton";
const OTHER_PIN: &str = "271828";
const WORDS: &str = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";

/// Whoever keeps the second access code's secret, or the first where there is none, waits here, before and after.
fn wait_after_pin_is_kept(fixture: &Fixture, already: usize) -> Arc<std::sync::Barrier> {
    let barrier = Arc::new(std::sync::Barrier::new(2));
    let (there, once) = (
        Arc::clone(&barrier),
        std::sync::atomic::AtomicBool::new(false),
    );
    fixture.secret_store.memory().watcher = Some(Arc::new(move |kept| {
        let pins = kept
            .keys()
            .filter(|item| item.purpose == SecretPurpose::Pin)
            .count();
        if pins > already && !once.swap(true, Ordering::AcqRel) {
            there.wait();
            there.wait();
        }
    }));
    barrier
}

fn mark_of(fixture: &Fixture, file: &[u8]) -> Option<Mark> {
    let item = SecretId::without_slot(vault::inspect(file).unwrap().vault, SecretPurpose::Mark);
    Mark::parse(fixture.secret_store.memory().kept.get(&item)?)
}

/// Header bytes are not authenticated before a slot opens: swap one text for another of the same length.
fn swapped(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = file
        .windows(from.len())
        .position(|w| w == from.as_bytes())
        .unwrap();
    let mut file = file.to_vec();
    file[at..at + to.len()].copy_from_slice(to.as_bytes());
    file
}
