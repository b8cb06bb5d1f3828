//! Decodes the tones of modules: format information, codewords and error correction (ISO/IEC 18004 §7.8 to §7.10, §12).

use reed_solomon::Decoder;
use rxing::qrcode::common::{ErrorCorrectionLevel, VersionRef};
use rxing::qrcode::cpp_port::decoder::DecodeBitStream;
use rxing::qrcode::decoder::{DataBlock, DataMask};

use super::mesh::ModuleTones;
use crate::readers::qr_code;
use crate::{QrCode, unwind};

/// The content of the code, or `None` if the errors cannot be corrected.
pub fn decode(tones: &ModuleTones, version: VersionRef) -> Option<QrCode> {
    likeliest_formats(tones)
        .into_iter()
        .find_map(|format| decode_with_format(tones, version, format))
}

fn decode_with_format(tones: &ModuleTones, version: VersionRef, format: u8) -> Option<QrCode> {
    let level = ErrorCorrectionLevel::forBits(format >> 3).ok()?;
    let mask = DataMask::try_from(format & 7).ok()?;
    let (codewords, confidence) = read_codewords(tones, version, mask)?;
    let blocks = DataBlock::getDataBlocks(&codewords, version, level).ok()?;
    let confidence_blocks = DataBlock::getDataBlocks(&confidence, version, level).ok()?;
    let mut data = Vec::with_capacity(codewords.len());
    for (block, confidence) in blocks.iter().zip(&confidence_blocks) {
        let data_len = block.getNumDataCodewords() as usize;
        data.extend(correct_block(
            block.getCodewords(),
            confidence.getCodewords(),
            data_len,
        )?);
    }
    qr_code(&DecodeBitStream(&data, version, level).ok()?)
}

/// The two likeliest of the 32 values of the format information, by the tones of both copies.
fn likeliest_formats(tones: &ModuleTones) -> Vec<u8> {
    let last = tones.dimension - 1;
    let first = (0..6)
        .map(|x| (x, 8))
        .chain([(7, 8), (8, 8), (8, 7)])
        .chain((0..6).rev().map(|y| (8, y)));
    let second = (0..7)
        .map(|y| (8, last - y))
        .chain((0..8).map(|x| (last - 7 + x, 8)));
    let positions: Vec<(usize, usize)> = first.chain(second).collect();
    let mut formats: Vec<(f32, u8)> = (0..32u8)
        .map(|format| {
            let bits = format_bits(format);
            let sum = positions.iter().enumerate().map(|(index, &(x, y))| {
                let dark = bits >> (14 - index % 15) & 1 == 1;
                let tone = tones.at(x, y);
                if dark { tone } else { -tone }
            });
            (sum.sum(), format)
        })
        .collect();
    formats.sort_by(|one, other| other.0.total_cmp(&one.0));
    formats.iter().take(2).map(|(_, format)| *format).collect()
}

/// The 15 bits of the format information: BCH(15, 5) with the generator 10100110111 and the mask 101010000010010 (§7.9.1).
fn format_bits(format: u8) -> u32 {
    let data = u32::from(format) << 10;
    let mut rest = data;
    for bit in (10..15).rev() {
        if rest >> bit & 1 == 1 {
            rest ^= 0b101_0011_0111 << (bit - 10);
        }
    }
    (data | rest) ^ 0b101_0100_0001_0010
}

/// The codewords in the order of their placement, and the confidence of each: the smallest absolute tone of its modules.
fn read_codewords(
    tones: &ModuleTones,
    version: VersionRef,
    mask: DataMask,
) -> Option<(Vec<u8>, Vec<u8>)> {
    let function = version.buildFunctionPattern().ok()?;
    let total = version.getTotalCodewords() as usize;
    let side = tones.dimension;
    let (mut codewords, mut confidence) = (Vec::with_capacity(total), Vec::with_capacity(total));
    let (mut codeword, mut lowest, mut count) = (0u8, u8::MAX, 0);
    let pairs =
        (0..side / 2).map(|pair| side - 1 - 2 * pair - usize::from(side - 1 - 2 * pair <= 6));
    for (pair, right) in pairs.enumerate() {
        for step in 0..side {
            let y = if pair % 2 == 0 { side - 1 - step } else { step };
            for x in [right, right - 1] {
                if function.get(x as u32, y as u32) {
                    continue;
                }
                let tone = tones.at(x, y);
                let bit = (tone > 0.0) != mask.isMasked(y as u32, x as u32);
                codeword = codeword << 1 | u8::from(bit);
                lowest = lowest.min(tone.abs().min(255.0) as u8);
                count += 1;
                if count % 8 == 0 {
                    codewords.push(codeword);
                    confidence.push(lowest);
                    (codeword, lowest) = (0, u8::MAX);
                }
            }
        }
    }
    codewords.truncate(total);
    confidence.truncate(total);
    (codewords.len() == total).then_some((codewords, confidence))
}

