//! What opens the vault: set, changed, taken away, on a device that keeps secrets and on one that does not.

use super::*;
use crate::platform::secret_store::SecretPurpose;

pub(super) const PIN: &str = "314159";

/// An open vault under an access code.
pub(super) fn with_pin() -> (Bench, Vec<String>) {
    let bench = Bench::new();
    let words = bench.core.create_vault(Credential::Pin, PIN).unwrap();
    add(&bench.core, URI).unwrap();
    (bench, words.words)
}

pub(super) fn ways(bench: &Bench) -> Vec<Credential> {
    bench.core.status().unwrap().ways
}

pub(super) fn opens(bench: &Bench, kind: Credential, text: &str) -> bool {
    let opened = bench.core.unlock(kind, text).is_ok();
    bench.core.lock();
    opened
}

/// Whether the previous generation, put in the vault's place, opens.
fn old_copy_opens(
    bench: &Bench,
    secret_store: &MemorySecretStore,
    kind: Credential,
    text: &str,
) -> bool {
    let other = tempfile::tempdir().unwrap();
    let copy = other.path().join("vault.trousseau");
    std::fs::copy(bench.file("vault.trousseau.bak"), copy).unwrap();
    let core = core(other.path(), &bench.clock, &bench.clipboard, secret_store);
    core.unlock(kind, text).is_ok()
}

#[test]
fn an_access_code_opens_with_its_device_and_nowhere_else() {
    let (bench, _) = with_pin();
    let bench = bench.restart();
    assert_eq!(ways(&bench), [Credential::Pin, Credential::Recovery]);
    let wrong = bench.core.unlock(Credential::Pin, "271828");
    assert_eq!(code(wrong), ErrorCode::CredentialRejected);
    assert!(opens(&bench, Credential::Pin, PIN));
    let copied = |secret_store: &MemorySecretStore| {
        let other = tempfile::tempdir().unwrap();
        std::fs::copy(
            bench.file("vault.trousseau"),
            other.path().join("vault.trousseau"),
        )
        .unwrap();
        let core = core(other.path(), &bench.clock, &bench.clipboard, secret_store);
        core.unlock(Credential::Pin, PIN)
    };
    assert_eq!(
        code(copied(&MemorySecretStore::default())),
        ErrorCode::DeviceSecretGone
    );
    assert_eq!(
        code(copied(&MemorySecretStore::absent())),
        ErrorCode::DeviceStoreAbsent
    );
    // Another secret in its place is none either.
    let foreign = MemorySecretStore::default();
    for (item, _) in bench.secret_store.memory().kept.iter() {
        foreign.memory().kept.insert(*item, vec![7; 32]);
    }
    assert_eq!(code(copied(&foreign)), ErrorCode::CredentialRejected);
}

#[test]
fn without_a_store_there_is_a_passphrase_and_no_code() {
    let bench = Bench::new();
    bench.secret_store.memory().absent = true;
    bench.core.look_at_device();
    for kind in [Credential::Pin, Credential::Device] {
        let refused = bench.core.create_vault(kind, PIN);
        assert_eq!(code(refused), ErrorCode::DeviceStoreAbsent);
        assert_eq!(bench.phase(), Phase::NoVault);
    }
    assert!(!bench.core.status().unwrap().device_keeps_secrets);
    bench
        .core
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
}

#[test]
fn no_code_at_all_opens_on_this_device_and_proves_only_where_nothing_else_can() {
    let bench = Bench::new();
    bench.core.create_vault(Credential::Device, "").unwrap();
    let bench = bench.restart();
    bench.core.unlock(Credential::Device, "").unwrap();
    bench.core.prove(Credential::Device, "").unwrap();
    let set = bench
        .core
        .set_credential(Credential::Passphrase, PASSPHRASE);
    assert_eq!(code(set), ErrorCode::KeysToReplace);
    let first = Ways {
        same: &[Credential::Recovery],
        new: &[Credential::Passphrase],
        passphrase: PASSPHRASE,
        ..Ways::default()
    };
    replace(&bench.core, first).unwrap();
    assert_eq!(ways(&bench), [Credential::Passphrase, Credential::Recovery]);
    tell(&bench.core);
    assert!(
        bench
            .secret_store
            .memory()
            .kept
            .keys()
            .all(|item| item.role != SecretPurpose::Device)
    );
    assert_eq!(
        code(bench.core.prove(Credential::Device, "")),
        ErrorCode::CredentialRejected
    );
    bench.core.lock();
    assert!(!opens(&bench, Credential::Device, ""));
    assert!(opens(&bench, Credential::Passphrase, PASSPHRASE));
}

#[test]
fn a_changed_credential_opens_neither_the_vault_nor_its_copy() {
    let (bench, _) = with_pin();
    bench
        .core
        .set_credential(Credential::Pin, "271828")
        .unwrap();
    bench.core.lock();
    assert!(!opens(&bench, Credential::Pin, PIN));
    assert!(!old_copy_opens(
        &bench,
        &bench.secret_store,
        Credential::Pin,
        PIN
    ));
    assert!(opens(&bench, Credential::Pin, "271828"));
    assert!(old_copy_opens(
        &bench,
        &bench.secret_store,
        Credential::Pin,
        "271828"
    ));
}

