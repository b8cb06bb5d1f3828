//! A lock in the middle of something: nothing that was begun is lost, nothing is half done.

use super::*;

const PLACE: &str = r#"{"stack":[{"name":"edit"}],"typed":{"note":"presque fini"}}"#;

fn drafts(fixture: &Fixture) -> Vec<String> {
    let resumed = fixture.core.restore_ui_state().unwrap();
    resumed
        .drafts
        .into_iter()
        .map(|draft| draft.draft_id)
        .collect()
}

#[test]
fn drafts_return_in_the_order_in_which_they_were_read() {
    let (fixture, _) = Fixture::open();
    let links: Vec<_> = (0..9)
        .map(|at| HOTP.replace("hotp?", &format!("{at}?")))
        .collect();
    let read = fixture.core.import_text(&links.join("\n")).unwrap().drafts;
    let read: Vec<_> = read.into_iter().map(|draft| draft.draft_id).collect();
    assert_eq!(read.len(), 9);
    assert_eq!(drafts(&fixture), read);
    fixture.core.lock();
    fixture.unlock().unwrap();
    assert_eq!(drafts(&fixture), read);
}

#[test]
fn drafts_and_the_place_return_after_the_unlock() {
    let (fixture, _) = Fixture::open();
    let read = fixture.core.import_text(HOTP).unwrap().drafts.remove(0);
    fixture.core.save_ui_state(Some(PLACE.into())).unwrap();
    fixture.core.lock();
    assert_eq!(code(fixture.core.restore_ui_state()), ErrorCode::Locked);
    assert_eq!(code(fixture.core.save_ui_state(None)), ErrorCode::Locked);
    fixture.unlock().unwrap();
    let resumed = fixture.core.restore_ui_state().unwrap();
    assert_eq!(resumed.ui_state.as_deref(), Some(PLACE));
    assert_eq!(resumed.drafts.len(), 1);
    assert_eq!(resumed.drafts[0].draft_id, read.draft_id);
    fixture.core.save_ui_state(None).unwrap();
    assert_eq!(
        fixture.core.restore_ui_state().unwrap().ui_state,
        None,
        "it is done with"
    );
    let names = DraftChanges {
        issuer: "Portail".into(),
        account: "hotp".into(),
    };
    let id = fixture.core.save_draft(&read.draft_id, names).unwrap().id;
    assert_eq!(
        fixture.core.advance_counter(&id).unwrap().code.as_deref(),
        Some("755224"),
        "with the secret that was read before the lock"
    );
    fixture.core.lock();
    fixture.unlock().unwrap();
    assert!(
        drafts(&fixture).is_empty(),
        "what was saved is no draft any more"
    );
}

#[test]
fn what_waits_is_sealed_and_never_on_disk() {
    let (fixture, _) = Fixture::open();
    fixture.core.import_text(HOTP).unwrap();
    fixture.core.save_ui_state(Some(PLACE.into())).unwrap();
    fixture.core.lock();
    let session = fixture.core.session();
    let kept = session.suspended.as_ref().expect("something was begun");
    for clear in [&b"GEZDGNBVGY3TQOJQ"[..], b"presque fini", b"otpauth"] {
        assert!(!kept.windows(clear.len()).any(|part| part == clear));
    }
    let files: Vec<_> = std::fs::read_dir(fixture.folder.path())
        .unwrap()
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect();
    assert!(
        files
            .iter()
            .all(|bytes| !bytes.windows(kept.len()).any(|part| part == &kept[..]))
    );
}

#[test]
fn another_vault_gets_nothing_of_it() {
    let (fixture, _) = Fixture::open();
    fixture.core.import_text(HOTP).unwrap();
    fixture.core.lock();
    let (other, _) = Fixture::open();
    other.core.lock();
    for name in ["vault.trousseau", "vault.trousseau.bak"] {
        std::fs::copy(other.file(name), fixture.file(name)).unwrap();
    }
    fixture.unlock().unwrap();
    let session = fixture.core.session();
    let drafts = &session.unlocked().unwrap().drafts;
    assert!(drafts.iter().next().is_none());
}

