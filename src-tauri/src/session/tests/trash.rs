//! The trash: what is deleted for ever leaves both files, in time or by hand, and nothing else goes with it.

use trousseau_entries::{DAY_MS, TRASH_MS, VaultData};

use super::*;

const FILES: [&str; 2] = ["vault.trousseau", "vault.trousseau.bak"];

/// A vault that opens without a code, with one entry of each account.
fn bench(accounts: &[&str]) -> (Bench, Vec<String>) {
    let bench = Bench::new();
    bench.core.create_vault(Credential::Device, "").unwrap();
    let uri = |account: &&str| HOTP.replace("hotp?", &format!("{account}?"));
    let ids = accounts
        .iter()
        .map(|account| add(&bench.core, &uri(account)).unwrap())
        .collect();
    (bench, ids)
}

fn unlock(bench: &Bench) {
    bench.core.unlock(Credential::Device, "").unwrap();
}

/// What a file holds, read by the crates alone.
fn read(bench: &Bench, name: &str) -> VaultData {
    VaultData::from_json(&opened(bench, name).payload).unwrap()
}

/// The accounts in a file.
fn accounts(bench: &Bench, name: &str) -> Vec<String> {
    let entries = read(bench, name);
    entries.iter().map(|entry| entry.account.clone()).collect()
}

fn in_both(bench: &Bench, expected: &[&str]) {
    for name in FILES {
        assert_eq!(accounts(bench, name), expected, "{name}");
    }
}

fn days_left(bench: &Bench) -> Vec<Option<u32>> {
    let request = ViewRequest {
        trash: true,
        ..everything()
    };
    let rows = bench.core.view(&request).unwrap().rows;
    rows.into_iter().map(|row| row.days_left).collect()
}

#[test]
fn what_is_deleted_for_ever_is_in_neither_file() {
    let (bench, ids) = bench(&["a", "b", "c", "d"]);
    for id in &ids[..3] {
        bench.core.trash_entry(id).unwrap();
    }
    assert!(accounts(&bench, FILES[1]).contains(&"a".into()));
    bench.core.purge_entry(&ids[0]).unwrap();
    in_both(&bench, &["b", "c", "d"]);
    bench.core.empty_trash().unwrap();
    in_both(&bench, &["d"]);
    let files = || FILES.map(|name| std::fs::read(bench.file(name)).unwrap());
    let before = files();
    bench.core.empty_trash().unwrap();
    assert!(files() == before, "there is nothing to write");
    assert_eq!(code(bench.core.details(&ids[0])), ErrorCode::EntryGone);
    // The copy is made again with the next change, of what is left.
    bench.core.advance_counter(&ids[3]).unwrap();
    in_both(&bench, &["d"]);
    bench.core.lock();
    unlock(&bench);
    assert_eq!(bench.core.view(&everything()).unwrap().total, 1);
}

#[test]
fn only_what_is_in_the_trash_and_only_after_a_proof() {
    let (bench, ids) = bench(&["a", "b"]);
    assert_eq!(
        code(bench.core.purge_entry(&ids[0])),
        ErrorCode::EntryGone,
        "it is in the list"
    );
    bench.core.trash_entry(&ids[0]).unwrap();
    bench.pass(30_001);
    for refused in [bench.core.purge_entry(&ids[0]), bench.core.empty_trash()] {
        assert_eq!(code(refused), ErrorCode::ReauthRequired);
    }
    assert_eq!(days_left(&bench), [Some(30)]);
    bench.core.prove(Credential::Device, "").unwrap();
    bench.core.purge_entry(&ids[0]).unwrap();
    in_both(&bench, &["b"]);
}

#[test]
fn thirty_days_later_it_goes_by_itself_at_the_unlock() {
    let (bench, ids) = bench(&["a", "b", "c"]);
    bench.core.trash_entry(&ids[0]).unwrap();
    bench.stay(DAY_MS / 2);
    bench.core.trash_entry(&ids[1]).unwrap();
    assert_eq!(days_left(&bench), [Some(30), Some(30)]);
    bench.core.lock();
    bench.pass(TRASH_MS - DAY_MS / 2 - 1);
    unlock(&bench);
    assert_eq!(days_left(&bench), [Some(1), Some(1)], "the last has begun");
    bench.core.lock();
    bench.pass(1);
    unlock(&bench);
    assert_eq!(days_left(&bench), [Some(0), Some(1)]);
    bench.core.advance_counter(&ids[2]).unwrap();
    bench.core.lock();
    bench.pass(DAY_MS / 2);
    let before = std::fs::read(bench.file(FILES[0])).unwrap();
    unlock(&bench);
    assert_eq!(days_left(&bench), [Some(0)]);
    in_both(&bench, &["b", "c"]);
    let after = std::fs::read(bench.file(FILES[0])).unwrap();
    assert_ne!(before, after);
    bench.core.lock();
    unlock(&bench);
    let again = std::fs::read(bench.file(FILES[0])).unwrap();
    assert_eq!(after, again, "written once");
}

