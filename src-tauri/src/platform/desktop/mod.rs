//! Linux, macOS, Windows.

#[cfg(target_os = "linux")]
mod application;
mod arguments;
#[cfg(target_os = "linux")]
mod bus;
mod keyring;
mod one_window;
#[cfg(all(test, target_os = "linux"))]
mod private_bus;
#[cfg(target_os = "linux")]
mod screen_lock;
#[cfg(target_os = "linux")]
mod selection;

use std::sync::Arc;

use tauri::{AppHandle, Runtime};
use trousseau_scan::{FrameSource, SourceError};
use trousseau_wire::{CameraKind, FrameEncoding, Platform};

pub use self::arguments::{started_with, take_arguments};
pub use self::keyring::Keyring;
pub use self::one_window::alone;
use super::secret_store::SecretStore;
use super::system_ui::{NoSystemUi, SystemUi};
use crate::camera::Webcam;
use crate::clipboard::Clipboard;
use crate::storage::{Disk, SystemDisk};

/// The kind of machine.
pub const PLATFORM: Platform = Platform::Desktop;
/// nokhwa reads the camera.
pub const CAMERA: CameraKind = CameraKind::Native;
/// Raw bytes travel as they are.
pub const FRAME_ENCODING: FrameEncoding = FrameEncoding::Raw;

/// The keyring of the operating system.
pub fn secret_store<R: Runtime>(_app: &AppHandle<R>) -> Box<dyn SecretStore> {
    Box::new(Keyring)
}

/// The clipboard.
pub fn clipboard<R: Runtime>(app: &AppHandle<R>) -> Box<dyn Clipboard> {
    #[cfg(target_os = "linux")]
    return Box::new(selection::Selection::new(app.clone()));
    #[cfg(not(target_os = "linux"))]
    Box::new(super::plugin_clipboard::PluginClipboard::new(app.clone()))
}

/// Calls `locked` whenever the machine's screen is locked, where the system tells (Linux so far).
pub fn watch_screen_lock<R: Runtime>(
    _app: &AppHandle<R>,
    locked: impl Fn() + Clone + Send + 'static,
) {
    #[cfg(target_os = "linux")]
    screen_lock::watch(locked);
    #[cfg(not(target_os = "linux"))]
    drop(locked);
}

/// There is no phone.
pub fn system_ui<R: Runtime>(_app: &AppHandle<R>) -> Arc<dyn SystemUi> {
    Arc::new(NoSystemUi)
}

/// No desktop says so.
pub fn watch_recording<R: Runtime>(_app: &AppHandle<R>, _changed: impl Fn() + Send + 'static) {}

/// The machine's own. A person's files are in his own backup, which the vault is made for.
pub fn disk() -> Arc<dyn Disk> {
    Arc::new(SystemDisk)
}

/// Names this start of the machine (Linux only).
pub fn boot_id() -> Option<String> {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(text.trim().to_owned())
}

/// Opens the camera.
///
/// # Errors
/// As [`SourceError`] says; absent where the machine has none.
pub fn open_camera() -> Result<Box<dyn FrameSource>, SourceError> {
    #[cfg(debug_assertions)]
    if let Some(film) = std::env::var_os("TROUSSEAU_FILM") {
        return crate::camera::film(film.as_ref());
    }
    Ok(Box::new(Webcam::open()?))
}
