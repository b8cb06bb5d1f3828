//! Runs every operation that writes on a disk that fails, or loses its power, at each of the operation's steps
//! in turn. What opens afterwards is the complete old or new state, and the new one if it was reported as
//! saved.
#![allow(clippy::print_stdout, reason = "prints how many steps were broken")]

mod attempts;
#[path = "../mock/attempts.rs"]
mod attempts_file;
mod credentials;
mod faulty_disk;
mod faulty_disk_tests;
mod file_bytes;
#[path = "../mock/keys.rs"]
mod keys;
mod operations;
mod refusals;
#[path = "../mock/secret_store.rs"]
mod secret_store;
mod secret_store_steps;
mod set_aside_files;
mod state;
mod test_device;
mod user_actions;

use std::collections::BTreeSet;
use std::io::ErrorKind;

use trousseau_app::error::Result;
use trousseau_app::session::Core;
use trousseau_wire::{ErrorCode, Phase};

use attempts_file::ATTEMPTS;
use faulty_disk::{Fault, FaultyDisk};
use state::{State, slot_ids};
use test_device::{Files, PREVIOUS_GENERATION, TestDevice, VAULT};
use user_actions::visible_state;

/// Every fault of a step.
const ALL_FAULTS: &[Fault] = &[
    Fault::Once(ErrorKind::Other),
    Fault::Once(ErrorKind::StorageFull),
    Fault::Once(ErrorKind::ReadOnlyFilesystem),
    Fault::Always(ErrorKind::StorageFull),
    Fault::Always(ErrorKind::Other),
    Fault::Partial,
    Fault::FalseFailure,
    Fault::PowerCut,
];

/// For operations that derive keys, which is slow. They write like the others.
const FEW_FAULTS: &[Fault] = &[Fault::Once(ErrorKind::Other), Fault::PowerCut];

/// An operation that writes.
struct Operation {
    device: fn() -> TestDevice,
    /// Prepares the operation on a disk that works, and returns what `run` needs.
    prepare: fn(&TestDevice, &Core) -> String,
    run: fn(&Core, &str) -> Result<()>,
    promise: Promise,
    faults: &'static [Fault],
}

/// What the result of an operation promises.
#[derive(Clone, Copy, PartialEq)]
enum Promise {
    /// `Ok`: the change is saved.
    Saved,
    /// `CredentialRejected`: the attempt is counted on disk, unless the disk takes no writes any more.
    Counted,
    /// Nothing.
    None,
}

impl Promise {
    fn is_given(self, answer: &Result<()>, disk: &FaultyDisk) -> bool {
        match (self, answer) {
            (Self::Saved, Ok(())) => true,
            (Self::Counted, Err(refused)) => {
                refused.code() == ErrorCode::CredentialRejected && !disk.is_broken()
            }
            _ => false,
        }
    }
}

/// The state before the operation and the one after it.
struct Expected {
    old: State,
    new: State,
    old_slots: BTreeSet<String>,
    promise: Promise,
}

impl Expected {
    /// The state of these files, as far as the operation affects it.
    fn state(&self, device: &TestDevice, files: &Files) -> State {
        state(device, files, &self.old_slots, self.promise)
    }
}

fn state(
    device: &TestDevice,
    files: &Files,
    old_slots: &BTreeSet<String>,
    promise: Promise,
) -> State {
    let attempts = if promise == Promise::Counted { 1 } else { 0 };
    device.state(files, old_slots).with_attempts_up_to(attempts)
}

/// Breaks an operation with every fault at each of its steps; returns the number of steps.
fn break_everywhere(operation: &Operation) -> usize {
    let base = (operation.device)();
    let old_slots = base.slot_ids();
    let promise = operation.promise;
    let read = |device: &TestDevice| state(device, &device.disk.files(), &old_slots, promise);
    let whole = base.fork();
    let core = whole.core();
    let argument = (operation.prepare)(&whole, &core);
    let old = read(&whole);
    let answer = (operation.run)(&core, &argument);
    assert!(
        promise == Promise::None || promise.is_given(&answer, &whole.disk),
        "the operation fails on a disk that works"
    );
    let expected = Expected {
        old,
        new: read(&whole),
        old_slots,
        promise,
    };
    let steps = operation.faults.iter().map(|&fault| {
        (1..)
            .find(|&at| !break_at(operation, &base, &expected, at, fault))
            .map_or(0, |at| at - 1)
    });
    steps.max().unwrap_or(0)
}

