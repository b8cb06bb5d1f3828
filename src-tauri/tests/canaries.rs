//! No secret and no name stands in clear in the data folder, whatever happened; nor in what the app says.
#![allow(clippy::print_stdout, reason = "the numbers are worth reading")]

#[path = "mock/keys.rs"]
mod keys;
#[path = "mock/secret_store.rs"]
mod secret_store;
#[path = "mock/traces.rs"]
mod traces;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use keys::{KeyReplacement, replace};
use secret_store::MemorySecretStore;
use traces::Trace;
use trousseau_app::clock::{Clock, MonotonicTime, Uptime};
use trousseau_app::error::Result;
use trousseau_app::session::{Config, Core};
use trousseau_app::storage::{Disk, Listed, NewFile, SystemDisk};
use trousseau_wire::{Credential, DraftChanges, EntryChanges};

fn random(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).expect("there is randomness");
    bytes
}

/// A text that stands nowhere else.
fn unique(name: &str) -> String {
    format!("{name} {}", HEXLOWER.encode(&random(8)))
}

/// An entry to look for.
struct Canary {
    secret: Vec<u8>,
    issuer: String,
    account: String,
    note: String,
}

impl Canary {
    fn new() -> Self {
        Self {
            secret: random(20),
            issuer: unique("Emetteur"),
            account: unique("compte"),
            note: unique("remarque"),
        }
    }

    fn uri(&self) -> String {
        format!(
            "otpauth://totp/{}:{}?secret={}",
            self.issuer.replace(' ', "%20"),
            self.account.replace(' ', "%20"),
            BASE32_NOPAD.encode(&self.secret)
        )
    }

    fn traces(&self) -> Vec<Trace> {
        let mut all = traces::of_bytes("a secret", &self.secret);
        for (name, text) in [
            ("an issuer", &self.issuer),
            ("an account", &self.account),
            ("a note", &self.note),
        ] {
            all.extend(traces::of_text(name, text));
        }
        all
    }
}

/// A disk that stops in the middle of a file.
#[derive(Clone, Default)]
struct Moody(Arc<AtomicU8>);

const WORKS: u8 = 0;
const FAILS: u8 = 1;
const PANICS: u8 = 2;

struct MoodyFile(Box<dyn NewFile>, Moody);

impl Disk for Moody {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        SystemDisk.read(file)
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>> {
        Ok(Box::new(MoodyFile(SystemDisk.create(file)?, self.clone())))
    }

