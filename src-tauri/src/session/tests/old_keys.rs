//! A vault whose keys were replaced, and what somebody writes who has the keys of before.

use trousseau_vault::{self as vault, Credential as Key, Passphrase, UnlockedVault, argon2id};

use super::files::{VAULT, read};
use super::*;

/// New keys, with the passphrase as it is.
pub(super) fn replace_all(bench: &Bench) {
    let same = Ways {
        same: &[Credential::Passphrase],
        passphrase: PASSPHRASE,
        ..Ways::default()
    };
    replace(&bench.core, same).unwrap();
    tell(&bench.core);
}

/// A vault whose keys were replaced, closed, and the file of before.
pub(super) fn with_old_keys() -> (Bench, Vec<u8>) {
    let (bench, _) = Bench::open();
    let old = read(&bench, VAULT);
    replace_all(&bench);
    add(&bench.core, HOTP).unwrap();
    add(&bench.core, &HOTP.replace("hotp?", "second?")).unwrap();
    tell(&bench.core);
    bench.core.lock();
    (bench, old)
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
pub(super) fn count(bench: &Bench) -> usize {
    bench.core.view(&everything()).unwrap().rows.len()
}
