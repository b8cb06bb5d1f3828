//! The tones of modules to a text: format, codewords, corrections (ISO/IEC 18004 §7.8 to §7.10, §12).

use reed_solomon::Decoder;
use rxing::qrcode::common::{ErrorCorrectionLevel, VersionRef};
use rxing::qrcode::cpp_port::decoder::DecodeBitStream;
use rxing::qrcode::decoder::{DataBlock, DataMask};

use super::mesh::Tones;

/// The text, or none if too much is unlike any code.
pub fn decode(tones: &Tones, version: VersionRef) -> Option<String> {
    formats(tones)
        .into_iter()
        .find_map(|format| decode_as(tones, version, format))
}

fn decode_as(tones: &Tones, version: VersionRef, format: u8) -> Option<String> {
    let level = ErrorCorrectionLevel::forBits(format >> 3).ok()?;
    let mask = DataMask::try_from(format & 7).ok()?;
    let (codewords, trust) = codewords(tones, version, mask)?;
    let blocks = DataBlock::getDataBlocks(&codewords, version, level).ok()?;
    let trusts = DataBlock::getDataBlocks(&trust, version, level).ok()?;
    let mut data = Vec::with_capacity(codewords.len());
    for (block, trust) in blocks.iter().zip(&trusts) {
        let length = block.getNumDataCodewords() as usize;
        data.extend(correct(block.getCodewords(), trust.getCodewords(), length)?);
    }
    let decoded = DecodeBitStream(&data, version, level).ok()?;
    decoded.isValid().then(|| decoded.text().to_owned())
}

/// The two likeliest of the 32 formats, by the tones of both copies.
fn formats(tones: &Tones) -> Vec<u8> {
    let last = tones.dimension - 1;
    let first = (0..6)
        .map(|x| (x, 8))
        .chain([(7, 8), (8, 8), (8, 7)])
        .chain((0..6).rev().map(|y| (8, y)));
    let second = (0..7)
        .map(|y| (8, last - y))
        .chain((0..8).map(|x| (last - 7 + x, 8)));
    let places: Vec<(usize, usize)> = first.chain(second).collect();
    let mut formats: Vec<(f32, u8)> = (0..32u8)
        .map(|format| {
            let code = format_code(format);
            let sum = places.iter().enumerate().map(|(index, &(x, y))| {
                let dark = code >> (14 - index % 15) & 1 == 1;
                let tone = tones.at(x, y);
                if dark { tone } else { -tone }
            });
            (sum.sum(), format)
        })
        .collect();
    formats.sort_by(|one, other| other.0.total_cmp(&one.0));
    formats.iter().take(2).map(|(_, format)| *format).collect()
}

/// BCH(15, 5) with the generator 10100110111 and the mask 101010000010010 (§7.9.1).
fn format_code(format: u8) -> u32 {
    let data = u32::from(format) << 10;
    let mut rest = data;
    for bit in (10..15).rev() {
        if rest >> bit & 1 == 1 {
            rest ^= 0b101_0011_0111 << (bit - 10);
        }
    }
    (data | rest) ^ 0b101_0100_0001_0010
}

/// Codewords in their order in the code, and how far the least sure module of each is from the threshold.
fn codewords(tones: &Tones, version: VersionRef, mask: DataMask) -> Option<(Vec<u8>, Vec<u8>)> {
    let function = version.buildFunctionPattern().ok()?;
    let total = version.getTotalCodewords() as usize;
    let side = tones.dimension;
    let (mut codewords, mut trust) = (Vec::with_capacity(total), Vec::with_capacity(total));
    let (mut codeword, mut least, mut count) = (0u8, u8::MAX, 0);
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
                least = least.min(tone.abs().min(255.0) as u8);
                count += 1;
                if count % 8 == 0 {
                    codewords.push(codeword);
                    trust.push(least);
                    (codeword, least) = (0, u8::MAX);
                }
            }
        }
    }
    codewords.truncate(total);
    trust.truncate(total);
    (codewords.len() == total).then_some((codewords, trust))
}

/// The data of a block. The least sure codewords are taken as lost, more and more of them: a lost codeword costs one
/// codeword of correction, a wrong one costs two.
fn correct(block: &[u8], trust: &[u8], data: usize) -> Option<Vec<u8>> {
    let spare = block.len() - data;
    let decoder = Decoder::new(spare);
    let mut order: Vec<u8> = (0..block.len() as u8).collect();
    order.sort_by_key(|index| trust[usize::from(*index)]);
    for step in 0..=4 {
        let lost = spare * step / 6;
        let lost = &order[..lost];
        let Ok(corrected) = decoder.correct(block, Some(lost)) else {
            continue;
        };
        let wrong = (0..block.len() as u8)
            .filter(|index| !lost.contains(index))
            .filter(|index| corrected[usize::from(*index)] != block[usize::from(*index)])
            .count();
        // Corrections that use up everything are as often wrong.
        if step == 0 || lost.len() + 2 * wrong + 2 <= spare {
            return Some(corrected.data().to_vec());
        }
    }
    None
}
