use thiserror::Error;

use crate::Frame;

/// Where frames come from: a camera, a film in its place. Opened, read and dropped on one thread.
pub trait FrameSource {
    /// The next frame, in its time; none when the source has ended.
    ///
    /// # Errors
    ///
    /// [`SourceError`] if no further frame can come.
    fn next_frame(&mut self) -> Result<Option<Frame>, SourceError>;
}

/// Why there is no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The user or the system forbids it.
    #[error("the camera may not be used")]
    Denied,
    /// There is no camera.
    #[error("there is no camera")]
    Absent,
    /// Another program holds it.
    #[error("the camera is in use")]
    Busy,
    /// It broke off, or what it gave is not a frame.
    #[error("the camera failed")]
    Failed,
}
