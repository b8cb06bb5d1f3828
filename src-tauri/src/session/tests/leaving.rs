//! Leaving the app: a sheet of our own is not leaving, a locked screen is.

use std::sync::Barrier;

use super::super::decrypt::open_main;
use super::super::unlock::Target;
use super::credentials::{PIN, with_pin};
use super::*;

type Asked = fn(&Core);
/// The entry's id comes with it.
type AskedOfEntry = fn(&Core, &str);

#[test]
fn a_sheet_of_our_own_is_not_leaving_the_app() {
    let (fixture, _) = with_pin();
    fixture.core.hold_auto_lock(true);
    fixture.core.set_window_visible(false, None).unwrap();
    fixture.pass(119_000);
    fixture.core.tick();
    assert_eq!(fixture.phase(), Phase::Unlocked);
    fixture.pass(62_000);
    fixture.core.tick();
    assert_eq!(
        fixture.phase(),
        Phase::Locked,
        "120 s at most, then the usual grace"
    );
    fixture.core.unlock(Credential::Pin, PIN).unwrap();
    fixture.core.hold_auto_lock(true);
    fixture.core.set_window_visible(true, None).unwrap();
    fixture.core.set_window_visible(false, None).unwrap();
    fixture.pass(61_000);
    fixture.core.tick();
    assert_eq!(fixture.phase(), Phase::Locked, "coming back ended it");
}

#[test]
fn a_locked_screen_locks_at_once_and_leaves_the_clipboard() {
    let (fixture, _) = with_pin();
    let id = add(&fixture.core, HOTP).unwrap();
    let shown = fixture.core.advance_counter(&id).unwrap().code_ref.unwrap();
    fixture.core.copy_code(&id, &shown).unwrap();
    fixture.core.hold_auto_lock(true);
    fixture.core.screen_locked();
    assert_eq!(fixture.phase(), Phase::Locked);
    assert_eq!(fixture.clipboard.held().as_deref(), Some("755224"));
}

/// The answer to the question for the camera comes before the window is back.
#[test]
fn a_sheet_that_is_gone_leaves_the_window_a_moment_to_come_back() {
    for (after_ms, phase) in [(1_900, Phase::Unlocked), (2_100, Phase::Locked)] {
        let (fixture, _) = with_pin();
        let safety = fixture.core.security_settings().unwrap();
        let at_once = SecuritySettings {
            lock_after_s: 0,
            ..safety
        };
        fixture.core.set_security_settings(at_once).unwrap();
        fixture.core.hold_auto_lock(true);
        fixture.core.set_window_visible(false, None).unwrap();
        fixture.pass(10_000);
        fixture.core.hold_auto_lock(false);
        fixture.pass(after_ms);
        fixture.core.set_window_visible(true, None).unwrap();
        assert_eq!(fixture.phase(), phase, "{after_ms}");
    }
}

/// By the window's button, or where the system ends a phone's app.
#[test]
fn the_end_locks_and_asks_no_clipboard_that_needs_a_window() {
    for (only_in_front, left) in [(false, None), (true, Some("755224"))] {
        let (fixture, _) = with_pin();
        let id = add(&fixture.core, HOTP).unwrap();
        let shown = fixture.core.advance_counter(&id).unwrap().code_ref.unwrap();
        fixture.core.copy_code(&id, &shown).unwrap();
        let clipboard = &fixture.clipboard;
        clipboard
            .only_in_front
            .store(only_in_front, Ordering::Relaxed);
        fixture.core.end();
        assert_eq!(fixture.phase(), Phase::Locked);
        assert_eq!(clipboard.held().as_deref(), left);
    }
}

#[test]
fn a_phone_that_is_asked_tells_of_its_locked_screen() {
    let (fixture, _) = with_pin();
    fixture.core.hold_auto_lock(true);
    fixture.core.tick();
    assert_eq!(fixture.phase(), Phase::Unlocked);
    fixture.system_ui.state().locked = true;
    fixture.core.tick();
    assert_eq!(fixture.phase(), Phase::Locked);
}

