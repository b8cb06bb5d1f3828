//! Detects codes that are too small or too blurred to be decoded, by their finder patterns alone.

use std::ops::Range;

use super::finder_patterns::{self, FinderPattern};
use super::metered_image::{MeteredImage, WorkBudget};
use super::point::Point;
use crate::threshold::{self, ThresholdParams};
use crate::{Luma, unwind};

/// At most this many finder patterns are combined, those with the most visible rings first.
const MAX_FINDER_PATTERNS: usize = 60;
/// At most this many combinations are compared with the template, the likeliest first.
const MAX_COMPARISONS: usize = 40;
/// The correlation with the template, from -1 to 1, that each of the three finder patterns must reach. Measured: at most
/// 0.43 in pictures without a code, and 0.7 for codes that are just too small.
const MIN_CORRELATION: f32 = 0.6;
/// More finder patterns of one size and direction than this are a tiling: four codes have twelve.
const MAX_SIMILAR: usize = 12;
/// The size of the template: the 7 x 7 modules of a finder pattern and a light ring around them.
const TEMPLATE_SIZE: usize = 9 * 9;
/// The distance between two finder patterns, in modules: 14 in the smallest code, 170 in the largest. The margin is for
/// module sizes that the threshold distorted.
const DISTANCE_RANGE: Range<f32> = 10.0..260.0;
// The limits of what perspective and blur do to a code.

/// The longer side divided by the shorter one.
const MAX_SIDE_RATIO: f32 = 1.3;
/// The cosine of the angle between both sides.
const MAX_COSINE: f32 = 0.3;
/// The largest module size divided by the smallest one.
const MAX_SIZE_RATIO: f32 = 1.5;

/// Whether three finder patterns are arranged like those of a code.
pub fn detects_code(luma: Luma, params: ThresholdParams) -> bool {
    let detected = unwind::catch_panic(|| {
        let budget = WorkBudget::for_picture();
        let image = MeteredImage::new(threshold::adaptive_threshold(luma, params), &budget);
        let mut finders = finder_patterns::find(&image);
        finders.sort_by_key(|finder| std::cmp::Reverse(finder.ring_rays));
        finders.truncate(MAX_FINDER_PATTERNS);
        let corners = candidate_corners(&finders);
        let mut candidates = corners.iter().take(MAX_COMPARISONS);
        candidates.any(|corners| is_code(luma, &finders, corners))
    });
    detected.unwrap_or_default()
}

/// Triples with similar module sizes and two sides of similar length at a right angle: upper left, upper right, lower left.
/// The best come first.
fn candidate_corners(finders: &[FinderPattern]) -> Vec<[FinderPattern; 3]> {
    let mut all = Vec::new();
    for corner in finders {
        for right in finders {
            for down in finders {
                let (a, b) = (right.centre - corner.centre, down.centre - corner.centre);
                let sizes = [corner.module_size, right.module_size, down.module_size];
                let mean = sizes.iter().sum::<f32>() / 3.0;
                let modules = (a.length() + b.length()) / 2.0 / mean;
                // `right` and `down` are in clockwise order. This also excludes a finder pattern that is used twice.
                if a.cross(b) <= 0.0 || !DISTANCE_RANGE.contains(&modules) {
                    continue;
                }
                let side_ratio = (a.length() / b.length()).max(b.length() / a.length());
                let cosine = (a.dot(b) / (a.length() * b.length())).abs();
                let size_ratio =
                    sizes[0].max(sizes[1]).max(sizes[2]) / sizes[0].min(sizes[1]).min(sizes[2]);
                if side_ratio < MAX_SIDE_RATIO && cosine < MAX_COSINE && size_ratio < MAX_SIZE_RATIO
                {
                    let score = (side_ratio - 1.0) + cosine + (size_ratio - 1.0) / 2.0;
                    all.push((score, [*corner, *right, *down]));
                }
            }
        }
    }
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    all.into_iter().map(|(_, corners)| corners).collect()
}

