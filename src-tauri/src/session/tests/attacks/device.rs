//! A store that is silent, refuses, or knows another vault.

use super::*;

/// The store is silent while a copy is opened and restored, then says that it is older.
#[test]
fn a_restored_copy_is_judged_by_a_late_answer_and_lowers_no_mark() {
    let (bench, _) = Bench::open();
    let older = read(&bench, VAULT);
    for account in ["a?", "b?", "c?"] {
        add(&bench.core, &HOTP.replace("hotp?", account)).unwrap();
    }
    tell(&bench.core);
    let before = mark_of(&bench, &older).unwrap();
    bench.core.lock();
    write(&bench, VAULT, b"TROUSSEAU\n");
    write(&bench, BACKUP, &older);
    let bench = bench.restart();
    let gate = Arc::new(std::sync::Barrier::new(2));
    bench.secret_store.memory().gate = Some(Arc::clone(&gate));
    bench
        .core
        .open_backup(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    bench.secret_store.hold_the_first_alone(&gate);
    assert_eq!(code(bench.core.restore_backup()), ErrorCode::VaultComparing);
    bench.pass(10_000);
    bench.core.tick();
    let status = bench.core.status().unwrap();
    assert!(status.not_compared && status.behind == 0);
    bench.core.restore_backup().unwrap();
    gate.wait();
    std::thread::sleep(std::time::Duration::from_millis(300));
    for _ in 0..3 {
        bench.core.tick();
    }
    tell(&bench.core);
    let standing = bench.core.session().open().unwrap().comparison.standing;
    let after = mark_of(&bench, &older).unwrap();
    assert!(after.generation >= before.generation && standing != Standing::Present);
}

/// The person keeps an older file while the store refuses for a moment.
#[test]
fn what_the_person_chose_is_told_once_the_store_takes_it() {
    let (bench, _) = Bench::open();
    let older = read(&bench, VAULT);
    add(&bench.core, HOTP).unwrap();
    add(&bench.core, &HOTP.replace("hotp?", "second?")).unwrap();
    tell(&bench.core);
    bench.core.lock();
    write(&bench, VAULT, &older);
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().behind > 0);
    bench.secret_store.memory().absent = true;
    bench.core.accept_rollback().unwrap();
    tell(&bench.core);
    bench.secret_store.memory().absent = false;
    // The same opening: more is saved, and the store works again.
    bench.core.session().change(0, |_| Ok(())).unwrap();
    tell(&bench.core);
    bench.core.lock();
    bench.unlock().unwrap();
    let status = bench.core.status().unwrap();
    assert_eq!(status.behind, 0);
}

/// A choice that the store has not heard yet is that of one file, not of the next.
#[test]
fn a_choice_is_not_inherited_by_another_file() {
    let (bench, old) = with_old_keys();
    let newest = read(&bench, VAULT);
    bench.unlock().unwrap();
    // As accept_rollback leaves it where the device is being told something already.
    bench.core.session().go_on(0);
    bench.core.lock();
    let before = mark_of(&bench, &newest).unwrap();
    write(&bench, VAULT, &forged(&old, generation(&newest)));
    let gate = Arc::new(std::sync::Barrier::new(2));
    bench.secret_store.memory().gate = Some(Arc::clone(&gate));
    bench.core.telling.store(true, Ordering::Release);
    bench.unlock().unwrap();
    bench.secret_store.hold_the_first_alone(&gate);
    bench.pass(10_000);
    bench.core.tick();
    bench.core.telling.store(false, Ordering::Release);
    gate.wait();
    std::thread::sleep(std::time::Duration::from_millis(300));
    for _ in 0..3 {
        bench.core.tick();
    }
    tell(&bench.core);
    assert!(bench.core.status().unwrap().foreign);
    assert_eq!(mark_of(&bench, &newest), Some(before));
}

/// A vault of another computer, opened here by its passphrase: "no code" of there is not made here.
#[test]
fn no_code_of_another_device_is_not_made_here() {
    let bench = Bench::new();
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
    write(&bench, VAULT, &sealed);
    let bench = bench.restart();
    bench.unlock().unwrap();
    let all = Ways {
        same: &[Credential::Passphrase, Credential::Device],
        passphrase: PASSPHRASE,
        ..Ways::default()
    };
    let (done, _) = replace(&bench.core, all).unwrap();
    assert_eq!(done.lost, [Credential::Device]);
    bench.core.lock();
    let without = bench.core.unlock(Credential::Device, "");
    assert!(without.is_err());
}

