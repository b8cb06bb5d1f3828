//! The device's part of a slot: a secret for each slot, kept before the file that needs it and deleted after.

use trousseau_entries::VaultData;
use trousseau_vault::SlotInfo;

use super::credentials::{PIN, opens, with_pin};
use super::*;

const OTHER_PIN: &str = "271828";

fn slot(bench: &Bench, kind: SlotKind) -> (trousseau_vault::VaultId, SlotInfo) {
    let bytes = std::fs::read(bench.file("vault.trousseau")).unwrap();
    let summary = trousseau_vault::inspect(&bytes).unwrap();
    let slot = summary.slots.into_iter().find(|slot| slot.kind == kind);
    (summary.vault, slot.unwrap())
}

fn pin_item(bench: &Bench) -> SecretId {
    let (vault, slot) = slot(bench, SlotKind::Pin);
    SecretId::for_slot(vault, SecretPurpose::Pin, slot.id)
}

/// The names of all that the device keeps for slots.
fn kept(bench: &Bench) -> Vec<SecretId> {
    tell(&bench.core);
    let memory = bench.secret_store.memory();
    let slots = memory
        .kept
        .keys()
        .filter(|item| !matches!(item.role, SecretPurpose::Mark | SecretPurpose::LastVault));
    slots.copied().collect()
}

/// What the open vault keeps for the device.
fn device_section(bench: &Bench) -> trousseau_entries::DeviceSection {
    bench
        .core
        .session()
        .open()
        .unwrap()
        .entries
        .device()
        .clone()
}

/// As an earlier version kept it.
fn kept_by_role(bench: &Bench) -> SecretId {
    let (for_slot, mut memory) = (pin_item(bench), bench.secret_store.memory());
    let key = memory.kept.remove(&for_slot).unwrap();
    let by_role = SecretId::without_slot(slot(bench, SlotKind::Pin).0, SecretPurpose::Pin);
    memory.kept.insert(by_role, key);
    by_role
}

/// The vault is as an earlier version left it: nothing is kept of the access code.
pub(super) fn forget_the_stretched_code(bench: &Bench) {
    let mut session = bench.core.session();
    let forgotten = session.change(0, |entries: &mut VaultData| {
        entries.set_device(trousseau_entries::DeviceSection::default());
        Ok(())
    });
    forgotten.unwrap();
}

