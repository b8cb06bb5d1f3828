//! Leaving the app: a sheet of our own is not leaving, a locked screen is.

use std::sync::Barrier;

use super::super::opening::open_main;
use super::super::unlock::Tried;
use super::credentials::{PIN, with_pin};
use super::*;

type Asked = fn(&Core);
/// The entry's id comes with it.
type AskedOfEntry = fn(&Core, &str);

#[test]
fn a_sheet_of_our_own_is_not_leaving_the_app() {
    let (bench, _) = with_pin();
    bench.core.hold_open(true);
    bench.core.set_visible(false, None).unwrap();
    bench.pass(119_000);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Unlocked);
    bench.pass(62_000);
    bench.core.tick();
    assert_eq!(
        bench.phase(),
        Phase::Locked,
        "120 s at most, then the usual grace"
    );
    bench.core.unlock(Credential::Pin, PIN).unwrap();
    bench.core.hold_open(true);
    bench.core.set_visible(true, None).unwrap();
    bench.core.set_visible(false, None).unwrap();
    bench.pass(61_000);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Locked, "coming back ended it");
}

#[test]
fn a_locked_screen_locks_at_once_and_leaves_the_clipboard() {
    let (bench, _) = with_pin();
    let id = add(&bench.core, HOTP).unwrap();
    let shown = bench.core.advance_counter(&id).unwrap().shown.unwrap();
    bench.core.copy_code(&id, &shown).unwrap();
    bench.core.hold_open(true);
    bench.core.screen_locked();
    assert_eq!(bench.phase(), Phase::Locked);
    assert_eq!(bench.clipboard.held().as_deref(), Some("755224"));
}

/// The answer to the question for the camera comes before the window is back.
#[test]
fn a_sheet_that_is_gone_leaves_the_window_a_moment_to_come_back() {
    for (after_ms, phase) in [(1_900, Phase::Unlocked), (2_100, Phase::Locked)] {
        let (bench, _) = with_pin();
        let safety = bench.core.safety().unwrap();
        let at_once = Safety {
            lock_after_s: 0,
            ..safety
        };
        bench.core.set_safety(at_once).unwrap();
        bench.core.hold_open(true);
        bench.core.set_visible(false, None).unwrap();
        bench.pass(10_000);
        bench.core.hold_open(false);
        bench.pass(after_ms);
        bench.core.set_visible(true, None).unwrap();
        assert_eq!(bench.phase(), phase, "{after_ms}");
    }
}

/// By the window's button, or where the system ends a phone's app.
#[test]
fn the_end_locks_and_asks_no_clipboard_that_needs_a_window() {
    for (only_in_front, left) in [(false, None), (true, Some("755224"))] {
        let (bench, _) = with_pin();
        let id = add(&bench.core, HOTP).unwrap();
        let shown = bench.core.advance_counter(&id).unwrap().shown.unwrap();
        bench.core.copy_code(&id, &shown).unwrap();
        let clipboard = &bench.clipboard;
        clipboard
            .only_in_front
            .store(only_in_front, Ordering::Relaxed);
        bench.core.end();
        assert_eq!(bench.phase(), Phase::Locked);
        assert_eq!(clipboard.held().as_deref(), left);
    }
}

#[test]
fn a_phone_that_is_asked_tells_of_its_locked_screen() {
    let (bench, _) = with_pin();
    bench.core.hold_open(true);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Unlocked);
    bench.system_ui.state().locked = true;
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Locked);
}

/// The app was frozen, or the machine slept: nothing ticked until somebody came back.
#[test]
fn an_absence_that_no_tick_saw_is_not_forgiven() {
    let hour_ms = 3_600_000;
    let asked: [(&str, Asked); 4] = [
        ("comes back", |core| core.set_visible(true, None).unwrap()),
        ("touches", Core::touch),
        ("asks for the list", |core| drop(core.view(&everything()))),
        ("opens a dialog", |core| core.hold_open(true)),
    ];
    for (what, ask) in asked {
        let (bench, _) = Bench::open();
        bench.core.set_visible(false, None).unwrap();
        bench.pass(hour_ms);
        ask(&bench.core);
        assert_eq!(bench.phase(), Phase::Locked, "{what}");
    }
    // In front, and left alone.
    let (bench, _) = Bench::open();
    bench.pass(hour_ms);
    bench.core.touch();
    assert_eq!(bench.phase(), Phase::Locked);
}

