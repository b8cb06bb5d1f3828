//! A file system that cannot be written: said so, and nothing is changed. (Folder modes do not stop root; a mount does.)

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use trousseau_app::refused::Answer;
use trousseau_app::session::{Config, Core};
use trousseau_wire::{Credential, DraftChanges, ErrorCode, Phase, Sort, ViewRequest};

const PASSPHRASE: &str = "trois clés de laiton";
const URI: &str = "otpauth://totp/Portail:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const HOTP: &str = "otpauth://hotp/Portail:h?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0";

/// A folder mounted upon itself, read-only, until this is dropped. A file that is open for writing stays so below it, as
/// the vault's lock does; every path leads to what is mounted.
struct ReadOnly<'a>(&'a Path);

impl<'a> ReadOnly<'a> {
    fn mount(folder: &'a Path) -> Self {
        run(Command::new("mount").arg("--bind").args([folder; 2]));
        let mounted = Self(folder);
        run(Command::new("mount")
            .args(["-o", "remount,bind,ro"])
            .arg(folder));
        mounted
    }
}

impl Drop for ReadOnly<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0).status();
    }
}

fn run(command: &mut Command) {
    let status = command.status().expect("there is a mount program");
    assert!(status.success(), "mounting needs root");
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("it can be listed");
    entries
        .map(|entry| {
            let entry = entry.expect("it can be listed");
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(entry.path()).expect("it can be read"))
        })
        .collect()
}

fn core(folder: &Path) -> Core {
    Core::new(Config::bare(folder.into()))
}

fn add(core: &Core, uri: &str) -> Answer<String> {
    let draft = core.read_text(uri)?.drafts.remove(0);
    let names = DraftChanges {
        issuer: draft.issuer,
        account: draft.account,
    };
    Ok(core.save_draft(&draft.draft_id, names)?.id)
}

fn count(core: &Core) -> u32 {
    let all = ViewRequest {
        query: String::new(),
        sort: Sort::Manual,
        group: None,
        trash: false,
        offset: 0,
        limit: 1,
        place_of: None,
    };
    core.view(&all).expect("the vault is open").total
}

#[test]
fn a_disk_that_turns_read_only_is_said_so_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let vault = core(folder.path());
    vault
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .expect("it can be written");
    let totp = add(&vault, URI).expect("it can be written");
    let hotp = add(&vault, HOTP).expect("it can be written");
    let before = files(folder.path());
    let mounted = ReadOnly::mount(folder.path());
    let refusals = [
        ("add", add(&vault, URI).err()),
        ("trash", vault.trash_entry(&totp).err()),
        ("advance", vault.advance_counter(&hotp).err()),
        ("renew", vault.renew_recovery().err()),
        (
            "set a credential",
            vault
                .set_credential(Credential::Passphrase, "quatre clés d'étain")
                .err(),
        ),
    ];
    for (what, refused) in refusals {
        let code = refused.map(|refused| refused.code());
        assert_eq!(code, Some(ErrorCode::StorageReadOnly), "{what}");
    }
    assert_eq!(count(&vault), 2, "memory follows the disk");
    let code = vault.reveal(&totp).expect("codes are still shown").code;
    assert!(code.is_some());
    // What is to be written at the lock cannot be; the keys go all the same.
    vault.lock();
    let phase = vault.status().expect("the folder is held").phase;
    assert_eq!(phase, Phase::Locked);
    // An attempt that cannot be counted is not judged.
    let refused = vault.unlock(Credential::Passphrase, PASSPHRASE).err();
    let code = refused.map(|refused| refused.code());
    assert_eq!(code, Some(ErrorCode::StorageReadOnly));
    assert_eq!(files(folder.path()), before);
    drop(vault);

    let started = core(folder.path());
    let refused = started.status().err().map(|refused| refused.code());
    assert_eq!(refused, Some(ErrorCode::StorageReadOnly));
    assert_eq!(files(folder.path()), before);

    drop(mounted);
    let phase = started.status().map(|status| status.phase);
    assert_eq!(phase, Ok(Phase::Locked));
    started
        .unlock(Credential::Passphrase, PASSPHRASE)
        .expect("the same start goes on");
    assert_eq!(count(&started), 2);
    let details = started.details(&hotp).expect("it is there");
    assert_eq!(details.counter.as_deref(), Some("0"));
}
