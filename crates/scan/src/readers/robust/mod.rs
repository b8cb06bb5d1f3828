//! Our own reader, for codes that are seen in perspective, warped, blurred or damaged.
//!
//! The function patterns locate all other modules, a mesh follows warped paper, and uncertain codewords are decoded as
//! erasures.

mod decode;
mod detect;
mod finder_distance;
mod finder_patterns;
mod fit;
mod function_patterns;
mod homography;
mod mesh;
mod metered_image;
mod point;
mod rectified;
#[cfg(test)]
mod test_codes;
mod triples;

use super::DecodedCode;
use crate::threshold::ThresholdParams;
use crate::{Luma, QrCode, threshold, unwind};
pub use detect::detects_code;
use finder_patterns::FinderPattern;
use fit::Fit;
use metered_image::MeteredImage;
pub use metered_image::WorkBudget;
use rectified::Rectified;

/// At most this many triples of finder patterns are fitted, the likeliest first.
const MAX_TRIPLES: usize = 24;
/// At most this many pairs of finder patterns are fitted if no triple was decoded.
const MAX_PAIRS: usize = 20;
/// What rectifying and decoding a code costs, in samples.
const SAMPLES_PER_MODULE: usize = 400;
/// A real code reaches at least this [`Fit::score`].
const MIN_SCORE: f32 = 0.5;

/// What was found in one image.
#[derive(Default)]
pub struct ReadOutcome {
    pub codes: Vec<DecodedCode>,
    /// Whether the function patterns of a code were found, but its data could not be decoded.
    pub saw_unreadable: bool,
}

/// Reads the codes of one image.
pub fn read(luma: Luma, params: ThresholdParams, budget: &WorkBudget) -> ReadOutcome {
    unwind::catch_panic(|| {
        let image = MeteredImage::new(threshold::adaptive_threshold(luma, params), budget);
        let finders = finder_patterns::find(&image);
        let mut outcome = read_triples(luma, &image, &finders);
        if outcome.codes.is_empty() {
            outcome.codes.extend(read_pairs(luma, &image, &finders));
        }
        outcome
    })
    .unwrap_or_default()
}

/// Reads the codes that are not among `found`.
pub fn read_remaining(
    luma: Luma,
    params: ThresholdParams,
    budget: &WorkBudget,
    found: &[DecodedCode],
) -> Vec<DecodedCode> {
    unwind::catch_panic(|| {
        let image = MeteredImage::new(threshold::adaptive_threshold(luma, params), budget);
        let mut finders = finder_patterns::find(&image);
        let long_side = luma.width().max(luma.height()) as f32;
        finders.retain(|finder| {
            let (x, y) = (finder.centre.x / long_side, finder.centre.y / long_side);
            !found.iter().any(|code| code.covers(x, y))
        });
        read_triples(luma, &image, &finders).codes
    })
    .unwrap_or_default()
}

fn read_triples(luma: Luma, image: &MeteredImage, finders: &[FinderPattern]) -> ReadOutcome {
    let mut outcome = ReadOutcome::default();
    let mut used = vec![false; finders.len()];
    for triple in triples::triples(finders).iter().take(MAX_TRIPLES) {
        if image.is_exhausted() {
            break;
        }
        if triple.corners.iter().any(|finder| used[*finder]) {
            continue;
        }
        let Some(fit) = fit::fit_triple(image, triple.corners.map(|finder| finders[finder])) else {
            continue;
        };
        match decode_fit(luma, image, &fit) {
            Some(code) => {
                for finder in triple.corners {
                    used[finder] = true;
                }
                outcome.codes.push(code);
            }
            None => {
                outcome.saw_unreadable |=
                    fit.score >= MIN_SCORE && !has_fourth_finder_pattern(&fit, finders);
            }
        }
    }
    outcome
}

/// Whether the corner without a finder pattern has one, too: then this is a tiling and not a code.
fn has_fourth_finder_pattern(fit: &Fit, finders: &[FinderPattern]) -> bool {
    let last = fit.patterns.dimension as f32 - 3.5;
    let corner = fit.homography.project(last, last);
    let is_there =
        |finder: &FinderPattern| finder.centre.distance(corner) < 3.0 * finder.module_size;
    finders.iter().any(is_there)
}

/// Reads the first code that has only two detected finder patterns.
fn read_pairs(luma: Luma, image: &MeteredImage, finders: &[FinderPattern]) -> Option<DecodedCode> {
    let pairs = triples::pairs(finders).into_iter().take(MAX_PAIRS);
    pairs
        .take_while(|_| !image.is_exhausted())
        .filter_map(|[one, other]| fit::fit_pair(image, finders[one], finders[other]))
        .find_map(|fit| decode_fit(luma, image, &fit))
}

