use crate::Luma;

/// A picture in black and white: one byte a pixel, 1 is black.
#[derive(Clone)]
pub struct Bits {
    pub width: u32,
    pub height: u32,
    pub black: Vec<u8>,
}

/// How much darker than its surroundings black must be, in percent.
const BIAS: u32 = 5;

/// Black is what lies [`BIAS`] below the mean of a square around it, a sixteenth of the long side wide.
pub fn local_mean(luma: Luma) -> Bits {
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    let reach = (width.max(height) / 32).max(2);
    let sums = Sums::new(luma);
    let mut black = Vec::with_capacity(width * height);
    for (y, row) in luma.rows().enumerate() {
        let (top, bottom) = (y.saturating_sub(reach), (y + reach + 1).min(height));
        for (x, &pixel) in row.iter().enumerate() {
            let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(width));
            let area = ((right - left) * (bottom - top)) as u32;
            let dark = u64::from(pixel) * u64::from(area) * 100
                < u64::from(sums.within(left, top, right, bottom)) * u64::from(100 - BIAS);
            black.push(u8::from(dark));
        }
    }
    Bits {
        width: luma.width(),
        height: luma.height(),
        black,
    }
}

/// Sums of all pixels above and left of each corner, modulo 2^32: the differences taken are smaller.
struct Sums {
    stride: usize,
    sums: Vec<u32>,
}

impl Sums {
    fn new(luma: Luma) -> Self {
        let stride = luma.width() as usize + 1;
        let mut sums = vec![0u32; stride * (luma.height() as usize + 1)];
        for (y, row) in luma.rows().enumerate() {
            let (above, below) = sums[y * stride..].split_at_mut(stride);
            let mut sum = 0u32;
            for (x, &pixel) in row.iter().enumerate() {
                sum = sum.wrapping_add(u32::from(pixel));
                below[x + 1] = above[x + 1].wrapping_add(sum);
            }
        }
        Self { stride, sums }
    }

    /// The sum of `left..right` x `top..bottom`, fewer than 2^24 pixels.
    fn within(&self, left: usize, top: usize, right: usize, bottom: usize) -> u32 {
        let at = |x: usize, y: usize| self.sums[y * self.stride + x];
        at(right, bottom)
            .wrapping_sub(at(left, bottom))
            .wrapping_sub(at(right, top))
            .wrapping_add(at(left, top))
    }
}
