//! iOS and iPadOS.

mod keychain;
mod pasteboard;

use tauri::{AppHandle, Runtime};
use trousseau_scan::{FrameSource, SourceError};
use trousseau_wire::{CameraKind, FrameEncoding, Platform};

use self::keychain::Keychain;
use self::pasteboard::Pasteboard;
use super::device::Device;
use crate::clipboard::Clipboard;

/// The kind of machine.
pub const PLATFORM: Platform = Platform::Ios;
/// The web view reads the camera: nokhwa has no backend here.
pub const CAMERA: CameraKind = CameraKind::Web;
/// Raw bytes travel as they are.
pub const FRAME_ENCODING: FrameEncoding = FrameEncoding::Raw;

/// The Keychain.
pub fn device<R: Runtime>(app: &AppHandle<R>) -> Box<dyn Device> {
    Box::new(Keychain(app.clone()))
}

/// The pasteboard.
pub fn clipboard<R: Runtime>(_app: &AppHandle<R>) -> Box<dyn Clipboard> {
    Box::new(Pasteboard::default())
}

/// A locked screen has the app in the background, where its grace runs out.
pub fn watch_screen_lock(_locked: impl Fn() + Clone + Send + 'static) {}

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
