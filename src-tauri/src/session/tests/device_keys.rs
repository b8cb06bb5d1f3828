//! The device's part of a slot: a secret for each slot, kept before the file that needs it and deleted after.

use trousseau_entries::VaultData;
use trousseau_vault::SlotInfo;

use super::credentials::{PIN, opens, with_pin};
use super::*;

const OTHER_PIN: &str = "271828";

fn slot(fixture: &Fixture, kind: SlotKind) -> (trousseau_vault::VaultId, SlotInfo) {
    let bytes = std::fs::read(fixture.file("vault.trousseau")).unwrap();
    let summary = trousseau_vault::inspect(&bytes).unwrap();
    let slot = summary.slots.into_iter().find(|slot| slot.kind == kind);
    (summary.vault, slot.unwrap())
}

fn pin_item(fixture: &Fixture) -> SecretId {
    let (vault, slot) = slot(fixture, SlotKind::Pin);
    SecretId::for_slot(vault, SecretPurpose::Pin, slot.id)
}

/// The names of all that the device keeps for slots.
fn kept(fixture: &Fixture) -> Vec<SecretId> {
    tell(&fixture.core);
    let memory = fixture.secret_store.memory();
    let slots = memory
        .kept
        .keys()
        .filter(|item| !matches!(item.purpose, SecretPurpose::Mark | SecretPurpose::LastVault));
    slots.copied().collect()
}

/// What the open vault keeps for the device.
fn device_section(fixture: &Fixture) -> trousseau_entries::DeviceSection {
    fixture
        .core
        .session()
        .unlocked()
        .unwrap()
        .entries
        .device()
        .clone()
}

/// As an earlier version kept it.
fn kept_by_role(fixture: &Fixture) -> SecretId {
    let (for_slot, mut memory) = (pin_item(fixture), fixture.secret_store.memory());
    let key = memory.kept.remove(&for_slot).unwrap();
    let by_role = SecretId::without_slot(slot(fixture, SlotKind::Pin).0, SecretPurpose::Pin);
    memory.kept.insert(by_role, key);
    by_role
}

/// The vault is as an earlier version left it: nothing is kept of the access code.
pub(super) fn forget_the_stretched_code(fixture: &Fixture) {
    let mut session = fixture.core.session();
    let deleted_secrets = session.change(0, |entries: &mut VaultData| {
        entries.set_device(trousseau_entries::DeviceSection::default());
        Ok(())
    });
    deleted_secrets.unwrap();
}

