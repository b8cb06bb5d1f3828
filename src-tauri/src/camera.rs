//! A camera scan in the core: a thread that takes frames, shows them and reads QR codes in them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use trousseau_scan::{FrameSource, Luma, QrCode, SourceError};
use trousseau_wire::{ErrorCode, WireError};

/// The longest side of a preview picture, in pixels.
const PREVIEW_SIDE: u32 = 320;

/// Receives the events of a scan, for the scanner screen.
pub trait ScanListener: Send {
    /// The camera was opened.
    fn opened(&self);
    /// A picture to show, in the layout of [`trousseau_wire::FrameEncoding`]. Returns false if the screen is
    /// gone, which ends the scan.
    fn preview(&self, picture: Vec<u8>) -> bool;
    /// QR codes were read. Returns true to end the scan.
    fn read(&self, codes: Vec<QrCode>) -> bool;
    /// The camera failed.
    fn failed(&self, error: WireError);
}

/// A scan on a thread of its own. Dropping this stops it.
pub struct CameraScan(Arc<AtomicBool>);

impl CameraScan {
    /// Opens a source with `open` on a new thread and reports what it reads to `listener`.
    pub fn start(
        open: impl FnOnce() -> Result<Box<dyn FrameSource>, SourceError> + Send + 'static,
        listener: impl ScanListener + 'static,
    ) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        std::thread::spawn(move || {
            if let Err(error) = run(open, &listener, &stopped) {
                listener.failed(source_error(error));
            }
        });
        Self(stop)
    }
}

impl Drop for CameraScan {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Reads each frame before it takes the next, so that no frame waits in a queue.
fn run(
    open: impl FnOnce() -> Result<Box<dyn FrameSource>, SourceError>,
    listener: &impl ScanListener,
    stopped: &AtomicBool,
) -> Result<(), SourceError> {
    let mut source = open()?;
    listener.opened();
    let mut frame_index = 0;
    while !stopped.load(Ordering::Relaxed) {
        let Some(frame) = source.next_frame()? else {
            return Err(SourceError::Failed);
        };
        let luma = frame.as_luma();
        if !listener.preview(preview(&luma)) {
            return Ok(());
        }
        let codes = trousseau_scan::read_frame(&luma, frame_index);
        if !codes.is_empty() && listener.read(codes) {
            return Ok(());
        }
        frame_index = frame_index.wrapping_add(1);
    }
    Ok(())
}

/// A smaller picture of the frame, made by leaving out pixels, after its width and height as two little-endian
/// `u16`.
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

/// A video file in place of the camera, played in real time, for tests of the real window.
#[cfg(all(debug_assertions, not(any(target_os = "android", target_os = "ios"))))]
pub fn video_file(path: &std::path::Path) -> Result<Box<dyn FrameSource>, SourceError> {
    let file = std::fs::File::open(path).map_err(|_| SourceError::Absent)?;
    let video_file = trousseau_scan::Y4mReader::new(file)?;
    let start = std::time::Instant::now();
    let wait = move |until: std::time::Duration| {
        std::thread::sleep(until.saturating_sub(start.elapsed()));
        start.elapsed()
    };
    Ok(Box::new(trousseau_scan::RealTimeSource::new(
        video_file, wait,
    )))
}
