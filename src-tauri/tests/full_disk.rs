//! A disk that fills up: said so, and everything that was saved is there.

use std::path::Path;
use std::process::Command;

use trousseau_app::refused::Answer;
use trousseau_app::session::{Config, Core};
use trousseau_wire::{Credential, DraftChanges, ErrorCode, Sort, ViewRequest};

const PASSPHRASE: &str = "trois clés de laiton";

/// A file system of 64 KiB in memory, gone with the test.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64k", "trousseau-test"])
            .arg(folder.path())
            .status();
        assert!(
            mounted.is_ok_and(|status| status.success()),
            "mounting a small disk needs root"
        );
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
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
fn what_was_saved_stays_when_the_disk_is_full() {
    let disk = SmallDisk::mount();
    let vault = core(disk.path());
    vault
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .expect("the first generations fit");
    let hotp = "otpauth://hotp/Portail:h?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0";
    let counter = add(&vault, hotp).expect("the first generations fit");
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

    // Somebody makes room: with a disk that is full to the last byte not even an attempt can be counted.
    let grown = Command::new("mount")
        .args(["-o", "remount,size=1m"])
        .arg(disk.path())
        .status();
    assert!(grown.is_ok_and(|status| status.success()));
    let vault = core(disk.path());
    vault
        .unlock(Credential::Passphrase, PASSPHRASE)
        .expect("the last whole generation opens");
    assert_eq!(count(&vault), saved);
    let details = vault.details(&counter).expect("the entry is there");
    assert_eq!(details.counter.as_deref(), Some(counter_now));
    add(&vault, hotp).expect("there is room again");
}
