//! The services that are to be asked for new secrets.

use super::noting_disk::NotingDisk;
use super::*;

/// The accounts in the list, and whether each is ticked off.
fn listed(core: &Core) -> Vec<(String, bool)> {
    let renewals = core.new_secrets_checklist().unwrap().into_iter();
    renewals
        .map(|renewal| (renewal.account, renewal.done))
        .collect()
}

/// A vault that opens without a code, with a counter of each account.
fn fill(core: &Core, accounts: &[&str]) -> Vec<String> {
    core.create_vault(Credential::Device, "").unwrap();
    let uri = |account: &&str| HOTP.replace("hotp?", &format!("{account}?"));
    let ids = accounts.iter().map(|account| add(core, &uri(account)));
    ids.map(|id| id.unwrap()).collect()
}

fn unlock(fixture: &Fixture) {
    fixture.core.unlock(Credential::Device, "").unwrap();
}

#[test]
fn the_list_is_kept_until_it_is_ended() {
    let fixture = Fixture::new();
    let ids = fill(&fixture.core, &["a", "b"]);
    assert!(listed(&fixture.core).is_empty());
    let before = fixture.core.entry_details(&ids[1]).unwrap();
    fixture.pass(5000);
    fixture.core.set_new_secrets_checklist(true).unwrap();
    fixture.core.tick_new_secret(&ids[1], true).unwrap();
    assert_eq!(
        listed(&fixture.core),
        [("a".into(), false), ("b".into(), true)]
    );
    let item = fixture.core.new_secrets_checklist().unwrap().remove(1);
    assert_eq!((&item.id, &*item.issuer), (&ids[1], "Portail"));
    let after = fixture.core.entry_details(&ids[1]).unwrap();
    assert_eq!(after.modified_ms, before.modified_ms);

    fixture.core.lock();
    assert_eq!(
        code(fixture.core.new_secrets_checklist()),
        ErrorCode::Locked
    );
    assert_eq!(
        code(fixture.core.set_new_secrets_checklist(false)),
        ErrorCode::Locked
    );
    let fixture = fixture.restart();
    unlock(&fixture);
    assert_eq!(
        listed(&fixture.core),
        [("a".into(), false), ("b".into(), true)]
    );
    fixture.core.tick_new_secret(&ids[1], false).unwrap();
    assert_eq!(
        listed(&fixture.core),
        [("a".into(), false), ("b".into(), false)]
    );
    fixture.core.set_new_secrets_checklist(false).unwrap();
    assert!(listed(&fixture.core).is_empty());
    let refused = fixture.core.tick_new_secret(&ids[1], true);
    assert_eq!(code(refused), ErrorCode::EntryNotFound);
    let fixture = fixture.restart();
    unlock(&fixture);
    assert!(listed(&fixture.core).is_empty());
}

#[test]
fn an_entry_in_the_trash_is_not_in_it_until_it_is_restored() {
    let fixture = Fixture::new();
    let ids = fill(&fixture.core, &["a", "b"]);
    fixture.core.set_new_secrets_checklist(true).unwrap();
    fixture.core.tick_new_secret(&ids[0], true).unwrap();
    fixture.core.trash_entry(&ids[0]).unwrap();
    assert_eq!(listed(&fixture.core), [("b".into(), false)]);
    let refused = fixture.core.tick_new_secret(&ids[0], false);
    assert_eq!(code(refused), ErrorCode::EntryNotFound);
    fixture.core.restore_entry(&ids[0]).unwrap();
    assert_eq!(
        listed(&fixture.core),
        [("a".into(), true), ("b".into(), false)]
    );
    fixture.core.trash_entry(&ids[0]).unwrap();
    fixture.core.delete_entry(&ids[0]).unwrap();
    assert_eq!(listed(&fixture.core), [("b".into(), false)]);
}

#[test]
fn what_the_disk_does_not_take_is_not_ticked_off() {
    let fixture = Fixture::new();
    let disk = NotingDisk::default();
    drop(fixture.core);
    let core = Core::new(Config {
        clock: Box::new(fixture.clock.clone()),
        secret_store: Arc::new(fixture.secret_store.clone()),
        disk: Arc::new(disk.clone()),
        ..Config::bare(fixture.folder.path().into())
    });
    core.refresh_capabilities();
    let ids = fill(&core, &["a"]);
    core.set_new_secrets_checklist(true).unwrap();
    disk.refuse(true);
    for refused in [
        core.tick_new_secret(&ids[0], true),
        core.set_new_secrets_checklist(false),
    ] {
        assert_eq!(code(refused), ErrorCode::StorageReadOnly);
    }
    assert_eq!(listed(&core), [("a".into(), false)]);
    disk.refuse(false);
    core.tick_new_secret(&ids[0], true).unwrap();
    assert_eq!(listed(&core), [("a".into(), true)]);
}

/// The generation before is for reading: its list is told, and stays.
#[test]
fn beside_a_damaged_vault_the_list_of_its_copy_is_told() {
    let fixture = Fixture::new();
    let ids = fill(&fixture.core, &["a"]);
    fixture.core.set_new_secrets_checklist(true).unwrap();
    fixture.core.tick_new_secret(&ids[0], true).unwrap();
    fixture.core.lock();
    std::fs::write(fixture.file("vault.trousseau"), "damaged").unwrap();
    let fixture = fixture.restart();
    fixture
        .core
        .open_previous_generation(Credential::Device, "")
        .unwrap();
    assert_eq!(listed(&fixture.core), [("a".into(), false)]);
    for refused in [
        fixture.core.tick_new_secret(&ids[0], true),
        fixture.core.set_new_secrets_checklist(false),
    ] {
        assert_eq!(code(refused), ErrorCode::ReadOnly);
    }
}
