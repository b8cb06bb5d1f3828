//! Operations on damaged entries: they can be purged, and nothing else.

use trousseau_entries::{
    CounterError, Duplicate, EditError, EntryPatch, FindError, TRASH_MS, VaultData,
};
use uuid::Uuid;

use crate::damage::{ID, good, open, section, totp, written};
use crate::support::{NOW, all, listed_issuers, secret};

const BAD: [(&str, &str); 2] = [("digits", "5"), ("trashed", "1")];

fn damaged(entries: &VaultData) -> Uuid {
    entries.damaged().next().unwrap().id
}

#[test]
fn a_damaged_entry_cannot_be_changed() {
    let bad = totp(&BAD);
    let mut entries = open(&[&good(1), &bad, &good(3)]);
    let id = damaged(&entries);
    let other = entries.iter().next().unwrap().id;
    let group = entries.add_group("g", NOW).unwrap();
    let changes = EntryPatch {
        favourite: Some(true),
        groups: Some(vec![group]),
        ..EntryPatch::default()
    };
    let revision = entries.revision();
    for refused in [
        entries.edit(id, changes, NOW),
        entries.trash(id, NOW),
        entries.restore(id, NOW),
        entries.move_after(id, None, NOW),
        entries.move_before(id, other, NOW),
    ] {
        assert_eq!(refused, Err(EditError::Damaged));
    }
    assert_eq!(entries.find(id).err(), Some(FindError::Damaged));
    assert!(entries.get(id).is_none());
    assert_eq!(entries.advance_counter(id, NOW), Err(CounterError::Damaged));
    entries.record_use(id, NOW);
    assert_eq!(entries.purge_trashed(NOW), 0);
    assert_eq!(entries.purge_expired(NOW + 2 * TRASH_MS), 0);
    assert!(!entries.has_expired(u64::MAX));
    entries.remove_group(group, NOW).unwrap();
    assert_eq!(entries.revision(), revision + 1);
    assert_eq!(written(&entries)[1], bad);
}

#[test]
fn other_entries_change_beside_a_damaged_one() {
    let bad = totp(&BAD);
    let mut entries = open(&[&good(1), &bad, &good(3), "7"]);
    let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    let unplaced = entries.damaged().nth(1).unwrap().id;
    let changes = EntryPatch {
        issuer: Some("named".into()),
        ..EntryPatch::default()
    };
    entries.edit(ids[0], changes, NOW).unwrap();
    entries
        .move_after(ids[0], Some(damaged(&entries)), NOW)
        .unwrap();
    assert_eq!(
        listed_issuers(&entries, &all()),
        ["Bank", "named", "good 3", ""]
    );
    entries.move_before(ids[1], damaged(&entries), NOW).unwrap();
    assert_eq!(
        listed_issuers(&entries, &all()),
        ["good 3", "Bank", "named", ""]
    );
    // Entries without a position are after all others.
    entries.move_after(ids[1], Some(unplaced), NOW).unwrap();
    assert_eq!(
        listed_issuers(&entries, &all()),
        ["Bank", "named", "good 3", ""]
    );
    entries.move_before(ids[0], unplaced, NOW).unwrap();
    assert_eq!(
        listed_issuers(&entries, &all()),
        ["Bank", "good 3", "named", ""]
    );
    let added = entries.add(crate::support::entry("new", ""), NOW).unwrap();
    assert_eq!(
        listed_issuers(&entries, &all()),
        ["Bank", "good 3", "named", "new", ""]
    );
    entries.purge(added, NOW).unwrap();
    let texts = written(&entries);
    assert_eq!((texts[1].as_str(), texts[3].as_str()), (bad.as_str(), "7"));
}

#[test]
fn a_damaged_entry_is_never_a_duplicate() {
    let entries = open(&[&totp(&BAD)]);
    let own = trousseau_otp::Secret::parse_base32("JBSWY3DPEHPK3PXP").unwrap();
    assert_eq!(entries.find_duplicate("Bank", "jane", &own), Duplicate::New);
    assert_eq!(
        entries.find_duplicate("Bank", "jane", &secret(b"k")),
        Duplicate::New
    );
}

