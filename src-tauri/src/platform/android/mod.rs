//! Android.

mod keystore;
mod screen;
mod shared;
mod system_ui;

use std::path::Path;
use std::sync::Arc;

use tauri::{AppHandle, Builder, Runtime, Url};
use trousseau_scan::{FrameSource, SourceError};
use trousseau_wire::{CameraKind, FrameEncoding, Platform};

use self::keystore::Keystore;
pub use self::screen::watch_screen_lock;
use self::system_ui::SystemUiAdapter;
use super::plugin_clipboard::PluginClipboard;
use super::secret_store::SecretStore;
use super::system_ui::SystemUi;
use crate::clipboard::Clipboard;
use crate::storage::{Disk, SystemDisk};

/// The kind of machine.
pub const PLATFORM: Platform = Platform::Android;
/// The web view reads the camera: nokhwa has no backend here.
pub const CAMERA: CameraKind = CameraKind::Web;
/// The bridge turns raw bytes into a JSON list of numbers, so frames travel as base64.
pub const FRAME_ENCODING: FrameEncoding = FrameEncoding::Base64;

/// The Keystore.
pub fn secret_store<R: Runtime>(app: &AppHandle<R>) -> Box<dyn SecretStore> {
    Box::new(Keystore::new(app.clone()))
}

/// The clipboard.
pub fn clipboard<R: Runtime>(app: &AppHandle<R>) -> Box<dyn Clipboard> {
    Box::new(PluginClipboard::new(app.clone()))
}

/// What the phone does around the window.
pub fn system_ui<R: Runtime>(app: &AppHandle<R>) -> Arc<dyn SystemUi> {
    Arc::new(SystemUiAdapter::new(app.clone()))
}

/// The app's folder is its own, and the manifest asks for no backup.
pub fn disk() -> Arc<dyn Disk> {
    Arc::new(SystemDisk)
}

/// Android shows nothing of a hidden window to anybody, and says nothing of recordings.
pub fn watch_recording<R: Runtime>(_app: &AppHandle<R>, _changed: impl Fn() + Send + 'static) {}

/// A phone runs one app of each.
pub fn alone<R: Runtime>(builder: Builder<R>, _folder: Option<&Path>) -> Builder<R> {
    builder
}

/// What the phone starts the app with comes by an event of its own.
pub fn started_with() -> Vec<Url> {
    Vec::new()
}

/// Names this start of the machine, where the device lets an app read it.
pub fn boot_id() -> Option<String> {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(text.trim().to_owned())
}

/// There is no camera on this side of the web view.
///
/// # Errors
/// Always [`SourceError::Absent`].
pub fn open_camera() -> Result<Box<dyn FrameSource>, SourceError> {
    Err(SourceError::Absent)
}
