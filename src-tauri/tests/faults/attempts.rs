//! Wrong attempts on a failing disk. None is forgotten while the app runs, and no attempt that the disk stored
//! is lost afterwards.

use std::collections::BTreeMap;
use std::io::ErrorKind;

use trousseau_app::session::Core;
use trousseau_wire::{Credential, ErrorCode, Phase};

use crate::ALL_FAULTS;
use crate::attempts_file::{ATTEMPTS, SIZE, counted};
use crate::operations::OTHER_WORDS;
use crate::state::attempts;
use crate::test_device::{Files, TestDevice, VAULT};

/// The file of an earlier version.
const EARLIER: &str = "attempts.json";

fn try_wrong(core: &Core) -> Option<ErrorCode> {
    let answer = core.unlock(Credential::Recovery, OTHER_WORDS);
    answer.err().map(|refused| refused.code())
}

fn phase(core: &Core) -> Phase {
    core.status()
        .expect("the folder is locked by this process")
        .phase
}

/// A vault with the counter file of an earlier version.
fn with_earlier(count: u64) -> TestDevice {
    let device = TestDevice::with_vault();
    let mut files = device.disk.files();
    files.remove(ATTEMPTS);
    let json = format!(r#"{{"count":{count},"wall_ms":43200000,"boot_id":null,"boot_ms":0}}"#);
    files.insert(EARLIER.into(), json.into_bytes());
    device.holding(&files)
}

/// The app starts with these files and counts at least as many attempts as they contain.
fn assert_counts(device: &TestDevice, files: &Files, at_least: u64, context: &str) {
    let device = device.holding(files);
    let core = device.core();
    assert_eq!(phase(&core), Phase::RateLimited, "{context}");
    drop(core);
    let there = attempts(&device.disk.files());
    assert!(
        there >= at_least,
        "{context}: only {there} attempts are counted"
    );
}

#[test]
fn the_space_of_the_file_is_reserved_with_the_vault() {
    let files = TestDevice::with_vault().disk.files();
    assert_eq!(files[ATTEMPTS].len(), SIZE);
    assert_eq!(counted(&files[ATTEMPTS]), Some(0));
    // A vault that was copied here without the counter's file.
    let device = TestDevice::with_passphrase();
    drop(device.core());
    assert_eq!(counted(&device.disk.files()[ATTEMPTS]), Some(0));
}

#[test]
fn counting_creates_no_file_and_changes_one_half_only() {
    let device = TestDevice::with_vault();
    let core = device.core();
    for count in 1..=3 {
        let before = device.disk.files()[ATTEMPTS].clone();
        device.disk.take_written();
        assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
        assert!(device.disk.take_written().is_empty());
        let after = device.disk.files()[ATTEMPTS].clone();
        assert_eq!(counted(&after), Some(count));
        let changed = |half: usize| {
            let range = half * SIZE / 2..(half + 1) * SIZE / 2;
            before[range.clone()] != after[range]
        };
        assert!(changed(0) != changed(1), "exactly one half changes");
    }
}

#[test]
fn four_wrong_attempts_cause_a_wait_whatever_the_disk_does() {
    let base = TestDevice::with_vault();
    let mut steps = 0;
    for &fault in ALL_FAULTS {
        for at in 1.. {
            let device = base.fork();
            let core = device.core();
            device.disk.fail(at, fault);
            for attempt in 1..=4 {
                let context = format!("{fault:?} at step {at}, attempt {attempt}");
                let refused = try_wrong(&core).expect("the words are wrong");
                // If the vault cannot be read, no attempt is made.
                if refused != ErrorCode::CredentialRejected {
                    device.disk.repair();
                    let again = try_wrong(&core);
                    assert_eq!(again, Some(ErrorCode::CredentialRejected), "{context}");
                }
            }
            if !device.disk.has_failed() {
                steps = at - 1;
                break;
            }
            device.disk.repair();
            assert_eq!(phase(&core), Phase::RateLimited, "{fault:?} at step {at}");
        }
    }
    assert!(steps >= 16, "four attempts have only {steps} steps");
}

#[test]
fn a_new_file_counts_if_writing_in_place_fails() {
    let base = TestDevice::with_vault();
    let core = base.core();
    for _ in 0..2 {
        assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
    }
    drop(core);
    let mut steps = 0;
    for &fault in ALL_FAULTS {
        for at in 1.. {
            let context = format!("{fault:?} at step {at}");
            let device = base.fork();
            let core = device.core();
            device.disk.refuse_in_place();
            device.disk.fail(at, fault);
            let answer = try_wrong(&core);
            let judged = answer == Some(ErrorCode::CredentialRejected);
            for files in device.disk.after_power_cut() {
                let there = attempts(&files);
                assert!((2..=3).contains(&there), "{context}: {there}");
            }
            if !device.disk.has_failed() {
                assert_eq!(attempts(&device.disk.files()), 3, "{context}");
                steps = steps.max(at - 1);
                break;
            }
            device.disk.repair();
            // The next attempt writes the total count.
            assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
            let all = if judged { 4 } else { 3 };
            assert_eq!(attempts(&device.disk.files()), all, "{context}");
        }
    }
    assert!(steps >= 8, "a new file has only {steps} steps");
}

#[test]
fn the_counter_of_an_earlier_version_is_migrated_and_then_removed() {
    let device = with_earlier(4);
    let core = device.core();
    assert_eq!(phase(&core), Phase::RateLimited);
    let files = device.disk.files();
    assert!(!files.contains_key(EARLIER));
    assert_eq!(counted(&files[ATTEMPTS]), Some(4));
}

#[test]
fn an_interrupted_migration_of_the_counter_loses_nothing() {
    let base = with_earlier(4);
    let mut steps = 0;
    for &fault in ALL_FAULTS {
        for at in 1.. {
            let context = format!("{fault:?} at step {at}");
            let device = base.fork();
            device.disk.fail(at, fault);
            let core = device.core();
            for files in device.disk.after_power_cut() {
                assert_counts(&device, &files, 4, &context);
            }
            if !device.disk.has_failed() {
                steps = steps.max(at - 1);
                break;
            }
            device.disk.repair();
            drop(core);
            assert_counts(&device, &device.disk.files(), 4, &context);
            let left = device.disk.files();
            let device = device.holding(&left);
            drop(device.core());
            let files = device.disk.files();
            assert!(
                !files.contains_key(EARLIER),
                "{context}: the old file is never removed"
            );
        }
    }
    assert!(steps >= 9, "taking over has only {steps} steps");
}

#[test]
fn a_damaged_or_replaced_counter_is_recreated() {
    let whole = TestDevice::with_vault().disk.files()[ATTEMPTS].clone();
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
        let device = TestDevice::with_vault();
        device.disk.put(ATTEMPTS, bytes);
        let core = device.core();
        assert_eq!(phase(&core), expected, "{what}");
        if expected == Phase::Locked {
            assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
        }
        let files = device.disk.files();
        assert_eq!(counted(&files[ATTEMPTS]), Some(count), "{what}");
    }
}

