use std::cell::Cell;

use image::{GenericImage, GenericImageView, Luma as Grey, Pixel};
use rqrr::PreparedImage;

use super::Found;
use crate::guard;
use crate::threshold::Bits;

/// Pixels that one picture may have read, written or (sixteen for one) copied: about 0.1 s.
///
/// rqrr cannot be cancelled and copies the picture for every triple of finder patterns it tries,
/// so the pixels themselves keep the account.
const BUDGET: u64 = 60_000_000;

/// The texts that rqrr reads in black and white.
pub fn read(bits: Bits) -> Vec<Found> {
    let mut found = Vec::new();
    let spent = Cell::new(0);
    // Running out of budget ends the search, but what was read until then stays.
    guard::survive(|| {
        let (width, height) = (bits.width, bits.height);
        let mut prepared = PreparedImage::without_preparation(Metered {
            bits,
            spent: &spent,
        });
        for grid in prepared.detect_grids() {
            let Some(Ok((_, text))) = guard::survive(|| grid.decode()) else {
                continue;
            };
            let corners = grid.bounds.map(|point| (point.x as f32, point.y as f32));
            found.push(Found::new(text, &corners, width, height));
        }
    });
    found
}

/// A picture that counts how often it is touched and ends the search when that is too often.
struct Metered<'a> {
    bits: Bits,
    spent: &'a Cell<u64>,
}

impl Metered<'_> {
    fn spend(&self, pixels: u64) {
        let spent = self.spent.get() + pixels;
        self.spent.set(spent);
        if spent > BUDGET {
            guard::give_up();
        }
    }

    fn index(&self, x: u32, y: u32) -> usize {
        y as usize * self.bits.width as usize + x as usize
    }
}

impl Clone for Metered<'_> {
    fn clone(&self) -> Self {
        self.spend(self.bits.black.len() as u64 / 16);
        Self {
            bits: self.bits.clone(),
            spent: self.spent,
        }
    }
}

impl GenericImageView for Metered<'_> {
    type Pixel = Grey<u8>;

    fn dimensions(&self) -> (u32, u32) {
        (self.bits.width, self.bits.height)
    }

    fn get_pixel(&self, x: u32, y: u32) -> Grey<u8> {
        self.spend(1);
        Grey([self.bits.black[self.index(x, y)]])
    }
}

impl GenericImage for Metered<'_> {
    fn get_pixel_mut(&mut self, x: u32, y: u32) -> &mut Grey<u8> {
        self.spend(1);
        let index = self.index(x, y);
        Grey::from_slice_mut(&mut self.bits.black[index..=index])
    }

    fn put_pixel(&mut self, x: u32, y: u32, pixel: Grey<u8>) {
        self.spend(1);
        let index = self.index(x, y);
        self.bits.black[index] = pixel.0[0];
    }

    fn blend_pixel(&mut self, x: u32, y: u32, pixel: Grey<u8>) {
        self.put_pixel(x, y, pixel);
    }
}
