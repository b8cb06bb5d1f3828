//! Replaces the keys and kills the app after each step of the secret store: stored secrets, the mark,
//! deletions.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use trousseau_app::platform::secret_store::{SecretId, SecretPurpose};
use trousseau_wire::{Credential, ErrorCode};

use crate::faulty_disk::Fault;
use crate::keys::{KeyReplacement, replace};
use crate::state::slot_ids;
use crate::test_device::{Files, TestDevice, VAULT};
use crate::user_actions::visible_state;

/// The files on the disk and the secrets of the device after a step.
type StoredState = (Files, HashMap<SecretId, Vec<u8>>);

#[test]
fn a_kill_after_any_step_of_the_secret_store_leaves_a_vault_that_opens() {
    let device = TestDevice::with_biometric();
    let core = device.open();
    core.reauthenticate(Credential::Biometric, "why")
        .expect("the device confirms the biometric");
    // Waits until the earlier mark is stored. Otherwise storing it would count as a step of the replacement.
    let is_stored = |purpose| {
        let memory = device.secret_store.memory();
        memory.kept.keys().any(|item| item.purpose == purpose)
    };
    wait_until(|| {
        core.tick();
        is_stored(SecretPurpose::LastVault)
    });
    let entries = visible_state(&core).2;

    let steps = Arc::new(Mutex::new(Vec::<StoredState>::new()));
    let (seen, disk) = (Arc::clone(&steps), device.disk.clone());
    device.secret_store.memory().watcher = Some(Arc::new(move |kept| {
        let mut seen = seen.lock().expect("nobody panics while holding it");
        seen.push((disk.files(), kept.clone()));
    }));
    let same = &[
        Credential::Device,
        Credential::Biometric,
        Credential::Recovery,
    ];
    let request = KeyReplacement {
        same,
        ..KeyReplacement::default()
    };
    replace(&core, request).expect("the disk works");
    // Two secrets, the mark and the id of the folder's vault.
    wait_until(|| {
        core.tick();
        device.secret_store.memory().kept.len() == 4
    });
    device.secret_store.memory().watcher = None;
    drop(core);

    let steps = steps
        .lock()
        .expect("nobody panics while holding it")
        .clone();
    // Two secrets, the mark, and the deletion of both earlier secrets.
    assert!(steps.len() >= 5, "{}", steps.len());
    for (step, (files, kept)) in steps.into_iter().enumerate() {
        let after = device.holding(&files);
        after.secret_store.memory().kept = kept;
        let core = after.core();
        let opened = core.unlock(Credential::Device, "");
        let status = opened.unwrap_or_else(|refused| panic!("step {step}: {refused:?}"));
        assert_eq!(
            (status.saves_behind, status.foreign),
            (0, false),
            "step {step}"
        );
        assert_eq!(visible_state(&core).2, entries, "step {step}");
        core.reauthenticate(Credential::Biometric, "why")
            .unwrap_or_else(|refused| panic!("step {step}: {refused:?}"));
        let settings = core.security_settings().expect("the vault is open");
        core.set_security_settings(settings)
            .expect("the disk works");
    }
}

fn wait_until(is_done: impl Fn() -> bool) {
    while !is_done() {
        std::thread::yield_now();
    }
}

/// A disk that does everything and reports failure: after a power cut the file may be the old one or the new
/// one.
#[test]
fn unconfirmed_new_keys_are_reported() {
    let mut reported = 0;
    for at in 1.. {
        let device = TestDevice::with_vault();
        let core = device.open();
        let old = device.disk.files()[VAULT].clone();
        device.disk.fail(at, Fault::FalseFailure);
        let same = &[Credential::Device, Credential::Recovery];
        let request = KeyReplacement {
            same,
            ..KeyReplacement::default()
        };
        let replaced = replace(&core, request);
        if !device.disk.has_failed() {
            break;
        }
        let is_new = slot_ids(&device.disk.files()[VAULT]) != slot_ids(&old);
        let code = replaced.err().map(|refused| refused.code());
        let is_reported = code == Some(ErrorCode::KeyReplacementUnconfirmed);
        assert_eq!(is_reported, is_new && code.is_some(), "step {at}: {code:?}");
        reported += usize::from(is_reported);
    }
    assert!(reported > 0);
}
