//! Finds and reads the QR codes of pictures and camera frames.
//!
//! The input is bytes or luma, the output texts or parts of texts: no files, no camera, no clock. Any picture may be
//! malicious, so the work of each reader is bounded and its panics are caught.

#[doc(hidden)]
pub mod bench;
mod frame;
mod frame_source;
mod picture;
mod pipeline;
mod qr_code;
mod readers;
mod real_time;
mod scale;
mod structured_append;
mod threshold;
mod unwind;
mod y4m;

pub use frame::{Frame, FrameError, Luma, MAX_FRAME_MEGAPIXELS};
pub use frame_source::{FrameSource, SourceError};
pub use picture::{MAX_PICTURE_MB, MAX_PICTURE_MEGAPIXELS, PictureError, decode_motion_jpeg};
pub use qr_code::{Part, QrCode};
pub use real_time::RealTimeSource;
pub use structured_append::{Incomplete, Joined, Parts};
pub use y4m::Y4mReader;

/// All QR codes of a PNG, JPEG, WebP, GIF or BMP file: each once, in reading order, empty if there is no code.
///
/// A code may hold only a part of a text; [`Parts`] joins them.
///
/// # Errors
///
/// [`PictureError`] if the bytes are not such a picture, it exceeds the limits, or it shows a code that cannot be read.
pub fn read_picture(bytes: &[u8]) -> Result<Vec<QrCode>, PictureError> {
    let picture = picture::decode(bytes)?;
    pipeline::scan_picture(picture.as_luma()).map_err(|_| PictureError::CodeUnreadable)
}

/// All QR codes of one frame of a live camera, in the order of [`read_picture`].
///
/// A frame gets only the passes that read the most codes and one of the others, which `frame_index` selects. Pass the
/// number of the frame, so that a code in front of the camera gets all of them within a few frames.
pub fn read_frame(frame: &Luma, frame_index: u32) -> Vec<QrCode> {
    pipeline::scan_frame(*frame, frame_index)
}
