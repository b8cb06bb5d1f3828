//! Android.

mod keystore;

use tauri::{AppHandle, Runtime};
use trousseau_scan::{FrameSource, SourceError};
use trousseau_wire::{CameraKind, FrameEncoding, Platform};

use self::keystore::Keystore;
use super::device::Device;
use crate::clipboard::{Clipboard, SystemClipboard};

/// The kind of machine.
pub const PLATFORM: Platform = Platform::Android;
/// The web view reads the camera: nokhwa has no backend here.
pub const CAMERA: CameraKind = CameraKind::Web;
/// The bridge turns raw bytes into a JSON list of numbers, so frames travel as base64.
pub const FRAME_ENCODING: FrameEncoding = FrameEncoding::Base64;

/// The Keystore.
pub fn device<R: Runtime>(app: &AppHandle<R>) -> Box<dyn Device> {
    Box::new(Keystore::new(app.clone()))
}

/// The clipboard.
pub fn clipboard<R: Runtime>(app: &AppHandle<R>) -> Box<dyn Clipboard> {
    Box::new(SystemClipboard(app.clone()))
}

/// A locked screen has the app in the background, where its grace runs out.
pub fn watch_screen_lock(_locked: impl Fn() + Clone + Send + 'static) {}

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
