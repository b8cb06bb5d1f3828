//! A store that is silent, refuses, or knows another vault.

use super::*;

/// The store is silent while a copy is opened and restored, then says that it is older.
#[test]
fn a_restored_copy_is_judged_by_a_late_answer_and_lowers_no_mark() {
    let (fixture, _) = Fixture::open();
    let older = read(&fixture, VAULT);
    for account in ["a?", "b?", "c?"] {
        add(&fixture.core, &HOTP.replace("hotp?", account)).unwrap();
    }
    tell(&fixture.core);
    let before = mark_of(&fixture, &older).unwrap();
    fixture.core.lock();
    write(&fixture, VAULT, b"TROUSSEAU\n");
    write(&fixture, BACKUP, &older);
    let fixture = fixture.restart();
    let gate = Arc::new(std::sync::Barrier::new(2));
    fixture.secret_store.memory().gate = Some(Arc::clone(&gate));
    fixture
        .core
        .open_previous_generation(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    fixture.secret_store.hold_the_first_alone(&gate);
    assert_eq!(
        code(fixture.core.restore_previous_generation()),
        ErrorCode::VaultComparing
    );
    fixture.pass(10_000);
    fixture.core.tick();
    let status = fixture.core.status().unwrap();
    assert!(status.not_compared && status.saves_behind == 0);
    fixture.core.restore_previous_generation().unwrap();
    gate.wait();
    std::thread::sleep(std::time::Duration::from_millis(300));
    for _ in 0..3 {
        fixture.core.tick();
    }
    tell(&fixture.core);
    let standing = fixture
        .core
        .session()
        .unlocked()
        .unwrap()
        .comparison
        .standing;
    let after = mark_of(&fixture, &older).unwrap();
    assert!(after.generation >= before.generation && standing != Standing::Present);
}

/// The person keeps an older file while the store refuses for a moment.
#[test]
fn what_the_person_chose_is_told_once_the_store_takes_it() {
    let (fixture, _) = Fixture::open();
    let older = read(&fixture, VAULT);
    add(&fixture.core, HOTP).unwrap();
    add(&fixture.core, &HOTP.replace("hotp?", "second?")).unwrap();
    tell(&fixture.core);
    fixture.core.lock();
    write(&fixture, VAULT, &older);
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().saves_behind > 0);
    fixture.secret_store.memory().absent = true;
    fixture.core.accept_rollback().unwrap();
    tell(&fixture.core);
    fixture.secret_store.memory().absent = false;
    // The same opening: more is saved, and the store works again.
    fixture.core.session().change(0, |_| Ok(())).unwrap();
    tell(&fixture.core);
    fixture.core.lock();
    fixture.unlock().unwrap();
    let status = fixture.core.status().unwrap();
    assert_eq!(status.saves_behind, 0);
}

/// A choice that the store has not heard yet is that of one file, not of the next.
#[test]
fn a_choice_is_not_inherited_by_another_file() {
    let (fixture, old) = with_old_keys();
    let newest = read(&fixture, VAULT);
    fixture.unlock().unwrap();
    // As accept_rollback leaves it where the device is being told something already.
    fixture.core.session().accept_as_present(0);
    fixture.core.lock();
    let before = mark_of(&fixture, &newest).unwrap();
    write(&fixture, VAULT, &forged(&old, generation(&newest)));
    let gate = Arc::new(std::sync::Barrier::new(2));
    fixture.secret_store.memory().gate = Some(Arc::clone(&gate));
    fixture.core.syncing.store(true, Ordering::Release);
    fixture.unlock().unwrap();
    fixture.secret_store.hold_the_first_alone(&gate);
    fixture.pass(10_000);
    fixture.core.tick();
    fixture.core.syncing.store(false, Ordering::Release);
    gate.wait();
    std::thread::sleep(std::time::Duration::from_millis(300));
    for _ in 0..3 {
        fixture.core.tick();
    }
    tell(&fixture.core);
    assert!(fixture.core.status().unwrap().foreign);
    assert_eq!(mark_of(&fixture, &newest), Some(before));
}

/// A vault of another computer, opened here by its passphrase: "no code" of there is not made here.
#[test]
fn no_code_of_another_device_is_not_made_here() {
    let fixture = Fixture::new();
    let keys = [
        Key::Passphrase(Passphrase::new(PASSPHRASE)),
        Key::Device(DeviceKey::new(&[7; 32])),
    ];
    let (_, sealed) = vault::create(
        &keys,
        Argon2Params::MIN,
        &VaultData::new().to_json(),
        &argon2id,
    )
    .unwrap();
    write(&fixture, VAULT, &sealed);
    let fixture = fixture.restart();
    fixture.unlock().unwrap();
    let all = KeyReplacement {
        same: &[Credential::Passphrase, Credential::Device],
        passphrase: PASSPHRASE,
        ..KeyReplacement::default()
    };
    let (done, _) = replace(&fixture.core, all).unwrap();
    assert_eq!(done.lost, [Credential::Device]);
    fixture.core.lock();
    let without = fixture.core.unlock(Credential::Device, "");
    assert!(without.is_err());
}