fn decode_fit(luma: Luma, image: &MeteredImage, fit: &Fit) -> Option<DecodedCode> {
    if fit.score < MIN_SCORE {
        return None;
    }
    image.charge(SAMPLES_PER_MODULE * (fit.patterns.dimension as usize).pow(2));
    let rectified = Rectified::new(luma, fit);
    let code = decode_rectified(&rectified, fit)?;
    let side = fit.patterns.dimension as f32;
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|(x, y)| {
        let corner = fit.homography.project(x, y);
        (corner.x, corner.y)
    });
    Some(DecodedCode::new(
        code,
        &corners,
        luma.width(),
        luma.height(),
    ))
}

/// Tries the rigid grid and the warped one, each also sharpened. The last try compares modules with a small
/// neighbourhood, which helps against sharp shadows.
fn decode_rectified(rectified: &Rectified, fit: &Fit) -> Option<QrCode> {
    let version = fit.patterns.version;
    let decode = |tones: &mesh::ModuleTones| decode::decode(tones, version);
    let contrast = rectified.local_contrast(4);
    let rigid = mesh::sample_rigid(&contrast);
    decode(&rigid)
        .or_else(|| decode(&rigid.sharpened()))
        .or_else(|| {
            let warped = mesh::sample_warped(&contrast);
            decode(&warped).or_else(|| decode(&warped.sharpened()))
        })
        .or_else(|| decode(&mesh::sample_warped(&rectified.local_contrast(2))))
}

#[cfg(test)]
mod tests {
    use super::point::Point;
    use super::test_codes::{TEXT, default_code, perspective_corners, render, square_corners};
    use super::*;
    use crate::Frame;
    use fast_qr::Version;

    fn texts(found: &[DecodedCode]) -> Vec<String> {
        let whole = |found: &DecodedCode| found.content.clone().into_whole();
        found.iter().filter_map(whole).collect()
    }

    #[test]
    fn rotated_and_perspective_codes_are_read_and_located() {
        for (version, corners) in [
            (Version::V02, square_corners(95.0, 0.4)),
            (Version::V07, square_corners(228.0, 3.0)),
            (Version::V07, perspective_corners()),
        ] {
            let frame = render(&default_code(version), corners);
            let outcome = read(
                frame.as_luma(),
                threshold::WIDE_WINDOW,
                &WorkBudget::for_picture(),
            );
            let found = outcome.codes;
            assert_eq!(texts(&found), [TEXT], "{corners:?}");
            // The centre of the code is the mean of its four outer corners.
            let size = default_code(version).size as f32;
            let homography = homography::Homography::new(corners, size as u32)
                .expect("four corners of a square");
            let outer = [(0.0, 0.0), (size, 0.0), (size, size), (0.0, size)];
            let outer = outer.map(|(x, y)| homography.project(x, y));
            let centre = outer
                .into_iter()
                .fold(Point::default(), |sum, corner| sum + corner)
                * 0.25;
            let side = test_codes::SIDE as f32;
            let error = (found[0].x * side - centre.x).hypot(found[0].y * side - centre.y);
            assert!(error < 3.0, "{error} pixels off, {corners:?}");
        }
    }

    #[test]
    fn found_codes_are_not_read_again() {
        let frame = render(&default_code(Version::V02), square_corners(95.0, 0.4));
        let luma = frame.as_luma();
        let remaining = |found: &[DecodedCode]| {
            read_remaining(
                luma,
                threshold::WIDE_WINDOW,
                &WorkBudget::for_picture(),
                found,
            )
        };
        assert_eq!(texts(&remaining(&[])), [TEXT]);
        assert!(
            remaining(&read(luma, threshold::WIDE_WINDOW, &WorkBudget::for_picture()).codes)
                .is_empty()
        );
    }

    #[test]
    fn an_exhausted_budget_reads_nothing() {
        let frame = render(&default_code(Version::V02), square_corners(95.0, 0.4));
        let budget = WorkBudget::for_frame();
        metered_image::MeteredImage::new(
            threshold::adaptive_threshold(frame.as_luma(), threshold::WIDE_WINDOW),
            &budget,
        )
        .charge(1_000_000);
        assert!(
            read(frame.as_luma(), threshold::WIDE_WINDOW, &budget)
                .codes
                .is_empty()
        );
    }

    #[test]
    fn the_smallest_images_give_no_code() {
        for (width, height) in [(1, 1), (1, 50), (50, 1), (2, 2), (21, 21)] {
            for value in [0, 255] {
                let frame =
                    Frame::from_parts(width, height, vec![value; (width * height) as usize]);
                let budget = WorkBudget::for_picture();
                assert!(
                    read(frame.as_luma(), threshold::NARROW_WINDOW, &budget)
                        .codes
                        .is_empty()
                );
            }
        }
    }
}
