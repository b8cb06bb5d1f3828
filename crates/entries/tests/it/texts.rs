use trousseau_entries::{
    EditError, EntryContent, EntryPatch, MAX_NAME_CHARS, MAX_NOTE_CHARS, VaultData,
};
use trousseau_otp::KeyUri;

use crate::support::{NOW, entry, issuers, with_body};

/// A typed name and the same name in a scanned URI give the same text.
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
        let mut entries = VaultData::new();
        let id = entries.add(entry(name, ""), NOW).unwrap();
        assert_eq!(entries.get(id).unwrap().issuer, expected, "{name:?}");
        let escaped: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let uri = KeyUri::parse(&format!("otpauth://totp/x?secret=AA&issuer={escaped}"));
        assert_eq!(uri.map(|uri| uri.issuer), Ok(expected.into()), "{name:?}");
    }
}

#[test]
fn a_name_with_a_link_is_refused() {
    let (mut entries, ids) = issuers(&["a"]);
    let link = "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP";
    let holds_link = Err(EditError::ContainsLink);
    assert_eq!(entries.add(entry(link, ""), NOW).map(drop), holds_link);
    assert_eq!(entries.add(entry("", link), NOW).map(drop), holds_link);
    assert_eq!(entries.add_group(link, NOW).map(drop), holds_link);
    let renamed = |issuer: &str| EntryPatch {
        issuer: Some(issuer.into()),
        ..EntryPatch::default()
    };
    assert_eq!(entries.edit(ids[0], renamed(link), NOW), holds_link);
    assert_eq!(entries.get(ids[0]).unwrap().issuer, "a");
    // An old name with a link does not prevent other changes.
    let json = String::from_utf8(entries.to_json().to_vec()).unwrap();
    let old = json.replace("\"issuer\":\"a\"", &format!("\"issuer\":\"{link}\""));
    let mut entries = VaultData::from_json(old.as_bytes()).unwrap();
    let favourite = EntryPatch {
        favourite: Some(true),
        ..renamed(link)
    };
    entries.edit(ids[0], favourite, NOW).unwrap();
    assert!(entries.get(ids[0]).unwrap().favourite);
}

#[test]
fn the_length_of_texts_is_limited() {
    let (mut entries, ids) = issuers(&["a"]);
    let (name, note) = ("é".repeat(MAX_NAME_CHARS), "é".repeat(MAX_NOTE_CHARS));
    let changes = |issuer: String, note: String| EntryPatch {
        issuer: Some(issuer),
        note: Some(note),
        ..EntryPatch::default()
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
        let content = EntryContent::Issued { codes: Vec::new() };
        let added = entries.add(with_body(issuer, account, content), NOW);
        assert_eq!(added.map(drop), too_long(MAX_NAME_CHARS));
    }
    assert_eq!((entries.revision(), entries.iter().count()), (revision, 1));
    assert_eq!(
        entries.get(ids[0]).unwrap().issuer,
        name,
        "a refused edit changes nothing"
    );
}