#[test]
fn each_slot_has_a_secret_of_its_own_that_goes_with_it() {
    let (fixture, _) = with_pin();
    let first = pin_item(&fixture);
    assert_eq!(kept(&fixture), [first]);
    fixture
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    let second = pin_item(&fixture);
    assert_ne!(first, second);
    assert_eq!(kept(&fixture), [second]);
    fixture
        .core
        .set_kdf_cost(Credential::Pin, OTHER_PIN, 128)
        .unwrap();
    let third = pin_item(&fixture);
    assert_ne!(second, third);
    assert_eq!(kept(&fixture), [third]);
    fixture.core.lock();
    assert!(opens(&fixture, Credential::Pin, OTHER_PIN));
    fixture.core.unlock(Credential::Pin, OTHER_PIN).unwrap();
    fixture
        .core
        .set_credential(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    fixture.core.remove_credential(Credential::Pin).unwrap();
    assert!(kept(&fixture).is_empty());
}

#[test]
fn a_secret_of_an_earlier_version_opens_until_its_slot_is_another() {
    let (fixture, _) = with_pin();
    let by_role = kept_by_role(&fixture);
    let fixture = fixture.restart();
    fixture.core.unlock(Credential::Pin, PIN).unwrap();
    fixture.core.reauthenticate(Credential::Pin, PIN).unwrap();
    assert_eq!(kept(&fixture), [by_role]);
    fixture
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    assert_eq!(kept(&fixture), [pin_item(&fixture)]);
    fixture.core.lock();
    assert!(opens(&fixture, Credential::Pin, OTHER_PIN));
}

/// Whether the file got in its place or not, what it needs is there.
#[test]
fn a_write_that_fails_leaves_both_secrets_and_the_next_forgets_the_one_too_many() {
    let (fixture, _) = with_pin();
    let first = pin_item(&fixture);
    let in_the_way = fixture.file("vault.trousseau.new");
    std::fs::create_dir(&in_the_way).unwrap();
    let set = fixture.core.set_credential(Credential::Pin, OTHER_PIN);
    assert_eq!(code(set), ErrorCode::StorageFailed);
    assert_eq!(pin_item(&fixture), first);
    assert_eq!(kept(&fixture).len(), 2);
    std::fs::remove_dir(in_the_way).unwrap();
    fixture.core.lock();
    assert!(opens(&fixture, Credential::Pin, PIN));

    fixture.core.unlock(Credential::Pin, PIN).unwrap();
    std::fs::create_dir(fixture.file("vault.trousseau.new")).unwrap();
    fixture
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap_err();
    std::fs::remove_dir(fixture.file("vault.trousseau.new")).unwrap();
    assert_eq!(
        kept(&fixture).len(),
        3,
        "that of the write before the lock too"
    );
    fixture
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    assert_eq!(kept(&fixture), [pin_item(&fixture)]);
}

#[test]
fn a_store_that_deletes_nothing_is_asked_again_at_each_opening() {
    let (fixture, _) = with_pin();
    let first = pin_item(&fixture);
    fixture.secret_store.memory().keeps_all = true;
    fixture
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    assert!(kept(&fixture).contains(&first));
    assert!(
        device_section(&fixture)
            .forget
            .contains(&first.name_in_vault())
    );
    let fixture = fixture.restart();
    fixture.secret_store.memory().keeps_all = false;
    fixture.core.unlock(Credential::Pin, OTHER_PIN).unwrap();
    while kept(&fixture).contains(&first) {
        std::thread::yield_now();
    }
    assert_eq!(kept(&fixture), [pin_item(&fixture)]);
    // What was deleted is not named any more once something is saved.
    while !fixture
        .core
        .session()
        .deleted_secrets
        .lock()
        .unwrap()
        .contains(&first)
    {
        std::thread::yield_now();
    }
    add(&fixture.core, HOTP).unwrap();
    assert!(
        !device_section(&fixture)
            .forget
            .contains(&first.name_in_vault())
    );
}

#[test]
fn while_the_copy_still_needs_it_no_secret_is_deleted() {
    let (fixture, _) = with_pin();
    add(&fixture.core, HOTP).unwrap();
    let first = pin_item(&fixture);
    std::fs::create_dir(fixture.file("vault.trousseau.bak.new")).unwrap();
    fixture
        .core
        .set_credential(Credential::Pin, OTHER_PIN)
        .unwrap();
    assert!(kept(&fixture).contains(&first), "the copy has its slot");
    std::fs::remove_dir(fixture.file("vault.trousseau.bak.new")).unwrap();
    fixture.core.lock();
    fixture.core.unlock(Credential::Pin, OTHER_PIN).unwrap();
    while kept(&fixture).contains(&first) {
        std::thread::yield_now();
    }
}

#[test]
fn a_store_that_gives_another_back_changes_nothing() {
    let (fixture, _) = with_pin();
    let file = std::fs::read(fixture.file("vault.trousseau")).unwrap();
    fixture.secret_store.memory().loses = true;
    let set = fixture.core.set_credential(Credential::Pin, OTHER_PIN);
    assert_eq!(code(set), ErrorCode::DeviceStoreFailed);
    assert!(std::fs::read(fixture.file("vault.trousseau")).unwrap() == file);
    fixture.core.lock();
    assert!(opens(&fixture, Credential::Pin, PIN));
    let empty = Fixture::new();
    empty.secret_store.memory().loses = true;
    let made = empty.core.create_vault(Credential::Pin, PIN);
    assert_eq!(code(made), ErrorCode::DeviceStoreFailed);
    assert_eq!(empty.phase(), Phase::NoVault);
}

/// So that an open vault gives the access code's slot new keys without the code being typed.
#[test]
fn what_was_stretched_is_kept_for_the_slot_that_it_opens() {
    let (fixture, _) = with_pin();
    let opens_slot = |fixture: &Fixture| {
        let key: [u8; 32] = fixture.secret_store.memory().kept[&pin_item(fixture)][..]
            .try_into()
            .unwrap();
        let sealed = device_section(fixture).pin?;
        let session = fixture.core.session();
        let vault = &session.unlocked().unwrap().vault;
        vault.open_stretched_pin(&sealed, &DeviceKey::new(&key))
    };
    assert!(opens_slot(&fixture).is_some(), "made with the vault");
    fixture
        .core
        .set_kdf_cost(Credential::Pin, PIN, 128)
        .unwrap();
    assert!(opens_slot(&fixture).is_some(), "made anew with the slot");

    // A vault of an earlier version has none: it is kept when the code is typed.
    forget_the_stretched_code(&fixture);
    assert!(opens_slot(&fixture).is_none());
    fixture.core.lock();
    fixture.core.unlock(Credential::Pin, PIN).unwrap();
    assert!(opens_slot(&fixture).is_some());
    fixture.core.lock();
    fixture.core.unlock(Credential::Recovery, "").unwrap_err();
    let fixture = fixture.restart();
    fixture.core.unlock(Credential::Pin, PIN).unwrap();
    assert!(opens_slot(&fixture).is_some(), "it was saved with the lock");

    fixture
        .core
        .set_credential(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    fixture.core.remove_credential(Credential::Pin).unwrap();
    assert!(device_section(&fixture).pin.is_none());
}
