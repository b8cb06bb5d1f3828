//! Pictures and camera frames to what their QR codes hold.
//!
//! Bytes and luma go in, texts or parts of texts come out: no file, no camera, no clock. Every picture may be hostile, so each
//! reader's work is bounded and its panics are caught.

mod code;
mod film;
mod frame;
mod guard;
mod live;
mod parts;
mod picture;
mod readers;
mod scale;
mod source;
mod steps;
mod threshold;

pub use code::{Part, QrCode};
pub use film::Film;
pub use frame::{Frame, FrameError, Luma, MAX_FRAME_MEGAPIXELS};
pub use live::Live;
pub use parts::{Incomplete, Joined, Parts};
pub use picture::{MAX_PICTURE_MB, MAX_PICTURE_MEGAPIXELS, PictureError, decode_motion_jpeg};
pub use source::{FrameSource, SourceError};

/// All QR codes of a PNG, JPEG, WebP, GIF or BMP file: each once, in reading order, none if there is no code.
///
/// A code may hold only a part of a text: [`Parts`] joins them.
///
/// # Errors
///
/// [`PictureError`] if the bytes are not such a picture, it is above the limits, or its code cannot be read.
pub fn read_picture(bytes: &[u8]) -> Result<Vec<QrCode>, PictureError> {
    let picture = picture::decode(bytes)?;
    steps::read_thoroughly(picture.as_luma()).map_err(|_| PictureError::CodeUnreadable)
}

/// All QR codes of one frame of a live camera, as [`read_picture`] gives them.
///
/// A frame gets the steps that read most and one of the others, chosen by `turn`: count the frames and
/// pass the count, and a code that is held still meets every step.
pub fn read_frame(frame: &Luma, turn: u32) -> Vec<QrCode> {
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
