//! A file that is not the one that this device saw last: foreign, or not compared yet.

use trousseau_vault::Mark;

use super::files::{BACKUP, VAULT, generation, list_set_aside, read};
use super::old_keys::{count, forged, replace_all, with_old_keys};
use super::*;
use crate::session::comparison::Standing;

#[test]
fn a_file_under_old_keys_is_foreign_whatever_its_generation() {
    for ahead in [0, 1, 1000] {
        let (fixture, old) = with_old_keys();
        let own = read(&fixture, BACKUP);
        let newest = generation(&read(&fixture, VAULT));
        std::fs::write(fixture.file(VAULT), forged(&old, newest + ahead)).unwrap();
        fixture.unlock().unwrap();
        let status = fixture.core.status().unwrap();
        assert!(status.foreign && status.newer_copy && status.saves_behind == 0);
        let id = fixture.core.list_entries(&everything()).unwrap().rows[0]
            .id
            .clone();
        fixture.core.reveal(&id).unwrap();
        for refused in [
            fixture.core.trash_entry(&id).map(drop),
            fixture.core.set_credential(Credential::Pin, "314159"),
            fixture.core.accept_rollback(),
        ] {
            assert_eq!(code(refused), ErrorCode::VaultForeign);
        }
        tell(&fixture.core);
        assert!(
            read(&fixture, BACKUP) == own,
            "the one that the device knows"
        );

        fixture.core.take_newer_copy().unwrap();
        tell(&fixture.core);
        let status = fixture.core.status().unwrap();
        // The newest of all was overwritten by whoever put the file there.
        assert_eq!((status.foreign, status.saves_behind), (false, 1));
        fixture.core.accept_rollback().unwrap();
        tell(&fixture.core);
        assert_eq!((count(&fixture), list_set_aside(&fixture).len()), (2, 1));
        fixture.core.lock();
        fixture.unlock().unwrap();
        let status = fixture.core.status().unwrap();
        assert_eq!((status.foreign, status.saves_behind), (false, 0));
    }
}

/// The person put an old copy back, and means to keep it.
#[test]
fn a_foreign_file_is_kept_under_new_keys_and_nothing_is_lost() {
    for forges in [false, true] {
        keeps_a_foreign_file(forges);
    }
}

fn keeps_a_foreign_file(forges: bool) {
    let (fixture, old) = with_old_keys();
    let (own, own_copy) = (read(&fixture, VAULT), read(&fixture, BACKUP));
    let foreign = match forges {
        true => forged(&old, generation(&own)),
        false => old,
    };
    std::fs::write(fixture.file(VAULT), foreign).unwrap();
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().foreign);
    replace_all(&fixture);
    let status = fixture.core.status().unwrap();
    assert!(!status.foreign && !status.newer_copy);
    assert!(generation(&read(&fixture, VAULT)) > generation(&own));
    assert_eq!(
        list_set_aside(&fixture),
        [own_copy],
        "it may have been the newest"
    );
    assert_eq!(count(&fixture), 1);
    add(&fixture.core, HOTP).unwrap();
    fixture.core.lock();
    let fixture = fixture.restart();
    fixture.unlock().unwrap();
    let status = fixture.core.status().unwrap();
    assert!(!status.foreign && status.saves_behind == 0 && !status.not_compared);
    fixture.core.lock();
    // The one that the device knew is the foreign one now.
    std::fs::write(fixture.file(VAULT), own).unwrap();
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().foreign);
}

/// Killed after the files, before the device heard of the new keys.
#[test]
fn its_own_past_is_no_foreign_file() {
    let (fixture, _) = Fixture::open();
    tell(&fixture.core);
    let before = fixture.secret_store.memory().kept.clone();
    for _ in 0..2 {
        replace_all(&fixture);
    }
    fixture.core.lock();
    fixture.secret_store.memory().kept = before;
    let fixture = fixture.restart();
    fixture.unlock().unwrap();
    let status = fixture.core.status().unwrap();
    assert!(!status.foreign && status.saves_behind == 0);
    tell(&fixture.core);
    let session = fixture.core.session();
    let vault = &session.unlocked().unwrap().vault;
    let kept = fixture.secret_store.memory().kept
        [&SecretId::without_slot(vault.id(), SecretPurpose::Mark)]
        .clone();
    assert_eq!(Mark::parse(&kept), Some(Mark::of(vault)));
}

