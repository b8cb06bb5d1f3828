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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Frame;
    use crate::readers::grid::drawn::{self, askew, draw, point, square};
    use crate::readers::grid::layout::Layout;
    use crate::readers::grid::pose::Pose;

    fn fit(number: u32, corners: [Point; 4]) -> Fit {
        let layout = Layout::new(number).expect("there is such a version");
        let pose = Pose::new(corners, layout.dimension).expect("four corners of a square");
        Fit {
            layout,
            pose,
            score: 1.0,
        }
    }

    #[test]
    fn dark_modules_are_darker_than_what_is_around_them() {
        for ((number, version), corners) in [
            (drawn::VERSIONS[1], square(99.0, 0.6)),
            (drawn::VERSIONS[2], square(228.0, 2.5)),
            (drawn::VERSIONS[2], askew()),
        ] {
            let code = drawn::plain_code(version);
            let frame = draw(&code, corners);
            let straight = Straight::new(frame.as_luma(), &fit(number, corners));
            let contrast = straight.contrast(4);
            assert_eq!(contrast.dimension, code.size);
            for y in 0..code.size {
                for x in 0..code.size {
                    let tone = contrast.module(x, y, 0, 0);
                    assert_eq!(tone > 0.0, code[y][x].value(), "{x}, {y}: {tone}");
                }
            }
        }
    }

    #[test]
    fn a_module_moved_by_a_module_is_its_neighbour() {
        let (number, version) = drawn::VERSIONS[1];
        let corners = square(99.0, 0.0);
        let frame = draw(&drawn::plain_code(version), corners);
        let contrast = Straight::new(frame.as_luma(), &fit(number, corners)).contrast(2);
        let step = SCALE as i32;
        assert_eq!(contrast.module(5, 9, step, 0), contrast.module(6, 9, 0, 0));
        assert_eq!(
            contrast.module(5, 9, -step, step),
            contrast.module(4, 10, 0, 0)
        );
        // Beyond the margin it stays at the border.
        let last = contrast.module(24, 24, 9999, 9999);
        assert_eq!(last, contrast.module(24, 24, 10_000, 10_000));
        assert!(contrast.module(0, 0, -9999, -9999).is_finite());
    }

    #[test]
    fn one_tone_has_no_contrast() {
        let frame = Frame::from_parts(60, 60, vec![90; 3600]);
        let corners = [
            point(10.0, 10.0),
            point(50.0, 10.0),
            point(50.0, 50.0),
            point(10.0, 50.0),
        ];
        let contrast = Straight::new(frame.as_luma(), &fit(1, corners)).contrast(4);
        for index in 0..21 * 21 {
            assert!(contrast.module(index % 21, index / 21, 0, 0).abs() < 1.0);
        }
    }

    #[test]
    fn a_code_that_lies_outside_has_the_tones_of_the_border() {
        let pixels = (0..22 * 22).map(|at| if at % 22 == 0 { 40 } else { 220 });
        let frame = Frame::from_parts(22, 22, pixels.collect());
        let far = [-900.0, -500.0].map(|x| [point(x, 4.0), point(x, 18.0)]);
        let corners = [far[0][0], far[1][0], far[1][1], far[0][1]];
        let straight = Straight::new(frame.as_luma(), &fit(1, corners));
        assert!(straight.luma.iter().all(|tone| *tone == 40));
        for place in [
            point(f32::MIN, f32::MAX),
            point(21.9, 21.9),
            point(f32::INFINITY, 0.0),
        ] {
            assert_eq!(
                tone(frame.as_luma(), place),
                if place.x < 0.0 { 40 } else { 220 }
            );
        }
        // Nowhere at all is somewhere, too.
        let _ = tone(frame.as_luma(), point(f32::NAN, f32::NAN));
    }
}
