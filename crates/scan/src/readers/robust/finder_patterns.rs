//! Detects finder patterns: dark, light, dark, light, dark in the ratio 1 : 1 : 3 : 1 : 1 along every line through the
//! centre.

use super::metered_image::MeteredImage;
use super::point::Point;
use crate::threshold::BinaryImage;

/// More finder patterns than this come from a tiling or noise.
const MAX_FINDER_PATTERNS: usize = 300;
/// The ring of a finder pattern is visible in at least this many directions.
const MIN_RING_RAYS: u32 = 6;
/// The number of directions in which a ring is searched.
pub const RAY_COUNT: u32 = 16;
/// More runs with the ratio of a finder pattern than this come from a tiling or noise.
const MAX_CANDIDATES: usize = 20_000;

#[derive(Clone, Copy)]
pub struct FinderPattern {
    pub centre: Point,
    /// Pixels per module, the mean of both directions.
    pub module_size: f32,
    /// The number of rows in which it was detected.
    pub rows: u32,
    /// The number of directions, of [`RAY_COUNT`], in which its ring is visible.
    pub ring_rays: u32,
}

/// Everything that looks like a finder pattern along a row, along a column and in most directions. Empty if there are too
/// many.
pub fn find(image: &MeteredImage) -> Vec<FinderPattern> {
    let binary = &image.binary;
    let mut finders: Vec<FinderPattern> = Vec::new();
    let mut candidates = 0;
    for y in 0..binary.height {
        let mut runs = [0u32; 5];
        let mut black = false;
        for x in 0..=binary.width {
            let is_black = x < binary.width && binary.is_black(x, y);
            if is_black == black && x < binary.width {
                runs[4] += 1;
                continue;
            }
            if black && has_finder_ratio(runs) {
                candidates += 1;
                if candidates > MAX_CANDIDATES {
                    return Vec::new();
                }
                let end = x as f32 - (runs[3] + runs[4]) as f32;
                let centre = end - runs[2] as f32 / 2.0;
                if let Some(finder) = cross_check(binary, centre, y) {
                    merge_or_push(&mut finders, finder);
                    if finders.len() > MAX_FINDER_PATTERNS {
                        return Vec::new();
                    }
                }
            }
            runs.rotate_left(1);
            runs[4] = 1;
            black = is_black;
        }
    }
    for finder in &mut finders {
        finder.ring_rays = count_ring_rays(image, finder);
    }
    finders.retain(|finder| finder.ring_rays >= MIN_RING_RAYS);
    finders
}

/// Whether each run of `n` modules deviates by less than `max(0.6 modules, 0.9 pixels) * sqrt(n)`.
fn has_finder_ratio(runs: [u32; 5]) -> bool {
    if runs.contains(&0) {
        return false;
    }
    let total: u32 = runs.iter().sum();
    if total < 7 {
        return false;
    }
    let module = total as f32 / 7.0;
    let tolerance = (module * 0.6).max(0.9);
    [1.0, 1.0, 3.0, 1.0, 1.0]
        .iter()
        .zip(runs)
        .all(|(modules, run)| {
            (run as f32 - modules * module).abs() < tolerance * f32::sqrt(*modules)
        })
}

/// Measures the column through the centre, then the row through the centre of that column.
fn cross_check(binary: &BinaryImage, x: f32, y: u32) -> Option<FinderPattern> {
    let column = x as u32;
    let down = cross_section(binary.height, y, |y| binary.is_black(column, y))?;
    let y = down.centre;
    let across = cross_section(binary.width, column, |x| binary.is_black(x, y as u32))?;
    let ratio = across.length / down.length;
    (0.2..5.0).contains(&ratio).then_some(FinderPattern {
        centre: Point {
            x: across.centre,
            y,
        },
        module_size: (across.length + down.length) / 14.0,
        rows: 1,
        ring_rays: 0,
    })
}

struct CrossSection {
    centre: f32,
    length: f32,
}

/// The five runs around the pixel `at` of a line of `end` pixels, if they have the ratio of a finder pattern.
fn cross_section(end: u32, at: u32, black: impl Fn(u32) -> bool) -> Option<CrossSection> {
    let mut runs = [0u32; 5];
    let mut low = at;
    let mut expected = true;
    let mut run = 2;
    if at >= end || !black(at) {
        return None;
    }
    loop {
        if black(low) != expected {
            if run == 0 {
                low += 1;
                break;
            }
            run -= 1;
            expected = !expected;
        }
        runs[run] += 1;
        if low == 0 {
            if run != 0 {
                return None;
            }
            break;
        }
        low -= 1;
    }
    let (mut high, mut expected, mut run) = (at + 1, true, 2);
    while high < end {
        if black(high) != expected {
            if run == 4 {
                break;
            }
            run += 1;
            expected = !expected;
        }
        runs[run] += 1;
        high += 1;
    }
    let start = low + runs[0] + runs[1];
    has_finder_ratio(runs).then(|| CrossSection {
        centre: start as f32 + runs[2] as f32 / 2.0,
        length: (high - low) as f32,
    })
}

