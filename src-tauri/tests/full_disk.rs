//! A disk that fills up: codes are still shown, changes that cannot be saved are reported, and everything that
//! was saved is there.

#[path = "mock/keys.rs"]
mod keys;

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use keys::{KeyReplacement, replace};
use trousseau_app::error::Result;
use trousseau_app::session::{Config, Core};
use trousseau_wire::{Credential, DraftChanges, ErrorCode, ListRequest, Phase, Sort};

const PASSPHRASE: &str = "trois clés de laiton";
const TOTP: &str = "otpauth://totp/Portail:t?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const HOTP: &str = "otpauth://hotp/Portail:h?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0";
/// Twelve valid recovery words that do not open this vault. They are checked without a slow derivation.
const WRONG_WORDS: &str = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
const ATTEMPTS: &str = "vault.attempts";

/// Only one test has a disk at a time: until a started `mount` program runs, it holds every open file of this
/// process. That includes the lock file of another test, whose vault could then not be opened again.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A file system of 64 KiB in memory, removed with the test.
struct SmallFileSystem {
    folder: tempfile::TempDir,
    _lock: MutexGuard<'static, ()>,
}

impl SmallFileSystem {
    fn mount() -> Self {
        let lock = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().expect("a temporary folder can be created");
        let mounted = Command::new("mount")
            .args([
                "-t",
                "tmpfs",
                "-o",
                "size=64k,nr_inodes=20",
                "trousseau-test",
            ])
            .arg(folder.path())
            .status();
        assert!(
            mounted.is_ok_and(|status| status.success()),
            "mounting a small disk needs root"
        );
        Self {
            folder,
            _lock: lock,
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The app's folder; other files are beside it.
    fn folder(&self) -> PathBuf {
        self.path().join("app")
    }

    /// Fills it completely.
    fn fill(&self) {
        let mut filler = File::create(self.path().join("filler")).expect("the file can be created");
        let full = (0..64 * 1024).find_map(|_| filler.write_all(&[7; 1024]).err());
        let kind = full.expect("the disk fills up").kind();
        assert_eq!(kind, ErrorKind::StorageFull);
    }

    /// Uses up the file names, too.
    fn fill_names(&self) {
        let full = (0..100).find_map(|name| File::create(self.path().join(name.to_string())).err());
        let kind = full.expect("the disk has few file names").kind();
        assert_eq!(kind, ErrorKind::StorageFull);
    }

    fn make_room(&self) {
        let grown = Command::new("mount")
            .args(["-o", "remount,size=1m,nr_inodes=200"])
            .arg(self.path())
            .status();
        assert!(grown.is_ok_and(|status| status.success()));
    }
}

impl Drop for SmallFileSystem {
    fn drop(&mut self) {
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(self.path())
            .status();
    }
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

/// Creates a vault with two entries in the app's folder and closes it; returns their ids, the time-based one
/// first.
fn vault(disk: &SmallFileSystem) -> [String; 2] {
    let core = core(&disk.folder());
    core.create_vault(Credential::Passphrase, PASSPHRASE)
        .expect("the disk has space for the first generations");
    [TOTP, HOTP].map(|uri| add(&core, uri).expect("the disk has space for the first generations"))
}

fn unlock(core: &Core) {
    core.unlock(Credential::Passphrase, PASSPHRASE)
        .expect("the vault opens on a full disk");
}

/// Checks that codes are shown, every change is refused, and nothing is lost.
fn assert_shows_codes_and_saves_nothing(core: &Core, [totp, hotp]: &[String; 2]) {
    let shown = core.reveal(totp).expect("codes are shown");
    assert_eq!(shown.code.map(|code| code.len()), Some(6));
    let request = KeyReplacement {
        new: &[Credential::Passphrase],
        passphrase: "quatre clés d'étain",
        ..KeyReplacement::default()
    };
    let refusals = [
        ("add", code(add(core, TOTP))),
        ("trash", code(core.trash_entry(totp))),
        ("advance a counter", code(core.advance_counter(hotp))),
        ("replace the keys", code(replace(core, request))),
    ];
    for (what, refused) in refusals {
        assert_eq!(refused, Some(ErrorCode::DiskFull), "{what}");
    }
    let details = core.entry_details(hotp).expect("it exists");
    assert_eq!(details.counter.as_deref(), Some("0"), "saved before shown");
    assert_eq!(count(core), 2, "memory follows the disk");
    let status = core.status().expect("the folder can be read");
    assert!(!status.disk_read_only, "the disk is full, not read-only");
}

#[test]
fn codes_are_shown_on_a_full_disk() {
    let disk = SmallFileSystem::mount();
    let ids = vault(&disk);
    let running = core(&disk.folder());
    disk.fill();
    unlock(&running);
    assert_shows_codes_and_saves_nothing(&running, &ids);
    running.lock();
    assert_eq!(
        running.status().map(|status| status.phase),
        Ok(Phase::Locked)
    );
    drop(running);
    disk.fill_names();
    let started = core(&disk.folder());
    unlock(&started);
    assert_shows_codes_and_saves_nothing(&started, &ids);
    started
        .reauthenticate(Credential::Passphrase, PASSPHRASE)
        .expect("a proof needs no disk space");

    disk.make_room();
    add(&started, TOTP).expect("the disk has space again");
    let shown = started
        .advance_counter(&ids[1])
        .expect("the disk has space");
    let first = "755224";
    assert_eq!(shown.code.as_deref(), Some(first), "RFC 4226 App. D");
}

#[test]
fn wrong_attempts_on_a_full_disk_are_counted_and_survive_a_restart() {
    let disk = SmallFileSystem::mount();
    vault(&disk);
    disk.fill();
    disk.fill_names();
    for attempt in 1..=4 {
        let wrong = core(&disk.folder()).unlock(Credential::Recovery, WRONG_WORDS);
        assert_eq!(
            code(wrong),
            Some(ErrorCode::CredentialRejected),
            "{attempt}"
        );
    }
    let started = core(&disk.folder());
    let status = started.status().expect("the folder can be read");
    assert_eq!(status.phase, Phase::RateLimited);
    let right = started.unlock(Credential::Passphrase, PASSPHRASE);
    assert_eq!(code(right), Some(ErrorCode::RateLimited));
}

#[test]
fn without_space_for_the_counter_attempts_cause_waits_until_the_app_ends() {
    let disk = SmallFileSystem::mount();
    let ids = vault(&disk);
    disk.fill();
    // As if the vault was copied here: the counter and the lock file are missing, and cannot be created.
    for name in [ATTEMPTS, "vault.lock"] {
        std::fs::remove_file(disk.folder().join(name)).expect("it exists");
    }
    disk.fill();
    disk.fill_names();
    let started = core(&disk.folder());
    for attempt in 1..=4 {
        let wrong = started.unlock(Credential::Recovery, WRONG_WORDS);
        assert_eq!(
            code(wrong),
            Some(ErrorCode::CredentialRejected),
            "{attempt}"
        );
    }
    let right = started.unlock(Credential::Passphrase, PASSPHRASE);
    assert_eq!(code(right), Some(ErrorCode::RateLimited));
    drop(started);

    let restarted = core(&disk.folder());
    unlock(&restarted);
    let shown = restarted.reveal(&ids[0]).expect("codes are shown");
    assert!(shown.code.is_some());
    for refused in [
        code(add(&restarted, TOTP)),
        code(restarted.advance_counter(&ids[1])),
    ] {
        assert_eq!(refused, Some(ErrorCode::DiskFull));
    }
    disk.make_room();
    restarted.lock();
    unlock(&restarted);
    add(&restarted, TOTP).expect("the disk has space again");
    let reserved = std::fs::metadata(disk.folder().join(ATTEMPTS));
    assert_eq!(reserved.expect("the file exists").len(), 8192);
}

#[test]
fn saved_entries_stay_when_the_disk_is_full() {
    let disk = SmallFileSystem::mount();
    let vault = core(disk.path());
    vault
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .expect("the disk has space for the first generations");
    let counter = add(&vault, HOTP).expect("the disk has space for the first generations");
    let mut saved = 1;
    let refused = loop {
        let uri = format!("otpauth://totp/Portail:{saved}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        match add(&vault, &uri) {
            Ok(_) => saved += 1,
            Err(refused) => break refused,
        }
        assert!(
            saved < 1000,
            "the disk does not fill up: the test shows nothing"
        );
    };
    assert_eq!(refused.code(), ErrorCode::DiskFull);
    assert_eq!(count(&vault), saved, "what could not be saved is not shown");
    let advanced = vault.advance_counter(&counter);
    if let Err(refused) = &advanced {
        assert_eq!(refused.code(), ErrorCode::DiskFull);
    }
    let counter_now = if advanced.is_ok() { "1" } else { "0" };
    drop(vault);

    disk.fill();
    let vault = core(disk.path());
    unlock(&vault);
    assert_eq!(count(&vault), saved);
    let details = vault.entry_details(&counter).expect("the entry exists");
    assert_eq!(details.counter.as_deref(), Some(counter_now));
    disk.make_room();
    add(&vault, HOTP).expect("the disk has space again");
}