/// Opening without a code would make an access code pointless.
#[test]
fn no_code_and_an_access_code_do_not_stand_together() {
    let (fixture, _) = with_pin();
    let wanted = [
        trousseau_wire::WantedCredential {
            credential: Credential::Pin,
            is_new: false,
        },
        trousseau_wire::WantedCredential {
            credential: Credential::Device,
            is_new: false,
        },
    ];
    let done = fixture.core.replace_keys(&WantedCredentials {
        credentials: &wanted,
        passphrase: "",
        pin: "",
        dialog: "",
        confirmed: true,
    });
    assert!(done.is_err());
}

/// The store refuses while a foreign file is kept, and takes what is told with the next save.
#[test]
fn a_foreign_file_that_was_kept_is_told_once_the_store_takes_it() {
    let (fixture, old) = with_old_keys();
    write(&fixture, VAULT, &old);
    fixture.unlock().unwrap();
    fixture.secret_store.memory().absent = true;
    let same = KeyReplacement {
        same: &[Credential::Passphrase],
        passphrase: PASSPHRASE,
        ..KeyReplacement::default()
    };
    replace(&fixture.core, same).unwrap();
    tell(&fixture.core);
    fixture.secret_store.memory().absent = false;
    add(&fixture.core, HOTP).unwrap();
    tell(&fixture.core);
    fixture.core.lock();
    fixture.unlock().unwrap();
    let status = fixture.core.status().unwrap();
    assert!(!status.foreign);
}

/// A new vault in a folder of which the device remembers another: it is told of by itself.
#[test]
fn a_new_vault_is_told_of_without_a_tick() {
    let (fixture, _) = Fixture::open();
    tell(&fixture.core);
    fixture.core.lock();
    for name in [VAULT, BACKUP] {
        let _ = std::fs::remove_file(fixture.file(name));
    }
    let fixture = fixture.restart();
    fixture
        .core
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    while fixture.core.syncing.load(Ordering::Acquire) {
        std::thread::yield_now();
    }
    // Killed before the first second was over.
    let fixture = fixture.restart();
    fixture.unlock().unwrap();
    let status = fixture.core.status().unwrap();
    assert!(!status.foreign);
}

/// The second file could not be written: the mark of the new keys waits for it.
#[test]
fn the_mark_is_written_after_both_files() {
    let (fixture, old) = with_old_keys();
    fixture.unlock().unwrap();
    let before = mark_of(&fixture, &old).unwrap();
    std::fs::create_dir(fixture.file("vault.trousseau.bak.new")).unwrap();
    let same = KeyReplacement {
        same: &[Credential::Passphrase],
        passphrase: PASSPHRASE,
        ..KeyReplacement::default()
    };
    let (done, _) = replace(&fixture.core, same).unwrap();
    assert!(!done.finished);
    tell(&fixture.core);
    assert_eq!(mark_of(&fixture, &old).unwrap(), before);
    let id = fixture.core.list_entries(&everything()).unwrap().rows[0]
        .id
        .clone();
    fixture.core.reveal(&id).unwrap();
    fixture.core.lock();
    tell(&fixture.core);
    fixture.unlock().unwrap();
    tell(&fixture.core);
    assert_eq!(mark_of(&fixture, &old).unwrap(), before);
}

/// The device forgets by names that are one vault's, not of all of a run.
#[test]
fn what_one_vault_forgot_is_not_forgotten_for_another() {
    let (fixture, _) = with_pin();
    fixture
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    tell(&fixture.core);
    let deleted_secrets = fixture
        .core
        .session()
        .deleted_secrets
        .lock()
        .unwrap()
        .clone();
    let id = vault::inspect(&read(&fixture, VAULT)).unwrap().vault;
    let of_this = |item: &SecretId| item.owner == crate::platform::secret_store::Owner::Vault(id);
    assert!(!deleted_secrets.is_empty() && deleted_secrets.iter().all(of_this));
}

/// A bug of the store's: what comes after it is told all the same.
#[test]
fn a_store_that_panics_once_is_told_again() {
    let (fixture, _) = Fixture::open();
    tell(&fixture.core);
    let told = mark_of(&fixture, &read(&fixture, VAULT)).unwrap();
    fixture.secret_store.memory().watcher = Some(Arc::new(|_| panic!("a bug of the store's")));
    add(&fixture.core, HOTP).unwrap();
    tell(&fixture.core);
    fixture.secret_store.memory().watcher = None;
    add(&fixture.core, &HOTP.replace("hotp?", "second?")).unwrap();
    tell(&fixture.core);
    let mark = mark_of(&fixture, &read(&fixture, VAULT)).unwrap();
    assert_eq!(mark.generation, told.generation + 2);
}
