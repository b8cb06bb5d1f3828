//! Shrinks, doubles and inverts images.

use image::{GrayImage, ImageBuffer, Luma as Grey, imageops};

use crate::{Frame, Luma};

/// Shrinks to `long_side` pixels by area averaging; `None` if the image is no larger.
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

/// Doubles the size by bilinear interpolation, for codes of one or two pixels per module.
pub fn double(luma: Luma) -> Option<Frame> {
    let (width, height) = (luma.width().checked_mul(2)?, luma.height().checked_mul(2)?);
    Some(to_frame(imageops::resize(
        &as_image(luma)?,
        width,
        height,
        imageops::FilterType::Triangle,
    )))
}

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
