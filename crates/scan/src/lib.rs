//! Pictures and camera frames to the texts of their QR codes.
//!
//! Bytes and luma go in, texts come out: no file, no camera, no clock. Every picture may be hostile, so each
//! reader's work is bounded and its panics are caught.

mod film;
mod frame;
mod guard;
mod live;
mod picture;
mod readers;
mod scale;
mod source;
mod steps;
mod threshold;

pub use film::Film;
pub use frame::{Frame, FrameError, Luma, MAX_FRAME_MEGAPIXELS};
pub use live::Live;
pub use picture::{MAX_PICTURE_MB, MAX_PICTURE_MEGAPIXELS, PictureError, decode_motion_jpeg};
pub use source::{FrameSource, SourceError};

/// The texts of all QR codes of a PNG, JPEG, WebP, GIF or BMP file: each once, in reading order, none if there is no code.
///
/// # Errors
///
/// [`PictureError`] if the bytes are not such a picture or it is above the limits.
pub fn read_picture(bytes: &[u8]) -> Result<Vec<String>, PictureError> {
    Ok(steps::read_thoroughly(picture::decode(bytes)?.as_luma()))
}

/// The texts of all QR codes of one frame of a live camera, as [`read_picture`] gives them.
///
/// A frame gets the steps that read most and one of the others, chosen by `turn`: count the frames and
/// pass the count, and a code that is held still meets every step.
pub fn read_frame(frame: &Luma, turn: u32) -> Vec<String> {
    steps::read_quickly(*frame, turn)
}

/// The steps of [`read_picture`] one by one, to measure what each earns: for `examples/steps.rs`, and for no app.
#[doc(hidden)]
pub mod one_by_one {
    pub use crate::steps::{Alone, COUNT, TOGETHER, long, name};
    use crate::{PictureError, picture};

    /// Decodes a file as [`crate::read_picture`] does, for `see`.
    ///
    /// # Errors
    ///
    /// [`PictureError`] as there.
    pub fn with_picture<T>(
        bytes: &[u8],
        see: impl FnOnce(&mut Alone<'_>) -> T,
    ) -> Result<T, PictureError> {
        let frame = picture::decode(bytes)?;
        Ok(see(&mut Alone::new(frame.as_luma())))
    }
}
