//! Generated codes in all file formats, sizes and kinds of damage.

#[path = "support/qr_code.rs"]
mod qr_code;
#[path = "support/texts.rs"]
mod texts;

use std::io::Cursor;

use image::imageops::FilterType;
use image::{DynamicImage, GrayImage, ImageFormat, Luma, LumaA, Rgba, RgbaImage};
use qr_code::code;
use texts::texts;
use trousseau_scan::{Frame, FrameSource, PictureError, read_frame};

const FORMATS: [ImageFormat; 5] = [
    ImageFormat::Png,
    ImageFormat::Jpeg,
    ImageFormat::WebP,
    ImageFormat::Gif,
    ImageFormat::Bmp,
];
const TEXT: &str = "otpauth://totp/Caisse%20AVS:anna?secret=JBSWY3DPEHPK3PXP&issuer=Caisse%20AVS";

fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    // Not every format supports grey, but all support RGB.
    let image = image.into();
    let image = if image.color().has_alpha() {
        image
    } else {
        image.into_rgb8().into()
    };
    image
        .write_to(&mut bytes, format)
        .expect("the format takes RGB");
    bytes.into_inner()
}

/// The texts of a picture.
fn read_picture(bytes: &[u8]) -> Result<Vec<String>, PictureError> {
    trousseau_scan::read_picture(bytes).map(texts)
}

fn png(image: impl Into<DynamicImage>) -> Vec<u8> {
    file(image, ImageFormat::Png)
}

/// Pictures on a white background, each with the position of its upper left corner.
fn compose(width: u32, height: u32, parts: &[(u32, u32, &GrayImage)]) -> GrayImage {
    let mut whole = GrayImage::from_pixel(width, height, Luma([255]));
    for (x, y, part) in parts {
        image::imageops::replace(&mut whole, *part, i64::from(*x), i64::from(*y));
    }
    whole
}

#[test]
fn every_format_is_read() {
    for format in FORMATS {
        assert_eq!(
            read_picture(&file(code(TEXT, 4), format)),
            Ok(vec![TEXT.to_owned()]),
            "{format:?}"
        );
    }
}

#[test]
fn a_picture_without_a_code_gives_no_text() {
    for format in FORMATS {
        let plain = GrayImage::from_fn(300, 200, |x, y| Luma([(x + y) as u8 / 2]));
        assert_eq!(read_picture(&file(plain, format)), Ok(vec![]), "{format:?}");
    }
}

#[test]
fn a_code_with_one_pixel_per_module_is_read() {
    assert_eq!(read_picture(&png(code(TEXT, 1))), Ok(vec![TEXT.to_owned()]));
}

#[test]
fn an_inverted_code_is_read() {
    let mut inverted = code(TEXT, 4);
    image::imageops::invert(&mut inverted);
    assert_eq!(read_picture(&png(inverted)), Ok(vec![TEXT.to_owned()]));
}

#[test]
fn every_kind_of_transparency_is_read() {
    let with_alpha = |rgba: fn(u8) -> [u8; 4]| {
        let code = code(TEXT, 4);
        RgbaImage::from_fn(code.width(), code.height(), |x, y| {
            Rgba(rgba(code.get_pixel(x, y).0[0]))
        })
    };
    for (name, image) in [
        (
            "black on transparent",
            with_alpha(|grey| [0, 0, 0, 255 - grey]),
        ),
        (
            "white on transparent",
            with_alpha(|grey| [255, 255, 255, 255 - grey]),
        ),
        (
            "transparent on white",
            with_alpha(|grey| [255, 255, 255, grey]),
        ),
        (
            "transparent on half-transparent black",
            with_alpha(|grey| [0, 0, 0, grey / 2]),
        ),
        ("alpha left 0", with_alpha(|grey| [grey, grey, grey, 0])),
    ] {
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            assert_eq!(
                read_picture(&file(image.clone(), format)),
                Ok(vec![TEXT.to_owned()]),
                "{name}, {format:?}"
            );
        }
    }
}

#[test]
fn sixteen_bits_and_grey_with_alpha_are_read() {
    let grey = code(TEXT, 4);
    let sixteen = DynamicImage::from(grey.clone()).into_rgba16();
    let with_alpha = image::GrayAlphaImage::from_fn(grey.width(), grey.height(), |x, y| {
        LumaA([grey.get_pixel(x, y).0[0], 255])
    });
    assert_eq!(read_picture(&png(sixteen)), Ok(vec![TEXT.to_owned()]));
    assert_eq!(read_picture(&png(with_alpha)), Ok(vec![TEXT.to_owned()]));
}

#[test]
fn several_codes_come_in_reading_order_each_once() {
    let (one, two, three) = (code("one", 5), code("two", 5), code("three", 5));
    // The second is a little higher than the first, as in a scan that is not straight.
    let parts = [
        (20, 30, &one),
        (300, 10, &two),
        (20, 300, &three),
        (300, 300, &one),
    ];
    assert_eq!(
        read_picture(&png(compose(500, 500, &parts))),
        Ok(["one", "two", "three"].map(String::from).into())
    );
}

#[test]
fn two_finder_patterns_are_enough() {
    let whole = code(TEXT, 6);
    let far = whole.width() - 11 * 6;
    for (x, y) in [(24, 24), (far, 24), (24, far)] {
        let damaged = GrayImage::from_fn(whole.width(), whole.height(), |column, row| {
            let inside = (x..x + 42).contains(&column) && (y..y + 42).contains(&row);
            if inside {
                Luma([255])
            } else {
                *whole.get_pixel(column, row)
            }
        });
        assert_eq!(
            read_picture(&png(damaged)),
            Ok(vec![TEXT.to_owned()]),
            "{x}, {y}"
        );
    }
}

