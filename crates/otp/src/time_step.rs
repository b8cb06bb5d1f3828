use crate::{Code, Period};

/// A time-based code and the time step in which it is valid.
pub struct TimedCode {
    /// The code.
    pub code: Code,
    /// The time step in which it is valid.
    pub time_step: TimeStep,
}

/// A time step (RFC 6238 §4.2), as a range of Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimeStep {
    /// The first second.
    pub from: u64,
    /// The first second after it, or `u64::MAX` if that overflows.
    pub until: u64,
}

impl TimeStep {
    /// The time step that contains `unix_s`: from `floor(unix_s / period) * period` until one `period` later.
    pub fn of(period: Period, unix_s: u64) -> Self {
        let period = u64::from(period.get());
        let from = unix_s - unix_s % period;
        Self {
            from,
            until: from.saturating_add(period),
        }
    }

    /// The following time step of the same length.
    #[must_use]
    pub fn next(self) -> Self {
        let length = self.until.saturating_sub(self.from);
        Self {
            from: self.until,
            until: self.until.saturating_add(length),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time_step(period: u32, unix_s: u64) -> (u64, u64) {
        let TimeStep { from, until } = TimeStep::of(Period::new(period).unwrap(), unix_s);
        (from, until)
    }

    #[test]
    fn contains_its_first_second_and_not_the_next_steps() {
        assert_eq!(time_step(30, 0), (0, 30));
        assert_eq!(time_step(30, 29), (0, 30));
        assert_eq!(time_step(30, 30), (30, 60));
        assert_eq!(time_step(1, 59), (59, 60));
        assert_eq!(time_step(3600, 3599), (0, 3600));
    }

    #[test]
    fn next_follows_without_a_gap() {
        let first = TimeStep::of(Period::default(), 1_700_000_000);
        assert_eq!(first.next(), TimeStep::of(Period::default(), first.until));
    }

    #[test]
    fn the_last_time_step_saturates() {
        let last = TimeStep::of(Period::default(), u64::MAX);
        assert_eq!((last.from, last.until), (u64::MAX - 15, u64::MAX));
        assert_eq!((last.next().from, last.next().until), (u64::MAX, u64::MAX));
    }
}
