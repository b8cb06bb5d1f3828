use image::{GrayImage, ImageBuffer, Luma as Grey, imageops};

use crate::{Frame, Luma};

/// Shrinks by area averages until the long side is `long` pixels; none if it is that short already.
pub fn shrink(luma: Luma, long_side: u32) -> Option<Frame> {
    let longest = luma.width().max(luma.height());
    if longest <= long_side {
        return None;
    }
    let scaled = |side: u32| {
        ((u64::from(side) * u64::from(long_side)).div_ceil(u64::from(longest)) as u32).max(1)
    };
    Some(to_frame(imageops::thumbnail(
        &as_image(luma)?,
        scaled(luma.width()),
        scaled(luma.height()),
    )))
}

/// Twice the size, interpolated: for codes of one or two pixels a module.
pub fn double(luma: Luma) -> Option<Frame> {
    let (width, height) = (luma.width().checked_mul(2)?, luma.height().checked_mul(2)?);
    Some(to_frame(imageops::resize(
        &as_image(luma)?,
        width,
        height,
        imageops::FilterType::Triangle,
    )))
}

/// White to black and back.
pub fn invert(luma: Luma) -> Frame {
    Frame::from_parts(
        luma.width(),
        luma.height(),
        luma.pixels().iter().map(|pixel| !pixel).collect(),
    )
}

fn as_image(luma: Luma<'_>) -> Option<ImageBuffer<Grey<u8>, &[u8]>> {
    ImageBuffer::from_raw(luma.width(), luma.height(), luma.pixels())
}

fn to_frame(image: GrayImage) -> Frame {
    Frame::from_parts(image.width(), image.height(), image.into_raw())
}
