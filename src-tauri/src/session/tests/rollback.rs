//! A file that is older than another that is known, and what a copy that is opened in its place proves.

use trousseau_vault::Mark;

use super::files::{BACKUP, VAULT, list_set_aside, read};
use super::*;

fn accounts(fixture: &Fixture) -> Vec<String> {
    let view = fixture.core.list_entries(&everything()).unwrap();
    view.rows.iter().map(|row| row.account.clone()).collect()
}

fn change_passphrase(fixture: &Fixture, new: &str) {
    let changed = KeyReplacement {
        same: &[Credential::Recovery],
        new: &[Credential::Passphrase],
        passphrase: new,
        ..KeyReplacement::default()
    };
    replace(&fixture.core, changed).unwrap();
}

/// A vault of two entries, closed, and the file of when it had one. The device was told nothing.
fn with_old_file() -> (Fixture, Vec<u8>) {
    let (fixture, _) = Fixture::open();
    let old = read(&fixture, VAULT);
    add(&fixture.core, HOTP).unwrap();
    add(&fixture.core, &HOTP.replace("hotp?", "second?")).unwrap();
    fixture.core.lock();
    (fixture.restart(), old)
}

/// Somebody put last month's file in the vault's place: the newest but one lies beside it.
#[test]
fn an_older_vault_leaves_the_newer_copy_alone_until_the_person_chose() {
    let (fixture, old) = with_old_file();
    let copy = read(&fixture, BACKUP);
    std::fs::write(fixture.file(VAULT), &old).unwrap();
    fixture.unlock().unwrap();
    let status = fixture.core.status().unwrap();
    assert_eq!((status.saves_behind, status.newer_copy), (1, true));
    assert_eq!(accounts(&fixture), ["jane"]);
    let id = fixture.core.list_entries(&everything()).unwrap().rows[0]
        .id
        .clone();
    fixture.core.reveal(&id).unwrap();
    assert_eq!(code(fixture.core.trash_entry(&id)), ErrorCode::VaultOlder);
    fixture.core.lock();
    assert!(read(&fixture, VAULT) == old && read(&fixture, BACKUP) == copy);

    fixture.unlock().unwrap();
    fixture.core.take_newer_copy().unwrap();
    let status = fixture.core.status().unwrap();
    assert_eq!((status.saves_behind, status.newer_copy), (0, false));
    assert_eq!(accounts(&fixture), ["jane", "hotp"]);
    assert_eq!(list_set_aside(&fixture), [old]);
    fixture.core.lock();
    fixture.unlock().unwrap();
    assert_eq!(accounts(&fixture), ["jane", "hotp"]);
}

#[test]
fn an_older_vault_that_is_kept_puts_the_newer_copy_aside() {
    let (fixture, old) = with_old_file();
    let copy = read(&fixture, BACKUP);
    std::fs::write(fixture.file(VAULT), &old).unwrap();
    fixture.unlock().unwrap();
    fixture.core.accept_rollback().unwrap();
    assert_eq!(fixture.core.status().unwrap().saves_behind, 0);
    assert_eq!(list_set_aside(&fixture), [copy]);
    assert_eq!(
        code(fixture.core.take_newer_copy()),
        ErrorCode::NoPreviousGeneration
    );
    tell(&fixture.core);
    fixture.core.lock();
    fixture.unlock().unwrap();
    assert_eq!(
        fixture.core.status().unwrap().saves_behind,
        0,
        "once is enough"
    );
    add(&fixture.core, &HOTP.replace("hotp?", "third?")).unwrap();
    assert_eq!(accounts(&fixture), ["jane", "third"]);
    assert_eq!(list_set_aside(&fixture).len(), 1);
}

/// The device alone tells that the vault is older: its copy is the previous generation of it, and stays what it is.
#[test]
fn an_older_vault_that_is_kept_leaves_its_own_copy_where_it_is() {
    let (fixture, _) = Fixture::open();
    add(&fixture.core, HOTP).unwrap();
    let (old, copy) = (read(&fixture, VAULT), read(&fixture, BACKUP));
    let summary = trousseau_vault::inspect(&old).unwrap();
    let mark = SecretId::without_slot(summary.vault, SecretPurpose::Mark);
    fixture.core.lock();
    let newer = (summary.generation + 5).to_be_bytes();
    fixture
        .secret_store
        .memory()
        .kept
        .insert(mark, newer.to_vec());
    fixture.unlock().unwrap();
    let status = fixture.core.status().unwrap();
    assert_eq!((status.saves_behind, status.newer_copy), (5, false));
    fixture.core.accept_rollback().unwrap();
    assert!(list_set_aside(&fixture).is_empty());
    assert!(read(&fixture, VAULT) == old && read(&fixture, BACKUP) == copy);
}

