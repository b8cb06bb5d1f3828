//! An entry that cannot be read closes nothing: it is kept as it is, and deleted for ever by hand alone.

use trousseau_entries::{DAY_MS, TRASH_MS};
use trousseau_wire::Side;

use super::*;

const FILES: [&str; 2] = ["vault.trousseau", "vault.trousseau.bak"];
/// No secret, no place, no time; the white space and the escapes are no app's.
const BAD: &str = r#"{ "id":"6b1f5c1e-3f0a-4a58-9d2e-0c5b8f6a7e10", "issuer":"Ba\u006ek",
"account":"jane","kind":"totp","digits":5.0e0,"secret":"JBSWY3DPEHPK3PXP" }"#;

/// A vault without a code, with two counters and [`BAD`] between them in both files; locked.
fn bench() -> (Bench, [String; 2]) {
    let bench = Bench::new();
    bench.core.create_vault(Credential::Device, "").unwrap();
    let ids = ["a", "b"]
        .map(|account| add(&bench.core, &HOTP.replace("hotp?", &format!("{account}?"))).unwrap());
    bench.core.advance_counter(&ids[0]).unwrap();
    bench.core.lock();
    for name in FILES {
        rewrite(&bench, name, |payload| {
            payload.replacen("},{\"id\"", &format!("}},{BAD},{{\"id\""), 1)
        });
    }
    let bench = bench.restart();
    (bench, ids)
}

fn rewrite(bench: &Bench, name: &str, edit: impl FnOnce(&str) -> String) {
    let OpenOutcome {
        mut vault, payload, ..
    } = opened(bench, name);
    let before = std::str::from_utf8(&payload).unwrap();
    let after = edit(before);
    assert_ne!(before, after);
    std::fs::write(bench.file(name), vault.seal(after.as_bytes()).unwrap()).unwrap();
}

fn unlock(bench: &Bench) {
    let status = bench.core.unlock(Credential::Device, "").unwrap();
    assert_eq!(status.phase, Phase::Unlocked);
}

/// How often the damaged entry stands in the file as it was.
fn kept(bench: &Bench, name: &str) -> usize {
    let payload = opened(bench, name).payload;
    std::str::from_utf8(&payload).unwrap().matches(BAD).count()
}

fn damaged_id(bench: &Bench) -> String {
    let rows = bench.core.view(&everything()).unwrap().rows;
    rows.into_iter()
        .find(|row| row.kind == Kind::Damaged)
        .unwrap()
        .id
}

#[test]
fn an_entry_that_cannot_be_read_closes_nothing() {
    let (bench, [a, b]) = bench();
    unlock(&bench);
    let view = bench.core.view(&everything()).unwrap();
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
    let details = bench.core.damaged_details(&view.rows[2].id).unwrap();
    assert_eq!(
        (details.issuer.as_str(), details.field.as_deref()),
        ("Bank", Some("position"))
    );
    assert_eq!(details.id, "6b1f5c1e-3f0a-4a58-9d2e-0c5b8f6a7e10");
    assert_eq!(code(bench.core.damaged_details(&a)), ErrorCode::EntryGone);

    // The others are shown, and what is saved leaves it as it was.
    let code_of = |id: &str| bench.core.advance_counter(id).unwrap().code.unwrap();
    assert_eq!(
        (code_of(&a), code_of(&b)),
        ("287082".into(), "755224".into())
    );
    bench.core.trash_entry(&a).unwrap();
    let bench = bench.restart();
    unlock(&bench);
    assert_eq!(bench.core.view(&everything()).unwrap().damaged, 1);
    assert_eq!(FILES.map(|name| kept(&bench, name)), [1, 1]);
}

#[test]
fn nothing_can_be_done_with_a_damaged_entry_but_to_delete_it() {
    let (bench, [a, _]) = bench();
    unlock(&bench);
    let (core, id) = (&bench.core, damaged_id(&bench));
    let group = core.add_group("g").unwrap().id;
    let changes = EntryChanges {
        issuer: "x".into(),
        account: String::new(),
        note: String::new(),
        favourite: true,
        icon: None,
    };
    let shown = Shown::Counter {
        counter: "0".into(),
    };
    for refused in [
        core.reveal(&id).map(drop),
        core.advance_counter(&id).map(drop),
        core.copy_code(&id, &shown).map(drop),
        core.diagnose(&id, ["287082", "359152"]).map(drop),
        core.details(&id).map(drop),
        core.show_qr(&id).map(drop),
        core.edit_entry(&id, changes).map(drop),
        core.set_groups(&id, &[group]).map(drop),
        core.move_entry(&id, Side::Before, &a),
        core.trash_entry(&id),
        core.restore_entry(&id),
    ] {
        assert_eq!(code(refused), ErrorCode::EntryDamaged);
    }
    // Others move around it.
    core.move_entry(&a, Side::After, &id).unwrap();
    core.empty_trash().unwrap();
    assert_eq!(kept(&bench, FILES[0]), 1);
}

#[test]
fn neither_the_trash_nor_time_takes_a_damaged_entry() {
    let (bench, [a, b]) = bench();
    unlock(&bench);
    bench.core.trash_entry(&a).unwrap();
    bench.core.empty_trash().unwrap();
    for _ in 0..3 {
        bench.core.lock();
        bench.pass(TRASH_MS + DAY_MS);
        unlock(&bench);
        bench.core.advance_counter(&b).unwrap();
    }
    assert_eq!(FILES.map(|name| kept(&bench, name)), [1, 1]);
}

#[test]
fn a_damaged_entry_is_deleted_from_both_files_after_a_proof() {
    let (bench, _) = bench();
    unlock(&bench);
    let id = damaged_id(&bench);
    bench.pass(30_001);
    assert_eq!(code(bench.core.purge_entry(&id)), ErrorCode::ReauthRequired);
    bench.core.prove(Credential::Device, "").unwrap();
    bench.core.purge_entry(&id).unwrap();
    assert_eq!(FILES.map(|name| kept(&bench, name)), [0, 0]);
    let view = bench.core.view(&everything()).unwrap();
    assert_eq!((view.total, view.damaged), (2, 0));
    assert_eq!(code(bench.core.purge_entry(&id)), ErrorCode::EntryGone);
    assert_eq!(code(bench.core.damaged_details(&id)), ErrorCode::EntryGone);
}

#[test]
fn a_preference_that_cannot_be_read_closes_nothing() {
    let bench = Bench::new();
    bench.core.create_vault(Credential::Device, "").unwrap();
    bench.core.lock();
    let bad = r#""lock_after_s":"a while""#;
    rewrite(&bench, FILES[0], |payload| {
        payload.replacen("\"lock_after_s\":60", bad, 1)
    });
    let bench = bench.restart();
    unlock(&bench);
    let mut safety = bench.core.safety().unwrap();
    assert_eq!(safety.lock_after_s, 60);
    safety.reveal_s = 15;
    bench.core.set_safety(safety).unwrap();
    let holds = |text: &str| {
        let payload = opened(&bench, FILES[0]).payload;
        std::str::from_utf8(&payload).unwrap().contains(text)
    };
    assert!(holds(bad) && holds("\"reveal_s\":15"));
    safety.lock_after_s = 300;
    bench.core.set_safety(safety).unwrap();
    assert!(!holds(bad) && holds("\"lock_after_s\":300"));
}
