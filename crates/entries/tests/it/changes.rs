use trousseau_entries::{
    CounterError, DAY_MS, EditError, EntryContent, EntryPatch, Kind, Settings, TRASH_MS, VaultData,
};
use trousseau_otp::OtpParams;
use uuid::Uuid;

use crate::support::{NOW, all, entry, hotp, issuers, listed_issuers, secret, with_body, written};

fn counter(entries: &VaultData, id: Uuid) -> u64 {
    match entries.get(id).and_then(|entry| entry.otp()) {
        Some((_, OtpParams::Hotp { counter, .. })) => *counter,
        _ => panic!("no counter"),
    }
}

#[test]
fn an_added_entry_is_cleaned_and_last() {
    let (mut entries, _) = issuers(&["a", "b"]);
    let mut new = entry("  Ac\u{7}me\n ", "\tjohn ");
    new.note = " two\nlines ".into();
    new.unknown_params = vec![("image".into(), "x".into()), ("pin".into(), "1".into())];
    let id = entries.add(new, NOW).unwrap();
    let added = entries.get(id).unwrap();
    assert_eq!(
        (added.issuer.as_str(), added.account.as_str()),
        ("Acme", "john")
    );
    assert_eq!(*added.note, "two\nlines");
    assert_eq!(added.unknown_params.len(), 2);
    assert_eq!(
        (added.created, added.modified_ms(), added.use_count),
        (NOW, NOW, 0)
    );
    assert_eq!(added.kind(), Kind::Totp);
    assert_eq!(id.get_version_num(), 4);
    assert_eq!(listed_issuers(&entries, &all()), ["a", "b", "Acme"]);
}

#[test]
fn an_edit_dates_what_differs() {
    let (mut entries, ids) = issuers(&["a"]);
    let changes = EntryPatch {
        issuer: Some("a".into()),
        account: Some("john".into()),
        favourite: Some(true),
        icon: Some(Some("key".into())),
        ..EntryPatch::default()
    };
    entries.edit(ids[0], changes.clone(), NOW + 5).unwrap();
    let edited = entries.get(ids[0]).unwrap();
    let dated: Vec<_> = edited
        .modified
        .iter()
        .map(|(field, at)| (field.as_str(), *at))
        .collect();
    assert_eq!(
        dated,
        [
            ("account", NOW + 5),
            ("favourite", NOW + 5),
            ("icon", NOW + 5)
        ]
    );
    assert_eq!((edited.modified_ms(), edited.created), (NOW + 5, NOW));

    let revision = entries.revision();
    entries.edit(ids[0], changes, NOW + 9).unwrap();
    assert_eq!(entries.revision(), revision, "nothing differs");

    // The clock was set back, but the time of the change does not decrease.
    let back = EntryPatch {
        account: Some("jane".into()),
        ..EntryPatch::default()
    };
    entries.edit(ids[0], back, NOW).unwrap();
    assert_eq!(entries.get(ids[0]).unwrap().modified["account"], NOW + 5);
    assert_eq!(
        entries.edit(Uuid::nil(), EntryPatch::default(), NOW),
        Err(EditError::NotFound)
    );
}

#[test]
fn trash_and_back() {
    let (mut entries, ids) = issuers(&["a", "b"]);
    entries.trash(ids[0], NOW).unwrap();
    entries.trash(ids[0], NOW + 7).unwrap();
    assert_eq!(
        entries.get(ids[0]).unwrap().trashed,
        Some(NOW),
        "the first date stays"
    );
    assert_eq!(listed_issuers(&entries, &all()), ["b"]);
    let mut trash = all();
    trash.trash = true;
    assert_eq!(listed_issuers(&entries, &trash), ["a"]);
    let view = entries.list(&trash);
    assert_eq!((view.count, view.total, view.trashed), (1, 1, 1));

    let revision = entries.revision();
    entries.restore(ids[0], NOW).unwrap();
    entries.restore(ids[0], NOW).unwrap();
    assert_eq!(entries.revision(), revision + 1);
    assert_eq!(listed_issuers(&entries, &all()), ["a", "b"]);
}

#[test]
fn a_purged_entry_leaves_a_tombstone() {
    let (mut entries, ids) = issuers(&["a", "b"]);
    entries.purge(ids[1], NOW).unwrap();
    assert!(entries.get(ids[1]).is_none());
    let tombstones = written(&entries)["tombstones"].clone();
    assert_eq!(
        tombstones,
        serde_json::json!([{"id": ids[1].to_string(), "purged": NOW}])
    );
    for gone in [
        entries.purge(ids[1], NOW),
        entries.trash(ids[1], NOW),
        entries.restore(ids[1], NOW),
        entries.move_after(ids[1], None, NOW),
        entries.move_after(ids[0], Some(ids[1]), NOW),
    ] {
        assert_eq!(gone, Err(EditError::NotFound));
    }
}

