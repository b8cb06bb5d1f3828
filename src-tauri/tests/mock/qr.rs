//! QR codes as pictures.
#![allow(dead_code, reason = "each test program takes what it needs of it")]

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};

/// A QR code with its quiet zone, 8 pixels a module.
///
/// # Panics
/// If `text` is too long for one.
pub fn drawn(text: &str) -> GrayImage {
    let code = fast_qr::QRBuilder::new(text).build().expect("a short text");
    let side = 8 * (code.size as u32 + 8);
    GrayImage::from_fn(side, side, |x, y| {
        let (column, row) = (x / 8, y / 8);
        let inside = |at: u32| (4..4 + code.size as u32).contains(&at);
        let dark =
            inside(column) && inside(row) && code[row as usize - 4][column as usize - 4].value();
        Luma([if dark { 0 } else { 255 }])
    })
}

/// The same as a PNG file.
pub fn picture_of(text: &str) -> Vec<u8> {
    png(&drawn(text))
}

/// The same, its middle torn out: the finder patterns are left, but nobody can read it.
pub fn torn_picture_of(text: &str) -> Vec<u8> {
    let mut picture = drawn(text);
    let (from, to) = (picture.width() / 10 * 3, picture.width() / 10 * 8);
    for (x, y) in (from..to).flat_map(|x| (from..to).map(move |y| (x, y))) {
        picture.put_pixel(x, y, Luma([255]));
    }
    png(&picture)
}

fn png(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("memory is enough");
    bytes.into_inner()
}
