//! What differs between a desktop, Android and iOS, behind one set of functions.

#[cfg(target_os = "android")]
mod android;
#[cfg(not(any(target_os = "android", target_os = "ios")))]
mod desktop;
pub mod device;
#[cfg(target_os = "ios")]
mod ios;
pub mod java;
pub mod phone;

#[cfg(target_os = "android")]
pub use android::*;
#[cfg(not(any(target_os = "android", target_os = "ios")))]
pub use desktop::*;
#[cfg(target_os = "ios")]
pub use ios::*;

use crate::clock::Uptime;

/// What the phone says of its biometrics; asks nobody anything.
#[cfg(mobile)]
fn biometric_state<R: tauri::Runtime>(app: &tauri::AppHandle<R>) -> trousseau_wire::Biometric {
    use tauri_plugin_biometric::BiometricExt;
    use trousseau_wire::Biometric;
    match app.biometric().status() {
        Ok(status) if status.is_available => Biometric::Ready,
        Ok(status) if status.error_code.as_deref() == Some("biometryNotEnrolled") => {
            Biometric::NotEnrolled
        }
        _ => Biometric::Absent,
    }
}

/// Time since boot; none where the platform does not say which boot it is.
pub fn uptime() -> Option<Uptime> {
    let boot_id = boot_id()?;
    let ms = since_boot_ms()?;
    Some(Uptime { boot_id, ms })
}

/// Milliseconds since boot, sleep included.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn since_boot_ms() -> Option<u64> {
    let since = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let seconds = u64::try_from(since.tv_sec).ok()?;
    let nanos = u64::try_from(since.tv_nsec).ok()?;
    seconds.checked_mul(1000)?.checked_add(nanos / 1_000_000)
}

/// No clock here counts sleep and survives a process, so the wall clock decides alone.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn since_boot_ms() -> Option<u64> {
    None
}
