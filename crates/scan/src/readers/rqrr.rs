//! The reader rqrr, with a limit on its work.

use std::cell::Cell;

use image::{GenericImage, GenericImageView, Luma as Grey, Pixel};
use rqrr::PreparedImage;

use super::DecodedCode;
use crate::threshold::BinaryImage;
use crate::{QrCode, unwind};

/// Pixels that one search may read or write, about 0.1 s. Copying four pixels counts as one.
const MAX_ACCESSES: u64 = 40_000_000;
/// Finder patterns that one search may find: rqrr compares all pairs of them.
const MAX_FINDER_PATTERNS: u32 = 500;

/// Reads codes with rqrr, which refuses those that contain only a part of a text.
///
/// rqrr cannot be cancelled, and it copies the image for every triple of finder patterns that it tries. Therefore the image
/// counts the accesses and cancels the search when there are too many.
pub fn read(image: BinaryImage) -> Vec<DecodedCode> {
    let budget = SearchBudget::default();
    search(image, &budget)
}

fn search(image: BinaryImage, budget: &SearchBudget) -> Vec<DecodedCode> {
    let mut found = Vec::new();
    unwind::catch_panic(|| {
        let (width, height) = (image.width, image.height);
        let mut prepared = PreparedImage::without_preparation(MeteredImage { image, budget });
        for grid in prepared.detect_grids() {
            let Some(Ok((_, text))) = unwind::catch_panic(|| grid.decode()) else {
                continue;
            };
            let corners = grid.bounds.map(|point| (point.x as f32, point.y as f32));
            found.push(DecodedCode::new(
                QrCode::Whole(text),
                &corners,
                width,
                height,
            ));
        }
    });
    found
}

/// The work that a search has done so far.
#[derive(Default)]
struct SearchBudget {
    accesses: Cell<u64>,
    finder_patterns: Cell<u32>,
    last_value: Cell<u8>,
}

/// The value that rqrr writes into a pixel while it measures a finder pattern, and the one that marks it as found.
const MEASURING: u8 = 4;
const FOUND: u8 = 2;

impl SearchBudget {
    fn charge(&self, pixels: u64) {
        self.accesses.set(self.accesses.get() + pixels);
        if self.accesses.get() > MAX_ACCESSES {
            unwind::cancel();
        }
    }

    fn record_write(&self, value: u8) {
        if self.last_value.replace(value) == MEASURING && value == FOUND {
            self.finder_patterns.set(self.finder_patterns.get() + 1);
            if self.finder_patterns.get() > MAX_FINDER_PATTERNS {
                unwind::cancel();
            }
        }
    }
}

/// An image that charges each access to a budget.
struct MeteredImage<'a> {
    image: BinaryImage,
    budget: &'a SearchBudget,
}

impl MeteredImage<'_> {
    fn index(&self, x: u32, y: u32) -> usize {
        y as usize * self.image.width as usize + x as usize
    }
}

impl Clone for MeteredImage<'_> {
    fn clone(&self) -> Self {
        self.budget.charge(self.image.black.len() as u64 / 4);
        Self {
            image: self.image.clone(),
            budget: self.budget,
        }
    }
}

impl GenericImageView for MeteredImage<'_> {
    type Pixel = Grey<u8>;

    fn dimensions(&self) -> (u32, u32) {
        (self.image.width, self.image.height)
    }

    fn get_pixel(&self, x: u32, y: u32) -> Grey<u8> {
        self.budget.charge(1);
        Grey([self.image.black[self.index(x, y)]])
    }
}

impl GenericImage for MeteredImage<'_> {
    fn get_pixel_mut(&mut self, x: u32, y: u32) -> &mut Grey<u8> {
        self.budget.charge(1);
        let index = self.index(x, y);
        Grey::from_slice_mut(&mut self.image.black[index..=index])
    }

    fn put_pixel(&mut self, x: u32, y: u32, pixel: Grey<u8>) {
        self.budget.charge(1);
        self.budget.record_write(pixel.0[0]);
        let index = self.index(x, y);
        self.image.black[index] = pixel.0[0];
    }

    fn blend_pixel(&mut self, x: u32, y: u32, pixel: Grey<u8>) {
        self.put_pixel(x, y, pixel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finder patterns with one pixel per module, side by side.
    fn tiling(across: u32, down: u32) -> BinaryImage {
        let (width, height) = (across * 9, down * 9);
        let black = (0..width * height).map(|index| {
            let (x, y) = (
                (index % width % 9).abs_diff(4),
                (index / width % 9).abs_diff(4),
            );
            u8::from(matches!(x.max(y), 0 | 1 | 3))
        });
        BinaryImage {
            width,
            height,
            black: black.collect(),
        }
    }

    #[test]
    fn too_many_finder_patterns_end_the_search() {
        let budget = SearchBudget::default();
        assert!(search(tiling(40, 40), &budget).is_empty());
        assert_eq!(budget.finder_patterns.get(), MAX_FINDER_PATTERNS + 1);
    }

    #[test]
    fn too_many_pixel_accesses_end_the_search() {
        let budget = SearchBudget::default();
        assert!(search(tiling(16, 16), &budget).is_empty());
        assert_eq!(budget.finder_patterns.get(), 256);
        let worst = MAX_ACCESSES + 2;
        assert!(
            budget.accesses.get() < worst + 144 * 144,
            "{}",
            budget.accesses.get()
        );
    }
}
