//! A process that `tests/kill.rs` kills when it prints a certain line: `saver FOLDER PASSPHRASE [change NEW | attempt]`.
//!
//! | arguments | what it does and prints |
//! |---|---|
//! | none | prints `open`, then adds entries without end, and prints the name of each saved entry |
//! | `change NEW` | changes the passphrase; prints `between` when the vault is written and its previous generation is not, and stops there |
//! | `attempt` | tries the passphrase; prints `counted` when the attempt is on disk, and `answered` when it was checked |
#![allow(clippy::print_stdout, reason = "the test reads standard output")]

#[path = "../tests/mock/keys.rs"]
mod keys;

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use keys::{KeyReplacement, replace};
use trousseau_app::error::{Error, Result};
use trousseau_app::session::{Config, Core};
use trousseau_app::storage::{Disk, Listed, NewFile, SystemDisk};
use trousseau_wire::{Credential, DraftChanges, Phase};

const PREVIOUS: &str = "vault.trousseau.bak.new";
const ATTEMPTS: &str = "vault.attempts";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let refused = |refused: Error| format!("{:?}", refused.code()).into();
    match words[..] {
        [folder, passphrase] => {
            save_forever(&core(folder, SystemDisk), passphrase).map_err(refused)
        }
        [folder, passphrase, "change", new] => {
            change(&core(folder, StopsBetween), passphrase, new).map_err(refused)
        }
        [folder, passphrase, "attempt"] => {
            let core = core(folder, TellsAttempts);
            core.status().map_err(refused)?;
            let _ = core.unlock(Credential::Passphrase, passphrase);
            say("answered");
            Ok(())
        }
        _ => Err("usage: saver FOLDER PASSPHRASE [change NEW | attempt]".into()),
    }
}

fn core(folder: &str, disk: impl Disk + 'static) -> Core {
    Core::new(Config {
        disk: Arc::new(disk),
        ..Config::bare(folder.into())
    })
}

/// Prints a line at once: from then on, a kill must not undo what the line reports.
fn say(line: &str) {
    let mut out = io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn save_forever(core: &Core, passphrase: &str) -> Result<()> {
    match core.status()?.phase {
        Phase::NoVault => drop(core.create_vault(Credential::Passphrase, passphrase)?),
        _ => drop(core.unlock(Credential::Passphrase, passphrase)?),
    }
    say("open");
    loop {
        let name = uuid::Uuid::new_v4().to_string();
        let uri = format!("otpauth://totp/kill:{name}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let draft = core.import_text(&uri)?.drafts.remove(0);
        core.save_draft(
            &draft.draft_id,
            DraftChanges {
                issuer: draft.issuer,
                account: draft.account,
            },
        )?;
        say(&name);
    }
}

fn change(core: &Core, passphrase: &str, new: &str) -> Result<()> {
    core.status()?;
    core.unlock(Credential::Passphrase, passphrase)?;
    let ways = KeyReplacement {
        new: &[Credential::Passphrase],
        passphrase: new,
        ..KeyReplacement::default()
    };
    replace(core, ways).map(drop)
}

/// The real disk, except that it stops before writing the previous generation.
struct StopsBetween;

impl Disk for StopsBetween {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        SystemDisk.read(file)
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>> {
        if file.ends_with(PREVIOUS) {
            say("between");
            loop {
                std::thread::park();
            }
        }
        SystemDisk.create(file)
    }

    fn write_in_place(&self, file: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        SystemDisk.write_in_place(file, at, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        SystemDisk.rename(from, to)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        SystemDisk.remove(file)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        SystemDisk.list(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        SystemDisk.sync_folder(folder)
    }
}

/// The real disk, which prints a line when an attempt is written.
struct TellsAttempts;

impl Disk for TellsAttempts {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        SystemDisk.read(file)
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>> {
        SystemDisk.create(file)
    }

    fn write_in_place(&self, file: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        SystemDisk.write_in_place(file, at, bytes)?;
        if file.ends_with(ATTEMPTS) {
            say("counted");
        }
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        SystemDisk.rename(from, to)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        SystemDisk.remove(file)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        SystemDisk.list(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        SystemDisk.sync_folder(folder)
    }
}
