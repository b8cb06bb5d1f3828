//! The adapters for desktop, Android and iOS. Each system's module offers the same functions.

#[cfg(target_os = "android")]
mod android;
pub mod biometric_plugin;
pub mod bounded_calls;
#[cfg(not(any(target_os = "android", target_os = "ios")))]
mod desktop;
#[cfg(target_os = "ios")]
mod ios;
pub mod jni_members;
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

/// Time since boot, or `None` if the platform does not identify its boots.
pub fn uptime() -> Option<Uptime> {
    let boot_id = boot_id()?;
    let ms = since_boot_ms()?;
    Some(Uptime { boot_id, ms })
}

/// Milliseconds since boot, or `None` if no clock keeps counting during sleep and after this process ends.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn since_boot_ms() -> Option<u64> {
    Some(monotonic_ms())
}

/// This platform does not identify its boots, so only the wall clock is left.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn since_boot_ms() -> Option<u64> {
    None
}

/// Milliseconds on a clock that cannot be set and that counts sleep, from an arbitrary start.
#[cfg(unix)]
pub fn monotonic_ms() -> u64 {
    use rustix::time::{ClockId, clock_gettime};
    // Linux stops CLOCK_MONOTONIC during sleep. Apple does not: clock_gettime(3) there says "continues to
    // increment while the system is asleep".
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const CLOCK: ClockId = ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    const CLOCK: ClockId = ClockId::Monotonic;
    let now = clock_gettime(CLOCK);
    let (seconds, nanos) = (now.tv_sec.max(0) as u64, now.tv_nsec.max(0) as u64);
    seconds * 1000 + nanos / 1_000_000
}

/// Milliseconds on a clock that cannot be set and that counts sleep, from its first use. On Windows an
/// `Instant` is QueryPerformanceCounter, which goes on "when the machine was in a sleep state".
#[cfg(not(unix))]
pub fn monotonic_ms() -> u64 {
    use std::sync::OnceLock;
    use std::time::Instant;
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    let since = BEGIN.get_or_init(Instant::now).elapsed();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
