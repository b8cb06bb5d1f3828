//! iOS and iPadOS.

mod files;
mod keychain;
mod pasteboard;
mod system_ui;

use std::path::Path;
use std::sync::Arc;

use tauri::{AppHandle, Builder, Runtime, Url};
use trousseau_scan::{FrameSource, SourceError};
use trousseau_wire::{CameraKind, FrameEncoding, Platform};

use self::files::PhoneDisk;
use self::keychain::Keychain;
use self::pasteboard::Pasteboard;
use self::system_ui::SystemUiAdapter;
pub use self::system_ui::{watch_recording, watch_screen_lock};
use super::secret_store::SecretStore;
use super::system_ui::SystemUi;
use crate::clipboard::Clipboard;
use crate::storage::Disk;

/// The kind of machine.
pub const PLATFORM: Platform = Platform::Ios;
/// The web view reads the camera: nokhwa has no backend here.
pub const CAMERA: CameraKind = CameraKind::Web;
/// Raw bytes travel as they are.
pub const FRAME_ENCODING: FrameEncoding = FrameEncoding::Raw;

/// The Keychain.
pub fn secret_store<R: Runtime>(_app: &AppHandle<R>) -> Box<dyn SecretStore> {
    Box::new(Keychain)
}

/// The pasteboard.
pub fn clipboard<R: Runtime>(_app: &AppHandle<R>) -> Box<dyn Clipboard> {
    Box::new(Pasteboard::default())
}

/// Files that stay on this phone.
pub fn disk() -> Arc<dyn Disk> {
    Arc::new(PhoneDisk)
}

/// What the phone does around the window.
pub fn system_ui<R: Runtime>(app: &AppHandle<R>) -> Arc<dyn SystemUi> {
    Arc::new(SystemUiAdapter::new(app.clone()))
}

/// A phone runs one app of each.
pub fn alone<R: Runtime>(builder: Builder<R>, _folder: Option<&Path>) -> Builder<R> {
    builder
}

/// What the phone starts the app with comes by an event of its own.
pub fn started_with() -> Vec<Url> {
    Vec::new()
}

/// iOS does not say which boot it is.
pub fn boot_id() -> Option<String> {
    None
}

/// There is no camera on this side of the web view.
///
/// # Errors
/// Always [`SourceError::Absent`].
pub fn open_camera() -> Result<Box<dyn FrameSource>, SourceError> {
    Err(SourceError::Absent)
}
