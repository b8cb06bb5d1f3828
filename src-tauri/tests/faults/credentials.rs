//! What changes what opens the vault, one test each.

use trousseau_app::error::Result;
use trousseau_app::session::Core;
use trousseau_wire::Credential;

use crate::keys::{KeyReplacement, replace};
use crate::operations::{all_steps, open};
use crate::world::{PASSPHRASE, World};
use crate::{ALL, FEW, Operation, Promise};

/// Where there is a biometric, opening without a code proves nothing.
fn open_and_prove(world: &World, core: &Core) -> String {
    open(world, core);
    let proved = core.reauthenticate(Credential::Biometric, "why");
    proved.expect("the device says yes");
    String::new()
}

fn replace_same(core: &Core, same: &[Credential]) -> Result<()> {
    let request = KeyReplacement {
        same,
        ..KeyReplacement::default()
    };
    replace(core, request).map(drop)
}

#[test]
fn add_a_biometric() {
    all_steps(
        "add a biometric",
        11,
        Operation {
            world: World::with_vault,
            enter: open,
            run: |core, _| core.set_credential(Credential::Biometric, "why"),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn remove_a_biometric() {
    all_steps(
        "remove a biometric",
        11,
        Operation {
            world: World::with_biometric,
            enter: open_and_prove,
            run: |core, _| core.remove_credential(Credential::Biometric),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn remove_the_recovery_words() {
    all_steps(
        "remove the recovery words",
        11,
        Operation {
            world: World::with_vault,
            enter: open,
            run: |core, _| replace_same(core, &[Credential::Device]),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn renew_the_recovery_words() {
    all_steps(
        "renew the recovery words",
        11,
        Operation {
            world: World::with_vault,
            enter: open,
            run: |core, _| replace_same(core, &[Credential::Device, Credential::Recovery]),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn change_the_passphrase() {
    all_steps(
        "change the passphrase",
        11,
        Operation {
            world: World::with_passphrase,
            enter: |_, core| {
                let opened = core.unlock(Credential::Passphrase, PASSPHRASE);
                opened.expect("the vault opens");
                String::new()
            },
            run: |core, _| {
                let request = KeyReplacement {
                    // Opens what is written without taking time.
                    new: &[Credential::Passphrase, Credential::Device],
                    passphrase: "quatre clés d'étain",
                    ..KeyReplacement::default()
                };
                replace(core, request).map(drop)
            },
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn keep_a_foreign_file() {
    all_steps(
        "keep a foreign file",
        15,
        Operation {
            world: World::foreign,
            enter: |world, core| {
                open(world, core);
                assert!(core.status().expect("it is open").foreign);
                String::new()
            },
            run: |core, _| replace_same(core, &[Credential::Device, Credential::Recovery]),
            promise: Promise::Saved,
            faults: ALL,
        },
    );
}

#[test]
fn raise_the_cost() {
    all_steps(
        "raise the cost",
        15,
        Operation {
            world: World::with_passphrase,
            enter: open,
            run: |core, _| core.set_kdf_cost(Credential::Passphrase, PASSPHRASE, 64),
            promise: Promise::Saved,
            faults: FEW,
        },
    );
}
