//! A file that is not the one that this device saw last: foreign, or not compared yet.

use trousseau_vault::Mark;

use super::files::{BACKUP, VAULT, generation, kept_aside, read};
use super::old_keys::{count, forged, replace_all, with_old_keys};
use super::*;
use crate::session::comparison::Standing;

#[test]
fn a_file_under_old_keys_is_foreign_whatever_its_generation() {
    for ahead in [0, 1, 1000] {
        let (bench, old) = with_old_keys();
        let own = read(&bench, BACKUP);
        let newest = generation(&read(&bench, VAULT));
        std::fs::write(bench.file(VAULT), forged(&old, newest + ahead)).unwrap();
        bench.unlock().unwrap();
        let status = bench.core.status().unwrap();
        assert!(status.foreign && status.newer_copy && status.behind == 0);
        let id = bench.core.view(&everything()).unwrap().rows[0].id.clone();
        bench.core.reveal(&id).unwrap();
        for refused in [
            bench.core.trash_entry(&id).map(drop),
            bench.core.set_credential(Credential::Pin, "314159"),
            bench.core.accept_rollback(),
        ] {
            assert_eq!(code(refused), ErrorCode::VaultForeign);
        }
        tell(&bench.core);
        assert!(read(&bench, BACKUP) == own, "the one that the device knows");

        bench.core.take_newer_copy().unwrap();
        tell(&bench.core);
        let status = bench.core.status().unwrap();
        // The newest of all was overwritten by whoever put the file there.
        assert_eq!((status.foreign, status.behind), (false, 1));
        bench.core.accept_rollback().unwrap();
        tell(&bench.core);
        assert_eq!((count(&bench), kept_aside(&bench).len()), (2, 1));
        bench.core.lock();
        bench.unlock().unwrap();
        let status = bench.core.status().unwrap();
        assert_eq!((status.foreign, status.behind), (false, 0));
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
    let (bench, old) = with_old_keys();
    let (own, own_copy) = (read(&bench, VAULT), read(&bench, BACKUP));
    let foreign = match forges {
        true => forged(&old, generation(&own)),
        false => old,
    };
    std::fs::write(bench.file(VAULT), foreign).unwrap();
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().foreign);
    replace_all(&bench);
    let status = bench.core.status().unwrap();
    assert!(!status.foreign && !status.newer_copy);
    assert!(generation(&read(&bench, VAULT)) > generation(&own));
    assert_eq!(
        kept_aside(&bench),
        [own_copy],
        "it may have been the newest"
    );
    assert_eq!(count(&bench), 1);
    add(&bench.core, HOTP).unwrap();
    bench.core.lock();
    let bench = bench.restart();
    bench.unlock().unwrap();
    let status = bench.core.status().unwrap();
    assert!(!status.foreign && status.behind == 0 && !status.not_compared);
    bench.core.lock();
    // The one that the device knew is the foreign one now.
    std::fs::write(bench.file(VAULT), own).unwrap();
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().foreign);
}

/// Killed after the files, before the device heard of the new keys.
#[test]
fn its_own_past_is_no_foreign_file() {
    let (bench, _) = Bench::open();
    tell(&bench.core);
    let before = bench.secret_store.memory().kept.clone();
    for _ in 0..2 {
        replace_all(&bench);
    }
    bench.core.lock();
    bench.secret_store.memory().kept = before;
    let bench = bench.restart();
    bench.unlock().unwrap();
    let status = bench.core.status().unwrap();
    assert!(!status.foreign && status.behind == 0);
    tell(&bench.core);
    let session = bench.core.session();
    let vault = &session.open().unwrap().vault;
    let kept = bench.secret_store.memory().kept
        [&SecretId::without_slot(vault.id(), SecretPurpose::Mark)]
        .clone();
    assert_eq!(Mark::parse(&kept), Some(Mark::of(vault)));
}

#[test]
fn another_vault_than_the_last_in_this_folder_is_foreign() {
    let (bench, _) = Bench::open();
    tell(&bench.core);
    bench.core.lock();
    let own = read(&bench, VAULT);
    let (other, _) = Bench::open();
    std::fs::write(bench.file(VAULT), read(&other, VAULT)).unwrap();
    // The copy is the one that the device knows: it can be taken.
    std::fs::write(bench.file(BACKUP), &own).unwrap();
    let bench = bench.restart();
    bench.unlock().unwrap();
    let status = bench.core.status().unwrap();
    assert!(status.foreign && status.newer_copy);
    bench.core.take_newer_copy().unwrap();
    let status = bench.core.status().unwrap();
    assert!(!status.foreign && status.behind == 0);
    tell(&bench.core);
    bench.core.lock();
    std::fs::write(bench.file(VAULT), read(&other, VAULT)).unwrap();
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().foreign);
    tell(&bench.core);
    replace_all(&bench);
    bench.core.lock();
    let bench = bench.restart();
    bench.unlock().unwrap();
    assert!(!bench.core.status().unwrap().foreign);
    bench.core.lock();
    std::fs::write(bench.file(VAULT), own).unwrap();
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().foreign);
}

