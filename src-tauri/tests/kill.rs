//! kill -9 in a loop of saves: what was said to be saved is there, and at most one entry more.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use trousseau_entries::Entries;
use trousseau_vault::{Credential, Passphrase, argon2id};

const PASSPHRASE: &str = "trois clés de laiton";
const KILLS: u64 = 50;

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

/// The accounts in a vault file, by the crates alone.
fn accounts(file: &Path) -> BTreeSet<String> {
    let bytes = std::fs::read(file).expect("the vault is there");
    let credential = Credential::Passphrase(Passphrase::new(PASSPHRASE));
    let opened = trousseau_vault::open(&bytes, &credential, &argon2id)
        .ok()
        .expect("the vault opens");
    let entries = Entries::from_json(&opened.payload)
        .ok()
        .expect("its entries can be read");
    entries.iter().map(|entry| entry.account.clone()).collect()
}

#[test]
fn nothing_that_was_saved_is_lost() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let vault = folder.path().join("vault.trousseau");
    let mut promised = BTreeSet::new();
    let mut most_in_one_life = 0;
    for kill in 0..KILLS {
        let mut child = Command::new(saver())
            .arg(folder.path())
            .arg(PASSPHRASE)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the saver starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped"))
            .lines()
            .map_while(Result::ok);
        // An attempt that is cut short counts as a wrong one, by design: the kill comes after it.
        assert_eq!(
            lines.next().as_deref(),
            Some("open"),
            "kill {kill}: the vault does not open any more"
        );
        let reader = std::thread::spawn(move || lines.collect::<Vec<_>>());
        // From before the first save to many saves later.
        std::thread::sleep(Duration::from_millis(kill * 7919 % 97));
        child.kill().expect("SIGKILL");
        child.wait().expect("it ends");
        let said = reader.join().expect("the reader ends with the pipe");
        most_in_one_life = most_in_one_life.max(said.len());
        promised.extend(said);

        let there = accounts(&vault);
        assert!(
            promised.is_subset(&there),
            "kill {kill}: an entry that was saved is lost"
        );
        assert!(
            there.len() <= promised.len() + 1,
            "kill {kill}: more than the one save that was cut off"
        );
        promised = there;
    }
    assert!(
        most_in_one_life > 1,
        "no life was long enough to save anything: the test shows nothing"
    );
    assert!(
        promised.len() > KILLS as usize / 2,
        "only {} entries in {KILLS} lives",
        promised.len()
    );
}
