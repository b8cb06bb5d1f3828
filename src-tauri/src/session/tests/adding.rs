//! What is added, known already, changed and thrown away.

use super::*;

#[test]
fn what_is_known_is_said() {
    let (fixture, id) = Fixture::open();
    let known = |uri: &str| {
        fixture
            .core
            .import_text(uri)
            .unwrap()
            .drafts
            .remove(0)
            .duplicate
    };
    assert_eq!(known(URI), Duplicate::Same { id: id.clone() });
    assert!(matches!(
        known(&URI.replace("jane", "joan")),
        Duplicate::SameSecret { .. }
    ));
    assert_eq!(
        known(&URI.replace("GEZD", "AEZD")),
        Duplicate::SameName { id }
    );
    assert_eq!(known("otpauth://totp/New:one?secret=AAAA"), Duplicate::New);
}

#[test]
fn editing_trash_and_restoring() {
    let (fixture, id) = Fixture::open();
    let changes = EntryChanges {
        issuer: "Caisse".into(),
        account: "j".into(),
        note: "n".into(),
        favourite: true,
        icon: Some("github".into()),
    };
    let edited = fixture.core.update_entry(&id, changes).unwrap();
    assert_eq!(edited.issuer, "Caisse");
    let row = fixture
        .core
        .list_entries(&everything())
        .unwrap()
        .rows
        .remove(0);
    assert_eq!(edited.icon.as_deref(), Some("github"));
    assert_eq!(row.icon.as_deref(), Some("github"));
    fixture.core.trash_entry(&id).unwrap();
    assert_eq!(code(fixture.core.reveal(&id)), ErrorCode::EntryNotFound);
    let page = fixture.core.list_entries(&everything()).unwrap();
    assert_eq!((page.total, page.trashed), (0, 1));
    fixture.core.restore_entry(&id).unwrap();
    assert_eq!(
        fixture.core.reveal(&id).unwrap().code.as_deref(),
        Some("94287082")
    );
}
