//! Texts that are split over several codes (structured append).

#[path = "support/part_codes.rs"]
mod part_codes;
#[path = "support/qr_code.rs"]
mod qr_code;

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use part_codes::{Header, part_code, split};
use qr_code::code;
use trousseau_scan::bench::{PASS_COUNT, pass_name, with_picture};
use trousseau_scan::{
    Frame, Incomplete, Joined, Parts, PictureError, QrCode, read_frame, read_picture,
};

/// The first part ends within "é", after the first of its two bytes.
const TEXT: &str =
    "otpauth://totp/Caisse%20de%20pensions:Ren\u{e9}?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const FIRST_BYTES: usize = 42;

fn png(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("PNG takes grey");
    bytes.into_inner()
}

/// The codes of the two parts of [`TEXT`].
fn codes() -> Vec<GrayImage> {
    let parts = split(TEXT.as_bytes(), FIRST_BYTES);
    assert_eq!(parts.len(), 2);
    assert!(std::str::from_utf8(parts[0].1).is_err());
    let code = |(header, bytes): &(Header, &[u8])| part_code(*header, bytes, 4);
    parts.iter().map(code).collect()
}

fn side_by_side(pictures: &[GrayImage]) -> GrayImage {
    let width = pictures.iter().map(GrayImage::width).sum();
    let height = pictures.iter().map(GrayImage::height).max();
    let mut whole = GrayImage::from_pixel(width, height.unwrap_or(0), Luma([255]));
    let mut left = 0;
    for picture in pictures {
        image::imageops::replace(&mut whole, picture, left, 0);
        left += i64::from(picture.width());
    }
    whole
}

/// Reads a picture and joins its codes with the earlier parts.
fn joined(parts: &mut Parts, picture: &GrayImage) -> Vec<Joined> {
    parts.join(&read_picture(&png(picture)).expect("a picture"))
}

fn incomplete(read: u8, missing: u8) -> Joined {
    Joined::Incomplete(Incomplete {
        count: 2,
        read: vec![read],
        missing: vec![missing],
    })
}

fn text() -> Joined {
    Joined::Text(TEXT.to_owned().into())
}

#[test]
fn no_pass_reads_a_part_as_a_whole_text() {
    let codes = codes();
    let mut inverted = codes[0].clone();
    image::imageops::invert(&mut inverted);
    let background = GrayImage::from_pixel(500, 500, Luma([255]));
    let far = side_by_side(&[codes[1].clone(), background]);
    let mut readers: Vec<String> = Vec::new();
    for picture in [&codes[0], &inverted, &far, &side_by_side(&codes)] {
        for pass in 0..PASS_COUNT {
            let codes = with_picture(&png(picture), |runner| {
                runner.shrink(pass);
                runner.read(pass)
            });
            let codes = codes.expect("a picture");
            let is_whole = |code: &QrCode| matches!(code, QrCode::Whole(_));
            assert!(!codes.iter().any(is_whole), "{}", pass_name(pass));
            if !codes.is_empty() && !readers.contains(&pass_name(pass)) {
                readers.push(pass_name(pass));
            }
        }
    }
    // Only rqrr, the first pass, does not read parts.
    assert_eq!(readers.len(), PASS_COUNT - 1, "{readers:?}");
}

#[test]
fn parts_are_joined_from_several_pictures_in_any_order() {
    let codes = codes();
    for [one, other] in [[0, 1], [1, 0]] {
        let mut parts = Parts::default();
        let (read, missing) = (one as u8 + 1, other as u8 + 1);
        for _ in 0..2 {
            assert!(joined(&mut parts, &codes[one]) == [incomplete(read, missing)]);
        }
        assert!(joined(&mut parts, &codes[other]) == [text()]);
        assert!(joined(&mut parts, &codes[one]) == [text()]);
    }
}

#[test]
fn parts_are_joined_from_one_picture() {
    let codes = codes();
    assert!(joined(&mut Parts::default(), &side_by_side(&codes)) == [text()]);
    // Together with a code that contains a whole text.
    let with_whole = [codes[1].clone(), code("whole", 4), codes[0].clone()];
    let whole = Joined::Text("whole".to_owned().into());
    assert!(joined(&mut Parts::default(), &side_by_side(&with_whole)) == [text(), whole]);
}

#[test]
fn parts_are_joined_from_camera_frames() {
    let mut parts = Parts::default();
    let mut read = |picture: &GrayImage, frame_index: u32| {
        let frame = Frame::new(picture.width(), picture.height(), picture.as_raw().clone());
        let frame = frame.expect("the size matches");
        parts.join(&read_frame(&frame.as_luma(), frame_index))
    };
    let codes = codes();
    for frame_index in 0..8 {
        assert!(
            read(&codes[1], frame_index) == [incomplete(2, 1)],
            "frame_index {frame_index}"
        );
    }
    for frame_index in 8..16 {
        assert!(
            read(&codes[0], frame_index) == [text()],
            "frame_index {frame_index}"
        );
    }
}

#[test]
fn a_wrong_parity_is_reported() {
    let wrong = |(header, bytes): (Header, &[u8])| {
        let parity = header.parity ^ 1;
        part_code(Header { parity, ..header }, bytes, 4)
    };
    let codes: Vec<GrayImage> = split(TEXT.as_bytes(), FIRST_BYTES)
        .into_iter()
        .map(wrong)
        .collect();
    assert!(joined(&mut Parts::default(), &side_by_side(&codes)) == [Joined::ParityMismatch]);
}

#[test]
fn a_part_with_an_index_above_the_count_is_unreadable() {
    let header = Header {
        index: 2,
        count: 2,
        parity: 7,
    };
    let picture = png(&part_code(header, b"otpauth://totp/a?secret=AA", 4));
    assert_eq!(read_picture(&picture), Err(PictureError::CodeUnreadable));
}
