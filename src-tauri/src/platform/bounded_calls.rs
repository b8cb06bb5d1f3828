//! Calls that another program may block for ever: each on a thread of its own, which nobody waits for after a time.

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

/// A call that is running, until it ends, however it does.
struct Running(Arc<AtomicUsize>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl BoundedCalls {
    /// At most `max_running` calls at once, those included that nobody waits for any more.
    pub fn new(max_running: usize, timeout: Duration) -> Self {
        Self {
            max_running,
            timeout,
            running: Arc::default(),
        }
    }

    /// The result of `call`. None if it takes longer than the timeout or panics, or if too many calls are running already. A
    /// result that comes after the timeout goes to `on_late`, which can undo what was done: nobody else gets it.
    pub fn run<T: Send + 'static>(
        &self,
        call: impl FnOnce() -> T + Send + 'static,
        on_late: impl FnOnce(T) + Send + 'static,
    ) -> Option<T> {
        let running = self.begin()?;
        let (answer, answered) = mpsc::channel();
        // Set first by the call: it was in time. Set first by whoever waits: it is late.
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
            // It came to its end just now, or panicked.
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

    /// Until nothing of it is under way.
    fn until_idle(calls: &BoundedCalls) {
        while calls.running.load(Ordering::Acquire) > 0 {
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_result_in_time_is_returned() {
        let calls = BoundedCalls::new(1, LONG);
        for number in 0..3 {
            let late = |_| panic!("it was waited for");
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
        assert_eq!(calls.run(|| 8, drop), None, "the first is under way still");
        go_on.send(()).unwrap();
        assert_eq!(undone.recv(), Ok(7));
        until_idle(&calls);
        assert_eq!(BoundedCalls::new(1, LONG).run(|| 9, drop), Some(9));
    }

    #[test]
    fn a_call_that_panics_gives_none_and_makes_room() {
        let calls = BoundedCalls::new(1, LONG);
        let panics = || -> u8 { panic!("a bug") };
        assert_eq!(calls.run(panics, drop), None);
        until_idle(&calls);
        assert_eq!(calls.run(|| 1_u8, drop), Some(1));
    }
}
