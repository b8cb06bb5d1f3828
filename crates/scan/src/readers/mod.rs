//! The readers, each behind a function that bounds its work and survives its panics.

pub mod grid;
pub mod rqrr;
pub mod rxing;

use ::rxing::common::cpp_essentials::DecoderResult;

use crate::{Part, QrCode};

/// A code and where it stands, in parts of the picture's long side.
pub struct Found {
    pub code: QrCode,
    /// From the left to the code's centre.
    pub x: f32,
    /// From the top to the code's centre.
    pub y: f32,
    /// The code's height.
    pub height: f32,
}

impl Found {
    /// From the code's corners, in pixels.
    fn new(code: QrCode, corners: &[(f32, f32)], width: u32, height: u32) -> Self {
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
            code,
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

/// What rxing decoded; none if that failed, or if a part names a place that its text does not have.
///
/// Its other decoders, but for `DecodeBitStream`, take a part for a whole text.
fn qr_code(decoded: &DecoderResult<bool>) -> Option<QrCode> {
    if !decoded.isValid() {
        return None;
    }
    let place = decoded.structuredAppend();
    if place.count < 0 {
        return Some(QrCode::Whole(decoded.text()));
    }
    let part = Part::new(
        u8::try_from(place.index).ok()?,
        u8::try_from(place.count).ok()?,
        place.id.parse().ok()?,
        decoded.content().bytes().to_vec(),
        decoded.text(),
    );
    part.map(QrCode::Part)
}