/// Averages a finder pattern with an earlier one if it lies within the centre square of that one.
fn merge_or_push(finders: &mut Vec<FinderPattern>, new: FinderPattern) {
    for old in finders.iter_mut() {
        let similar_size = (0.6..1.7).contains(&(old.module_size / new.module_size));
        if similar_size && old.centre.distance(new.centre) < 1.5 * old.module_size {
            let rows = old.rows as f32;
            let blend = |old: f32, new: f32| (old * rows + new) / (rows + 1.0);
            old.centre.x = blend(old.centre.x, new.centre.x);
            old.centre.y = blend(old.centre.y, new.centre.y);
            old.module_size = blend(old.module_size, new.module_size);
            old.rows += 1;
            return;
        }
    }
    finders.push(new);
}

/// The number of directions, of [`RAY_COUNT`], in which a ring lies around the centre square.
fn count_ring_rays(image: &MeteredImage, finder: &FinderPattern) -> u32 {
    let rays = (0..RAY_COUNT).filter(|ray| {
        let angle = std::f32::consts::TAU * (*ray as f32 + 0.5) / RAY_COUNT as f32;
        let direction = Point {
            x: angle.cos(),
            y: angle.sin(),
        };
        matches!(ring_edges(image, finder.centre, direction), [Some(ring), Some(inner)]
            if (1.5..4.0).contains(&(ring / inner)) && ring < 8.0 * finder.module_size)
    });
    rays.count() as u32
}

