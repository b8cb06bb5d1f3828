use fast_qr::qr::QRBuilder;
use image::{GrayImage, Luma};

/// A QR code with `module_size` pixels per module and the quiet zone of four modules.
pub fn code(text: &str, module_size: u32) -> GrayImage {
    let code = QRBuilder::new(text).build().expect("the text fits a code");
    let modules = code.size as u32;
    GrayImage::from_fn(
        (modules + 8) * module_size,
        (modules + 8) * module_size,
        |x, y| {
            let (x, y) = (
                (x / module_size).wrapping_sub(4),
                (y / module_size).wrapping_sub(4),
            );
            let black = x < modules && y < modules && code[y as usize][x as usize].value();
            Luma([if black { 0 } else { 255 }])
        },
    )
}
