//! A file that is older than another that is known, and what a copy that is opened in its place proves.

use trousseau_vault::Mark;

use super::files::{BACKUP, VAULT, kept_aside, read};
use super::*;

fn accounts(bench: &Bench) -> Vec<String> {
    let view = bench.core.view(&everything()).unwrap();
    view.rows.iter().map(|row| row.account.clone()).collect()
}

fn change_passphrase(bench: &Bench, new: &str) {
    let changed = Ways {
        same: &[Credential::Recovery],
        new: &[Credential::Passphrase],
        passphrase: new,
        ..Ways::default()
    };
    replace(&bench.core, changed).unwrap();
}

/// A vault of two entries, closed, and the file of when it had one. The device was told nothing.
fn with_old_file() -> (Bench, Vec<u8>) {
    let (bench, _) = Bench::open();
    let old = read(&bench, VAULT);
    add(&bench.core, HOTP).unwrap();
    add(&bench.core, &HOTP.replace("hotp?", "second?")).unwrap();
    bench.core.lock();
    (bench.restart(), old)
}

/// Somebody put last month's file in the vault's place: the newest but one lies beside it.
#[test]
fn an_older_vault_leaves_the_newer_copy_alone_until_the_person_chose() {
    let (bench, old) = with_old_file();
    let copy = read(&bench, BACKUP);
    std::fs::write(bench.file(VAULT), &old).unwrap();
    bench.unlock().unwrap();
    let status = bench.core.status().unwrap();
    assert_eq!((status.behind, status.newer_copy), (1, true));
    assert_eq!(accounts(&bench), ["jane"]);
    let id = bench.core.view(&everything()).unwrap().rows[0].id.clone();
    bench.core.reveal(&id).unwrap();
    assert_eq!(code(bench.core.trash_entry(&id)), ErrorCode::VaultOlder);
    bench.core.lock();
    assert!(read(&bench, VAULT) == old && read(&bench, BACKUP) == copy);

    bench.unlock().unwrap();
    bench.core.take_newer_copy().unwrap();
    let status = bench.core.status().unwrap();
    assert_eq!((status.behind, status.newer_copy), (0, false));
    assert_eq!(accounts(&bench), ["jane", "hotp"]);
    assert_eq!(kept_aside(&bench), [old]);
    bench.core.lock();
    bench.unlock().unwrap();
    assert_eq!(accounts(&bench), ["jane", "hotp"]);
}

#[test]
fn an_older_vault_that_is_kept_puts_the_newer_copy_aside() {
    let (bench, old) = with_old_file();
    let copy = read(&bench, BACKUP);
    std::fs::write(bench.file(VAULT), &old).unwrap();
    bench.unlock().unwrap();
    bench.core.accept_rollback().unwrap();
    assert_eq!(bench.core.status().unwrap().behind, 0);
    assert_eq!(kept_aside(&bench), [copy]);
    assert_eq!(code(bench.core.take_newer_copy()), ErrorCode::NoBackup);
    tell(&bench.core);
    bench.core.lock();
    bench.unlock().unwrap();
    assert_eq!(bench.core.status().unwrap().behind, 0, "once is enough");
    add(&bench.core, &HOTP.replace("hotp?", "third?")).unwrap();
    assert_eq!(accounts(&bench), ["jane", "third"]);
    assert_eq!(kept_aside(&bench).len(), 1);
}

/// The device alone tells that the vault is older: its copy is the previous generation of it, and stays what it is.
#[test]
fn an_older_vault_that_is_kept_leaves_its_own_copy_where_it_is() {
    let (bench, _) = Bench::open();
    add(&bench.core, HOTP).unwrap();
    let (old, copy) = (read(&bench, VAULT), read(&bench, BACKUP));
    let summary = trousseau_vault::inspect(&old).unwrap();
    let mark = SecretId::without_slot(summary.vault, SecretPurpose::Mark);
    bench.core.lock();
    let newer = (summary.generation + 5).to_be_bytes();
    bench
        .secret_store
        .memory()
        .kept
        .insert(mark, newer.to_vec());
    bench.unlock().unwrap();
    let status = bench.core.status().unwrap();
    assert_eq!((status.behind, status.newer_copy), (5, false));
    bench.core.accept_rollback().unwrap();
    assert!(kept_aside(&bench).is_empty());
    assert!(read(&bench, VAULT) == old && read(&bench, BACKUP) == copy);
}

