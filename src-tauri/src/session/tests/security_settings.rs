//! The settings that bear on safety, and the limits that the page is told.

use trousseau_wire::{CLIPBOARD_S, IDLE_AT_LEAST_S, LOCK_AFTER_S, REVEAL_S};

use super::*;

/// Not what a new vault has in anything, and neither the safest nor the loosest.
fn middle(fixture: &Fixture) -> SecuritySettings {
    let middle = SecuritySettings {
        lock_after_s: 30,
        clipboard_s: 30,
        ..fixture.core.security_settings().unwrap()
    };
    fixture.core.set_security_settings(middle).unwrap()
}

#[test]
fn what_is_loosened_asks_for_a_proof() {
    let (fixture, _) = Fixture::open();
    let before = middle(&fixture);
    fixture.pass(30_001);
    let looser = [
        (
            "locks later",
            SecuritySettings {
                lock_after_s: 60,
                ..before
            },
        ),
        (
            "clears later",
            SecuritySettings {
                clipboard_s: 60,
                ..before
            },
        ),
        (
            "clears never",
            SecuritySettings {
                clipboard_s: 0,
                ..before
            },
        ),
        (
            "lets the screen be seen",
            SecuritySettings {
                hide_screen: false,
                ..before
            },
        ),
        (
            "shows all codes",
            SecuritySettings {
                show_all: true,
                ..before
            },
        ),
        (
            "shows codes of later",
            SecuritySettings {
                clock_offset_s: 86_400,
                ..before
            },
        ),
        (
            "and clears earlier",
            SecuritySettings {
                lock_after_s: 900,
                clipboard_s: 15,
                ..before
            },
        ),
    ];
    for (what, looser) in looser {
        let refused = code(fixture.core.set_security_settings(looser));
        assert_eq!(refused, ErrorCode::ReauthRequired, "{what}");
        assert_eq!(fixture.core.security_settings().unwrap(), before, "{what}");
    }
    for (what, looser) in looser {
        fixture
            .core
            .reauthenticate(Credential::Passphrase, PASSPHRASE)
            .unwrap();
        assert_eq!(
            fixture.core.set_security_settings(looser).unwrap(),
            looser,
            "{what}"
        );
        fixture.core.set_security_settings(before).unwrap();
        fixture.pass(30_001);
    }
}

#[test]
fn what_is_tightened_or_bears_on_no_secret_asks_for_none() {
    let (fixture, _) = Fixture::open();
    fixture
        .core
        .set_security_settings(SecuritySettings {
            clipboard_s: 0,
            show_all: true,
            hide_screen: false,
            ..fixture.core.security_settings().unwrap()
        })
        .unwrap();
    fixture.pass(30_001);
    type Change = fn(&mut SecuritySettings);
    let changes: [Change; 8] = [
        |safety| safety.lock_after_s = 30,
        |safety| safety.lock_after_s = 0,
        |safety| safety.clipboard_s = 60,
        |safety| safety.clipboard_s = 15,
        |safety| safety.show_all = false,
        |safety| safety.hide_screen = true,
        |safety| safety.reveal_s = 120,
        |safety| {
            safety.copy_on_touch = !safety.copy_on_touch;
            safety.offer_next = !safety.offer_next;
        },
    ];
    for change in changes {
        let mut safety = fixture.core.security_settings().unwrap();
        change(&mut safety);
        assert_eq!(fixture.core.set_security_settings(safety).unwrap(), safety);
    }
}

#[test]
fn what_the_page_is_told_to_offer_is_taken_and_nothing_else() {
    let (fixture, _) = Fixture::open();
    let before = fixture.core.security_settings().unwrap();
    let seconds = 0..=1000;
    for s in seconds {
        for (offered, safety) in [
            (
                LOCK_AFTER_S.contains(&s),
                SecuritySettings {
                    lock_after_s: s,
                    ..before
                },
            ),
            (
                REVEAL_S.contains(&s),
                SecuritySettings {
                    reveal_s: s,
                    ..before
                },
            ),
            (
                CLIPBOARD_S.contains(&s),
                SecuritySettings {
                    clipboard_s: s,
                    ..before
                },
            ),
        ] {
            assert_eq!(
                fixture.core.set_security_settings(safety).is_ok(),
                offered,
                "{s}"
            );
        }
    }
}

#[test]
fn in_sight_it_locks_after_the_time_that_the_page_is_told() {
    let (fixture, _) = Fixture::open();
    let safety = fixture.core.security_settings().unwrap();
    let short = SecuritySettings {
        lock_after_s: 30,
        ..safety
    };
    fixture.core.set_security_settings(short).unwrap();
    fixture.core.report_activity();
    fixture.pass(u64::from(IDLE_AT_LEAST_S) * 1000 - 1);
    fixture.core.tick();
    assert_eq!(fixture.phase(), Phase::Unlocked);
    fixture.pass(1);
    fixture.core.tick();
    assert_eq!(fixture.phase(), Phase::Locked);
}
