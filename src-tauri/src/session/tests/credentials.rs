//! What opens the vault: set, changed, taken away, on a device that keeps secrets and on one that does not.

use super::*;
use crate::platform::secret_store::SecretPurpose;

pub(super) const PIN: &str = "314159";

/// An open vault under an access code.
pub(super) fn with_pin() -> (Fixture, Vec<String>) {
    let fixture = Fixture::new();
    let words = fixture.core.create_vault(Credential::Pin, PIN).unwrap();
    add(&fixture.core, URI).unwrap();
    (fixture, words.words)
}

pub(super) fn credentials_of(fixture: &Fixture) -> Vec<Credential> {
    fixture.core.status().unwrap().credentials
}

pub(super) fn opens(fixture: &Fixture, kind: Credential, text: &str) -> bool {
    let opened = fixture.core.unlock(kind, text).is_ok();
    fixture.core.lock();
    opened
}

/// Whether the previous generation, put in the vault's place, opens.
fn old_copy_opens(
    fixture: &Fixture,
    secret_store: &MemorySecretStore,
    kind: Credential,
    text: &str,
) -> bool {
    let other = tempfile::tempdir().unwrap();
    let copy = other.path().join("vault.trousseau");
    std::fs::copy(fixture.file("vault.trousseau.bak"), copy).unwrap();
    let core = core(
        other.path(),
        &fixture.clock,
        &fixture.clipboard,
        secret_store,
    );
    core.unlock(kind, text).is_ok()
}