#[test]
fn the_trash_is_kept_for_thirty_days() {
    let (mut entries, ids) = issuers(&["a", "b", "c"]);
    entries.trash(ids[0], NOW).unwrap();
    entries.trash(ids[1], NOW + 1).unwrap();
    let revision = entries.revision();
    let over = NOW + TRASH_MS;
    entries.record_use(ids[2], over - 1);
    assert_eq!(entries.purge_expired(over + DAY_MS), 0);
    assert_eq!(
        entries.purge_expired(0),
        0,
        "a clock that was set back purges nothing"
    );
    entries.record_use(ids[2], over);
    assert!(!entries.has_expired(over + DAY_MS / 2 - 1));
    assert_eq!(entries.purge_expired(over + DAY_MS / 2 - 1), 0);
    assert_eq!(entries.revision(), revision + 2);
    assert!(entries.has_expired(over + DAY_MS / 2));
    assert_eq!(entries.purge_expired(over + DAY_MS / 2), 1);
    assert!(entries.get(ids[0]).is_none() && entries.get(ids[1]).is_some());
    entries.record_use(ids[2], over + 1);
    assert_eq!(entries.purge_expired(u64::MAX), 1);
    assert_eq!(listed_issuers(&entries, &all()), ["c"]);
    assert_eq!(written(&entries)["tombstones"].as_array().unwrap().len(), 2);
}

#[test]
fn a_clock_that_is_wrong_for_an_hour_purges_nothing() {
    let (mut entries, ids) = issuers(&["a", "b"]);
    entries.trash(ids[0], NOW).unwrap();
    // The clock is years ahead, and the app was used meanwhile.
    let ahead = NOW + 40 * TRASH_MS;
    entries.record_use(ids[1], ahead);
    assert_eq!(entries.purge_expired(ahead + DAY_MS / 24), 0);
    assert_eq!(entries.purge_expired(NOW + DAY_MS), 0, "right again");

    // A phone with an empty battery starts in 1970; then the trash would look half a century old.
    let (mut entries, ids) = issuers(&["a", "b"]);
    entries.record_use(ids[1], NOW);
    entries.trash(ids[0], 0).unwrap();
    assert_eq!(entries.get(ids[0]).unwrap().trashed, Some(NOW));
    assert_eq!(entries.purge_expired(NOW + DAY_MS), 0, "right again");
}

#[test]
fn emptying_the_trash_purges_only_the_trash() {
    let (mut entries, ids) = issuers(&["a", "b", "c"]);
    assert_eq!(entries.purge_trashed(NOW), 0);
    entries.trash(ids[0], NOW).unwrap();
    entries.trash(ids[2], NOW).unwrap();
    let trashed = entries.get(ids[0]).unwrap();
    assert_eq!(trashed.purge_at_ms(), Some(NOW + TRASH_MS));
    assert!(!trashed.is_expired(NOW + TRASH_MS - 1) && trashed.is_expired(NOW + TRASH_MS));
    assert_eq!(entries.get(ids[1]).unwrap().purge_at_ms(), None);
    assert_eq!(entries.purge_trashed(NOW), 2);
    assert_eq!(listed_issuers(&entries, &all()), ["b"]);
    assert_eq!(written(&entries)["tombstones"].as_array().unwrap().len(), 2);
}

#[test]
fn a_counter_is_given_once() {
    let mut entries = VaultData::new();
    let content = |counter| EntryContent::Otp {
        secret: secret(b"k"),
        params: hotp(counter),
    };
    let id = entries.add(with_body("a", "", content(41)), NOW).unwrap();
    assert_eq!(entries.advance_counter(id, NOW + 1), Ok(41));
    assert_eq!(counter(&entries, id), 42, "what is saved is the next one");
    let restored = VaultData::from_json(&entries.to_json()).unwrap();
    assert_eq!(counter(&restored, id), 42);
    assert_eq!(entries.advance_counter(id, NOW + 2), Ok(42));
    assert_eq!(entries.get(id).unwrap().modified["counter"], NOW + 2);

    let last = entries
        .add(with_body("b", "", content(u64::MAX - 1)), NOW)
        .unwrap();
    assert_eq!(entries.advance_counter(last, NOW), Ok(u64::MAX - 1));
    let (revision, json) = (entries.revision(), entries.to_json());
    assert_eq!(
        entries.advance_counter(last, NOW + 9),
        Err(CounterError::Exhausted)
    );
    assert!(entries.revision() == revision && entries.to_json() == json);

    let timed = entries.add(entry("c", ""), NOW).unwrap();
    assert_eq!(
        entries.advance_counter(timed, NOW),
        Err(CounterError::NotCounterBased)
    );
    assert_eq!(
        entries.advance_counter(Uuid::nil(), NOW),
        Err(CounterError::NotFound)
    );
}

