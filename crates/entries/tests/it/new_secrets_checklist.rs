//! The list of services to ask for a new secret.

use serde_json::json;
use trousseau_entries::{EditError, EntryContent, EntryId, Kind, NewSecretState, VaultData};
use uuid::Uuid;

use crate::damage::{good, open, totp, written as texts};
use crate::support::{NOW, entry, issuers, read, with_body, written};

use NewSecretState::{Done, Due};

fn listed(entries: &VaultData) -> Vec<(&str, NewSecretState)> {
    let items = entries.new_secrets_checklist().into_iter();
    items
        .map(|(entry, state)| (entry.issuer.as_str(), state))
        .collect()
}

/// The field `renewal` of each written entry.
fn fields(entries: &VaultData) -> Vec<serde_json::Value> {
    let document = written(entries);
    let items = document["entries"].as_array().unwrap().iter();
    items.map(|item| item["renewal"].clone()).collect()
}

fn begun() -> (VaultData, Vec<EntryId>) {
    let (mut entries, ids) = issuers(&["a", "b", "c"]);
    entries.begin_new_secrets_checklist();
    (entries, ids)
}

#[test]
fn every_entry_is_due_until_it_is_ticked_off_and_the_list_ends() {
    let (mut entries, ids) = issuers(&["a", "b", "c"]);
    assert!(listed(&entries).is_empty());
    assert_eq!(fields(&entries), [json!(null), json!(null), json!(null)]);
    entries.begin_new_secrets_checklist();
    entries.tick_new_secret(ids[1], true).unwrap();
    assert_eq!(listed(&entries), [("a", Due), ("b", Done), ("c", Due)]);
    assert_eq!(
        fields(&entries),
        [json!("due"), json!("done"), json!("due")]
    );
    let again = VaultData::from_json(&entries.to_json()).unwrap();
    assert!(again.iter().eq(entries.iter()) && listed(&again) == listed(&entries));

    entries.tick_new_secret(ids[1], false).unwrap();
    assert_eq!(listed(&entries), [("a", Due), ("b", Due), ("c", Due)]);
    entries.tick_new_secret(ids[2], true).unwrap();
    entries.add(entry("d", ""), NOW).unwrap();
    assert_eq!(listed(&entries).len(), 3, "what is new is not in the list");
    entries.begin_new_secrets_checklist();
    let anew = [("a", Due), ("b", Due), ("c", Due), ("d", Due)];
    assert_eq!(listed(&entries), anew, "a new list begins anew");
    entries.end_new_secrets_checklist();
    assert!(listed(&entries).is_empty());
    assert!(!String::from_utf8_lossy(&entries.to_json()).contains("renewal"));
}

#[test]
fn the_checklist_is_in_manual_order() {
    let (mut entries, ids) = begun();
    entries.move_before(ids[2], ids[0], NOW).unwrap();
    let favourite = trousseau_entries::EntryPatch {
        favourite: Some(true),
        ..Default::default()
    };
    entries.edit(ids[1], favourite, NOW).unwrap();
    assert_eq!(listed(&entries), [("b", Due), ("c", Due), ("a", Due)]);
}

#[test]
fn only_entries_with_a_secret_are_listed() {
    let document = include_bytes!("everything.json");
    let mut entries = VaultData::from_json(document).unwrap();
    entries.end_new_secrets_checklist();
    entries.begin_new_secrets_checklist();
    let kinds: Vec<_> = entries
        .new_secrets_checklist()
        .iter()
        .map(|(entry, _)| (entry.kind(), entry.issuer.as_str()))
        .collect();
    // The HOTP entry is in the trash.
    let expected = [
        (Kind::Totp, "Société"),
        (Kind::Steam, "Steam"),
        (Kind::Issued, "Thinknx"),
        (Kind::Other, "mOTP"),
        (Kind::Other, "Later"),
    ];
    assert_eq!(kinds, expected);
    let message = EntryContent::Message {
        sender: "a@example.org".into(),
        holds_for_s: 1,
    };
    let id = entries.add(with_body("m", "", message), NOW).unwrap();
    entries.begin_new_secrets_checklist();
    assert_eq!(entries.get(id).unwrap().new_secret, None);
    assert_eq!(entries.tick_new_secret(id, true), Err(EditError::NotFound));
}

#[test]
fn an_entry_in_the_trash_is_not_listed_and_keeps_its_state() {
    let (mut entries, ids) = begun();
    entries.tick_new_secret(ids[1], true).unwrap();
    for id in &ids[..2] {
        entries.trash(*id, NOW).unwrap();
        assert_eq!(
            entries.tick_new_secret(*id, false),
            Err(EditError::NotFound)
        );
    }
    assert_eq!(listed(&entries), [("c", Due)]);
    let mut entries = VaultData::from_json(&entries.to_json()).unwrap();
    for id in &ids[..2] {
        entries.restore(*id, NOW).unwrap();
    }
    assert_eq!(listed(&entries), [("a", Due), ("b", Done), ("c", Due)]);

    // The list was ended or started again meanwhile.
    entries.trash(ids[0], NOW).unwrap();
    entries.trash(ids[1], NOW).unwrap();
    entries.begin_new_secrets_checklist();
    entries.restore(ids[0], NOW).unwrap();
    assert_eq!(listed(&entries), [("c", Due)]);
    entries.end_new_secrets_checklist();
    entries.restore(ids[1], NOW).unwrap();
    assert!(listed(&entries).is_empty());
}

