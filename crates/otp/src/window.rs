use crate::{Code, Period};

/// A time-based code and when it is right.
pub struct TimedCode {
    /// The code.
    pub code: Code,
    /// When it is right.
    pub window: Window,
}

/// The time step that holds a moment (RFC 6238 §4.2), in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// The first second of it.
    pub from: u64,
    /// The first second after it; at the end of time `u64::MAX`.
    pub until: u64,
}

impl Window {
    /// `floor(unix_s / period) * period`, and one `period` more.
    pub fn of(period: Period, unix_s: u64) -> Self {
        let period = u64::from(period.get());
        let from = unix_s - unix_s % period;
        Self {
            from,
            until: from.saturating_add(period),
        }
    }

    /// The window of the same length that follows.
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

    fn window(period: u32, unix_s: u64) -> (u64, u64) {
        let Window { from, until } = Window::of(Period::new(period).unwrap(), unix_s);
        (from, until)
    }

    #[test]
    fn edges() {
        assert_eq!(window(30, 0), (0, 30));
        assert_eq!(window(30, 29), (0, 30));
        assert_eq!(window(30, 30), (30, 60));
        assert_eq!(window(1, 59), (59, 60));
        assert_eq!(window(3600, 3599), (0, 3600));
    }

    #[test]
    fn next_follows_without_a_gap() {
        let first = Window::of(Period::default(), 1_700_000_000);
        assert_eq!(first.next(), Window::of(Period::default(), first.until));
    }

    #[test]
    fn end_of_time_saturates() {
        let last = Window::of(Period::default(), u64::MAX);
        assert_eq!((last.from, last.until), (u64::MAX - 15, u64::MAX));
        assert_eq!((last.next().from, last.next().until), (u64::MAX, u64::MAX));
    }
}
