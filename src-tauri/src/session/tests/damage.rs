//! Files that cannot be read, disks that cannot be written.

use super::noting_disk::NotingDisk;
use super::*;

#[test]
fn a_damaged_vault_opens_from_the_previous_generation_and_is_kept() {
    let (bench, id) = Bench::open();
    add(&bench.core, HOTP).unwrap();
    bench.core.lock();
    let path = bench.file("vault.trousseau");
    let mut damaged = std::fs::read(&path).unwrap();
    let last = damaged.len() - 20;
    damaged[last] ^= 1;
    std::fs::write(&path, &damaged).unwrap();

    assert_eq!(code(bench.unlock()), ErrorCode::VaultDamaged);
    assert_eq!(bench.phase(), Phase::Unreadable);
    assert_eq!(
        code(bench.core.create_vault(Credential::Passphrase, PASSPHRASE)),
        ErrorCode::VaultExists
    );
    let status = bench
        .core
        .open_backup(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    assert_eq!(status.phase, Phase::ReadOnly);
    assert_eq!(
        bench.core.reveal(&id).unwrap().code.as_deref(),
        Some("94287082")
    );
    assert_eq!(code(bench.core.trash_entry(&id)), ErrorCode::ReadOnly);
    assert_eq!(code(add(&bench.core, URI)), ErrorCode::ReadOnly);
    assert_eq!(
        std::fs::read(&path).unwrap(),
        damaged,
        "reading changed nothing"
    );

    assert_eq!(bench.core.restore_backup().unwrap().phase, Phase::Unlocked);
    let kept = bench.file(&format!("vault.trousseau.damaged-{}", bench.clock.now_ms()));
    assert_eq!(std::fs::read(kept).unwrap(), damaged);
    let bench = bench.restart();
    assert_eq!(bench.unlock().unwrap(), Phase::Unlocked);
    assert_eq!(bench.core.view(&everything()).unwrap().total, 1);
}

#[test]
fn a_vault_that_is_gone_or_cut_is_no_first_run() {
    for cut in [None, Some(0), Some(5), Some(300)] {
        let (bench, _) = Bench::open();
        let path = bench.file("vault.trousseau");
        let bytes = std::fs::read(&path).unwrap();
        match cut {
            None => std::fs::remove_file(&path).unwrap(),
            Some(length) => std::fs::write(&path, &bytes[..length]).unwrap(),
        }
        let bench = bench.restart();
        assert_eq!(bench.phase(), Phase::Unreadable, "{cut:?}");
        assert_eq!(
            code(bench.core.create_vault(Credential::Passphrase, PASSPHRASE)),
            ErrorCode::VaultExists,
            "{cut:?}"
        );
    }
}

#[test]
fn a_damaged_slot_is_not_called_a_wrong_passphrase() {
    let (bench, _) = Bench::open();
    bench.core.lock();
    let path = bench.file("vault.trousseau");
    let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
    let at = text
        .find("\"salt\":\"")
        .map(|_| text.rfind("\"salt\":\"").unwrap() + 8)
        .unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    for position in [
        at,
        text.find("\"slots\"").unwrap()
            + text[text.find("\"slots\"").unwrap()..]
                .find("\"salt\":\"")
                .unwrap()
            + 8,
    ] {
        bytes[position] = if bytes[position] == b'0' { b'1' } else { b'0' };
    }
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(code(bench.unlock()), ErrorCode::VaultDamaged);
    assert_eq!(bench.phase(), Phase::Unreadable);
}

#[test]
fn a_failed_save_changes_nothing_and_shows_no_code() {
    let (bench, id) = Bench::open();
    let hotp = add(&bench.core, HOTP).unwrap();
    // A folder where the temporary file would be: the write fails, for root too.
    std::fs::create_dir(bench.file("vault.trousseau.new")).unwrap();
    assert!(bench.core.advance_counter(&hotp).is_err());
    assert!(bench.core.trash_entry(&id).is_err());
    let renewed = Ways {
        same: &[Credential::Passphrase, Credential::Recovery],
        passphrase: PASSPHRASE,
        ..Ways::default()
    };
    assert_eq!(
        code(replace(&bench.core, renewed)),
        ErrorCode::StorageFailed
    );
    assert_eq!(
        bench.core.details(&hotp).unwrap().counter.as_deref(),
        Some("0")
    );
    assert_eq!(bench.core.view(&everything()).unwrap().trashed, 0);
    std::fs::remove_dir(bench.file("vault.trousseau.new")).unwrap();
    assert_eq!(
        bench.core.advance_counter(&hotp).unwrap().code.as_deref(),
        Some("755224")
    );
}

#[test]
fn a_file_that_somebody_else_put_there_is_kept_by_every_write() {
    let (bench, id) = Bench::open();
    let path = bench.file("vault.trousseau");
    // Nothing but a use is to be written: at the lock.
    bench.core.reveal(&id).unwrap();
    std::fs::write(&path, b"somebody else's").unwrap();
    bench.core.lock();
    let kept = bench.file(&format!("vault.trousseau.damaged-{}", bench.clock.now_ms()));
    assert_eq!(std::fs::read(kept).unwrap(), b"somebody else's");

    let (bench, id) = Bench::open();
    std::fs::write(bench.file("vault.trousseau"), b"somebody else's").unwrap();
    bench.core.trash_entry(&id).unwrap();
    let kept = bench.file(&format!("vault.trousseau.damaged-{}", bench.clock.now_ms()));
    assert_eq!(std::fs::read(kept).unwrap(), b"somebody else's");
}

#[test]
fn what_could_not_be_judged_does_not_forget_wrong_attempts() {
    let (bench, _) = Bench::open();
    bench.core.lock();
    for _ in 0..3 {
        let wrong = bench.core.unlock(Credential::Passphrase, "wrong wrong");
        assert_eq!(code(wrong), ErrorCode::CredentialRejected);
    }
    let path = bench.file("vault.trousseau");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..200]).unwrap();
    assert_eq!(code(bench.unlock()), ErrorCode::VaultDamaged);
    std::fs::write(&path, whole).unwrap();
    let bench = bench.restart();
    assert_eq!(bench.phase(), Phase::Delayed);
}

#[test]
fn the_window_is_told_when_the_disk_turns_read_only_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let disk = NotingDisk::default();
    let core = Core::new(Config {
        disk: Arc::new(disk.clone()),
        secret_store: Arc::new(MemorySecretStore::default()),
        ..Config::bare(folder.path().into())
    });
    core.create_vault(Credential::Device, "").unwrap();
    let id = add(&core, URI).unwrap();
    disk.note_phases(&core);
    let told = || {
        core.tick();
        core.tick();
        disk.take() == ["phase changed"]
    };
    let read_only = || core.status().unwrap().disk_read_only;
    assert!(!told() && !read_only());

    disk.refuse(true);
    assert_eq!(code(core.trash_entry(&id)), ErrorCode::StorageReadOnly);
    assert!(told() && read_only());
    assert!(!told(), "once is enough");

    disk.refuse(false);
    core.trash_entry(&id).unwrap();
    assert!(told() && !read_only());
}
