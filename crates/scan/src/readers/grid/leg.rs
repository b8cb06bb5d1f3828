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
    match (there, back) {
        ([Some(one), _], [Some(other), _]) => Some((one + other) / 7.0),
        ([_, Some(one)], [_, Some(other)]) => Some((one + other) / 3.0),
        _ => None,
    }
}
