//! What two finder patterns of a code tell of the side between them.

use super::canvas::Canvas;
use super::finders::{self, Finder};
use super::point::Point;

/// From one finder pattern to another.
pub struct Leg {
    /// Between their centres.
    pub modules: f32,
    /// How the plane's depth changes from the first to the second: the root of the ratio of their sizes.
    pub shrinks: f32,
}

impl Leg {
    /// Measured along the line between their centres.
    pub fn new(canvas: &Canvas, from: &Finder, to: &Finder) -> Self {
        let way = to.centre - from.centre;
        let step = way * (1.0 / way.length());
        let size =
            |finder: &Finder| module_along(canvas, finder.centre, step).unwrap_or(finder.module);
        let (one, other) = (size(from), size(to));
        Self {
            modules: way.length() / (one * other).sqrt(),
            shrinks: (one / other).sqrt().clamp(0.6, 1.7),
        }
    }
}

/// Pixels a module of a finder pattern along a line through its centre.
fn module_along(canvas: &Canvas, centre: Point, step: Point) -> Option<f32> {
    let there = finders::edges(canvas, centre, step);
    let back = finders::edges(canvas, centre, step * -1.0);
    let size = match (there, back) {
        ([Some(one), _], [Some(other), _]) => (one + other) / 7.0,
        ([_, Some(one)], [_, Some(other)]) => (one + other) / 3.0,
        _ => return None,
    };
    // Nothing, where the centre itself is light.
    (size > 0.0).then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::grid::canvas::Patience;
    use crate::readers::grid::drawn::{self, askew, canvas, draw, finder, point, square};
    use fast_qr::Version;

    #[test]
    fn modules_between_the_centres_at_any_angle() {
        for (number, version) in &drawn::VERSIONS[..3] {
            for degrees in (0..90).step_by(10) {
                let expected = 10.0 + 4.0 * *number as f32;
                let corners = square(5.5 * expected, (degrees as f32).to_radians());
                let frame = draw(&drawn::plain_code(*version), corners);
                let patience = Patience::for_picture();
                let canvas = canvas(frame.as_luma(), &patience);
                // What the rows and columns told of their size is far off.
                let leg = Leg::new(
                    &canvas,
                    &finder(corners[0], 99.0),
                    &finder(corners[1], 99.0),
                );
                let off = (leg.modules / expected - 1.0).abs();
                assert!(off < 0.08, "version {number}, {degrees}°: {}", leg.modules);
                assert!((leg.shrinks - 1.0).abs() < 0.05, "{}", leg.shrinks);
            }
        }
    }

    #[test]
    fn what_is_farther_is_smaller() {
        let corners = askew();
        let frame = draw(&drawn::plain_code(Version::V07), corners);
        let patience = Patience::for_picture();
        let canvas = canvas(frame.as_luma(), &patience);
        let [upper, _, _, lower] = corners.map(|corner| finder(corner, 8.0));
        assert!(Leg::new(&canvas, &upper, &lower).shrinks < 0.97);
        assert!(Leg::new(&canvas, &lower, &upper).shrinks > 1.03);
    }

    #[test]
    fn where_nothing_is_seen_the_finder_patterns_are_believed() {
        let frame = crate::Frame::from_parts(100, 100, vec![200; 10_000]);
        let patience = Patience::for_picture();
        let canvas = canvas(frame.as_luma(), &patience);
        let leg = Leg::new(
            &canvas,
            &finder(point(10.0, 50.0), 2.0),
            &finder(point(90.0, 50.0), 8.0),
        );
        assert_eq!((leg.modules, leg.shrinks), (20.0, 0.6));
    }

    #[test]
    fn of_one_place_there_is_no_leg_and_no_panic() {
        let frame = draw(&drawn::plain_code(Version::V01), square(70.0, 0.0));
        let patience = Patience::for_picture();
        let canvas = canvas(frame.as_luma(), &patience);
        let one = finder(square(70.0, 0.0)[0], 5.0);
        assert_eq!(Leg::new(&canvas, &one, &one).modules, 0.0);
        let outside = finder(point(-900.0, f32::MAX), 10.0);
        let _ = Leg::new(&canvas, &one, &outside);
    }
}
