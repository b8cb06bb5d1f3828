use thiserror::Error;

use crate::Frame;

/// A camera, or a film in its place. Opened, read and dropped on one thread.
pub trait FrameSource {
    /// Waits for the next frame. `None` at the end of the source.
    ///
    /// # Errors
    ///
    /// [`SourceError`] if the source can give no more frames.
    fn next_frame(&mut self) -> Result<Option<Frame>, SourceError>;
}

/// Why a source gives no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The user or the system denies access to the camera.
    #[error("access to the camera is denied")]
    Denied,
    /// There is no camera.
    #[error("there is no camera")]
    Absent,
    /// Another program uses the camera.
    #[error("the camera is in use")]
    Busy,
    /// The source stopped, or its data is not a frame.
    #[error("the camera failed")]
    Failed,
}
