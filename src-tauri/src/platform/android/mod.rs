//! The adapters for Android.

mod content_reader;
mod keystore;
mod screen;
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

/// This platform.
pub const PLATFORM: Platform = Platform::Android;
/// The web view reads the camera: nokhwa has no backend here.
pub const CAMERA: CameraKind = CameraKind::Web;
/// Frames travel as base64, because the bridge would turn raw bytes into a JSON list of numbers.
pub const FRAME_ENCODING: FrameEncoding = FrameEncoding::Base64;

/// The Keystore.
pub fn secret_store<R: Runtime>(app: &AppHandle<R>) -> Box<dyn SecretStore> {
    Box::new(Keystore::new(app.clone()))
}

/// The system's clipboard.
pub fn clipboard<R: Runtime>(app: &AppHandle<R>) -> Box<dyn Clipboard> {
    Box::new(PluginClipboard::new(app.clone()))
}

/// The system's UI.
pub fn system_ui<R: Runtime>(app: &AppHandle<R>) -> Arc<dyn SystemUi> {
    Arc::new(SystemUiAdapter::new(app.clone()))
}

/// The app's private folder. The manifest excludes it from backups.
pub fn disk() -> Arc<dyn Disk> {
    Arc::new(SystemDisk)
}

/// Does nothing: Android does not report recordings. Sensitive content is hidden from them by `FLAG_SECURE`.
pub fn watch_recording<R: Runtime>(_app: &AppHandle<R>, _changed: impl Fn() + Send + 'static) {}

/// Android runs only one instance of an app.
pub fn with_single_instance<R: Runtime>(builder: Builder<R>, _folder: Option<&Path>) -> Builder<R> {
    builder
}

/// Empty: Android delivers the URLs of a launch in an event of its own.
pub fn launch_urls() -> Vec<Url> {
    Vec::new()
}

/// Identifies the current boot, if the device lets an app read that.
pub fn boot_id() -> Option<String> {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(text.trim().to_owned())
}

/// The core has no camera here, because the web view reads it.
///
/// # Errors
/// Always [`SourceError::Absent`].
pub fn open_camera() -> Result<Box<dyn FrameSource>, SourceError> {
    Err(SourceError::Absent)
}