#[test]
fn a_damaged_entry_is_purged_alone() {
    let mut entries = open(&[&good(1), &totp(&BAD), &good(3)]);
    entries.purge(damaged(&entries), NOW).unwrap();
    assert_eq!(written(&entries), [good(1), good(3)]);
    assert_eq!(
        section(&entries, "tombstones"),
        format!(r#"[{{"id":"{ID}","purged":{NOW}}}]"#)
    );
    // A derived id does not exist on another device.
    let mut entries = open(&[&good(1), "null", "null"]);
    entries.purge(damaged(&entries), NOW).unwrap();
    assert_eq!(written(&entries), [good(1), "null".into()]);
    assert_eq!(section(&entries, "tombstones"), "[]");
}

#[test]
fn no_tombstone_is_left_for_an_id_that_another_item_has() {
    let own = Uuid::parse_str(ID).unwrap();
    let second = totp(&[("issuer", "\"Second\"")]);
    let mut entries = open(&[&totp(&[]), &second]);
    entries.purge(own, NOW).unwrap();
    assert_eq!(section(&entries, "tombstones"), "[]");
    let mut entries = VaultData::from_json(&entries.to_json()).unwrap();
    assert_eq!(
        entries.get(own).map(|entry| entry.issuer.as_str()),
        Some("Second")
    );
    entries.purge(own, NOW).unwrap();
    assert!(section(&entries, "tombstones").contains(ID));
}

/// Purges entries of the same id in every order, with and without reading the document again.
#[test]
fn the_last_entry_with_an_id_leaves_its_tombstone() {
    let own = Uuid::parse_str(ID).unwrap();
    let stone = format!(r#"[{{"id":"{ID}","purged":{NOW}}}]"#);
    let readable = totp(&[]);
    let twin = totp(&[("issuer", "\"Twin\"")]);
    let bad = totp(&BAD);
    let worse = totp(&[("digits", "4")]);
    for items in [
        [&readable, &twin],
        [&bad, &readable],
        [&bad, &worse],
        [&twin, &twin],
    ] {
        for (first, reload) in [(0, false), (0, true), (1, false), (1, true)] {
            let mut entries = open(&[items[0], items[1], &good(3)]);
            let ids = |entries: &VaultData| -> Vec<Uuid> {
                let view = entries.list(&all());
                let ids = view.rows.iter().map(|hit| hit.entry.id());
                ids.filter(|id| *id != entries.iter().last().unwrap().id)
                    .collect()
            };
            let gone = ids(&entries)[first];
            entries.purge(gone, NOW).unwrap();
            assert_eq!(section(&entries, "tombstones"), "[]");
            assert_eq!(
                entries.purge(gone, NOW),
                Err(EditError::NotFound),
                "an id never passes to another entry in one session"
            );
            let again = VaultData::from_json(&entries.to_json()).unwrap();
            assert_eq!(written(&again).len(), 2);
            assert_eq!(ids(&again), [own], "nothing else claims it");
            if reload {
                entries = again;
            }
            let left = ids(&entries)[0];
            entries.purge(left, NOW).unwrap();
            assert_eq!(written(&entries), [good(3)]);
            assert_eq!(section(&entries, "tombstones"), stone);
        }
    }
}

#[test]
fn an_existing_tombstone_gets_the_later_time() {
    let json = format!(
        r#"{{"version":1,"entries":[{}],"tombstones":[{{"id":"{ID}","purged":1,"later":2}}]}}"#,
        totp(&[])
    );
    let mut entries = VaultData::from_json(json.as_bytes()).unwrap();
    entries.purge(Uuid::parse_str(ID).unwrap(), NOW).unwrap();
    assert_eq!(
        section(&entries, "tombstones"),
        format!(r#"[{{"id":"{ID}","purged":{NOW},"later":2}}]"#)
    );
}

#[test]
fn an_entry_stays_in_a_damaged_group() {
    let (unreadable, readable) = (Uuid::from_u128(7), Uuid::from_u128(8));
    let item = totp(&[("groups", &format!(r#"["{unreadable}"]"#))]);
    let groups =
        format!(r#"[{{"id":"{unreadable}"}},{{"id":"{readable}","name":"g","modified":1}}]"#);
    let json = format!(r#"{{"version":1,"entries":[{item}],"groups":{groups}}}"#);
    let mut entries = VaultData::from_json(json.as_bytes()).unwrap();
    let id = entries.iter().next().unwrap().id;
    let mut put = |groups: Vec<Uuid>| {
        let changes = EntryPatch {
            groups: Some(groups),
            ..EntryPatch::default()
        };
        let done = entries.edit(id, changes, NOW);
        done.map(|()| entries.get(id).unwrap().groups.clone())
    };
    assert_eq!(put(vec![readable]), Ok(vec![readable, unreadable]));
    assert_eq!(put(vec![unreadable]), Ok(vec![unreadable]));
    assert_eq!(put(vec![]), Ok(vec![unreadable]));
    assert_eq!(put(vec![Uuid::nil()]), Err(EditError::NotFound));
}
