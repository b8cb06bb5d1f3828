//! Texts that several codes hold together (structured append).

#[path = "support/code.rs"]
mod code;
#[path = "support/parts.rs"]
mod parts;

use std::io::Cursor;

use code::code;
use image::{GrayImage, ImageFormat, Luma};
use parts::{Header, cut, part_code};
use trousseau_scan::one_by_one::{COUNT, name, with_picture};
use trousseau_scan::{
    Frame, Incomplete, Joined, Parts, PictureError, QrCode, read_frame, read_picture,
};

/// "é" is 2 bytes, of which the first part has one.
const TEXT: &str =
    "otpauth://totp/Caisse%20de%20pensions:Ren\u{e9}?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const FIRST: usize = 42;

fn png(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("PNG takes grey");
    bytes.into_inner()
}

/// The codes of the text's parts.
fn codes() -> Vec<GrayImage> {
    let parts = cut(TEXT.as_bytes(), FIRST);
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

/// What the codes of a picture say, together with the parts that were read before.
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
fn no_step_takes_a_part_for_a_text() {
    let codes = codes();
    let mut inverted = codes[0].clone();
    image::imageops::invert(&mut inverted);
    let ground = GrayImage::from_pixel(500, 500, Luma([255]));
    let far = side_by_side(&[codes[1].clone(), ground]);
    let mut readers: Vec<String> = Vec::new();
    for picture in [&codes[0], &inverted, &far, &side_by_side(&codes)] {
        for step in 0..COUNT {
            let codes = with_picture(&png(picture), |alone| {
                alone.shrink(step);
                alone.read(step)
            });
            let codes = codes.expect("a picture");
            let is_whole = |code: &QrCode| matches!(code, QrCode::Whole(_));
            assert!(!codes.iter().any(is_whole), "{}", name(step));
            if !codes.is_empty() && !readers.contains(&name(step)) {
                readers.push(name(step));
            }
        }
    }
    // rqrr, the first step, refuses them.
    assert_eq!(readers.len(), COUNT - 1, "{readers:?}");
}

#[test]
fn parts_of_several_pictures_in_any_order() {
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
fn parts_of_one_picture() {
    let codes = codes();
    assert!(joined(&mut Parts::default(), &side_by_side(&codes)) == [text()]);
    // Whole texts beside them stay what they are.
    let with_whole = [codes[1].clone(), code("whole", 4), codes[0].clone()];
    let whole = Joined::Text("whole".to_owned().into());
    assert!(joined(&mut Parts::default(), &side_by_side(&with_whole)) == [text(), whole]);
}

#[test]
fn parts_of_a_film() {
    let mut parts = Parts::default();
    let mut read = |picture: &GrayImage, turn: u32| {
        let frame = Frame::new(picture.width(), picture.height(), picture.as_raw().clone());
        let frame = frame.expect("the sizes agree");
        parts.join(&read_frame(&frame.as_luma(), turn))
    };
    let codes = codes();
    for turn in 0..8 {
        assert!(read(&codes[1], turn) == [incomplete(2, 1)], "turn {turn}");
    }
    for turn in 8..16 {
        assert!(read(&codes[0], turn) == [text()], "turn {turn}");
    }
}

#[test]
fn a_parity_that_is_wrong_is_told() {
    let wrong = |(header, bytes): (Header, &[u8])| {
        let parity = header.parity ^ 1;
        part_code(Header { parity, ..header }, bytes, 4)
    };
    let codes: Vec<GrayImage> = cut(TEXT.as_bytes(), FIRST).into_iter().map(wrong).collect();
    assert!(joined(&mut Parts::default(), &side_by_side(&codes)) == [Joined::Different]);
}

#[test]
fn a_part_that_its_text_does_not_have_is_not_read() {
    let header = Header {
        index: 2,
        count: 2,
        parity: 7,
    };
    let picture = png(&part_code(header, b"otpauth://totp/a?secret=AA", 4));
    assert_eq!(read_picture(&picture), Err(PictureError::CodeUnreadable));
}
