use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// What `work` answers and the CPU time it took in this thread: other programs do not count.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = now();
    let answer = work();
    (answer, now() - start)
}

fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
