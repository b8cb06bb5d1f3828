//! The services that are to be asked for new secrets.

use super::noting_disk::NotingDisk;
use super::*;

/// The accounts in the list, and whether each is ticked off.
fn listed(core: &Core) -> Vec<(String, bool)> {
    let renewals = core.renewals().unwrap().into_iter();
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

fn unlock(bench: &Bench) {
    bench.core.unlock(Credential::Device, "").unwrap();
}

#[test]
fn the_list_is_kept_until_it_is_ended() {
    let bench = Bench::new();
    let ids = fill(&bench.core, &["a", "b"]);
    assert!(listed(&bench.core).is_empty());
    let before = bench.core.details(&ids[1]).unwrap();
    bench.pass(5000);
    bench.core.list_renewals(true).unwrap();
    bench.core.tick_renewal(&ids[1], true).unwrap();
    assert_eq!(
        listed(&bench.core),
        [("a".into(), false), ("b".into(), true)]
    );
    let renewal = bench.core.renewals().unwrap().remove(1);
    assert_eq!((&renewal.id, &*renewal.issuer), (&ids[1], "Portail"));
    let after = bench.core.details(&ids[1]).unwrap();
    assert_eq!(after.modified_ms, before.modified_ms);

    bench.core.lock();
    assert_eq!(code(bench.core.renewals()), ErrorCode::Locked);
    assert_eq!(code(bench.core.list_renewals(false)), ErrorCode::Locked);
    let bench = bench.restart();
    unlock(&bench);
    assert_eq!(
        listed(&bench.core),
        [("a".into(), false), ("b".into(), true)]
    );
    bench.core.tick_renewal(&ids[1], false).unwrap();
    assert_eq!(
        listed(&bench.core),
        [("a".into(), false), ("b".into(), false)]
    );
    bench.core.list_renewals(false).unwrap();
    assert!(listed(&bench.core).is_empty());
    let refused = bench.core.tick_renewal(&ids[1], true);
    assert_eq!(code(refused), ErrorCode::EntryGone);
    let bench = bench.restart();
    unlock(&bench);
    assert!(listed(&bench.core).is_empty());
}

#[test]
fn an_entry_in_the_trash_is_not_in_it_until_it_is_restored() {
    let bench = Bench::new();
    let ids = fill(&bench.core, &["a", "b"]);
    bench.core.list_renewals(true).unwrap();
    bench.core.tick_renewal(&ids[0], true).unwrap();
    bench.core.trash_entry(&ids[0]).unwrap();
    assert_eq!(listed(&bench.core), [("b".into(), false)]);
    let refused = bench.core.tick_renewal(&ids[0], false);
    assert_eq!(code(refused), ErrorCode::EntryGone);
    bench.core.restore_entry(&ids[0]).unwrap();
    assert_eq!(
        listed(&bench.core),
        [("a".into(), true), ("b".into(), false)]
    );
    bench.core.trash_entry(&ids[0]).unwrap();
    bench.core.purge_entry(&ids[0]).unwrap();
    assert_eq!(listed(&bench.core), [("b".into(), false)]);
}

#[test]
fn what_the_disk_does_not_take_is_not_ticked_off() {
    let bench = Bench::new();
    let disk = NotingDisk::default();
    drop(bench.core);
    let core = Core::new(Config {
        clock: Box::new(bench.clock.clone()),
        secret_store: Arc::new(bench.secret_store.clone()),
        disk: Arc::new(disk.clone()),
        ..Config::bare(bench.folder.path().into())
    });
    core.look_at_device();
    let ids = fill(&core, &["a"]);
    core.list_renewals(true).unwrap();
    disk.refuse(true);
    for refused in [core.tick_renewal(&ids[0], true), core.list_renewals(false)] {
        assert_eq!(code(refused), ErrorCode::StorageReadOnly);
    }
    assert_eq!(listed(&core), [("a".into(), false)]);
    disk.refuse(false);
    core.tick_renewal(&ids[0], true).unwrap();
    assert_eq!(listed(&core), [("a".into(), true)]);
}

/// The generation before is for reading: its list is told, and stays.
#[test]
fn beside_a_damaged_vault_the_list_of_its_copy_is_told() {
    let bench = Bench::new();
    let ids = fill(&bench.core, &["a"]);
    bench.core.list_renewals(true).unwrap();
    bench.core.tick_renewal(&ids[0], true).unwrap();
    bench.core.lock();
    std::fs::write(bench.file("vault.trousseau"), "damaged").unwrap();
    let bench = bench.restart();
    bench.core.open_backup(Credential::Device, "").unwrap();
    assert_eq!(listed(&bench.core), [("a".into(), false)]);
    for refused in [
        bench.core.tick_renewal(&ids[0], true),
        bench.core.list_renewals(false),
    ] {
        assert_eq!(code(refused), ErrorCode::ReadOnly);
    }
}
