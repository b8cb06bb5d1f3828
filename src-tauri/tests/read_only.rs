//! A read-only file system: codes are shown, every change is refused, and no file is touched.

#[path = "mock/keys.rs"]
mod keys;
#[path = "mock/mount.rs"]
mod mount;

use std::collections::BTreeMap;
use std::path::Path;

use keys::{KeyReplacement, replace};
use trousseau_app::error::Result;
use trousseau_app::session::{Config, Core};
use trousseau_wire::{Credential, DraftChanges, ErrorCode, ListRequest, Phase, Sort, Status};

use mount::ReadOnly;

const PASSPHRASE: &str = "trois clés de laiton";
/// Twelve valid recovery words that do not open this vault. They are checked without a slow derivation.
const WRONG_WORDS: &str = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
const LOCK: &str = "vault.lock";
const URI: &str = "otpauth://totp/Portail:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const HOTP: &str = "otpauth://hotp/Portail:h?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0";

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    entries
        .map(|entry| {
            let entry = entry.expect("the folder can be listed");
            let name = entry.file_name().to_string_lossy().into_owned();
            (
                name,
                std::fs::read(entry.path()).expect("the file can be read"),
            )
        })
        .collect()
}

fn core(folder: &Path) -> Core {
    Core::new(Config::bare(folder.into()))
}

fn add(core: &Core, uri: &str) -> Result<String> {
    let draft = core.import_text(uri)?.drafts.remove(0);
    let names = DraftChanges {
        issuer: draft.issuer,
        account: draft.account,
    };
    Ok(core.save_draft(&draft.draft_id, names)?.id)
}

fn count(core: &Core) -> u32 {
    let all = ListRequest {
        query: String::new(),
        sort: Sort::Manual,
        group: None,
        trash: false,
        offset: 0,
        limit: 1,
        index_of: None,
    };
    core.list_entries(&all).expect("the vault is open").total
}

fn code<T>(answer: Result<T>) -> Option<ErrorCode> {
    answer.err().map(|refused| refused.code())
}

fn status(core: &Core) -> Status {
    core.status().expect("the folder can be read")
}

/// Creates a folder with a vault of two entries and closes it; returns their ids, the time-based one first.
fn vault() -> (tempfile::TempDir, [String; 2]) {
    let folder = tempfile::tempdir().expect("a temporary folder can be created");
    let core = core(folder.path());
    core.create_vault(Credential::Passphrase, PASSPHRASE)
        .expect("the disk can be written");
    let ids = [URI, HOTP].map(|uri| add(&core, uri).expect("the disk can be written"));
    (folder, ids)
}

fn unlock(core: &Core) {
    core.unlock(Credential::Passphrase, PASSPHRASE)
        .expect("the vault opens on a read-only disk");
}

/// Checks that the vault is open for reading: codes are shown, and every change is refused with the reason.
fn assert_reads_and_changes_nothing(core: &Core, [totp, hotp]: &[String; 2]) {
    let open = status(core);
    assert_eq!((open.phase, open.disk_read_only), (Phase::Unlocked, true));
    assert_eq!(count(core), 2);
    let shown = core.reveal(totp).expect("codes are shown");
    assert_eq!(shown.code.map(|code| code.len()), Some(6));
    let details = core.entry_details(hotp).expect("it exists");
    assert_eq!(details.counter.as_deref(), Some("0"));
    core.reauthenticate(Credential::Passphrase, PASSPHRASE)
        .expect("a proof changes nothing");
    core.export_qr(totp).expect("exporting writes nothing");

    let settings = core.security_settings().expect("the vault is open");
    let other = "quatre clés d'étain";
    let request = KeyReplacement {
        new: &[Credential::Passphrase],
        passphrase: other,
        ..KeyReplacement::default()
    };
    let refusals = [
        ("read a link", code(core.import_text(URI))),
        ("trash", code(core.trash_entry(totp))),
        ("advance a counter", code(core.advance_counter(hotp))),
        ("delete for ever", code(core.empty_trash())),
        (
            "change the settings",
            code(core.set_security_settings(settings)),
        ),
        ("make new words", code(core.draft_recovery_words())),
        ("replace the keys", code(replace(core, request))),
        (
            "set a credential",
            code(core.set_credential(Credential::Passphrase, other)),
        ),
        (
            "remove a credential",
            code(core.remove_credential(Credential::Recovery)),
        ),
        (
            "raise the cost",
            code(core.set_kdf_cost(Credential::Passphrase, PASSPHRASE, 128)),
        ),
        ("keep a place", code(core.save_ui_state(Some("{}".into())))),
    ];
    for (what, refused) in refusals {
        assert_eq!(refused, Some(ErrorCode::StorageReadOnly), "{what}");
    }
    let details = core.entry_details(hotp).expect("it exists");
    assert_eq!(details.counter.as_deref(), Some("0"), "saved before shown");
}

#[test]
fn codes_are_shown_when_the_disk_turns_read_only_and_nothing_changes() {
    let (folder, ids) = vault();
    let core = core(folder.path());
    unlock(&core);
    let before = files(folder.path());
    let mounted = ReadOnly::mount(folder.path());
    assert_eq!(
        code(core.trash_entry(&ids[0])),
        Some(ErrorCode::StorageReadOnly)
    );
    assert_reads_and_changes_nothing(&core, &ids);
    // The use counts cannot be saved at the lock; the keys are dropped all the same.
    core.lock();
    assert_eq!(status(&core).phase, Phase::Locked);
    unlock(&core);
    assert_reads_and_changes_nothing(&core, &ids);
    assert_eq!(files(folder.path()), before);

    drop(mounted);
    assert!(!status(&core).disk_read_only, "the disk is checked again");
    add(&core, URI).expect("the same session continues");
    assert_eq!(count(&core), 3);
}

