use serde_json::{Value, json};
use trousseau_entries::{EntryContent, EntryPatch, Kind, ParseError, VaultData};
use trousseau_otp::OtpParams;

use crate::support::{NOW, all, listed_issuers, read, written};

const ID: &str = "6b1f5c1e-3f0a-4a58-9d2e-0c5b8f6a7e10";

/// One entry of each kind, every field in it, as version 1 writes it.
const EVERYTHING: &str = include_str!("everything.json");

fn everything() -> Value {
    serde_json::from_str(EVERYTHING).unwrap()
}

fn minimal(fields: Value) -> Value {
    let mut entry =
        json!({"id": ID, "kind": "steam", "secret": "MFRGG", "position": "i00000", "created": 1});
    entry
        .as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    json!({"version": 1, "entries": [entry]})
}

#[test]
fn every_field_survives_a_round_trip() {
    let entries = VaultData::from_json(EVERYTHING.as_bytes()).unwrap();
    let kinds: Vec<_> = entries.iter().map(|entry| entry.kind()).collect();
    let expected = [
        Kind::Totp,
        Kind::Hotp,
        Kind::Steam,
        Kind::Issued,
        Kind::Message,
        Kind::Other,
        Kind::Other,
    ];
    assert_eq!(kinds, expected);
    assert_eq!(written(&entries), everything());
}

