//! Files that somebody puts in the place of the vault or of its copy.

use super::*;

/// An old file in the vault's place; its access code was changed since; the newest but one lies beside it.
#[test]
fn pin_reaches_the_copy_beside_an_old_vault() {
    let (bench, _) = with_pin();
    let old = read(&bench, VAULT);
    bench
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    add(&bench.core, HOTP).unwrap();
    add(&bench.core, &HOTP.replace("hotp?", "second?")).unwrap();
    tell(&bench.core);
    bench.core.lock();
    write(&bench, VAULT, &old);
    let bench = bench.restart();
    let first = bench.core.unlock(Credential::Pin, OTHER_PIN);
    let copy = bench.core.open_backup(Credential::Pin, OTHER_PIN);
    assert!(first.is_ok() || copy.is_ok());
}

/// One hex digit of a slot's id is flipped in the vault's header; the copy is whole.
#[test]
fn one_bit_of_the_slots_name_keeps_nobody_from_the_copy() {
    for kind in [Credential::Device, Credential::Pin] {
        let bench = Bench::new();
        bench.core.create_vault(kind, PIN).unwrap();
        add(&bench.core, URI).unwrap();
        tell(&bench.core);
        bench.core.lock();
        let file = read(&bench, VAULT);
        let summary = vault::inspect(&file).unwrap();
        let slot = summary
            .slots
            .iter()
            .find(|slot| slot.kind == crate::session::typed::slot_kind(kind))
            .unwrap();
        let id = slot.id.to_string();
        let flipped = format!(
            "{}{}",
            if id.starts_with('0') { '1' } else { '0' },
            &id[1..]
        );
        write(&bench, VAULT, &swapped(&file, &id, &flipped));
        let bench = bench.restart();
        let damaged = bench.core.unlock(kind, PIN);
        assert_eq!(code(damaged), ErrorCode::VaultDamaged, "{kind:?}");
        let copy = bench.core.open_backup(kind, PIN);
        assert!(copy.is_ok(), "{kind:?}");
    }
}

/// An old file that says `replace_backup` in the vault's place; a newer copy that today's passphrase opens.
#[test]
fn a_newer_copy_is_not_the_credential_of_before() {
    let (bench, _) = Bench::open();
    // The file of a change of credentials says `replace_backup`.
    bench.core.set_credential(Credential::Pin, PIN).unwrap();
    let old = read(&bench, VAULT);
    assert!(vault::inspect(&old).unwrap().previous_is_stale);
    let changed = Ways {
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..Ways::default()
    };
    replace(&bench.core, changed).unwrap();
    add(&bench.core, HOTP).unwrap();
    tell(&bench.core);
    bench.core.lock();
    write(&bench, VAULT, &old);
    let bench = bench.restart();
    assert!(generation(&read(&bench, BACKUP)) > generation(&old));
    let refused = code(bench.core.unlock(Credential::Passphrase, OTHER));
    assert_ne!(refused, ErrorCode::CredentialRejected);
}

/// The vault's header names another vault, so that the mark of that one is asked for; the copy is forged with old keys.
#[test]
fn a_forged_copy_is_foreign_whatever_vault_the_other_file_names() {
    let (bench, old) = with_old_keys();
    let newest = read(&bench, VAULT);
    let before = mark_of(&bench, &newest).unwrap();
    let id = vault::inspect(&newest).unwrap().vault.to_string();
    let other_id = format!(
        "{}{}",
        if id.starts_with('0') { '1' } else { '0' },
        &id[1..]
    );
    write(&bench, VAULT, &swapped(&newest, &id, &other_id));
    write(&bench, BACKUP, &forged(&old, generation(&newest)));
    let bench = bench.restart();
    assert_eq!(code(bench.unlock()), ErrorCode::VaultDamaged);
    let opened = bench
        .core
        .open_backup(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    let restored = bench.core.restore_backup().unwrap();
    assert!(opened.foreign && restored.foreign);
    tell(&bench.core);
    assert_eq!(mark_of(&bench, &newest), Some(before));
    bench.core.lock();
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().foreign);
}

