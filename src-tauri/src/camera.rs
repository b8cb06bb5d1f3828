//! The camera on the core's side: a thread that pulls frames, shows them and reads them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use trousseau_scan::{FrameSource, Luma, QrCode, SourceError};
use trousseau_wire::{ErrorCode, WireError};

/// The longest side of a preview picture, in pixels.
const PREVIEW_SIDE: u32 = 320;

/// What the scanner screen is told.
pub trait Viewer: Send {
    /// The camera gave its first frame.
    fn opened(&self);
    /// A picture to show, in the layout of [`trousseau_wire::FrameEncoding`]. False when nobody looks any more.
    fn preview(&self, picture: Vec<u8>) -> bool;
    /// Codes were read. True ends the scan.
    fn read(&self, codes: Vec<QrCode>) -> bool;
    /// The camera cannot be used.
    fn failed(&self, error: WireError);
}

/// A scan that runs on a thread of its own until it is stopped.
pub struct Scan(Arc<AtomicBool>);

impl Scan {
    /// Opens a source with `open` on a new thread and reads it for `viewer`.
    pub fn start(
        open: impl FnOnce() -> Result<Box<dyn FrameSource>, SourceError> + Send + 'static,
        viewer: impl Viewer + 'static,
    ) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        std::thread::spawn(move || {
            if let Err(error) = run(open, &viewer, &stopped) {
                viewer.failed(source_error(error));
            }
        });
        Self(stop)
    }
}

impl Drop for Scan {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A frame is read, then the next is pulled: while one is read, no other waits in a queue.
fn run(
    open: impl FnOnce() -> Result<Box<dyn FrameSource>, SourceError>,
    viewer: &impl Viewer,
    stopped: &AtomicBool,
) -> Result<(), SourceError> {
    let mut source = open()?;
    viewer.opened();
    let mut turn = 0;
    while !stopped.load(Ordering::Relaxed) {
        let Some(frame) = source.next_frame()? else {
            return Err(SourceError::Failed);
        };
        let luma = frame.as_luma();
        if !viewer.preview(preview(&luma)) {
            return Ok(());
        }
        let codes = trousseau_scan::read_frame(&luma, turn);
        if !codes.is_empty() && viewer.read(codes) {
            return Ok(());
        }
        turn = turn.wrapping_add(1);
    }
    Ok(())
}

/// The frame made small by leaving out pixels, with its size in front.
fn preview(luma: &Luma<'_>) -> Vec<u8> {
    let (width, height) = (luma.width(), luma.height());
    let step = width.max(height).div_ceil(PREVIEW_SIDE).max(1);
    let (small_width, small_height) = (width / step, height / step);
    let mut bytes = Vec::with_capacity(4 + (small_width * small_height) as usize);
    bytes.extend((small_width as u16).to_le_bytes());
    bytes.extend((small_height as u16).to_le_bytes());
    for row in 0..small_height {
        let line = (row * step * width) as usize;
        bytes.extend((0..small_width).map(|column| luma.pixels()[line + (column * step) as usize]));
    }
    bytes
}

fn source_error(error: SourceError) -> WireError {
    match error {
        SourceError::Denied => ErrorCode::CameraDenied,
        SourceError::Absent => ErrorCode::CameraAbsent,
        SourceError::Busy => ErrorCode::CameraBusy,
        _ => ErrorCode::CameraFailed,
    }
    .into()
}

/// A film in place of the camera, in its own time, for tests of the real window.
#[cfg(all(debug_assertions, not(any(target_os = "android", target_os = "ios"))))]
pub fn film(path: &std::path::Path) -> Result<Box<dyn FrameSource>, SourceError> {
    let file = std::fs::File::open(path).map_err(|_| SourceError::Absent)?;
    let reader = trousseau_scan::Y4mReader::new(file)?;
    let start = std::time::Instant::now();
    let wait = move |until: std::time::Duration| {
        std::thread::sleep(until.saturating_sub(start.elapsed()));
        start.elapsed()
    };
    Ok(Box::new(trousseau_scan::RealTimeSource::new(reader, wait)))
}

#[cfg(not(any(target_os = "android", target_os = "ios")))]
pub use webcam::Webcam;

#[cfg(not(any(target_os = "android", target_os = "ios")))]
mod webcam {
    use nokhwa::pixel_format::LumaFormat;
    use nokhwa::utils::{
        ApiBackend, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType,
    };
    use nokhwa::{Buffer, Camera, NokhwaError};
    use trousseau_scan::{Frame, FrameSource, SourceError};

    /// Cameras send damaged frames, above all when they begin; more of them in a row are no camera.
    const MOST_DAMAGED: usize = 30;

    /// The first camera of a desktop, through nokhwa. Used on the thread that opened it.
    pub struct Webcam(Camera);

    impl Webcam {
        /// Opens the first camera.
        ///
        /// # Errors
        /// Absent where the machine lists none; busy or denied where it cannot be opened.
        pub fn open() -> Result<Self, SourceError> {
            let cameras = nokhwa::query(ApiBackend::Auto).map_err(|_| SourceError::Absent)?;
            let index = cameras.first().map_or(Err(SourceError::Absent), |camera| {
                Ok(camera.index().clone())
            })?;
            let format =
                RequestedFormat::new::<LumaFormat>(RequestedFormatType::AbsoluteHighestFrameRate);
            let mut camera = open(index, format)?;
            camera.open_stream().map_err(why)?;
            Ok(Self(camera))
        }
    }

    fn open(index: CameraIndex, format: RequestedFormat<'_>) -> Result<Camera, SourceError> {
        Camera::new(index, format).map_err(why)
    }

    /// nokhwa reports the system's words only; those of V4L2 and AVFoundation are told apart here.
    fn why(error: NokhwaError) -> SourceError {
        let words = error.to_string().to_lowercase();
        if words.contains("busy") {
            SourceError::Busy
        } else if words.contains("permission")
            || words.contains("denied")
            || words.contains("authoriz")
        {
            SourceError::Denied
        } else {
            SourceError::Failed
        }
    }

    impl FrameSource for Webcam {
        fn next_frame(&mut self) -> Result<Option<Frame>, SourceError> {
            whole(|| self.0.frame().map_err(why)).map(Some)
        }
    }

    /// The next frame that is whole.
    fn whole(mut take: impl FnMut() -> Result<Buffer, SourceError>) -> Result<Frame, SourceError> {
        for _ in 0..=MOST_DAMAGED {
            if let Some(frame) = luma(&take()?) {
                return Ok(frame);
            }
        }
        Err(SourceError::Failed)
    }

    fn luma(buffer: &Buffer) -> Option<Frame> {
        // Not by nokhwa's own decoder: it would bring a second JPEG library, in C.
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
        fn frames_of_each_format_are_read() {
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
        fn damaged_frames_are_passed_over_and_nothing_else_ends_the_camera() {
            let damaged = || buffer(&jpeg()[..40], FrameFormat::MJPEG);
            let mut taken = 0;
            let mut after = |bad: usize| {
                taken = 0;
                whole(|| {
                    taken += 1;
                    Ok(if taken > bad {
                        buffer(&jpeg(), FrameFormat::MJPEG)
                    } else {
                        damaged()
                    })
                })
            };
            assert!(after(MOST_DAMAGED).is_ok());
            assert!(matches!(after(MOST_DAMAGED + 1), Err(SourceError::Failed)));
            assert!(matches!(
                whole(|| Err(SourceError::Busy)),
                Err(SourceError::Busy)
            ));
        }
    }
}