/// What lies in the place of the copy is another vault's, of a newer version, or cannot be read.
#[test]
fn a_strange_file_in_the_place_of_the_copy_is_kept_before_it_is_replaced() {
    let (other, _) = Bench::open();
    let others = read(&other, VAULT);
    let mut newer = others.clone();
    newer[11] = 2;
    for strange in [others, newer, b"TROUSSEAU\n".to_vec()] {
        let (bench, _) = with_old_file();
        std::fs::write(bench.file(BACKUP), &strange).unwrap();
        bench.unlock().unwrap();
        assert_eq!(bench.core.status().unwrap().behind, 0);
        for account in ["third?", "fourth?"] {
            add(&bench.core, &HOTP.replace("hotp?", account)).unwrap();
        }
        assert!(kept_aside(&bench) == [strange]);
    }
}

/// A folder stands for whatever cannot be read: a bad block, a pipe.
#[test]
fn a_file_that_cannot_be_read_keeps_nobody_from_the_other() {
    for unreadable in [VAULT, BACKUP] {
        let (bench, _) = with_old_file();
        std::fs::remove_file(bench.file(unreadable)).unwrap();
        std::fs::create_dir(bench.file(unreadable)).unwrap();
        let bench = bench.restart();
        if unreadable == VAULT {
            let status = bench
                .core
                .open_backup(Credential::Passphrase, PASSPHRASE)
                .unwrap();
            assert_eq!(status.phase, Phase::ReadOnly);
            bench.core.restore_backup().unwrap();
        } else {
            bench.unlock().unwrap();
        }
        add(&bench.core, &HOTP.replace("hotp?", "third?")).unwrap();
        let there = accounts(&bench);
        bench.core.lock();
        bench.unlock().unwrap();
        assert_eq!(accounts(&bench), there, "{unreadable}");
        assert!(there.contains(&"third".into()));
    }
}

/// The store answers late, or not: a higher mark is never replaced by a lower one that nobody chose.
#[test]
fn a_mark_is_lowered_only_where_the_person_goes_on_with_the_older_file() {
    let (bench, _) = with_old_file();
    let vault = trousseau_vault::inspect(&read(&bench, VAULT)).unwrap();
    let mark = SecretId::without_slot(vault.vault, SecretPurpose::Mark);
    let higher = (vault.generation + 9).to_be_bytes().to_vec();
    let kept = || bench.secret_store.memory().kept.get(&mark).cloned();
    let write = |lower: bool| {
        let mut session = bench.core.session();
        match lower {
            true => session.go_on(0),
            false => session.mark(),
        }
        drop(session);
        tell(&bench.core);
    };
    bench.unlock().unwrap();
    tell(&bench.core);
    bench
        .secret_store
        .memory()
        .kept
        .insert(mark, higher.clone());
    write(false);
    assert_eq!(kept(), Some(higher.clone()));
    write(true);
    let told = Mark::of(&bench.core.session().open().unwrap().vault);
    assert_eq!(kept(), Some(told.to_bytes()));
}

/// The old file says that its copy must be replaced: it was made when a credential changed.
#[test]
fn an_older_vault_that_wants_its_copy_replaced_does_not_get_it() {
    let (bench, _) = Bench::open();
    change_passphrase(&bench, "quatre clés de laiton");
    let old = read(&bench, VAULT);
    let (first, second) = (HOTP, HOTP.replace("hotp?", "second?"));
    add(&bench.core, first).unwrap();
    add(&bench.core, &second).unwrap();
    bench.core.lock();
    let copy = read(&bench, BACKUP);
    std::fs::write(bench.file(VAULT), &old).unwrap();
    bench
        .core
        .unlock(Credential::Passphrase, "quatre clés de laiton")
        .unwrap();
    assert!(read(&bench, BACKUP) == copy);
    assert!(bench.core.status().unwrap().newer_copy);
}