/// Somebody with old keys writes a file of the last generation but one; the person keeps it, having nothing else.
#[test]
fn a_foreign_file_that_is_kept_can_still_be_saved() {
    let (bench, old) = with_old_keys();
    let newest = read(&bench, VAULT);
    let mark = mark_of(&bench, &newest).unwrap().generation;
    write(&bench, VAULT, &forged(&old, u64::MAX - 2));
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().foreign);
    replace_all(&bench);
    assert_eq!(generation(&read(&bench, VAULT)), mark + 1);
    add(&bench.core, HOTP).unwrap();
    let changed = Ways {
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..Ways::default()
    };
    replace(&bench.core, changed).unwrap();
    tell(&bench.core);
    bench.core.lock();
    // The real file of before can be kept after all.
    write(&bench, VAULT, &newest);
    std::fs::remove_file(bench.file(BACKUP)).unwrap();
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().foreign);
    replace_all(&bench);
    assert_eq!(count(&bench), 3);
    add(&bench.core, HOTP).unwrap();
}

/// Somebody with old keys puts words of his own into a forged file. The owner opens it by a passphrase that was carried over.
#[test]
fn a_proof_on_a_foreign_file_proves_nothing_for_the_copy() {
    let (bench, old) = with_old_keys();
    let newest = generation(&read(&bench, VAULT));
    let his = Key::Recovery(RecoveryCode::parse(WORDS).unwrap());
    let file = forged_with(&old, newest, |vault| {
        if vault.slots().any(|slot| slot.kind == SlotKind::Recovery) {
            vault.remove_slot(SlotKind::Recovery).unwrap();
        }
        vault
            .put_slot(&his, Argon2Params::DEFAULT, &argon2id)
            .unwrap();
    });
    write(&bench, VAULT, &file);
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().newer_copy);
    // The owner turns away; the proof is old.
    bench.pass(40_000);
    bench.core.prove(Credential::Recovery, WORDS).unwrap();
    bench.core.take_newer_copy().unwrap();
    if bench.core.status().unwrap().behind > 0 {
        bench.core.accept_rollback().unwrap();
    }
    let changed = Ways {
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..Ways::default()
    };
    let replaced = replace(&bench.core, changed);
    assert_eq!(code(replaced), ErrorCode::ReauthRequired);
}

/// No store: a copy that was forged with keys of before is the vault's own past, whatever its generation.
#[test]
fn a_copy_under_keys_of_before_is_no_newer_one() {
    let (bench, old) = with_old_keys();
    bench.secret_store.memory().absent = true;
    bench.core.look_at_device();
    write(&bench, BACKUP, &forged(&old, 1000));
    bench.unlock().unwrap();
    let status = bench.core.status().unwrap();
    if status.newer_copy {
        bench.core.take_newer_copy().unwrap();
    }
    assert!(status.behind == 0 && !status.newer_copy);
}

/// A store that is silent, and a forged vault beside the real newest: ten seconds later the copy is still somewhere.
#[test]
fn a_copy_under_other_keys_is_kept_where_nothing_could_be_compared() {
    let (bench, old) = with_old_keys();
    bench.secret_store.memory().absent = true;
    bench.core.look_at_device();
    let newest = read(&bench, VAULT);
    write(&bench, BACKUP, &newest);
    write(
        &bench,
        VAULT,
        &forged_with(&old, generation(&newest), |vault| {
            vault.set_previous_stale(true)
        }),
    );
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().foreign, "the copy says so");
    let names: Vec<_> = std::fs::read_dir(bench.folder.path())
        .unwrap()
        .map(|f| f.unwrap().file_name())
        .collect();
    let kept = names.iter().any(|name| {
        std::fs::read(bench.folder.path().join(name)).is_ok_and(|bytes| bytes == newest)
    });
    assert!(kept);
}