/// Breaks one step; returns whether the operation has that many steps.
fn break_at(
    operation: &Operation,
    base: &TestDevice,
    expected: &Expected,
    at: usize,
    fault: Fault,
) -> bool {
    let context = format!("{fault:?} at step {at}");
    let device = base.fork();
    let core = device.core();
    let argument = (operation.prepare)(&device, &core);
    let before = visible_state(&core);
    device.disk.fail(at, fault);
    let answer = (operation.run)(&core, &argument);
    let promised = operation.promise.is_given(&answer, &device.disk);
    // Also if the operation ended: what it promised is safe from then on.
    for files in device.disk.after_power_cut() {
        assert_opens_whole(&device, &files, expected, promised, &context);
    }
    if !device.disk.has_failed() {
        return false;
    }
    if fault == Fault::PowerCut {
        return true;
    }
    device.disk.repair();
    if operation.promise != Promise::None && !promised {
        assert_eq!(
            visible_state(&core),
            before,
            "{context}: memory follows the disk"
        );
        let again = (operation.run)(&core, &argument);
        assert!(
            operation.promise.is_given(&again, &device.disk),
            "{context}: it can be tried again"
        );
    }
    let kept = operation.promise != Promise::None;
    let files = device.disk.files();
    drop(core);
    assert_opens_whole(&device, &files, expected, kept, &context);
    if device.must_survive.is_none() {
        let known = [VAULT, PREVIOUS_GENERATION, ATTEMPTS];
        // A temporary file that could not be removed stays until the next write of that name.
        let stray = files
            .keys()
            .find(|name| !known.contains(&name.as_str()) && !name.ends_with(".new"));
        assert_eq!(stray, None, "{context}: a file of our own was set aside");
    }
    true
}

/// These files are exactly the old or the new state (the new one if it was promised), they open, and the vault
/// can be saved.
fn assert_opens_whole(
    device: &TestDevice,
    files: &Files,
    expected: &Expected,
    promised: bool,
    context: &str,
) {
    let Expected { old, new, .. } = expected;
    let state = expected.state(device, files);
    assert!(
        state == *new || (state == *old && !promised),
        "{context}: {state:?} is neither {new:?} nor, promised {promised}, {old:?}"
    );
    if let Some(must_survive) = &device.must_survive {
        assert!(
            files.values().any(|bytes| bytes == must_survive),
            "{context}: the unreadable file is lost"
        );
    }
    let device = device.holding(files);
    let core = device.core();
    match state {
        State::Nothing => assert_eq!(visible_state(&core).0, Phase::NoVault, "{context}"),
        State::Unreadable(bytes) => {
            assert!(device.unlock(&core).is_err(), "{context}");
            assert_eq!(visible_state(&core).0, Phase::Damaged, "{context}");
            assert_eq!(device.disk.files()[VAULT], bytes, "{context}");
        }
        State::Vault { entries, .. } => {
            let phase = device.unlock(&core);
            assert_eq!(phase.ok(), Some(Phase::Unlocked), "{context}");
            assert_eq!(visible_state(&core).2.as_ref(), Some(&entries), "{context}");
            assert_removed_opens_nothing(&device, &expected.old_slots, context);
            assert_purged_is_gone(&device, context);
            if !core.status().expect("the vault is open").foreign {
                let settings = core.security_settings().expect("the vault is open");
                core.set_security_settings(settings)
                    .expect("the disk works");
            }
            core.lock();
        }
    }
}

/// After unlocking, no file contains a slot that the vault does not have any more.
fn assert_removed_opens_nothing(device: &TestDevice, old_slots: &BTreeSet<String>, context: &str) {
    let files = device.disk.files();
    let there = slot_ids(&files[VAULT]);
    let opened_by = device.opened_by(&files[VAULT]);
    let is_file_that_must_survive = |bytes: &Vec<u8>| device.must_survive.as_ref() == Some(bytes);
    for (name, bytes) in files
        .iter()
        .filter(|(_, bytes)| !is_file_that_must_survive(bytes))
    {
        assert!(
            name.ends_with(".new") || device.opened_by(bytes).is_subset(&opened_by),
            "{context}: {name} opens with more credentials than the vault"
        );
        let stale = slot_ids(bytes)
            .into_iter()
            .find(|slot| old_slots.contains(slot) && !there.contains(slot));
        assert_eq!(stale, None, "{context}: a removed credential opens {name}");
    }
}

/// After unlocking, the previous generation contains no entry that the vault does not have any more.
fn assert_purged_is_gone(device: &TestDevice, context: &str) {
    let files = device.disk.files();
    let ids = |name: &str| device.entry_ids(files.get(name)?);
    if let (Some(now), Some(before)) = (ids(VAULT), ids(PREVIOUS_GENERATION)) {
        assert!(
            before.is_subset(&now),
            "{context}: a purged entry is in {PREVIOUS_GENERATION}"
        );
    }
}
