//! Transfer codes of Google Authenticator: gathered in any order, kept over a lock, saved all at once.

use data_encoding::BASE64;

use super::*;

/// A transfer code of two accounts, at a place of a series of three.
pub(super) fn transfer(index: u8) -> String {
    transfer_of(index, "", 77)
}

/// As [`transfer`], of the series with this id, whose accounts have this before their names.
fn transfer_of(index: u8, before: &str, series: u8) -> String {
    let account = |name: &str, algorithm: u8| {
        let secret = [b"Hello!", name.as_bytes()].concat();
        let mut fields = vec![0x0a, secret.len() as u8];
        fields.extend(&secret);
        fields.extend([0x12, name.len() as u8]);
        fields.extend(name.as_bytes());
        fields.extend([0x20, algorithm]);
        [&[0x0a, fields.len() as u8][..], &fields].concat()
    };
    let place = vec![0x18, 3, 0x20, index, 0x28, series];
    let message = [
        account(&format!("{before}a{index}"), 1),
        account(&format!("{before}b{index}"), 2),
        place,
    ]
    .concat();
    format!(
        "otpauth-migration://offline?data={}",
        BASE64.encode(&message)
    )
}

#[test]
fn a_series_is_gathered_in_any_order_and_with_repeats() {
    let (fixture, _) = Fixture::open();
    let state = |index| {
        let mut all = fixture.core.import_text(&transfer(index)).unwrap().batches;
        assert_eq!(all.len(), 1);
        all.remove(0)
    };
    assert_eq!((state(2).read, state(2).missing), (1, vec![1, 2]));
    assert_eq!((state(0).read, state(2).missing), (2, vec![2]));
    let last = state(1);
    assert_eq!((last.read, last.size, last.missing), (3, 3, vec![]));
    assert_eq!(
        fixture.core.restore_ui_state().unwrap().drafts.len(),
        6,
        "repeats are the same drafts"
    );
}

#[test]
fn what_was_gathered_survives_a_lock_and_is_saved_at_once() {
    let (fixture, _) = Fixture::open();
    let before = fixture.core.list_entries(&everything()).unwrap().total;
    for index in [0, 2] {
        fixture.core.import_text(&transfer(index)).unwrap();
    }
    fixture.core.lock();
    fixture.unlock().unwrap();
    let resumed = fixture.core.restore_ui_state().unwrap();
    assert_eq!(resumed.batches[0].missing, [2]);
    let ids: Vec<String> = resumed
        .drafts
        .into_iter()
        .map(|draft| draft.draft_id)
        .collect();
    assert_eq!(ids.len(), 4);
    let saved = fixture.core.save_drafts(&ids).unwrap().ids;
    let rows = fixture.core.list_entries(&everything()).unwrap().rows;
    let listed: Vec<String> = rows.into_iter().map(|row| row.id).collect();
    assert_eq!(saved, listed[before as usize..]);
    assert_eq!(listed.len(), before as usize + 4);
    assert_eq!(
        code(fixture.core.save_drafts(&ids)),
        ErrorCode::DraftNotFound
    );
    assert_eq!(
        fixture.core.list_entries(&everything()).unwrap().total,
        before + 4,
        "all of them or none"
    );
    assert_eq!(fixture.core.restore_ui_state().unwrap().batches, []);
}

#[test]
fn two_transfers_without_an_id_are_kept_apart_as_soon_as_their_codes_show_it() {
    let (fixture, _) = Fixture::open();
    let read = |index, before| {
        let mut all = fixture
            .core
            .import_text(&transfer_of(index, before, 0))
            .unwrap()
            .batches;
        assert_eq!(all.len(), 1);
        let series = all.remove(0);
        (series.read, series.size, series.missing, series.mixed)
    };
    read(0, "");
    assert_eq!(read(2, ""), (2, 3, vec![2], vec![]));
    // Nobody can tell yet that this one is of another transfer.
    assert_eq!(read(1, "other "), (3, 3, vec![], vec![]));
    // The one that was awaited comes: the first transfer was not whole, and neither is the other.
    assert_eq!(read(1, ""), (4, 6, vec![1, 3], vec![2]));
    fixture.core.lock();
    fixture.unlock().unwrap();
    let resumed = fixture.core.restore_ui_state().unwrap();
    assert_eq!(resumed.batches[0].mixed, [2], "it survives a lock");
    read(0, "other ");
    assert_eq!(read(2, "other "), (6, 6, vec![], vec![1, 2, 3]));
    assert_eq!(fixture.core.restore_ui_state().unwrap().drafts.len(), 12);
}

#[test]
fn two_transfers_with_ids_are_gathered_side_by_side() {
    let (fixture, _) = Fixture::open();
    for (index, series) in [(0, 1), (1, 2), (2, 1), (2, 2)] {
        let before = format!("{series} ");
        let link = transfer_of(index, &before, series);
        fixture.core.import_text(&link).unwrap();
    }
    let all = fixture.core.restore_ui_state().unwrap().batches;
    let missing: Vec<_> = all.into_iter().map(|series| series.missing).collect();
    assert_eq!(missing, [[2], [1]]);
}

#[test]
fn an_account_that_cannot_be_computed_is_named_and_the_others_are_taken() {
    let (fixture, _) = Fixture::open();
    let md5 = "otpauth-migration://offline?data=Cg8KBkhlbGxvIRIBYSAEKAEKDQoGSGVsbG8hEgFiIAE=";
    let answer = fixture.core.import_text(md5).unwrap();
    assert_eq!(answer.drafts.len(), 1);
    let [refused] = &*answer.errors else {
        panic!("{:?}", answer.errors)
    };
    assert_eq!(
        (refused.code, &*refused.params["name"]),
        (ErrorCode::AlgorithmUnsupported, "a")
    );
}
