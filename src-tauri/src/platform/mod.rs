//! What differs between a desktop, Android and iOS, behind one set of functions.

#[cfg(target_os = "android")]
mod android;
pub mod biometric;
pub mod bounded_calls;
#[cfg(not(any(target_os = "android", target_os = "ios")))]
mod desktop;
#[cfg(target_os = "ios")]
mod ios;
pub mod java;
#[cfg(not(any(target_os = "linux", target_os = "ios")))]
mod plugin_clipboard;
pub mod secret_store;
pub mod system_ui;

#[cfg(target_os = "android")]
pub use android::*;
#[cfg(not(any(target_os = "android", target_os = "ios")))]
pub use desktop::*;
#[cfg(target_os = "ios")]
pub use ios::*;

use crate::clock::Uptime;

/// Time since boot; none where the platform does not say which boot it is.
pub fn uptime() -> Option<Uptime> {
    let boot_id = boot_id()?;
    let ms = since_boot_ms()?;
    Some(Uptime { boot_id, ms })
}

/// Milliseconds since boot; none where no clock that survives a process counts sleep.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn since_boot_ms() -> Option<u64> {
    Some(steady_ms())
}

/// No boot has a name here, so the wall clock decides alone.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn since_boot_ms() -> Option<u64> {
    None
}

/// Milliseconds on a clock that nobody sets and that counts sleep, from wherever it began.
#[cfg(unix)]
pub fn steady_ms() -> u64 {
    use rustix::time::{ClockId, clock_gettime};
    // Linux stops CLOCK_MONOTONIC while it sleeps. Apple does not: clock_gettime(3) there says "continues to increment
    // while the system is asleep".
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const STEADY: ClockId = ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    const STEADY: ClockId = ClockId::Monotonic;
    let now = clock_gettime(STEADY);
    let (seconds, nanos) = (now.tv_sec.max(0) as u64, now.tv_nsec.max(0) as u64);
    seconds * 1000 + nanos / 1_000_000
}

/// Milliseconds on a clock that nobody sets and that counts sleep, from its first use on: an `Instant` is
/// QueryPerformanceCounter on Windows, which goes on "when the machine was in a sleep state".
#[cfg(not(unix))]
pub fn steady_ms() -> u64 {
    use std::sync::OnceLock;
    use std::time::Instant;
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    let since = BEGIN.get_or_init(Instant::now).elapsed();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