/// What lies in the place of the copy is another vault's, of a newer version, or cannot be read.
#[test]
fn a_strange_file_in_the_place_of_the_copy_is_kept_before_it_is_replaced() {
    let (other, _) = Fixture::open();
    let others = read(&other, VAULT);
    let mut newer = others.clone();
    newer[11] = 2;
    for strange in [others, newer, b"TROUSSEAU\n".to_vec()] {
        let (fixture, _) = with_old_file();
        std::fs::write(fixture.file(BACKUP), &strange).unwrap();
        fixture.unlock().unwrap();
        assert_eq!(fixture.core.status().unwrap().saves_behind, 0);
        for account in ["third?", "fourth?"] {
            add(&fixture.core, &HOTP.replace("hotp?", account)).unwrap();
        }
        assert!(list_set_aside(&fixture) == [strange]);
    }
}

/// A folder stands for whatever cannot be read: a bad block, a pipe.
#[test]
fn a_file_that_cannot_be_read_keeps_nobody_from_the_other() {
    for unreadable in [VAULT, BACKUP] {
        let (fixture, _) = with_old_file();
        std::fs::remove_file(fixture.file(unreadable)).unwrap();
        std::fs::create_dir(fixture.file(unreadable)).unwrap();
        let fixture = fixture.restart();
        if unreadable == VAULT {
            let status = fixture
                .core
                .open_previous_generation(Credential::Passphrase, PASSPHRASE)
                .unwrap();
            assert_eq!(status.phase, Phase::ReadOnly);
            fixture.core.restore_previous_generation().unwrap();
        } else {
            fixture.unlock().unwrap();
        }
        add(&fixture.core, &HOTP.replace("hotp?", "third?")).unwrap();
        let there = accounts(&fixture);
        fixture.core.lock();
        fixture.unlock().unwrap();
        assert_eq!(accounts(&fixture), there, "{unreadable}");
        assert!(there.contains(&"third".into()));
    }
}

/// The store answers late, or not: a higher mark is never replaced by a lower one that nobody chose.
#[test]
fn a_mark_is_lowered_only_where_the_person_goes_on_with_the_older_file() {
    let (fixture, _) = with_old_file();
    let vault = trousseau_vault::inspect(&read(&fixture, VAULT)).unwrap();
    let mark = SecretId::without_slot(vault.vault, SecretPurpose::Mark);
    let higher = (vault.generation + 9).to_be_bytes().to_vec();
    let kept = || fixture.secret_store.memory().kept.get(&mark).cloned();
    let write = |lower: bool| {
        let mut session = fixture.core.session();
        match lower {
            true => session.accept_as_present(0),
            false => session.mark(),
        }
        drop(session);
        tell(&fixture.core);
    };
    fixture.unlock().unwrap();
    tell(&fixture.core);
    fixture
        .secret_store
        .memory()
        .kept
        .insert(mark, higher.clone());
    write(false);
    assert_eq!(kept(), Some(higher.clone()));
    write(true);
    let told = Mark::of(&fixture.core.session().unlocked().unwrap().vault);
    assert_eq!(kept(), Some(told.to_bytes()));
}

/// The old file says that its copy must be replaced: it was made when a credential changed.
#[test]
fn an_older_vault_that_wants_its_copy_replaced_does_not_get_it() {
    let (fixture, _) = Fixture::open();
    change_passphrase(&fixture, "quatre clés de laiton");
    let old = read(&fixture, VAULT);
    let (first, second) = (HOTP, HOTP.replace("hotp?", "second?"));
    add(&fixture.core, first).unwrap();
    add(&fixture.core, &second).unwrap();
    fixture.core.lock();
    let copy = read(&fixture, BACKUP);
    std::fs::write(fixture.file(VAULT), &old).unwrap();
    fixture
        .core
        .unlock(Credential::Passphrase, "quatre clés de laiton")
        .unwrap();
    assert!(read(&fixture, BACKUP) == copy);
    assert!(fixture.core.status().unwrap().newer_copy);
}

