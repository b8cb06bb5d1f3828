use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The result of `work` and the CPU time of this thread, which does not depend on the load of the machine.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = now();
    let result = work();
    (result, now() - start)
}

fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