#[test]
fn a_removed_credential_opens_neither_and_the_last_stays() {
    let (bench, _) = with_pin();
    let core = &bench.core;
    assert_eq!(
        code(core.remove_credential(Credential::Pin)),
        ErrorCode::LastCredential
    );
    core.set_credential(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    core.remove_credential(Credential::Pin).unwrap();
    assert_eq!(ways(&bench), [Credential::Passphrase, Credential::Recovery]);
    core.lock();
    assert!(!opens(&bench, Credential::Pin, PIN));
    let device = &bench.secret_store;
    assert!(!old_copy_opens(&bench, device, Credential::Pin, PIN));
    assert!(opens(&bench, Credential::Passphrase, PASSPHRASE));
}

#[test]
fn changing_what_opens_asks_again() {
    let (bench, _) = with_pin();
    bench.pass(31_000);
    let core = &bench.core;
    for refused in [
        core.set_credential(Credential::Passphrase, PASSPHRASE),
        core.remove_credential(Credential::Recovery),
        core.draft_words().map(drop),
    ] {
        assert_eq!(code(refused), ErrorCode::ReauthRequired);
    }
    core.prove(Credential::Pin, PIN).unwrap();
    core.set_credential(Credential::Passphrase, PASSPHRASE)
        .unwrap();
}

#[test]
fn the_recovery_words_lead_to_a_new_credential() {
    let (bench, words) = with_pin();
    let bench = bench.restart();
    let opened = bench
        .core
        .unlock(Credential::Recovery, &words.join(" "))
        .unwrap();
    assert!(opened.new_credential_due);
    // However long it takes to think of one.
    bench.pass(200_000);
    bench
        .core
        .set_credential(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    let status = bench.core.status().unwrap();
    assert!(!status.new_credential_due);
    assert_eq!(status.ways, [Credential::Passphrase, Credential::Recovery]);
    assert_eq!(
        code(bench.core.set_credential(Credential::Pin, PIN)),
        ErrorCode::ReauthRequired
    );
    bench.core.lock();
    assert!(
        !opens(&bench, Credential::Pin, PIN),
        "what was lost stays lost"
    );
}

#[test]
fn the_cost_is_told_and_can_be_raised() {
    let (bench, _) = with_pin();
    let told = |bench: &Bench| {
        bench.core.protection().unwrap().credentials[0]
            .cost
            .unwrap()
    };
    assert_eq!((told(&bench).memory_mib, told(&bench).passes), (64, 3));
    assert_eq!(
        code(bench.core.set_cost(Credential::Pin, "271828", 128)),
        ErrorCode::CredentialRejected
    );
    assert_eq!(
        code(bench.core.set_cost(Credential::Pin, PIN, 12)),
        ErrorCode::SettingOutOfRange
    );
    bench.core.set_cost(Credential::Pin, PIN, 128).unwrap();
    assert_eq!(told(&bench).memory_mib, 128);
    bench.core.lock();
    assert!(opens(&bench, Credential::Pin, PIN));
}

#[test]
fn an_older_vault_in_the_place_of_a_newer_is_noticed_until_it_is_accepted() {
    let (bench, _) = with_pin();
    let old = std::fs::read(bench.file("vault.trousseau")).unwrap();
    add(&bench.core, HOTP).unwrap();
    tell(&bench.core);
    let bench = bench.restart();
    assert!(bench.core.unlock(Credential::Pin, PIN).unwrap().behind == 0);
    bench.core.lock();
    std::fs::write(bench.file("vault.trousseau"), old).unwrap();
    let bench = bench.restart();
    assert!(bench.core.unlock(Credential::Pin, PIN).unwrap().behind > 0);
    bench.core.tick();
    bench.core.accept_rollback().unwrap();
    assert!(bench.core.status().unwrap().behind == 0);
}

#[test]
fn a_refused_credential_leaves_what_opens_as_it_was() {
    let (bench, _) = with_pin();
    let before = bench.secret_store.memory().kept.clone();
    for (kind, text) in [(Credential::Pin, "12"), (Credential::Pin, "111111")] {
        assert!(bench.core.set_credential(kind, text).is_err());
    }
    assert_eq!(bench.secret_store.memory().kept, before);
    // The disk refuses: the code that was there still opens, with the key that was there.
    std::fs::create_dir(bench.file("vault.trousseau.new")).unwrap();
    assert!(
        bench
            .core
            .set_credential(Credential::Pin, "271828")
            .is_err()
    );
    let kept = bench.secret_store.memory().kept.clone();
    assert!(before.iter().all(|(item, key)| kept.get(item) == Some(key)));
    std::fs::remove_dir(bench.file("vault.trousseau.new")).unwrap();
    bench.core.lock();
    assert!(opens(&bench, Credential::Pin, PIN));
}

#[test]
fn a_passphrase_stays_beside_no_code_at_all_and_can_be_changed_there() {
    let bench = Bench::new();
    let core = &bench.core;
    core.create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    core.set_credential(Credential::Device, "").unwrap();
    let all = [
        Credential::Passphrase,
        Credential::Device,
        Credential::Recovery,
    ];
    assert_eq!(ways(&bench), all);
    let changed = Ways {
        same: &[Credential::Device, Credential::Recovery],
        new: &[Credential::Passphrase],
        passphrase: "une autre phrase",
        ..Ways::default()
    };
    replace(core, changed).unwrap();
    assert_eq!(ways(&bench), all);
    let removed = Ways {
        new: &[],
        ..changed
    };
    replace(core, removed).unwrap();
    assert_eq!(ways(&bench), [Credential::Device, Credential::Recovery]);
    core.lock();
    assert!(opens(&bench, Credential::Device, ""));
}
