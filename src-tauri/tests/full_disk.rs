//! A disk that fills up: codes are shown all the same, what cannot be saved is said, and everything that was saved is
//! there.

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
/// Twelve words that belong together and open nothing here; they are judged without any derivation.
const WRONG: &str = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
const ATTEMPTS: &str = "vault.attempts";

/// Until `mount` runs, it holds every file that was open when it was started, the lock file of another test as well, whose
/// vault could not be opened anew meanwhile. So one test has a disk at a time.
static ONE_DISK: Mutex<()> = Mutex::new(());

/// A file system of 64 KiB in memory, gone with the test.
struct SmallDisk {
    folder: tempfile::TempDir,
    _alone: MutexGuard<'static, ()>,
}

impl SmallDisk {
    fn mount() -> Self {
        let alone = ONE_DISK.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().expect("there is room for a folder");
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
            _alone: alone,
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The app's folder on it: other files stand beside it.
    fn folder(&self) -> PathBuf {
        self.path().join("app")
    }

    /// Fills it to the last byte.
    fn fill(&self) {
        let mut filler =
            File::create(self.path().join("filler")).expect("there is room for a name");
        let full = (0..64 * 1024).find_map(|_| filler.write_all(&[7; 1024]).err());
        let kind = full.expect("it is a small disk").kind();
        assert_eq!(kind, ErrorKind::StorageFull);
    }

    /// Leaves no room for another name either.
    fn fill_names(&self) {
        let full = (0..100).find_map(|name| File::create(self.path().join(name.to_string())).err());
        let kind = full.expect("it has few names").kind();
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

impl Drop for SmallDisk {
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

/// A vault of two entries in the app's folder on this disk, closed: their ids, the time-based one first.
fn vault(disk: &SmallDisk) -> [String; 2] {
    let core = core(&disk.folder());
    core.create_vault(Credential::Passphrase, PASSPHRASE)
        .expect("the first generations fit");
    [TOTP, HOTP].map(|uri| add(&core, uri).expect("the first generations fit"))
}

fn unlock(core: &Core) {
    core.unlock(Credential::Passphrase, PASSPHRASE)
        .expect("a full disk keeps nobody from their codes");
}

/// Codes are shown, every change is refused, and nothing is lost.
fn assert_shows_codes_and_saves_nothing(core: &Core, [totp, hotp]: &[String; 2]) {
    let shown = core.reveal(totp).expect("codes are shown");
    assert_eq!(shown.code.map(|code| code.len()), Some(6));
    let ways = KeyReplacement {
        new: &[Credential::Passphrase],
        passphrase: "quatre clés d'étain",
        ..KeyReplacement::default()
    };
    let refusals = [
        ("add", code(add(core, TOTP))),
        ("trash", code(core.trash_entry(totp))),
        ("advance a counter", code(core.advance_counter(hotp))),
        ("replace the keys", code(replace(core, ways))),
    ];
    for (what, refused) in refusals {
        assert_eq!(refused, Some(ErrorCode::DiskFull), "{what}");
    }
    let details = core.entry_details(hotp).expect("it is there");
    assert_eq!(details.counter.as_deref(), Some("0"), "saved before shown");
    assert_eq!(count(core), 2, "memory follows the disk");
    let status = core.status().expect("the folder can be read");
    assert!(!status.disk_read_only, "it is full and not read-only");
}

#[test]
fn a_full_disk_keeps_nobody_from_their_codes() {
    let disk = SmallDisk::mount();
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
        .expect("a proof needs no room");

    disk.make_room();
    add(&started, TOTP).expect("there is room again");
    let shown = started.advance_counter(&ids[1]).expect("there is room");
    let first = "755224";
    assert_eq!(shown.code.as_deref(), Some(first), "RFC 4226 App. D");
}

#[test]
fn wrong_attempts_on_a_full_disk_are_counted_and_survive_a_restart() {
    let disk = SmallDisk::mount();
    vault(&disk);
    disk.fill();
    disk.fill_names();
    for attempt in 1..=4 {
        let wrong = core(&disk.folder()).unlock(Credential::Recovery, WRONG);
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
fn where_not_even_the_counter_has_room_attempts_wait_until_the_app_ends() {
    let disk = SmallDisk::mount();
    let ids = vault(&disk);
    disk.fill();
    // A vault that was copied here: neither the counter nor the lock file came along, and none can be made.
    for name in [ATTEMPTS, "vault.lock"] {
        std::fs::remove_file(disk.folder().join(name)).expect("it is there");
    }
    disk.fill();
    disk.fill_names();
    let started = core(&disk.folder());
    for attempt in 1..=4 {
        let wrong = started.unlock(Credential::Recovery, WRONG);
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
    add(&restarted, TOTP).expect("there is room again");
    let reserved = std::fs::metadata(disk.folder().join(ATTEMPTS));
    assert_eq!(reserved.expect("it is made").len(), 8192);
}

#[test]
fn what_was_saved_stays_when_the_disk_is_full() {
    let disk = SmallDisk::mount();
    let vault = core(disk.path());
    vault
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .expect("the first generations fit");
    let counter = add(&vault, HOTP).expect("the first generations fit");
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
    let details = vault.entry_details(&counter).expect("the entry is there");
    assert_eq!(details.counter.as_deref(), Some(counter_now));
    disk.make_room();
    add(&vault, HOTP).expect("there is room again");
}
