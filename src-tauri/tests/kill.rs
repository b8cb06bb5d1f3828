//! kill -9, at any moment and at the worst: what was said to be saved is there, what was taken away is gone, and an
//! attempt that was begun is counted.
#![allow(clippy::print_stdout, reason = "the numbers are worth reading")]

#[path = "mock/attempts.rs"]
mod attempts;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use trousseau_app::error::Result;
use trousseau_app::session::{Config, Core};
use trousseau_entries::VaultData;
use trousseau_vault::{Argon2Params, Credential as Key, OpenError, Passphrase, argon2id};
use trousseau_wire::{Credential, ErrorCode, Phase};

use attempts::{ATTEMPTS, counted};

const PASSPHRASE: &str = "trois clés de laiton";
const OTHER: &str = "quatre clés d'étain";
const VAULT: &str = "vault.trousseau";
const BACKUP: &str = "vault.trousseau.bak";

/// How often the saver is killed, unless `TROUSSEAU_KILLS` says otherwise.
const KILLS: u64 = 100;

/// Built by `cargo test` beside the tests.
fn saver() -> PathBuf {
    let test = std::env::current_exe().expect("a running program has a path");
    let program = test
        .parent()
        .and_then(Path::parent)
        .expect("tests are built in deps/")
        .join("examples/saver");
    assert!(
        program.is_file(),
        "the example `saver` is not built: cargo build -p trousseau --examples"
    );
    program
}

/// A folder with a vault whose passphrase costs so much.
fn folder(cost: Argon2Params) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let passphrase = [Key::Passphrase(Passphrase::new(PASSPHRASE))];
    let entries = VaultData::new().to_json();
    let made = trousseau_vault::create(&passphrase, cost, &entries, &argon2id);
    let (_, sealed) = made.expect("there is randomness");
    std::fs::write(folder.path().join(VAULT), sealed).expect("there is room for it");
    folder
}

/// A saver at work, and what it says.
struct Saver {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Saver {
    fn start(folder: &Path, words: &[&str]) -> Self {
        let mut child = Command::new(saver())
            .arg(folder)
            .args(words)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the saver starts");
        let out = child.stdout.take().expect("it is piped");
        let lines = BufReader::new(out).lines();
        Self { child, lines }
    }

    fn hears(&mut self) -> Option<String> {
        self.lines.next()?.ok()
    }

