//! The adapters for iOS and iPadOS.

mod keychain;
mod pasteboard;
mod protected_disk;
mod system_ui;

use std::path::Path;
use std::sync::Arc;

use tauri::{AppHandle, Builder, Runtime, Url};
use trousseau_scan::{FrameSource, SourceError};
use trousseau_wire::{CameraKind, FrameEncoding, Platform};

use self::keychain::Keychain;
use self::pasteboard::Pasteboard;
use self::protected_disk::ProtectedDisk;
use self::system_ui::SystemUiAdapter;
pub use self::system_ui::{watch_recording, watch_screen_lock};
use super::secret_store::SecretStore;
use super::system_ui::SystemUi;
use crate::clipboard::Clipboard;
use crate::storage::Disk;

/// This platform.
pub const PLATFORM: Platform = Platform::Ios;
/// The web view reads the camera: nokhwa has no backend here.
pub const CAMERA: CameraKind = CameraKind::Web;
/// Frames travel as raw bytes.
pub const FRAME_ENCODING: FrameEncoding = FrameEncoding::Raw;

/// The Keychain.
pub fn secret_store<R: Runtime>(_app: &AppHandle<R>) -> Box<dyn SecretStore> {
    Box::new(Keychain)
}

/// The pasteboard.
pub fn clipboard<R: Runtime>(_app: &AppHandle<R>) -> Box<dyn Clipboard> {
    Box::new(Pasteboard::default())
}

/// Files that iOS protects and excludes from backups.
pub fn disk() -> Arc<dyn Disk> {
    Arc::new(ProtectedDisk)
}

/// The system's UI.
pub fn system_ui<R: Runtime>(app: &AppHandle<R>) -> Arc<dyn SystemUi> {
    Arc::new(SystemUiAdapter::new(app.clone()))
}

/// iOS runs only one instance of an app.
pub fn with_single_instance<R: Runtime>(builder: Builder<R>, _folder: Option<&Path>) -> Builder<R> {
    builder
}

/// Empty: iOS delivers the URLs of a launch in an event of its own.
pub fn launch_urls() -> Vec<Url> {
    Vec::new()
}

/// Always `None`: iOS does not identify its boots.
pub fn boot_id() -> Option<String> {
    None
}

/// The core has no camera here, because the web view reads it.
///
/// # Errors
/// Always [`SourceError::Absent`].
pub fn open_camera() -> Result<Box<dyn FrameSource>, SourceError> {
    Err(SourceError::Absent)
}
