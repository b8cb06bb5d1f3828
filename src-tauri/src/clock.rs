//! The clocks. The rest of the app takes the time as an argument.

use std::time::{SystemTime, UNIX_EPOCH};

/// The clocks that the session uses; tests use their own.
pub trait Clock: Send + Sync {
    /// Unix time in milliseconds; 0 before 1970.
    fn now_ms(&self) -> u64;

    /// Now, on the monotonic clock.
    fn monotonic(&self) -> MonotonicTime;

    /// Time since boot, or `None` if the platform does not tell.
    fn uptime(&self) -> Option<Uptime>;
}

/// A time on a clock that cannot be set and that counts sleep, comparable within one run of the app. For
/// everything that lasts a while: proofs, absences, waits. Codes and dates use the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonotonicTime {
    ms: u64,
}

impl MonotonicTime {
    /// Milliseconds from the arbitrary start of the clock.
    pub const fn from_ms(ms: u64) -> Self {
        Self { ms }
    }

    /// The time `ms` milliseconds later.
    #[must_use]
    pub fn plus_ms(self, ms: u64) -> Self {
        Self::from_ms(self.ms.saturating_add(ms))
    }

    /// Milliseconds since `earlier`; 0 if that is later.
    pub fn ms_since(self, earlier: Self) -> u64 {
        self.ms.saturating_sub(earlier.ms)
    }
}

/// The time on every clock, read once for one piece of work.
#[derive(Clone, Debug)]
pub struct Now {
    /// Unix time in milliseconds. The user can set this clock.
    pub wall_ms: u64,
    /// Time on the monotonic clock.
    pub monotonic: MonotonicTime,
    /// Time since boot, or `None` if the platform does not tell.
    pub uptime: Option<Uptime>,
}

impl Now {
    /// Reads all clocks.
    pub fn read(clock: &dyn Clock) -> Self {
        Self {
            wall_ms: clock.now_ms(),
            monotonic: clock.monotonic(),
            uptime: clock.uptime(),
        }
    }
}

/// Time since boot. Setting the clock does not change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uptime {
    /// Identifies this boot.
    pub boot_id: String,
    /// Milliseconds since boot, including sleep.
    pub ms: u64,
}

/// The clocks of the system.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> u64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
            })
    }

    fn monotonic(&self) -> MonotonicTime {
        MonotonicTime::from_ms(crate::platform::monotonic_ms())
    }

    fn uptime(&self) -> Option<Uptime> {
        crate::platform::uptime()
    }
}
