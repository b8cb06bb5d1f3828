//! Time, as an argument: the one place that asks the machine for it.

use std::time::{SystemTime, UNIX_EPOCH};

/// What the session asks for the time; tests bring their own.
pub trait Clock: Send + Sync {
    /// Unix time in milliseconds; 0 before 1970.
    fn now_ms(&self) -> u64;

    /// Now, on a clock that nobody can set.
    fn moment(&self) -> Moment;

    /// Time since the machine started, with a name for that start; none where the platform hides it.
    fn uptime(&self) -> Option<Uptime>;
}

/// A moment within one run of the app, on a clock that nobody can set and that counts sleep. For everything that lasts a
/// while: proofs, absences, waits. Codes and dates take the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    ms: u64,
}

impl Moment {
    /// Milliseconds from wherever the clock began.
    pub const fn from_ms(ms: u64) -> Self {
        Self { ms }
    }

    /// The moment so many milliseconds later.
    #[must_use]
    pub fn plus_ms(self, ms: u64) -> Self {
        Self::from_ms(self.ms.saturating_add(ms))
    }

    /// Milliseconds from `earlier` until this; 0 if that is later.
    pub fn ms_since(self, earlier: Self) -> u64 {
        self.ms.saturating_sub(earlier.ms)
    }
}

/// The time by every clock, asked once for one piece of work.
#[derive(Clone, Debug)]
pub struct Now {
    /// Unix time in milliseconds, which anybody can set.
    pub wall_ms: u64,
    /// On a clock that nobody can set.
    pub moment: Moment,
    /// Time since the machine started; none where the platform hides it.
    pub uptime: Option<Uptime>,
}

impl Now {
    /// What `clock` says.
    pub fn by(clock: &dyn Clock) -> Self {
        Self {
            wall_ms: clock.now_ms(),
            moment: clock.moment(),
            uptime: clock.uptime(),
        }
    }
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

    fn moment(&self) -> Moment {
        Moment::from_ms(crate::platform::steady_ms())
    }

    fn uptime(&self) -> Option<Uptime> {
        crate::platform::uptime()
    }
}
