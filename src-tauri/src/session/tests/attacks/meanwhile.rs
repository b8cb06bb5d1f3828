//! What happens while something else is under way, or was left.

use super::*;

/// The store says late that the file is foreign, while the keys are being replaced for another reason.
#[test]
fn a_file_that_turns_out_foreign_meanwhile_is_not_kept_without_being_asked() {
    let (fixture, old) = with_old_keys();
    let newest = read(&fixture, VAULT);
    let before = mark_of(&fixture, &newest).unwrap();
    write(&fixture, VAULT, &forged(&old, generation(&newest)));
    // Beside it lies nothing that would tell.
    std::fs::remove_file(fixture.file(BACKUP)).unwrap();
    let gate = Arc::new(std::sync::Barrier::new(2));
    fixture.secret_store.memory().gate = Some(Arc::clone(&gate));
    fixture.unlock().unwrap();
    fixture.secret_store.hold_the_first_alone(&gate);
    fixture.pass(10_000);
    fixture.core.tick();
    let status = fixture.core.status().unwrap();
    assert!(!status.foreign && status.not_compared);
    fixture
        .core
        .reauthenticate(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    // The device takes a while for the new access code: meanwhile it answers what it was asked first.
    let in_writing = wait_after_pin_is_kept(&fixture, 0);
    let changed = KeyReplacement {
        new: &[Credential::Passphrase, Credential::Pin],
        passphrase: OTHER,
        pin: PIN,
        ..KeyReplacement::default()
    };
    let replaced = std::thread::scope(|scope| {
        let replacing = scope.spawn(|| replace(&fixture.core, changed).map(|done| done.0.finished));
        in_writing.wait();
        gate.wait();
        for _ in 0..400 {
            fixture.core.tick();
            if fixture
                .core
                .session()
                .unlocked()
                .is_ok_and(|open| open.comparison.is_foreign())
            {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        in_writing.wait();
        replacing.join().unwrap()
    });
    tell(&fixture.core);
    assert!(replaced.is_err());
    assert_eq!(mark_of(&fixture, &newest).unwrap(), before);
}

/// An old file is put back, tried by fingerprint, and given up for the copy: the fingerprint stays.
#[test]
fn a_biometric_that_another_file_does_not_find_is_not_dropped() {
    let (fixture, _) = Fixture::open();
    fixture.secret_store.memory().biometric = Some(trousseau_wire::Biometric::Ready);
    fixture
        .core
        .set_credential(Credential::Biometric, "why")
        .unwrap();
    tell(&fixture.core);
    let old = read(&fixture, VAULT);
    let all = KeyReplacement {
        same: &[Credential::Passphrase, Credential::Biometric],
        passphrase: PASSPHRASE,
        ..KeyReplacement::default()
    };
    replace(&fixture.core, all).unwrap();
    add(&fixture.core, HOTP).unwrap();
    add(&fixture.core, &HOTP.replace("hotp?", "second?")).unwrap();
    tell(&fixture.core);
    fixture.core.lock();
    write(&fixture, VAULT, &old);
    let refused = fixture.core.unlock(Credential::Biometric, "why");
    // The copy is the one that it opens.
    assert_eq!(code(refused), ErrorCode::VaultDamaged);
    fixture
        .core
        .open_previous_generation(Credential::Biometric, "why")
        .unwrap();
    fixture.core.restore_previous_generation().unwrap();
    add(&fixture.core, URI).unwrap();
    tell(&fixture.core);
    let slots: Vec<_> = vault::inspect(&read(&fixture, VAULT)).unwrap().slots;
    assert!(slots.iter().any(|slot| slot.kind == SlotKind::Biometric));
}

/// Words were shown for new keys, and the person turned back. Then the words of before are typed back.
#[test]
fn words_of_before_can_be_confirmed_after_a_replacement_was_left() {
    let fixture = Fixture::new();
    let words = fixture
        .core
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    fixture.core.draft_recovery_words().unwrap();
    let answers: Vec<_> = words
        .ask
        .iter()
        .map(|position| TypedWord {
            position: *position,
            word: words.words[usize::from(*position) - 1].clone(),
        })
        .collect();
    let confirmed = fixture.core.verify_recovery_words(&answers);
    assert!(confirmed.is_ok());
}

/// What was typed is sealed at a lock; an old file is opened for once, and given up for the copy.
#[test]
fn what_was_typed_outlives_an_opening_of_a_foreign_file() {
    let (fixture, old) = with_old_keys();
    fixture.unlock().unwrap();
    fixture
        .core
        .save_ui_state(Some("a long note".into()))
        .unwrap();
    fixture.core.lock();
    let newest = read(&fixture, VAULT);
    write(&fixture, VAULT, &old);
    fixture.unlock().unwrap();
    fixture.core.lock();
    write(&fixture, VAULT, &newest);
    fixture.unlock().unwrap();
    let resumed = fixture.core.restore_ui_state().unwrap();
    assert_eq!(resumed.ui_state.as_deref(), Some("a long note"));
}

/// Opened with the recovery words minutes ago: whoever borrows it cannot take the words away as well.
#[test]
fn after_the_recovery_words_the_words_stay() {
    let fixture = Fixture::new();
    let words = fixture
        .core
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    add(&fixture.core, URI).unwrap();
    fixture.core.lock();
    fixture
        .core
        .unlock(Credential::Recovery, &words.words.join(" "))
        .unwrap();
    fixture.stay(590_000);
    assert_eq!(
        code(fixture.core.draft_recovery_words()),
        ErrorCode::ReauthRequired
    );
    let changed = KeyReplacement {
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..KeyReplacement::default()
    };
    let replaced = replace(&fixture.core, changed);
    assert_eq!(code(replaced), ErrorCode::ReauthRequired);
    fixture.core.lock();
    let still = fixture
        .core
        .unlock(Credential::Recovery, &words.words.join(" "));
    assert!(still.is_ok());
}

/// Killed, or locked, while the device keeps the new secrets: they are forgotten later.
#[test]
fn secrets_of_a_replacement_that_a_lock_ended_are_forgotten() {
    let (fixture, _) = with_pin();
    tell(&fixture.core);
    let in_writing = Arc::new(std::sync::Barrier::new(2));
    fixture.secret_store.memory().write_gate = Some(Arc::clone(&in_writing));
    let same = KeyReplacement {
        same: &[Credential::Pin],
        ..KeyReplacement::default()
    };
    let replaced = std::thread::scope(|scope| {
        let replacing = scope.spawn(|| replace(&fixture.core, same).map(drop));
        in_writing.wait();
        fixture.core.lock();
        in_writing.wait();
        replacing.join().unwrap()
    });
    assert_eq!(code(replaced), ErrorCode::Locked);
    fixture.core.unlock(Credential::Pin, PIN).unwrap();
    fixture
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    tell(&fixture.core);
    let pins = fixture
        .secret_store
        .memory()
        .kept
        .keys()
        .filter(|item| item.purpose == SecretPurpose::Pin)
        .count();
    assert_eq!(pins, 1);
}

/// Begun before a lock, and written after somebody opened the vault again.
#[test]
fn a_replacement_ends_with_the_opening_in_which_it_was_asked_for() {
    let (fixture, _) = with_pin();
    tell(&fixture.core);
    let before = read(&fixture, VAULT);
    let in_writing = wait_after_pin_is_kept(&fixture, 1);
    let same = KeyReplacement {
        same: &[Credential::Pin],
        ..KeyReplacement::default()
    };
    let replaced = std::thread::scope(|scope| {
        let replacing = scope.spawn(|| replace(&fixture.core, same).map(drop));
        in_writing.wait();
        fixture.core.lock();
        fixture.core.unlock(Credential::Pin, PIN).unwrap();
        in_writing.wait();
        replacing.join().unwrap()
    });
    assert_eq!(code(replaced), ErrorCode::Locked);
    let summary = vault::inspect(&read(&fixture, VAULT)).unwrap();
    let of_before = vault::inspect(&before).unwrap();
    assert_eq!(summary.slots, of_before.slots);
}

/// A double tap at the first run.
#[test]
fn of_two_first_access_codes_at_once_one_stays_and_opens() {
    let fixture = Fixture::new();
    let in_writing = wait_after_pin_is_kept(&fixture, 0);
    let first = std::thread::scope(|scope| {
        let first = scope.spawn(|| fixture.core.create_vault(Credential::Pin, PIN).map(drop));
        in_writing.wait();
        fixture
            .core
            .create_vault(Credential::Pin, OTHER_PIN)
            .unwrap();
        in_writing.wait();
        first.join().unwrap()
    });
    assert_eq!(code(first), ErrorCode::VaultExists);
    fixture.core.lock();
    fixture.core.unlock(Credential::Pin, OTHER_PIN).unwrap();
}