    /// SIGKILL after a while; all it said until then.
    fn kill_after(mut self, life: Duration) -> Vec<String> {
        let lines = self.lines;
        let reader = std::thread::spawn(move || lines.map_while(Result::ok).collect());
        std::thread::sleep(life);
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("it ends");
        reader.join().expect("the reader ends with the pipe")
    }
}

fn core(folder: &Path) -> Core {
    Core::new(Config::bare(folder.into()))
}

fn code<T>(answer: Result<T>) -> Option<ErrorCode> {
    answer.err().map(|refused| refused.code())
}

/// The accounts in a vault file, by the crates alone.
fn accounts(file: &Path, passphrase: &str) -> Result<BTreeSet<String>, OpenError> {
    let bytes = std::fs::read(file).expect("the file is there");
    let credential = Key::Passphrase(Passphrase::new(passphrase));
    let opened = trousseau_vault::open(&bytes, &credential, &argon2id)?;
    let entries = VaultData::from_json(&opened.payload).expect("its entries can be read");
    Ok(entries.iter().map(|entry| entry.account.clone()).collect())
}

#[test]
fn nothing_that_was_saved_is_lost() {
    let kills = std::env::var("TROUSSEAU_KILLS").map_or(KILLS, |kills| {
        kills.parse().expect("TROUSSEAU_KILLS is a number")
    });
    let folder = folder(Argon2Params::MIN);
    let vault = folder.path().join(VAULT);
    let mut promised = BTreeSet::new();
    let (mut most_in_one_life, mut cut_off) = (0, 0);
    for kill in 0..kills {
        let mut saver = Saver::start(folder.path(), &[PASSPHRASE]);
        // An attempt that is cut short counts as a wrong one, by design: the kill comes after it.
        assert_eq!(
            saver.hears().as_deref(),
            Some("open"),
            "kill {kill}: the vault does not open any more"
        );
        // From before the first save to some saves later, and at any moment of the next, however slow the machine is.
        let mut said = Vec::new();
        for _ in 0..kill % 3 {
            said.extend(saver.hears());
        }
        said.extend(saver.kill_after(Duration::from_millis(kill * 7919 % 47)));
        most_in_one_life = most_in_one_life.max(said.len());
        promised.extend(said);

        let there = accounts(&vault, PASSPHRASE).expect("the vault opens");
        assert!(
            promised.is_subset(&there),
            "kill {kill}: an entry that was saved is lost"
        );
        assert!(
            there.len() <= promised.len() + 1,
            "kill {kill}: more than the one save that was cut off"
        );
        cut_off += there.len() - promised.len();
        promised = there;
    }
    println!(
        "{kills} kills, {} entries, {most_in_one_life} in the longest life, {cut_off} saved and not yet said so",
        promised.len()
    );
    assert!(
        most_in_one_life > 1,
        "no life was long enough to save anything: the test shows nothing"
    );
    assert!(
        promised.len() as u64 > kills / 2,
        "only {} entries in {kills} lives",
        promised.len()
    );
}

#[test]
fn a_changed_passphrase_opens_neither_file_after_a_kill_between_them() {
    let folder = folder(Argon2Params::MIN);
    // There is a previous generation, with the old passphrase.
    let mut saver = Saver::start(folder.path(), &[PASSPHRASE]);
    assert_eq!(saver.hears().as_deref(), Some("open"));
    assert!(saver.hears().is_some(), "one entry is saved");
    saver.kill_after(Duration::ZERO);
    let (vault, backup) = (folder.path().join(VAULT), folder.path().join(BACKUP));
    assert!(accounts(&backup, PASSPHRASE).is_ok());

    let mut saver = Saver::start(folder.path(), &[PASSPHRASE, "change", OTHER]);
    assert_eq!(saver.hears().as_deref(), Some("between"));
    saver.kill_after(Duration::ZERO);
    let rejected = Err(OpenError::CredentialRejected);
    assert_eq!(accounts(&vault, PASSPHRASE), rejected);
    assert!(
        accounts(&backup, PASSPHRASE).is_ok(),
        "the kill came too late: the test shows nothing"
    );

    let core = core(folder.path());
    core.unlock(Credential::Passphrase, OTHER)
        .expect("the new passphrase opens");
    drop(core);
    for file in [&vault, &backup] {
        assert_eq!(accounts(file, PASSPHRASE), rejected);
        assert!(accounts(file, OTHER).is_ok_and(|there| !there.is_empty()));
    }
}

#[test]
fn a_kill_before_the_answer_refunds_no_attempt() {
    // A derivation of a second or so, most of which is still to come when the kill comes.
    let folder = folder(Argon2Params {
        memory_kib: 256 * 1024,
        ..Argon2Params::DEFAULT
    });
    let counted = || {
        let file = std::fs::read(folder.path().join(ATTEMPTS)).expect("it is there");
        counted(&file)
    };
    for attempt in 1..=4 {
        let mut saver = Saver::start(folder.path(), &["not this one", "attempt"]);
        assert_eq!(saver.hears().as_deref(), Some("counted"));
        assert_eq!(counted(), Some(attempt), "before it is judged");
        let said = saver.kill_after(Duration::from_millis(50));
        assert!(
            !said.iter().any(|line| line == "answered"),
            "it was counted when it was judged, and not before"
        );
        assert_eq!(counted(), Some(attempt));
    }
    let core = core(folder.path());
    let status = core.status().expect("the folder is free");
    assert_eq!(status.phase, Phase::RateLimited);
    let right = core.unlock(Credential::Passphrase, PASSPHRASE);
    assert_eq!(code(right), Some(ErrorCode::RateLimited));
}