/// The app was frozen, or the machine slept: nothing ticked until somebody came back.
#[test]
fn an_absence_that_no_tick_saw_is_not_forgiven() {
    let hour_ms = 3_600_000;
    let asked: [(&str, Asked); 4] = [
        ("comes back", |core| {
            core.set_window_visible(true, None).unwrap()
        }),
        ("report_activityes", Core::report_activity),
        ("asks for the list", |core| {
            drop(core.list_entries(&everything()))
        }),
        ("opens a dialog", |core| core.hold_auto_lock(true)),
    ];
    for (what, ask) in asked {
        let (fixture, _) = Fixture::open();
        fixture.core.set_window_visible(false, None).unwrap();
        fixture.pass(hour_ms);
        ask(&fixture.core);
        assert_eq!(fixture.phase(), Phase::Locked, "{what}");
    }
    // In front, and left alone.
    let (fixture, _) = Fixture::open();
    fixture.pass(hour_ms);
    fixture.core.report_activity();
    assert_eq!(fixture.phase(), Phase::Locked);
}

#[test]
fn setting_the_clock_back_keeps_no_vault_open_and_no_proof_alive() {
    let day_ms = 86_400_000;
    for set_by_ms in [-day_ms, -3_600_000, 3_600_000, day_ms] {
        let (fixture, id) = Fixture::open();
        fixture.core.set_window_visible(false, None).unwrap();
        fixture.set_clock_by(set_by_ms);
        fixture.pass(59_000);
        fixture.core.tick();
        assert_eq!(fixture.phase(), Phase::Unlocked, "{set_by_ms}");
        assert_eq!(
            code(fixture.core.export_qr(&id)),
            ErrorCode::ReauthRequired,
            "{set_by_ms}"
        );
        fixture.pass(1_000);
        fixture.core.tick();
        assert_eq!(fixture.phase(), Phase::Locked, "{set_by_ms}");
    }
}

#[test]
fn setting_the_clock_moves_no_copied_code() {
    for set_by_ms in [-86_400_000, 86_400_000] {
        let (fixture, _) = Fixture::open();
        let id = add(&fixture.core, HOTP).unwrap();
        let shown = fixture.core.advance_counter(&id).unwrap().code_ref.unwrap();
        fixture.core.copy_code(&id, &shown).unwrap();
        fixture.set_clock_by(set_by_ms);
        fixture.pass(29_999);
        fixture.core.tick();
        assert!(fixture.clipboard.held().is_some(), "{set_by_ms}");
        fixture.pass(1);
        fixture.core.tick();
        assert_eq!(*fixture.clipboard.held(), None, "{set_by_ms}");
    }
}

#[test]
fn a_biometric_keeps_the_app_open_only_while_its_dialog_stands() {
    let (fixture, _) = with_pin();
    fixture
        .core
        .set_credential(Credential::Biometric, "why")
        .unwrap();
    fixture.lock_when_left();
    fixture.core.lock();
    fixture.core.unlock(Credential::Biometric, "why").unwrap();
    fixture.core.set_window_visible(false, None).unwrap();
    assert_eq!(
        fixture.phase(),
        Phase::Unlocked,
        "the window is not back in front yet"
    );
    fixture.pass(2_000);
    fixture.core.tick();
    assert_eq!(fixture.phase(), Phase::Locked);
}

#[test]
fn a_tick_that_panics_locks() {
    let (fixture, _) = Fixture::open();
    fixture.system_ui.state().panics = true;
    fixture.core.tick_or_close();
    assert_eq!(fixture.phase(), Phase::Locked);
}

/// The program that the clipboard belongs to is slow, or never answers.
#[test]
fn the_clipboard_is_asked_while_everything_else_goes_on() {
    let asked: [(&str, AskedOfEntry); 3] = [
        ("in time", |core, _| core.tick()),
        ("by hand", |core, _| core.lock()),
        ("to copy", |core, id| {
            let shown = core.reveal(id).unwrap().code_ref.unwrap();
            core.copy_code(id, &shown).unwrap();
        }),
    ];
    for (what, ask) in asked {
        let (fixture, id) = Fixture::open();
        let shown = fixture.core.reveal(&id).unwrap().code_ref.unwrap();
        fixture.core.copy_code(&id, &shown).unwrap();
        fixture.pass(30_000);
        let gate = Arc::new(Barrier::new(2));
        *fixture.clipboard.gate.lock().unwrap() = Some(Arc::clone(&gate));
        std::thread::scope(|scope| {
            scope.spawn(|| ask(&fixture.core, &id));
            gate.wait();
            assert!(fixture.core.session.try_lock().is_ok(), "{what}");
            fixture.core.status().unwrap();
            gate.wait();
        });
    }
}

