use std::path::Path;

use fast_qr::QRBuilder;
use image::{GrayImage, Luma};

/// Width of the quiet zone in modules (ISO/IEC 18004 requires four).
const QUIET: u32 = 4;
/// Pixels per module.
const MODULE: u32 = 6;

/// Draws the text as a QR code into a picture file, as on the page of a service.
///
/// # Panics
/// If the text is too long for a QR code or the file cannot be written.
#[track_caller]
pub fn draw_qr(text: &str, file: &Path) {
    let code = QRBuilder::new(text)
        .build()
        .expect("the text fits a QR code");
    let side = u32::try_from(code.size).expect("at most 177 modules");
    let whole = (side + 2 * QUIET) * MODULE;
    let picture = GrayImage::from_fn(whole, whole, |x, y| {
        let module = |at: u32| (at / MODULE).checked_sub(QUIET).filter(|at| *at < side);
        let dark = match (module(x), module(y)) {
            (Some(x), Some(y)) => code[y as usize][x as usize].value(),
            _ => false,
        };
        Luma([if dark { 0 } else { 255 }])
    });
    picture
        .save(file)
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}