#[test]
fn ticking_off_does_not_count_as_modification() {
    let (mut entries, ids) = issuers(&["a"]);
    let before = entries.get(ids[0]).unwrap().clone();
    let revision = entries.revision();
    for (step, rises) in [
        (
            VaultData::begin_new_secrets_checklist as fn(&mut VaultData),
            1,
        ),
        (VaultData::begin_new_secrets_checklist, 1),
        (|entries| tick(entries, true), 2),
        (|entries| tick(entries, true), 2),
        (VaultData::end_new_secrets_checklist, 3),
        (VaultData::end_new_secrets_checklist, 3),
    ] {
        step(&mut entries);
        assert_eq!(entries.revision() - revision, rises);
        let now = entries.get(ids[0]).unwrap();
        assert_eq!(now.modified_ms(), before.modified_ms());
        assert!(now.modified == before.modified && now.last_used == before.last_used);
    }
    assert!(*entries.get(ids[0]).unwrap() == before);
}

fn tick(entries: &mut VaultData, done: bool) {
    let id = entries.iter().next().unwrap().id;
    entries.tick_new_secret(id, done).unwrap();
}

#[test]
fn only_listed_entries_are_ticked_off() {
    let (mut entries, ids) = issuers(&["a"]);
    assert_eq!(
        entries.tick_new_secret(ids[0], true),
        Err(EditError::NotFound)
    );
    assert_eq!(
        entries.tick_new_secret(Uuid::nil(), true),
        Err(EditError::NotFound)
    );
    assert_eq!(entries.get(ids[0]).unwrap().new_secret, None);
}

#[test]
fn an_unreadable_value_damages_nothing_and_stays_until_it_is_changed() {
    for bad in [
        "5",
        "null",
        "\"Due\"",
        "\"later\"",
        r#""\ud800""#,
        r#"{"due":null}"#,
        "[ 1e999 ]",
    ] {
        let bad_item = format!("{},\"renewal\":{bad}}}", good(1).strip_suffix('}').unwrap());
        let mut entries = open(&[&bad_item, &good(2)]);
        assert_eq!(entries.damaged().count(), 0, "{bad}");
        let id = entries.iter().next().unwrap().id;
        assert!(listed(&entries).is_empty());
        assert_eq!(entries.tick_new_secret(id, true), Err(EditError::NotFound));
        assert_eq!(texts(&entries), [bad_item.clone(), good(2)]);

        let revision = entries.revision();
        let mut begun = entries.clone();
        begun.begin_new_secrets_checklist();
        assert_eq!(fields(&begun), [json!("due"), json!("due")], "{bad}");
        entries.end_new_secrets_checklist();
        assert_eq!(texts(&entries), [good(1), good(2)], "{bad}");
        assert_eq!(entries.revision(), revision + 1);
    }
    let spelled = totp(&[("renewal", r#""d\u0075e""#)]);
    assert_eq!(listed(&open(&[&spelled])), [("Bank", Due)]);
}

#[test]
fn a_damaged_entry_is_not_listed() {
    let bad = totp(&[("digits", "5"), ("renewal", "\"due\"")]);
    let mut entries = open(&[&good(1), &bad]);
    let id = entries.damaged().next().unwrap().id;
    entries.begin_new_secrets_checklist();
    assert_eq!(listed(&entries), [("good 1", Due)]);
    assert_eq!(entries.tick_new_secret(id, true), Err(EditError::Damaged));
    entries.end_new_secrets_checklist();
    assert_eq!(texts(&entries), [good(1), bad]);
}

/// Unknown fields beside it are kept, as an older app keeps this field.
#[test]
fn fields_of_a_later_version_stay() {
    let later = r#"{"deep":[1.50]}"#;
    let item = totp(&[("later", later), ("renewal", "\"due\""), ("other", "null")]);
    let mut entries = open(&[&item]);
    for step in [
        VaultData::end_new_secrets_checklist,
        VaultData::begin_new_secrets_checklist,
    ] {
        step(&mut entries);
        let kept = format!(r#","later":{later},"other":null}}"#);
        assert!(texts(&entries)[0].ends_with(&kept));
    }
    assert_eq!(fields(&entries), [json!("due")]);
    let twice = totp(&[("renewal", "\"due\",\"renewal\":\"done\"")]);
    assert_eq!(open(&[&twice]).damaged().count(), 1);
    let unknown_kind = json!({"version": 1, "entries": [
        {"id": Uuid::nil(), "kind": "passkey", "position": "i00000", "created": 1, "renewal": "done"}
    ]});
    assert_eq!(listed(&read(&unknown_kind).unwrap()), [("", Done)]);
}