/// Whether the luma at the three corners matches a finder pattern, and that at the fourth does not: a tiling has a pattern
/// there, too.
fn is_code(luma: Luma, finders: &[FinderPattern], corners: &[FinderPattern; 3]) -> bool {
    let [corner, right, down] = corners.map(|finder| finder.centre);
    let (across, along) = (right - corner, down - corner);
    let mean = corners.iter().map(|finder| finder.module_size).sum::<f32>() / 3.0;
    // The threshold distorts the size of small patterns, so several sizes are tried.
    (0..7).map(|step| 0.75 + 0.1 * step as f32).any(|factor| {
        let axes = [across, along].map(|side| side * (factor * mean / side.length()));
        let is_finder_pattern = |centre| best_correlation(luma, centre, axes) >= MIN_CORRELATION;
        [corner, right, down].into_iter().all(is_finder_pattern)
            && !is_finder_pattern(right + down - corner)
            && finders
                .iter()
                .filter(|finder| is_finder_pattern(finder.centre))
                .count()
                <= MAX_SIMILAR
    })
}

/// The best [`correlation`] within 0.4 modules of `centre`.
fn best_correlation(luma: Luma, centre: Point, axes: [Point; 2]) -> f32 {
    let mut best = -1f32;
    for down in [-0.4, 0.0, 0.4] {
        for right in [-0.4, 0.0, 0.4] {
            let centre = centre + axes[0] * right + axes[1] * down;
            best = best.max(correlation(luma, centre, axes));
        }
    }
    best
}

/// The correlation (Pearson) of the luma with the template of a finder pattern. -1 if the luma is uniform.
///
/// `axes` are the vectors of one module to the right and down.
fn correlation(luma: Luma, centre: Point, axes: [Point; 2]) -> f32 {
    let mut pairs = [(0f32, 0f32); TEMPLATE_SIZE];
    for (index, pair) in pairs.iter_mut().enumerate() {
        let (x, y) = (index as i32 % 9 - 4, index as i32 / 9 - 4);
        let dark = matches!(x.abs().max(y.abs()), 0 | 1 | 3);
        let value = bilinear(luma, centre + axes[0] * x as f32 + axes[1] * y as f32);
        *pair = (if dark { -1.0 } else { 1.0 }, value);
    }
    let count = TEMPLATE_SIZE as f32;
    let mean = |of: fn(&(f32, f32)) -> f32| pairs.iter().map(of).sum::<f32>() / count;
    let (template_mean, image_mean) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum = |of: &dyn Fn(f32, f32) -> f32| -> f32 {
        let pairs = pairs.iter();
        pairs
            .map(|pair| of(pair.0 - template_mean, pair.1 - image_mean))
            .sum()
    };
    let contrast = sum(&|_, image| image * image);
    if contrast < count {
        return -1.0;
    }
    sum(&|template, image| template * image)
        / (sum(&|template, _| template * template) * contrast).sqrt()
}

