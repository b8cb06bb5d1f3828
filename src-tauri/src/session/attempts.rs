//! Wrong attempts and the wait they cost, counted before an attempt is judged.

use serde::{Deserialize, Serialize};

use crate::clock::{MonotonicTime, Now};
use crate::storage::AttemptsOnDisk;

/// Seconds to wait after the n-th wrong attempt in a row; the last holds for all that follow.
const WAITS_S: [u64; 8] = [0, 0, 0, 5, 30, 60, 300, 900];

/// The counter as it stands on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempts {
    /// Wrong attempts in a row; counted before the attempt is judged.
    count: u32,
    /// When the last one was made (Unix ms).
    wall_ms: u64,
    /// The same by the time since boot, where the platform tells it.
    boot_id: Option<String>,
    boot_ms: u64,
    /// The same on the clock of this run of the app, where it was made in this run.
    #[serde(skip)]
    at: Option<MonotonicTime>,
}

impl Attempts {
    /// The counter as the disk has it.
    ///
    /// A counter that cannot be read counts as the longest wait, begun now. One damaged half counts as one attempt
    /// more, made now: a write that a power cut ended was an attempt that was never judged, and damaging either half
    /// from outside buys none. A wait that began in a future which the clock has not reached begins now: the clock was
    /// wrong then or is now, and nobody is to be locked out until it is right. The caller writes back what differs.
    pub fn from_disk(found: &AttemptsOnDisk, now: &Now) -> Self {
        let read = |payload: &[u8]| serde_json::from_slice::<Self>(payload).ok();
        let counted = match found {
            AttemptsOnDisk::Nothing => return Self::default(),
            AttemptsOnDisk::Whole(payload) | AttemptsOnDisk::Earlier(payload) => read(payload),
            AttemptsOnDisk::OneHalf(payload) => {
                read(payload).map(|counted| counted.with_one_more(now))
            }
            AttemptsOnDisk::Damaged => None,
        };
        match counted {
            Some(counted) if counted.is_of_the_future(now) => counted.made(now),
            Some(counted) => counted,
            None => Self {
                count: WAITS_S.len() as u32,
                ..Self::default()
            }
            .made(now),
        }
    }

    /// The payload of its file.
    pub fn to_payload(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a struct of numbers and one text is always JSON")
    }

    /// The counter with one attempt more, made now.
    #[must_use]
    pub fn with_one_more(&self, now: &Now) -> Self {
        Self {
            count: self.count.saturating_add(1),
            ..Self::default()
        }
        .made(now)
    }

    /// The one of two counters that counted more.
    #[must_use]
    pub fn or_more(self, other: Self) -> Self {
        if other.count > self.count {
            other
        } else {
            self
        }
    }

    /// Milliseconds until the next attempt is taken; 0 where it is taken now.
    ///
    /// Within one run of the app a clock that nobody can set decides, and within one boot the time since boot. After a
    /// restart of the machine the wall clock does, or the time since that restart, which has passed whatever the clock
    /// says. Where the platform gives no boot a name, the wall clock decides after a restart of the app.
    pub fn wait_ms(&self, now: &Now) -> u64 {
        let Some(last) = (self.count as usize).checked_sub(1) else {
            return 0;
        };
        let wait_ms = WAITS_S[last.min(WAITS_S.len() - 1)] * 1000;
        wait_ms.saturating_sub(self.passed_ms(now))
    }

    /// Milliseconds since the last attempt.
    fn passed_ms(&self, now: &Now) -> u64 {
        if let Some(at) = self.at {
            return now.monotonic.ms_since(at);
        }
        let by_wall_ms = now.wall_ms.saturating_sub(self.wall_ms);
        match (&now.uptime, &self.boot_id) {
            (Some(up), Some(boot)) if up.boot_id == *boot => up.ms.saturating_sub(self.boot_ms),
            (Some(up), Some(_)) => by_wall_ms.max(up.ms),
            _ => by_wall_ms,
        }
    }

    /// Whether the wall clock alone tells when the last attempt was made, and says that this is still to come.
    fn is_of_the_future(&self, now: &Now) -> bool {
        let by_wall_alone = now.uptime.is_none() || self.boot_id.is_none();
        self.at.is_none() && by_wall_alone && self.wall_ms > now.wall_ms
    }

