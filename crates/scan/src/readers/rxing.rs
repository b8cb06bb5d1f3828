use rxing::common::{BitMatrix, DetectorRXingResult, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{
    FindFinderPatterns, FinderPatternSet, GenerateFinderPatternSets, SampleQR,
};
use rxing::qrcode::{decoder::qrcode_decoder, detector::Detector};
use rxing::{Binarizer, DecodeHints, Luma8Source};

use super::Found;
use crate::{Luma, guard};

/// More finder patterns than this are a tiling or noise, and take rxing too long: 80 codes have 240.
const MAX_FINDERS: usize = 300;
/// Triples of finder patterns that are sampled at most, the likeliest first.
const MAX_TRIPLES: usize = 600;

/// The texts that rxing reads with its own threshold.
pub fn read(luma: Luma) -> Vec<Found> {
    guard::survive(|| {
        let source =
            Luma8Source::new_with_slice(luma.pixels(), luma.width(), luma.height()).ok()?;
        let binarizer = HybridBinarizer::new(source);
        Some(read_matrix(binarizer.get_black_matrix().ok()?))
    })
    .flatten()
    .unwrap_or_default()
}

fn read_matrix(matrix: &BitMatrix) -> Vec<Found> {
    let mut finders = FindFinderPatterns(matrix, true, 0);
    if finders.len() > MAX_FINDERS {
        return Vec::new();
    }
    let mut found: Vec<Found> = Vec::new();
    let mut used: Vec<FinderPatternSet> = Vec::new();
    for triple in GenerateFinderPatternSets(&mut finders)
        .into_iter()
        .take(MAX_TRIPLES)
    {
        if used.iter().any(|other| share_a_finder(other, &triple)) {
            continue;
        }
        if let Some(code) = guard::survive(|| read_triple(matrix, &triple)).flatten() {
            found.push(code);
            used.push(triple);
        }
    }
    if found.is_empty() {
        found.extend(guard::survive(|| read_classic(matrix)).flatten());
    }
    found
}

fn share_a_finder(one: &FinderPatternSet, other: &FinderPatternSet) -> bool {
    [one.bl, one.tl, one.tr]
        .iter()
        .any(|finder| [other.bl, other.tl, other.tr].contains(finder))
}

fn read_triple(matrix: &BitMatrix, triple: &FinderPatternSet) -> Option<Found> {
    let sampled = SampleQR(matrix, triple).ok()?;
    let decoded = Decode(sampled.getBits()).ok()?;
    decoded
        .isValid()
        .then(|| found(decoded.text(), &sampled, matrix))
}

/// rxing's older detector reads some codes that the other does not; it gives one.
fn read_classic(matrix: &BitMatrix) -> Option<Found> {
    let hints = DecodeHints {
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    let detected = Detector::new(matrix).detect_with_hints(&hints).ok()?;
    let decoded = qrcode_decoder::decode_bitmatrix_with_hints(detected.getBits(), &hints).ok()?;
    Some(found(decoded.getText().to_owned(), &detected, matrix))
}

fn found(text: String, detected: &impl DetectorRXingResult, matrix: &BitMatrix) -> Found {
    let corners: Vec<_> = detected
        .getPoints()
        .iter()
        .map(|point| (point.x, point.y))
        .collect();
    Found::new(text, &corners, matrix.width(), matrix.height())
}