/// Bilinear interpolation; outside the image, the border is repeated.
fn bilinear(luma: Luma, point: Point) -> f32 {
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    let clamp = |at: f32, size: usize| (at - 0.5).clamp(0.0, (size - 1) as f32);
    let (x, y) = (clamp(point.x, width), clamp(point.y, height));
    let (left, top) = (x as usize, y as usize);
    let (right, below) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let (fx, fy) = (x - left as f32, y - top as f32);
    let at = |x: usize, y: usize| f32::from(luma.pixels()[y * width + x]);
    let upper = at(left, top) * (1.0 - fx) + at(right, top) * fx;
    let lower = at(left, below) * (1.0 - fx) + at(right, below) * fx;
    upper * (1.0 - fy) + lower * fy
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Frame;
    use crate::readers::robust::test_codes::{
        SIDE, default_code, finder_pattern, point, render, square_corners,
    };
    use fast_qr::Version;

    fn is_detected(frame: &Frame) -> bool {
        detects_code(frame.as_luma(), threshold::WIDE_WINDOW)
    }

    /// A white image with a finder pattern of two pixels per module at each of these centres.
    fn image_with_patterns(side: u32, centres: &[(u32, u32)]) -> Frame {
        let is_dark = |x: u32, y: u32| {
            centres.iter().any(|(column, row)| {
                let ring = |at: u32, centre: u32| ((at + 400 - centre) / 2).abs_diff(200);
                matches!(ring(x, *column).max(ring(y, *row)), 0 | 1 | 3)
            })
        };
        let luma = |at: u32| {
            if is_dark(at % side, at / side) {
                20
            } else {
                240
            }
        };
        Frame::from_parts(side, side, (0..side * side).map(luma).collect())
    }

    #[test]
    fn a_code_is_detected_at_any_rotation() {
        for degrees in (0..90).step_by(15) {
            let corners = square_corners(95.0, (degrees as f32).to_radians());
            let frame = render(&default_code(Version::V02), corners);
            assert!(is_detected(&frame), "{degrees}°");
        }
    }

    #[test]
    fn three_finder_patterns_are_enough_and_two_are_not() {
        let three = [(40, 40), (120, 40), (40, 120)];
        assert!(is_detected(&image_with_patterns(160, &three)));
        for left_out in 0..3 {
            let mut two = three.to_vec();
            two.remove(left_out);
            assert!(
                !is_detected(&image_with_patterns(160, &two)),
                "{:?}",
                three[left_out]
            );
        }
    }

    #[test]
    fn finder_patterns_in_other_arrangements_are_no_code() {
        for (name, centres) in [
            (
                "a square of four",
                &[(40, 40), (120, 40), (40, 120), (120, 120)][..],
            ),
            ("in a line", &[(40, 40), (80, 40), (120, 40)]),
            ("one side twice the other", &[(40, 40), (120, 40), (40, 80)]),
            ("too close", &[(40, 40), (58, 40), (40, 58)]),
        ] {
            assert!(!is_detected(&image_with_patterns(160, centres)), "{name}");
        }
        let tiling: Vec<(u32, u32)> = (0..64)
            .map(|at| (20 + at % 8 * 24, 20 + at / 8 * 24))
            .collect();
        assert!(!is_detected(&image_with_patterns(220, &tiling)));
        for value in [0, 128, 255] {
            let plain = Frame::from_parts(SIDE, SIDE, vec![value; (SIDE * SIDE) as usize]);
            assert!(!is_detected(&plain));
        }
    }

    #[test]
    fn the_best_corners_come_first_and_clockwise() {
        let at = |x, y, module| finder_pattern(point(x, y), module);
        let crooked = at(150.0, 130.0, 4.5);
        let finders = [
            at(20.0, 120.0, 4.0),
            crooked,
            at(20.0, 20.0, 4.0),
            at(120.0, 20.0, 4.0),
        ];
        let corners = candidate_corners(&finders);
        let centres = corners[0].map(|finder| (finder.centre.x, finder.centre.y));
        assert_eq!(centres, [(20.0, 20.0), (120.0, 20.0), (20.0, 120.0)]);
    }

    #[test]
    fn only_a_finder_pattern_of_the_same_size_correlates() {
        let frame = image_with_patterns(80, &[(40, 40)]);
        let axes = |module: f32| [point(module, 0.0), point(0.0, module)];
        let correlation_at =
            |x, y, module| best_correlation(frame.as_luma(), point(x, y), axes(module));
        // The centre pixel is the first of two of the middle module, so the exact centre is at 41.
        assert!(correlation_at(41.0, 41.0, 2.0) > 0.95);
        assert!(correlation_at(41.0, 41.0, 3.0) < MIN_CORRELATION);
        assert!(correlation_at(30.0, 41.0, 2.0) < MIN_CORRELATION);
        assert_eq!(correlation_at(5.0, 5.0, 0.5), -1.0, "uniform");
        // Points outside the image do not panic.
        for (x, y) in [(-50.0, 900.0), (f32::NAN, 3.0), (f32::INFINITY, 3.0)] {
            assert!(correlation_at(x, y, 2.0) < MIN_CORRELATION);
        }
    }
}
