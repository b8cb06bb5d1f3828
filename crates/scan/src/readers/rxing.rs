//! The two readers of rxing, with limits on their work.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rxing::common::{BitMatrix, DecoderRXingResult, DetectorRXingResult, HybridBinarizer};
use rxing::qrcode::common::{ErrorCorrectionLevel, Version};
use rxing::qrcode::cpp_port::decoder::{Decode, DecodeBitStream};
use rxing::qrcode::cpp_port::detector::{
    FindFinderPatterns, FinderPatternSet, GenerateFinderPatternSets, SampleQR,
};
use rxing::qrcode::{decoder::qrcode_decoder, detector::Detector};
use rxing::{BinaryBitmap, DecodeHints, Luma8Source};

use super::{DecodedCode, qr_code};
use crate::{Luma, QrCode, unwind};

/// More runs of 1 : 1 : 3 : 1 : 1 than this come from a tiling or noise.
const MAX_CANDIDATES: usize = 8_000;
/// More finder patterns than this come from a tiling or noise: 150 codes have 450.
const MAX_FINDER_PATTERNS: usize = 500;
/// At most this many triples of finder patterns are sampled, the likeliest first.
const MAX_TRIPLES: usize = 600;

/// Reads codes with rxing's newer detector, a port of zxing-cpp's.
///
/// `closed` applies a morphological closing first: it fills gaps of one pixel, which joins the dots of printers and screens.
pub fn read(luma: Luma, closed: bool) -> Vec<DecodedCode> {
    with_binary_matrix(luma, closed, |matrix| {
        let mut found = Vec::new();
        let mut used: Vec<FinderPatternSet> = Vec::new();
        let mut finder_patterns = FindFinderPatterns(matrix, true, 0);
        if finder_patterns.len() > MAX_FINDER_PATTERNS {
            return found;
        }
        for triple in GenerateFinderPatternSets(&mut finder_patterns)
            .into_iter()
            .take(MAX_TRIPLES)
        {
            if used
                .iter()
                .any(|other| share_finder_pattern(other, &triple))
            {
                continue;
            }
            if let Some(code) = unwind::catch_panic(|| decode_triple(matrix, &triple)).flatten() {
                found.push(code);
                used.push(triple);
            }
        }
        found
    })
}

/// Reads at most one code with rxing's older detector, a port of ZXing's, which reads some codes that the newer one does
/// not.
pub fn read_classic(luma: Luma) -> Vec<DecodedCode> {
    with_binary_matrix(luma, false, |matrix| {
        let finder_patterns = AtomicUsize::new(0);
        let count = move |_| {
            // The detector then tries all triples, so the limit must apply while it is still searching.
            if finder_patterns.fetch_add(1, Ordering::Relaxed) > MAX_FINDER_PATTERNS {
                unwind::cancel();
            }
        };
        let hints = DecodeHints {
            TryHarder: Some(true),
            NeedResultPointCallback: Some(Arc::new(count)),
            ..DecodeHints::default()
        };
        let read = || {
            let detected = Detector::new(matrix).detect_with_hints(&hints).ok()?;
            let decoded =
                qrcode_decoder::decode_bitmatrix_with_hints(detected.getBits(), &hints).ok()?;
            let code = classic_qr_code(&decoded, detected.getBits())?;
            Some(located(code, &detected, matrix))
        };
        read().into_iter().collect()
    })
}

/// Binarises with rxing's own threshold and calls `read`, unless that could take too long.
fn with_binary_matrix(
    luma: Luma,
    closed: bool,
    read: impl FnOnce(&BitMatrix) -> Vec<DecodedCode>,
) -> Vec<DecodedCode> {
    unwind::catch_panic(|| {
        let source =
            Luma8Source::new_with_slice(luma.pixels(), luma.width(), luma.height()).ok()?;
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        if closed {
            bitmap.close().ok()?;
        }
        let matrix = bitmap.get_black_matrix();
        (count_candidates(matrix) <= MAX_CANDIDATES).then(|| read(matrix))
    })
    .flatten()
    .unwrap_or_default()
}

fn share_finder_pattern(one: &FinderPatternSet, other: &FinderPatternSet) -> bool {
    [one.bl, one.tl, one.tr]
        .iter()
        .any(|finder| [other.bl, other.tl, other.tr].contains(finder))
}

fn decode_triple(matrix: &BitMatrix, triple: &FinderPatternSet) -> Option<DecodedCode> {
    let sampled = SampleQR(matrix, triple).ok()?;
    let decoded = Decode(sampled.getBits()).ok()?;
    qr_code(&decoded).map(|code| located(code, &sampled, matrix))
}

/// Decodes a part again from its codewords, because the older decoder does not return its bytes.
fn classic_qr_code(decoded: &DecoderRXingResult, modules: &BitMatrix) -> Option<QrCode> {
    if !decoded.hasStructuredAppend() {
        return Some(QrCode::Whole(decoded.getText().to_owned()));
    }
    let version = Version::getProvisionalVersionForDimension(modules.height()).ok()?;
    // The error correction level is only passed through to the result.
    let decoded = DecodeBitStream(decoded.getRawBytes(), version, ErrorCorrectionLevel::L).ok()?;
    qr_code(&decoded)
}

fn located(code: QrCode, detected: &impl DetectorRXingResult, matrix: &BitMatrix) -> DecodedCode {
    let corners: Vec<_> = detected
        .getPoints()
        .iter()
        .map(|point| (point.x, point.y))
        .collect();
    DecodedCode::new(code, &corners, matrix.width(), matrix.height())
}

/// Counts five consecutive runs that roughly have the ratio 1 : 1 : 3 : 1 : 1 of a finder pattern, in the rows that rxing
/// scans. Its search takes time quadratic in this number.
fn count_candidates(matrix: &BitMatrix) -> usize {
    let mut count = 0;
    for y in (2..matrix.height()).step_by(3) {
        let mut runs = [0u32; 5];
        let mut black = false;
        for x in 0..=matrix.width() {
            if x < matrix.width() && matrix.get(x, y) == black {
                runs[4] += 1;
                continue;
            }
            let [a, b, c, d, e] = runs;
            let outer_is_black = black && a > 0;
            if outer_is_black && c >= 3 && c >= 2 * a.max(e) && c >= b.max(d) {
                count += 1;
            }
            runs.rotate_left(1);
            runs[4] = 1;
            black = !black;
        }
    }
    count
}
