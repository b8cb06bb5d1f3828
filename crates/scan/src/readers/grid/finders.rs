//! Finder patterns: dark, light, dark, light, dark in the widths 1 : 1 : 3 : 1 : 1 along every line through their centre.

use super::canvas::Canvas;
use super::point::Point;
use crate::threshold::Bits;

/// More candidates than this are a tiling or noise.
const MAX_FINDERS: usize = 300;
/// Fewer whole rays than this are no finder pattern.
const MIN_RAYS: u32 = 6;
/// Crossings that are followed up at most.
const MAX_CANDIDATES: usize = 20_000;

#[derive(Clone, Copy)]
pub struct Finder {
    pub centre: Point,
    /// Pixels a module, the mean of both directions.
    pub module: f32,
    /// Rows that cross it.
    pub hits: u32,
    /// Directions, of [`RAYS`], in which its ring is seen.
    pub rays: u32,
}

/// Centres of what looks like a finder pattern along a row and along a column; none if there are too many.
pub fn find(canvas: &Canvas) -> Vec<Finder> {
    let bits = &canvas.bits;
    let mut finders: Vec<Finder> = Vec::new();
    let mut candidates = 0;
    for y in 0..bits.height {
        let mut runs = [0u32; 5];
        let mut black = false;
        for x in 0..=bits.width {
            let now = x < bits.width && bits.at(x, y);
            if now == black && x < bits.width {
                runs[4] += 1;
                continue;
            }
            if black && is_finder(runs) {
                candidates += 1;
                if candidates > MAX_CANDIDATES {
                    return Vec::new();
                }
                let end = x as f32 - (runs[3] + runs[4]) as f32;
                let centre = end - runs[2] as f32 / 2.0;
                if let Some(finder) = cross_check(bits, centre, y) {
                    add(&mut finders, finder);
                    if finders.len() > MAX_FINDERS {
                        return Vec::new();
                    }
                }
            }
            runs.rotate_left(1);
            runs[4] = 1;
            black = now;
        }
    }
    for finder in &mut finders {
        finder.rays = whole_rays(canvas, finder);
    }
    finders.retain(|finder| finder.rays >= MIN_RAYS);
    finders
}

/// Each run within 60 % of a module, or a pixel and a half, of what it should be.
fn is_finder(runs: [u32; 5]) -> bool {
    if runs.contains(&0) {
        return false;
    }
    let total: u32 = runs.iter().sum();
    if total < 7 {
        return false;
    }
    let module = total as f32 / 7.0;
    let slack = (module * 0.6).max(0.9);
    [1.0, 1.0, 3.0, 1.0, 1.0]
        .iter()
        .zip(runs)
        .all(|(modules, run)| (run as f32 - modules * module).abs() < slack * f32::sqrt(*modules))
}

/// The column through the centre, then the row through the centre of that.
fn cross_check(bits: &Bits, x: f32, y: u32) -> Option<Finder> {
    let column = x as u32;
    let down = runs_through(bits.height, y, |y| bits.at(column, y))?;
    let y = down.centre;
    let across = runs_through(bits.width, column, |x| bits.at(x, y as u32))?;
    let ratio = across.length / down.length;
    (0.2..5.0).contains(&ratio).then_some(Finder {
        centre: Point {
            x: across.centre,
            y,
        },
        module: (across.length + down.length) / 14.0,
        hits: 1,
        rays: 0,
    })
}

struct Crossing {
    centre: f32,
    length: f32,
}

/// The five runs around `at` on a line of `end` pixels, if they are those of a finder pattern.
fn runs_through(end: u32, at: u32, black: impl Fn(u32) -> bool) -> Option<Crossing> {
    let mut runs = [0u32; 5];
    let mut low = at;
    let mut wanted = true;
    let mut slot = 2;
    if at >= end || !black(at) {
        return None;
    }
    loop {
        if black(low) != wanted {
            if slot == 0 {
                low += 1;
                break;
            }
            slot -= 1;
            wanted = !wanted;
        }
        runs[slot] += 1;
        if low == 0 {
            if slot != 0 {
                return None;
            }
            break;
        }
        low -= 1;
    }
    let (mut high, mut wanted, mut slot) = (at + 1, true, 2);
    while high < end {
        if black(high) != wanted {
            if slot == 4 {
                break;
            }
            slot += 1;
            wanted = !wanted;
        }
        runs[slot] += 1;
        high += 1;
    }
    let start = low + runs[0] + runs[1];
    is_finder(runs).then(|| Crossing {
        centre: start as f32 + runs[2] as f32 / 2.0,
        length: (high - low) as f32,
    })
}

/// Joins what lies within the centre square of one found before.
fn add(finders: &mut Vec<Finder>, new: Finder) {
    for old in finders.iter_mut() {
        let alike = (0.6..1.7).contains(&(old.module / new.module));
        if alike && old.centre.distance(new.centre) < 1.5 * old.module {
            let hits = old.hits as f32;
            let blend = |old: f32, new: f32| (old * hits + new) / (hits + 1.0);
            old.centre.x = blend(old.centre.x, new.centre.x);
            old.centre.y = blend(old.centre.y, new.centre.y);
            old.module = blend(old.module, new.module);
            old.hits += 1;
            return;
        }
    }
    finders.push(new);
}

/// In how many of [`RAYS`] directions a ring lies around an inner square.
pub fn whole_rays(canvas: &Canvas, finder: &Finder) -> u32 {
    let rays = (0..RAYS).filter(|ray| {
        let angle = std::f32::consts::TAU * (*ray as f32 + 0.5) / RAYS as f32;
        let step = Point {
            x: angle.cos(),
            y: angle.sin(),
        };
        matches!(edges(canvas, finder.centre, step), [Some(ring), Some(inner)]
            if (1.5..4.0).contains(&(ring / inner)) && ring < 8.0 * finder.module)
    });
    rays.count() as u32
}

