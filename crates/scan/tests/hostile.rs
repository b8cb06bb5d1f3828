//! Generated malicious pictures: none may cause a panic or take 2 s of CPU.

#[path = "support/cpu.rs"]
mod cpu;
#[path = "support/noise.rs"]
mod noise;
#[path = "support/qr_code.rs"]
mod qr_code;
#[path = "support/texts.rs"]
mod texts;

use std::io::Cursor;
use std::time::Duration;

use cpu::timed;
use image::{GrayImage, ImageFormat, Luma};
use noise::noise;
use qr_code::code;
use texts::texts;
use trousseau_scan::{MAX_PICTURE_MB, MAX_PICTURE_MEGAPIXELS, PictureError, read_picture};

const MAX_CPU_TIME: Duration = Duration::from_secs(2);

fn file(image: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let rgb = image::DynamicImage::from(image.clone()).into_rgb8();
    rgb.write_to(&mut bytes, format)
        .expect("the format takes RGB");
    bytes.into_inner()
}

fn read_in_time(name: &str, bytes: &[u8]) -> Result<Vec<String>, PictureError> {
    let (codes, time) = timed(|| read_picture(bytes));
    assert!(time < MAX_CPU_TIME, "{name} took {time:?}");
    codes.map(texts)
}

#[test]
fn noise_of_12_megapixels_is_read_in_time() {
    for cell in [1, 3, 8, 20] {
        let (across, down) = (4000u32.div_ceil(cell), 3000u32.div_ceil(cell));
        let cells: Vec<u8> = noise(u64::from(cell))
            .take((across * down) as usize)
            .collect();
        let picture = GrayImage::from_fn(4000, 3000, |x, y| {
            let byte = cells[(y / cell * across + x / cell) as usize];
            Luma([if cell == 1 { byte } else { 255 * (byte >> 7) }])
        });
        let texts = read_in_time(
            &format!("noise of {cell}"),
            &file(&picture, ImageFormat::Bmp),
        );
        assert_eq!(texts, Ok(vec![]));
    }
}

#[test]
fn tiled_finder_patterns_are_read_in_time() {
    for (side, module, gap) in [
        (1000, 1, 9),
        (1000, 2, 9),
        (1000, 5, 21),
        (1600, 2, 9),
        (1600, 10, 9),
        (3000, 5, 10),
    ] {
        let picture = GrayImage::from_fn(side, side, |x, y| {
            let ring = (x / module % gap)
                .abs_diff(4)
                .max((y / module % gap).abs_diff(4));
            Luma([if matches!(ring, 0 | 1 | 3) { 0 } else { 255 }])
        });
        let texts = read_in_time(
            &format!("{side}/{module}/{gap}"),
            &file(&picture, ImageFormat::Bmp),
        );
        assert_eq!(texts, Ok(vec![]));
    }
}

#[test]
fn endless_patterns_are_read_in_time() {
    const FINDER: [u8; 8] = [0, 255, 0, 0, 0, 255, 0, 255];
    type Pixel = fn(u32, u32) -> u8;
    let draw: [(&str, Pixel); 6] = [
        ("stripes", |x, _| FINDER[x as usize / 2 % 8]),
        ("rows", |_, y| FINDER[y as usize / 2 % 8]),
        (
            "a checkerboard",
            |x, y| if (x ^ y) & 1 == 0 { 0 } else { 255 },
        ),
        ("squares", |x, y| {
            if x.abs_diff(700).max(y.abs_diff(700)) / 4 % 2 == 0 {
                0
            } else {
                255
            }
        }),
        ("a comb", |x, y| if y % 2 == 0 || x == 0 { 0 } else { 255 }),
        ("black", |_, _| 0),
    ];
    for (name, pixel) in draw {
        let picture = GrayImage::from_fn(1400, 1400, |x, y| Luma([pixel(x, y)]));
        assert_eq!(
            read_in_time(name, &file(&picture, ImageFormat::Bmp)),
            Ok(vec![])
        );
    }
}

#[test]
fn extreme_sizes_are_read_in_time() {
    for (width, height) in [
        (1, 1),
        (1, 5000),
        (5000, 1),
        (20, 20),
        (21, 5000),
        (65_000, 30),
        (2, 65_000),
    ] {
        let picture = GrayImage::from_vec(
            width,
            height,
            noise(7).take((width * height) as usize).collect(),
        );
        let picture = picture.expect("as many bytes as pixels");
        let texts = read_in_time(
            &format!("{width} x {height}"),
            &file(&picture, ImageFormat::Png),
        );
        assert_eq!(texts, Ok(vec![]));
    }
}

#[test]
fn damaged_files_are_read_in_time() {
    let picture = code("damaged", 4);
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Gif,
        ImageFormat::Bmp,
    ] {
        let whole = file(&picture, format);
        for cut in (0..whole.len()).step_by(whole.len() / 40 + 1) {
            let _ = read_in_time("truncated", &whole[..cut]);
        }
        for (position, byte) in noise(11).take(200).zip(noise(13)) {
            let mut changed = whole.clone();
            // Half of the changes hit the first 256 bytes.
            let index = usize::from(position) * if byte & 1 == 0 { 1 } else { whole.len() / 256 };
            changed[index % whole.len()] ^= byte | 1;
            let _ = read_in_time("changed", &changed);
        }
    }
}

#[test]
fn bytes_that_are_no_picture_are_refused() {
    for bytes in [
        &b""[..],
        b"GIF89a",
        b"otpauth://totp/x?secret=AA",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        b"BM",
        b"RIFF\0\0\0\0WEBP",
    ] {
        assert_eq!(read_picture(bytes), Err(PictureError::NotAPicture));
    }
}

#[test]
fn too_large_is_refused_before_decoding() {
    let too_large = vec![0; MAX_PICTURE_MB as usize * 1_000_000 + 1];
    assert_eq!(
        read_in_time("65 MB", &too_large),
        Err(PictureError::TooLarge {
            max_mb: MAX_PICTURE_MB
        })
    );

    // The header of a bitmap of 40,000 x 40,000 pixels, without the pixels.
    let mut header = file(&GrayImage::new(1, 1), ImageFormat::Bmp);
    header[18..22].copy_from_slice(&40_000u32.to_le_bytes());
    header[22..26].copy_from_slice(&40_000u32.to_le_bytes());
    let refused = PictureError::TooManyPixels {
        max_megapixels: MAX_PICTURE_MEGAPIXELS,
    };
    assert_eq!(read_in_time("a decompression bomb", &header), Err(refused));
}

#[test]
fn a_picture_of_50_megapixels_is_read() {
    let mut picture = GrayImage::from_pixel(8160, 6120, Luma([200]));
    image::imageops::replace(&mut picture, &code("fifty megapixels", 40), 3000, 2000);
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("PNG takes grey");
    assert_eq!(
        read_in_time("50 Mpx", bytes.get_ref()),
        Ok(vec!["fifty megapixels".to_owned()])
    );
}