#[test]
fn another_vault_than_the_last_in_this_folder_is_foreign() {
    let (fixture, _) = Fixture::open();
    tell(&fixture.core);
    fixture.core.lock();
    let own = read(&fixture, VAULT);
    let (other, _) = Fixture::open();
    std::fs::write(fixture.file(VAULT), read(&other, VAULT)).unwrap();
    // The copy is the one that the device knows: it can be taken.
    std::fs::write(fixture.file(BACKUP), &own).unwrap();
    let fixture = fixture.restart();
    fixture.unlock().unwrap();
    let status = fixture.core.status().unwrap();
    assert!(status.foreign && status.newer_copy);
    fixture.core.take_newer_copy().unwrap();
    let status = fixture.core.status().unwrap();
    assert!(!status.foreign && status.saves_behind == 0);
    tell(&fixture.core);
    fixture.core.lock();
    std::fs::write(fixture.file(VAULT), read(&other, VAULT)).unwrap();
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().foreign);
    tell(&fixture.core);
    replace_all(&fixture);
    fixture.core.lock();
    let fixture = fixture.restart();
    fixture.unlock().unwrap();
    assert!(!fixture.core.status().unwrap().foreign);
    fixture.core.lock();
    std::fs::write(fixture.file(VAULT), own).unwrap();
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().foreign);
}

/// A forged file in the place of the copy, of a high generation: the vault beside it is the one to go on with.
#[test]
fn a_foreign_copy_is_no_newer_one_and_is_kept_aside() {
    let (fixture, old) = with_old_keys();
    let foreign = forged(&old, 1000);
    std::fs::write(fixture.file(BACKUP), &foreign).unwrap();
    fixture.unlock().unwrap();
    let status = fixture.core.status().unwrap();
    assert!(status.saves_behind == 0 && !status.newer_copy && !status.foreign);
    add(&fixture.core, &HOTP.replace("hotp?", "third?")).unwrap();
    assert_eq!(list_set_aside(&fixture), [foreign]);
}

/// The vault cannot be read: what lies beside it is compared before it takes its place, and stays for reading where it is foreign.
#[test]
fn a_foreign_copy_that_takes_the_place_of_the_vault_stays_for_reading() {
    let (fixture, old) = with_old_keys();
    let newest = generation(&read(&fixture, VAULT));
    std::fs::write(fixture.file(VAULT), b"TROUSSEAU\n").unwrap();
    std::fs::write(fixture.file(BACKUP), forged(&old, newest)).unwrap();
    let fixture = fixture.restart();
    let opened = fixture
        .core
        .open_previous_generation(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    assert!(opened.foreign && opened.phase == Phase::ReadOnly);
    let restored = fixture.core.restore_previous_generation().unwrap();
    assert!(restored.foreign && restored.phase == Phase::Unlocked);
    assert_eq!(code(add(&fixture.core, HOTP)), ErrorCode::VaultForeign);
    fixture.core.lock();
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().foreign);
}

/// Silent for ten seconds, then with an answer.
#[test]
fn a_silent_device_holds_the_vault_for_reading_and_is_heard_late() {
    let (fixture, _) = Fixture::open();
    let older = read(&fixture, VAULT);
    add(&fixture.core, HOTP).unwrap();
    tell(&fixture.core);
    fixture.core.lock();
    std::fs::write(fixture.file(VAULT), older).unwrap();
    std::fs::remove_file(fixture.file(BACKUP)).unwrap();
    let gate = Arc::new(std::sync::Barrier::new(2));
    fixture.secret_store.memory().gate = Some(Arc::clone(&gate));
    fixture.unlock().unwrap();
    fixture.secret_store.hold_the_first_alone(&gate);
    let status = fixture.core.status().unwrap();
    assert!(status.comparing && !status.not_compared);
    assert_eq!(code(add(&fixture.core, URI)), ErrorCode::VaultComparing);
    assert_eq!(count(&fixture), 1);
    fixture.pass(9_000);
    fixture.core.tick();
    assert!(fixture.core.status().unwrap().comparing);
    fixture.pass(1_000);
    fixture.core.tick();
    let status = fixture.core.status().unwrap();
    assert!(!status.comparing && status.not_compared && status.saves_behind == 0);
    gate.wait();
    let standing = || {
        fixture
            .core
            .session()
            .unlocked()
            .unwrap()
            .comparison
            .standing
    };
    for _ in 0..2_000 {
        fixture.core.tick();
        if standing() != Standing::Present {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(standing(), Standing::Older { by: 1 });
    assert!(!fixture.core.status().unwrap().not_compared);
    assert_eq!(code(add(&fixture.core, URI)), ErrorCode::VaultOlder);
}

#[test]
fn a_device_that_remembers_nothing_is_told_anew() {
    let (fixture, _) = Fixture::open();
    tell(&fixture.core);
    assert!(!fixture.core.status().unwrap().not_compared);
    fixture.core.lock();
    fixture.secret_store.memory().kept.clear();
    let fixture = fixture.restart();
    fixture.unlock().unwrap();
    assert!(fixture.core.status().unwrap().not_compared);
    tell(&fixture.core);
    fixture.core.lock();
    fixture.unlock().unwrap();
    assert!(!fixture.core.status().unwrap().not_compared);
    // A machine without a store has nothing to compare with, and nothing to say.
    fixture.core.lock();
    fixture.secret_store.memory().absent = true;
    fixture.core.refresh_capabilities();
    fixture.unlock().unwrap();
    assert!(!fixture.core.status().unwrap().not_compared);
    add(&fixture.core, HOTP).unwrap();
}