#[test]
fn setting_the_clock_back_keeps_no_vault_open_and_no_proof_alive() {
    let day_ms = 86_400_000;
    for set_by_ms in [-day_ms, -3_600_000, 3_600_000, day_ms] {
        let (bench, id) = Bench::open();
        bench.core.set_visible(false, None).unwrap();
        bench.set_clock_by(set_by_ms);
        bench.pass(59_000);
        bench.core.tick();
        assert_eq!(bench.phase(), Phase::Unlocked, "{set_by_ms}");
        assert_eq!(
            code(bench.core.show_qr(&id)),
            ErrorCode::ReauthRequired,
            "{set_by_ms}"
        );
        bench.pass(1_000);
        bench.core.tick();
        assert_eq!(bench.phase(), Phase::Locked, "{set_by_ms}");
    }
}

#[test]
fn setting_the_clock_moves_no_copied_code() {
    for set_by_ms in [-86_400_000, 86_400_000] {
        let (bench, _) = Bench::open();
        let id = add(&bench.core, HOTP).unwrap();
        let shown = bench.core.advance_counter(&id).unwrap().shown.unwrap();
        bench.core.copy_code(&id, &shown).unwrap();
        bench.set_clock_by(set_by_ms);
        bench.pass(29_999);
        bench.core.tick();
        assert!(bench.clipboard.held().is_some(), "{set_by_ms}");
        bench.pass(1);
        bench.core.tick();
        assert_eq!(*bench.clipboard.held(), None, "{set_by_ms}");
    }
}

#[test]
fn a_biometric_keeps_the_app_open_only_while_its_dialog_stands() {
    let (bench, _) = with_pin();
    bench
        .core
        .set_credential(Credential::Biometric, "why")
        .unwrap();
    bench.lock_when_left();
    bench.core.lock();
    bench.core.unlock(Credential::Biometric, "why").unwrap();
    bench.core.set_visible(false, None).unwrap();
    assert_eq!(
        bench.phase(),
        Phase::Unlocked,
        "the window is not back in front yet"
    );
    bench.pass(2_000);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Locked);
}

#[test]
fn a_tick_that_panics_locks() {
    let (bench, _) = Bench::open();
    bench.system_ui.state().panics = true;
    bench.core.tick_or_close();
    assert_eq!(bench.phase(), Phase::Locked);
}

/// The program that the clipboard belongs to is slow, or never answers.
#[test]
fn the_clipboard_is_asked_while_everything_else_goes_on() {
    let asked: [(&str, AskedOfEntry); 3] = [
        ("in time", |core, _| core.tick()),
        ("by hand", |core, _| core.lock()),
        ("to copy", |core, id| {
            let shown = core.reveal(id).unwrap().shown.unwrap();
            core.copy_code(id, &shown).unwrap();
        }),
    ];
    for (what, ask) in asked {
        let (bench, id) = Bench::open();
        let shown = bench.core.reveal(&id).unwrap().shown.unwrap();
        bench.core.copy_code(&id, &shown).unwrap();
        bench.pass(30_000);
        let gate = Arc::new(Barrier::new(2));
        *bench.clipboard.gate.lock().unwrap() = Some(Arc::clone(&gate));
        std::thread::scope(|scope| {
            scope.spawn(|| ask(&bench.core, &id));
            gate.wait();
            assert!(bench.core.session.try_lock().is_ok(), "{what}");
            bench.core.status().unwrap();
            gate.wait();
        });
    }
}

