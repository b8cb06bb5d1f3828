//! Wrong attempts on a disk that fails: none is deleted_secrets while the app runs, and none that the disk took after it.

use std::collections::BTreeMap;
use std::io::ErrorKind;

use trousseau_app::session::Core;
use trousseau_wire::{Credential, ErrorCode, Phase};

use crate::ALL;
use crate::attempts_file::{ATTEMPTS, SIZE, counted};
use crate::operations::OTHER_WORDS;
use crate::state::attempts;
use crate::world::{Files, VAULT, World};

/// What an earlier version kept.
const EARLIER: &str = "attempts.json";

fn try_wrong(core: &Core) -> Option<ErrorCode> {
    let answer = core.unlock(Credential::Recovery, OTHER_WORDS);
    answer.err().map(|refused| refused.code())
}

fn phase(core: &Core) -> Phase {
    core.status().expect("the folder is held").phase
}

/// A vault whose counter an earlier version kept.
fn with_earlier(count: u64) -> World {
    let world = World::with_vault();
    let mut files = world.disk.files();
    files.remove(ATTEMPTS);
    let json = format!(r#"{{"count":{count},"wall_ms":43200000,"boot_id":null,"boot_ms":0}}"#);
    files.insert(EARLIER.into(), json.into_bytes());
    world.holding(&files)
}

/// The app starts on these files, and counts as many attempts as it found, or more.
fn assert_counts(world: &World, files: &Files, at_least: u64, context: &str) {
    let world = world.holding(files);
    let core = world.core();
    assert_eq!(phase(&core), Phase::RateLimited, "{context}");
    drop(core);
    let there = attempts(&world.disk.files());
    assert!(there >= at_least, "{context}: only {there} are counted");
}

#[test]
fn its_room_is_reserved_with_the_vault() {
    let files = World::with_vault().disk.files();
    assert_eq!(files[ATTEMPTS].len(), SIZE);
    assert_eq!(counted(&files[ATTEMPTS]), Some(0));
    // A vault that came here without it.
    let world = World::with_passphrase();
    drop(world.core());
    assert_eq!(counted(&world.disk.files()[ATTEMPTS]), Some(0));
}

#[test]
fn counting_makes_no_file_and_leaves_one_half_as_it_is() {
    let world = World::with_vault();
    let core = world.core();
    for count in 1..=3 {
        let before = world.disk.files()[ATTEMPTS].clone();
        world.disk.take_written();
        assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
        assert!(world.disk.take_written().is_empty());
        let after = world.disk.files()[ATTEMPTS].clone();
        assert_eq!(counted(&after), Some(count));
        let changed = |half: usize| {
            let range = half * SIZE / 2..(half + 1) * SIZE / 2;
            before[range.clone()] != after[range]
        };
        assert!(changed(0) != changed(1), "exactly one half");
    }
}

#[test]
fn whatever_the_disk_does_four_wrong_attempts_wait_in_this_process() {
    let base = World::with_vault();
    let mut steps = 0;
    for &fault in ALL {
        for at in 1.. {
            let world = base.fork();
            let core = world.core();
            world.disk.fail(at, fault);
            for attempt in 1..=4 {
                let context = format!("{fault:?} at step {at}, attempt {attempt}");
                let refused = try_wrong(&core).expect("it opens nothing");
                // Without the vault's bytes nothing is target.
                if refused != ErrorCode::CredentialRejected {
                    world.disk.heal();
                    let again = try_wrong(&core);
                    assert_eq!(again, Some(ErrorCode::CredentialRejected), "{context}");
                }
            }
            if !world.disk.fired() {
                steps = at - 1;
                break;
            }
            world.disk.heal();
            assert_eq!(phase(&core), Phase::RateLimited, "{fault:?} at step {at}");
        }
    }
    assert!(steps >= 16, "four attempts have only {steps} steps");
}

#[test]
fn where_nothing_can_be_written_in_place_a_new_file_counts() {
    let base = World::with_vault();
    let core = base.core();
    for _ in 0..2 {
        assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
    }
    drop(core);
    let mut steps = 0;
    for &fault in ALL {
        for at in 1.. {
            let context = format!("{fault:?} at step {at}");
            let world = base.fork();
            let core = world.core();
            world.disk.refuse_in_place();
            world.disk.fail(at, fault);
            let answer = try_wrong(&core);
            let judged = answer == Some(ErrorCode::CredentialRejected);
            for files in world.disk.after_power_cut() {
                let there = attempts(&files);
                assert!((2..=3).contains(&there), "{context}: {there}");
            }
            if !world.disk.fired() {
                assert_eq!(attempts(&world.disk.files()), 3, "{context}");
                steps = steps.max(at - 1);
                break;
            }
            world.disk.heal();
            // The next attempt writes the count of all.
            assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
            let all = if judged { 4 } else { 3 };
            assert_eq!(attempts(&world.disk.files()), all, "{context}");
        }
    }
    assert!(steps >= 8, "a new file has only {steps} steps");
}

#[test]
fn the_counter_of_an_earlier_version_is_taken_over_and_then_removed() {
    let world = with_earlier(4);
    let core = world.core();
    assert_eq!(phase(&core), Phase::RateLimited);
    let files = world.disk.files();
    assert!(!files.contains_key(EARLIER));
    assert_eq!(counted(&files[ATTEMPTS]), Some(4));
}

#[test]
fn taking_over_an_earlier_counter_loses_nothing_wherever_it_stops() {
    let base = with_earlier(4);
    let mut steps = 0;
    for &fault in ALL {
        for at in 1.. {
            let context = format!("{fault:?} at step {at}");
            let world = base.fork();
            world.disk.fail(at, fault);
            let core = world.core();
            for files in world.disk.after_power_cut() {
                assert_counts(&world, &files, 4, &context);
            }
            if !world.disk.fired() {
                steps = steps.max(at - 1);
                break;
            }
            world.disk.heal();
            drop(core);
            assert_counts(&world, &world.disk.files(), 4, &context);
            let left = world.disk.files();
            let world = world.holding(&left);
            drop(world.core());
            let files = world.disk.files();
            assert!(!files.contains_key(EARLIER), "{context}: it stays for good");
        }
    }
    assert!(steps >= 9, "taking over has only {steps} steps");
}

#[test]
fn a_counter_that_was_damaged_or_replaced_is_made_anew() {
    let whole = World::with_vault().disk.files()[ATTEMPTS].clone();
    let mut one_half = whole.clone();
    one_half[100] ^= 1;
    let longer = [&whole[..], b"more"].concat();
    let damaged: [(&str, &[u8], Phase, u64); 5] = [
        ("one half", &one_half, Phase::Locked, 2),
        ("cut short", &whole[..SIZE - 1], Phase::Locked, 2),
        ("cut to one half", &whole[..SIZE / 2], Phase::Locked, 2),
        ("empty", b"", Phase::RateLimited, 8),
        ("something else", &longer[1..], Phase::RateLimited, 8),
    ];
    for (what, bytes, expected, count) in damaged {
        let world = World::with_vault();
        world.disk.put(ATTEMPTS, bytes);
        let core = world.core();
        assert_eq!(phase(&core), expected, "{what}");
        if expected == Phase::Locked {
            assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
        }
        let files = world.disk.files();
        assert_eq!(counted(&files[ATTEMPTS]), Some(count), "{what}");
    }
}

#[test]
fn a_counter_that_vanishes_while_the_app_runs_comes_back_with_its_count() {
    let world = World::with_vault();
    let core = world.core();
    for _ in 0..3 {
        assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
    }
    let files: Files = BTreeMap::from([(VAULT.into(), world.disk.files()[VAULT].clone())]);
    world.disk.replace_all(&files);
    assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
    assert_eq!(counted(&world.disk.files()[ATTEMPTS]), Some(4));
    assert_eq!(phase(&core), Phase::RateLimited);
}

#[test]
fn on_a_disk_that_takes_no_write_the_right_credential_opens() {
    for kind in [
        ErrorKind::StorageFull,
        ErrorKind::ReadOnlyFilesystem,
        ErrorKind::PermissionDenied,
        ErrorKind::Other,
    ] {
        let world = World::with_vault();
        world.disk.refuse_writes(kind);
        let core = world.core();
        assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
        let words = world.words.clone().expect("they are known");
        let opened = core.unlock(Credential::Recovery, &words);
        assert_eq!(
            opened.map(|status| status.phase),
            Ok(Phase::Unlocked),
            "{kind:?}"
        );
    }
}

#[test]
fn a_disk_that_takes_no_write_still_makes_wait_for_what_it_counted() {
    let world = with_earlier(4);
    let before = world.disk.files();
    world.disk.refuse_writes(ErrorKind::ReadOnlyFilesystem);
    let core = world.core();
    assert_eq!(phase(&core), Phase::RateLimited);
    assert_eq!(try_wrong(&core), Some(ErrorCode::RateLimited));
    assert_eq!(world.disk.files(), before);
}
