//! A code drawn straight, and how dark its modules are against what is around them.

use super::fit::Fit;
use super::point::Point;
use crate::{Luma, threshold};

/// Pixels a module in the straightened picture.
const SCALE: usize = 6;
/// Light modules around the code.
const MARGIN: usize = 3;
/// Pixels of a module's side that are looked at: its border may belong to its neighbour.
const INNER: usize = SCALE - 2;

/// A code straightened, with a margin.
pub struct Straight {
    dimension: usize,
    side: usize,
    luma: Vec<u8>,
}

impl Straight {
    pub fn new(luma: Luma, fit: &Fit) -> Self {
        let dimension = fit.layout.dimension as usize;
        let side = (dimension + 2 * MARGIN) * SCALE;
        let module = |pixel: usize| (pixel as f32 + 0.5) / SCALE as f32 - MARGIN as f32;
        let pixels = (0..side * side).map(|index| {
            let point = fit.pose.at(module(index % side), module(index / side));
            tone(luma, point)
        });
        Self {
            dimension,
            side,
            luma: pixels.collect(),
        }
    }

    /// Against the mean of `reach` modules in each direction.
    pub fn contrast(&self, reach: usize) -> Contrast {
        let means = threshold::Sums::of(&self.luma, self.side);
        let reach = reach * SCALE;
        let stride = self.side + 1;
        let mut sums = vec![0.0; stride * stride];
        for y in 0..self.side {
            let (top, bottom) = (y.saturating_sub(reach), (y + reach + 1).min(self.side));
            let mut sum = 0.0;
            for x in 0..self.side {
                let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(self.side));
                let area = ((right - left) * (bottom - top)) as f32;
                let mean = means.within(left, top, right, bottom) as f32 / area;
                sum += mean - f32::from(self.luma[y * self.side + x]);
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + sum;
            }
        }
        Contrast {
            dimension: self.dimension,
            stride,
            sums,
        }
    }
}

/// How much darker each pixel is than its surroundings, as sums above and left of each corner.
pub struct Contrast {
    pub dimension: usize,
    stride: usize,
    sums: Vec<f32>,
}

impl Contrast {
    /// The mean over the middle of a module that is moved by `dx`, `dy` pixels.
    pub fn module(&self, column: usize, row: usize, dx: i32, dy: i32) -> f32 {
        let start = |module: usize, moved: i32| {
            let pixel = ((module + MARGIN) * SCALE + 1) as i32 + moved;
            pixel.clamp(0, (self.stride - 1 - INNER) as i32) as usize
        };
        let (x, y) = (start(column, dx), start(row, dy));
        let at = |x: usize, y: usize| self.sums[y * self.stride + x];
        let sum = at(x + INNER, y + INNER) - at(x, y + INNER) - at(x + INNER, y) + at(x, y);
        sum / (INNER * INNER) as f32
    }
}

/// Between the pixels; at the border, the nearest.
fn tone(luma: Luma, point: Point) -> u8 {
    let clamp = |value: f32, size: u32| (value - 0.5).clamp(0.0, size as f32 - 1.001);
    let (x, y) = (clamp(point.x, luma.width()), clamp(point.y, luma.height()));
    let (left, top) = (x as usize, y as usize);
    let (fx, fy) = (x - left as f32, y - top as f32);
    let width = luma.width() as usize;
    let index = top * width + left;
    let at = |index: usize| f32::from(luma.pixels()[index]);
    let upper = at(index) * (1.0 - fx) + at(index + 1) * fx;
    let lower = at(index + width) * (1.0 - fx) + at(index + width + 1) * fx;
    (upper * (1.0 - fy) + lower * fy) as u8
}
