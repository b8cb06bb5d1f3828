//! What happens while something else is under way, or was left.

use super::*;

/// The store says late that the file is foreign, while the keys are being replaced for another reason.
#[test]
fn a_file_that_turns_out_foreign_meanwhile_is_not_kept_without_being_asked() {
    let (bench, old) = with_old_keys();
    let newest = read(&bench, VAULT);
    let before = mark_of(&bench, &newest).unwrap();
    write(&bench, VAULT, &forged(&old, generation(&newest)));
    // Beside it lies nothing that would tell.
    std::fs::remove_file(bench.file(BACKUP)).unwrap();
    let gate = Arc::new(std::sync::Barrier::new(2));
    bench.secret_store.memory().gate = Some(Arc::clone(&gate));
    bench.unlock().unwrap();
    bench.secret_store.hold_the_first_alone(&gate);
    bench.pass(10_000);
    bench.core.tick();
    let status = bench.core.status().unwrap();
    assert!(!status.foreign && status.not_compared);
    bench
        .core
        .prove(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    // The device takes a while for the new access code: meanwhile it answers what it was asked first.
    let in_writing = wait_after_pin_is_kept(&bench, 0);
    let changed = Ways {
        new: &[Credential::Passphrase, Credential::Pin],
        passphrase: OTHER,
        pin: PIN,
        ..Ways::default()
    };
    let replaced = std::thread::scope(|scope| {
        let replacing = scope.spawn(|| replace(&bench.core, changed).map(|done| done.0.finished));
        in_writing.wait();
        gate.wait();
        for _ in 0..400 {
            bench.core.tick();
            if bench
                .core
                .session()
                .open()
                .is_ok_and(|open| open.comparison.is_foreign())
            {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        in_writing.wait();
        replacing.join().unwrap()
    });
    tell(&bench.core);
    assert!(replaced.is_err());
    assert_eq!(mark_of(&bench, &newest).unwrap(), before);
}

/// An old file is put back, tried by fingerprint, and given up for the copy: the fingerprint stays.
#[test]
fn a_biometric_that_another_file_does_not_find_is_not_dropped() {
    let (bench, _) = Bench::open();
    bench.secret_store.memory().biometric = Some(trousseau_wire::Biometric::Ready);
    bench
        .core
        .set_credential(Credential::Biometric, "why")
        .unwrap();
    tell(&bench.core);
    let old = read(&bench, VAULT);
    let all = Ways {
        same: &[Credential::Passphrase, Credential::Biometric],
        passphrase: PASSPHRASE,
        ..Ways::default()
    };
    replace(&bench.core, all).unwrap();
    add(&bench.core, HOTP).unwrap();
    add(&bench.core, &HOTP.replace("hotp?", "second?")).unwrap();
    tell(&bench.core);
    bench.core.lock();
    write(&bench, VAULT, &old);
    let refused = bench.core.unlock(Credential::Biometric, "why");
    // The copy is the one that it opens.
    assert_eq!(code(refused), ErrorCode::VaultDamaged);
    bench
        .core
        .open_backup(Credential::Biometric, "why")
        .unwrap();
    bench.core.restore_backup().unwrap();
    add(&bench.core, URI).unwrap();
    tell(&bench.core);
    let slots: Vec<_> = vault::inspect(&read(&bench, VAULT)).unwrap().slots;
    assert!(slots.iter().any(|slot| slot.kind == SlotKind::Biometric));
}

/// Words were shown for new keys, and the person turned back. Then the words of before are typed back.
#[test]
fn words_of_before_can_be_confirmed_after_a_replacement_was_left() {
    let bench = Bench::new();
    let words = bench
        .core
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    bench.core.draft_words().unwrap();
    let answers: Vec<_> = words
        .ask
        .iter()
        .map(|position| WordAnswer {
            position: *position,
            word: words.words[usize::from(*position) - 1].clone(),
        })
        .collect();
    let confirmed = bench.core.confirm_recovery(&answers);
    assert!(confirmed.is_ok());
}

/// What was typed is sealed at a lock; an old file is opened for once, and given up for the copy.
#[test]
fn what_was_typed_outlives_an_opening_of_a_foreign_file() {
    let (bench, old) = with_old_keys();
    bench.unlock().unwrap();
    bench.core.keep_place(Some("a long note".into())).unwrap();
    bench.core.lock();
    let newest = read(&bench, VAULT);
    write(&bench, VAULT, &old);
    bench.unlock().unwrap();
    bench.core.lock();
    write(&bench, VAULT, &newest);
    bench.unlock().unwrap();
    let resumed = bench.core.resume().unwrap();
    assert_eq!(resumed.place.as_deref(), Some("a long note"));
}

/// Opened with the recovery words minutes ago: whoever borrows it cannot take the words away as well.
#[test]
fn after_the_recovery_words_the_words_stay() {
    let bench = Bench::new();
    let words = bench
        .core
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    add(&bench.core, URI).unwrap();
    bench.core.lock();
    bench
        .core
        .unlock(Credential::Recovery, &words.words.join(" "))
        .unwrap();
    bench.stay(590_000);
    assert_eq!(code(bench.core.draft_words()), ErrorCode::ReauthRequired);
    let changed = Ways {
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..Ways::default()
    };
    let replaced = replace(&bench.core, changed);
    assert_eq!(code(replaced), ErrorCode::ReauthRequired);
    bench.core.lock();
    let still = bench
        .core
        .unlock(Credential::Recovery, &words.words.join(" "));
    assert!(still.is_ok());
}

/// Killed, or locked, while the device keeps the new secrets: they are forgotten later.
#[test]
fn secrets_of_a_replacement_that_a_lock_ended_are_forgotten() {
    let (bench, _) = with_pin();
    tell(&bench.core);
    let in_writing = Arc::new(std::sync::Barrier::new(2));
    bench.secret_store.memory().write_gate = Some(Arc::clone(&in_writing));
    let same = Ways {
        same: &[Credential::Pin],
        ..Ways::default()
    };
    let replaced = std::thread::scope(|scope| {
        let replacing = scope.spawn(|| replace(&bench.core, same).map(drop));
        in_writing.wait();
        bench.core.lock();
        in_writing.wait();
        replacing.join().unwrap()
    });
    assert_eq!(code(replaced), ErrorCode::Locked);
    bench.core.unlock(Credential::Pin, PIN).unwrap();
    bench
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    tell(&bench.core);
    let pins = bench
        .secret_store
        .memory()
        .kept
        .keys()
        .filter(|item| item.role == SecretPurpose::Pin)
        .count();
    assert_eq!(pins, 1);
}

/// Begun before a lock, and written after somebody opened the vault again.
#[test]
fn a_replacement_ends_with_the_opening_in_which_it_was_asked_for() {
    let (bench, _) = with_pin();
    tell(&bench.core);
    let before = read(&bench, VAULT);
    let in_writing = wait_after_pin_is_kept(&bench, 1);
    let same = Ways {
        same: &[Credential::Pin],
        ..Ways::default()
    };
    let replaced = std::thread::scope(|scope| {
        let replacing = scope.spawn(|| replace(&bench.core, same).map(drop));
        in_writing.wait();
        bench.core.lock();
        bench.core.unlock(Credential::Pin, PIN).unwrap();
        in_writing.wait();
        replacing.join().unwrap()
    });
    assert_eq!(code(replaced), ErrorCode::Locked);
    let summary = vault::inspect(&read(&bench, VAULT)).unwrap();
    let of_before = vault::inspect(&before).unwrap();
    assert_eq!(summary.slots, of_before.slots);
}

/// A double tap at the first run.
#[test]
fn of_two_first_access_codes_at_once_one_stays_and_opens() {
    let bench = Bench::new();
    let in_writing = wait_after_pin_is_kept(&bench, 0);
    let first = std::thread::scope(|scope| {
        let first = scope.spawn(|| bench.core.create_vault(Credential::Pin, PIN).map(drop));
        in_writing.wait();
        bench.core.create_vault(Credential::Pin, OTHER_PIN).unwrap();
        in_writing.wait();
        first.join().unwrap()
    });
    assert_eq!(code(first), ErrorCode::VaultExists);
    bench.core.lock();
    bench.core.unlock(Credential::Pin, OTHER_PIN).unwrap();
}