/// Killed after the vault was written with another passphrase, and before its copy was: the passphrase of before opens
/// the copy, which is no reason to call the vault damaged.
#[test]
fn the_credential_of_before_is_rejected_while_the_copy_is_still_to_be_replaced() {
    let (bench, _) = Bench::open();
    add(&bench.core, HOTP).unwrap();
    let copy = read(&bench, BACKUP);
    let new = "quatre clés de laiton";
    change_passphrase(&bench, new);
    bench.core.lock();
    let vault = read(&bench, VAULT);
    std::fs::write(bench.file(BACKUP), &copy).unwrap();
    assert_eq!(code(bench.unlock()), ErrorCode::CredentialRejected);
    assert_eq!(bench.phase(), Phase::Locked);
    assert!(read(&bench, VAULT) == vault && read(&bench, BACKUP) == copy);
    bench.core.unlock(Credential::Passphrase, new).unwrap();
    assert_eq!(accounts(&bench), ["jane", "hotp"]);
    assert!(read(&bench, BACKUP) == vault);
}

/// Whoever finds the copy open for reading cannot make a proof of it by going on with it.
#[test]
fn going_on_with_a_copy_proves_nothing() {
    for (waited_ms, expected) in [(30_000, None), (30_001, Some(ErrorCode::ReauthRequired))] {
        let (bench, old) = with_old_file();
        std::fs::write(bench.file(VAULT), &old[..100]).unwrap();
        let bench = bench.restart();
        bench
            .core
            .open_backup(Credential::Passphrase, PASSPHRASE)
            .unwrap();
        bench.pass(waited_ms);
        bench.core.restore_backup().unwrap();
        assert_eq!(bench.phase(), Phase::Unlocked);
        let id = bench.core.view(&everything()).unwrap().rows[0].id.clone();
        let shown = bench.core.show_qr(&id);
        assert_eq!(shown.err().map(|refused| refused.code()), expected);
    }
}

#[test]
fn a_copy_says_by_how_much_it_is_older() {
    let (bench, _) = Bench::open();
    let first_copy = read(&bench, BACKUP);
    add(&bench.core, HOTP).unwrap();
    add(&bench.core, &HOTP.replace("hotp?", "second?")).unwrap();
    let newest = trousseau_vault::inspect(&read(&bench, VAULT)).unwrap();
    tell(&bench.core);
    let mark = SecretId::without_slot(newest.vault, SecretPurpose::Mark);
    let kept = bench.secret_store.memory().kept[&mark].clone();
    for (copy, behind) in [(read(&bench, BACKUP), 1), (first_copy, 3)] {
        bench.secret_store.memory().kept.insert(mark, kept.clone());
        std::fs::write(bench.file(VAULT), b"TROUSSEAU\n").unwrap();
        std::fs::write(bench.file(BACKUP), copy).unwrap();
        let folder = copied_folder(&bench);
        let second = with_system_ui(
            folder.path(),
            &bench.clock,
            &bench.clipboard,
            &bench.secret_store,
            &bench.system_ui,
        );
        let status = second
            .open_backup(Credential::Passphrase, PASSPHRASE)
            .unwrap();
        assert_eq!((status.phase, status.behind), (Phase::ReadOnly, behind));
        second.restore_backup().unwrap();
        assert_eq!(second.status().unwrap().behind, 0, "the person was told");
        tell(&second);
    }
}

/// The files of `bench` in a folder that nobody holds.
fn copied_folder(bench: &Bench) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in [VAULT, BACKUP] {
        std::fs::copy(bench.file(name), folder.path().join(name)).unwrap();
    }
    folder
}