/// A forged file in the place of the copy, of a high generation: the vault beside it is the one to go on with.
#[test]
fn a_foreign_copy_is_no_newer_one_and_is_kept_aside() {
    let (bench, old) = with_old_keys();
    let foreign = forged(&old, 1000);
    std::fs::write(bench.file(BACKUP), &foreign).unwrap();
    bench.unlock().unwrap();
    let status = bench.core.status().unwrap();
    assert!(status.behind == 0 && !status.newer_copy && !status.foreign);
    add(&bench.core, &HOTP.replace("hotp?", "third?")).unwrap();
    assert_eq!(kept_aside(&bench), [foreign]);
}

/// The vault cannot be read: what lies beside it is compared before it takes its place, and stays for reading where it is foreign.
#[test]
fn a_foreign_copy_that_takes_the_place_of_the_vault_stays_for_reading() {
    let (bench, old) = with_old_keys();
    let newest = generation(&read(&bench, VAULT));
    std::fs::write(bench.file(VAULT), b"TROUSSEAU\n").unwrap();
    std::fs::write(bench.file(BACKUP), forged(&old, newest)).unwrap();
    let bench = bench.restart();
    let opened = bench
        .core
        .open_backup(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    assert!(opened.foreign && opened.phase == Phase::ReadOnly);
    let restored = bench.core.restore_backup().unwrap();
    assert!(restored.foreign && restored.phase == Phase::Unlocked);
    assert_eq!(code(add(&bench.core, HOTP)), ErrorCode::VaultForeign);
    bench.core.lock();
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().foreign);
}

/// Silent for ten seconds, then with an answer.
#[test]
fn a_silent_device_holds_the_vault_for_reading_and_is_heard_late() {
    let (bench, _) = Bench::open();
    let older = read(&bench, VAULT);
    add(&bench.core, HOTP).unwrap();
    tell(&bench.core);
    bench.core.lock();
    std::fs::write(bench.file(VAULT), older).unwrap();
    std::fs::remove_file(bench.file(BACKUP)).unwrap();
    let gate = Arc::new(std::sync::Barrier::new(2));
    bench.secret_store.memory().gate = Some(Arc::clone(&gate));
    bench.unlock().unwrap();
    bench.secret_store.hold_the_first_alone(&gate);
    let status = bench.core.status().unwrap();
    assert!(status.comparing && !status.not_compared);
    assert_eq!(code(add(&bench.core, URI)), ErrorCode::VaultComparing);
    assert_eq!(count(&bench), 1);
    bench.pass(9_000);
    bench.core.tick();
    assert!(bench.core.status().unwrap().comparing);
    bench.pass(1_000);
    bench.core.tick();
    let status = bench.core.status().unwrap();
    assert!(!status.comparing && status.not_compared && status.behind == 0);
    gate.wait();
    let standing = || bench.core.session().open().unwrap().comparison.standing;
    for _ in 0..2_000 {
        bench.core.tick();
        if standing() != Standing::Present {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(standing(), Standing::Older { by: 1 });
    assert!(!bench.core.status().unwrap().not_compared);
    assert_eq!(code(add(&bench.core, URI)), ErrorCode::VaultOlder);
}

#[test]
fn a_device_that_remembers_nothing_is_told_anew() {
    let (bench, _) = Bench::open();
    tell(&bench.core);
    assert!(!bench.core.status().unwrap().not_compared);
    bench.core.lock();
    bench.secret_store.memory().kept.clear();
    let bench = bench.restart();
    bench.unlock().unwrap();
    assert!(bench.core.status().unwrap().not_compared);
    tell(&bench.core);
    bench.core.lock();
    bench.unlock().unwrap();
    assert!(!bench.core.status().unwrap().not_compared);
    // A machine without a store has nothing to compare with, and nothing to say.
    bench.core.lock();
    bench.secret_store.memory().absent = true;
    bench.core.look_at_device();
    bench.unlock().unwrap();
    assert!(!bench.core.status().unwrap().not_compared);
    add(&bench.core, HOTP).unwrap();
}
