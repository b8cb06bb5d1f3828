use trousseau_entries::{Body, Entries, Known};

use crate::support::{NOW, entry, secret, totp, with_body};

fn of(issuer: &str, account: &str, key: &[u8]) -> trousseau_entries::NewEntry {
    with_body(
        issuer,
        account,
        Body::Otp {
            secret: secret(key),
            params: totp(),
        },
    )
}

#[test]
fn by_secret_first_then_by_name() {
    let mut entries = Entries::new();
    let acme = entries.add(of("Acmé", "john.doe", b"one"), NOW).unwrap();
    let other = entries.add(of("Other", "jane", b"two"), NOW).unwrap();
    let unnamed = entries.add(of("", "", b"three"), NOW).unwrap();
    entries
        .add(
            with_body("Codes", "", Body::Issued { codes: Vec::new() }),
            NOW,
        )
        .unwrap();
    for (issuer, account, key, expected) in [
        ("Acmé", "john.doe", &b"one"[..], Known::Same(acme)),
        (" ACME\n", "John.Doe", b"one", Known::Same(acme)),
        ("Acme", "jane", b"one", Known::SameSecret(acme)),
        ("Acme", "john.doe", b"two", Known::SameSecret(other)),
        ("Acme", "john.doe", b"new", Known::SameName(acme)),
        ("", "", b"three", Known::Same(unnamed)),
        ("", "", b"new", Known::New),
        ("Acme", "", b"new", Known::New),
        ("New", "new", b"new", Known::New),
    ] {
        let known = entries.known(issuer, account, &secret(key));
        assert_eq!(known, expected, "{issuer:?} {account:?}");
    }
}

#[test]
fn a_name_with_invisible_characters_is_the_same_name() {
    let mut entries = Entries::new();
    let acme = entries.add(of("Acme", "john", b"one"), NOW).unwrap();
    for issuer in [
        "Acme\u{2800}",
        "\u{3164}Ac\u{115f}me",
        "Ac\u{e0041}me\u{61c}",
        "A\u{e0100}cme\u{17b4}\u{fff9}",
    ] {
        let known = entries.known(issuer, "john", &secret(b"new"));
        assert_eq!(known, Known::SameName(acme), "{issuer:?}");
    }
    let blank = entries.known("\u{2800}", "\u{3164}", &secret(b"new"));
    assert_eq!(blank, Known::New, "two blanks are no name");
}

/// Two people may be called so; a search may still find both.
#[test]
fn an_umlaut_that_is_spelled_out_is_another_name() {
    let mut entries = Entries::new();
    entries.add(of("Acme", "mueller", b"one"), NOW).unwrap();
    let known = entries.known("Acme", "müller", &secret(b"new"));
    assert_eq!(known, Known::New);
    entries.add_group("Mueller", NOW).unwrap();
    entries.add_group("Müller", NOW).unwrap();
}

#[test]
fn the_same_beats_what_came_before() {
    let mut entries = Entries::new();
    entries.add(of("A", "a", b"other"), NOW).unwrap();
    entries.add(of("B", "b", b"one"), NOW).unwrap();
    let same = entries.add(of("A", "a", b"one"), NOW).unwrap();
    assert_eq!(entries.known("A", "a", &secret(b"one")), Known::Same(same));
}

#[test]
fn what_was_thrown_away_is_new_again() {
    let mut entries = Entries::new();
    let id = entries.add(entry("Acme", "john"), NOW).unwrap();
    let key = secret(b"Acme/john");
    entries.trash(id, NOW).unwrap();
    assert_eq!(entries.known("Acme", "john", &key), Known::New);
    entries.restore(id, NOW).unwrap();
    assert_eq!(entries.known("Acme", "john", &key), Known::Same(id));
}