#[test]
fn a_counter_deleted_while_the_app_runs_is_recreated_with_its_count() {
    let device = TestDevice::with_vault();
    let core = device.core();
    for _ in 0..3 {
        assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
    }
    let files: Files = BTreeMap::from([(VAULT.into(), device.disk.files()[VAULT].clone())]);
    device.disk.replace_all(&files);
    assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
    assert_eq!(counted(&device.disk.files()[ATTEMPTS]), Some(4));
    assert_eq!(phase(&core), Phase::RateLimited);
}

#[test]
fn the_right_credential_opens_on_a_disk_that_takes_no_writes() {
    for kind in [
        ErrorKind::StorageFull,
        ErrorKind::ReadOnlyFilesystem,
        ErrorKind::PermissionDenied,
        ErrorKind::Other,
    ] {
        let device = TestDevice::with_vault();
        device.disk.refuse_writes(kind);
        let core = device.core();
        assert_eq!(try_wrong(&core), Some(ErrorCode::CredentialRejected));
        let words = device.words.clone().expect("the recovery words are known");
        let opened = core.unlock(Credential::Recovery, &words);
        assert_eq!(
            opened.map(|status| status.phase),
            Ok(Phase::Unlocked),
            "{kind:?}"
        );
    }
}

#[test]
fn attempts_counted_on_a_read_only_disk_still_cause_a_wait() {
    let device = with_earlier(4);
    let before = device.disk.files();
    device.disk.refuse_writes(ErrorKind::ReadOnlyFilesystem);
    let core = device.core();
    assert_eq!(phase(&core), Phase::RateLimited);
    assert_eq!(try_wrong(&core), Some(ErrorCode::RateLimited));
    assert_eq!(device.disk.files(), before);
}
