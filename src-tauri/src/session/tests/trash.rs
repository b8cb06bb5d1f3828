//! The trash: what is deleted for ever leaves both files, in time or by hand, and nothing else goes with it.

use trousseau_entries::{DAY_MS, TRASH_MS, VaultData};

use super::*;

const FILES: [&str; 2] = ["vault.trousseau", "vault.trousseau.bak"];

/// A vault that opens without a code, with one entry of each account.
fn fixture(accounts: &[&str]) -> (Fixture, Vec<String>) {
    let fixture = Fixture::new();
    fixture.core.create_vault(Credential::Device, "").unwrap();
    let uri = |account: &&str| HOTP.replace("hotp?", &format!("{account}?"));
    let ids = accounts
        .iter()
        .map(|account| add(&fixture.core, &uri(account)).unwrap())
        .collect();
    (fixture, ids)
}

fn unlock(fixture: &Fixture) {
    fixture.core.unlock(Credential::Device, "").unwrap();
}

/// What a file holds, read by the crates alone.
fn read(fixture: &Fixture, name: &str) -> VaultData {
    VaultData::from_json(&opened(fixture, name).payload).unwrap()
}

/// The accounts in a file.
fn accounts(fixture: &Fixture, name: &str) -> Vec<String> {
    let entries = read(fixture, name);
    entries.iter().map(|entry| entry.account.clone()).collect()
}

fn in_both(fixture: &Fixture, expected: &[&str]) {
    for name in FILES {
        assert_eq!(accounts(fixture, name), expected, "{name}");
    }
}

fn days_left(fixture: &Fixture) -> Vec<Option<u32>> {
    let request = ListRequest {
        trash: true,
        ..everything()
    };
    let rows = fixture.core.list_entries(&request).unwrap().rows;
    rows.into_iter().map(|row| row.days_left).collect()
}

#[test]
fn what_is_deleted_for_ever_is_in_neither_file() {
    let (fixture, ids) = fixture(&["a", "b", "c", "d"]);
    for id in &ids[..3] {
        fixture.core.trash_entry(id).unwrap();
    }
    assert!(accounts(&fixture, FILES[1]).contains(&"a".into()));
    fixture.core.delete_entry(&ids[0]).unwrap();
    in_both(&fixture, &["b", "c", "d"]);
    fixture.core.empty_trash().unwrap();
    in_both(&fixture, &["d"]);
    let files = || FILES.map(|name| std::fs::read(fixture.file(name)).unwrap());
    let before = files();
    fixture.core.empty_trash().unwrap();
    assert!(files() == before, "there is nothing to write");
    assert_eq!(
        code(fixture.core.entry_details(&ids[0])),
        ErrorCode::EntryNotFound
    );
    // The copy is made again with the next change, of what is left.
    fixture.core.advance_counter(&ids[3]).unwrap();
    in_both(&fixture, &["d"]);
    fixture.core.lock();
    unlock(&fixture);
    assert_eq!(fixture.core.list_entries(&everything()).unwrap().total, 1);
}

#[test]
fn only_what_is_in_the_trash_and_only_after_a_proof() {
    let (fixture, ids) = fixture(&["a", "b"]);
    assert_eq!(
        code(fixture.core.delete_entry(&ids[0])),
        ErrorCode::EntryNotFound,
        "it is in the list"
    );
    fixture.core.trash_entry(&ids[0]).unwrap();
    fixture.pass(30_001);
    for refused in [
        fixture.core.delete_entry(&ids[0]),
        fixture.core.empty_trash(),
    ] {
        assert_eq!(code(refused), ErrorCode::ReauthRequired);
    }
    assert_eq!(days_left(&fixture), [Some(30)]);
    fixture.core.reauthenticate(Credential::Device, "").unwrap();
    fixture.core.delete_entry(&ids[0]).unwrap();
    in_both(&fixture, &["b"]);
}

#[test]
fn thirty_days_later_it_goes_by_itself_at_the_unlock() {
    let (fixture, ids) = fixture(&["a", "b", "c"]);
    fixture.core.trash_entry(&ids[0]).unwrap();
    fixture.stay(DAY_MS / 2);
    fixture.core.trash_entry(&ids[1]).unwrap();
    assert_eq!(days_left(&fixture), [Some(30), Some(30)]);
    fixture.core.lock();
    fixture.pass(TRASH_MS - DAY_MS / 2 - 1);
    unlock(&fixture);
    assert_eq!(
        days_left(&fixture),
        [Some(1), Some(1)],
        "the last has begun"
    );
    fixture.core.lock();
    fixture.pass(1);
    unlock(&fixture);
    assert_eq!(days_left(&fixture), [Some(0), Some(1)]);
    fixture.core.advance_counter(&ids[2]).unwrap();
    fixture.core.lock();
    fixture.pass(DAY_MS / 2);
    let before = std::fs::read(fixture.file(FILES[0])).unwrap();
    unlock(&fixture);
    assert_eq!(days_left(&fixture), [Some(0)]);
    in_both(&fixture, &["b", "c"]);
    let after = std::fs::read(fixture.file(FILES[0])).unwrap();
    assert_ne!(before, after);
    fixture.core.lock();
    unlock(&fixture);
    let again = std::fs::read(fixture.file(FILES[0])).unwrap();
    assert_eq!(after, again, "written once");
}

