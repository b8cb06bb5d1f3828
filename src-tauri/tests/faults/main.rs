//! Everything that writes, on a disk that fails at each of its steps in turn, or whose power is cut there: what is
//! opened afterwards is the old or the new state, whole, and the new one where it was said to be saved.
#![allow(clippy::print_stdout, reason = "the numbers are worth reading")]

mod attempts;
#[path = "../mock/attempts.rs"]
mod attempts_file;
mod bytes;
mod credentials;
mod device_steps;
mod disk;
mod disk_tests;
#[path = "../mock/keys.rs"]
mod keys;
mod operations;
mod person;
mod refusals;
#[path = "../mock/secret_store.rs"]
mod secret_store;
mod set_aside_files;
mod state;
mod world;

use std::collections::BTreeSet;
use std::io::ErrorKind;

use trousseau_app::error::Result;
use trousseau_app::session::Core;
use trousseau_wire::{ErrorCode, Phase};

use attempts_file::ATTEMPTS;
use disk::{Fault, FaultyDisk};
use person::memory;
use state::{State, slot_ids};
use world::{BACKUP, Files, VAULT, World};

/// Everything that can happen to a step.
const ALL: &[Fault] = &[
    Fault::Once(ErrorKind::Other),
    Fault::Once(ErrorKind::StorageFull),
    Fault::Once(ErrorKind::ReadOnlyFilesystem),
    Fault::Ever(ErrorKind::StorageFull),
    Fault::Ever(ErrorKind::Other),
    Fault::Half,
    Fault::Late,
    Fault::PowerCut,
];

/// For what derives keys, which takes its time: the writing is that of the others.
const FEW: &[Fault] = &[Fault::Once(ErrorKind::Other), Fault::PowerCut];

/// Something that writes.
struct Operation {
    world: fn() -> World,
    /// Leads up to it, on a disk that works, and gives what `run` needs.
    enter: fn(&World, &Core) -> String,
    run: fn(&Core, &str) -> Result<()>,
    promise: Promise,
    faults: &'static [Fault],
}

