//! Leaving the app: a sheet of our own is not leaving, a locked screen is.

use super::credentials::{PIN, with_pin};
use super::*;

#[test]
fn a_sheet_of_our_own_is_not_leaving_the_app() {
    let (bench, _) = with_pin();
    bench.core.hold_open(true);
    bench.core.set_visible(false);
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
    bench.core.set_visible(true);
    bench.core.set_visible(false);
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

#[test]
fn a_phone_that_is_asked_tells_of_its_locked_screen() {
    let (bench, _) = with_pin();
    bench.core.hold_open(true);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Unlocked);
    bench.phone.around().locked = true;
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Locked);
}
