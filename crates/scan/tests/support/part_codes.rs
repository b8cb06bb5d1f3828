//! Makes the codes of structured append (ISO/IEC 18004 §8), which fast_qr cannot.

use fast_qr::{ECL, Mask, QRBuilder, Version};
use image::{GrayImage, Luma};
use reed_solomon::Encoder;
use rxing::qrcode::common::Version as Versions;

/// Version 5 at level L has one block: 108 data codewords and 26 error correction codewords.
const DATA_CODEWORDS: usize = 108;
const CORRECTION_CODEWORDS: usize = 26;
const SIDE: usize = 37;

/// The header of one part. `index` counts from 0.
#[derive(Clone, Copy)]
pub struct Header {
    pub index: u8,
    pub count: u8,
    pub parity: u8,
}

/// Splits a text into parts of `bytes` bytes, each with its header.
pub fn split(text: &[u8], bytes: usize) -> Vec<(Header, &[u8])> {
    let parity = text.iter().fold(0, |parity, byte| parity ^ byte);
    let parts = text.chunks(bytes);
    let count = parts.len() as u8;
    let header = |index: usize| Header {
        index: index as u8,
        count,
        parity,
    };
    parts
        .enumerate()
        .map(|(index, part)| (header(index), part))
        .collect()
}

/// The code of a part of at most 103 bytes, with `module_size` pixels per module and the quiet zone.
pub fn part_code(header: Header, bytes: &[u8], module_size: u32) -> GrayImage {
    let dark = modules(&codewords(header, bytes));
    let side = (SIDE as u32 + 8) * module_size;
    GrayImage::from_fn(side, side, |x, y| {
        let at = |pixel: u32| (pixel / module_size).wrapping_sub(4) as usize;
        let inside = at(x) < SIDE && at(y) < SIDE;
        Luma([if inside && dark[at(y) * SIDE + at(x)] {
            0
        } else {
            255
        }])
    })
}

/// Header, byte mode, length, bytes, terminator, padding and error correction.
fn codewords(header: Header, bytes: &[u8]) -> Vec<u8> {
    let mut bits = Vec::new();
    let mut push = |value: usize, count: usize| {
        bits.extend((0..count).rev().map(|bit| value >> bit & 1 == 1));
    };
    push(0b0011, 4);
    push(header.index.into(), 4);
    push(usize::from(header.count) - 1, 4);
    push(header.parity.into(), 8);
    push(0b0100, 4);
    push(bytes.len(), 8);
    for byte in bytes {
        push((*byte).into(), 8);
    }
    push(0, 4);
    let mut data: Vec<u8> = bits
        .chunks(8)
        .map(|bits| {
            let value = |byte, (at, bit): (usize, &bool)| byte | u8::from(*bit) << (7 - at);
            bits.iter().enumerate().fold(0, value)
        })
        .collect();
    assert!(data.len() <= DATA_CODEWORDS, "too long for one part");
    data.extend(
        [0xec, 0x11]
            .iter()
            .cycle()
            .take(DATA_CODEWORDS - data.len()),
    );
    Encoder::new(CORRECTION_CODEWORDS).encode(&data).to_vec()
}

/// Replaces the codewords of another code of the same version, level and mask.
fn modules(codewords: &[u8]) -> Vec<bool> {
    let template = QRBuilder::new("template")
        .version(Version::V05)
        .ecl(ECL::L)
        .mask(Mask::Checkerboard)
        .build()
        .expect("the text fits");
    let function = Versions::getVersionForNumber(5)
        .and_then(|version| version.buildFunctionPattern())
        .expect("there is such a version");
    let mut dark: Vec<bool> = (0..SIDE * SIDE)
        .map(|at| template[at / SIDE][at % SIDE].value())
        .collect();
    let mut bits = codewords
        .iter()
        .flat_map(|codeword| (0..8).rev().map(move |bit| codeword >> bit & 1 == 1));
    for pair in 0..SIDE / 2 {
        let right = SIDE - 1 - 2 * pair - usize::from(SIDE - 1 - 2 * pair <= 6);
        for step in 0..SIDE {
            let y = if pair % 2 == 0 { SIDE - 1 - step } else { step };
            for x in [right, right - 1] {
                if !function.get(x as u32, y as u32) {
                    dark[y * SIDE + x] = bits.next().unwrap_or(false) != ((x + y) % 2 == 0);
                }
            }
        }
    }
    dark
}
