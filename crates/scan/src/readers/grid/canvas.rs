use std::cell::Cell;

use super::point::Point;
use crate::threshold::Bits;

/// How long the searches of one picture may take, in looks at a pixel: a million are about 10 ms.
pub struct Patience {
    all: Cell<usize>,
    one: usize,
}

impl Patience {
    pub fn for_picture() -> Self {
        Self {
            all: Cell::new(9_000_000),
            one: 4_000_000,
        }
    }

    /// Frames come again, and each must be done before the next.
    pub fn for_frame() -> Self {
        Self {
            all: Cell::new(1_000_000),
            one: 1_000_000,
        }
    }
}

/// A picture in black and white that counts how often it is looked at.
pub struct Canvas<'a> {
    pub bits: Bits,
    patience: &'a Patience,
    spent: Cell<usize>,
}

impl<'a> Canvas<'a> {
    pub fn new(bits: Bits, patience: &'a Patience) -> Self {
        Self {
            bits,
            patience,
            spent: Cell::new(0),
        }
    }

    pub fn spend(&self, looks: usize) {
        self.spent.set(self.spent.get() + looks);
        let all = &self.patience.all;
        all.set(all.get().saturating_sub(looks));
    }

    pub fn is_spent(&self) -> bool {
        self.spent.get() > self.patience.one || self.patience.all.get() == 0
    }

    pub fn at(&self, point: Point) -> Option<bool> {
        let inside = point.x >= 0.0
            && point.y >= 0.0
            && point.x < self.bits.width as f32
            && point.y < self.bits.height as f32;
        inside.then(|| self.bits.at(point.x as u32, point.y as u32))
    }

    /// From -1, white, to 1, black, between the pixels; 0 outside.
    pub fn tone(&self, point: Point) -> f32 {
        let bits = &self.bits;
        let (x, y) = (point.x - 0.5, point.y - 0.5);
        if !(x >= 0.0 && y >= 0.0 && x < (bits.width - 1) as f32 && y < (bits.height - 1) as f32) {
            return 0.0;
        }
        let (left, top) = (x as usize, y as usize);
        let (fx, fy) = (x - left as f32, y - top as f32);
        let index = top * bits.width as usize + left;
        let at = |index: usize| f32::from(bits.black[index]);
        let width = bits.width as usize;
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

    fn bits(width: u32, black: &[u8]) -> Bits {
        Bits {
            width,
            height: black.len() as u32 / width,
            black: black.to_vec(),
        }
    }

    #[test]
    fn a_pixel_reaches_up_to_the_next() {
        let patience = Patience::for_frame();
        let canvas = Canvas::new(bits(2, &[1, 0, 0, 1]), &patience);
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
            assert_eq!(canvas.at(point(x, y)), expected, "{x}, {y}");
        }
    }

    #[test]
    fn tones_lie_between_the_middles_of_pixels() {
        let patience = Patience::for_frame();
        let canvas = Canvas::new(bits(3, &[1, 0, 0, 1, 0, 0, 0, 0, 0]), &patience);
        for (x, y, expected) in [
            (0.5, 0.5, 1.0),
            (1.0, 0.5, 0.0),
            (1.25, 0.5, -0.5),
            (1.5, 0.5, -1.0),
            (0.5, 2.0, 0.0),
            (1.0, 2.0, -0.5),
            // Not between four pixels.
            (0.4, 1.0, 0.0),
            (2.5, 1.0, 0.0),
            (f32::NAN, 1.0, 0.0),
            (1.0, f32::NEG_INFINITY, 0.0),
        ] {
            assert_eq!(canvas.tone(point(x, y)), expected, "{x}, {y}");
        }
    }

    #[test]
    fn one_picture_may_take_a_part_of_the_patience_and_all_take_the_rest() {
        let patience = Patience::for_picture();
        let one = || Canvas::new(bits(1, &[0]), &patience);
        let first = one();
        first.spend(4_000_000);
        assert!(!first.is_spent());
        first.spend(1);
        assert!(first.is_spent());
        let second = one();
        second.spend(3_000_000);
        assert!(!second.is_spent());
        let third = one();
        assert!(!third.is_spent());
        third.spend(usize::MAX / 2);
        assert!(third.is_spent() && second.is_spent() && one().is_spent());
    }

    proptest! {
        #[test]
        fn every_point_has_a_tone(
            black in proptest::collection::vec(0u8..=1, 1..200), width in 1u32..20,
            x in proptest::num::f32::ANY, y in proptest::num::f32::ANY, near in (-3f32..25.0, -3f32..25.0),
        ) {
            let height = (black.len() as u32 / width).max(1);
            let black: Vec<u8> = black.into_iter().cycle().take((width * height) as usize).collect();
            let patience = Patience::for_frame();
            let canvas = Canvas::new(bits(width, &black), &patience);
            for place in [point(x, y), point(near.0, near.1)] {
                let tone = canvas.tone(place);
                prop_assert!((-1.0..=1.0).contains(&tone), "{tone} at {place:?}");
                let inside = place.x >= 0.0 && place.y >= 0.0 && place.x < width as f32 && place.y < height as f32;
                prop_assert_eq!(canvas.at(place).is_some(), inside);
            }
        }
    }
}