/// Killed after the vault was written with another passphrase, and before its copy was: the passphrase of before opens
/// the copy, which is no reason to call the vault damaged.
#[test]
fn the_credential_of_before_is_rejected_while_the_copy_is_still_to_be_replaced() {
    let (fixture, _) = Fixture::open();
    add(&fixture.core, HOTP).unwrap();
    let copy = read(&fixture, BACKUP);
    let new = "quatre clés de laiton";
    change_passphrase(&fixture, new);
    fixture.core.lock();
    let vault = read(&fixture, VAULT);
    std::fs::write(fixture.file(BACKUP), &copy).unwrap();
    assert_eq!(code(fixture.unlock()), ErrorCode::CredentialRejected);
    assert_eq!(fixture.phase(), Phase::Locked);
    assert!(read(&fixture, VAULT) == vault && read(&fixture, BACKUP) == copy);
    fixture.core.unlock(Credential::Passphrase, new).unwrap();
    assert_eq!(accounts(&fixture), ["jane", "hotp"]);
    assert!(read(&fixture, BACKUP) == vault);
}

/// Whoever finds the copy open for reading cannot make a proof of it by going on with it.
#[test]
fn going_on_with_a_copy_proves_nothing() {
    for (waited_ms, expected) in [(30_000, None), (30_001, Some(ErrorCode::ReauthRequired))] {
        let (fixture, old) = with_old_file();
        std::fs::write(fixture.file(VAULT), &old[..100]).unwrap();
        let fixture = fixture.restart();
        fixture
            .core
            .open_previous_generation(Credential::Passphrase, PASSPHRASE)
            .unwrap();
        fixture.pass(waited_ms);
        fixture.core.restore_previous_generation().unwrap();
        assert_eq!(fixture.phase(), Phase::Unlocked);
        let id = fixture.core.list_entries(&everything()).unwrap().rows[0]
            .id
            .clone();
        let shown = fixture.core.export_qr(&id);
        assert_eq!(shown.err().map(|refused| refused.code()), expected);
    }
}

#[test]
fn a_copy_says_by_how_much_it_is_older() {
    let (fixture, _) = Fixture::open();
    let first_copy = read(&fixture, BACKUP);
    add(&fixture.core, HOTP).unwrap();
    add(&fixture.core, &HOTP.replace("hotp?", "second?")).unwrap();
    let newest = trousseau_vault::inspect(&read(&fixture, VAULT)).unwrap();
    tell(&fixture.core);
    let mark = SecretId::without_slot(newest.vault, SecretPurpose::Mark);
    let kept = fixture.secret_store.memory().kept[&mark].clone();
    for (copy, behind) in [(read(&fixture, BACKUP), 1), (first_copy, 3)] {
        fixture
            .secret_store
            .memory()
            .kept
            .insert(mark, kept.clone());
        std::fs::write(fixture.file(VAULT), b"TROUSSEAU\n").unwrap();
        std::fs::write(fixture.file(BACKUP), copy).unwrap();
        let folder = copied_folder(&fixture);
        let second = with_system_ui(
            folder.path(),
            &fixture.clock,
            &fixture.clipboard,
            &fixture.secret_store,
            &fixture.system_ui,
        );
        let status = second
            .open_previous_generation(Credential::Passphrase, PASSPHRASE)
            .unwrap();
        assert_eq!(
            (status.phase, status.saves_behind),
            (Phase::ReadOnly, behind)
        );
        second.restore_previous_generation().unwrap();
        assert_eq!(
            second.status().unwrap().saves_behind,
            0,
            "the person was told"
        );
        tell(&second);
    }
}

/// The files of `fixture` in a folder that nobody holds.
fn copied_folder(fixture: &Fixture) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in [VAULT, BACKUP] {
        std::fs::copy(fixture.file(name), folder.path().join(name)).unwrap();
    }
    folder
}