#[test]
fn an_access_code_opens_with_its_device_and_nowhere_else() {
    let (fixture, _) = with_pin();
    let fixture = fixture.restart();
    assert_eq!(
        credentials_of(&fixture),
        [Credential::Pin, Credential::Recovery]
    );
    let wrong = fixture.core.unlock(Credential::Pin, "271828");
    assert_eq!(code(wrong), ErrorCode::CredentialRejected);
    assert!(opens(&fixture, Credential::Pin, PIN));
    let copied = |secret_store: &MemorySecretStore| {
        let other = tempfile::tempdir().unwrap();
        std::fs::copy(
            fixture.file("vault.trousseau"),
            other.path().join("vault.trousseau"),
        )
        .unwrap();
        let core = core(
            other.path(),
            &fixture.clock,
            &fixture.clipboard,
            secret_store,
        );
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
    for (item, _) in fixture.secret_store.memory().kept.iter() {
        foreign.memory().kept.insert(*item, vec![7; 32]);
    }
    assert_eq!(code(copied(&foreign)), ErrorCode::CredentialRejected);
}

#[test]
fn without_a_store_there_is_a_passphrase_and_no_code() {
    let fixture = Fixture::new();
    fixture.secret_store.memory().absent = true;
    fixture.core.refresh_capabilities();
    for kind in [Credential::Pin, Credential::Device] {
        let refused = fixture.core.create_vault(kind, PIN);
        assert_eq!(code(refused), ErrorCode::DeviceStoreAbsent);
        assert_eq!(fixture.phase(), Phase::NoVault);
    }
    assert!(!fixture.core.status().unwrap().device_keeps_secrets);
    fixture
        .core
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
}

#[test]
fn no_code_at_all_opens_on_this_device_and_proves_only_where_nothing_else_can() {
    let fixture = Fixture::new();
    fixture.core.create_vault(Credential::Device, "").unwrap();
    let fixture = fixture.restart();
    fixture.core.unlock(Credential::Device, "").unwrap();
    fixture.core.reauthenticate(Credential::Device, "").unwrap();
    let set = fixture
        .core
        .set_credential(Credential::Passphrase, PASSPHRASE);
    assert_eq!(code(set), ErrorCode::KeyReplacementRequired);
    let first = KeyReplacement {
        same: &[Credential::Recovery],
        new: &[Credential::Passphrase],
        passphrase: PASSPHRASE,
        ..KeyReplacement::default()
    };
    replace(&fixture.core, first).unwrap();
    assert_eq!(
        credentials_of(&fixture),
        [Credential::Passphrase, Credential::Recovery]
    );
    tell(&fixture.core);
    assert!(
        fixture
            .secret_store
            .memory()
            .kept
            .keys()
            .all(|item| item.purpose != SecretPurpose::Device)
    );
    assert_eq!(
        code(fixture.core.reauthenticate(Credential::Device, "")),
        ErrorCode::CredentialRejected
    );
    fixture.core.lock();
    assert!(!opens(&fixture, Credential::Device, ""));
    assert!(opens(&fixture, Credential::Passphrase, PASSPHRASE));
}

#[test]
fn a_changed_credential_opens_neither_the_vault_nor_its_copy() {
    let (fixture, _) = with_pin();
    fixture
        .core
        .set_credential(Credential::Pin, "271828")
        .unwrap();
    fixture.core.lock();
    assert!(!opens(&fixture, Credential::Pin, PIN));
    assert!(!old_copy_opens(
        &fixture,
        &fixture.secret_store,
        Credential::Pin,
        PIN
    ));
    assert!(opens(&fixture, Credential::Pin, "271828"));
    assert!(old_copy_opens(
        &fixture,
        &fixture.secret_store,
        Credential::Pin,
        "271828"
    ));
}

#[test]
fn a_removed_credential_opens_neither_and_the_last_stays() {
    let (fixture, _) = with_pin();
    let core = &fixture.core;
    assert_eq!(
        code(core.remove_credential(Credential::Pin)),
        ErrorCode::LastCredential
    );
    core.set_credential(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    core.remove_credential(Credential::Pin).unwrap();
    assert_eq!(
        credentials_of(&fixture),
        [Credential::Passphrase, Credential::Recovery]
    );
    core.lock();
    assert!(!opens(&fixture, Credential::Pin, PIN));
    let device = &fixture.secret_store;
    assert!(!old_copy_opens(&fixture, device, Credential::Pin, PIN));
    assert!(opens(&fixture, Credential::Passphrase, PASSPHRASE));
}

#[test]
fn changing_what_opens_asks_again() {
    let (fixture, _) = with_pin();
    fixture.pass(31_000);
    let core = &fixture.core;
    for refused in [
        core.set_credential(Credential::Passphrase, PASSPHRASE),
        core.remove_credential(Credential::Recovery),
        core.draft_recovery_words().map(drop),
    ] {
        assert_eq!(code(refused), ErrorCode::ReauthRequired);
    }
    core.reauthenticate(Credential::Pin, PIN).unwrap();
    core.set_credential(Credential::Passphrase, PASSPHRASE)
        .unwrap();
}

#[test]
fn the_recovery_words_lead_to_a_new_credential() {
    let (fixture, words) = with_pin();
    let fixture = fixture.restart();
    let opened = fixture
        .core
        .unlock(Credential::Recovery, &words.join(" "))
        .unwrap();
    assert!(opened.new_credential_due);
    // However long it takes to think of one.
    fixture.pass(200_000);
    fixture
        .core
        .set_credential(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    let status = fixture.core.status().unwrap();
    assert!(!status.new_credential_due);
    assert_eq!(
        status.credentials,
        [Credential::Passphrase, Credential::Recovery]
    );
    assert_eq!(
        code(fixture.core.set_credential(Credential::Pin, PIN)),
        ErrorCode::ReauthRequired
    );
    fixture.core.lock();
    assert!(
        !opens(&fixture, Credential::Pin, PIN),
        "what was lost stays lost"
    );
}

#[test]
fn the_cost_is_told_and_can_be_raised() {
    let (fixture, _) = with_pin();
    let told = |fixture: &Fixture| {
        fixture.core.list_credentials().unwrap().credentials[0]
            .kdf_cost
            .unwrap()
    };
    assert_eq!((told(&fixture).memory_mib, told(&fixture).passes), (64, 3));
    assert_eq!(
        code(fixture.core.set_kdf_cost(Credential::Pin, "271828", 128)),
        ErrorCode::CredentialRejected
    );
    assert_eq!(
        code(fixture.core.set_kdf_cost(Credential::Pin, PIN, 12)),
        ErrorCode::SettingOutOfRange
    );
    fixture
        .core
        .set_kdf_cost(Credential::Pin, PIN, 128)
        .unwrap();
    assert_eq!(told(&fixture).memory_mib, 128);
    fixture.core.lock();
    assert!(opens(&fixture, Credential::Pin, PIN));
}

#[test]
fn an_older_vault_in_the_place_of_a_newer_is_noticed_until_it_is_accepted() {
    let (fixture, _) = with_pin();
    let old = std::fs::read(fixture.file("vault.trousseau")).unwrap();
    add(&fixture.core, HOTP).unwrap();
    tell(&fixture.core);
    let fixture = fixture.restart();
    assert!(
        fixture
            .core
            .unlock(Credential::Pin, PIN)
            .unwrap()
            .saves_behind
            == 0
    );
    fixture.core.lock();
    std::fs::write(fixture.file("vault.trousseau"), old).unwrap();
    let fixture = fixture.restart();
    assert!(
        fixture
            .core
            .unlock(Credential::Pin, PIN)
            .unwrap()
            .saves_behind
            > 0
    );
    fixture.core.tick();
    fixture.core.accept_rollback().unwrap();
    assert!(fixture.core.status().unwrap().saves_behind == 0);
}

#[test]
fn a_refused_credential_leaves_what_opens_as_it_was() {
    let (fixture, _) = with_pin();
    let before = fixture.secret_store.memory().kept.clone();
    for (kind, text) in [(Credential::Pin, "12"), (Credential::Pin, "111111")] {
        assert!(fixture.core.set_credential(kind, text).is_err());
    }
    assert_eq!(fixture.secret_store.memory().kept, before);
    // The disk refuses: the code that was there still opens, with the key that was there.
    std::fs::create_dir(fixture.file("vault.trousseau.new")).unwrap();
    assert!(
        fixture
            .core
            .set_credential(Credential::Pin, "271828")
            .is_err()
    );
    let kept = fixture.secret_store.memory().kept.clone();
    assert!(before.iter().all(|(item, key)| kept.get(item) == Some(key)));
    std::fs::remove_dir(fixture.file("vault.trousseau.new")).unwrap();
    fixture.core.lock();
    assert!(opens(&fixture, Credential::Pin, PIN));
}

#[test]
fn a_passphrase_stays_beside_no_code_at_all_and_can_be_changed_there() {
    let fixture = Fixture::new();
    let core = &fixture.core;
    core.create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    core.set_credential(Credential::Device, "").unwrap();
    let all = [
        Credential::Passphrase,
        Credential::Device,
        Credential::Recovery,
    ];
    assert_eq!(credentials_of(&fixture), all);
    let changed = KeyReplacement {
        same: &[Credential::Device, Credential::Recovery],
        new: &[Credential::Passphrase],
        passphrase: "une autre phrase",
        ..KeyReplacement::default()
    };
    replace(core, changed).unwrap();
    assert_eq!(credentials_of(&fixture), all);
    let removed = KeyReplacement {
        new: &[],
        ..changed
    };
    replace(core, removed).unwrap();
    assert_eq!(
        credentials_of(&fixture),
        [Credential::Device, Credential::Recovery]
    );
    core.lock();
    assert!(opens(&fixture, Credential::Device, ""));
}