pub const RAYS: u32 = 16;

/// How far it is from the centre to the end of the ring and to the end of the inner square.
pub fn edges(canvas: &Canvas, centre: Point, step: Point) -> [Option<f32>; 2] {
    let mut inner = None;
    let mut changes = 0;
    let mut dark = true;
    for count in 0..1000 {
        let way = count as f32 * 0.25;
        let point = centre + step * way;
        let Some(now) = canvas.at(point) else {
            break;
        };
        if now != dark {
            dark = !dark;
            changes += 1;
            if changes == 1 {
                inner = Some(way);
            }
            if changes == 3 {
                return [Some(way), inner];
            }
        }
    }
    [None, inner]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::grid::canvas::Patience;
    use crate::readers::grid::drawn::{self, askew, canvas, draw, point, square};
    use fast_qr::Version;
    use proptest::prelude::*;

    fn found(version: Version, corners: [Point; 4]) -> Vec<Finder> {
        let frame = draw(&drawn::plain_code(version), corners);
        let patience = Patience::for_picture();
        find(&canvas(frame.as_luma(), &patience))
    }

    #[test]
    fn the_three_of_a_code_turned_by_any_angle() {
        for degrees in (0..360).step_by(15) {
            let corners = square(90.0, (degrees as f32).to_radians());
            let finders = found(Version::V02, corners);
            for centre in [corners[0], corners[1], corners[3]] {
                let near = |finder: &&Finder| finder.centre.distance(centre) < 2.0;
                let finder = finders.iter().find(near);
                let finder = finder.unwrap_or_else(|| panic!("{degrees}°: none at {centre:?}"));
                // A line that is not along the modules is longer, by the root of two at most.
                assert!(
                    (4.5..7.8).contains(&finder.module),
                    "{degrees}°: {}",
                    finder.module
                );
                assert!(finder.rays >= 14, "{degrees}°: {} rays", finder.rays);
            }
        }
    }

    #[test]
    fn those_of_a_code_seen_askew() {
        let [one, two, _, three] = askew();
        let finders = found(Version::V07, askew());
        for centre in [one, two, three] {
            assert!(
                finders
                    .iter()
                    .any(|finder| finder.centre.distance(centre) < 2.0)
            );
        }
    }

    #[test]
    fn each_run_has_its_width() {
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
            assert_eq!(is_finder(runs), is, "{runs:?}");
        }
    }

    #[test]
    fn a_line_that_ends_within_the_pattern_is_none() {
        let line = b"#.###.#";
        let through = |line: &'static [u8], at| {
            runs_through(line.len() as u32, at, |at| line[at as usize] == b'#')
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
    fn edges_of_a_pattern_and_of_none() {
        let corners = square(90.0, 0.0);
        let frame = draw(&drawn::plain_code(Version::V02), corners);
        let patience = Patience::for_picture();
        let canvas = canvas(frame.as_luma(), &patience);
        let module = 5.0;
        let [ring, inner] = edges(&canvas, corners[0], point(1.0, 0.0));
        assert!((ring.expect("a ring") - 3.5 * module).abs() < 1.0);
        assert!((inner.expect("a square") - 1.5 * module).abs() < 1.0);
        // White ground to the border, no way at all, and none that is known.
        for (from, step) in [
            (point(5.0, 5.0), point(-1.0, 0.0)),
            (corners[0], point(0.0, 0.0)),
            (corners[0], point(f32::NAN, 0.0)),
            (point(-50.0, 900.0), point(1.0, 0.0)),
        ] {
            assert_eq!(edges(&canvas, from, step)[0], None, "{from:?}");
        }
    }

    #[test]
    fn one_found_again_is_the_same() {
        let mut finders = Vec::new();
        add(&mut finders, drawn::finder(point(50.0, 50.0), 4.0));
        add(&mut finders, drawn::finder(point(52.0, 50.0), 4.0));
        assert_eq!(finders.len(), 1);
        assert_eq!(finders[0].hits, 4);
        assert!((finders[0].centre.x - 50.5).abs() < 0.01);
        // Too far, and too large.
        add(&mut finders, drawn::finder(point(57.0, 50.0), 4.0));
        add(&mut finders, drawn::finder(point(50.0, 50.0), 8.0));
        assert_eq!(finders.len(), 3);
    }

    fn picture(width: u32, black: Vec<u8>) -> Bits {
        let height = black.len() as u32 / width;
        Bits {
            width,
            height,
            black,
        }
    }

    #[test]
    fn a_tiling_is_none() {
        let black = (0..900 * 900u32).map(|at| {
            let ring = |at: u32| (at / 2 % 9).abs_diff(4);
            u8::from(matches!(ring(at % 900).max(ring(at / 900)), 0 | 1 | 3))
        });
        let patience = Patience::for_picture();
        assert!(find(&Canvas::new(picture(900, black.collect()), &patience)).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn whatever_is_found_lies_in_the_picture(
            width in 1u32..90, cell in 1u32..6, cells in proptest::collection::vec(0u8..=1, 1..600),
        ) {
            let height = 64;
            let black = (0..width * height).map(|at| {
                let (x, y) = (at % width / cell, at / width / cell);
                cells[(y * width.div_ceil(cell) + x) as usize % cells.len()]
            });
            let patience = Patience::for_frame();
            for finder in find(&Canvas::new(picture(width, black.collect()), &patience)) {
                prop_assert!(finder.module >= 1.0 && finder.rays >= MIN_RAYS);
                prop_assert!((0.0..width as f32).contains(&finder.centre.x));
                prop_assert!((0.0..height as f32).contains(&finder.centre.y));
            }
        }
    }
}
