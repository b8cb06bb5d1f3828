//! The keys are replaced, and the app is killed after any step of the device's: secrets that are kept, the mark, deletions.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use trousseau_app::platform::secret_store::{SecretId, SecretPurpose};
use trousseau_wire::{Credential, ErrorCode};

use crate::disk::Fault;
use crate::keys::{KeyReplacement, replace};
use crate::person::memory;
use crate::state::slot_ids;
use crate::world::{Files, VAULT, World};

/// What is on the disk and what the device keeps, after a step.
type Moment = (Files, HashMap<SecretId, Vec<u8>>);

#[test]
fn a_kill_after_any_step_of_the_device_leaves_a_vault_that_opens() {
    let world = World::with_biometric();
    let core = world.open();
    core.reauthenticate(Credential::Biometric, "why")
        .expect("the device says yes");
    // The mark of before is told, or else it counts as a step of this.
    let is_told = |role| {
        let memory = world.secret_store.memory();
        memory.kept.keys().any(|item| item.role == role)
    };
    wait(|| {
        core.tick();
        is_told(SecretPurpose::LastVault)
    });
    let entries = memory(&core).2;

    let steps = Arc::new(Mutex::new(Vec::<Moment>::new()));
    let (seen, disk) = (Arc::clone(&steps), world.disk.clone());
    world.secret_store.memory().watcher = Some(Arc::new(move |kept| {
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
    // Two secrets, the mark and the folder's vault.
    wait(|| {
        core.tick();
        world.secret_store.memory().kept.len() == 4
    });
    world.secret_store.memory().watcher = None;
    drop(core);

    let steps = steps
        .lock()
        .expect("nobody panics while holding it")
        .clone();
    // Two secrets, the mark, and both of before.
    assert!(steps.len() >= 5, "{}", steps.len());
    for (step, (files, kept)) in steps.into_iter().enumerate() {
        let after = world.holding(&files);
        after.secret_store.memory().kept = kept;
        let core = after.core();
        let opened = core.unlock(Credential::Device, "");
        let status = opened.unwrap_or_else(|refused| panic!("step {step}: {refused:?}"));
        assert_eq!(
            (status.saves_behind, status.foreign),
            (0, false),
            "step {step}"
        );
        assert_eq!(memory(&core).2, entries, "step {step}");
        core.reauthenticate(Credential::Biometric, "why")
            .unwrap_or_else(|refused| panic!("step {step}: {refused:?}"));
        let settings = core.security_settings().expect("it is open");
        core.set_security_settings(settings)
            .expect("the disk works");
    }
}

fn wait(is_done: impl Fn() -> bool) {
    while !is_done() {
        std::thread::yield_now();
    }
}

/// A disk that did everything and says that it failed: the file may be the old one again after a power cut, or not.
#[test]
fn new_keys_that_the_disk_did_not_confirm_are_told_so() {
    let mut told = 0;
    for at in 1.. {
        let world = World::with_vault();
        let core = world.open();
        let old = world.disk.files()[VAULT].clone();
        world.disk.fail(at, Fault::Late);
        let same = &[Credential::Device, Credential::Recovery];
        let request = KeyReplacement {
            same,
            ..KeyReplacement::default()
        };
        let replaced = replace(&core, request);
        if !world.disk.fired() {
            break;
        }
        let is_new = slot_ids(&world.disk.files()[VAULT]) != slot_ids(&old);
        let code = replaced.err().map(|refused| refused.code());
        let is_told = code == Some(ErrorCode::KeyReplacementUnconfirmed);
        assert_eq!(is_told, is_new && code.is_some(), "step {at}: {code:?}");
        told += usize::from(is_told);
    }
    assert!(told > 0);
}
