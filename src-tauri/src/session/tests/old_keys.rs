//! A vault whose keys were replaced, and what somebody writes who has the keys of before.

use trousseau_vault::{self as vault, Credential as Key, Passphrase, UnlockedVault, argon2id};

use super::files::{VAULT, read};
use super::*;

/// New keys, with the passphrase as it is.
pub(super) fn replace_all(fixture: &Fixture) {
    let same = KeyReplacement {
        same: &[Credential::Passphrase],
        passphrase: PASSPHRASE,
        ..KeyReplacement::default()
    };
    replace(&fixture.core, same).unwrap();
    tell(&fixture.core);
}

/// A vault whose keys were replaced, closed, and the file of before.
pub(super) fn with_old_keys() -> (Fixture, Vec<u8>) {
    let (fixture, _) = Fixture::open();
    let old = read(&fixture, VAULT);
    replace_all(&fixture);
    add(&fixture.core, HOTP).unwrap();
    add(&fixture.core, &HOTP.replace("hotp?", "second?")).unwrap();
    tell(&fixture.core);
    fixture.core.lock();
    (fixture, old)
}

/// What somebody with an old copy and its passphrase can write: the entries of then, of any generation.
pub(super) fn forged(old: &[u8], at_least: u64) -> Vec<u8> {
    forged_with(old, at_least, |_| {})
}

/// [`forged`], with other slots or another flag.
pub(super) fn forged_with(
    old: &[u8],
    at_least: u64,
    edit: impl FnOnce(&mut UnlockedVault),
) -> Vec<u8> {
    let passphrase = Key::Passphrase(Passphrase::new(PASSPHRASE));
    let opened = vault::open(old, &passphrase, &argon2id).unwrap();
    let mut forged = opened.vault;
    forged.continue_after(at_least);
    edit(&mut forged);
    forged.seal(&opened.payload).unwrap()
}

/// How many entries the list shows.
pub(super) fn count(fixture: &Fixture) -> usize {
    fixture.core.list_entries(&everything()).unwrap().rows.len()
}
