//! The distance between two finder patterns, in modules, and how perspective changes along it.

use super::finder_patterns::{self, FinderPattern};
use super::metered_image::MeteredImage;
use super::point::Point;

pub struct FinderDistance {
    /// Modules between the centres.
    pub modules: f32,
    /// The square root of the ratio of the first module size to the second: how the depth changes between them.
    pub depth_ratio: f32,
}

impl FinderDistance {
    /// Measures the module sizes along the line between the centres.
    pub fn measure(image: &MeteredImage, from: &FinderPattern, to: &FinderPattern) -> Self {
        let vector = to.centre - from.centre;
        let direction = vector * (1.0 / vector.length());
        let size = |finder: &FinderPattern| {
            module_size_along(image, finder.centre, direction).unwrap_or(finder.module_size)
        };
        let (one, other) = (size(from), size(to));
        Self {
            modules: vector.length() / (one * other).sqrt(),
            depth_ratio: (one / other).sqrt().clamp(0.6, 1.7),
        }
    }
}

/// Pixels per module of a finder pattern along a line through its centre.
fn module_size_along(image: &MeteredImage, centre: Point, direction: Point) -> Option<f32> {
    let forward = finder_patterns::ring_edges(image, centre, direction);
    let backward = finder_patterns::ring_edges(image, centre, direction * -1.0);
    let size = match (forward, backward) {
        ([Some(one), _], [Some(other), _]) => (one + other) / 7.0,
        ([_, Some(one)], [_, Some(other)]) => (one + other) / 3.0,
        _ => return None,
    };
    // It is 0 if the centre itself is light.
    (size > 0.0).then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::robust::metered_image::WorkBudget;
    use crate::readers::robust::test_codes::{
        self, finder_pattern, metered, perspective_corners, point, render, square_corners,
    };
    use fast_qr::Version;

    #[test]
    fn the_distance_in_modules_is_right_at_any_angle() {
        for (number, version) in &test_codes::VERSIONS[..3] {
            for degrees in (0..90).step_by(10) {
                let expected = 10.0 + 4.0 * *number as f32;
                let corners = square_corners(5.5 * expected, (degrees as f32).to_radians());
                let frame = render(&test_codes::default_code(*version), corners);
                let budget = WorkBudget::for_picture();
                let image = metered(frame.as_luma(), &budget);
                // The given module sizes are wrong on purpose.
                let distance = FinderDistance::measure(
                    &image,
                    &finder_pattern(corners[0], 99.0),
                    &finder_pattern(corners[1], 99.0),
                );
                let error = (distance.modules / expected - 1.0).abs();
                assert!(
                    error < 0.08,
                    "version {number}, {degrees}°: {}",
                    distance.modules
                );
                assert!(
                    (distance.depth_ratio - 1.0).abs() < 0.05,
                    "{}",
                    distance.depth_ratio
                );
            }
        }
    }

    #[test]
    fn the_farther_finder_pattern_is_smaller() {
        let corners = perspective_corners();
        let frame = render(&test_codes::default_code(Version::V07), corners);
        let budget = WorkBudget::for_picture();
        let image = metered(frame.as_luma(), &budget);
        let [upper, _, _, lower] = corners.map(|corner| finder_pattern(corner, 8.0));
        assert!(FinderDistance::measure(&image, &upper, &lower).depth_ratio < 0.97);
        assert!(FinderDistance::measure(&image, &lower, &upper).depth_ratio > 1.03);
    }

    #[test]
    fn without_visible_edges_the_given_module_sizes_are_used() {
        let frame = crate::Frame::from_parts(100, 100, vec![200; 10_000]);
        let budget = WorkBudget::for_picture();
        let image = metered(frame.as_luma(), &budget);
        let distance = FinderDistance::measure(
            &image,
            &finder_pattern(point(10.0, 50.0), 2.0),
            &finder_pattern(point(90.0, 50.0), 8.0),
        );
        assert_eq!((distance.modules, distance.depth_ratio), (20.0, 0.6));
    }

    #[test]
    fn equal_centres_give_distance_0_and_centres_outside_do_not_panic() {
        let frame = render(
            &test_codes::default_code(Version::V01),
            square_corners(70.0, 0.0),
        );
        let budget = WorkBudget::for_picture();
        let image = metered(frame.as_luma(), &budget);
        let one = finder_pattern(square_corners(70.0, 0.0)[0], 5.0);
        assert_eq!(FinderDistance::measure(&image, &one, &one).modules, 0.0);
        let outside = finder_pattern(point(-900.0, f32::MAX), 10.0);
        let _ = FinderDistance::measure(&image, &one, &outside);
    }
}
