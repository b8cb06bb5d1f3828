use trousseau_entries::{Duplicate, EntryContent, VaultData};

use crate::support::{NOW, entry, secret, totp, with_body};

fn of(issuer: &str, account: &str, key: &[u8]) -> trousseau_entries::NewEntry {
    with_body(
        issuer,
        account,
        EntryContent::Otp {
            secret: secret(key),
            params: totp(),
        },
    )
}

#[test]
fn duplicates_are_found_by_secret_then_by_name() {
    let mut entries = VaultData::new();
    let acme = entries.add(of("Acmé", "john.doe", b"one"), NOW).unwrap();
    let other = entries.add(of("Other", "jane", b"two"), NOW).unwrap();
    let unnamed = entries.add(of("", "", b"three"), NOW).unwrap();
    entries
        .add(
            with_body("Codes", "", EntryContent::Issued { codes: Vec::new() }),
            NOW,
        )
        .unwrap();
    for (issuer, account, key, expected) in [
        ("Acmé", "john.doe", &b"one"[..], Duplicate::Same(acme)),
        (" ACME\n", "John.Doe", b"one", Duplicate::Same(acme)),
        ("Acme", "jane", b"one", Duplicate::SameSecret(acme)),
        ("Acme", "john.doe", b"two", Duplicate::SameSecret(other)),
        ("Acme", "john.doe", b"new", Duplicate::SameName(acme)),
        ("", "", b"three", Duplicate::Same(unnamed)),
        ("", "", b"new", Duplicate::New),
        ("Acme", "", b"new", Duplicate::New),
        ("New", "new", b"new", Duplicate::New),
    ] {
        let known = entries.find_duplicate(issuer, account, &secret(key));
        assert_eq!(known, expected, "{issuer:?} {account:?}");
    }
}

#[test]
fn a_name_with_invisible_characters_is_the_same_name() {
    let mut entries = VaultData::new();
    let acme = entries.add(of("Acme", "john", b"one"), NOW).unwrap();
    for issuer in [
        "Acme\u{2800}",
        "\u{3164}Ac\u{115f}me",
        "Ac\u{e0041}me\u{61c}",
        "A\u{e0100}cme\u{17b4}\u{fff9}",
    ] {
        let known = entries.find_duplicate(issuer, "john", &secret(b"new"));
        assert_eq!(known, Duplicate::SameName(acme), "{issuer:?}");
    }
    let blank = entries.find_duplicate("\u{2800}", "\u{3164}", &secret(b"new"));
    assert_eq!(blank, Duplicate::New, "two blanks are no name");
}

/// Two people may have these names. A search finds both.
#[test]
fn an_umlaut_spelled_out_is_another_name() {
    let mut entries = VaultData::new();
    entries.add(of("Acme", "mueller", b"one"), NOW).unwrap();
    let known = entries.find_duplicate("Acme", "müller", &secret(b"new"));
    assert_eq!(known, Duplicate::New);
    entries.add_group("Mueller", NOW).unwrap();
    entries.add_group("Müller", NOW).unwrap();
}

#[test]
fn an_equal_entry_wins_over_earlier_similar_ones() {
    let mut entries = VaultData::new();
    entries.add(of("A", "a", b"other"), NOW).unwrap();
    entries.add(of("B", "b", b"one"), NOW).unwrap();
    let same = entries.add(of("A", "a", b"one"), NOW).unwrap();
    assert_eq!(
        entries.find_duplicate("A", "a", &secret(b"one")),
        Duplicate::Same(same)
    );
}

#[test]
fn entries_in_the_trash_are_no_duplicates() {
    let mut entries = VaultData::new();
    let id = entries.add(entry("Acme", "john"), NOW).unwrap();
    let key = secret(b"Acme/john");
    entries.trash(id, NOW).unwrap();
    assert_eq!(entries.find_duplicate("Acme", "john", &key), Duplicate::New);
    entries.restore(id, NOW).unwrap();
    assert_eq!(
        entries.find_duplicate("Acme", "john", &key),
        Duplicate::Same(id)
    );
}
