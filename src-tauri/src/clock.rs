//! Time, as an argument: the one place that asks the machine for it.

use std::time::{SystemTime, UNIX_EPOCH};

/// What the session asks for the time; tests bring their own.
pub trait Clock: Send + Sync {
    /// Unix time in milliseconds; 0 before 1970.
    fn now_ms(&self) -> u64;

    /// Time since the machine started, with a name for that start; none where the platform hides it.
    fn uptime(&self) -> Option<Uptime>;
}

/// Time since boot, which setting the clock does not move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uptime {
    /// Names this start of the machine.
    pub boot_id: String,
    /// Milliseconds since then, sleep included.
    pub ms: u64,
}

/// The machine's own clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> u64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
            })
    }

    fn uptime(&self) -> Option<Uptime> {
        crate::platform::uptime()
    }
}
