//! The device or the disk does not do its part.

use std::collections::HashSet;

use trousseau_vault::Mark;
use trousseau_wire::Needs;

use super::super::device_keys::forget_the_stretched_code;
use super::*;

#[test]
fn an_access_code_is_typed_only_where_nothing_was_kept_of_it() {
    let (bench, _) = with_pin();
    let plan = |bench: &Bench| {
        let plan = bench.core.key_plan().unwrap();
        let pin = plan
            .into_iter()
            .find(|way| way.credential == Credential::Pin);
        pin.unwrap().needs
    };
    assert_eq!(plan(&bench), Needs::Nothing);
    forget_the_stretched_code(&bench);
    assert_eq!(plan(&bench), Needs::Typed);
    let pin = [way(Credential::Pin, false)];
    let typed = |pin_text| Wanted {
        pin: pin_text,
        confirmed: true,
        ..wanted(&pin, "")
    };
    let before = read(&bench, VAULT);
    let refused = bench.core.replace_keys(&typed("271828"));
    assert_eq!(code(refused), ErrorCode::CredentialRejected);
    let nothing_left = bench.core.replace_keys(&typed(""));
    // A right proof, and still: without the code its slot cannot be made anew.
    assert_eq!(code(nothing_left), ErrorCode::LastCredential);
    assert!(read(&bench, VAULT) == before);
    bench.core.replace_keys(&typed(PIN)).unwrap();
    assert_eq!(plan(&bench), Needs::Nothing);
    bench.core.replace_keys(&typed("")).unwrap();
    bench.core.lock();
    bench.core.unlock(Credential::Pin, PIN).unwrap();
    bench.secret_store.memory().kept.clear();
    assert_eq!(plan(&bench), Needs::Gone);
}

/// What the device gives no part of any more is dropped and told; where nothing would stay, nothing is written.
#[test]
fn what_the_device_does_not_take_is_lost_and_told() {
    type Breaks = fn(&Bench);
    let cases: [(&str, Breaks, &[Credential]); 4] = [
        (
            "loses",
            |bench| bench.secret_store.memory().loses = true,
            &[Credential::Pin],
        ),
        (
            "absent",
            |bench| bench.secret_store.memory().absent = true,
            &[Credential::Pin, Credential::Biometric],
        ),
        (
            "dialog left",
            |bench| bench.secret_store.memory().dialog = Some(SecretStoreError::Cancelled),
            &[Credential::Biometric],
        ),
        (
            "empty",
            |bench| bench.secret_store.memory().kept.clear(),
            &[Credential::Pin],
        ),
    ];
    for (what, breaks, expected) in cases {
        let present = [
            Credential::Passphrase,
            Credential::Pin,
            Credential::Biometric,
        ];
        let bench = vault_of(&present);
        breaks(&bench);
        let all = Ways {
            same: &present,
            passphrase: PASSPHRASE,
            ..Ways::default()
        };
        let (done, _) = replace(&bench.core, all).unwrap();
        let lost: HashSet<_> = done.lost.iter().map(|way| kind(*way)).collect();
        let expected: HashSet<_> = expected.iter().map(|way| kind(*way)).collect();
        assert_eq!(lost, expected, "{what}");
        let there: HashSet<_> = ways(&bench).into_iter().map(kind).collect();
        let stays: HashSet<_> = present.into_iter().map(kind).collect();
        assert_eq!(there, &stays - &expected, "{what}");
        bench.core.lock();
        bench.secret_store.memory().absent = false;
        bench.unlock().unwrap();
    }
    let bench = vault_of(&[Credential::Pin]);
    let before = (read(&bench, VAULT), read(&bench, BACKUP));
    bench.secret_store.memory().loses = true;
    let alone = Ways {
        same: &[Credential::Pin],
        ..Ways::default()
    };
    assert_eq!(
        code(replace(&bench.core, alone)),
        ErrorCode::DeviceStoreFailed
    );
    assert!((read(&bench, VAULT), read(&bench, BACKUP)) == before);
    bench.core.lock();
    bench.core.unlock(Credential::Pin, PIN).unwrap();
}

#[test]
fn a_second_file_that_cannot_be_written_is_told_and_made_good_at_the_next_opening() {
    let present = [Credential::Passphrase, Credential::Pin];
    let bench = vault_of(&present);
    let old = read(&bench, BACKUP);
    std::fs::create_dir(bench.file("vault.trousseau.bak.new")).unwrap();
    let changed = Ways {
        same: &[Credential::Pin],
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..Ways::default()
    };
    let (done, _) = replace(&bench.core, changed).unwrap();
    assert!(!done.finished);
    tell(&bench.core);
    assert!(read(&bench, BACKUP) == old);
    assert!(file_opens(
        &bench,
        &read(&bench, VAULT),
        Credential::Pin,
        PIN
    ));
    let without_slot = |bench: &Bench| {
        let memory = bench.secret_store.memory();
        let of_before = |item: &&SecretId| item.role == SecretPurpose::Pin && item.slot.is_none();
        memory.kept.keys().filter(of_before).count()
    };
    assert_eq!(without_slot(&bench), 1, "the copy still needs it");
    let mark = |bench: &Bench| {
        let id = vault::inspect(&read(bench, VAULT)).unwrap().vault;
        let item = SecretId::without_slot(id, SecretPurpose::Mark);
        Mark::parse(&bench.secret_store.memory().kept[&item]).unwrap()
    };
    let before = mark(&bench);
    std::fs::remove_dir(bench.file("vault.trousseau.bak.new")).unwrap();
    let bench = bench.restart();
    let opened = bench.core.unlock(Credential::Passphrase, OTHER).unwrap();
    assert_eq!((opened.behind, opened.foreign), (0, false), "its own past");
    tell(&bench.core);
    assert!(read(&bench, BACKUP) == read(&bench, VAULT));
    assert_ne!(mark(&bench).check, before.check);
    assert_eq!(without_slot(&bench), 0);
}

/// Not even a store that never answers again keeps anybody from going on.
#[test]
fn a_store_that_falls_silent_keeps_nobody_waiting() {
    let bench = vault_of(&[Credential::Passphrase, Credential::Recovery]);
    let gate = Arc::new(std::sync::Barrier::new(2));
    bench.secret_store.memory().gate = Some(Arc::clone(&gate));
    let changed = Ways {
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..Ways::default()
    };
    replace(&bench.core, changed).unwrap();
    add(&bench.core, HOTP).unwrap();
    bench.secret_store.hold_the_first_alone(&gate);
    gate.wait();
    bench.core.lock();
    bench.core.unlock(Credential::Passphrase, OTHER).unwrap();
}