/// The longest note that an entry takes, each character three bytes, and the ids of as many drafts as are held.
#[test]
fn a_place_with_a_long_note_and_many_drafts_returns() {
    let (fixture, _) = Fixture::open();
    let note = "鍵".repeat(trousseau_entries::MAX_NOTE_CHARS);
    let ids = vec!["00000000-0000-4000-8000-000000000000"; 10_000];
    let place = serde_json::json!({ "typed": { "note": note }, "drafts": ids }).to_string();
    fixture.core.save_ui_state(Some(place.clone())).unwrap();
    fixture.core.lock();
    fixture.unlock().unwrap();
    assert_eq!(
        fixture.core.restore_ui_state().unwrap().ui_state,
        Some(place)
    );
}

#[test]
fn too_long_a_place_is_refused_and_a_lock_without_anything_begun_keeps_nothing() {
    let (fixture, _) = Fixture::open();
    let long = "x".repeat(1024 * 1024 + 1);
    assert_eq!(
        code(fixture.core.save_ui_state(Some(long))),
        ErrorCode::TextTooLong
    );
    fixture.core.lock();
    assert!(fixture.core.session().suspended.is_none());
}

/// Locked over and over while entries are saved: each is saved whole or still a draft.
#[test]
fn a_lock_during_a_save_loses_neither_the_entry_nor_the_draft() {
    let fixture = Fixture::new();
    fixture.core.create_vault(Credential::Device, "").unwrap();
    let names = |n: u32| DraftChanges {
        issuer: "Portail".into(),
        account: n.to_string(),
    };
    let mut waiting = Vec::new();
    for n in 0..40 {
        let uri = URI.replace("jane", &n.to_string());
        waiting.push(
            fixture
                .core
                .import_text(&uri)
                .unwrap()
                .drafts
                .remove(0)
                .draft_id,
        );
    }
    let saved = std::thread::scope(|scope| {
        let saving = scope.spawn(|| {
            let mut saved = 0;
            for (n, draft) in (0..).zip(&waiting) {
                match fixture.core.save_draft(draft, names(n)) {
                    Ok(_) => saved += 1,
                    Err(error) => assert_eq!(error.code(), ErrorCode::Locked),
                }
            }
            saved
        });
        while !saving.is_finished() {
            fixture.core.lock();
            fixture.core.unlock(Credential::Device, "").unwrap();
        }
        saving.join().unwrap()
    });
    let total = fixture.core.list_entries(&everything()).unwrap().total;
    assert_eq!(
        total, saved,
        "what was said to be saved is there, and nothing else"
    );
    assert_eq!(drafts(&fixture).len(), waiting.len() - saved as usize);
}

/// A scan goes on while the app locks: what it reads then is refused, and the next scan works.
#[test]
fn a_lock_during_a_scan_refuses_the_frame_and_keeps_what_was_read() {
    let (fixture, _) = Fixture::open();
    let empty_frame = [&8_u16.to_le_bytes()[..], &8_u16.to_le_bytes(), &[255; 64]].concat();
    assert!(
        fixture
            .core
            .scan_frame(&empty_frame)
            .unwrap()
            .drafts
            .is_empty()
    );
    let first = fixture.core.import_texts(&[HOTP]).unwrap().drafts.remove(0);
    fixture.core.lock();
    assert_eq!(
        code(fixture.core.scan_frame(&empty_frame)),
        ErrorCode::Locked
    );
    assert_eq!(code(fixture.core.import_texts(&[URI])), ErrorCode::Locked);
    fixture.unlock().unwrap();
    assert_eq!(drafts(&fixture), [first.draft_id]);
    assert!(fixture.core.scan_frame(&empty_frame).is_ok());
}
