use std::fmt;

use thiserror::Error;

/// The largest frame, in millions of pixels. A 4K camera has 8.3.
pub const MAX_FRAME_MEGAPIXELS: u32 = 16;

/// Why [`Frame::new`] or [`Luma::new`] refuses pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FrameError {
    /// `width * height` is 0 or not the number of bytes.
    #[error("{width} x {height} pixels do not fit {bytes} bytes")]
    SizeMismatch {
        /// The given width.
        width: u32,
        /// The given height.
        height: u32,
        /// The given number of bytes.
        bytes: usize,
    },
    /// More pixels than [`MAX_FRAME_MEGAPIXELS`].
    #[error("more than {max_megapixels} megapixels")]
    TooManyPixels {
        /// The limit.
        max_megapixels: u32,
    },
}

/// A borrowed greyscale image: one byte per pixel, row by row without padding; 0 is black.
#[derive(Clone, Copy)]
pub struct Luma<'a> {
    width: u32,
    height: u32,
    pixels: &'a [u8],
}

impl<'a> Luma<'a> {
    /// Requires `pixels.len() = width * height > 0`.
    ///
    /// # Errors
    ///
    /// [`FrameError`] if the size does not match or exceeds [`MAX_FRAME_MEGAPIXELS`].
    pub fn new(width: u32, height: u32, pixels: &'a [u8]) -> Result<Self, FrameError> {
        check(width, height, pixels.len())?;
        Ok(Self {
            width,
            height,
            pixels,
        })
    }

    /// Pixels per row.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// The number of rows.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// All pixels, row by row.
    pub fn pixels(&self) -> &'a [u8] {
        self.pixels
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &'a [u8]> {
        self.pixels.chunks_exact(self.width as usize)
    }
}

/// An owned greyscale image, in the layout of [`Luma`].
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Frame {
    /// Requires `pixels.len() = width * height > 0`.
    ///
    /// # Errors
    ///
    /// [`FrameError`] if the size does not match or exceeds [`MAX_FRAME_MEGAPIXELS`].
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, FrameError> {
        check(width, height, pixels.len())?;
        Ok(Self {
            width,
            height,
            pixels,
        })
    }

    /// For sizes that are right by construction and bounded elsewhere.
    pub(crate) fn from_parts(width: u32, height: u32, pixels: Vec<u8>) -> Self {
        debug_assert_eq!(width as usize * height as usize, pixels.len());
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Borrows the pixels.
    pub fn as_luma(&self) -> Luma<'_> {
        Luma {
            width: self.width,
            height: self.height,
            pixels: &self.pixels,
        }
    }
}

/// Prints only the size: the pixels of a code are a secret.
impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame({} x {})", self.width, self.height)
    }
}

/// Prints only the size: the pixels of a code are a secret.
impl fmt::Debug for Luma<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Luma({} x {})", self.width, self.height)
    }
}

fn check(width: u32, height: u32, bytes: usize) -> Result<(), FrameError> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels > u64::from(MAX_FRAME_MEGAPIXELS) * 1_000_000 {
        return Err(FrameError::TooManyPixels {
            max_megapixels: MAX_FRAME_MEGAPIXELS,
        });
    }
    if pixels == 0 || pixels != bytes as u64 {
        return Err(FrameError::SizeMismatch {
            width,
            height,
            bytes,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_must_match_the_number_of_pixels() {
        for (width, height, bytes, fits) in [
            (2, 3, 6, true),
            (2, 3, 5, false),
            (2, 3, 7, false),
            (0, 0, 0, false),
            (0, 3, 0, false),
            (u32::MAX, u32::MAX, 1, false),
            (5000, 4000, 20_000_000, false),
        ] {
            let pixels = vec![0; bytes];
            assert_eq!(
                Luma::new(width, height, &pixels).is_ok(),
                fits,
                "{width} x {height}"
            );
            assert_eq!(
                Frame::new(width, height, pixels).is_ok(),
                fits,
                "{width} x {height}"
            );
        }
    }

    #[test]
    fn debug_output_contains_no_pixels() {
        let frame = Frame::new(2, 1, vec![201, 202]).expect("the size matches");
        assert_eq!(
            format!("{frame:?} {:?}", frame.as_luma()),
            "Frame(2 x 1) Luma(2 x 1)"
        );
    }
}