#[test]
fn changes_work_again_once_the_disk_can_be_written() {
    let (folder, [_, hotp]) = vault();
    let mounted = ReadOnly::mount(folder.path());
    let core = core(folder.path());
    unlock(&core);
    assert_eq!(
        code(core.advance_counter(&hotp)),
        Some(ErrorCode::StorageReadOnly)
    );
    drop(mounted);
    let shown = core
        .advance_counter(&hotp)
        .expect("the disk can be written");
    assert_eq!(
        shown.code.as_deref(),
        Some("755224"),
        "RFC 4226 App. D, counter 0"
    );
}

#[test]
fn codes_are_shown_after_a_start_on_a_read_only_disk_and_nothing_changes() {
    let (folder, ids) = vault();
    let before = files(folder.path());
    let mounted = ReadOnly::mount(folder.path());
    let first = core(folder.path());
    assert_eq!(status(&first).phase, Phase::Locked);
    unlock(&first);
    assert_reads_and_changes_nothing(&first, &ids);
    let second = core(folder.path());
    assert_eq!(code(second.status()), Some(ErrorCode::AlreadyRunning));
    first.lock();
    drop(first);
    assert_eq!(status(&second).phase, Phase::Locked);
    assert_eq!(files(folder.path()), before);

    drop(mounted);
    unlock(&second);
    assert!(!status(&second).disk_read_only);
    add(&second, URI).expect("the same start continues");
}

#[test]
fn wrong_attempts_on_a_read_only_disk_cause_waits_until_the_app_ends() {
    let (folder, _) = vault();
    let before = files(folder.path());
    let mounted = ReadOnly::mount(folder.path());
    let core = core(folder.path());
    for attempt in 1..=4 {
        let wrong = core.unlock(Credential::Recovery, WRONG_WORDS);
        assert_eq!(
            code(wrong),
            Some(ErrorCode::CredentialRejected),
            "{attempt}"
        );
    }
    let waiting = status(&core);
    assert_eq!(waiting.phase, Phase::RateLimited);
    assert!(waiting.rate_limited_until_ms.is_some());
    let right = core.unlock(Credential::Passphrase, PASSPHRASE);
    assert_eq!(code(right), Some(ErrorCode::RateLimited));
    assert_eq!(files(folder.path()), before);

    // The disk can be written again: from the next attempt on the count is saved.
    drop(mounted);
    while status(&core).phase == Phase::RateLimited {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let wrong = core.unlock(Credential::Recovery, WRONG_WORDS);
    assert_eq!(code(wrong), Some(ErrorCode::CredentialRejected));
    drop(core);
    let restarted = self::core(folder.path());
    let until_ms = status(&restarted)
        .rate_limited_until_ms
        .expect("attempts are delayed");
    let now_ms = std::time::UNIX_EPOCH
        .elapsed()
        .expect("the clock is after 1970")
        .as_millis();
    let wait_ms = u128::from(until_ms) - now_ms;
    assert!(
        wait_ms > 20_000,
        "five wrong attempts cost 30 s, not {wait_ms} ms"
    );
}

#[test]
fn a_folder_without_a_lock_file_is_only_read_beside_another_process() {
    let (folder, ids) = vault();
    std::fs::remove_file(folder.path().join(LOCK)).expect("it exists");
    let before = files(folder.path());
    let mounted = ReadOnly::mount(folder.path());
    let reader = core(folder.path());
    unlock(&reader);
    assert_reads_and_changes_nothing(&reader, &ids);
    assert_eq!(files(folder.path()), before);

    drop(mounted);
    let writer = core(folder.path());
    unlock(&writer);
    add(&writer, URI).expect("the writer has the lock");
    let saved = files(folder.path());
    assert_reads_and_changes_nothing(&reader, &ids);
    reader.lock();
    assert_eq!(code(reader.status()), Some(ErrorCode::AlreadyRunning));
    let attempt = reader.unlock(Credential::Passphrase, PASSPHRASE);
    assert_eq!(code(attempt), Some(ErrorCode::AlreadyRunning));
    assert_eq!(files(folder.path()), saved);
    drop(writer);
    unlock(&reader);
    assert_eq!(count(&reader), 3, "it reads what the other one saved");
    reader.trash_entry(&ids[0]).expect("the lock is free");
}

#[test]
fn attempts_counted_without_the_lock_are_written_with_it() {
    let (folder, _) = vault();
    std::fs::remove_file(folder.path().join(LOCK)).expect("it exists");
    let mounted = ReadOnly::mount(folder.path());
    let core = core(folder.path());
    for _ in 0..4 {
        let wrong = core.unlock(Credential::Recovery, WRONG_WORDS);
        assert_eq!(code(wrong), Some(ErrorCode::CredentialRejected));
    }
    drop(mounted);
    assert_eq!(status(&core).phase, Phase::RateLimited);
    drop(core);
    let restarted = self::core(folder.path());
    assert_eq!(status(&restarted).phase, Phase::RateLimited);
}

#[test]
fn a_read_only_folder_without_a_vault_is_not_a_first_run() {
    let folder = tempfile::tempdir().expect("a temporary folder can be created");
    let mounted = ReadOnly::mount(folder.path());
    for name in ["", "inner"] {
        let core = core(&folder.path().join(name));
        assert_eq!(code(core.status()), Some(ErrorCode::StorageReadOnly));
    }
    let core = core(folder.path());
    drop(mounted);
    assert_eq!(status(&core).phase, Phase::NoVault);
}
