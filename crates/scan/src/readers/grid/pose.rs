//! Where a code's modules lie in the picture, as a projection of a plane.

use super::point::Point;

/// `((a x + b y + c) / w, (d x + e y + f) / w)` with `w = g x + h y + 1`, from modules to pixels.
#[derive(Clone, Copy)]
pub struct Pose {
    m: [f32; 8],
}

impl Pose {
    /// `corners` are the pictures of the centres of the three finder patterns and of where a fourth would be:
    /// left upper, right upper, right lower, left lower.
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
        // Of the unit square; below, of modules with the first finder's centre at 3.5, 3.5.
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

    pub fn at(&self, x: f32, y: f32) -> Point {
        let [a, b, c, d, e, f, g, h] = self.m;
        let w = g * x + h * y + 1.0;
        Point {
            x: (a * x + b * y + c) / w,
            y: (d * x + e * y + f) / w,
        }
    }
}
