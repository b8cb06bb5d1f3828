//! Damaged entries do not prevent reading the rest, and are written back byte for byte.

use std::collections::HashSet;

use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::value::RawValue;
use trousseau_entries::VaultData;
use uuid::Uuid;

use crate::support::{all, listed_issuers};

pub const ID: &str = "6b1f5c1e-3f0a-4a58-9d2e-0c5b8f6a7e10";

/// A readable entry; `n` is the end of its id and of its position.
pub fn good(n: u8) -> String {
    format!(
        r#"{{"id":"00000000-0000-4000-8000-0000000000{n:02}","kind":"steam","issuer":"good {n}","account":"","note":"","groups":[],"favourite":false,"icon":null,"position":"i0000{n}","use_count":0,"last_used":null,"created":1,"modified":{{}},"trashed":null,"extra":[],"secret":"MFRGG"}}"#
    )
}

/// An entry with these fields replaced; an empty value omits the field.
pub fn totp(fields: &[(&str, &str)]) -> String {
    let id = format!("\"{ID}\"");
    let whole = [
        ("id", id.as_str()),
        ("kind", "\"totp\""),
        ("issuer", "\"Bank\""),
        ("account", "\"jane\""),
        ("position", "\"i00002\""),
        ("created", "1"),
        ("secret", "\"JBSWY3DPEHPK3PXP\""),
        ("algorithm", "\"SHA1\""),
        ("digits", "6"),
        ("period", "30"),
    ];
    let is_replaced = |name: &str| fields.iter().any(|(other, _)| *other == name);
    let kept = whole.iter().filter(|(name, _)| !is_replaced(name));
    let texts = kept.chain(fields).filter(|(_, value)| !value.is_empty());
    let texts: Vec<_> = texts
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    format!("{{{}}}", texts.join(","))
}