#[test]
fn what_was_typed_is_kept_where_leaving_locks_at_once() {
    let (bench, _) = Bench::open();
    bench.lock_when_left();
    let typed = r#"{"screen":"hand","issuer":"Caisse"}"#;
    bench.core.set_visible(false, Some(typed.into())).unwrap();
    assert_eq!(bench.phase(), Phase::Locked);
    bench.core.set_visible(true, None).unwrap();
    bench.unlock().unwrap();
    assert_eq!(bench.core.resume().unwrap().place.as_deref(), Some(typed));

    let too_long = "x".repeat(2_000_000);
    let left = bench.core.set_visible(false, Some(too_long));
    assert_eq!(code(left), ErrorCode::TextTooLong);
    assert_eq!(bench.phase(), Phase::Locked, "left all the same");
}

/// The page has nothing to say while another screen stands before what was typed.
#[test]
fn leaving_before_what_was_typed_is_back_loses_nothing() {
    let (bench, _) = Bench::open();
    let typed = r#"{"screen":"hand","issuer":"Caisse"}"#;
    bench.core.keep_place(Some(typed.into())).unwrap();
    bench.core.lock();
    bench.unlock().unwrap();
    bench.core.set_visible(false, None).unwrap();
    bench.core.set_visible(true, None).unwrap();
    assert_eq!(bench.core.resume().unwrap().place.as_deref(), Some(typed));
    // Asked for, and locked before the page said it again.
    bench.core.lock();
    bench.unlock().unwrap();
    assert_eq!(bench.core.resume().unwrap().place.as_deref(), Some(typed));
}

#[test]
fn what_is_locked_while_it_is_being_opened_does_not_stay_open() {
    let asked: [Asked; 2] = [Core::screen_locked, Core::lock];
    for lock in asked {
        let (bench, _) = Bench::open();
        bench.core.keep_place(Some("{}".into())).unwrap();
        bench.core.lock();
        let opened = bench.core.attempt(
            Tried::Vault,
            Credential::Passphrase,
            PASSPHRASE,
            |files, credential| {
                lock(&bench.core);
                open_main(files, credential)
            },
        );
        assert_eq!(code(opened), ErrorCode::Locked);
        assert_eq!(bench.phase(), Phase::Locked);
        assert_eq!(bench.unlock().unwrap(), Phase::Unlocked);
        let place = bench.core.resume().unwrap().place;
        assert_eq!(place.as_deref(), Some("{}"), "what was typed before");
    }
}

#[test]
fn what_is_locked_while_it_is_being_made_does_not_stay_open() {
    let bench = Bench::new();
    let gate = Arc::new(Barrier::new(2));
    bench.secret_store.memory().write_gate = Some(Arc::clone(&gate));
    std::thread::scope(|scope| {
        let making = scope.spawn(|| bench.core.create_vault(Credential::Pin, PIN).map(drop));
        gate.wait();
        bench.core.screen_locked();
        gate.wait();
        assert_eq!(code(making.join().unwrap()), ErrorCode::Locked);
    });
    assert_eq!(bench.phase(), Phase::Locked);
    bench.core.unlock(Credential::Pin, PIN).unwrap();
}

#[test]
fn a_code_that_is_copied_while_somebody_locks_does_not_stay() {
    let (bench, id) = Bench::open();
    let shown = bench.core.reveal(&id).unwrap().shown.unwrap();
    let gate = Arc::new(Barrier::new(2));
    *bench.clipboard.gate.lock().unwrap() = Some(Arc::clone(&gate));
    std::thread::scope(|scope| {
        let copying = scope.spawn(|| bench.core.copy_code(&id, &shown).map(drop));
        gate.wait();
        bench.core.screen_locked();
        *bench.clipboard.gate.lock().unwrap() = None;
        gate.wait();
        assert_eq!(code(copying.join().unwrap()), ErrorCode::Locked);
    });
    assert_eq!(*bench.clipboard.held(), None);
}
