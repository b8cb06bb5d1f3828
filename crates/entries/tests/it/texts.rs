use trousseau_entries::{Body, Changes, EditError, Entries, MAX_NAME_CHARS, MAX_NOTE_CHARS};
use trousseau_otp::KeyUri;

use crate::support::{NOW, entry, issuers, with_body};

/// A name typed by hand must come out as the same name scanned.
#[test]
fn names_are_cleaned_as_in_a_uri() {
    for (name, expected) in [
        ("Acme", "Acme"),
        ("  a\tb\r\nc  ", "a b  c"),
        ("a\0b\u{1b}c\u{85}d", "abc d"),
        ("\u{202e}moc.knab\u{202c}\u{2066}x\u{2069}", "moc.knabx"),
        ("\u{feff}a\u{2028}b\u{2029}", "a b"),
        ("👩\u{200d}💻", "👩\u{200d}💻"),
        ("\u{a0}é\u{a0}", "é"),
    ] {
        let mut entries = Entries::new();
        let id = entries.add(entry(name, ""), NOW).unwrap();
        assert_eq!(entries.get(id).unwrap().issuer, expected, "{name:?}");
        let escaped: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let uri = KeyUri::parse(&format!("otpauth://totp/x?secret=AA&issuer={escaped}"));
        assert_eq!(uri.map(|uri| uri.issuer), Ok(expected.into()), "{name:?}");
    }
}

#[test]
fn a_link_never_becomes_a_name() {
    let (mut entries, ids) = issuers(&["a"]);
    let link = "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP";
    let holds_link = Err(EditError::HoldsLink);
    assert_eq!(entries.add(entry(link, ""), NOW).map(drop), holds_link);
    assert_eq!(entries.add(entry("", link), NOW).map(drop), holds_link);
    assert_eq!(entries.add_group(link, NOW).map(drop), holds_link);
    let renamed = |issuer: &str| Changes {
        issuer: Some(issuer.into()),
        ..Changes::default()
    };
    assert_eq!(entries.edit(ids[0], renamed(link), NOW), holds_link);
    assert_eq!(entries.get(ids[0]).unwrap().issuer, "a");
    // One that an older version saved does not keep the rest from being changed.
    let json = String::from_utf8(entries.to_json().to_vec()).unwrap();
    let old = json.replace("\"issuer\":\"a\"", &format!("\"issuer\":\"{link}\""));
    let mut entries = Entries::from_json(old.as_bytes()).unwrap();
    let favourite = Changes {
        favourite: Some(true),
        ..renamed(link)
    };
    entries.edit(ids[0], favourite, NOW).unwrap();
    assert!(entries.get(ids[0]).unwrap().favourite);
}

#[test]
fn texts_have_a_longest_length() {
    let (mut entries, ids) = issuers(&["a"]);
    let (name, note) = ("é".repeat(MAX_NAME_CHARS), "é".repeat(MAX_NOTE_CHARS));
    let changes = |issuer: String, note: String| Changes {
        issuer: Some(issuer),
        note: Some(note),
        ..Changes::default()
    };
    entries
        .edit(ids[0], changes(format!(" {name} "), note.clone()), NOW)
        .unwrap();
    let revision = entries.revision();
    let too_long = |max| Err(EditError::FieldTooLong { max });
    let edited = entries.edit(ids[0], changes("b".into(), note + "x"), NOW);
    assert_eq!(edited, too_long(MAX_NOTE_CHARS));
    let longer = name.clone() + "x";
    for (issuer, account) in [(longer.as_str(), ""), ("", longer.as_str())] {
        let body = Body::Issued { codes: Vec::new() };
        let added = entries.add(with_body(issuer, account, body), NOW);
        assert_eq!(added.map(drop), too_long(MAX_NAME_CHARS));
    }
    assert_eq!((entries.revision(), entries.iter().count()), (revision, 1));
    assert_eq!(
        entries.get(ids[0]).unwrap().issuer,
        name,
        "a refused edit changes nothing"
    );
}
