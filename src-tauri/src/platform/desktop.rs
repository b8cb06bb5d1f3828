//! Linux, macOS, Windows.

use trousseau_scan::{FrameSource, SourceError};
use trousseau_wire::{CameraKind, FrameEncoding, Platform};

use crate::camera::Webcam;

/// The kind of machine.
pub const PLATFORM: Platform = Platform::Desktop;
/// nokhwa reads the camera.
pub const CAMERA: CameraKind = CameraKind::Native;
/// Raw bytes travel as they are.
pub const FRAME_ENCODING: FrameEncoding = FrameEncoding::Raw;

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
