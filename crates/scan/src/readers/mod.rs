//! The readers. Each one bounds its work and catches its panics.

pub mod robust;
pub mod rqrr;
pub mod rxing;

use ::rxing::common::cpp_essentials::DecoderResult;

use crate::{Part, QrCode};

/// A code and its position, in fractions of the long side of the image.
pub struct DecodedCode {
    pub content: QrCode,
    /// The centre of the code, from the left.
    pub x: f32,
    /// The centre of the code, from the top.
    pub y: f32,
    /// The height of the bounding box.
    pub height: f32,
}

impl DecodedCode {
    /// `corners`, `width` and `height` are in pixels.
    fn new(content: QrCode, corners: &[(f32, f32)], width: u32, height: u32) -> Self {
        let fraction = |pixels: f32| {
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
            content,
            x: fraction(corners.iter().map(|corner| corner.0).sum::<f32>() / count),
            y: fraction(corners.iter().map(|corner| corner.1).sum::<f32>() / count),
            height: fraction(bottom - top).max(0.0),
        }
    }

    /// Whether a finder pattern at this position probably belongs to this code.
    pub fn covers(&self, x: f32, y: f32) -> bool {
        (self.x - x).hypot(self.y - y) < 0.75 * self.height
    }
}

/// Converts a result of rxing's `DecodeBitStream`. Its other decoders return a part like a whole text.
///
/// `None` if decoding failed or the index of a part is not below its count.
fn qr_code(decoded: &DecoderResult<bool>) -> Option<QrCode> {
    if !decoded.isValid() {
        return None;
    }
    let append = decoded.structuredAppend();
    if append.count < 0 {
        return Some(QrCode::Whole(decoded.text()));
    }
    let part = Part::new(
        u8::try_from(append.index).ok()?,
        u8::try_from(append.count).ok()?,
        append.id.parse().ok()?,
        decoded.content().bytes().to_vec(),
        decoded.text(),
    );
    part.map(QrCode::Part)
}