/// The distances from the centre to the outer edge of the ring and to the edge of the centre square.
pub fn ring_edges(image: &MeteredImage, centre: Point, direction: Point) -> [Option<f32>; 2] {
    let mut inner = None;
    let mut changes = 0;
    let mut dark = true;
    for count in 0..1000 {
        let distance = count as f32 * 0.25;
        let point = centre + direction * distance;
        let Some(is_dark) = image.is_black(point) else {
            break;
        };
        if is_dark != dark {
            dark = !dark;
            changes += 1;
            if changes == 1 {
                inner = Some(distance);
            }
            if changes == 3 {
                return [Some(distance), inner];
            }
        }
    }
    [None, inner]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::robust::metered_image::WorkBudget;
    use crate::readers::robust::test_codes::{
        self, metered, perspective_corners, point, render, square_corners,
    };
    use fast_qr::Version;
    use proptest::prelude::*;

    fn detect(version: Version, corners: [Point; 4]) -> Vec<FinderPattern> {
        let frame = render(&test_codes::default_code(version), corners);
        let budget = WorkBudget::for_picture();
        find(&metered(frame.as_luma(), &budget))
    }

    #[test]
    fn all_three_are_found_at_any_rotation() {
        for degrees in (0..360).step_by(15) {
            let corners = square_corners(90.0, (degrees as f32).to_radians());
            let finders = detect(Version::V02, corners);
            for centre in [corners[0], corners[1], corners[3]] {
                let near = |finder: &&FinderPattern| finder.centre.distance(centre) < 2.0;
                let finder = finders.iter().find(near);
                let finder = finder.unwrap_or_else(|| panic!("{degrees}°: none at {centre:?}"));
                // A line that is not parallel to the modules is longer by a factor of up to sqrt(2).
                assert!(
                    (4.5..7.8).contains(&finder.module_size),
                    "{degrees}°: {}",
                    finder.module_size
                );
                assert!(
                    finder.ring_rays >= 14,
                    "{degrees}°: {} rays",
                    finder.ring_rays
                );
            }
        }
    }

    #[test]
    fn all_three_are_found_in_perspective() {
        let [one, two, _, three] = perspective_corners();
        let finders = detect(Version::V07, perspective_corners());
        for centre in [one, two, three] {
            assert!(
                finders
                    .iter()
                    .any(|finder| finder.centre.distance(centre) < 2.0)
            );
        }
    }

    #[test]
    fn runs_must_have_the_ratio_1_1_3_1_1() {
        for (runs, is) in [
            ([1, 1, 3, 1, 1], true),
            ([10, 10, 30, 10, 10], true),
            ([14, 7, 30, 8, 13], true),
            ([10, 10, 10, 10, 10], false),
            ([10, 10, 60, 10, 10], false),
            ([1, 1, 2, 1, 1], false),
            ([0, 10, 30, 10, 10], false),
            ([10, 10, 30, 10, 0], false),
            ([0, 0, 0, 0, 0], false),
        ] {
            assert_eq!(has_finder_ratio(runs), is, "{runs:?}");
        }
    }

    #[test]
    fn a_line_that_ends_within_the_pattern_gives_none() {
        let line = b"#.###.#";
        let through = |line: &'static [u8], at| {
            cross_section(line.len() as u32, at, |at| line[at as usize] == b'#')
        };
        let whole = through(line, 3).expect("a whole pattern");
        assert_eq!((whole.centre, whole.length), (3.5, 7.0));
        assert!(through(line, 0).is_none());
        assert!(through(b".###.#", 2).is_none());
        assert!(through(b"#.###.", 3).is_none());
        assert!(through(line, 1).is_none(), "not black");
        assert!(through(line, 7).is_none(), "outside");
        assert!(through(b"", 0).is_none());
    }

    #[test]
    fn ring_edges_are_measured_or_none() {
        let corners = square_corners(90.0, 0.0);
        let frame = render(&test_codes::default_code(Version::V02), corners);
        let budget = WorkBudget::for_picture();
        let image = metered(frame.as_luma(), &budget);
        let module = 5.0;
        let [ring, inner] = ring_edges(&image, corners[0], point(1.0, 0.0));
        assert!((ring.expect("a ring") - 3.5 * module).abs() < 1.0);
        assert!((inner.expect("a square") - 1.5 * module).abs() < 1.0);
        // Only background, a direction of length 0, one that is NaN, and a centre outside the image.
        for (centre, direction) in [
            (point(5.0, 5.0), point(-1.0, 0.0)),
            (corners[0], point(0.0, 0.0)),
            (corners[0], point(f32::NAN, 0.0)),
            (point(-50.0, 900.0), point(1.0, 0.0)),
        ] {
            assert_eq!(ring_edges(&image, centre, direction)[0], None, "{centre:?}");
        }
    }

    #[test]
    fn a_pattern_found_again_is_merged() {
        let mut finders = Vec::new();
        merge_or_push(
            &mut finders,
            test_codes::finder_pattern(point(50.0, 50.0), 4.0),
        );
        merge_or_push(
            &mut finders,
            test_codes::finder_pattern(point(52.0, 50.0), 4.0),
        );
        assert_eq!(finders.len(), 1);
        assert_eq!(finders[0].rows, 4);
        assert!((finders[0].centre.x - 50.5).abs() < 0.01);
        // Too far away, and too large.
        merge_or_push(
            &mut finders,
            test_codes::finder_pattern(point(57.0, 50.0), 4.0),
        );
        merge_or_push(
            &mut finders,
            test_codes::finder_pattern(point(50.0, 50.0), 8.0),
        );
        assert_eq!(finders.len(), 3);
    }

    fn binary_image(width: u32, black: Vec<u8>) -> BinaryImage {
        let height = black.len() as u32 / width;
        BinaryImage {
            width,
            height,
            black,
        }
    }

    #[test]
    fn too_many_patterns_give_none() {
        let black = (0..900 * 900u32).map(|at| {
            let ring = |at: u32| (at / 2 % 9).abs_diff(4);
            u8::from(matches!(ring(at % 900).max(ring(at / 900)), 0 | 1 | 3))
        });
        let budget = WorkBudget::for_picture();
        assert!(
            find(&MeteredImage::new(
                binary_image(900, black.collect()),
                &budget
            ))
            .is_empty()
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_pattern_lies_in_the_image(
            width in 1u32..90, cell in 1u32..6, cells in proptest::collection::vec(0u8..=1, 1..600),
        ) {
            let height = 64;
            let black = (0..width * height).map(|at| {
                let (x, y) = (at % width / cell, at / width / cell);
                cells[(y * width.div_ceil(cell) + x) as usize % cells.len()]
            });
            let budget = WorkBudget::for_frame();
            for finder in find(&MeteredImage::new(binary_image(width, black.collect()), &budget)) {
                prop_assert!(finder.module_size >= 1.0 && finder.ring_rays >= MIN_RING_RAYS);
                prop_assert!((0.0..width as f32).contains(&finder.centre.x));
                prop_assert!((0.0..height as f32).contains(&finder.centre.y));
            }
        }
    }
}