pub fn document(items: &[&str]) -> String {
    format!(r#"{{"version":1,"entries":[{}]}}"#, items.join(","))
}

pub fn open(items: &[&str]) -> VaultData {
    let document = document(items);
    VaultData::from_json(document.as_bytes()).unwrap_or_else(|error| panic!("{error}: {document}"))
}

/// The JSON of a section after writing.
pub fn section(entries: &VaultData, name: &str) -> String {
    let json = entries.to_json();
    assert_eq!(json.capacity(), json.len());
    let sections: std::collections::BTreeMap<String, &RawValue> =
        serde_json::from_slice(&json).unwrap();
    sections[name].get().to_owned()
}

/// The JSON of each written entry.
pub fn written(entries: &VaultData) -> Vec<String> {
    let entries = section(entries, "entries");
    let items: Vec<&RawValue> = serde_json::from_str(&entries).unwrap();
    items.iter().map(|item| item.get().to_owned()).collect()
}

#[test]
fn a_damaged_entry_is_kept_unchanged() {
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    for (field, item) in [
        (Some("digits"), totp(&[("digits", "5")])),
        (Some("digits"), totp(&[("digits", "0")])),
        (Some("period"), totp(&[("period", "0")])),
        (Some("algorithm"), totp(&[("algorithm", "\"SHA384\"")])),
        (Some("secret"), totp(&[("secret", "\"JBSW0\"")])),
        (Some("created"), totp(&[("created", "")])),
        (Some("use_count"), totp(&[("use_count", "-1")])),
        (Some("icon"), totp(&[("icon", "5")])),
        (Some("id"), totp(&[("id", "")])),
        (Some("id"), totp(&[("id", "\"x\"")])),
        (
            Some("id"),
            totp(&[("id", "\"00000000-0000-4000-8000-000000000001\"")]),
        ),
        (Some("kind"), totp(&[("kind", "1")])),
        (
            Some("modified"),
            totp(&[("modified", r#"{"note":1,"issuer":2,"note":3}"#)]),
        ),
        (
            Some("modified"),
            totp(&[("modified", r#"{"note":1,"n\u006fte":1}"#)]),
        ),
        (Some("created"), totp(&[("created", "1e999")])),
        (Some("issuer"), totp(&[("issuer", r#""\ud800""#)])),
        (Some("note"), totp(&[("note", &deep)])),
        (None, totp(&[("digits", "6,\"digits\":7")])),
        (None, totp(&[("later", "6,\"later\":7")])),
        (None, totp(&[(r"\ud800", "6")])),
        (Some("id"), "{}".into()),
        (None, "[]".into()),
        (None, "null".into()),
        (None, "true".into()),
        (None, "-1.50e+999".into()),
        (None, r#""JBSWY3DPEHPK3PXP \ud800""#.into()),
        (None, deep.clone()),
    ] {
        let entries = open(&[&good(1), &item, &good(3)]);
        assert_eq!(entries.iter().count(), 2, "{item}");
        let damaged: Vec<_> = entries.damaged().map(|damaged| damaged.field).collect();
        assert_eq!(damaged, [field], "{item}");
        assert_eq!(written(&entries), [good(1), item, good(3)]);
    }
}

#[test]
fn a_field_of_the_wrong_type_is_kept_unchanged() {
    for value in [
        "1e999",
        "-0",
        r#""\ud800""#,
        "{\"a\" : 1,\"a\":2}",
        "[ 1.50 ]",
    ] {
        let item = totp(&[("later", value)]);
        let entries = open(&[&item]);
        assert_eq!(entries.damaged().count(), 0, "{item}");
        assert!(written(&entries)[0].contains(&format!("\"later\":{value}")));
    }
}

#[test]
fn a_damaged_entry_has_its_own_id_if_no_other_item_has_it() {
    let own = Uuid::parse_str(ID).unwrap();
    let bad = totp(&[("digits", "5")]);
    let ids =
        |items: &[&str]| -> Vec<Uuid> { open(items).damaged().map(|damaged| damaged.id).collect() };
    assert_eq!(ids(&[&bad, &good(1)]), [own]);
    // A readable entry before or after it has the same id, or another damaged one.
    let read = totp(&[]);
    let [first] = ids(&[&bad, &read])[..] else {
        panic!("one is damaged")
    };
    assert_ne!(first, own);
    assert_eq!(ids(&[&read, &bad]), [first], "it comes from the text alone");
    let other = totp(&[("digits", "0")]);
    let both = ids(&[&bad, &other]);
    assert_eq!(both[0], first);
    assert!(both[1] != own && both[1] != first);
    // Equal texts have different ids.
    let equal = ids(&["null", "null", &good(1), "null"]);
    assert!(equal[0] != equal[1] && equal[1] != equal[2] && equal[0] != equal[2]);
    assert_eq!(
        equal,
        ids(&["null", &good(2), "null", "null"]),
        "the same whenever it is read"
    );
    // An entry claims the id that was derived for a text.
    let taken = totp(&[("id", &format!("\"{}\"", equal[0]))]);
    assert!(!ids(&[&taken, "null"]).contains(&equal[0]));
}

/// With quadratic time this test would take hours.
#[test]
fn many_equal_damaged_entries_have_different_ids() {
    let items = vec!["1"; 20_000];
    let ids = |entries: &VaultData| -> Vec<Uuid> {
        entries.damaged().map(|damaged| damaged.id).collect()
    };
    let entries = open(&items);
    let first = ids(&entries);
    assert_eq!(first.iter().collect::<HashSet<_>>().len(), items.len());
    assert_eq!(
        first[2],
        Uuid::parse_str("3fc18542-0670-8416-8ba3-e75ae0cb5eed").unwrap(),
        "documents that were read before keep their ids"
    );
    let again = VaultData::from_json(&entries.to_json()).unwrap();
    assert_eq!(ids(&again), first);
}

#[test]
fn the_second_entry_with_an_id_is_the_damaged_one() {
    let second = totp(&[("issuer", "\"Second\"")]);
    let entries = open(&[&totp(&[]), &second]);
    let first = entries.get(Uuid::parse_str(ID).unwrap()).unwrap();
    assert_eq!(first.issuer, "Bank");
    let damaged = entries.damaged().next().unwrap();
    assert_eq!(
        (damaged.issuer.as_str(), damaged.field),
        ("Second", Some("id"))
    );
}

#[test]
fn the_readable_parts_of_its_name_are_shown() {
    let long = "é".repeat(2000);
    for (issuer, account, expected) in [
        ("\"Bank\"", "\"jane\"", ("Bank", "jane")),
        // No part of a link is a name: its secret would be shown.
        (
            "\"otpauth://totp/x?secret=JBSWY3DP\"",
            "\"jane\"",
            ("", "jane"),
        ),
        (r#""\u202e B\u0061nk\n""#, "null", ("Bank", "")),
        ("5", "\"jane\"", ("", "jane")),
        (r#""\ud800""#, "", ("", "")),
        ("\"\"", &format!("\"{long}\""), ("", &long[..2048])),
    ] {
        let item = totp(&[("issuer", issuer), ("account", account), ("digits", "5")]);
        let entries = open(&[&item]);
        let damaged = entries.damaged().next().unwrap();
        assert_eq!(
            (damaged.issuer.as_str(), damaged.account.as_str()),
            expected
        );
    }
}

#[test]
fn a_damaged_entry_is_listed_at_its_position_and_found_by_its_name() {
    let at = |position| {
        totp(&[
            ("position", position),
            ("digits", "5"),
            ("favourite", "true"),
        ])
    };
    for (position, expected) in [
        ("\"i00002\"", ["good 1", "Bank", "good 3"]),
        ("\"i00000\"", ["Bank", "good 1", "good 3"]),
        ("\"x\"", ["good 1", "good 3", "Bank"]),
        ("7", ["good 1", "good 3", "Bank"]),
        ("", ["good 1", "good 3", "Bank"]),
    ] {
        let entries = open(&[&at(position), &good(1), &good(3)]);
        assert_eq!(listed_issuers(&entries, &all()), expected, "{position}");
    }
    let entries = open(&[&good(1), &at(""), "7", &good(3)]);
    let view = entries.list(&all());
    assert_eq!(
        (view.count, view.total, view.damaged, view.trashed),
        (4, 4, 2, 0)
    );
    let found = |text: &str| {
        let text = text.to_owned();
        entries
            .list(&trousseau_entries::Query { text, ..all() })
            .rows
            .iter()
            .map(|hit| hit.entry.issuer().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("BÄNK jane"), ["Bank"]);
    assert_eq!(
        found("JBSW"),
        Vec::<String>::new(),
        "its text is not searched"
    );
    let trash = trousseau_entries::Query {
        trash: true,
        ..all()
    };
    assert_eq!(entries.list(&trash).count, 0);
}

/// JSON values in unusual forms: escapes, numbers and white space that no app writes.
fn odd_value() -> impl Strategy<Value = String> {
    let leaf = select(vec![
        "0",
        "-0",
        "0.0",
        "1.50",
        "1e5",
        "1E+05",
        "-12.5e-3",
        "18446744073709551616",
        "1e999",
        "null",
        "true",
        r#""""#,
        r#""\u0041\n\/\"\\""#,
        r#""\ud83d\ude00""#,
        r#""\ud800""#,
        r#""é\u00e9""#,
    ]);
    let space = || select(vec!["", " ", "\n", "\t", "\r\n  "]);
    let leaf = leaf.prop_map(str::to_owned);
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let spaced = (space(), inner, space())
            .prop_map(|(before, value, after)| format!("{before}{value}{after}"));
        let field = (
            select(vec!["id", "secret", "digits", r"\u0069d", "é"]),
            space(),
            spaced.clone(),
        )
            .prop_map(|(name, space, value)| format!("\"{name}\"{space}:{value}"));
        prop_oneof![
            vec(spaced, 0..3).prop_map(|items| format!("[{}]", items.join(","))),
            vec(field, 0..3).prop_map(|fields| format!("{{{}}}", fields.join(" ,"))),
        ]
    })
}

proptest! {
    #[test]
    fn every_byte_of_damaged_items_is_kept(values in vec(odd_value(), 1..4), groups in odd_value(), preference in odd_value()) {
        let items: Vec<&str> = values.iter().map(String::as_str).collect();
        let entries = items.join(" ,\n");
        let json = format!(r#"{{"version":1,"entries":[{entries}],"groups":[{groups}],"preferences":{{"reveal_s":[{preference}]}}}}"#);
        let entries = VaultData::from_json(json.as_bytes()).unwrap();
        prop_assert_eq!(written(&entries), items);
        prop_assert_eq!(section(&entries, "groups"), format!("[{groups}]"));
        let preference = format!(r#""reveal_s":[{preference}]"#);
        prop_assert!(section(&entries, "preferences").contains(&preference));
        let again = VaultData::from_json(&entries.to_json()).unwrap();
        prop_assert!(again.to_json() == entries.to_json());
        let ids = |entries: &VaultData| entries.damaged().map(|damaged| damaged.id).collect::<Vec<_>>();
        prop_assert_eq!(ids(&again), ids(&entries));
    }
}