/// Two changed bytes make a vault one "of a newer version": its copy still opens, and nothing is lost by it.
#[test]
fn the_copy_beside_a_vault_of_a_newer_version_can_be_read() {
    let (fixture, _) = with_old_file();
    let mut newer = read(&fixture, VAULT);
    newer[11] = 2;
    std::fs::write(fixture.file(VAULT), &newer).unwrap();
    let fixture = fixture.restart();
    let status = fixture.core.status().unwrap();
    assert_eq!(
        (status.phase, status.has_previous_generation),
        (Phase::Unsupported, true)
    );
    assert_eq!(code(fixture.unlock()), ErrorCode::VaultUnsupported);
    let open_copy = || {
        fixture
            .core
            .open_previous_generation(Credential::Passphrase, PASSPHRASE)
            .unwrap()
    };
    assert_eq!(open_copy().phase, Phase::ReadOnly);
    assert_eq!(accounts(&fixture), ["jane", "hotp"]);
    fixture.core.lock();
    assert_eq!(fixture.phase(), Phase::Unsupported);
    assert!(read(&fixture, VAULT) == newer);

    open_copy();
    fixture.core.restore_previous_generation().unwrap();
    assert_eq!(fixture.phase(), Phase::Unlocked);
    assert_eq!(list_set_aside(&fixture), [newer]);

    let mut copy = read(&fixture, BACKUP);
    copy[11] = 2;
    std::fs::write(fixture.file(BACKUP), copy).unwrap();
    assert!(!fixture.core.status().unwrap().has_previous_generation);
}

#[test]
fn opening_without_a_code_proves_nothing_where_one_could_be_asked() {
    let fixture = Fixture::new();
    fixture.core.create_vault(Credential::Device, "").unwrap();
    let id = add(&fixture.core, URI).unwrap();
    fixture.core.lock();
    fixture.core.unlock(Credential::Device, "").unwrap();
    fixture.core.export_qr(&id).unwrap();
    fixture
        .core
        .set_credential(Credential::Biometric, "why")
        .unwrap();
    fixture.core.lock();
    fixture.core.unlock(Credential::Device, "").unwrap();
    assert_eq!(code(fixture.core.export_qr(&id)), ErrorCode::ReauthRequired);
    fixture
        .core
        .reauthenticate(Credential::Biometric, "why")
        .unwrap();
    fixture.core.export_qr(&id).unwrap();
}

#[test]
fn the_recovery_words_spare_another_proof_for_ten_minutes_and_not_once_it_was_put_off() {
    type Meanwhile = fn(&Fixture);
    const LEFT: Meanwhile = |fixture| fixture.core.set_window_visible(false, None).unwrap();
    const DIALOG: Meanwhile = |fixture| {
        fixture.core.hold_auto_lock(true);
        fixture.core.set_window_visible(false, None).unwrap();
        fixture.core.set_window_visible(true, None).unwrap();
    };
    let cases: [(&str, Meanwhile, Option<ErrorCode>); 5] = [
        ("at once", |_| {}, None),
        ("ten minutes later", |fixture| fixture.stay(600_000), None),
        (
            "longer",
            |fixture| fixture.stay(600_001),
            Some(ErrorCode::ReauthRequired),
        ),
        (
            "put off",
            |fixture| fixture.core.postpone_new_credential().unwrap(),
            Some(ErrorCode::ReauthRequired),
        ),
        ("left", LEFT, Some(ErrorCode::ReauthRequired)),
    ];
    for (what, meanwhile, expected) in cases.into_iter().chain([("a dialog", DIALOG, None)]) {
        let fixture = Fixture::new();
        let words = fixture
            .core
            .create_vault(Credential::Pin, "314159")
            .unwrap();
        fixture.core.lock();
        fixture
            .core
            .unlock(Credential::Recovery, &words.words.join(" "))
            .unwrap();
        meanwhile(&fixture);
        fixture.core.report_activity();
        fixture.pass(if expected.is_some() { 31_000 } else { 0 });
        let set = fixture
            .core
            .set_credential(Credential::Passphrase, PASSPHRASE);
        assert_eq!(set.err().map(|refused| refused.code()), expected, "{what}");
        assert_eq!(
            fixture.core.status().unwrap().new_credential_due,
            expected.is_some()
        );
    }
}