/// Two changed bytes make a vault one "of a newer version": its copy still opens, and nothing is lost by it.
#[test]
fn the_copy_beside_a_vault_of_a_newer_version_can_be_read() {
    let (bench, _) = with_old_file();
    let mut newer = read(&bench, VAULT);
    newer[11] = 2;
    std::fs::write(bench.file(VAULT), &newer).unwrap();
    let bench = bench.restart();
    let status = bench.core.status().unwrap();
    assert_eq!((status.phase, status.has_backup), (Phase::Newer, true));
    assert_eq!(code(bench.unlock()), ErrorCode::VaultNewer);
    let open_copy = || {
        bench
            .core
            .open_backup(Credential::Passphrase, PASSPHRASE)
            .unwrap()
    };
    assert_eq!(open_copy().phase, Phase::ReadOnly);
    assert_eq!(accounts(&bench), ["jane", "hotp"]);
    bench.core.lock();
    assert_eq!(bench.phase(), Phase::Newer);
    assert!(read(&bench, VAULT) == newer);

    open_copy();
    bench.core.restore_backup().unwrap();
    assert_eq!(bench.phase(), Phase::Unlocked);
    assert_eq!(kept_aside(&bench), [newer]);

    let mut copy = read(&bench, BACKUP);
    copy[11] = 2;
    std::fs::write(bench.file(BACKUP), copy).unwrap();
    assert!(!bench.core.status().unwrap().has_backup);
}

#[test]
fn opening_without_a_code_proves_nothing_where_one_could_be_asked() {
    let bench = Bench::new();
    bench.core.create_vault(Credential::Device, "").unwrap();
    let id = add(&bench.core, URI).unwrap();
    bench.core.lock();
    bench.core.unlock(Credential::Device, "").unwrap();
    bench.core.show_qr(&id).unwrap();
    bench
        .core
        .set_credential(Credential::Biometric, "why")
        .unwrap();
    bench.core.lock();
    bench.core.unlock(Credential::Device, "").unwrap();
    assert_eq!(code(bench.core.show_qr(&id)), ErrorCode::ReauthRequired);
    bench.core.prove(Credential::Biometric, "why").unwrap();
    bench.core.show_qr(&id).unwrap();
}

#[test]
fn the_recovery_words_spare_another_proof_for_ten_minutes_and_not_once_it_was_put_off() {
    type Meanwhile = fn(&Bench);
    const LEFT: Meanwhile = |bench| bench.core.set_visible(false, None).unwrap();
    const DIALOG: Meanwhile = |bench| {
        bench.core.hold_open(true);
        bench.core.set_visible(false, None).unwrap();
        bench.core.set_visible(true, None).unwrap();
    };
    let cases: [(&str, Meanwhile, Option<ErrorCode>); 5] = [
        ("at once", |_| {}, None),
        ("ten minutes later", |bench| bench.stay(600_000), None),
        (
            "longer",
            |bench| bench.stay(600_001),
            Some(ErrorCode::ReauthRequired),
        ),
        (
            "put off",
            |bench| bench.core.postpone_credential().unwrap(),
            Some(ErrorCode::ReauthRequired),
        ),
        ("left", LEFT, Some(ErrorCode::ReauthRequired)),
    ];
    for (what, meanwhile, expected) in cases.into_iter().chain([("a dialog", DIALOG, None)]) {
        let bench = Bench::new();
        let words = bench.core.create_vault(Credential::Pin, "314159").unwrap();
        bench.core.lock();
        bench
            .core
            .unlock(Credential::Recovery, &words.words.join(" "))
            .unwrap();
        meanwhile(&bench);
        bench.core.touch();
        bench.pass(if expected.is_some() { 31_000 } else { 0 });
        let set = bench
            .core
            .set_credential(Credential::Passphrase, PASSPHRASE);
        assert_eq!(set.err().map(|refused| refused.code()), expected, "{what}");
        assert_eq!(
            bench.core.status().unwrap().new_credential_due,
            expected.is_some()
        );
    }
}
