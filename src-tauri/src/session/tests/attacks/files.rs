//! Files that somebody puts in the place of the vault or of its copy.

use super::*;

/// An old file in the vault's place; its access code was changed since; the newest but one lies beside it.
#[test]
fn pin_reaches_the_copy_beside_an_old_vault() {
    let (fixture, _) = with_pin();
    let old = read(&fixture, VAULT);
    fixture
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    add(&fixture.core, HOTP).unwrap();
    add(&fixture.core, &HOTP.replace("hotp?", "second?")).unwrap();
    tell(&fixture.core);
    fixture.core.lock();
    write(&fixture, VAULT, &old);
    let fixture = fixture.restart();
    let first = fixture.core.unlock(Credential::Pin, OTHER_PIN);
    let copy = fixture
        .core
        .open_previous_generation(Credential::Pin, OTHER_PIN);
    assert!(first.is_ok() || copy.is_ok());
}

/// One hex digit of a slot's id is flipped in the vault's header; the copy is whole.
#[test]
fn one_bit_of_the_slots_name_keeps_nobody_from_the_copy() {
    for kind in [Credential::Device, Credential::Pin] {
        let fixture = Fixture::new();
        fixture.core.create_vault(kind, PIN).unwrap();
        add(&fixture.core, URI).unwrap();
        tell(&fixture.core);
        fixture.core.lock();
        let file = read(&fixture, VAULT);
        let summary = vault::inspect(&file).unwrap();
        let slot = summary
            .slots
            .iter()
            .find(|slot| slot.kind == crate::session::credential_input::slot_kind(kind))
            .unwrap();
        let id = slot.id.to_string();
        let flipped = format!(
            "{}{}",
            if id.starts_with('0') { '1' } else { '0' },
            &id[1..]
        );
        write(&fixture, VAULT, &swapped(&file, &id, &flipped));
        let fixture = fixture.restart();
        let damaged = fixture.core.unlock(kind, PIN);
        assert_eq!(code(damaged), ErrorCode::VaultDamaged, "{kind:?}");
        let copy = fixture.core.open_previous_generation(kind, PIN);
        assert!(copy.is_ok(), "{kind:?}");
    }
}

/// An old file that says `replace_stale_previous` in the vault's place; a newer copy that today's passphrase opens.
#[test]
fn a_newer_copy_is_not_the_credential_of_before() {
    let (fixture, _) = Fixture::open();
    // The file of a change of credentials says `replace_stale_previous`.
    fixture.core.set_credential(Credential::Pin, PIN).unwrap();
    let old = read(&fixture, VAULT);
    assert!(vault::inspect(&old).unwrap().previous_is_stale);
    let changed = KeyReplacement {
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..KeyReplacement::default()
    };
    replace(&fixture.core, changed).unwrap();
    add(&fixture.core, HOTP).unwrap();
    tell(&fixture.core);
    fixture.core.lock();
    write(&fixture, VAULT, &old);
    let fixture = fixture.restart();
    assert!(generation(&read(&fixture, BACKUP)) > generation(&old));
    let refused = code(fixture.core.unlock(Credential::Passphrase, OTHER));
    assert_ne!(refused, ErrorCode::CredentialRejected);
}

/// The vault's header names another vault, so that the mark of that one is asked for; the copy is forged with old keys.
#[test]
fn a_forged_copy_is_foreign_whatever_vault_the_other_file_names() {
    let (fixture, old) = with_old_keys();
    let newest = read(&fixture, VAULT);
    let before = mark_of(&fixture, &newest).unwrap();
    let id = vault::inspect(&newest).unwrap().vault.to_string();
    let other_id = format!(
        "{}{}",
        if id.starts_with('0') { '1' } else { '0' },
        &id[1..]
    );
    write(&fixture, VAULT, &swapped(&newest, &id, &other_id));
    write(&fixture, BACKUP, &forged(&old, generation(&newest)));
    let fixture = fixture.restart();
    assert_eq!(code(fixture.unlock()), ErrorCode::VaultDamaged);
    let opened = fixture
        .core
        .open_previous_generation(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    let restored = fixture.core.restore_previous_generation().unwrap();
    assert!(opened.foreign && restored.foreign);
    tell(&fixture.core);
    assert_eq!(mark_of(&fixture, &newest), Some(before));
    fixture.core.lock();
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().foreign);
}