#[test]
fn an_open_vault_looks_once_a_day() {
    let (bench, ids) = bench(&["a", "b"]);
    bench.core.trash_entry(&ids[0]).unwrap();
    let mut safety = bench.core.safety().unwrap();
    safety.lock_after_s = 900;
    bench.core.set_safety(safety).unwrap();
    bench.core.lock();
    bench.pass(TRASH_MS - DAY_MS + 1);
    unlock(&bench);
    let stay = |ms: u64| {
        bench.stay(ms);
        bench.core.tick();
    };
    stay(DAY_MS - 2);
    assert_eq!(days_left(&bench), [Some(1)]);
    stay(1);
    bench.core.advance_counter(&ids[1]).unwrap();
    assert_eq!(days_left(&bench), [Some(0)], "not a day since the unlock");
    stay(1);
    assert_eq!(days_left(&bench), [Some(0)], "not half a day since a use");
    stay(DAY_MS - 1);
    assert_eq!(
        days_left(&bench),
        [Some(0)],
        "not a day since the last look"
    );
    stay(1);
    assert!(days_left(&bench).is_empty());
    in_both(&bench, &["b"]);
}

#[test]
fn a_clock_that_is_years_ahead_purges_nothing_on_its_first_day() {
    let (bench, ids) = bench(&["a", "b"]);
    bench.core.trash_entry(&ids[0]).unwrap();
    for ahead_ms in [20 * TRASH_MS, 20 * TRASH_MS + DAY_MS / 3, DAY_MS] {
        bench.core.lock();
        bench
            .clock
            .wall_set_by_ms
            .store(ahead_ms as i64, Ordering::Relaxed);
        unlock(&bench);
        bench.core.advance_counter(&ids[1]).unwrap();
        in_both(&bench, &["a", "b"]);
    }
}

#[test]
fn a_clock_that_was_set_back_purges_nothing() {
    let (bench, ids) = bench(&["a"]);
    bench.stay(TRASH_MS);
    bench.core.trash_entry(&ids[0]).unwrap();
    bench.core.lock();
    bench.set_clock_by(-(TRASH_MS as i64));
    unlock(&bench);
    assert_eq!(days_left(&bench), [Some(60)]);
    in_both(&bench, &["a"]);
}

/// Killed after the vault was written and before its copy was: the next opening ends it.
#[test]
fn a_crash_between_the_two_files_loses_nothing_else_and_is_made_good() {
    let (bench, ids) = bench(&["a", "b", "c"]);
    bench.core.trash_entry(&ids[0]).unwrap();
    let copy = std::fs::read(bench.file(FILES[1])).unwrap();
    bench.core.purge_entry(&ids[0]).unwrap();
    std::fs::write(bench.file(FILES[1]), copy).unwrap();
    assert_eq!(accounts(&bench, FILES[0]), ["b", "c"]);
    assert_eq!(accounts(&bench, FILES[1]), ["a", "b", "c"]);
    let bench = bench.restart();
    unlock(&bench);
    in_both(&bench, &["b", "c"]);
}

/// The copy cannot be written for now: whatever is saved next takes the secret out of it.
#[test]
fn a_disk_that_refuses_the_copy_is_caught_up_with() {
    let (bench, ids) = bench(&["a", "b"]);
    bench.core.trash_entry(&ids[0]).unwrap();
    let in_the_way = bench.file("vault.trousseau.bak.new");
    std::fs::create_dir(&in_the_way).unwrap();
    bench.core.purge_entry(&ids[0]).unwrap();
    assert_eq!(accounts(&bench, FILES[0]), ["b"]);
    assert_eq!(accounts(&bench, FILES[1]), ["a", "b"]);
    std::fs::remove_dir(in_the_way).unwrap();
    bench.core.advance_counter(&ids[1]).unwrap();
    in_both(&bench, &["b"]);
}

#[test]
fn an_older_file_purges_nothing_until_it_is_accepted() {
    let (bench, ids) = bench(&["a", "b"]);
    bench.core.trash_entry(&ids[0]).unwrap();
    bench.stay(TRASH_MS);
    // By its times it could be purged half a day later.
    bench.core.advance_counter(&ids[1]).unwrap();
    let old = std::fs::read(bench.file(FILES[0])).unwrap();
    bench.core.restore_entry(&ids[0]).unwrap();
    bench.core.touch();
    tell(&bench.core);
    bench.core.lock();
    std::fs::write(bench.file(FILES[0]), old).unwrap();
    bench.pass(DAY_MS);
    let bench = bench.restart();
    unlock(&bench);
    assert!(bench.core.status().unwrap().behind > 0);
    assert_eq!(days_left(&bench), [Some(0)]);
    assert_eq!(accounts(&bench, FILES[0]), ["a", "b"]);
}
