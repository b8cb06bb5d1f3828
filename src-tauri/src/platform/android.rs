//! Android.

use trousseau_scan::{FrameSource, SourceError};
use trousseau_wire::{CameraKind, FrameEncoding, Platform};

/// The kind of machine.
pub const PLATFORM: Platform = Platform::Android;
/// The web view reads the camera: nokhwa has no backend here.
pub const CAMERA: CameraKind = CameraKind::Web;
/// The bridge turns raw bytes into a JSON list of numbers, so frames travel as base64.
pub const FRAME_ENCODING: FrameEncoding = FrameEncoding::Base64;

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
