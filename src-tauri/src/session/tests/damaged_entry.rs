//! An entry that cannot be read closes nothing: it is kept as it is, and deleted for ever by hand alone.

use trousseau_entries::{DAY_MS, TRASH_MS};
use trousseau_wire::Placement;

use super::*;

const FILES: [&str; 2] = ["vault.trousseau", "vault.trousseau.bak"];
/// No secret, no place, no time; the white space and the escapes are no app's.
const BAD: &str = r#"{ "id":"6b1f5c1e-3f0a-4a58-9d2e-0c5b8f6a7e10", "issuer":"Ba\u006ek",
"account":"jane","kind":"totp","digits":5.0e0,"secret":"JBSWY3DPEHPK3PXP" }"#;

/// A vault without a code, with two counters and [`BAD`] between them in both files; locked.
fn fixture() -> (Fixture, [String; 2]) {
    let fixture = Fixture::new();
    fixture.core.create_vault(Credential::Device, "").unwrap();
    let ids = ["a", "b"].map(|account| {
        add(
            &fixture.core,
            &HOTP.replace("hotp?", &format!("{account}?")),
        )
        .unwrap()
    });
    fixture.core.advance_counter(&ids[0]).unwrap();
    fixture.core.lock();
    for name in FILES {
        rewrite(&fixture, name, |payload| {
            payload.replacen("},{\"id\"", &format!("}},{BAD},{{\"id\""), 1)
        });
    }
    let fixture = fixture.restart();
    (fixture, ids)
}

fn rewrite(fixture: &Fixture, name: &str, edit: impl FnOnce(&str) -> String) {
    let OpenOutcome {
        mut vault, payload, ..
    } = opened(fixture, name);
    let before = std::str::from_utf8(&payload).unwrap();
    let after = edit(before);
    assert_ne!(before, after);
    std::fs::write(fixture.file(name), vault.seal(after.as_bytes()).unwrap()).unwrap();
}

fn unlock(fixture: &Fixture) {
    let status = fixture.core.unlock(Credential::Device, "").unwrap();
    assert_eq!(status.phase, Phase::Unlocked);
}

/// How often the damaged entry stands in the file as it was.
fn kept(fixture: &Fixture, name: &str) -> usize {
    let payload = opened(fixture, name).payload;
    std::str::from_utf8(&payload).unwrap().matches(BAD).count()
}

fn damaged_id(fixture: &Fixture) -> String {
    let rows = fixture.core.list_entries(&everything()).unwrap().rows;
    rows.into_iter()
        .find(|row| row.kind == Kind::Damaged)
        .unwrap()
        .id
}

#[test]
fn an_entry_that_cannot_be_read_closes_nothing() {
    let (fixture, [a, b]) = fixture();
    unlock(&fixture);
    let view = fixture.core.list_entries(&everything()).unwrap();
    let rows: Vec<_> = view
        .rows
        .iter()
        .map(|row| (row.kind, row.account.as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            (Kind::Hotp, "a"),
            (Kind::Hotp, "b"),
            (Kind::Damaged, "jane")
        ]
    );
    assert_eq!((view.count, view.total, view.damaged), (3, 3, 1));
    let details = fixture
        .core
        .damaged_entry_details(&view.rows[2].id)
        .unwrap();
    assert_eq!(
        (details.issuer.as_str(), details.field.as_deref()),
        ("Bank", Some("position"))
    );
    assert_eq!(details.id, "6b1f5c1e-3f0a-4a58-9d2e-0c5b8f6a7e10");
    assert_eq!(
        code(fixture.core.damaged_entry_details(&a)),
        ErrorCode::EntryNotFound
    );

    // The others are shown, and what is saved leaves it as it was.
    let code_of = |id: &str| fixture.core.advance_counter(id).unwrap().code.unwrap();
    assert_eq!(
        (code_of(&a), code_of(&b)),
        ("287082".into(), "755224".into())
    );
    fixture.core.trash_entry(&a).unwrap();
    let fixture = fixture.restart();
    unlock(&fixture);
    assert_eq!(fixture.core.list_entries(&everything()).unwrap().damaged, 1);
    assert_eq!(FILES.map(|name| kept(&fixture, name)), [1, 1]);
}

