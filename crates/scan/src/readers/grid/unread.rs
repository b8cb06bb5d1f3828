//! Whether a code is seen that is too small or too blurred to be read: only its finder patterns are there.

use std::ops::Range;

use super::canvas::{Canvas, Patience};
use super::finders::{self, Finder};
use super::point::Point;
use crate::threshold::{self, Around};
use crate::{Luma, guard};

/// Finder patterns that are combined at most, the surest first.
const MAX_FINDERS: usize = 60;
/// Combinations whose tones are compared at most, those most like a code first.
const MAX_COMPARED: usize = 40;
/// Of three finder patterns each is at least this much like the drawn one, from -1 to 1. In pictures without a code three
/// were seen that reach 0.43; those of codes that are just too small reach 0.7.
const MIN_LIKENESS: f32 = 0.6;
/// More patterns of one size and direction than this are a tiling: four codes have twelve.
const MAX_ALIKE: usize = 12;
/// The points at which a place is compared with a finder pattern: its 7 x 7 modules and the light ring around them.
const SAMPLES: usize = 9 * 9;
/// How far apart two finder patterns of a code are, in modules: 14 in the smallest code, 170 in the largest, and room for
/// sizes that the threshold changed.
const DISTANCES: Range<f32> = 10.0..260.0;
/// By how much perspective and blur may change a code: the ratio of its two legs, the cosine of its right angle, the ratio
/// of its largest and its smallest pattern.
const MAX_LEGS: f32 = 1.3;
const MAX_COSINE: f32 = 0.3;
const MAX_SPREAD: f32 = 1.5;

/// Whether three finder patterns stand in the picture as those of one code do.
pub fn shows_code(luma: Luma, around: Around) -> bool {
    let shows = guard::survive(|| {
        let patience = Patience::for_picture();
        let canvas = Canvas::new(threshold::local_mean(luma, around), &patience);
        let mut finders = finders::find(&canvas);
        finders.sort_by_key(|finder| std::cmp::Reverse(finder.rays));
        finders.truncate(MAX_FINDERS);
        let corners = corners(&finders);
        let mut compared = corners.iter().take(MAX_COMPARED);
        compared.any(|corners| are_of_a_code(luma, &finders, corners))
    });
    shows.unwrap_or_default()
}

/// Three finder patterns of one size at a right angle with legs of one length: left upper, right upper, left lower. The best
/// come first.
fn corners(finders: &[Finder]) -> Vec<[Finder; 3]> {
    let mut all = Vec::new();
    for corner in finders {
        for right in finders {
            for down in finders {
                let (a, b) = (right.centre - corner.centre, down.centre - corner.centre);
                let sizes = [corner.module, right.module, down.module];
                let mean = sizes.iter().sum::<f32>() / 3.0;
                let modules = (a.length() + b.length()) / 2.0 / mean;
                // "right" and "down" lie clockwise around the corner; this also excludes one pattern taken twice.
                if a.cross(b) <= 0.0 || !DISTANCES.contains(&modules) {
                    continue;
                }
                let legs = (a.length() / b.length()).max(b.length() / a.length());
                let cosine = (a.dot(b) / (a.length() * b.length())).abs();
                let spread =
                    sizes[0].max(sizes[1]).max(sizes[2]) / sizes[0].min(sizes[1]).min(sizes[2]);
                if legs < MAX_LEGS && cosine < MAX_COSINE && spread < MAX_SPREAD {
                    let score = (legs - 1.0) + cosine + (spread - 1.0) / 2.0;
                    all.push((score, [*corner, *right, *down]));
                }
            }
        }
    }
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    all.into_iter().map(|(_, corners)| corners).collect()
}

/// Whether the tones of the three corners are those of finder patterns, and those of the fourth are not: a tiling has a pattern there, too.
fn are_of_a_code(luma: Luma, finders: &[Finder], corners: &[Finder; 3]) -> bool {
    let [corner, right, down] = corners.map(|finder| finder.centre);
    let (across, along) = (right - corner, down - corner);
    let mean = corners.iter().map(|finder| finder.module).sum::<f32>() / 3.0;
    // The threshold makes small patterns too large or too small.
    (0..7).map(|step| 0.75 + 0.1 * step as f32).any(|factor| {
        let axes = [across, along].map(|leg| leg * (factor * mean / leg.length()));
        let alike = |centre| likeness(luma, centre, axes) >= MIN_LIKENESS;
        [corner, right, down].into_iter().all(alike)
            && !alike(right + down - corner)
            && finders.iter().filter(|finder| alike(finder.centre)).count() <= MAX_ALIKE
    })
}

/// How much the tones around a place are like a finder pattern, where it is most so.
fn likeness(luma: Luma, centre: Point, axes: [Point; 2]) -> f32 {
    let mut best = -1f32;
    for down in [-0.4, 0.0, 0.4] {
        for right in [-0.4, 0.0, 0.4] {
            let centre = centre + axes[0] * right + axes[1] * down;
            best = best.max(correlation(luma, centre, axes));
        }
    }
    best
}

