use std::cell::Cell;

use image::{GenericImage, GenericImageView, Luma as Grey, Pixel};
use rqrr::PreparedImage;

use super::Found;
use crate::threshold::Bits;
use crate::{QrCode, guard};

/// Pixels that one search may read or write; copying four counts as one. About 0.1 s.
const MAX_SPENT: u64 = 40_000_000;
/// Finder patterns that one search may mark: it weighs all pairs of them.
const MAX_FINDERS: u32 = 500;

/// The codes that rqrr reads in black and white. It refuses those that hold only a part of a text.
///
/// rqrr cannot be cancelled, and it copies the picture for every triple of finder patterns it tries. So the
/// picture it works on keeps an account and ends the search when that is overdrawn.
pub fn read(bits: Bits) -> Vec<Found> {
    let account = Account::default();
    search(bits, &account)
}

fn search(bits: Bits, account: &Account) -> Vec<Found> {
    let mut found = Vec::new();
    guard::survive(|| {
        let (width, height) = (bits.width, bits.height);
        let mut picture = PreparedImage::without_preparation(Metered { bits, account });
        for grid in picture.detect_grids() {
            let Some(Ok((_, text))) = guard::survive(|| grid.decode()) else {
                continue;
            };
            let corners = grid.bounds.map(|point| (point.x as f32, point.y as f32));
            found.push(Found::new(QrCode::Whole(text), &corners, width, height));
        }
    });
    found
}

#[derive(Default)]
struct Account {
    spent: Cell<u64>,
    finders: Cell<u32>,
    last_colour: Cell<u8>,
}

/// What rqrr writes into a pixel while it measures a finder pattern, and then to claim it.
const MEASURED: u8 = 4;
const CLAIMED: u8 = 2;

impl Account {
    fn spend(&self, pixels: u64) {
        self.spent.set(self.spent.get() + pixels);
        if self.spent.get() > MAX_SPENT {
            guard::give_up();
        }
    }

    fn paint(&self, colour: u8) {
        if self.last_colour.replace(colour) == MEASURED && colour == CLAIMED {
            self.finders.set(self.finders.get() + 1);
            if self.finders.get() > MAX_FINDERS {
                guard::give_up();
            }
        }
    }
}

struct Metered<'a> {
    bits: Bits,
    account: &'a Account,
}

impl Metered<'_> {
    fn index(&self, x: u32, y: u32) -> usize {
        y as usize * self.bits.width as usize + x as usize
    }
}

impl Clone for Metered<'_> {
    fn clone(&self) -> Self {
        self.account.spend(self.bits.black.len() as u64 / 4);
        Self {
            bits: self.bits.clone(),
            account: self.account,
        }
    }
}

impl GenericImageView for Metered<'_> {
    type Pixel = Grey<u8>;

    fn dimensions(&self) -> (u32, u32) {
        (self.bits.width, self.bits.height)
    }

    fn get_pixel(&self, x: u32, y: u32) -> Grey<u8> {
        self.account.spend(1);
        Grey([self.bits.black[self.index(x, y)]])
    }
}

impl GenericImage for Metered<'_> {
    fn get_pixel_mut(&mut self, x: u32, y: u32) -> &mut Grey<u8> {
        self.account.spend(1);
        let index = self.index(x, y);
        Grey::from_slice_mut(&mut self.bits.black[index..=index])
    }

    fn put_pixel(&mut self, x: u32, y: u32, pixel: Grey<u8>) {
        self.account.spend(1);
        self.account.paint(pixel.0[0]);
        let index = self.index(x, y);
        self.bits.black[index] = pixel.0[0];
    }

    fn blend_pixel(&mut self, x: u32, y: u32, pixel: Grey<u8>) {
        self.put_pixel(x, y, pixel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finder patterns of one pixel a module, side by side.
    fn tiling(across: u32, down: u32) -> Bits {
        let (width, height) = (across * 9, down * 9);
        let black = (0..width * height).map(|index| {
            let (x, y) = (
                (index % width % 9).abs_diff(4),
                (index / width % 9).abs_diff(4),
            );
            u8::from(matches!(x.max(y), 0 | 1 | 3))
        });
        Bits {
            width,
            height,
            black: black.collect(),
        }
    }

    #[test]
    fn a_tiling_ends_the_search() {
        let account = Account::default();
        assert!(search(tiling(40, 40), &account).is_empty());
        assert_eq!(account.finders.get(), MAX_FINDERS + 1);
    }

    #[test]
    fn a_long_search_ends() {
        let account = Account::default();
        assert!(search(tiling(16, 16), &account).is_empty());
        assert_eq!(account.finders.get(), 256);
        let worst = MAX_SPENT + 2;
        assert!(
            account.spent.get() < worst + 144 * 144,
            "{}",
            account.spent.get()
        );
    }
}