#[test]
fn nothing_can_be_done_with_a_damaged_entry_but_to_delete_it() {
    let (fixture, [a, _]) = fixture();
    unlock(&fixture);
    let (core, id) = (&fixture.core, damaged_id(&fixture));
    let group = core.add_group("g").unwrap().id;
    let changes = EntryChanges {
        issuer: "x".into(),
        account: String::new(),
        note: String::new(),
        favourite: true,
        icon: None,
    };
    let shown = CodeRef::Counter {
        counter: "0".into(),
    };
    for refused in [
        core.reveal(&id).map(drop),
        core.advance_counter(&id).map(drop),
        core.copy_code(&id, &shown).map(drop),
        core.check_codes(&id, ["287082", "359152"]).map(drop),
        core.entry_details(&id).map(drop),
        core.export_qr(&id).map(drop),
        core.update_entry(&id, changes).map(drop),
        core.set_groups(&id, &[group]).map(drop),
        core.move_entry(&id, Placement::Before, &a),
        core.trash_entry(&id),
        core.restore_entry(&id),
    ] {
        assert_eq!(code(refused), ErrorCode::EntryDamaged);
    }
    // Others move around it.
    core.move_entry(&a, Placement::After, &id).unwrap();
    core.empty_trash().unwrap();
    assert_eq!(kept(&fixture, FILES[0]), 1);
}

#[test]
fn neither_the_trash_nor_time_takes_a_damaged_entry() {
    let (fixture, [a, b]) = fixture();
    unlock(&fixture);
    fixture.core.trash_entry(&a).unwrap();
    fixture.core.empty_trash().unwrap();
    for _ in 0..3 {
        fixture.core.lock();
        fixture.pass(TRASH_MS + DAY_MS);
        unlock(&fixture);
        fixture.core.advance_counter(&b).unwrap();
    }
    assert_eq!(FILES.map(|name| kept(&fixture, name)), [1, 1]);
}

#[test]
fn a_damaged_entry_is_deleted_from_both_files_after_a_proof() {
    let (fixture, _) = fixture();
    unlock(&fixture);
    let id = damaged_id(&fixture);
    fixture.pass(30_001);
    assert_eq!(
        code(fixture.core.delete_entry(&id)),
        ErrorCode::ReauthRequired
    );
    fixture.core.reauthenticate(Credential::Device, "").unwrap();
    fixture.core.delete_entry(&id).unwrap();
    assert_eq!(FILES.map(|name| kept(&fixture, name)), [0, 0]);
    let view = fixture.core.list_entries(&everything()).unwrap();
    assert_eq!((view.total, view.damaged), (2, 0));
    assert_eq!(
        code(fixture.core.delete_entry(&id)),
        ErrorCode::EntryNotFound
    );
    assert_eq!(
        code(fixture.core.damaged_entry_details(&id)),
        ErrorCode::EntryNotFound
    );
}

#[test]
fn a_preference_that_cannot_be_read_closes_nothing() {
    let fixture = Fixture::new();
    fixture.core.create_vault(Credential::Device, "").unwrap();
    fixture.core.lock();
    let bad = r#""lock_after_s":"a while""#;
    rewrite(&fixture, FILES[0], |payload| {
        payload.replacen("\"lock_after_s\":60", bad, 1)
    });
    let fixture = fixture.restart();
    unlock(&fixture);
    let mut safety = fixture.core.security_settings().unwrap();
    assert_eq!(safety.lock_after_s, 60);
    safety.reveal_s = 15;
    fixture.core.set_security_settings(safety).unwrap();
    let holds = |text: &str| {
        let payload = opened(&fixture, FILES[0]).payload;
        std::str::from_utf8(&payload).unwrap().contains(text)
    };
    assert!(holds(bad) && holds("\"reveal_s\":15"));
    safety.lock_after_s = 300;
    fixture.core.set_security_settings(safety).unwrap();
    assert!(!holds(bad) && holds("\"lock_after_s\":300"));
}
