//! The operations that change credentials, one test each.

use trousseau_app::error::Result;
use trousseau_app::session::Core;
use trousseau_wire::Credential;

use crate::keys::{KeyReplacement, replace};
use crate::operations::{assert_safe_at_every_step, open};
use crate::test_device::{PASSPHRASE, TestDevice};
use crate::{ALL_FAULTS, FEW_FAULTS, Operation, Promise};

/// If a biometric is set, unlocking without a code does not count as a proof.
fn open_and_prove(device: &TestDevice, core: &Core) -> String {
    open(device, core);
    let proved = core.reauthenticate(Credential::Biometric, "why");
    proved.expect("the device confirms the biometric");
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
    assert_safe_at_every_step(
        "add a biometric",
        11,
        Operation {
            device: TestDevice::with_vault,
            prepare: open,
            run: |core, _| core.set_credential(Credential::Biometric, "why"),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn remove_a_biometric() {
    assert_safe_at_every_step(
        "remove a biometric",
        11,
        Operation {
            device: TestDevice::with_biometric,
            prepare: open_and_prove,
            run: |core, _| core.remove_credential(Credential::Biometric),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn remove_the_recovery_words() {
    assert_safe_at_every_step(
        "remove the recovery words",
        11,
        Operation {
            device: TestDevice::with_vault,
            prepare: open,
            run: |core, _| replace_same(core, &[Credential::Device]),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn renew_the_recovery_words() {
    assert_safe_at_every_step(
        "renew the recovery words",
        11,
        Operation {
            device: TestDevice::with_vault,
            prepare: open,
            run: |core, _| replace_same(core, &[Credential::Device, Credential::Recovery]),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn change_the_passphrase() {
    assert_safe_at_every_step(
        "change the passphrase",
        11,
        Operation {
            device: TestDevice::with_passphrase,
            prepare: |_, core| {
                let opened = core.unlock(Credential::Passphrase, PASSPHRASE);
                opened.expect("the vault opens");
                String::new()
            },
            run: |core, _| {
                let request = KeyReplacement {
                    // The device credential opens the saved vault without a slow derivation.
                    new: &[Credential::Passphrase, Credential::Device],
                    passphrase: "quatre clés d'étain",
                    ..KeyReplacement::default()
                };
                replace(core, request).map(drop)
            },
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn keep_a_foreign_file() {
    assert_safe_at_every_step(
        "keep a foreign file",
        15,
        Operation {
            device: TestDevice::with_foreign_vault,
            prepare: |device, core| {
                open(device, core);
                assert!(core.status().expect("the vault is open").foreign);
                String::new()
            },
            run: |core, _| replace_same(core, &[Credential::Device, Credential::Recovery]),
            promise: Promise::Saved,
            faults: ALL_FAULTS,
        },
    );
}

#[test]
fn raise_the_cost() {
    assert_safe_at_every_step(
        "raise the cost",
        15,
        Operation {
            device: TestDevice::with_passphrase,
            prepare: open,
            run: |core, _| core.set_kdf_cost(Credential::Passphrase, PASSPHRASE, 64),
            promise: Promise::Saved,
            faults: FEW_FAULTS,
        },
    );
}
