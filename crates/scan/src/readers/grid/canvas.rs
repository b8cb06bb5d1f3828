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
