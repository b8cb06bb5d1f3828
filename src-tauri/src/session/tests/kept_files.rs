//! The files that were put aside: listed while the vault is open, deleted after a proof, and by nothing else.

use super::*;

const VAULT: &str = "vault.trousseau";
const BACKUP: &str = "vault.trousseau.bak";

/// An open vault without a code and with one entry, in whose place somebody put another file once.
fn bench() -> (Bench, String) {
    let bench = Bench::new();
    bench.core.create_vault(Credential::Device, "").unwrap();
    let id = add(&bench.core, HOTP).unwrap();
    std::fs::write(bench.file(VAULT), "another's").unwrap();
    bench.core.advance_counter(&id).unwrap();
    (bench, id)
}

fn unlock(bench: &Bench) {
    bench.core.unlock(Credential::Device, "").unwrap();
}

fn names(bench: &Bench) -> Vec<String> {
    let files = bench.core.kept_files().unwrap().into_iter();
    files.map(|file| file.name).collect()
}

#[test]
fn what_was_put_aside_is_told_while_the_vault_is_open() {
    let (bench, id) = bench();
    let first_ms = bench.clock.now_ms();
    bench.pass(1000);
    std::fs::write(bench.file(VAULT), "a third one's").unwrap();
    bench.core.advance_counter(&id).unwrap();
    let files = bench.core.kept_files().unwrap();
    let told: Vec<_> = files.iter().map(|file| file.kept_ms).collect();
    assert_eq!(told, [first_ms, first_ms + 1000]);
    let there = std::fs::read(bench.file(&files[1].name)).unwrap();
    assert_eq!(there, b"a third one's");
    bench.core.lock();
    assert_eq!(code(bench.core.kept_files()), ErrorCode::Locked);
}

#[test]
fn one_is_deleted_after_a_proof_and_nothing_else_is() {
    let (bench, _) = bench();
    let name = names(&bench).remove(0);
    bench.pass(30_001);
    let refused = bench.core.delete_kept_file(&name);
    assert_eq!(code(refused), ErrorCode::ReauthRequired);
    bench.core.prove(Credential::Device, "").unwrap();
    for other in [VAULT, BACKUP, "vault.lock", "vault.attempts", "", ".."] {
        let refused = bench.core.delete_kept_file(other);
        assert_eq!(code(refused), ErrorCode::StorageFailed, "{other}");
    }
    assert_eq!(names(&bench), [name.as_str()]);
    bench.core.delete_kept_file(&name).unwrap();
    assert!(names(&bench).is_empty() && !bench.file(&name).exists());
    bench.core.delete_kept_file(&name).unwrap();
    bench.core.lock();
    assert_eq!(code(bench.core.delete_kept_file(&name)), ErrorCode::Locked);
    unlock(&bench);
    assert_eq!(bench.core.view(&everything()).unwrap().total, 1);
}

/// While a copy is open for reading, the files are told, and stay.
#[test]
fn beside_a_damaged_vault_they_are_told_and_stay() {
    let (bench, _) = bench();
    let name = names(&bench).remove(0);
    bench.core.lock();
    std::fs::write(bench.file(VAULT), "damaged").unwrap();
    let bench = bench.restart();
    bench.core.open_backup(Credential::Device, "").unwrap();
    assert_eq!(names(&bench), [name.as_str()]);
    let refused = bench.core.delete_kept_file(&name);
    assert_eq!(code(refused), ErrorCode::ReadOnly);
    bench.core.restore_backup().unwrap();
    assert_eq!(names(&bench).len(), 2);
}

#[test]
fn nothing_but_the_person_deletes_one() {
    let (bench, id) = bench();
    let before = names(&bench);
    bench.core.trash_entry(&id).unwrap();
    bench.core.empty_trash().unwrap();
    let first = Ways {
        same: &[Credential::Recovery],
        new: &[Credential::Passphrase],
        passphrase: PASSPHRASE,
        ..Ways::default()
    };
    replace(&bench.core, first).unwrap();
    bench.core.lock();
    bench.unlock().unwrap();
    bench.stay(40 * 24 * 3_600_000);
    let bench = bench.restart();
    bench.unlock().unwrap();
    add(&bench.core, URI).unwrap();
    assert_eq!(names(&bench), before);
    let there = std::fs::read(bench.file(&before[0])).unwrap();
    assert_eq!(there, b"another's");
}