    /// The same count, the last attempt being made now.
    fn made(self, now: &Now) -> Self {
        let up = now.uptime.as_ref();
        Self {
            count: self.count,
            wall_ms: now.wall_ms,
            boot_id: up.map(|up| up.boot_id.clone()),
            boot_ms: up.map_or(0, |up| up.ms),
            at: Some(now.monotonic),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Uptime;

    const START_MS: u64 = 1_000_000;

    fn up(boot: &str, ms: u64) -> Option<Uptime> {
        Some(Uptime {
            boot_id: boot.into(),
            ms,
        })
    }

    fn now(wall_ms: u64, monotonic_ms: u64, uptime: Option<Uptime>) -> Now {
        Now {
            wall_ms,
            monotonic: MonotonicTime::from_ms(monotonic_ms),
            uptime,
        }
    }

    fn start() -> Now {
        now(START_MS, 50_000, up("a", 50_000))
    }

    fn after(wrong: u32) -> Attempts {
        (0..wrong).fold(Attempts::default(), |so_far, _| {
            so_far.with_one_more(&start())
        })
    }

    /// What the app finds when it is started again, at `now`.
    fn found_again(attempts: &Attempts, now: &Now) -> Attempts {
        Attempts::from_disk(&AttemptsOnDisk::Whole(attempts.to_payload()), now)
    }

    #[test]
    fn the_waits_are_those_of_the_table() {
        let waits: Vec<u64> = (0..=10)
            .map(|wrong| after(wrong).wait_ms(&start()) / 1000)
            .collect();
        assert_eq!(waits, [0, 0, 0, 0, 5, 30, 60, 300, 900, 900, 900]);
    }

    #[test]
    fn moving_the_clock_shortens_nothing() {
        let attempts = after(5);
        for (wall_ms, monotonic_ms, uptime, left_ms, what) in [
            (9_000_000, 50_000, up("a", 50_000), 30_000, "forward"),
            (0, 60_000, up("a", 60_000), 20_000, "back"),
            (
                9_000_000,
                50_000,
                None,
                30_000,
                "forward, no boot has a name",
            ),
            (0, 60_000, None, 20_000, "back, no boot has a name"),
        ] {
            let now = now(wall_ms, monotonic_ms, uptime);
            assert_eq!(attempts.wait_ms(&now), left_ms, "in one run: {what}");
        }
        for (wall_ms, uptime, left_ms, what) in [
            (9_000_000, up("a", 50_000), 30_000, "forward, same boot"),
            (0, up("a", 60_000), 20_000, "back, same boot"),
            (
                0,
                up("b", 10),
                29_990,
                "back, after a restart of the machine",
            ),
            (
                0,
                up("b", 30_000),
                0,
                "back, and the wait has passed since that restart",
            ),
            (0, None, 30_000, "back, nothing known"),
            (
                1_010_000,
                up("b", 10),
                20_000,
                "after a restart of the machine",
            ),
            (1_031_000, None, 0, "the wait is over"),
        ] {
            let now = now(wall_ms, 3, uptime);
            let found = found_again(&attempts, &now);
            assert_eq!(found.wait_ms(&now), left_ms, "in another run: {what}");
        }
    }

    /// The clock said 2090 when wrong codes were typed, and was set right.
    #[test]
    fn a_wait_of_a_future_that_is_no_more_begins_anew_and_ends() {
        let wrong_clock = now(3_800_000_000_000, 0, None);
        for count in 4..10 {
            let attempts = (0..count).fold(Attempts::default(), |so_far, _| {
                so_far.with_one_more(&wrong_clock)
            });
            let set_right = now(1_800_000_000_000, 7, None);
            let found = found_again(&attempts, &set_right);
            let wait_ms = found.wait_ms(&set_right);
            assert_eq!(wait_ms, after(count).wait_ms(&start()), "{count} wrong");
            assert!((1..=900_000).contains(&wait_ms));
            // As it is written back, another start goes on with it.
            let later = now(set_right.wall_ms + wait_ms - 1, 1, None);
            assert_eq!(found_again(&found, &later).wait_ms(&later), 1);
            let over = now(set_right.wall_ms + wait_ms, 1, None);
            assert_eq!(found_again(&found, &over).wait_ms(&over), 0);
        }
    }

    #[test]
    fn the_counter_is_read_back_as_it_was_written() {
        let attempts = after(6);
        let payload = attempts.to_payload();
        for found in [
            AttemptsOnDisk::Whole(payload.clone()),
            AttemptsOnDisk::Earlier(payload.clone()),
        ] {
            let read = Attempts::from_disk(&found, &start());
            assert_eq!(read.to_payload(), payload);
        }
        let nothing = Attempts::from_disk(&AttemptsOnDisk::Nothing, &start());
        assert_eq!(nothing.wait_ms(&start()), 0);
    }

    #[test]
    fn one_damaged_half_counts_as_one_attempt_more() {
        for wrong in 0..10 {
            let half = AttemptsOnDisk::OneHalf(after(wrong).to_payload());
            let read = Attempts::from_disk(&half, &start());
            assert_eq!(read, after(wrong + 1), "after {wrong}");
        }
    }

    #[test]
    fn a_counter_that_cannot_be_read_waits_longest_and_not_for_good() {
        for found in [
            AttemptsOnDisk::Damaged,
            AttemptsOnDisk::Whole(b"{\"cou".into()),
            AttemptsOnDisk::Earlier(Vec::new()),
            AttemptsOnDisk::OneHalf(b"null".into()),
        ] {
            let read = Attempts::from_disk(&found, &start());
            assert_eq!(read.wait_ms(&start()), 900_000, "{found:?}");
            let over = now(START_MS, 950_000, None);
            assert_eq!(read.wait_ms(&over), 0, "{found:?}");
        }
    }
}