/// Opening without a code would make an access code pointless.
#[test]
fn no_code_and_an_access_code_do_not_stand_together() {
    let (bench, _) = with_pin();
    let ways_wanted = [
        trousseau_wire::WantedWay {
            credential: Credential::Pin,
            is_new: false,
        },
        trousseau_wire::WantedWay {
            credential: Credential::Device,
            is_new: false,
        },
    ];
    let done = bench.core.replace_keys(&Wanted {
        ways: &ways_wanted,
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
    let (bench, old) = with_old_keys();
    write(&bench, VAULT, &old);
    bench.unlock().unwrap();
    bench.secret_store.memory().absent = true;
    let same = Ways {
        same: &[Credential::Passphrase],
        passphrase: PASSPHRASE,
        ..Ways::default()
    };
    replace(&bench.core, same).unwrap();
    tell(&bench.core);
    bench.secret_store.memory().absent = false;
    add(&bench.core, HOTP).unwrap();
    tell(&bench.core);
    bench.core.lock();
    bench.unlock().unwrap();
    let status = bench.core.status().unwrap();
    assert!(!status.foreign);
}

/// A new vault in a folder of which the device remembers another: it is told of by itself.
#[test]
fn a_new_vault_is_told_of_without_a_tick() {
    let (bench, _) = Bench::open();
    tell(&bench.core);
    bench.core.lock();
    for name in [VAULT, BACKUP] {
        let _ = std::fs::remove_file(bench.file(name));
    }
    let bench = bench.restart();
    bench
        .core
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    while bench.core.telling.load(Ordering::Acquire) {
        std::thread::yield_now();
    }
    // Killed before the first second was over.
    let bench = bench.restart();
    bench.unlock().unwrap();
    let status = bench.core.status().unwrap();
    assert!(!status.foreign);
}

/// The second file could not be written: the mark of the new keys waits for it.
#[test]
fn the_mark_is_written_after_both_files() {
    let (bench, old) = with_old_keys();
    bench.unlock().unwrap();
    let before = mark_of(&bench, &old).unwrap();
    std::fs::create_dir(bench.file("vault.trousseau.bak.new")).unwrap();
    let same = Ways {
        same: &[Credential::Passphrase],
        passphrase: PASSPHRASE,
        ..Ways::default()
    };
    let (done, _) = replace(&bench.core, same).unwrap();
    assert!(!done.finished);
    tell(&bench.core);
    assert_eq!(mark_of(&bench, &old).unwrap(), before);
    let id = bench.core.view(&everything()).unwrap().rows[0].id.clone();
    bench.core.reveal(&id).unwrap();
    bench.core.lock();
    tell(&bench.core);
    bench.unlock().unwrap();
    tell(&bench.core);
    assert_eq!(mark_of(&bench, &old).unwrap(), before);
}

/// The device forgets by names that are one vault's, not of all of a run.
#[test]
fn what_one_vault_forgot_is_not_forgotten_for_another() {
    let (bench, _) = with_pin();
    bench
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    tell(&bench.core);
    let forgotten = bench.core.session().forgotten.lock().unwrap().clone();
    let id = vault::inspect(&read(&bench, VAULT)).unwrap().vault;
    let of_this = |item: &SecretId| item.owner == crate::platform::secret_store::Owner::Vault(id);
    assert!(!forgotten.is_empty() && forgotten.iter().all(of_this));
}

/// A bug of the store's: what comes after it is told all the same.
#[test]
fn a_store_that_panics_once_is_told_again() {
    let (bench, _) = Bench::open();
    tell(&bench.core);
    let told = mark_of(&bench, &read(&bench, VAULT)).unwrap();
    bench.secret_store.memory().watcher = Some(Arc::new(|_| panic!("a bug of the store's")));
    add(&bench.core, HOTP).unwrap();
    tell(&bench.core);
    bench.secret_store.memory().watcher = None;
    add(&bench.core, &HOTP.replace("hotp?", "second?")).unwrap();
    tell(&bench.core);
    let mark = mark_of(&bench, &read(&bench, VAULT)).unwrap();
    assert_eq!(mark.generation, told.generation + 2);
}
