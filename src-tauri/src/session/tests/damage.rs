//! Files that cannot be read, disks that cannot be written.

use super::noting_disk::NotingDisk;
use super::*;

#[test]
fn a_damaged_vault_opens_from_the_previous_generation_and_is_kept() {
    let (fixture, id) = Fixture::open();
    add(&fixture.core, HOTP).unwrap();
    fixture.core.lock();
    let path = fixture.file("vault.trousseau");
    let mut damaged = std::fs::read(&path).unwrap();
    let last = damaged.len() - 20;
    damaged[last] ^= 1;
    std::fs::write(&path, &damaged).unwrap();

    assert_eq!(code(fixture.unlock()), ErrorCode::VaultDamaged);
    assert_eq!(fixture.phase(), Phase::Damaged);
    assert_eq!(
        code(
            fixture
                .core
                .create_vault(Credential::Passphrase, PASSPHRASE)
        ),
        ErrorCode::VaultExists
    );
    let status = fixture
        .core
        .open_previous_generation(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    assert_eq!(status.phase, Phase::ReadOnly);
    assert_eq!(
        fixture.core.reveal(&id).unwrap().code.as_deref(),
        Some("94287082")
    );
    assert_eq!(code(fixture.core.trash_entry(&id)), ErrorCode::ReadOnly);
    assert_eq!(code(add(&fixture.core, URI)), ErrorCode::ReadOnly);
    assert_eq!(
        std::fs::read(&path).unwrap(),
        damaged,
        "reading changed nothing"
    );

    assert_eq!(
        fixture.core.restore_previous_generation().unwrap().phase,
        Phase::Unlocked
    );
    let kept = fixture.file(&format!(
        "vault.trousseau.damaged-{}",
        fixture.clock.now_ms()
    ));
    assert_eq!(std::fs::read(kept).unwrap(), damaged);
    let fixture = fixture.restart();
    assert_eq!(fixture.unlock().unwrap(), Phase::Unlocked);
    assert_eq!(fixture.core.list_entries(&everything()).unwrap().total, 1);
}

#[test]
fn a_vault_that_is_gone_or_cut_is_no_first_run() {
    for cut in [None, Some(0), Some(5), Some(300)] {
        let (fixture, _) = Fixture::open();
        let path = fixture.file("vault.trousseau");
        let bytes = std::fs::read(&path).unwrap();
        match cut {
            None => std::fs::remove_file(&path).unwrap(),
            Some(length) => std::fs::write(&path, &bytes[..length]).unwrap(),
        }
        let fixture = fixture.restart();
        assert_eq!(fixture.phase(), Phase::Damaged, "{cut:?}");
        assert_eq!(
            code(
                fixture
                    .core
                    .create_vault(Credential::Passphrase, PASSPHRASE)
            ),
            ErrorCode::VaultExists,
            "{cut:?}"
        );
    }
}

#[test]
fn a_damaged_slot_is_not_called_a_wrong_passphrase() {
    let (fixture, _) = Fixture::open();
    fixture.core.lock();
    let path = fixture.file("vault.trousseau");
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
    assert_eq!(code(fixture.unlock()), ErrorCode::VaultDamaged);
    assert_eq!(fixture.phase(), Phase::Damaged);
}

#[test]
fn a_failed_save_changes_nothing_and_shows_no_code() {
    let (fixture, id) = Fixture::open();
    let hotp = add(&fixture.core, HOTP).unwrap();
    // A folder where the temporary file would be: the write fails, for root too.
    std::fs::create_dir(fixture.file("vault.trousseau.new")).unwrap();
    assert!(fixture.core.advance_counter(&hotp).is_err());
    assert!(fixture.core.trash_entry(&id).is_err());
    let renewed = KeyReplacement {
        same: &[Credential::Passphrase, Credential::Recovery],
        passphrase: PASSPHRASE,
        ..KeyReplacement::default()
    };
    assert_eq!(
        code(replace(&fixture.core, renewed)),
        ErrorCode::StorageFailed
    );
    assert_eq!(
        fixture
            .core
            .entry_details(&hotp)
            .unwrap()
            .counter
            .as_deref(),
        Some("0")
    );
    assert_eq!(fixture.core.list_entries(&everything()).unwrap().trashed, 0);
    std::fs::remove_dir(fixture.file("vault.trousseau.new")).unwrap();
    assert_eq!(
        fixture.core.advance_counter(&hotp).unwrap().code.as_deref(),
        Some("755224")
    );
}

#[test]
fn a_file_that_somebody_else_put_there_is_kept_by_every_write() {
    let (fixture, id) = Fixture::open();
    let path = fixture.file("vault.trousseau");
    // Nothing but a use is to be written: at the lock.
    fixture.core.reveal(&id).unwrap();
    std::fs::write(&path, b"somebody else's").unwrap();
    fixture.core.lock();
    let kept = fixture.file(&format!(
        "vault.trousseau.damaged-{}",
        fixture.clock.now_ms()
    ));
    assert_eq!(std::fs::read(kept).unwrap(), b"somebody else's");

    let (fixture, id) = Fixture::open();
    std::fs::write(fixture.file("vault.trousseau"), b"somebody else's").unwrap();
    fixture.core.trash_entry(&id).unwrap();
    let kept = fixture.file(&format!(
        "vault.trousseau.damaged-{}",
        fixture.clock.now_ms()
    ));
    assert_eq!(std::fs::read(kept).unwrap(), b"somebody else's");
}

#[test]
fn what_could_not_be_judged_does_not_forget_wrong_attempts() {
    let (fixture, _) = Fixture::open();
    fixture.core.lock();
    for _ in 0..3 {
        let wrong = fixture.core.unlock(Credential::Passphrase, "wrong wrong");
        assert_eq!(code(wrong), ErrorCode::CredentialRejected);
    }
    let path = fixture.file("vault.trousseau");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..200]).unwrap();
    assert_eq!(code(fixture.unlock()), ErrorCode::VaultDamaged);
    std::fs::write(&path, whole).unwrap();
    let fixture = fixture.restart();
    assert_eq!(fixture.phase(), Phase::RateLimited);
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