/// What an answer promises.
#[derive(Clone, Copy, PartialEq)]
enum Promise {
    /// `Ok`: it is saved.
    Saved,
    /// `CredentialRejected`: the attempt is counted on disk, unless the disk takes nothing any more.
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

/// What there was, and what there is to be.
struct Expected {
    old: State,
    new: State,
    old_slots: BTreeSet<String>,
    promise: Promise,
}

impl Expected {
    /// What these files hold, as far as the operation bears on it.
    fn state(&self, world: &World, files: &Files) -> State {
        state(world, files, &self.old_slots, self.promise)
    }
}

fn state(world: &World, files: &Files, old_slots: &BTreeSet<String>, promise: Promise) -> State {
    let attempts = if promise == Promise::Counted { 1 } else { 0 };
    world.state(files, old_slots).with_attempts_up_to(attempts)
}

/// Breaks an operation at each of its steps in every way; the number of steps.
fn break_everywhere(operation: &Operation) -> usize {
    let base = (operation.world)();
    let old_slots = base.slot_ids();
    let promise = operation.promise;
    let read = |world: &World| state(world, &world.disk.files(), &old_slots, promise);
    let whole = base.fork();
    let core = whole.core();
    let argument = (operation.enter)(&whole, &core);
    let old = read(&whole);
    let answer = (operation.run)(&core, &argument);
    assert!(
        promise == Promise::None || promise.is_given(&answer, &whole.disk),
        "it works on a disk that works"
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

/// Whether there was such a step.
fn break_at(
    operation: &Operation,
    base: &World,
    expected: &Expected,
    at: usize,
    fault: Fault,
) -> bool {
    let context = format!("{fault:?} at step {at}");
    let world = base.fork();
    let core = world.core();
    let argument = (operation.enter)(&world, &core);
    let before = memory(&core);
    world.disk.fail(at, fault);
    let answer = (operation.run)(&core, &argument);
    let promised = operation.promise.is_given(&answer, &world.disk);
    // Also where it came to its end: what was promised is safe from then on.
    for files in world.disk.after_power_cut() {
        assert_opens_whole(&world, &files, expected, promised, &context);
    }
    if !world.disk.fired() {
        return false;
    }
    if fault == Fault::PowerCut {
        return true;
    }
    world.disk.heal();
    if operation.promise != Promise::None && !promised {
        assert_eq!(memory(&core), before, "{context}: memory follows the disk");
        let again = (operation.run)(&core, &argument);
        assert!(
            operation.promise.is_given(&again, &world.disk),
            "{context}: it can be target again"
        );
    }
    let kept = operation.promise != Promise::None;
    let files = world.disk.files();
    drop(core);
    assert_opens_whole(&world, &files, expected, kept, &context);
    if world.precious.is_none() {
        let known = [VAULT, BACKUP, ATTEMPTS];
        // What could not be taken away again stays until the next write of its name.
        let stray = files
            .keys()
            .find(|name| !known.contains(&name.as_str()) && !name.ends_with(".new"));
        assert_eq!(stray, None, "{context}: our own file is no foreign one");
    }
    true
}

/// These files are exactly the old or the new state (the new one where that was promised), open as such, and can be
/// written.
fn assert_opens_whole(
    world: &World,
    files: &Files,
    expected: &Expected,
    promised: bool,
    context: &str,
) {
    let Expected { old, new, .. } = expected;
    let state = expected.state(world, files);
    assert!(
        state == *new || (state == *old && !promised),
        "{context}: {state:?} is neither {new:?} nor, promised {promised}, {old:?}"
    );
    if let Some(precious) = &world.precious {
        assert!(
            files.values().any(|bytes| bytes == precious),
            "{context}: what could not be read is gone"
        );
    }
    let world = world.holding(files);
    let core = world.core();
    match state {
        State::Nothing => assert_eq!(memory(&core).0, Phase::NoVault, "{context}"),
        State::Unreadable(bytes) => {
            assert!(world.unlock(&core).is_err(), "{context}");
            assert_eq!(memory(&core).0, Phase::Damaged, "{context}");
            assert_eq!(world.disk.files()[VAULT], bytes, "{context}");
        }
        State::Vault { entries, .. } => {
            let phase = world.unlock(&core);
            assert_eq!(phase.ok(), Some(Phase::Unlocked), "{context}");
            assert_eq!(memory(&core).2.as_ref(), Some(&entries), "{context}");
            assert_removed_opens_nothing(&world, &expected.old_slots, context);
            assert_purged_is_gone(&world, context);
            if !core.status().expect("it is open").foreign {
                let settings = core.security_settings().expect("it is open");
                core.set_security_settings(settings)
                    .expect("the disk works");
            }
            core.lock();
        }
    }
}

/// After an opening, a slot that the vault has no more is in none of its files either.
fn assert_removed_opens_nothing(world: &World, old_slots: &BTreeSet<String>, context: &str) {
    let files = world.disk.files();
    let there = slot_ids(&files[VAULT]);
    let opened_by = world.opened_by(&files[VAULT]);
    let is_precious = |bytes: &Vec<u8>| world.precious.as_ref() == Some(bytes);
    for (name, bytes) in files.iter().filter(|(_, bytes)| !is_precious(bytes)) {
        assert!(
            name.ends_with(".new") || world.opened_by(bytes).is_subset(&opened_by),
            "{context}: more opens {name} than the vault"
        );
        let stale = slot_ids(bytes)
            .into_iter()
            .find(|slot| old_slots.contains(slot) && !there.contains(slot));
        assert_eq!(stale, None, "{context}: a removed credential opens {name}");
    }
}

/// After an opening, an entry that the vault has no more is not in the generation before it either.
fn assert_purged_is_gone(world: &World, context: &str) {
    let files = world.disk.files();
    let ids = |name: &str| world.entry_ids(files.get(name)?);
    if let (Some(now), Some(before)) = (ids(VAULT), ids(BACKUP)) {
        assert!(
            before.is_subset(&now),
            "{context}: a purged entry is in {BACKUP}"
        );
    }
}
