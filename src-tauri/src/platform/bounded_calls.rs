//! Calls that another program may block for ever. Each runs on its own thread, and the caller stops waiting
//! after a timeout.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// Runs blocking calls, a few at once, and stops waiting for each after `timeout`.
pub struct BoundedCalls {
    max_running: usize,
    timeout: Duration,
    running: Arc<AtomicUsize>,
}

/// Counts a running call until it returns or panics.
struct Running(Arc<AtomicUsize>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl BoundedCalls {
    /// At most `max_running` calls at once, including those that the caller no longer waits for.
    pub fn new(max_running: usize, timeout: Duration) -> Self {
        Self {
            max_running,
            timeout,
            running: Arc::default(),
        }
    }

    /// The result of `call`, or `None` if it takes longer than the timeout or panics, or if too many calls are
    /// running already. A result that arrives after the timeout goes to `on_late` only, which can undo what was
    /// done.
    pub fn run<T: Send + 'static>(
        &self,
        call: impl FnOnce() -> T + Send + 'static,
        on_late: impl FnOnce(T) + Send + 'static,
    ) -> Option<T> {
        let running = self.begin()?;
        let (answer, answered) = mpsc::channel();
        // The call and the waiting thread both set this flag. If the call is first, it was in time; if the
        // waiting thread is first, the call is late.
        let decided = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&decided);
        let thread = std::thread::Builder::new().spawn(move || {
            let _running = running;
            let done = call();
            if ended.swap(true, Ordering::AcqRel) {
                on_late(done);
            } else {
                let _ = answer.send(done);
            }
        });
        thread.ok()?;
        match answered.recv_timeout(self.timeout) {
            Ok(done) => Some(done),
            Err(_) if !decided.swap(true, Ordering::AcqRel) => None,
            // The call ended at this moment, or it panicked.
            Err(_) => answered.recv().ok(),
        }
    }

    fn begin(&self) -> Option<Running> {
        let one_more = |running| (running < self.max_running).then_some(running + 1);
        self.running
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more)
            .ok()?;
        Some(Running(Arc::clone(&self.running)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(20);

    /// Waits until no call is running.
    fn until_idle(calls: &BoundedCalls) {
        while calls.running.load(Ordering::Acquire) > 0 {
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_result_in_time_is_returned() {
        let calls = BoundedCalls::new(1, LONG);
        for number in 0..3 {
            let late = |_| panic!("the result was in time");
            assert_eq!(calls.run(move || number, late), Some(number));
            until_idle(&calls);
        }
    }

    #[test]
    fn a_late_result_goes_to_on_late() {
        let calls = BoundedCalls::new(1, SHORT);
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let (undo, undone) = mpsc::channel();
        let work = move || {
            let _ = may_go_on.recv();
            7
        };
        let late = move |done| undo.send(done).unwrap();
        assert_eq!(calls.run(work, late), None);
        assert_eq!(
            calls.run(|| 8, drop),
            None,
            "the first call is still running"
        );
        go_on.send(()).unwrap();
        assert_eq!(undone.recv(), Ok(7));
        until_idle(&calls);
        assert_eq!(BoundedCalls::new(1, LONG).run(|| 9, drop), Some(9));
    }

    #[test]
    fn a_call_that_panics_returns_none_and_frees_its_slot() {
        let calls = BoundedCalls::new(1, LONG);
        let panics = || -> u8 { panic!("a bug") };
        assert_eq!(calls.run(panics, drop), None);
        until_idle(&calls);
        assert_eq!(calls.run(|| 1_u8, drop), Some(1));
    }
}
