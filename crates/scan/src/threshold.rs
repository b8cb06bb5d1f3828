//! Binarisation with a local threshold.

use crate::Luma;

/// A black and white image: one byte per pixel, 1 is black.
#[derive(Clone)]
pub struct BinaryImage {
    pub width: u32,
    pub height: u32,
    pub black: Vec<u8>,
}

impl BinaryImage {
    /// # Panics
    ///
    /// Outside the image.
    pub fn is_black(&self, x: u32, y: u32) -> bool {
        self.black[y as usize * self.width as usize + x as usize] == 1
    }
}

/// The threshold of a pixel: `mean of the window around it * (100 - bias_percent) / 100`.
#[derive(Clone, Copy)]
pub struct ThresholdParams {
    /// The window reaches `long side / window_divisor` pixels in each direction, at least 2.
    window_divisor: usize,
    bias_percent: u32,
}

/// For modules that are larger than the window of [`WIDE_WINDOW`].
pub const WIDEST_WINDOW: ThresholdParams = ThresholdParams {
    window_divisor: 8,
    bias_percent: 5,
};
/// For an even background and strong contrast.
pub const WIDE_WINDOW: ThresholdParams = ThresholdParams {
    window_divisor: 32,
    bias_percent: 5,
};
/// For an uneven background and weak contrast, but no large modules.
pub const NARROW_WINDOW: ThresholdParams = ThresholdParams {
    window_divisor: 64,
    bias_percent: 2,
};
/// A few pixels wide: for modules of about one pixel, on a page that is much larger than the code.
pub const NARROWEST_WINDOW: ThresholdParams = ThresholdParams {
    window_divisor: 400,
    bias_percent: 2,
};

/// A pixel is black if it is darker than the threshold in its window.
pub fn adaptive_threshold(luma: Luma, params: ThresholdParams) -> BinaryImage {
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    let radius = (width.max(height) / params.window_divisor).max(2);
    let integral = IntegralImage::new(luma.pixels(), width);
    let mut black = Vec::with_capacity(width * height);
    for (y, row) in luma.rows().enumerate() {
        let (top, bottom) = (y.saturating_sub(radius), (y + radius + 1).min(height));
        for (x, &pixel) in row.iter().enumerate() {
            let (left, right) = (x.saturating_sub(radius), (x + radius + 1).min(width));
            let area = ((right - left) * (bottom - top)) as u32;
            let dark = u64::from(pixel) * u64::from(area) * 100
                < u64::from(integral.sum(left, top, right, bottom))
                    * u64::from(100 - params.bias_percent);
            black.push(u8::from(dark));
        }
    }
    BinaryImage {
        width: luma.width(),
        height: luma.height(),
        black,
    }
}

/// `sums[x, y]` is the sum of all pixels above and left of the corner `(x, y)`, modulo 2^32.
pub struct IntegralImage {
    stride: usize,
    sums: Vec<u32>,
}

impl IntegralImage {
    /// `pixels` are rows of `width`.
    pub fn new(pixels: &[u8], width: usize) -> Self {
        let stride = width + 1;
        let mut sums = vec![0u32; stride * (pixels.len() / width + 1)];
        for (y, row) in pixels.chunks_exact(width).enumerate() {
            let (above, below) = sums[y * stride..].split_at_mut(stride);
            let mut sum = 0u32;
            for (x, &pixel) in row.iter().enumerate() {
                sum = sum.wrapping_add(u32::from(pixel));
                below[x + 1] = above[x + 1].wrapping_add(sum);
            }
        }
        Self { stride, sums }
    }

    /// The sum of the pixels in `left..right` x `top..bottom`. Exact for fewer than 2^24 pixels.
    pub fn sum(&self, left: usize, top: usize, right: usize, bottom: usize) -> u32 {
        let at = |x: usize, y: usize| self.sums[y * self.stride + x];
        at(right, bottom)
            .wrapping_sub(at(left, bottom))
            .wrapping_sub(at(right, top))
            .wrapping_add(at(left, top))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Frame;

    /// A gradient from 40 to 229, in which every eighth pixel of a row is 20 % darker.
    #[test]
    fn black_pixels_are_darker_than_their_neighbourhood() {
        let pixel = |index: u32| {
            let (x, y) = (index % 64, index / 64);
            let gradient = 40 + 3 * x;
            (if (x + y) % 8 == 0 {
                gradient * 4 / 5
            } else {
                gradient
            }) as u8
        };
        let frame = Frame::from_parts(64, 64, (0..64 * 64).map(pixel).collect());
        let binary = adaptive_threshold(frame.as_luma(), WIDE_WINDOW);
        assert_eq!((binary.width, binary.height), (64, 64));
        for (index, black) in (0u32..).zip(binary.black) {
            let (x, y) = (index % 64, index / 64);
            // At the left border the gradient itself is darker than the mean of its window.
            if (8..56).contains(&x) {
                assert_eq!(black == 1, (x + y) % 8 == 0, "{x}, {y}");
            }
        }
    }

    #[test]
    fn a_uniform_image_is_white() {
        for value in [0, 1, 255] {
            let frame = Frame::from_parts(30, 20, vec![value; 600]);
            assert!(
                adaptive_threshold(frame.as_luma(), WIDE_WINDOW)
                    .black
                    .iter()
                    .all(|black| *black == 0)
            );
        }
    }
}
