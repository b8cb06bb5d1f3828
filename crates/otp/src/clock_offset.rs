use crate::OutOfRange;

/// Seconds to add to this clock to get the time of another clock: at most a day in either direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ClockOffset(i32);

impl ClockOffset {
    /// The largest offset, in seconds. A larger one means a wrong date, not a drifting clock.
    pub const MAX: u32 = 86_400;

    /// # Errors
    /// `seconds` is above [`ClockOffset::MAX`] or below its negative.
    pub const fn new(seconds: i32) -> Result<Self, OutOfRange> {
        if seconds.unsigned_abs() > Self::MAX {
            return Err(OutOfRange {
                parameter: "offset",
                min: 0,
                max: Self::MAX,
            });
        }
        Ok(Self(seconds))
    }

    /// In seconds; positive if this clock is late.
    pub const fn seconds(self) -> i32 {
        self.0
    }

    /// The time of the other clock, in Unix milliseconds.
    pub fn apply(self, unix_ms: u64) -> u64 {
        unix_ms.saturating_add_signed(i64::from(self.0) * 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_at_most_a_day_and_time_does_not_overflow() {
        assert_eq!(ClockOffset::new(-10).unwrap().apply(3_000), 0);
        assert_eq!(ClockOffset::new(2).unwrap().apply(u64::MAX), u64::MAX);
        assert_eq!(ClockOffset::new(-2).unwrap().apply(10_000), 8_000);
        assert!(ClockOffset::new(86_400).is_ok() && ClockOffset::new(-86_401).is_err());
        assert!(ClockOffset::new(i32::MIN).is_err());
    }
}