    fn write_in_place(&self, file: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        SystemDisk.write_in_place(file, at, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        SystemDisk.rename(from, to)
    }

    /// What was begun stays, as after a crash.
    fn remove(&self, _: &Path) -> io::Result<()> {
        Err(io::Error::other("not now"))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        SystemDisk.list(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        SystemDisk.sync_folder(folder)
    }
}

impl NewFile for MoodyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.1.0.load(Ordering::Relaxed) {
            WORKS => self.0.write(bytes),
            FAILS => {
                self.0.write(&bytes[..bytes.len() * 3 / 4])?;
                Err(io::Error::other("not now"))
            }
            _ => {
                self.0.write(&bytes[..bytes.len() * 3 / 4])?;
                panic!("in the middle of a file")
            }
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync()
    }
}

struct NoonClock;

impl Clock for NoonClock {
    fn now_ms(&self) -> u64 {
        43_200_000
    }
    fn monotonic(&self) -> MonotonicTime {
        MonotonicTime::from_ms(0)
    }
    fn uptime(&self) -> Option<Uptime> {
        None
    }
}

/// Every file of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("it can be listed");
    entries
        .map(|entry| {
            let path = entry.expect("it can be listed").path();
            let bytes = std::fs::read(&path).expect("it can be read");
            (path.to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

fn search<'a>(folder: &Path, traces: &'a [Trace]) -> Vec<(String, Vec<&'a str>)> {
    let files = files(folder).into_iter();
    files
        .map(|(name, bytes)| (name, traces::found(&bytes, traces)))
        .filter(|(_, found)| !found.is_empty())
        .collect()
}

fn add(core: &Core, canary: &Canary) -> Result<String> {
    let draft = core.import_text(&canary.uri())?.drafts.remove(0);
    let names = DraftChanges {
        issuer: draft.issuer,
        account: draft.account,
    };
    Ok(core.save_draft(&draft.draft_id, names)?.id)
}

/// Any three of the words in their order: all of them may not be in one place.
fn of_words(words: &[String]) -> Vec<Trace> {
    let runs = words.windows(3);
    runs.flat_map(|run| traces::of_text("recovery words", &run.join(" ")))
        .collect()
}

#[test]
fn the_folder_holds_no_secret_in_clear_whatever_happened() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let folder = folder.path();
    let canaries: Vec<Canary> = (0..8).map(|_| Canary::new()).collect();
    let (passphrase, other) = (unique("phrase"), unique("autre phrase"));
    let pin: String = random(18)
        .iter()
        .map(|byte| char::from(b'0' + byte % 10))
        .collect();
    let mut wanted: Vec<Trace> = canaries.iter().flat_map(Canary::traces).collect();
    for (name, text) in [
        ("the passphrase", &passphrase),
        ("the other passphrase", &other),
        ("the access code", &pin),
    ] {
        wanted.extend(traces::of_text(name, text));
    }
    let disk = Moody::default();
    let device = MemorySecretStore::default();
    let core = || {
        let core = Core::new(Config {
            disk: Arc::new(disk.clone()),
            clock: Box::new(NoonClock),
            secret_store: Arc::new(device.clone()),
            ..Config::bare(folder.into())
        });
        core.refresh_capabilities();
        core
    };
    let mut scans = 0;
    let mut clean = |wanted: &[Trace], after: &str| {
        assert_eq!(search(folder, wanted), [], "after {after}");
        scans += 1;
    };

    let app = core();
    let words = app
        .create_vault(Credential::Passphrase, &passphrase)
        .expect("the disk works");
    wanted.extend(of_words(&words.words));
    clean(&wanted, "creating");
    let add_all = canaries.iter().map(|canary| add(&app, canary));
    let ids: Vec<String> = add_all.collect::<Result<_>>().expect("the disk works");
    clean(&wanted, "adding");
    for (id, canary) in ids.iter().zip(&canaries) {
        let changes = EntryChanges {
            issuer: canary.issuer.clone(),
            account: canary.account.clone(),
            note: canary.note.clone(),
            favourite: true,
            icon: None,
        };
        app.update_entry(id, changes).expect("the disk works");
        app.reveal(id).expect("it has a code");
    }
    clean(&wanted, "editing and revealing");
    app.trash_entry(&ids[0]).expect("the disk works");
    clean(&wanted, "deleting");

    disk.0.store(FAILS, Ordering::Relaxed);
    assert!(app.trash_entry(&ids[1]).is_err());
    let renewed = KeyReplacement {
        same: &[Credential::Passphrase, Credential::Recovery],
        passphrase: &passphrase,
        ..KeyReplacement::default()
    };
    assert!(replace(&app, renewed).is_err());
    clean(&wanted, "a failed save");
    // A lock comes to its end, whatever becomes of the use counts that it saves.
    disk.0.store(WORKS, Ordering::Relaxed);
    app.reveal(&ids[1]).expect("it has a code");
    disk.0.store(PANICS, Ordering::Relaxed);
    app.lock();
    assert!(app.reveal(&ids[1]).is_err(), "it is locked");
    disk.0.store(WORKS, Ordering::Relaxed);
    app.unlock(Credential::Passphrase, &passphrase)
        .expect("it opens again");

    disk.0.store(PANICS, Ordering::Relaxed);
    let panicked = catch_unwind(AssertUnwindSafe(|| app.trash_entry(&ids[1])));
    assert!(panicked.is_err());
    let left = files(folder);
    assert!(
        left.keys().any(|name| name.ends_with(".new")),
        "a file was begun: {:?}",
        left.keys()
    );
    clean(&wanted, "a panic");
    disk.0.store(WORKS, Ordering::Relaxed);

    app.set_credential(Credential::Pin, &pin)
        .expect("the disk works");
    let changed = KeyReplacement {
        same: &[Credential::Pin, Credential::Recovery],
        new: &[Credential::Passphrase],
        passphrase: &other,
        ..KeyReplacement::default()
    };
    let (_, words) = replace(&app, changed).expect("the disk works");
    wanted.extend(of_words(
        &words.split(' ').map(str::to_owned).collect::<Vec<_>>(),
    ));
    clean(&wanted, "replacing the keys");
    app.remove_credential(Credential::Pin)
        .expect("the disk works");
    clean(&wanted, "removing a credential");
    app.import_text(&canaries[2].uri()).expect("it is a link");
    let place = format!("edit {}", canaries[2].note);
    app.save_ui_state(Some(place)).expect("the vault is open");
    app.lock();
    clean(&wanted, "locking with a draft");
    assert!(app.unlock(Credential::Passphrase, &passphrase).is_err());
    app.unlock(Credential::Passphrase, &other)
        .expect("the new passphrase opens");
    drop(app);
    let app = core();
    app.unlock(Credential::Recovery, &words)
        .expect("the new words open");
    drop(app);
    clean(&wanted, "a restart");
    assert_eq!(scans, 10);

    // The search finds what it is for: each form, in a file that the test itself writes.
    let clear = folder.join("clear");
    for trace in &wanted {
        let text = [&b"before "[..], &trace.bytes, b" after"].concat();
        std::fs::write(&clear, text).expect("there is room for it");
        let found = search(folder, std::slice::from_ref(trace));
        assert_eq!(found.len(), 1, "{}", trace.form);
    }
    println!("{} forms, {scans} scans", wanted.len());
}

/// Built by `cargo test` beside the tests.
fn talker() -> PathBuf {
    let test = std::env::current_exe().expect("a running program has a path");
    let program = test
        .parent()
        .and_then(Path::parent)
        .expect("tests are built in deps/")
        .join("examples/talker");
    assert!(
        program.is_file(),
        "the example `talker` is not built: cargo build -p trousseau --examples"
    );
    program
}

#[test]
fn nothing_that_is_said_carries_a_secret() {
    let canary = Canary::new();
    let passphrase = unique("phrase");
    let said = |aloud: &[&str]| {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let mut child = Command::new(talker())
            .arg(folder.path())
            .args(aloud)
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the talker starts");
        let mut lines = child.stdin.take().expect("it is piped");
        writeln!(lines, "{passphrase}\n{}", canary.uri()).expect("it listens");
        drop(lines);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(101), "it panics");
        [output.stdout, output.stderr].concat()
    };
    let mut wanted = canary.traces();
    wanted.extend(traces::of_text("the passphrase", &passphrase));
    let quiet = said(&[]);
    let text = String::from_utf8_lossy(&quiet);
    assert!(text.contains("TRACE talker: loud"), "every log is heard");
    assert!(text.contains("Some(Error("), "refusals are printed");
    assert!(text.contains("panicked at "), "its place is said");
    assert_eq!(traces::found(&quiet, &wanted), Vec::<&str>::new());
    let aloud = said(&["aloud"]);
    assert!(
        !traces::found(&aloud, &wanted).is_empty(),
        "a message that is not held back does carry one"
    );
}
