//! What is added, known already, changed and thrown away.

use super::*;

#[test]
fn what_is_known_is_said() {
    let (bench, id) = Bench::open();
    let known = |uri: &str| bench.core.read_text(uri).unwrap().drafts.remove(0).known;
    assert_eq!(known(URI), Known::Same { id: id.clone() });
    assert!(matches!(
        known(&URI.replace("jane", "joan")),
        Known::SameSecret { .. }
    ));
    assert_eq!(known(&URI.replace("GEZD", "AEZD")), Known::SameName { id });
    assert_eq!(known("otpauth://totp/New:one?secret=AAAA"), Known::New);
}

#[test]
fn editing_trash_and_restoring() {
    let (bench, id) = Bench::open();
    let changes = EntryChanges {
        issuer: "Caisse".into(),
        account: "j".into(),
        note: "n".into(),
        favourite: true,
        icon: Some("github".into()),
    };
    let edited = bench.core.edit_entry(&id, changes).unwrap();
    assert_eq!(edited.issuer, "Caisse");
    let row = bench.core.view(&everything()).unwrap().rows.remove(0);
    assert_eq!(edited.icon.as_deref(), Some("github"));
    assert_eq!(row.icon.as_deref(), Some("github"));
    bench.core.trash_entry(&id).unwrap();
    assert_eq!(code(bench.core.reveal(&id)), ErrorCode::EntryGone);
    let page = bench.core.view(&everything()).unwrap();
    assert_eq!((page.total, page.trashed), (0, 1));
    bench.core.restore_entry(&id).unwrap();
    assert_eq!(
        bench.core.reveal(&id).unwrap().code.as_deref(),
        Some("94287082")
    );
}