#[test]
fn what_was_typed_is_kept_where_leaving_locks_at_once() {
    let (fixture, _) = Fixture::open();
    fixture.lock_when_left();
    let typed = r#"{"screen":"hand","issuer":"Caisse"}"#;
    fixture
        .core
        .set_window_visible(false, Some(typed.into()))
        .unwrap();
    assert_eq!(fixture.phase(), Phase::Locked);
    fixture.core.set_window_visible(true, None).unwrap();
    fixture.unlock().unwrap();
    assert_eq!(
        fixture.core.restore_ui_state().unwrap().ui_state.as_deref(),
        Some(typed)
    );

    let too_long = "x".repeat(2_000_000);
    let left = fixture.core.set_window_visible(false, Some(too_long));
    assert_eq!(code(left), ErrorCode::TextTooLong);
    assert_eq!(fixture.phase(), Phase::Locked, "left all the same");
}

/// The page has nothing to say while another screen stands before what was typed.
#[test]
fn leaving_before_what_was_typed_is_back_loses_nothing() {
    let (fixture, _) = Fixture::open();
    let typed = r#"{"screen":"hand","issuer":"Caisse"}"#;
    fixture.core.save_ui_state(Some(typed.into())).unwrap();
    fixture.core.lock();
    fixture.unlock().unwrap();
    fixture.core.set_window_visible(false, None).unwrap();
    fixture.core.set_window_visible(true, None).unwrap();
    assert_eq!(
        fixture.core.restore_ui_state().unwrap().ui_state.as_deref(),
        Some(typed)
    );
    // Asked for, and locked before the page said it again.
    fixture.core.lock();
    fixture.unlock().unwrap();
    assert_eq!(
        fixture.core.restore_ui_state().unwrap().ui_state.as_deref(),
        Some(typed)
    );
}

#[test]
fn what_is_locked_while_it_is_being_opened_does_not_stay_open() {
    let asked: [Asked; 2] = [Core::screen_locked, Core::lock];
    for lock in asked {
        let (fixture, _) = Fixture::open();
        fixture.core.save_ui_state(Some("{}".into())).unwrap();
        fixture.core.lock();
        let opened = fixture.core.attempt(
            Target::Vault,
            Credential::Passphrase,
            PASSPHRASE,
            |files, credential| {
                lock(&fixture.core);
                open_main(files, credential)
            },
        );
        assert_eq!(code(opened), ErrorCode::Locked);
        assert_eq!(fixture.phase(), Phase::Locked);
        assert_eq!(fixture.unlock().unwrap(), Phase::Unlocked);
        let place = fixture.core.restore_ui_state().unwrap().ui_state;
        assert_eq!(place.as_deref(), Some("{}"), "what was typed before");
    }
}

#[test]
fn what_is_locked_while_it_is_being_made_does_not_stay_open() {
    let fixture = Fixture::new();
    let gate = Arc::new(Barrier::new(2));
    fixture.secret_store.memory().write_gate = Some(Arc::clone(&gate));
    std::thread::scope(|scope| {
        let making = scope.spawn(|| fixture.core.create_vault(Credential::Pin, PIN).map(drop));
        gate.wait();
        fixture.core.screen_locked();
        gate.wait();
        assert_eq!(code(making.join().unwrap()), ErrorCode::Locked);
    });
    assert_eq!(fixture.phase(), Phase::Locked);
    fixture.core.unlock(Credential::Pin, PIN).unwrap();
}

#[test]
fn a_code_that_is_copied_while_somebody_locks_does_not_stay() {
    let (fixture, id) = Fixture::open();
    let shown = fixture.core.reveal(&id).unwrap().code_ref.unwrap();
    let gate = Arc::new(Barrier::new(2));
    *fixture.clipboard.gate.lock().unwrap() = Some(Arc::clone(&gate));
    std::thread::scope(|scope| {
        let copying = scope.spawn(|| fixture.core.copy_code(&id, &shown).map(drop));
        gate.wait();
        fixture.core.screen_locked();
        *fixture.clipboard.gate.lock().unwrap() = None;
        gate.wait();
        assert_eq!(code(copying.join().unwrap()), ErrorCode::Locked);
    });
    assert_eq!(*fixture.clipboard.held(), None);
}
