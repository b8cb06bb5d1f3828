//! The rectified image of a code, and how dark its modules are compared with their surroundings.

use super::fit::Fit;
use super::point::Point;
use crate::{Luma, threshold};

/// Pixels per side of a module in the rectified image.
const PIXELS_PER_MODULE: usize = 6;
/// Modules of the quiet zone that are kept around the code.
const MARGIN_MODULES: usize = 3;
/// Pixels per side of a module that are averaged. Its outer pixels may belong to the neighbours.
const CORE_PIXELS: usize = PIXELS_PER_MODULE - 2;

/// The image of a code as a square, with a margin.
pub struct Rectified {
    /// Modules per side of the code.
    dimension: usize,
    /// Pixels per side, with the margin.
    side: usize,
    luma: Vec<u8>,
}

impl Rectified {
    pub fn new(luma: Luma, fit: &Fit) -> Self {
        let dimension = fit.patterns.dimension as usize;
        let side = (dimension + 2 * MARGIN_MODULES) * PIXELS_PER_MODULE;
        let module =
            |pixel: usize| (pixel as f32 + 0.5) / PIXELS_PER_MODULE as f32 - MARGIN_MODULES as f32;
        let pixels = (0..side * side).map(|index| {
            let point = fit
                .homography
                .project(module(index % side), module(index / side));
            bilinear(luma, point)
        });
        Self {
            dimension,
            side,
            luma: pixels.collect(),
        }
    }

    /// The difference between the mean of a window, `radius` modules in each direction, and each pixel.
    pub fn local_contrast(&self, radius: usize) -> LocalContrast {
        let means = threshold::IntegralImage::new(&self.luma, self.side);
        let radius = radius * PIXELS_PER_MODULE;
        let stride = self.side + 1;
        let mut sums = vec![0.0; stride * stride];
        for y in 0..self.side {
            let (top, bottom) = (y.saturating_sub(radius), (y + radius + 1).min(self.side));
            let mut sum = 0.0;
            for x in 0..self.side {
                let (left, right) = (x.saturating_sub(radius), (x + radius + 1).min(self.side));
                let area = ((right - left) * (bottom - top)) as f32;
                let mean = means.sum(left, top, right, bottom) as f32 / area;
                sum += mean - f32::from(self.luma[y * self.side + x]);
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + sum;
            }
        }
        LocalContrast {
            dimension: self.dimension,
            stride,
            sums,
        }
    }
}

/// How much darker each pixel is than its surroundings, as an integral image.
pub struct LocalContrast {
    pub dimension: usize,
    stride: usize,
    sums: Vec<f32>,
}

impl LocalContrast {
    /// The mean over the inner pixels of a module, displaced by `dx`, `dy` pixels. Positive for dark modules.
    pub fn module_mean(&self, column: usize, row: usize, dx: i32, dy: i32) -> f32 {
        let start = |module: usize, moved: i32| {
            let pixel = ((module + MARGIN_MODULES) * PIXELS_PER_MODULE + 1) as i32 + moved;
            pixel.clamp(0, (self.stride - 1 - CORE_PIXELS) as i32) as usize
        };
        let (x, y) = (start(column, dx), start(row, dy));
        let at = |x: usize, y: usize| self.sums[y * self.stride + x];
        let sum =
            at(x + CORE_PIXELS, y + CORE_PIXELS) - at(x, y + CORE_PIXELS) - at(x + CORE_PIXELS, y)
                + at(x, y);
        sum / (CORE_PIXELS * CORE_PIXELS) as f32
    }
}

/// Bilinear interpolation; outside the image, the border is repeated.
fn bilinear(luma: Luma, point: Point) -> u8 {
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
    use crate::readers::robust::function_patterns::FunctionPatterns;
    use crate::readers::robust::homography::Homography;
    use crate::readers::robust::test_codes::{
        self, perspective_corners, point, render, square_corners,
    };

    fn fit(number: u32, corners: [Point; 4]) -> Fit {
        let patterns = FunctionPatterns::new(number).expect("there is such a version");
        let homography =
            Homography::new(corners, patterns.dimension).expect("four corners of a square");
        Fit {
            patterns,
            homography,
            score: 1.0,
        }
    }

    #[test]
    fn dark_modules_are_darker_than_their_surroundings() {
        for ((number, version), corners) in [
            (test_codes::VERSIONS[1], square_corners(99.0, 0.6)),
            (test_codes::VERSIONS[2], square_corners(228.0, 2.5)),
            (test_codes::VERSIONS[2], perspective_corners()),
        ] {
            let code = test_codes::default_code(version);
            let frame = render(&code, corners);
            let rectified = Rectified::new(frame.as_luma(), &fit(number, corners));
            let contrast = rectified.local_contrast(4);
            assert_eq!(contrast.dimension, code.size);
            for y in 0..code.size {
                for x in 0..code.size {
                    let tone = contrast.module_mean(x, y, 0, 0);
                    assert_eq!(tone > 0.0, code[y][x].value(), "{x}, {y}: {tone}");
                }
            }
        }
    }

    #[test]
    fn an_offset_of_one_module_gives_the_neighbour() {
        let (number, version) = test_codes::VERSIONS[1];
        let corners = square_corners(99.0, 0.0);
        let frame = render(&test_codes::default_code(version), corners);
        let contrast = Rectified::new(frame.as_luma(), &fit(number, corners)).local_contrast(2);
        let step = PIXELS_PER_MODULE as i32;
        assert_eq!(
            contrast.module_mean(5, 9, step, 0),
            contrast.module_mean(6, 9, 0, 0)
        );
        assert_eq!(
            contrast.module_mean(5, 9, -step, step),
            contrast.module_mean(4, 10, 0, 0)
        );
        // Offsets are clamped to the margin.
        let last = contrast.module_mean(24, 24, 9999, 9999);
        assert_eq!(last, contrast.module_mean(24, 24, 10_000, 10_000));
        assert!(contrast.module_mean(0, 0, -9999, -9999).is_finite());
    }

    #[test]
    fn a_uniform_image_has_no_contrast() {
        let frame = Frame::from_parts(60, 60, vec![90; 3600]);
        let corners = [
            point(10.0, 10.0),
            point(50.0, 10.0),
            point(50.0, 50.0),
            point(10.0, 50.0),
        ];
        let contrast = Rectified::new(frame.as_luma(), &fit(1, corners)).local_contrast(4);
        for index in 0..21 * 21 {
            assert!(contrast.module_mean(index % 21, index / 21, 0, 0).abs() < 1.0);
        }
    }

    #[test]
    fn outside_the_image_the_border_pixels_are_repeated() {
        let pixels = (0..22 * 22).map(|at| if at % 22 == 0 { 40 } else { 220 });
        let frame = Frame::from_parts(22, 22, pixels.collect());
        let far = [-900.0, -500.0].map(|x| [point(x, 4.0), point(x, 18.0)]);
        let corners = [far[0][0], far[1][0], far[1][1], far[0][1]];
        let rectified = Rectified::new(frame.as_luma(), &fit(1, corners));
        assert!(rectified.luma.iter().all(|luma| *luma == 40));
        for position in [
            point(f32::MIN, f32::MAX),
            point(21.9, 21.9),
            point(f32::INFINITY, 0.0),
        ] {
            assert_eq!(
                bilinear(frame.as_luma(), position),
                if position.x < 0.0 { 40 } else { 220 }
            );
        }
        // NaN does not panic.
        let _ = bilinear(frame.as_luma(), point(f32::NAN, f32::NAN));
    }
}