#[test]
fn an_open_vault_looks_once_a_day() {
    let (fixture, ids) = fixture(&["a", "b"]);
    fixture.core.trash_entry(&ids[0]).unwrap();
    let mut safety = fixture.core.security_settings().unwrap();
    safety.lock_after_s = 900;
    fixture.core.set_security_settings(safety).unwrap();
    fixture.core.lock();
    fixture.pass(TRASH_MS - DAY_MS + 1);
    unlock(&fixture);
    let stay = |ms: u64| {
        fixture.stay(ms);
        fixture.core.tick();
    };
    stay(DAY_MS - 2);
    assert_eq!(days_left(&fixture), [Some(1)]);
    stay(1);
    fixture.core.advance_counter(&ids[1]).unwrap();
    assert_eq!(days_left(&fixture), [Some(0)], "not a day since the unlock");
    stay(1);
    assert_eq!(days_left(&fixture), [Some(0)], "not half a day since a use");
    stay(DAY_MS - 1);
    assert_eq!(
        days_left(&fixture),
        [Some(0)],
        "not a day since the last look"
    );
    stay(1);
    assert!(days_left(&fixture).is_empty());
    in_both(&fixture, &["b"]);
}

#[test]
fn a_clock_that_is_years_ahead_purges_nothing_on_its_first_day() {
    let (fixture, ids) = fixture(&["a", "b"]);
    fixture.core.trash_entry(&ids[0]).unwrap();
    for ahead_ms in [20 * TRASH_MS, 20 * TRASH_MS + DAY_MS / 3, DAY_MS] {
        fixture.core.lock();
        fixture
            .clock
            .wall_set_by_ms
            .store(ahead_ms as i64, Ordering::Relaxed);
        unlock(&fixture);
        fixture.core.advance_counter(&ids[1]).unwrap();
        in_both(&fixture, &["a", "b"]);
    }
}

#[test]
fn a_clock_that_was_set_back_purges_nothing() {
    let (fixture, ids) = fixture(&["a"]);
    fixture.stay(TRASH_MS);
    fixture.core.trash_entry(&ids[0]).unwrap();
    fixture.core.lock();
    fixture.set_clock_by(-(TRASH_MS as i64));
    unlock(&fixture);
    assert_eq!(days_left(&fixture), [Some(60)]);
    in_both(&fixture, &["a"]);
}

/// Killed after the vault was written and before its copy was: the next opening ends it.
#[test]
fn a_crash_between_the_two_files_loses_nothing_else_and_is_made_good() {
    let (fixture, ids) = fixture(&["a", "b", "c"]);
    fixture.core.trash_entry(&ids[0]).unwrap();
    let copy = std::fs::read(fixture.file(FILES[1])).unwrap();
    fixture.core.delete_entry(&ids[0]).unwrap();
    std::fs::write(fixture.file(FILES[1]), copy).unwrap();
    assert_eq!(accounts(&fixture, FILES[0]), ["b", "c"]);
    assert_eq!(accounts(&fixture, FILES[1]), ["a", "b", "c"]);
    let fixture = fixture.restart();
    unlock(&fixture);
    in_both(&fixture, &["b", "c"]);
}

/// The copy cannot be written for now: whatever is saved next takes the secret out of it.
#[test]
fn a_disk_that_refuses_the_copy_is_caught_up_with() {
    let (fixture, ids) = fixture(&["a", "b"]);
    fixture.core.trash_entry(&ids[0]).unwrap();
    let in_the_way = fixture.file("vault.trousseau.bak.new");
    std::fs::create_dir(&in_the_way).unwrap();
    fixture.core.delete_entry(&ids[0]).unwrap();
    assert_eq!(accounts(&fixture, FILES[0]), ["b"]);
    assert_eq!(accounts(&fixture, FILES[1]), ["a", "b"]);
    std::fs::remove_dir(in_the_way).unwrap();
    fixture.core.advance_counter(&ids[1]).unwrap();
    in_both(&fixture, &["b"]);
}

#[test]
fn an_older_file_purges_nothing_until_it_is_accepted() {
    let (fixture, ids) = fixture(&["a", "b"]);
    fixture.core.trash_entry(&ids[0]).unwrap();
    fixture.stay(TRASH_MS);
    // By its times it could be purged half a day later.
    fixture.core.advance_counter(&ids[1]).unwrap();
    let old = std::fs::read(fixture.file(FILES[0])).unwrap();
    fixture.core.restore_entry(&ids[0]).unwrap();
    fixture.core.report_activity();
    tell(&fixture.core);
    fixture.core.lock();
    std::fs::write(fixture.file(FILES[0]), old).unwrap();
    fixture.pass(DAY_MS);
    let fixture = fixture.restart();
    unlock(&fixture);
    assert!(fixture.core.status().unwrap().saves_behind > 0);
    assert_eq!(days_left(&fixture), [Some(0)]);
    assert_eq!(accounts(&fixture, FILES[0]), ["a", "b"]);
}
