//! Damaged groups, tombstones, settings and sections.

use trousseau_entries::{Settings, VaultData};
use uuid::Uuid;

use crate::damage::{good, section};
use crate::support::NOW;

#[test]
fn a_damaged_group_or_tombstone_is_kept_unchanged() {
    let id = |n: u8| format!("\"00000000-0000-4000-8000-0000000000{n:02}\"");
    let group = |n: u8| format!(r#"{{"id":{},"name":"group {n}","modified":1}}"#, id(n));
    let stone = |n: u8| format!(r#"{{"id":{},"purged":1}}"#, id(n));
    for bad in [
        "1",
        "null",
        "{}",
        r#"{"id":"x","name":"g"}"#,
        r#"{"name" : "\ud800"}"#,
        &group(1),
    ] {
        let groups = format!("[{},{bad},{}]", group(1), group(2));
        let stones = format!(
            "[{},{},{}]",
            stone(1),
            bad.replace("name", "purged"),
            stone(2)
        );
        let json = format!(r#"{{"version":1,"groups":{groups},"tombstones":{stones}}}"#);
        let mut entries = VaultData::from_json(json.as_bytes()).unwrap();
        assert_eq!(
            entries
                .groups()
                .map(|group| &group.name)
                .collect::<Vec<_>>(),
            ["group 1", "group 2"]
        );
        assert_eq!(
            (section(&entries, "groups"), section(&entries, "tombstones")),
            (groups, stones)
        );
        // It keeps its position when groups are added and removed.
        let new = entries.add_group("new", NOW).unwrap();
        entries
            .remove_group(Uuid::parse_str(id(1).trim_matches('"')).unwrap(), NOW)
            .unwrap();
        let expected = format!(
            r#"[{bad},{},{{"id":"{new}","name":"new","modified":{NOW}}}]"#,
            group(2)
        );
        assert_eq!(section(&entries, "groups"), expected);
    }
}

#[test]
fn a_removed_group_leaves_no_tombstone_while_another_has_its_id() {
    let id = Uuid::from_u128(7);
    let group = |name: &str| format!(r#"{{"id":"{id}","name":"{name}","modified":1}}"#);
    for twin in [group("B"), format!(r#"{{"id":"{id}","name":5}}"#)] {
        let json = format!(r#"{{"version":1,"groups":[{},{twin}]}}"#, group("A"));
        let mut entries = VaultData::from_json(json.as_bytes()).unwrap();
        entries.remove_group(id, NOW).unwrap();
        let again = VaultData::from_json(&entries.to_json()).unwrap();
        assert_eq!(section(&again, "groups"), format!("[{twin}]"));
        assert_eq!(section(&again, "tombstones"), "[]");
    }
    // Removing the last one leaves the tombstone.
    let json = format!(
        r#"{{"version":1,"groups":[{},{}]}}"#,
        group("A"),
        group("B")
    );
    let mut entries = VaultData::from_json(json.as_bytes()).unwrap();
    entries.remove_group(id, NOW).unwrap();
    let mut entries = VaultData::from_json(&entries.to_json()).unwrap();
    let names = entries.groups().map(|group| group.name.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["B"]);
    entries.remove_group(id, NOW).unwrap();
    let stone = format!(r#"[{{"id":"{id}","purged":{NOW}}}]"#);
    assert_eq!(section(&entries, "tombstones"), stone);
}

#[test]
fn a_section_of_another_type_is_kept_and_takes_new_items() {
    for bad in ["5", "\"x\"", r#"{ "a" : [1.50] }"#, "true"] {
        let json = format!(
            r#"{{"version":1,"entries":[{}],"groups":{bad},"tombstones":{bad}}}"#,
            good(1)
        );
        let mut entries = VaultData::from_json(json.as_bytes()).unwrap();
        for name in ["groups", "tombstones"] {
            assert_eq!(section(&entries, name), bad);
        }
        let id = entries.iter().next().unwrap().id;
        let group = entries.add_group("g", NOW).unwrap();
        entries.purge(id, NOW).unwrap();
        let groups = format!(r#"[{bad},{{"id":"{group}","name":"g","modified":{NOW}}}]"#);
        let stones = format!(r#"[{bad},{{"id":"{id}","purged":{NOW}}}]"#);
        let mut again = VaultData::from_json(&entries.to_json()).unwrap();
        for entries in [&entries, &again] {
            assert_eq!(
                (section(entries, "groups"), section(entries, "tombstones")),
                (groups.clone(), stones.clone())
            );
        }
        again.rename_group(group, "h", NOW).unwrap();
        again.remove_group(group, NOW).unwrap();
        assert_eq!(section(&again, "groups"), format!("[{bad}]"));
    }
}

#[test]
fn a_damaged_setting_is_kept_until_it_is_changed() {
    let default = Settings::default();
    for bad in ["\"long\"", "-1", "1e999", "[ 60 ]", r#""\ud800""#] {
        let json = format!(
            r#"{{"version":1,"preferences":{{"lock_after_s":{bad},"reveal_s":15,"hide_screen":{bad},"later":{bad}}}}}"#
        );
        let mut entries = VaultData::from_json(json.as_bytes()).unwrap();
        let expected = Settings {
            reveal_s: 15,
            ..default
        };
        assert_eq!(*entries.settings(), expected, "the rest is read");
        let kept = |entries: &VaultData| {
            let preferences = section(entries, "preferences");
            ["lock_after_s", "hide_screen", "later"]
                .map(|name| preferences.matches(&format!("\"{name}\":{bad}")).count())
        };
        assert_eq!(kept(&entries), [1, 1, 1]);
        // Another setting is changed.
        entries.set_settings(Settings {
            show_all: true,
            ..expected
        });
        assert_eq!(kept(&entries), [1, 1, 1]);
        entries = VaultData::from_json(&entries.to_json()).unwrap();
        assert_eq!(kept(&entries), [1, 1, 1]);
        let changed = Settings {
            lock_after_s: 300,
            show_all: true,
            ..expected
        };
        entries.set_settings(changed);
        assert_eq!(kept(&entries), [0, 1, 1]);
        let again = VaultData::from_json(&entries.to_json()).unwrap();
        assert_eq!(*again.settings(), changed);
        assert!(section(&again, "preferences").contains("\"lock_after_s\":300,"));
    }
}

#[test]
fn settings_of_another_type_are_kept_unchanged() {
    for bad in [
        "5",
        "[ ]",
        "\"x\"",
        r#"{"reveal_s":15,"reveal_s":30}"#,
        r#"{"later":1,"later":2}"#,
    ] {
        let json = format!(r#"{{"version":1,"preferences":{bad}}}"#);
        let mut entries = VaultData::from_json(json.as_bytes()).unwrap();
        assert_eq!(*entries.settings(), Settings::default());
        assert_eq!(section(&entries, "preferences"), bad);
        entries.set_settings(Settings::default());
        assert_eq!(section(&entries, "preferences"), bad, "nothing was changed");
        let changed = Settings {
            show_all: true,
            ..Settings::default()
        };
        entries.set_settings(changed);
        let again = VaultData::from_json(&entries.to_json()).unwrap();
        assert_eq!(*again.settings(), changed);
        assert!(section(&again, "preferences").ends_with(&format!("\"damaged\":{bad}}}")));
    }
}

#[test]
fn a_section_of_a_later_version_is_kept_unchanged() {
    for value in [r#""\ud800""#, "1e999", "{ \"a\":1,\"a\" : 2 }"] {
        let json = format!(r#"{{"version":1,"later":{value}}}"#);
        let entries = VaultData::from_json(json.as_bytes()).unwrap();
        assert_eq!(section(&entries, "later"), value);
    }
    let twice = VaultData::from_json(br#"{"version":1,"later":1,"later":2}"#);
    assert!(twice.is_err(), "nobody can say which one holds");
}
