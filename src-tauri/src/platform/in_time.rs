//! Work that another program may hold up for ever: on a thread of its own, waited for so long and no longer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// Runs a few works at once, and waits for each.
pub struct InTime {
    most: usize,
    patience: Duration,
    running: Arc<AtomicUsize>,
}

/// A work that is under way, until it ends, however it does.
struct Running(Arc<AtomicUsize>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl InTime {
    /// `most` works at once, late ones included; each is waited for as long as `patience`.
    pub fn new(most: usize, patience: Duration) -> Self {
        Self {
            most,
            patience,
            running: Arc::default(),
        }
    }

    /// What `work` answers in time. None where it does not, or panics, or where as many as may are under way. `late` is
    /// given what comes after that: nobody else knows of it any more.
    pub fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
        late: impl FnOnce(T) + Send + 'static,
    ) -> Option<T> {
        let running = self.begin()?;
        let (answer, answered) = mpsc::channel();
        // Whoever sets it first decides whether it came in time.
        let decided = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&decided);
        let thread = std::thread::Builder::new().spawn(move || {
            let _running = running;
            let done = work();
            if ended.swap(true, Ordering::AcqRel) {
                late(done);
            } else {
                let _ = answer.send(done);
            }
        });
        thread.ok()?;
        match answered.recv_timeout(self.patience) {
            Ok(done) => Some(done),
            Err(_) if !decided.swap(true, Ordering::AcqRel) => None,
            // It came to its end just now, or panicked.
            Err(_) => answered.recv().ok(),
        }
    }

    fn begin(&self) -> Option<Running> {
        let one_more = |running| (running < self.most).then_some(running + 1);
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
    fn until_idle(in_time: &InTime) {
        while in_time.running.load(Ordering::Acquire) > 0 {
            std::thread::yield_now();
        }
    }

    #[test]
    fn what_comes_in_time_is_answered_and_not_late() {
        let in_time = InTime::new(1, LONG);
        for number in 0..3 {
            let late = |_| panic!("it was waited for");
            assert_eq!(in_time.run(move || number, late), Some(number));
            until_idle(&in_time);
        }
    }

    #[test]
    fn what_comes_later_is_given_to_whoever_undoes_it() {
        let in_time = InTime::new(1, SHORT);
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let (undo, undone) = mpsc::channel();
        let work = move || {
            let _ = may_go_on.recv();
            7
        };
        let late = move |done| undo.send(done).unwrap();
        assert_eq!(in_time.run(work, late), None);
        assert_eq!(
            in_time.run(|| 8, drop),
            None,
            "the first is under way still"
        );
        go_on.send(()).unwrap();
        assert_eq!(undone.recv(), Ok(7));
        until_idle(&in_time);
        assert_eq!(InTime::new(1, LONG).run(|| 9, drop), Some(9));
    }

    #[test]
    fn a_panic_is_no_answer_and_leaves_room() {
        let in_time = InTime::new(1, LONG);
        let panics = || -> u8 { panic!("a bug") };
        assert_eq!(in_time.run(panics, drop), None);
        until_idle(&in_time);
        assert_eq!(in_time.run(|| 1_u8, drop), Some(1));
    }
}
