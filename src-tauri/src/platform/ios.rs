//! iOS and iPadOS.

use trousseau_scan::{FrameSource, SourceError};
use trousseau_wire::{CameraKind, FrameEncoding, Platform};

/// The kind of machine.
pub const PLATFORM: Platform = Platform::Ios;
/// The web view reads the camera: nokhwa has no backend here.
pub const CAMERA: CameraKind = CameraKind::Web;
/// Raw bytes travel as they are.
pub const FRAME_ENCODING: FrameEncoding = FrameEncoding::Raw;

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
