//! The readers, each behind a function that bounds its work and survives its panics.

pub mod grid;
pub mod rqrr;
pub mod rxing;

/// A text and where its code stands, in parts of the picture's long side.
pub struct Found {
    pub text: String,
    /// From the left to the code's centre.
    pub x: f32,
    /// From the top to the code's centre.
    pub y: f32,
    /// The code's height.
    pub height: f32,
}

impl Found {
    /// From the code's corners, in pixels.
    fn new(text: String, corners: &[(f32, f32)], width: u32, height: u32) -> Self {
        let part = |pixels: f32| {
            if pixels.is_finite() {
                pixels / width.max(height) as f32
            } else {
                0.0
            }
        };
        let count = corners.len().max(1) as f32;
        let top = corners
            .iter()
            .map(|corner| corner.1)
            .fold(f32::INFINITY, f32::min);
        let bottom = corners
            .iter()
            .map(|corner| corner.1)
            .fold(f32::NEG_INFINITY, f32::max);
        Self {
            text,
            x: part(corners.iter().map(|corner| corner.0).sum::<f32>() / count),
            y: part(corners.iter().map(|corner| corner.1).sum::<f32>() / count),
            height: part(bottom - top).max(0.0),
        }
    }

    /// Whether a finder pattern there is likely this code's.
    pub fn covers(&self, x: f32, y: f32) -> bool {
        (self.x - x).hypot(self.y - y) < 0.75 * self.height
    }
}
