//! The camera of a desktop, through nokhwa.

use nokhwa::pixel_format::LumaFormat;
use nokhwa::utils::{ApiBackend, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType};
use nokhwa::{Buffer, Camera, NokhwaError};
use trousseau_scan::{Frame, FrameSource, SourceError};

/// Cameras send damaged frames, mostly right after they are opened. More than this in a row count as a broken
/// camera.
const MAX_DAMAGED: usize = 30;

/// The first camera. It must be used on the thread that opened it.
pub struct Webcam(Camera);

impl Webcam {
    /// Opens the first camera.
    ///
    /// # Errors
    /// `Absent` if there is no camera; `Busy` or `Denied` if it cannot be opened.
    pub fn open() -> Result<Self, SourceError> {
        let cameras = nokhwa::query(ApiBackend::Auto).map_err(|_| SourceError::Absent)?;
        let index = cameras.first().map_or(Err(SourceError::Absent), |camera| {
            Ok(camera.index().clone())
        })?;
        let format =
            RequestedFormat::new::<LumaFormat>(RequestedFormatType::AbsoluteHighestFrameRate);
        let mut camera = open(index, format)?;
        camera.open_stream().map_err(source_error)?;
        Ok(Self(camera))
    }
}

fn open(index: CameraIndex, format: RequestedFormat<'_>) -> Result<Camera, SourceError> {
    Camera::new(index, format).map_err(source_error)
}

/// nokhwa passes on the system's message only. This tells apart the messages of V4L2 and AVFoundation.
fn source_error(error: NokhwaError) -> SourceError {
    let message = error.to_string().to_lowercase();
    if message.contains("busy") {
        SourceError::Busy
    } else if message.contains("permission")
        || message.contains("denied")
        || message.contains("authoriz")
    {
        SourceError::Denied
    } else {
        SourceError::Failed
    }
}

impl FrameSource for Webcam {
    fn next_frame(&mut self) -> Result<Option<Frame>, SourceError> {
        next_undamaged(|| self.0.frame().map_err(source_error)).map(Some)
    }
}

/// The next frame that is not damaged.
fn next_undamaged(
    mut take: impl FnMut() -> Result<Buffer, SourceError>,
) -> Result<Frame, SourceError> {
    for _ in 0..=MAX_DAMAGED {
        if let Some(frame) = luma(&take()?) {
            return Ok(frame);
        }
    }
    Err(SourceError::Failed)
}

fn luma(buffer: &Buffer) -> Option<Frame> {
    // nokhwa's own decoder would add a second JPEG library, written in C.
    if buffer.source_frame_format() == FrameFormat::MJPEG {
        return trousseau_scan::decode_motion_jpeg(buffer.buffer()).ok();
    }
    let picture = buffer.decode_image::<LumaFormat>().ok()?;
    let (width, height) = picture.dimensions();
    Frame::new(width, height, picture.into_raw()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat, RgbImage};
    use nokhwa::utils::Resolution;

    fn buffer(bytes: &[u8], format: FrameFormat) -> Buffer {
        Buffer::new(Resolution::new(16, 8), bytes, format)
    }

    fn jpeg() -> Vec<u8> {
        let mut file = std::io::Cursor::new(Vec::new());
        let picture = RgbImage::from_pixel(16, 8, image::Rgb([90; 3]));
        DynamicImage::from(picture)
            .write_to(&mut file, ImageFormat::Jpeg)
            .unwrap();
        file.into_inner()
    }

    #[test]
    fn frames_of_every_format_are_read() {
        for (bytes, format) in [
            (jpeg(), FrameFormat::MJPEG),
            (vec![90; 128], FrameFormat::GRAY),
            (vec![90; 384], FrameFormat::RAWRGB),
        ] {
            let frame = luma(&buffer(&bytes, format)).unwrap();
            let luma = frame.as_luma();
            assert_eq!((luma.width(), luma.height()), (16, 8));
            assert!(
                luma.pixels().iter().all(|tone| tone.abs_diff(90) < 3),
                "{format}"
            );
        }
    }

    #[test]
    fn damaged_frames_are_skipped_and_other_errors_end_the_camera() {
        let damaged = || buffer(&jpeg()[..40], FrameFormat::MJPEG);
        let mut taken = 0;
        let mut after = |bad: usize| {
            taken = 0;
            next_undamaged(|| {
                taken += 1;
                Ok(if taken > bad {
                    buffer(&jpeg(), FrameFormat::MJPEG)
                } else {
                    damaged()
                })
            })
        };
        assert!(after(MAX_DAMAGED).is_ok());
        assert!(matches!(after(MAX_DAMAGED + 1), Err(SourceError::Failed)));
        assert!(matches!(
            next_undamaged(|| Err(SourceError::Busy)),
            Err(SourceError::Busy)
        ));
    }
}
