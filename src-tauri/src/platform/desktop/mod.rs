//! The adapters for Linux, macOS and Windows.

mod arguments;
#[cfg(target_os = "linux")]
mod dbus_activation;
#[cfg(target_os = "linux")]
mod dbus_daemon;
#[cfg(target_os = "linux")]
mod gtk_clipboard;
mod keyring;
#[cfg(target_os = "linux")]
mod screen_lock;
mod single_instance;
#[cfg(all(test, target_os = "linux"))]
mod test_bus;
mod webcam;

use std::sync::Arc;

use tauri::{AppHandle, Runtime};
use trousseau_scan::{FrameSource, SourceError};
use trousseau_wire::{CameraKind, FrameEncoding, Platform};

pub use self::arguments::{launch_urls, take_arguments};
pub use self::keyring::Keyring;
pub use self::single_instance::with_single_instance;
use self::webcam::Webcam;
use super::secret_store::SecretStore;
use super::system_ui::{NoSystemUi, SystemUi};
use crate::clipboard::Clipboard;
use crate::storage::{Disk, SystemDisk};

/// This platform.
pub const PLATFORM: Platform = Platform::Desktop;
/// The core reads the camera, through nokhwa.
pub const CAMERA: CameraKind = CameraKind::Native;
/// Frames travel as raw bytes.
pub const FRAME_ENCODING: FrameEncoding = FrameEncoding::Raw;

/// The keyring of the operating system.
pub fn secret_store<R: Runtime>(_app: &AppHandle<R>) -> Box<dyn SecretStore> {
    Box::new(Keyring)
}

/// The system's clipboard.
pub fn clipboard<R: Runtime>(app: &AppHandle<R>) -> Box<dyn Clipboard> {
    #[cfg(target_os = "linux")]
    return Box::new(gtk_clipboard::GtkClipboard::new(app.clone()));
    #[cfg(not(target_os = "linux"))]
    Box::new(super::plugin_clipboard::PluginClipboard::new(app.clone()))
}

/// Calls `locked` whenever the screen is locked, if the system reports that (so far only Linux).
pub fn watch_screen_lock<R: Runtime>(
    _app: &AppHandle<R>,
    locked: impl Fn() + Clone + Send + 'static,
) {
    #[cfg(target_os = "linux")]
    screen_lock::watch(locked);
    #[cfg(not(target_os = "linux"))]
    drop(locked);
}

/// A desktop needs no calls to its UI.
pub fn system_ui<R: Runtime>(_app: &AppHandle<R>) -> Arc<dyn SystemUi> {
    Arc::new(NoSystemUi)
}

/// Does nothing: no desktop reports recordings.
pub fn watch_recording<R: Runtime>(_app: &AppHandle<R>, _changed: impl Fn() + Send + 'static) {}

/// The system's disk. Backups of the user include the vault, which is made for that.
pub fn disk() -> Arc<dyn Disk> {
    Arc::new(SystemDisk)
}

/// Identifies the current boot (Linux only).
pub fn boot_id() -> Option<String> {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(text.trim().to_owned())
}

/// Opens the camera.
///
/// # Errors
/// `Absent` if the machine has no camera; otherwise as [`SourceError`] describes.
pub fn open_camera() -> Result<Box<dyn FrameSource>, SourceError> {
    #[cfg(debug_assertions)]
    if let Some(film) = std::env::var_os("TROUSSEAU_FILM") {
        return crate::camera::video_file(film.as_ref());
    }
    Ok(Box::new(Webcam::open()?))
}
