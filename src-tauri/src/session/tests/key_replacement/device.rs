//! The device or the disk does not do its part.

use std::collections::HashSet;

use trousseau_vault::Mark;
use trousseau_wire::KeepRequirement;

use super::super::device_keys::forget_the_stretched_code;
use super::*;

#[test]
fn an_access_code_is_typed_only_where_nothing_was_kept_of_it() {
    let (fixture, _) = with_pin();
    let plan = |fixture: &Fixture| {
        let plan = fixture.core.plan_key_replacement().unwrap();
        let pin = plan
            .into_iter()
            .find(|chosen| chosen.credential == Credential::Pin);
        pin.unwrap().to_keep
    };
    assert_eq!(plan(&fixture), KeepRequirement::Nothing);
    forget_the_stretched_code(&fixture);
    assert_eq!(plan(&fixture), KeepRequirement::Typing);
    let pin = [wanted_credential(Credential::Pin, false)];
    let typed = |pin_text| WantedCredentials {
        pin: pin_text,
        confirmed: true,
        ..wanted(&pin, "")
    };
    let before = read(&fixture, VAULT);
    let refused = fixture.core.replace_keys(&typed("271828"));
    assert_eq!(code(refused), ErrorCode::CredentialRejected);
    let nothing_left = fixture.core.replace_keys(&typed(""));
    // A right proof, and still: without the code its slot cannot be made anew.
    assert_eq!(code(nothing_left), ErrorCode::LastCredential);
    assert!(read(&fixture, VAULT) == before);
    fixture.core.replace_keys(&typed(PIN)).unwrap();
    assert_eq!(plan(&fixture), KeepRequirement::Nothing);
    fixture.core.replace_keys(&typed("")).unwrap();
    fixture.core.lock();
    fixture.core.unlock(Credential::Pin, PIN).unwrap();
    fixture.secret_store.memory().kept.clear();
    assert_eq!(plan(&fixture), KeepRequirement::Impossible);
}

/// What the device gives no part of any more is dropped and told; where nothing would stay, nothing is written.
#[test]
fn what_the_device_does_not_take_is_lost_and_told() {
    type Breaks = fn(&Fixture);
    let cases: [(&str, Breaks, &[Credential]); 4] = [
        (
            "loses",
            |fixture| fixture.secret_store.memory().loses = true,
            &[Credential::Pin],
        ),
        (
            "absent",
            |fixture| fixture.secret_store.memory().absent = true,
            &[Credential::Pin, Credential::Biometric],
        ),
        (
            "dialog left",
            |fixture| fixture.secret_store.memory().dialog = Some(SecretStoreError::Cancelled),
            &[Credential::Biometric],
        ),
        (
            "empty",
            |fixture| fixture.secret_store.memory().kept.clear(),
            &[Credential::Pin],
        ),
    ];
    for (what, breaks, expected) in cases {
        let present = [
            Credential::Passphrase,
            Credential::Pin,
            Credential::Biometric,
        ];
        let fixture = vault_of(&present);
        breaks(&fixture);
        let all = KeyReplacement {
            same: &present,
            passphrase: PASSPHRASE,
            ..KeyReplacement::default()
        };
        let (done, _) = replace(&fixture.core, all).unwrap();
        let lost: HashSet<_> = done
            .lost
            .iter()
            .map(|credential| kind(*credential))
            .collect();
        let expected: HashSet<_> = expected
            .iter()
            .map(|credential| kind(*credential))
            .collect();
        assert_eq!(lost, expected, "{what}");
        let there: HashSet<_> = credentials_of(&fixture).into_iter().map(kind).collect();
        let stays: HashSet<_> = present.into_iter().map(kind).collect();
        assert_eq!(there, &stays - &expected, "{what}");
        fixture.core.lock();
        fixture.secret_store.memory().absent = false;
        fixture.unlock().unwrap();
    }
    let fixture = vault_of(&[Credential::Pin]);
    let before = (read(&fixture, VAULT), read(&fixture, BACKUP));
    fixture.secret_store.memory().loses = true;
    let alone = KeyReplacement {
        same: &[Credential::Pin],
        ..KeyReplacement::default()
    };
    assert_eq!(
        code(replace(&fixture.core, alone)),
        ErrorCode::DeviceStoreFailed
    );
    assert!((read(&fixture, VAULT), read(&fixture, BACKUP)) == before);
    fixture.core.lock();
    fixture.core.unlock(Credential::Pin, PIN).unwrap();
}

#[test]
fn a_second_file_that_cannot_be_written_is_told_and_made_good_at_the_next_opening() {
    let present = [Credential::Passphrase, Credential::Pin];
    let fixture = vault_of(&present);
    let old = read(&fixture, BACKUP);
    std::fs::create_dir(fixture.file("vault.trousseau.bak.new")).unwrap();
    let changed = KeyReplacement {
        same: &[Credential::Pin],
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..KeyReplacement::default()
    };
    let (done, _) = replace(&fixture.core, changed).unwrap();
    assert!(!done.finished);
    tell(&fixture.core);
    assert!(read(&fixture, BACKUP) == old);
    assert!(file_opens(
        &fixture,
        &read(&fixture, VAULT),
        Credential::Pin,
        PIN
    ));
    let without_slot = |fixture: &Fixture| {
        let memory = fixture.secret_store.memory();
        let of_before =
            |item: &&SecretId| item.purpose == SecretPurpose::Pin && item.slot.is_none();
        memory.kept.keys().filter(of_before).count()
    };
    assert_eq!(without_slot(&fixture), 1, "the copy still needs it");
    let mark = |fixture: &Fixture| {
        let id = vault::inspect(&read(fixture, VAULT)).unwrap().vault;
        let item = SecretId::without_slot(id, SecretPurpose::Mark);
        Mark::parse(&fixture.secret_store.memory().kept[&item]).unwrap()
    };
    let before = mark(&fixture);
    std::fs::remove_dir(fixture.file("vault.trousseau.bak.new")).unwrap();
    let fixture = fixture.restart();
    let opened = fixture.core.unlock(Credential::Passphrase, OTHER).unwrap();
    assert_eq!(
        (opened.saves_behind, opened.foreign),
        (0, false),
        "its own past"
    );
    tell(&fixture.core);
    assert!(read(&fixture, BACKUP) == read(&fixture, VAULT));
    assert_ne!(mark(&fixture).check, before.check);
    assert_eq!(without_slot(&fixture), 0);
}

/// Not even a store that never answers again keeps anybody from going on.
#[test]
fn a_store_that_falls_silent_keeps_nobody_waiting() {
    let fixture = vault_of(&[Credential::Passphrase, Credential::Recovery]);
    let gate = Arc::new(std::sync::Barrier::new(2));
    fixture.secret_store.memory().gate = Some(Arc::clone(&gate));
    let changed = KeyReplacement {
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..KeyReplacement::default()
    };
    replace(&fixture.core, changed).unwrap();
    add(&fixture.core, HOTP).unwrap();
    fixture.secret_store.hold_the_first_alone(&gate);
    gate.wait();
    fixture.core.lock();
    fixture.core.unlock(Credential::Passphrase, OTHER).unwrap();
}
