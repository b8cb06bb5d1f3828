//! The settings that bear on safety, and the limits that the page is told.

use trousseau_wire::{CLIPBOARD_S, IDLE_AT_LEAST_S, LOCK_AFTER_S, REVEAL_S};

use super::*;

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
