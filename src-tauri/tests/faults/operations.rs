//! The operations, one test each.

use trousseau_wire::{Credential, EntryChanges, ErrorCode};

use crate::person::{draft, entry, save};
use crate::world::{VAULT, World};
use crate::{ALL, Operation, Promise, break_everywhere};

pub const OTHER_WORDS: &str = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
const URI: &str = "otpauth://totp/Portail:new?secret=MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";

/// Breaks it everywhere; says and checks how many steps it has, so that none goes missing unseen.
pub fn all_steps(name: &str, at_least: usize, operation: Operation) {
    let steps = break_everywhere(&operation);
    println!("{name}: {steps} steps");
    assert!(steps >= at_least, "{name} has only {steps} steps");
}

pub fn open(world: &World, core: &trousseau_app::session::Core) -> String {
    world.unlock(core).expect("the vault opens");
    String::new()
}

#[test]
fn create_a_vault() {
    all_steps(
        "create a vault",
        12,
        Operation {
            world: World::empty,
            enter: |_, _| String::new(),
            run: |core, _| core.create_vault(Credential::Device, "").map(drop),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn add_an_entry() {
    all_steps(
        "add an entry",
        11,
        Operation {
            world: World::with_vault,
            enter: |world, core| {
                open(world, core);
                draft(core, URI).expect("it is a link")
            },
            run: |core, draft| save(core, draft, "new"),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn edit_an_entry() {
    all_steps(
        "edit an entry",
        11,
        Operation {
            world: World::with_vault,
            enter: |world, core| {
                open(world, core);
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
            faults: ALL,
        },
    );
}

#[test]
fn trash_an_entry() {
    all_steps(
        "trash an entry",
        11,
        Operation {
            world: World::with_vault,
            enter: |world, core| {
                open(world, core);
                entry(core, "jane")
            },
            run: |core, id| core.trash_entry(id),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn purge_an_entry() {
    all_steps(
        "purge an entry",
        11,
        Operation {
            world: World::with_trash,
            enter: |world, core| {
                open(world, core);
                entry(core, "jane")
            },
            run: |core, id| core.delete_entry(id),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn empty_the_trash() {
    all_steps(
        "empty the trash",
        11,
        Operation {
            world: World::with_trash,
            enter: open,
            run: |core, _| core.empty_trash(),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn advance_a_counter() {
    all_steps(
        "advance a counter",
        11,
        Operation {
            world: World::with_vault,
            enter: |world, core| {
                open(world, core);
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
            faults: ALL,
        },
    );
}

#[test]
fn lock_with_an_unsaved_use() {
    all_steps(
        "lock with an unsaved use",
        6,
        Operation {
            world: World::with_vault,
            enter: |world, core| {
                open(world, core);
                core.reveal(&entry(core, "jane")).expect("it has a code");
                String::new()
            },
            run: |core, _| {
                core.lock();
                Ok(())
            },
            promise: Promise::None,
            faults: ALL,
        },
    );
}

#[test]
fn count_an_attempt() {
    all_steps(
        "count an attempt",
        5,
        Operation {
            world: World::with_vault,
            enter: |_, _| String::new(),
            run: |core, _| core.unlock(Credential::Recovery, OTHER_WORDS).map(drop),
            promise: Promise::Counted,
            faults: ALL,
        },
    );
}

#[test]
fn finish_an_interrupted_change() {
    all_steps(
        "finish an interrupted change",
        11,
        Operation {
            world: World::interrupted,
            enter: |_, _| String::new(),
            run: |core, _| core.unlock(Credential::Device, "").map(drop),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn restore_the_previous_generation() {
    all_steps(
        "restore the previous generation",
        11,
        Operation {
            world: World::damaged,
            enter: |world, core| {
                let refused = world.unlock(core).expect_err("it is damaged");
                assert_eq!(refused.code(), ErrorCode::VaultDamaged);
                let opened = core.open_previous_generation(Credential::Device, "");
                opened.expect("the previous generation opens");
                String::new()
            },
            run: |core, _| core.restore_previous_generation().map(drop),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn save_over_a_foreign_file() {
    all_steps(
        "save over a foreign file",
        16,
        Operation {
            world: || World::with_vault().with_precious(b"somebody else's"),
            enter: |world, core| {
                open(world, core);
                world.disk.put(VAULT, b"somebody else's");
                entry(core, "jane")
            },
            run: |core, id| core.trash_entry(id),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}
