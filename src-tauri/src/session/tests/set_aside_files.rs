//! The files that were put aside: listed while the vault is open, deleted after a proof, and by nothing else.

use super::*;

const VAULT: &str = "vault.trousseau";
const BACKUP: &str = "vault.trousseau.bak";

/// An open vault without a code and with one entry, in whose place somebody put another file once.
fn fixture() -> (Fixture, String) {
    let fixture = Fixture::new();
    fixture.core.create_vault(Credential::Device, "").unwrap();
    let id = add(&fixture.core, HOTP).unwrap();
    std::fs::write(fixture.file(VAULT), "another's").unwrap();
    fixture.core.advance_counter(&id).unwrap();
    (fixture, id)
}

fn unlock(fixture: &Fixture) {
    fixture.core.unlock(Credential::Device, "").unwrap();
}

fn names(fixture: &Fixture) -> Vec<String> {
    let files = fixture.core.set_aside_files().unwrap().into_iter();
    files.map(|file| file.name).collect()
}

#[test]
fn what_was_put_aside_is_told_while_the_vault_is_open() {
    let (fixture, id) = fixture();
    let first_ms = fixture.clock.now_ms();
    fixture.pass(1000);
    std::fs::write(fixture.file(VAULT), "a third one's").unwrap();
    fixture.core.advance_counter(&id).unwrap();
    let files = fixture.core.set_aside_files().unwrap();
    let told: Vec<_> = files.iter().map(|file| file.set_aside_ms).collect();
    assert_eq!(told, [first_ms, first_ms + 1000]);
    let there = std::fs::read(fixture.file(&files[1].name)).unwrap();
    assert_eq!(there, b"a third one's");
    fixture.core.lock();
    assert_eq!(code(fixture.core.set_aside_files()), ErrorCode::Locked);
}

#[test]
fn one_is_deleted_after_a_proof_and_nothing_else_is() {
    let (fixture, _) = fixture();
    let name = names(&fixture).remove(0);
    fixture.pass(30_001);
    let refused = fixture.core.delete_set_aside_file(&name);
    assert_eq!(code(refused), ErrorCode::ReauthRequired);
    fixture.core.reauthenticate(Credential::Device, "").unwrap();
    for other in [VAULT, BACKUP, "vault.lock", "vault.attempts", "", ".."] {
        let refused = fixture.core.delete_set_aside_file(other);
        assert_eq!(code(refused), ErrorCode::StorageFailed, "{other}");
    }
    assert_eq!(names(&fixture), [name.as_str()]);
    fixture.core.delete_set_aside_file(&name).unwrap();
    assert!(names(&fixture).is_empty() && !fixture.file(&name).exists());
    fixture.core.delete_set_aside_file(&name).unwrap();
    fixture.core.lock();
    assert_eq!(
        code(fixture.core.delete_set_aside_file(&name)),
        ErrorCode::Locked
    );
    unlock(&fixture);
    assert_eq!(fixture.core.list_entries(&everything()).unwrap().total, 1);
}

/// While a copy is open for reading, the files are told, and stay.
#[test]
fn beside_a_damaged_vault_they_are_told_and_stay() {
    let (fixture, _) = fixture();
    let name = names(&fixture).remove(0);
    fixture.core.lock();
    std::fs::write(fixture.file(VAULT), "damaged").unwrap();
    let fixture = fixture.restart();
    fixture
        .core
        .open_previous_generation(Credential::Device, "")
        .unwrap();
    assert_eq!(names(&fixture), [name.as_str()]);
    let refused = fixture.core.delete_set_aside_file(&name);
    assert_eq!(code(refused), ErrorCode::ReadOnly);
    fixture.core.restore_previous_generation().unwrap();
    assert_eq!(names(&fixture).len(), 2);
}

#[test]
fn nothing_but_the_person_deletes_one() {
    let (fixture, id) = fixture();
    let before = names(&fixture);
    fixture.core.trash_entry(&id).unwrap();
    fixture.core.empty_trash().unwrap();
    let first = KeyReplacement {
        same: &[Credential::Recovery],
        new: &[Credential::Passphrase],
        passphrase: PASSPHRASE,
        ..KeyReplacement::default()
    };
    replace(&fixture.core, first).unwrap();
    fixture.core.lock();
    fixture.unlock().unwrap();
    fixture.stay(40 * 24 * 3_600_000);
    let fixture = fixture.restart();
    fixture.unlock().unwrap();
    add(&fixture.core, URI).unwrap();
    assert_eq!(names(&fixture), before);
    let there = std::fs::read(fixture.file(&before[0])).unwrap();
    assert_eq!(there, b"another's");
}
