//! The homography from module coordinates to pixels.

use super::point::Point;

/// `(x, y) -> ((a x + b y + c) / w, (d x + e y + f) / w)` with `w = g x + h y + 1`, from modules to pixels.
#[derive(Clone, Copy)]
pub struct Homography {
    m: [f32; 8],
}

impl Homography {
    /// `corners` are the centres of the three finder patterns, and the same point in the lower right corner, in pixels and
    /// clockwise from the upper left one. `None` if a coefficient is not finite.
    pub fn new(corners: [Point; 4], dimension: u32) -> Option<Self> {
        let [p0, p1, p2, p3] = corners;
        let side = dimension as f32 - 7.0;
        let (d1, d2) = (p1 - p2, p3 - p2);
        let d3 = p0 - p1 + p2 - p3;
        let det = d1.cross(d2);
        if det.abs() < 1e-6 {
            return None;
        }
        let g = d3.cross(d2) / det;
        let h = d1.cross(d3) / det;
        // For the unit square. Then scaled to modules, with the centre of the first finder pattern at (3.5, 3.5).
        let unit = [
            p1.x - p0.x + g * p1.x,
            p3.x - p0.x + h * p3.x,
            p0.x,
            p1.y - p0.y + g * p1.y,
            p3.y - p0.y + h * p3.y,
            p0.y,
            g,
            h,
        ];
        let scale = |low: f32, high: f32, base: f32| {
            let (low, high) = (low / side, high / side);
            (low, high, base - 3.5 * (low + high))
        };
        let (a, b, c) = scale(unit[0], unit[1], unit[2]);
        let (d, e, f) = scale(unit[3], unit[4], unit[5]);
        let (g, h, i) = scale(unit[6], unit[7], 1.0);
        let m = [a, b, c, d, e, f, g, h].map(|value| value / i);
        m.iter()
            .all(|value| value.is_finite())
            .then_some(Self { m })
    }

    pub fn project(&self, x: f32, y: f32) -> Point {
        let [a, b, c, d, e, f, g, h] = self.m;
        let w = g * x + h * y + 1.0;
        Point {
            x: (a * x + b * y + c) / w,
            y: (d * x + e * y + f) / w,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    /// The corners of a square, moved so little that the quadrilateral stays convex.
    fn corners() -> impl Strategy<Value = [Point; 4]> {
        let moved = || (-90f32..90.0, -90f32..90.0);
        (moved(), moved(), moved(), moved()).prop_map(|(a, b, c, d)| {
            [
                (100.0, 100.0, a),
                (500.0, 100.0, b),
                (500.0, 500.0, c),
                (100.0, 500.0, d),
            ]
            .map(|(x, y, (dx, dy))| point(x + dx, y + dy))
        })
    }

    proptest! {
        #[test]
        fn the_four_centres_are_projected_to_the_given_corners(corners in corners(), version in 1u32..=40) {
            let dimension = 17 + 4 * version;
            let homography = Homography::new(corners, dimension).expect("no three of them are collinear");
            let last = dimension as f32 - 3.5;
            for (corner, (x, y)) in corners.into_iter().zip([(3.5, 3.5), (last, 3.5), (last, last), (3.5, last)]) {
                let projected = homography.project(x, y);
                prop_assert!(projected.distance(corner) < 0.5, "{projected:?} is not {corner:?}");
            }
        }

        #[test]
        fn lines_stay_straight(corners in corners(), row in 3.5f32..17.5) {
            let homography = Homography::new(corners, 21).expect("no three of them are collinear");
            let (start, end) = (homography.project(3.5, row), homography.project(17.5, row));
            let vector = end - start;
            for x in [6.0, 10.5, 15.0] {
                let deviation = vector.cross(homography.project(x, row) - start) / vector.length();
                prop_assert!(deviation.abs() < 0.1, "{deviation} pixels beside the line");
            }
        }

        #[test]
        fn any_corners_give_finite_coefficients_or_none(
            numbers in proptest::array::uniform8(proptest::num::f32::ANY), dimension in 21u32..=177
        ) {
            let [a, b, c, d, e, f, g, h] = numbers;
            let corners = [point(a, b), point(c, d), point(e, f), point(g, h)];
            if let Some(homography) = Homography::new(corners, dimension) {
                prop_assert!(homography.m.iter().all(|value| value.is_finite()));
            }
        }
    }

    #[test]
    fn a_square_gives_a_translation_and_a_scale() {
        let corners = [
            point(35.0, 45.0),
            point(175.0, 45.0),
            point(175.0, 185.0),
            point(35.0, 185.0),
        ];
        let homography = Homography::new(corners, 21).expect("a square");
        for (x, y) in [(0.0, 0.0), (21.0, 0.0), (10.5, 10.5), (3.0, 20.0)] {
            let expected = point(10.0 * x, 10.0 * y + 10.0);
            assert!(
                homography.project(x, y).distance(expected) < 0.01,
                "{x}, {y}"
            );
        }
    }

    #[test]
    fn degenerate_corners_give_none() {
        let one = point(5.0, 5.0);
        let line = [0.0, 1.0, 2.0, 3.0].map(|at| point(at, 2.0 * at));
        let unknown = [one, point(f32::NAN, 0.0), point(9.0, 9.0), point(5.0, 9.0)];
        let endless = [
            one,
            point(f32::INFINITY, 5.0),
            point(9.0, 9.0),
            point(5.0, 9.0),
        ];
        for corners in [[one; 4], line, unknown, endless] {
            assert!(Homography::new(corners, 21).is_none(), "{corners:?}");
        }
    }
}