#[test]
fn fields_are_written_in_a_fixed_order() {
    let first = VaultData::from_json(EVERYTHING.as_bytes())
        .unwrap()
        .to_json();
    let second = VaultData::from_json(&first).unwrap().to_json();
    assert!(first == second);
    let text = std::str::from_utf8(&first).unwrap();
    assert!(
        text.starts_with(r#"{"version":1,"entries":[{"id":""#),
        "{}",
        &text[..40]
    );
}

#[test]
fn the_buffer_never_grows() {
    let json = VaultData::from_json(EVERYTHING.as_bytes())
        .unwrap()
        .to_json();
    assert_eq!(json.capacity(), json.len());
}

#[test]
fn counters_are_exact() {
    for counter in [0, 1, (1 << 53) + 1, u64::MAX] {
        let json =
            minimal(json!({"kind": "hotp", "algorithm": "SHA1", "digits": 6, "counter": counter}));
        let entries = read(&json).unwrap();
        let Some(EntryContent::Otp {
            params: OtpParams::Hotp { counter: read, .. },
            ..
        }) = entries.iter().next().map(|e| &e.content)
        else {
            panic!("not a counter");
        };
        assert_eq!(*read, counter);
        assert_eq!(written(&entries)["entries"][0]["counter"], counter);
    }
}

#[test]
fn absent_fields_have_their_default() {
    let entries = read(&minimal(json!({}))).unwrap();
    let entry = entries.iter().next().unwrap();
    assert!(
        entry.issuer.is_empty()
            && entry.note.is_empty()
            && entry.groups.is_empty()
            && entry.unknown_params.is_empty()
    );
    assert!(!entry.favourite && entry.last_used.is_none() && entry.trashed.is_none());
    assert_eq!((entry.use_count, entry.modified_ms()), (0, 1));
    assert_eq!(entries.settings().clipboard_s, 30);
    assert!(
        VaultData::from_json(br#"{"version":1}"#)
            .unwrap()
            .iter()
            .next()
            .is_none()
    );
}

#[test]
fn an_unknown_kind_is_kept_unchanged() {
    let later = json!({"kind": "passkey", "secret": "not base32!", "digits": 99, "relying_party": {"id": "x"}});
    let mut entries = read(&minimal(later)).unwrap();
    let entry = entries.iter().next().unwrap();
    let id = entry.id;
    assert!(
        matches!(&entry.content, EntryContent::Other { origin, data } if origin == "passkey" && data.text() == "{}")
    );
    assert!(entry.otp().is_none());
    let changes = EntryPatch {
        issuer: Some("named".into()),
        ..EntryPatch::default()
    };
    entries.edit(id, changes, NOW).unwrap();
    assert_eq!(listed_issuers(&entries, &all()), ["named"]);
    let entry = written(&entries)["entries"][0].clone();
    assert_eq!(
        (&entry["kind"], &entry["secret"], &entry["digits"]),
        (&json!("passkey"), &json!("not base32!"), &json!(99))
    );
    assert_eq!(entry["relying_party"], json!({"id": "x"}));
    assert!(entry.get("origin").is_none() && entry.get("data").is_none());
}

#[test]
fn the_data_of_other_entries_is_kept_byte_for_byte() {
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(1000), "]".repeat(1000));
    for data in [
        r#"{"b":12345678901234567890123,"c":1,"c":2,"f":0.1000000000000000055511151231257827,"z":1e2}"#,
        r#"{ "z" : 1.50, "a" : [ -0, 1e999 ] }"#,
        r#"{"a":"\u0041\/","b":"\ud800"}"#,
        "{}",
        &deep,
    ] {
        let json = format!(
            r#"{{"version":1,"entries":[{{"id":"{ID}","kind":"other","position":"i00000","created":1,"origin":"x","data":{data}}}]}}"#
        );
        let mut entries = VaultData::from_json(json.as_bytes()).unwrap();
        let id = entries.iter().next().unwrap().id;
        entries.trash(id, NOW).unwrap();
        let json = entries.to_json();
        let text = std::str::from_utf8(&json).unwrap();
        assert!(text.contains(&format!("\"data\":{data}")), "{text}");
        assert_eq!(json.capacity(), json.len());
        let again = VaultData::from_json(&json).unwrap();
        assert!(again.iter().eq(entries.iter()));
    }
    for absent in [json!({}), json!({"data": null})] {
        let mut fields = json!({"kind": "other"});
        fields
            .as_object_mut()
            .unwrap()
            .extend(absent.as_object().unwrap().clone());
        let entries = read(&minimal(fields)).unwrap();
        assert_eq!(written(&entries)["entries"][0]["data"], json!({}));
    }
}

#[test]
fn damage_is_reported_with_its_field() {
    let otp = |fields: Value| {
        let mut all = json!({"kind": "totp", "algorithm": "SHA1", "digits": 6, "period": 30});
        all.as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        minimal(all)
    };
    for (json, field) in [
        (minimal(json!({"id": null})), "id"),
        (minimal(json!({"id": "x"})), "id"),
        (minimal(json!({"kind": 1})), "kind"),
        (minimal(json!({"created": null})), "created"),
        (minimal(json!({"created": -1})), "created"),
        (minimal(json!({"position": ""})), "position"),
        (minimal(json!({"position": "I00000"})), "position"),
        (minimal(json!({"issuer": 1})), "issuer"),
        (minimal(json!({"groups": ["x"]})), "groups"),
        (minimal(json!({"modified": {"issuer": "x"}})), "modified"),
        (minimal(json!({"extra": [["x"]]})), "extra"),
        (minimal(json!({"use_count": 1u64 << 32})), "use_count"),
        (otp(json!({"secret": null})), "secret"),
        (otp(json!({"secret": ""})), "secret"),
        (otp(json!({"secret": "A1"})), "secret"),
        (otp(json!({"algorithm": "MD5"})), "algorithm"),
        (otp(json!({"algorithm": "sha1"})), "algorithm"),
        (otp(json!({"digits": 5})), "digits"),
        (otp(json!({"digits": 11})), "digits"),
        (otp(json!({"digits": 262})), "digits"),
        (otp(json!({"period": 0})), "period"),
        (otp(json!({"period": 3601})), "period"),
        (otp(json!({"kind": "hotp"})), "counter"),
        (otp(json!({"kind": "hotp", "counter": 1.5})), "counter"),
        (
            minimal(json!({"kind": "issued", "codes": [{"used_at": 1}]})),
            "codes",
        ),
        (
            minimal(json!({"kind": "message", "holds_for": "x"})),
            "holds_for",
        ),
        (minimal(json!({"kind": "other", "data": []})), "data"),
        (minimal(json!({"kind": "other", "data": "{}"})), "data"),
    ] {
        let entries = read(&json).unwrap();
        let damaged: Vec<_> = entries.damaged().map(|damaged| damaged.field).collect();
        assert_eq!(damaged, [Some(field)], "{json}");
        assert_eq!(written(&entries)["entries"], json["entries"]);
    }
}

#[test]
fn other_documents_are_refused() {
    let invalid = |field| ParseError::Invalid { field };
    for (json, expected) in [
        (json!({}), invalid("version")),
        (json!({"version": 0}), invalid("version")),
        (json!({"version": "1"}), invalid("version")),
        (
            json!({"version": 2}),
            ParseError::UnsupportedVersion { version: 2 },
        ),
        (
            json!({"version": 7, "entries": "another shape"}),
            ParseError::UnsupportedVersion { version: 7 },
        ),
        (json!({"version": 1, "entries": {}}), invalid("entries")),
        (json!({"version": 1, "entries": "x"}), invalid("entries")),
    ] {
        assert_eq!(read(&json).err(), Some(expected), "{json}");
    }
    let place = |bytes: &[u8]| match VaultData::from_json(bytes).err() {
        Some(ParseError::Malformed { line, column }) => (line, column),
        _ => panic!("not malformed"),
    };
    assert_eq!(place(b""), (1, 0));
    assert_eq!(place(b"[]"), (1, 0));
    assert_eq!(place(b"{\n\"version\": 1,\n x"), (3, 2));
    assert_eq!(place(b"{\"version\": 1} x"), (1, 16));
    assert_eq!(place(b"{\"a\": \"\xff\"}"), (1, 8));
    let depth = [b"{\"a\":".as_slice(), &b"[".repeat(100_000)].concat();
    assert_eq!(place(&depth).0, 1, "nesting has an end");
}
