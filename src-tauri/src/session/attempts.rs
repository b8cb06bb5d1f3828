//! Wrong attempts and the wait they cost, counted before an attempt is judged.

use serde::{Deserialize, Serialize};

use crate::clock::Uptime;
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
}

impl Attempts {
    /// The counter as the disk has it.
    ///
    /// A counter that cannot be read counts as the longest wait, begun now. One damaged half counts as one attempt
    /// more, made now: a write that a power cut ended was an attempt that was never judged, and damaging either half
    /// from outside buys none. The caller writes it back.
    pub fn from_disk(found: &AttemptsOnDisk, now_ms: u64, uptime: Option<Uptime>) -> Self {
        let read = |payload: &[u8]| serde_json::from_slice::<Self>(payload).ok();
        let counted = match found {
            AttemptsOnDisk::Nothing => return Self::default(),
            AttemptsOnDisk::Whole(payload) | AttemptsOnDisk::Earlier(payload) => read(payload),
            AttemptsOnDisk::OneHalf(payload) => {
                read(payload).map(|counted| counted.with_one_more(now_ms, uptime.clone()))
            }
            AttemptsOnDisk::Damaged => None,
        };
        counted.unwrap_or_else(|| {
            Self {
                count: WAITS_S.len() as u32 - 1,
                ..Self::default()
            }
            .with_one_more(now_ms, uptime)
        })
    }

    /// The payload of its file.
    pub fn to_payload(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a struct of numbers and one text is always JSON")
    }

    /// The counter with one attempt more, made now.
    #[must_use]
    pub fn with_one_more(&self, now_ms: u64, uptime: Option<Uptime>) -> Self {
        let (boot_id, boot_ms) = uptime.map_or((None, 0), |up| (Some(up.boot_id), up.ms));
        Self {
            count: self.count.saturating_add(1),
            wall_ms: now_ms,
            boot_id,
            boot_ms,
        }
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
    /// Within one boot the time since boot decides, so that moving the clock moves nothing. After a restart of the machine
    /// the wall clock does, or the time since that restart, which has passed whatever the clock says: a clock that was
    /// set back neither shortens the wait nor makes it last for years.
    pub fn wait_ms(&self, now_ms: u64, uptime: Option<&Uptime>) -> u64 {
        let Some(last) = (self.count as usize).checked_sub(1) else {
            return 0;
        };
        let wait = WAITS_S[last.min(WAITS_S.len() - 1)] * 1000;
        let passed = match (uptime, &self.boot_id) {
            (Some(up), Some(boot)) if up.boot_id == *boot => up.ms.saturating_sub(self.boot_ms),
            (Some(up), Some(_)) => now_ms.saturating_sub(self.wall_ms).max(up.ms),
            _ => now_ms.saturating_sub(self.wall_ms),
        };
        wait.saturating_sub(passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn up(boot: &str, ms: u64) -> Uptime {
        Uptime {
            boot_id: boot.into(),
            ms,
        }
    }

    fn after(wrong: u32) -> Attempts {
        (0..wrong).fold(Attempts::default(), |so_far, _| {
            so_far.with_one_more(1_000_000, Some(up("a", 50_000)))
        })
    }

    #[test]
    fn the_waits_are_those_of_the_table() {
        let waits: Vec<u64> = (0..=10)
            .map(|wrong| after(wrong).wait_ms(1_000_000, Some(&up("a", 50_000))) / 1000)
            .collect();
        assert_eq!(waits, [0, 0, 0, 0, 5, 30, 60, 300, 900, 900, 900]);
    }

    #[test]
    fn moving_the_clock_shortens_nothing() {
        let attempts = after(5);
        assert_eq!(
            attempts.wait_ms(9_000_000, Some(&up("a", 50_000))),
            30_000,
            "forward, same boot"
        );
        assert_eq!(
            attempts.wait_ms(0, Some(&up("a", 60_000))),
            20_000,
            "back, same boot"
        );
        assert_eq!(
            attempts.wait_ms(0, Some(&up("b", 10))),
            29_990,
            "back, after a restart"
        );
        assert_eq!(
            attempts.wait_ms(0, Some(&up("b", 30_000))),
            0,
            "back, and the wait has passed since the restart"
        );
        assert_eq!(attempts.wait_ms(0, None), 30_000, "back, nothing known");
        assert_eq!(
            attempts.wait_ms(1_010_000, Some(&up("b", 10))),
            20_000,
            "after a restart"
        );
        assert_eq!(attempts.wait_ms(1_031_000, None), 0, "the wait is over");
    }

    #[test]
    fn the_counter_is_read_back_as_it_was_written() {
        let attempts = after(6);
        let payload = attempts.to_payload();
        for found in [
            AttemptsOnDisk::Whole(payload.clone()),
            AttemptsOnDisk::Earlier(payload),
        ] {
            assert_eq!(Attempts::from_disk(&found, 1, None), attempts);
        }
        let nothing = Attempts::from_disk(&AttemptsOnDisk::Nothing, 1, None);
        assert_eq!(nothing.wait_ms(1, None), 0);
    }

    #[test]
    fn one_damaged_half_counts_as_one_attempt_more() {
        for wrong in 0..10 {
            let half = AttemptsOnDisk::OneHalf(after(wrong).to_payload());
            let read = Attempts::from_disk(&half, 1_000_000, Some(up("a", 50_000)));
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
            let read = Attempts::from_disk(&found, 1000, None);
            assert_eq!(read.wait_ms(1000, None), 900_000, "{found:?}");
            assert_eq!(read.wait_ms(901_000, None), 0, "{found:?}");
        }
    }
}
