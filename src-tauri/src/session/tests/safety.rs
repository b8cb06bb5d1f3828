//! The settings that bear on safety, and the limits that the page is told.

use trousseau_wire::{CLIPBOARD_S, IDLE_AT_LEAST_S, LOCK_AFTER_S, REVEAL_S};

use super::*;

/// Not what a new vault has in anything, and neither the safest nor the loosest.
fn middle(bench: &Bench) -> Safety {
    let middle = Safety {
        lock_after_s: 30,
        clipboard_s: 30,
        ..bench.core.safety().unwrap()
    };
    bench.core.set_safety(middle).unwrap()
}

#[test]
fn what_is_loosened_asks_for_a_proof() {
    let (bench, _) = Bench::open();
    let before = middle(&bench);
    bench.pass(30_001);
    let looser = [
        (
            "locks later",
            Safety {
                lock_after_s: 60,
                ..before
            },
        ),
        (
            "clears later",
            Safety {
                clipboard_s: 60,
                ..before
            },
        ),
        (
            "clears never",
            Safety {
                clipboard_s: 0,
                ..before
            },
        ),
        (
            "lets the screen be seen",
            Safety {
                hide_screen: false,
                ..before
            },
        ),
        (
            "shows all codes",
            Safety {
                show_all: true,
                ..before
            },
        ),
        (
            "shows codes of later",
            Safety {
                clock_offset_s: 86_400,
                ..before
            },
        ),
        (
            "and clears earlier",
            Safety {
                lock_after_s: 900,
                clipboard_s: 15,
                ..before
            },
        ),
    ];
    for (what, looser) in looser {
        let refused = code(bench.core.set_safety(looser));
        assert_eq!(refused, ErrorCode::ReauthRequired, "{what}");
        assert_eq!(bench.core.safety().unwrap(), before, "{what}");
    }
    for (what, looser) in looser {
        bench
            .core
            .prove(Credential::Passphrase, PASSPHRASE)
            .unwrap();
        assert_eq!(bench.core.set_safety(looser).unwrap(), looser, "{what}");
        bench.core.set_safety(before).unwrap();
        bench.pass(30_001);
    }
}

#[test]
fn what_is_tightened_or_bears_on_no_secret_asks_for_none() {
    let (bench, _) = Bench::open();
    bench
        .core
        .set_safety(Safety {
            clipboard_s: 0,
            show_all: true,
            hide_screen: false,
            ..bench.core.safety().unwrap()
        })
        .unwrap();
    bench.pass(30_001);
    type Change = fn(&mut Safety);
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
        let mut safety = bench.core.safety().unwrap();
        change(&mut safety);
        assert_eq!(bench.core.set_safety(safety).unwrap(), safety);
    }
}

#[test]
fn what_the_page_is_told_to_offer_is_taken_and_nothing_else() {
    let (bench, _) = Bench::open();
    let before = bench.core.safety().unwrap();
    let seconds = 0..=1000;
    for s in seconds {
        for (offered, safety) in [
            (
                LOCK_AFTER_S.contains(&s),
                Safety {
                    lock_after_s: s,
                    ..before
                },
            ),
            (
                REVEAL_S.contains(&s),
                Safety {
                    reveal_s: s,
                    ..before
                },
            ),
            (
                CLIPBOARD_S.contains(&s),
                Safety {
                    clipboard_s: s,
                    ..before
                },
            ),
        ] {
            assert_eq!(bench.core.set_safety(safety).is_ok(), offered, "{s}");
        }
    }
}

#[test]
fn in_sight_it_locks_after_the_time_that_the_page_is_told() {
    let (bench, _) = Bench::open();
    let safety = bench.core.safety().unwrap();
    let short = Safety {
        lock_after_s: 30,
        ..safety
    };
    bench.core.set_safety(short).unwrap();
    bench.core.touch();
    bench.pass(u64::from(IDLE_AT_LEAST_S) * 1000 - 1);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Unlocked);
    bench.pass(1);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Locked);
}