/// Somebody with old keys writes a file of the last generation but one; the person keeps it, having nothing else.
#[test]
fn a_foreign_file_that_is_kept_can_still_be_saved() {
    let (fixture, old) = with_old_keys();
    let newest = read(&fixture, VAULT);
    let mark = mark_of(&fixture, &newest).unwrap().generation;
    write(&fixture, VAULT, &forged(&old, u64::MAX - 2));
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().foreign);
    replace_all(&fixture);
    assert_eq!(generation(&read(&fixture, VAULT)), mark + 1);
    add(&fixture.core, HOTP).unwrap();
    let changed = KeyReplacement {
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..KeyReplacement::default()
    };
    replace(&fixture.core, changed).unwrap();
    tell(&fixture.core);
    fixture.core.lock();
    // The real file of before can be kept after all.
    write(&fixture, VAULT, &newest);
    std::fs::remove_file(fixture.file(BACKUP)).unwrap();
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().foreign);
    replace_all(&fixture);
    assert_eq!(count(&fixture), 3);
    add(&fixture.core, HOTP).unwrap();
}

/// Somebody with old keys puts words of his own into a forged file. The owner opens it by a passphrase that was carried over.
#[test]
fn a_proof_on_a_foreign_file_proves_nothing_for_the_copy() {
    let (fixture, old) = with_old_keys();
    let newest = generation(&read(&fixture, VAULT));
    let his = Key::Recovery(RecoveryCode::parse(WORDS).unwrap());
    let file = forged_with(&old, newest, |vault| {
        if vault.slots().any(|slot| slot.kind == SlotKind::Recovery) {
            vault.remove_slot(SlotKind::Recovery).unwrap();
        }
        vault
            .put_slot(&his, Argon2Params::DEFAULT, &argon2id)
            .unwrap();
    });
    write(&fixture, VAULT, &file);
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().newer_copy);
    // The owner turns away; the proof is old.
    fixture.pass(40_000);
    fixture
        .core
        .reauthenticate(Credential::Recovery, WORDS)
        .unwrap();
    fixture.core.take_newer_copy().unwrap();
    if fixture.core.status().unwrap().saves_behind > 0 {
        fixture.core.accept_rollback().unwrap();
    }
    let changed = KeyReplacement {
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..KeyReplacement::default()
    };
    let replaced = replace(&fixture.core, changed);
    assert_eq!(code(replaced), ErrorCode::ReauthRequired);
}

/// No store: a copy that was forged with keys of before is the vault's own past, whatever its generation.
#[test]
fn a_copy_under_keys_of_before_is_no_newer_one() {
    let (fixture, old) = with_old_keys();
    fixture.secret_store.memory().absent = true;
    fixture.core.refresh_capabilities();
    write(&fixture, BACKUP, &forged(&old, 1000));
    fixture.unlock().unwrap();
    let status = fixture.core.status().unwrap();
    if status.newer_copy {
        fixture.core.take_newer_copy().unwrap();
    }
    assert!(status.saves_behind == 0 && !status.newer_copy);
}

/// A store that is silent, and a forged vault beside the real newest: ten seconds later the copy is still somewhere.
#[test]
fn a_copy_under_other_keys_is_kept_where_nothing_could_be_compared() {
    let (fixture, old) = with_old_keys();
    fixture.secret_store.memory().absent = true;
    fixture.core.refresh_capabilities();
    let newest = read(&fixture, VAULT);
    write(&fixture, BACKUP, &newest);
    write(
        &fixture,
        VAULT,
        &forged_with(&old, generation(&newest), |vault| {
            vault.set_previous_stale(true)
        }),
    );
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().foreign, "the copy says so");
    let names: Vec<_> = std::fs::read_dir(fixture.folder.path())
        .unwrap()
        .map(|f| f.unwrap().file_name())
        .collect();
    let kept = names.iter().any(|name| {
        std::fs::read(fixture.folder.path().join(name)).is_ok_and(|bytes| bytes == newest)
    });
    assert!(kept);
}