#[test]
fn a_large_code_is_read() {
    let text = format!("otpauth-migration://offline?data={}", "Ab1/".repeat(200));
    assert_eq!(read_picture(&png(code(&text, 3))), Ok(vec![text]));
}

#[test]
fn a_code_in_a_large_photo_is_read() {
    let code = code(TEXT, 12);
    let photo = compose(4000, 3000, &[(1500, 1200, &code)]);
    assert_eq!(
        read_picture(&file(photo, ImageFormat::Jpeg)),
        Ok(vec![TEXT.to_owned()])
    );
}

/// A code of version 31, like a transfer code with ten accounts.
fn large_code() -> GrayImage {
    let code = code(&"otpauth-migration".repeat(59), 10);
    assert_eq!(code.width(), (17 + 4 * 31 + 8) * 10);
    code
}

/// A picture shrunk to `side` x `side` pixels.
fn shrunk(picture: &GrayImage, side: u32, filter: FilterType) -> GrayImage {
    image::imageops::resize(picture, side, side, filter)
}

#[test]
fn a_code_that_is_too_small_is_reported_as_unreadable() {
    let code = large_code();
    let small = |filter| shrunk(&code, 162, filter);
    for filter in [
        FilterType::Nearest,
        FilterType::Triangle,
        FilterType::CatmullRom,
        FilterType::Lanczos3,
    ] {
        let result = read_picture(&png(small(filter)));
        assert_eq!(result, Err(PictureError::CodeUnreadable), "{filter:?}");
    }
    let page = compose(1200, 900, &[(100, 150, &small(FilterType::Lanczos3))]);
    assert_eq!(read_picture(&png(page)), Err(PictureError::CodeUnreadable));
    // At four times the size it is read.
    let text = read_picture(&png(shrunk(&code, 648, FilterType::Triangle)));
    assert_eq!(text, Ok(vec!["otpauth-migration".repeat(59)]));
}

#[test]
fn a_tiny_code_in_a_large_photo_is_reported_as_unreadable() {
    let code = code(TEXT, 10);
    let modules = code.width() / 10;
    let small = shrunk(&code, modules * 2, FilterType::CatmullRom);
    let photo = compose(4000, 3000, &[(1500, 1200, &small)]);
    let photo = file(photo, ImageFormat::Jpeg);
    assert_eq!(read_picture(&photo), Err(PictureError::CodeUnreadable));
}

#[test]
fn a_blurred_code_is_reported_as_unreadable() {
    let code = shrunk(&large_code(), 447, FilterType::Triangle);
    assert!(read_picture(&png(code.clone())).is_ok());
    let blurred = image::imageops::blur(&code, 1.8);
    assert_eq!(
        read_picture(&png(blurred)),
        Err(PictureError::CodeUnreadable)
    );
}

#[test]
fn a_code_without_its_centre_is_reported_as_unreadable() {
    for module in [2, 6, 20] {
        let mut code = code(TEXT, module);
        let side = code.width();
        let middle = GrayImage::from_pixel(side / 2, side / 2, Luma([255]));
        image::imageops::replace(
            &mut code,
            &middle,
            (side / 10 * 3).into(),
            (side / 10 * 3).into(),
        );
        let read = read_picture(&png(code));
        assert_eq!(
            read,
            Err(PictureError::CodeUnreadable),
            "{module} pixels a module"
        );
    }
}

#[test]
fn a_code_beside_an_unreadable_one_is_read() {
    let small = shrunk(&large_code(), 162, FilterType::Triangle);
    let parts = [(20, 20, &small), (300, 20, &code(TEXT, 4))];
    let picture = compose(700, 400, &parts);
    assert_eq!(read_picture(&png(picture)), Ok(vec![TEXT.to_owned()]));
}

#[test]
fn a_frame_is_read_at_every_frame_index() {
    let code = code(TEXT, 6);
    let frame = compose(640, 480, &[(100, 50, &code)]);
    let frame = Frame::new(640, 480, frame.into_raw()).expect("the size matches");
    for frame_index in [0, 1, 5, u32::MAX] {
        let texts = texts(read_frame(&frame.as_luma(), frame_index));
        assert_eq!(texts, [TEXT], "frame_index {frame_index}");
    }
}

#[test]
fn an_inverted_code_is_read_within_ten_frames() {
    let mut code = code(TEXT, 4);
    image::imageops::invert(&mut code);
    let frame = Frame::new(code.width(), code.height(), code.into_raw()).expect("the size matches");
    let read = (0..10).find_map(|frame_index| {
        texts(read_frame(&frame.as_luma(), frame_index))
            .into_iter()
            .next()
    });
    assert_eq!(read.as_deref(), Some(TEXT));
}

#[test]
fn a_y4m_film_is_read() {
    let code = code(TEXT, 4);
    let (width, height) = code.dimensions();
    let mut bytes = format!("YUV4MPEG2 W{width} H{height} F30:1 C420jpeg\n").into_bytes();
    let chroma = 2 * width.div_ceil(2) as usize * height.div_ceil(2) as usize;
    for luma in [vec![128; code.len()], code.into_raw()] {
        bytes.extend_from_slice(b"FRAME\n");
        bytes.extend_from_slice(&luma);
        bytes.resize(bytes.len() + chroma, 128);
    }
    let mut source: Box<dyn FrameSource> =
        Box::new(trousseau_scan::Y4mReader::new(Cursor::new(bytes)).expect("a Y4M file"));
    let mut read = Vec::new();
    while let Some(frame) = source.next_frame().expect("complete frames") {
        read.push(texts(read_frame(&frame.as_luma(), read.len() as u32)));
    }
    assert_eq!(read, [vec![], vec![TEXT.to_owned()]]);
}
