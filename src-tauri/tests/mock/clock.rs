//! The machine's clock, moved on by hand: hours that nobody waits for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use trousseau_app::clock::{Clock, MonotonicTime, SystemClock, Uptime};

/// Shared with its clones.
#[derive(Clone, Default)]
pub struct MovedClock(Arc<AtomicU64>);

impl MovedClock {
    /// So many milliseconds pass at once.
    pub fn pass(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }

    fn passed_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Clock for MovedClock {
    fn now_ms(&self) -> u64 {
        SystemClock.now_ms() + self.passed_ms()
    }

    fn monotonic(&self) -> MonotonicTime {
        SystemClock.monotonic().plus_ms(self.passed_ms())
    }

    fn uptime(&self) -> Option<Uptime> {
        let uptime = SystemClock.uptime()?;
        Some(Uptime {
            ms: uptime.ms + self.passed_ms(),
            ..uptime
        })
    }
}