/// The correlation of the tones with a finder pattern in its light surroundings; -1 where there is one tone only.
fn correlation(luma: Luma, centre: Point, axes: [Point; 2]) -> f32 {
    let mut pairs = [(0f32, 0f32); SAMPLES];
    for (index, pair) in pairs.iter_mut().enumerate() {
        let (x, y) = (index as i32 % 9 - 4, index as i32 / 9 - 4);
        let dark = matches!(x.abs().max(y.abs()), 0 | 1 | 3);
        let tone = tone(luma, centre + axes[0] * x as f32 + axes[1] * y as f32);
        *pair = (if dark { -1.0 } else { 1.0 }, tone);
    }
    let count = SAMPLES as f32;
    let mean = |of: fn(&(f32, f32)) -> f32| pairs.iter().map(of).sum::<f32>() / count;
    let (drawn, seen) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum = |of: &dyn Fn(f32, f32) -> f32| -> f32 {
        let pairs = pairs.iter();
        pairs.map(|pair| of(pair.0 - drawn, pair.1 - seen)).sum()
    };
    let contrast = sum(&|_, seen| seen * seen);
    if contrast < count {
        return -1.0;
    }
    sum(&|drawn, seen| drawn * seen) / (sum(&|drawn, _| drawn * drawn) * contrast).sqrt()
}

/// The luma between the pixels; beyond the border, that of the border.
fn tone(luma: Luma, point: Point) -> f32 {
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    let within = |at: f32, size: usize| (at - 0.5).clamp(0.0, (size - 1) as f32);
    let (x, y) = (within(point.x, width), within(point.y, height));
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
    use crate::readers::grid::drawn::{SIDE, draw, finder, plain_code, point, square};
    use fast_qr::Version;

    fn shows(frame: &Frame) -> bool {
        shows_code(frame.as_luma(), threshold::WIDE)
    }

    /// White on `side` x `side` pixels, with a finder pattern of two pixels a module at each of these centres.
    fn patterns(side: u32, centres: &[(u32, u32)]) -> Frame {
        let is_dark = |x: u32, y: u32| {
            centres.iter().any(|(column, row)| {
                let ring = |at: u32, centre: u32| ((at + 400 - centre) / 2).abs_diff(200);
                matches!(ring(x, *column).max(ring(y, *row)), 0 | 1 | 3)
            })
        };
        let tone = |at: u32| {
            if is_dark(at % side, at / side) {
                20
            } else {
                240
            }
        };
        Frame::from_parts(side, side, (0..side * side).map(tone).collect())
    }

    #[test]
    fn a_code_is_seen_at_any_angle() {
        for degrees in (0..90).step_by(15) {
            let corners = square(95.0, (degrees as f32).to_radians());
            let frame = draw(&plain_code(Version::V02), corners);
            assert!(shows(&frame), "{degrees}°");
        }
    }

    #[test]
    fn three_patterns_are_enough_and_two_are_not() {
        let three = [(40, 40), (120, 40), (40, 120)];
        assert!(shows(&patterns(160, &three)));
        for left_out in 0..3 {
            let mut two = three.to_vec();
            two.remove(left_out);
            assert!(!shows(&patterns(160, &two)), "{:?}", three[left_out]);
        }
    }

    #[test]
    fn patterns_in_other_arrangements_are_no_code() {
        for (name, centres) in [
            (
                "a square of four",
                &[(40, 40), (120, 40), (40, 120), (120, 120)][..],
            ),
            ("in a line", &[(40, 40), (80, 40), (120, 40)]),
            ("one leg twice the other", &[(40, 40), (120, 40), (40, 80)]),
            ("too near", &[(40, 40), (58, 40), (40, 58)]),
        ] {
            assert!(!shows(&patterns(160, centres)), "{name}");
        }
        let tiling: Vec<(u32, u32)> = (0..64)
            .map(|at| (20 + at % 8 * 24, 20 + at / 8 * 24))
            .collect();
        assert!(!shows(&patterns(220, &tiling)));
        for tone in [0, 128, 255] {
            let plain = Frame::from_parts(SIDE, SIDE, vec![tone; (SIDE * SIDE) as usize]);
            assert!(!shows(&plain));
        }
    }

    #[test]
    fn the_best_corners_come_first_and_in_their_order() {
        let at = |x, y, module| finder(point(x, y), module);
        let crooked = at(150.0, 130.0, 4.5);
        let finders = [
            at(20.0, 120.0, 4.0),
            crooked,
            at(20.0, 20.0, 4.0),
            at(120.0, 20.0, 4.0),
        ];
        let corners = corners(&finders);
        let centres = corners[0].map(|finder| (finder.centre.x, finder.centre.y));
        assert_eq!(centres, [(20.0, 20.0), (120.0, 20.0), (20.0, 120.0)]);
    }

    #[test]
    fn only_the_tones_of_a_finder_pattern_are_like_one() {
        let frame = patterns(80, &[(40, 40)]);
        let axes = |module: f32| [point(module, 0.0), point(0.0, module)];
        let like = |x, y, module| likeness(frame.as_luma(), point(x, y), axes(module));
        // The centre of a pattern of seven modules lies in the middle of a module.
        assert!(like(41.0, 41.0, 2.0) > 0.95);
        assert!(like(41.0, 41.0, 3.0) < MIN_LIKENESS);
        assert!(like(30.0, 41.0, 2.0) < MIN_LIKENESS);
        assert_eq!(like(5.0, 5.0, 0.5), -1.0, "one tone");
        // Nothing outside the picture ends it.
        for (x, y) in [(-50.0, 900.0), (f32::NAN, 3.0), (f32::INFINITY, 3.0)] {
            assert!(like(x, y, 2.0) < MIN_LIKENESS);
        }
    }
}