#[test]
fn usage_does_not_count_as_modification() {
    let (mut entries, ids) = issuers(&["a"]);
    let revision = entries.revision();
    entries.record_use(ids[0], NOW + 9);
    entries.record_use(ids[0], NOW + 3);
    entries.record_use(Uuid::nil(), NOW);
    let used = entries.get(ids[0]).unwrap();
    assert_eq!(
        (used.use_count, used.last_used, used.modified_ms()),
        (2, Some(NOW + 9), NOW)
    );
    assert_eq!(entries.revision(), revision + 2);
}

#[test]
fn groups_are_added_renamed_and_removed() {
    let (mut entries, ids) = issuers(&["a", "b"]);
    assert_eq!(entries.add_group(" \n", NOW), Err(EditError::NameEmpty));
    let work = entries.add_group(" Work ", NOW).unwrap();
    entries.rename_group(work, "Büro", NOW + 1).unwrap();
    let group = entries.groups().next().unwrap();
    assert_eq!(
        (group.id, group.name.as_str(), group.modified),
        (work, "Büro", NOW + 1)
    );
    let into = |group| EntryPatch {
        groups: Some(vec![group]),
        ..EntryPatch::default()
    };
    entries.edit(ids[1], into(work), NOW).unwrap();
    assert_eq!(
        entries.edit(ids[0], into(Uuid::nil()), NOW),
        Err(EditError::NotFound)
    );
    let mut query = all();
    query.group = Some(work);
    assert_eq!(listed_issuers(&entries, &query), ["b"]);
    let sizes = |entries: &VaultData| {
        let view = entries.list(&all());
        let sizes: Vec<_> = view.groups.iter().map(|(_, size)| *size).collect();
        sizes
    };
    assert_eq!(sizes(&entries), [1]);
    entries.trash(ids[1], NOW).unwrap();
    assert_eq!(sizes(&entries), [0], "the trash does not count");
    entries.remove_group(work, NOW + 2).unwrap();
    assert!(entries.groups().next().is_none() && entries.get(ids[1]).unwrap().groups.is_empty());
    assert_eq!(
        entries.rename_group(work, "x", NOW),
        Err(EditError::NotFound)
    );
    assert_eq!(entries.remove_group(work, NOW), Err(EditError::NotFound));
}

#[test]
fn no_two_groups_have_one_name() {
    let mut entries = VaultData::new();
    let office = entries.add_group("Büro", NOW).unwrap();
    let home = entries.add_group("Maison", NOW).unwrap();
    for same in ["Büro", " BÜRO ", "buro"] {
        assert_eq!(entries.add_group(same, NOW), Err(EditError::NameTaken));
        assert_eq!(
            entries.rename_group(home, same, NOW),
            Err(EditError::NameTaken)
        );
    }
    entries.rename_group(office, "BÜRO", NOW).unwrap();
    assert_eq!(
        entries.groups().next().unwrap().name,
        "BÜRO",
        "its own is free"
    );
    entries.remove_group(office, NOW).unwrap();
    entries.add_group("buro", NOW).unwrap();
}

#[test]
fn settings_are_stored() {
    let mut entries = VaultData::new();
    let default = *entries.settings();
    assert_eq!(
        (default.lock_after_s, default.reveal_s, default.clipboard_s),
        (60, 60, 30)
    );
    assert!(!default.show_all && !default.recovery_confirmed);
    let changed = Settings {
        lock_after_s: 0,
        show_all: true,
        ..default
    };
    entries.set_settings(changed);
    entries.set_settings(changed);
    assert_eq!(entries.revision(), 1);
    assert_eq!(
        *VaultData::from_json(&entries.to_json()).unwrap().settings(),
        changed
    );
}

#[test]
fn a_clone_restores_the_data_before_a_change() {
    let (mut entries, ids) = issuers(&["a"]);
    let before = entries.clone();
    entries.trash(ids[0], NOW).unwrap();
    assert!(before.get(ids[0]).unwrap().trashed.is_none());
    assert!(before.to_json() != entries.to_json());
}
