//! A binary image that limits the work spent on it.

use std::cell::Cell;

use super::point::Point;
use crate::threshold::BinaryImage;

/// How many samples the searches in one picture may take. A million samples take about 10 ms.
pub struct WorkBudget {
    /// For all images that are made from the picture.
    remaining: Cell<usize>,
    /// For each of these images.
    per_image: usize,
}

impl WorkBudget {
    pub fn for_picture() -> Self {
        Self {
            remaining: Cell::new(9_000_000),
            per_image: 4_000_000,
        }
    }

    /// Less than for a picture: a frame must be read before the next one arrives.
    pub fn for_frame() -> Self {
        Self {
            remaining: Cell::new(1_000_000),
            per_image: 1_000_000,
        }
    }
}

/// A binary image whose samples are charged to a budget.
pub struct MeteredImage<'a> {
    pub binary: BinaryImage,
    budget: &'a WorkBudget,
    used: Cell<usize>,
}

impl<'a> MeteredImage<'a> {
    pub fn new(binary: BinaryImage, budget: &'a WorkBudget) -> Self {
        Self {
            binary,
            budget,
            used: Cell::new(0),
        }
    }

    /// Records the cost of some work. Searches check [`Self::is_exhausted`] between their parts.
    pub fn charge(&self, samples: usize) {
        self.used.set(self.used.get() + samples);
        let remaining = &self.budget.remaining;
        remaining.set(remaining.get().saturating_sub(samples));
    }

    pub fn is_exhausted(&self) -> bool {
        self.used.get() > self.budget.per_image || self.budget.remaining.get() == 0
    }

    /// `None` outside the image.
    pub fn is_black(&self, point: Point) -> Option<bool> {
        let inside = point.x >= 0.0
            && point.y >= 0.0
            && point.x < self.binary.width as f32
            && point.y < self.binary.height as f32;
        inside.then(|| self.binary.is_black(point.x as u32, point.y as u32))
    }

    /// Bilinear interpolation, from -1 for white to 1 for black; 0 outside the image.
    pub fn sample(&self, point: Point) -> f32 {
        let binary = &self.binary;
        let (x, y) = (point.x - 0.5, point.y - 0.5);
        if !(x >= 0.0
            && y >= 0.0
            && x < (binary.width - 1) as f32
            && y < (binary.height - 1) as f32)
        {
            return 0.0;
        }
        let (left, top) = (x as usize, y as usize);
        let (fx, fy) = (x - left as f32, y - top as f32);
        let index = top * binary.width as usize + left;
        let at = |index: usize| f32::from(binary.black[index]);
        let width = binary.width as usize;
        let upper = at(index) * (1.0 - fx) + at(index + 1) * fx;
        let lower = at(index + width) * (1.0 - fx) + at(index + width + 1) * fx;
        2.0 * (upper * (1.0 - fy) + lower * fy) - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    fn binary_image(width: u32, black: &[u8]) -> BinaryImage {
        BinaryImage {
            width,
            height: black.len() as u32 / width,
            black: black.to_vec(),
        }
    }

    #[test]
    fn a_point_belongs_to_the_pixel_that_contains_it() {
        let budget = WorkBudget::for_frame();
        let image = MeteredImage::new(binary_image(2, &[1, 0, 0, 1]), &budget);
        for (x, y, expected) in [
            (0.0, 0.0, Some(true)),
            (0.99, 0.99, Some(true)),
            (1.0, 0.0, Some(false)),
            (1.99, 1.99, Some(true)),
            (2.0, 0.0, None),
            (0.0, 2.0, None),
            (-0.01, 0.0, None),
            (f32::NAN, 0.0, None),
            (0.0, f32::INFINITY, None),
        ] {
            assert_eq!(image.is_black(point(x, y)), expected, "{x}, {y}");
        }
    }

    #[test]
    fn samples_are_interpolated_between_pixel_centres() {
        let budget = WorkBudget::for_frame();
        let image = MeteredImage::new(binary_image(3, &[1, 0, 0, 1, 0, 0, 0, 0, 0]), &budget);
        for (x, y, expected) in [
            (0.5, 0.5, 1.0),
            (1.0, 0.5, 0.0),
            (1.25, 0.5, -0.5),
            (1.5, 0.5, -1.0),
            (0.5, 2.0, 0.0),
            (1.0, 2.0, -0.5),
            // Less than half a pixel from the border.
            (0.4, 1.0, 0.0),
            (2.5, 1.0, 0.0),
            (f32::NAN, 1.0, 0.0),
            (1.0, f32::NEG_INFINITY, 0.0),
        ] {
            assert_eq!(image.sample(point(x, y)), expected, "{x}, {y}");
        }
    }

    #[test]
    fn one_image_gets_a_part_of_the_budget_and_all_images_share_the_rest() {
        let budget = WorkBudget::for_picture();
        let one = || MeteredImage::new(binary_image(1, &[0]), &budget);
        let first = one();
        first.charge(4_000_000);
        assert!(!first.is_exhausted());
        first.charge(1);
        assert!(first.is_exhausted());
        let second = one();
        second.charge(3_000_000);
        assert!(!second.is_exhausted());
        let third = one();
        assert!(!third.is_exhausted());
        third.charge(usize::MAX / 2);
        assert!(third.is_exhausted() && second.is_exhausted() && one().is_exhausted());
    }

    proptest! {
        #[test]
        fn samples_are_in_range_at_every_point(
            black in proptest::collection::vec(0u8..=1, 1..200), width in 1u32..20,
            x in proptest::num::f32::ANY, y in proptest::num::f32::ANY, near in (-3f32..25.0, -3f32..25.0),
        ) {
            let height = (black.len() as u32 / width).max(1);
            let black: Vec<u8> = black.into_iter().cycle().take((width * height) as usize).collect();
            let budget = WorkBudget::for_frame();
            let image = MeteredImage::new(binary_image(width, &black), &budget);
            for position in [point(x, y), point(near.0, near.1)] {
                let sample = image.sample(position);
                prop_assert!((-1.0..=1.0).contains(&sample), "{sample} at {position:?}");
                let inside = position.x >= 0.0 && position.y >= 0.0 && position.x < width as f32 && position.y < height as f32;
                prop_assert_eq!(image.is_black(position).is_some(), inside);
            }
        }
    }
}