#[test]
fn each_slot_has_a_secret_of_its_own_that_goes_with_it() {
    let (bench, _) = with_pin();
    let first = pin_item(&bench);
    assert_eq!(kept(&bench), [first]);
    bench
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    let second = pin_item(&bench);
    assert_ne!(first, second);
    assert_eq!(kept(&bench), [second]);
    bench
        .core
        .set_cost(Credential::Pin, OTHER_PIN, 128)
        .unwrap();
    let third = pin_item(&bench);
    assert_ne!(second, third);
    assert_eq!(kept(&bench), [third]);
    bench.core.lock();
    assert!(opens(&bench, Credential::Pin, OTHER_PIN));
    bench.core.unlock(Credential::Pin, OTHER_PIN).unwrap();
    bench
        .core
        .set_credential(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    bench.core.remove_credential(Credential::Pin).unwrap();
    assert!(kept(&bench).is_empty());
}

#[test]
fn a_secret_of_an_earlier_version_opens_until_its_slot_is_another() {
    let (bench, _) = with_pin();
    let by_role = kept_by_role(&bench);
    let bench = bench.restart();
    bench.core.unlock(Credential::Pin, PIN).unwrap();
    bench.core.prove(Credential::Pin, PIN).unwrap();
    assert_eq!(kept(&bench), [by_role]);
    bench
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    assert_eq!(kept(&bench), [pin_item(&bench)]);
    bench.core.lock();
    assert!(opens(&bench, Credential::Pin, OTHER_PIN));
}

/// Whether the file got in its place or not, what it needs is there.
#[test]
fn a_write_that_fails_leaves_both_secrets_and_the_next_forgets_the_one_too_many() {
    let (bench, _) = with_pin();
    let first = pin_item(&bench);
    let in_the_way = bench.file("vault.trousseau.new");
    std::fs::create_dir(&in_the_way).unwrap();
    let set = bench.core.set_credential(Credential::Pin, OTHER_PIN);
    assert_eq!(code(set), ErrorCode::StorageFailed);
    assert_eq!(pin_item(&bench), first);
    assert_eq!(kept(&bench).len(), 2);
    std::fs::remove_dir(in_the_way).unwrap();
    bench.core.lock();
    assert!(opens(&bench, Credential::Pin, PIN));

    bench.core.unlock(Credential::Pin, PIN).unwrap();
    std::fs::create_dir(bench.file("vault.trousseau.new")).unwrap();
    bench
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap_err();
    std::fs::remove_dir(bench.file("vault.trousseau.new")).unwrap();
    assert_eq!(
        kept(&bench).len(),
        3,
        "that of the write before the lock too"
    );
    bench
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    assert_eq!(kept(&bench), [pin_item(&bench)]);
}

#[test]
fn a_store_that_deletes_nothing_is_asked_again_at_each_opening() {
    let (bench, _) = with_pin();
    let first = pin_item(&bench);
    bench.secret_store.memory().keeps_all = true;
    bench
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    assert!(kept(&bench).contains(&first));
    assert!(
        device_section(&bench)
            .forget
            .contains(&first.name_in_vault())
    );
    let bench = bench.restart();
    bench.secret_store.memory().keeps_all = false;
    bench.core.unlock(Credential::Pin, OTHER_PIN).unwrap();
    while kept(&bench).contains(&first) {
        std::thread::yield_now();
    }
    assert_eq!(kept(&bench), [pin_item(&bench)]);
    // What was deleted is not named any more once something is saved.
    while !bench
        .core
        .session()
        .forgotten
        .lock()
        .unwrap()
        .contains(&first)
    {
        std::thread::yield_now();
    }
    add(&bench.core, HOTP).unwrap();
    assert!(
        !device_section(&bench)
            .forget
            .contains(&first.name_in_vault())
    );
}

#[test]
fn while_the_copy_still_needs_it_no_secret_is_deleted() {
    let (bench, _) = with_pin();
    add(&bench.core, HOTP).unwrap();
    let first = pin_item(&bench);
    std::fs::create_dir(bench.file("vault.trousseau.bak.new")).unwrap();
    bench
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    assert!(kept(&bench).contains(&first), "the copy has its slot");
    std::fs::remove_dir(bench.file("vault.trousseau.bak.new")).unwrap();
    bench.core.lock();
    bench.core.unlock(Credential::Pin, OTHER_PIN).unwrap();
    while kept(&bench).contains(&first) {
        std::thread::yield_now();
    }
}

#[test]
fn a_store_that_gives_another_back_changes_nothing() {
    let (bench, _) = with_pin();
    let file = std::fs::read(bench.file("vault.trousseau")).unwrap();
    bench.secret_store.memory().loses = true;
    let set = bench.core.set_credential(Credential::Pin, OTHER_PIN);
    assert_eq!(code(set), ErrorCode::DeviceStoreFailed);
    assert!(std::fs::read(bench.file("vault.trousseau")).unwrap() == file);
    bench.core.lock();
    assert!(opens(&bench, Credential::Pin, PIN));
    let empty = Bench::new();
    empty.secret_store.memory().loses = true;
    let made = empty.core.create_vault(Credential::Pin, PIN);
    assert_eq!(code(made), ErrorCode::DeviceStoreFailed);
    assert_eq!(empty.phase(), Phase::NoVault);
}

/// So that an open vault gives the access code's slot new keys without the code being typed.
#[test]
fn what_was_stretched_is_kept_for_the_slot_that_it_opens() {
    let (bench, _) = with_pin();
    let opens_slot = |bench: &Bench| {
        let key: [u8; 32] = bench.secret_store.memory().kept[&pin_item(bench)][..]
            .try_into()
            .unwrap();
        let sealed = device_section(bench).pin?;
        let session = bench.core.session();
        let vault = &session.open().unwrap().vault;
        vault.open_stretched_pin(&sealed, &DeviceKey::new(&key))
    };
    assert!(opens_slot(&bench).is_some(), "made with the vault");
    bench.core.set_cost(Credential::Pin, PIN, 128).unwrap();
    assert!(opens_slot(&bench).is_some(), "made anew with the slot");

    // A vault of an earlier version has none: it is kept when the code is typed.
    forget_the_stretched_code(&bench);
    assert!(opens_slot(&bench).is_none());
    bench.core.lock();
    bench.core.unlock(Credential::Pin, PIN).unwrap();
    assert!(opens_slot(&bench).is_some());
    bench.core.lock();
    bench.core.unlock(Credential::Recovery, "").unwrap_err();
    let bench = bench.restart();
    bench.core.unlock(Credential::Pin, PIN).unwrap();
    assert!(opens_slot(&bench).is_some(), "it was saved with the lock");

    bench
        .core
        .set_credential(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    bench.core.remove_credential(Credential::Pin).unwrap();
    assert!(device_section(&bench).pin.is_none());
}
