//! Kills the app with SIGKILL, at random and at the worst moments: saved entries are there, removed credentials
//! do not open, and a started attempt is counted.
#![allow(clippy::print_stdout, reason = "prints the number of kills and saves")]

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
const NEW_PASSPHRASE: &str = "quatre clés d'étain";
const VAULT: &str = "vault.trousseau";
const PREVIOUS_GENERATION: &str = "vault.trousseau.bak";

/// How often the saver is killed, unless `TROUSSEAU_KILLS` sets another number.
const KILLS: u64 = 100;

/// The path of the example `saver`, which `cargo test` builds.
fn saver_program() -> PathBuf {
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

/// A folder with a vault whose passphrase has this KDF cost.
fn folder(cost: Argon2Params) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be created");
    let passphrase = [Key::Passphrase(Passphrase::new(PASSPHRASE))];
    let entries = VaultData::new().to_json();
    let made = trousseau_vault::create(&passphrase, cost, &entries, &argon2id);
    let (_, sealed) = made.expect("random numbers are available");
    std::fs::write(folder.path().join(VAULT), sealed).expect("the file can be written");
    folder
}

/// A running saver and its output.
struct SaverProcess {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl SaverProcess {
    fn start(folder: &Path, words: &[&str]) -> Self {
        let mut child = Command::new(saver_program())
            .arg(folder)
            .args(words)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the saver starts");
        let out = child.stdout.take().expect("the stream is piped");
        let lines = BufReader::new(out).lines();
        Self { child, lines }
    }

    fn next_line(&mut self) -> Option<String> {
        self.lines.next()?.ok()
    }

    /// Sends SIGKILL after `delay`; returns all lines until then.
    fn kill_after(mut self, delay: Duration) -> Vec<String> {
        let lines = self.lines;
        let reader = std::thread::spawn(move || lines.map_while(Result::ok).collect());
        std::thread::sleep(delay);
        self.child.kill().expect("SIGKILL can be sent");
        self.child.wait().expect("the process ends");
        reader.join().expect("the reader ends with the pipe")
    }
}

fn core(folder: &Path) -> Core {
    Core::new(Config::bare(folder.into()))
}

fn code<T>(answer: Result<T>) -> Option<ErrorCode> {
    answer.err().map(|refused| refused.code())
}

/// The accounts in a vault file, read with the crates only.
fn accounts(file: &Path, passphrase: &str) -> Result<BTreeSet<String>, OpenError> {
    let bytes = std::fs::read(file).expect("the file exists");
    let credential = Key::Passphrase(Passphrase::new(passphrase));
    let opened = trousseau_vault::open(&bytes, &credential, &argon2id)?;
    let entries = VaultData::from_json(&opened.payload).expect("its entries can be read");
    Ok(entries.iter().map(|entry| entry.account.clone()).collect())
}

#[test]
fn no_saved_entry_is_lost() {
    let kills = std::env::var("TROUSSEAU_KILLS").map_or(KILLS, |kills| {
        kills.parse().expect("TROUSSEAU_KILLS is a number")
    });
    let folder = folder(Argon2Params::MIN);
    let vault = folder.path().join(VAULT);
    let mut promised = BTreeSet::new();
    let (mut most_in_one_run, mut unreported) = (0, 0);
    for kill in 0..kills {
        let mut saver = SaverProcess::start(folder.path(), &[PASSPHRASE]);
        // The kill comes after unlocking, because an interrupted attempt counts as a wrong one, by design.
        assert_eq!(
            saver.next_line().as_deref(),
            Some("open"),
            "kill {kill}: the vault does not open any more"
        );
        // The kill falls between the time before the first save and some saves later, at any point of a save,
        // however slow the machine is.
        let mut lines = Vec::new();
        for _ in 0..kill % 3 {
            lines.extend(saver.next_line());
        }
        lines.extend(saver.kill_after(Duration::from_millis(kill * 7919 % 47)));
        most_in_one_run = most_in_one_run.max(lines.len());
        promised.extend(lines);

        let there = accounts(&vault, PASSPHRASE).expect("the vault opens");
        assert!(
            promised.is_subset(&there),
            "kill {kill}: an entry that was saved is lost"
        );
        assert!(
            there.len() <= promised.len() + 1,
            "kill {kill}: more than one unreported save"
        );
        unreported += there.len() - promised.len();
        promised = there;
    }
    println!(
        "{kills} kills, {} entries, at most {most_in_one_run} in one run, {unreported} saved and not reported",
        promised.len()
    );
    assert!(
        most_in_one_run > 1,
        "no run was long enough to save anything: the test shows nothing"
    );
    assert!(
        promised.len() as u64 > kills / 2,
        "only {} entries in {kills} runs",
        promised.len()
    );
}

#[test]
fn after_a_kill_between_the_two_files_the_old_passphrase_opens_neither() {
    let folder = folder(Argon2Params::MIN);
    // Creates a previous generation with the old passphrase.
    let mut saver = SaverProcess::start(folder.path(), &[PASSPHRASE]);
    assert_eq!(saver.next_line().as_deref(), Some("open"));
    assert!(saver.next_line().is_some(), "one entry is saved");
    saver.kill_after(Duration::ZERO);
    let (vault, backup) = (
        folder.path().join(VAULT),
        folder.path().join(PREVIOUS_GENERATION),
    );
    assert!(accounts(&backup, PASSPHRASE).is_ok());

    let mut saver = SaverProcess::start(folder.path(), &[PASSPHRASE, "change", NEW_PASSPHRASE]);
    assert_eq!(saver.next_line().as_deref(), Some("between"));
    saver.kill_after(Duration::ZERO);
    let rejected = Err(OpenError::CredentialRejected);
    assert_eq!(accounts(&vault, PASSPHRASE), rejected);
    assert!(
        accounts(&backup, PASSPHRASE).is_ok(),
        "the kill came too late: the test shows nothing"
    );

    let core = core(folder.path());
    core.unlock(Credential::Passphrase, NEW_PASSPHRASE)
        .expect("the new passphrase opens");
    drop(core);
    for file in [&vault, &backup] {
        assert_eq!(accounts(file, PASSPHRASE), rejected);
        assert!(accounts(file, NEW_PASSPHRASE).is_ok_and(|there| !there.is_empty()));
    }
}

#[test]
fn a_kill_before_the_answer_refunds_no_attempt() {
    // The derivation takes about a second, so that the kill comes before it ends.
    let folder = folder(Argon2Params {
        memory_kib: 256 * 1024,
        ..Argon2Params::DEFAULT
    });
    let counted = || {
        let file = std::fs::read(folder.path().join(ATTEMPTS)).expect("the file exists");
        counted(&file)
    };
    for attempt in 1..=4 {
        let mut saver = SaverProcess::start(folder.path(), &["not this one", "attempt"]);
        assert_eq!(saver.next_line().as_deref(), Some("counted"));
        assert_eq!(counted(), Some(attempt), "before it is checked");
        let lines = saver.kill_after(Duration::from_millis(50));
        assert!(
            !lines.iter().any(|line| line == "answered"),
            "the kill came too late: the test shows nothing"
        );
        assert_eq!(counted(), Some(attempt));
    }
    let core = core(folder.path());
    let status = core.status().expect("the folder is free");
    assert_eq!(status.phase, Phase::RateLimited);
    let right = core.unlock(Credential::Passphrase, PASSPHRASE);
    assert_eq!(code(right), Some(ErrorCode::RateLimited));
}
