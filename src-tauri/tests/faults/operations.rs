//! The operations that do not change credentials, one test each.

use trousseau_wire::{Credential, EntryChanges, ErrorCode};

use crate::test_device::{TestDevice, VAULT};
use crate::user_actions::{draft, entry, save};
use crate::{ALL_FAULTS, Operation, Promise, break_everywhere};

pub const OTHER_WORDS: &str = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
const URI: &str = "otpauth://totp/Portail:new?secret=MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";

/// Breaks the operation at every step. Checks that it has at least `at_least` steps, so that a missing step is
/// noticed.
pub fn assert_safe_at_every_step(name: &str, at_least: usize, operation: Operation) {
    let steps = break_everywhere(&operation);
    println!("{name}: {steps} steps");
    assert!(steps >= at_least, "{name} has only {steps} steps");
}

pub fn open(device: &TestDevice, core: &trousseau_app::session::Core) -> String {
    device.unlock(core).expect("the vault opens");
    String::new()
}

#[test]
fn create_a_vault() {
    assert_safe_at_every_step(
        "create a vault",
        12,
        Operation {
            device: TestDevice::empty,
            prepare: |_, _| String::new(),
            run: |core, _| core.create_vault(Credential::Device, "").map(drop),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn add_an_entry() {
    assert_safe_at_every_step(
        "add an entry",
        11,
        Operation {
            device: TestDevice::with_vault,
            prepare: |device, core| {
                open(device, core);
                draft(core, URI).expect("the link is valid")
            },
            run: |core, draft| save(core, draft, "new"),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn edit_an_entry() {
    assert_safe_at_every_step(
        "edit an entry",
        11,
        Operation {
            device: TestDevice::with_vault,
            prepare: |device, core| {
                open(device, core);
                entry(core, "jane")
            },
            run: |core, id| {
                let changes = EntryChanges {
                    issuer: "Caisse".into(),
                    account: "joan".into(),
                    note: "n".into(),
                    favourite: true,
                    icon: None,
                };
                core.update_entry(id, changes).map(drop)
            },
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn trash_an_entry() {
    assert_safe_at_every_step(
        "trash an entry",
        11,
        Operation {
            device: TestDevice::with_vault,
            prepare: |device, core| {
                open(device, core);
                entry(core, "jane")
            },
            run: |core, id| core.trash_entry(id),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn purge_an_entry() {
    assert_safe_at_every_step(
        "purge an entry",
        11,
        Operation {
            device: TestDevice::with_trash,
            prepare: |device, core| {
                open(device, core);
                entry(core, "jane")
            },
            run: |core, id| core.delete_entry(id),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn empty_the_trash() {
    assert_safe_at_every_step(
        "empty the trash",
        11,
        Operation {
            device: TestDevice::with_trash,
            prepare: open,
            run: |core, _| core.empty_trash(),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn advance_a_counter() {
    assert_safe_at_every_step(
        "advance a counter",
        11,
        Operation {
            device: TestDevice::with_vault,
            prepare: |device, core| {
                open(device, core);
                entry(core, "counted")
            },
            run: |core, id| {
                let code = core.advance_counter(id)?.code;
                assert_eq!(
                    code.as_deref(),
                    Some("755224"),
                    "RFC 4226 App. D, counter 0"
                );
                Ok(())
            },
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn lock_with_an_unsaved_use() {
    assert_safe_at_every_step(
        "lock with an unsaved use",
        6,
        Operation {
            device: TestDevice::with_vault,
            prepare: |device, core| {
                open(device, core);
                core.reveal(&entry(core, "jane"))
                    .expect("the entry has a code");
                String::new()
            },
            run: |core, _| {
                core.lock();
                Ok(())
            },
            promise: Promise::None,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn count_an_attempt() {
    assert_safe_at_every_step(
        "count an attempt",
        5,
        Operation {
            device: TestDevice::with_vault,
            prepare: |_, _| String::new(),
            run: |core, _| core.unlock(Credential::Recovery, OTHER_WORDS).map(drop),
            promise: Promise::Counted,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn finish_an_interrupted_change() {
    assert_safe_at_every_step(
        "finish an interrupted change",
        11,
        Operation {
            device: TestDevice::with_interrupted_change,
            prepare: |_, _| String::new(),
            run: |core, _| core.unlock(Credential::Device, "").map(drop),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn restore_the_previous_generation() {
    assert_safe_at_every_step(
        "restore the previous generation",
        11,
        Operation {
            device: TestDevice::with_damaged_vault,
            prepare: |device, core| {
                let refused = device.unlock(core).expect_err("the vault is damaged");
                assert_eq!(refused.code(), ErrorCode::VaultDamaged);
                let opened = core.open_previous_generation(Credential::Device, "");
                opened.expect("the previous generation opens");
                String::new()
            },
            run: |core, _| core.restore_previous_generation().map(drop),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn save_over_a_file_of_another_program() {
    assert_safe_at_every_step(
        "save over a foreign file",
        16,
        Operation {
            device: || TestDevice::with_vault().with_file_that_must_survive(b"somebody else's"),
            prepare: |device, core| {
                open(device, core);
                device.disk.put(VAULT, b"somebody else's");
                entry(core, "jane")
            },
            run: |core, id| core.trash_entry(id),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}