/// Corrects a block and returns its `data_len` data codewords.
///
/// Tries again with more and more of the least certain codewords as erasures, because an erasure uses up one error
/// correction codeword, and an error two.
fn correct_block(block: &[u8], confidence: &[u8], data_len: usize) -> Option<Vec<u8>> {
    let correction_len = block.len() - data_len;
    let decoder = Decoder::new(correction_len);
    let mut order: Vec<u8> = (0..block.len() as u8).collect();
    order.sort_by_key(|index| confidence[usize::from(*index)]);
    for step in 0..=4 {
        let count = correction_len * step / 6;
        let erasures = &order[..count];
        // For some blocks that cannot be corrected, the decoder divides by 0 or fails an assertion.
        let Some(Ok(corrected)) = unwind::catch_panic(|| decoder.correct(block, Some(erasures)))
        else {
            continue;
        };
        let wrong = (0..block.len() as u8)
            .filter(|index| !erasures.contains(index))
            .filter(|index| corrected[usize::from(*index)] != block[usize::from(*index)])
            .count();
        // With erasures, a correction that uses up all redundancy is often wrong.
        if step == 0 || erasures.len() + 2 * wrong + 2 <= correction_len {
            return Some(corrected.data().to_vec());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::robust::test_codes::{self, TEXT};
    use fast_qr::{ECL, Mask, QRCode, Version};
    use proptest::prelude::*;
    use rxing::qrcode::common::Version as Versions;

    const LEVELS: [ECL; 4] = [ECL::L, ECL::M, ECL::Q, ECL::H];
    const MASKS: [Mask; 8] = [
        Mask::Checkerboard,
        Mask::HorizontalLines,
        Mask::VerticalLines,
        Mask::DiagonalLines,
        Mask::LargeCheckerboard,
        Mask::Fields,
        Mask::Diamonds,
        Mask::Meadow,
    ];

    fn version(number: u32) -> VersionRef {
        Versions::getVersionForNumber(number).expect("there is such a version")
    }

    fn text(tones: &ModuleTones, version: VersionRef) -> Option<String> {
        decode(tones, version).and_then(QrCode::into_whole)
    }

    /// The tones of a code with the contrast of a photo.
    fn tones(code: &QRCode) -> ModuleTones {
        let tone = |at: usize| {
            let dark = code[at / code.size][at % code.size].value();
            if dark { 60.0 } else { -60.0 }
        };
        ModuleTones {
            dimension: code.size,
            values: (0..code.size * code.size).map(tone).collect(),
        }
    }

    #[test]
    fn every_level_and_mask_is_decoded() {
        for level in LEVELS {
            for mask in MASKS {
                let tones = tones(&test_codes::code(Version::V02, level, mask));
                let text = text(&tones, version(2));
                assert_eq!(text.as_deref(), Some(TEXT), "{level:?}, {mask:?}");
            }
        }
    }

    #[test]
    fn every_kind_of_version_is_decoded() {
        for (number, of_version) in test_codes::VERSIONS {
            let tones = tones(&test_codes::default_code(of_version));
            assert_eq!(
                text(&tones, version(number)).as_deref(),
                Some(TEXT),
                "{number}"
            );
        }
    }

    #[test]
    fn format_bits_are_those_of_the_standard() {
        // The example of §7.9.1, and two of table C.1.
        assert_eq!(format_bits(0b00101), 0b100_0000_1100_1110);
        assert_eq!(format_bits(0b00000), 0b101_0100_0001_0010);
        assert_eq!(format_bits(0b11111), 0b010_1011_1110_1101);
        let distance = |one, other| (format_bits(one) ^ format_bits(other)).count_ones();
        for one in 0..32 {
            for other in 0..one {
                assert!(distance(one, other) >= 5, "{one}, {other}");
            }
        }
    }

    #[test]
    fn one_copy_of_the_format_is_enough() {
        let mut tones = tones(&test_codes::code(Version::V02, ECL::H, Mask::Fields));
        for at in 0..9 {
            // Inverted, but less certain than the other copy.
            for index in [8 * 25 + at, at * 25 + 8] {
                tones.values[index] *= -0.3;
            }
        }
        assert!(likeliest_formats(&tones).contains(&0b10_101));
        assert_eq!(text(&tones, version(2)).as_deref(), Some(TEXT));
    }

    /// Decodes a code of level H whose lower right square of `side` modules has the tones `tone`.
    fn damaged(side: usize, tone: impl Fn(f32) -> f32) -> Option<String> {
        let mut tones = tones(&test_codes::code(Version::V07, ECL::H, Mask::Meadow));
        for y in 45 - side..45 {
            for x in 45 - side..45 {
                let value = &mut tones.values[y * 45 + x];
                *value = tone(*value);
            }
        }
        text(&tones, version(7))
    }

    #[test]
    fn uncertain_modules_cost_half_as_much_as_wrong_ones() {
        let text = Some(TEXT.to_owned());
        let (wrong, uncertain) = (|tone: f32| -tone, |tone: f32| tone * -0.01);
        assert_eq!(damaged(0, wrong), text);
        assert_eq!(damaged(14, wrong), text);
        assert_eq!(damaged(26, wrong), None);
        assert_eq!(damaged(26, uncertain), text);
        assert_eq!(damaged(36, uncertain), None);
    }

    #[test]
    fn erasures_must_leave_some_redundancy() {
        // Version 1 at level H: 9 data codewords and 17 error correction codewords.
        let data: Vec<u8> = (0..9).collect();
        let block = reed_solomon::Encoder::new(17).encode(&data).to_vec();
        let certain = vec![90; block.len()];
        assert_eq!(correct_block(&block, &certain, 9).as_ref(), Some(&data));
        let mut eight_errors = block.clone();
        for codeword in &mut eight_errors[3..11] {
            *codeword ^= 0x5a;
        }
        assert_eq!(
            correct_block(&eight_errors, &certain, 9).as_ref(),
            Some(&data)
        );
        let with_uncertain_errors = |count: usize| {
            let (mut damaged, mut confidence) = (block.clone(), certain.clone());
            for at in 5..5 + count {
                damaged[at] ^= 0x5a;
                confidence[at] = 1;
            }
            correct_block(&damaged, &confidence, 9)
        };
        assert_eq!(with_uncertain_errors(11).as_ref(), Some(&data));
        assert_eq!(with_uncertain_errors(14), None);
        // Without error correction codewords.
        assert_eq!(correct_block(&data, &certain[..9], 9).as_ref(), Some(&data));
    }

    #[test]
    fn tones_of_another_size_than_the_version_give_none() {
        let code = tones(&test_codes::default_code(Version::V02));
        assert_eq!(decode(&code, version(1)), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn noise_gives_no_text(number in 1u32..=40, seed in 1u64..u64::MAX) {
            let dimension = 17 + 4 * number as usize;
            let mut state = seed;
            let values = (0..dimension * dimension).map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 40) as f32 / (1 << 17) as f32 - 64.0
            });
            let tones = ModuleTones { dimension, values: values.collect() };
            prop_assert_eq!(decode(&tones, version(number)), None);
        }

        #[test]
        fn any_tones_are_decoded_without_a_panic(number in 1u32..=6, values in proptest::collection::vec(proptest::num::f32::ANY, 1..90)) {
            let dimension = 17 + 4 * number as usize;
            let values = values.iter().copied().cycle().take(dimension * dimension);
            let tones = ModuleTones { dimension, values: values.collect() };
            let _ = decode(&tones, version(number));
            let _ = decode(&tones.sharpened(), version(number));
        }
    }
}
