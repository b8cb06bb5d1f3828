//! Our own reader, for codes that lie askew, bent, blurred or damaged: the modules that every code has tell where all
//! others lie, a mesh follows bent paper, and codewords that are unsure are taken as lost.

mod canvas;
#[cfg(test)]
mod drawn;
mod finders;
mod fit;
mod layout;
mod leg;
mod mesh;
mod point;
mod pose;
mod straight;
mod symbol;
mod triples;
mod unread;

use super::Found;
use crate::threshold::Around;
use crate::{Luma, QrCode, guard, threshold};
use canvas::Canvas;
pub use canvas::Patience;
use finders::Finder;
use fit::Fit;
use straight::Straight;
pub use unread::shows_code;

/// Triples of finder patterns that are fitted at most, the likeliest first.
const MAX_TRIPLES: usize = 24;
/// Pairs of finder patterns that are fitted at most where no three belong together.
const MAX_PAIRS: usize = 20;
/// What straightening and decoding cost.
const LOOKS_A_MODULE: usize = 400;
/// Known modules agree at least this well where there is a code.
const MIN_SCORE: f32 = 0.5;

/// What is seen in one picture.
#[derive(Default)]
pub struct Seen {
    /// The codes that are read.
    pub found: Vec<Found>,
    /// Whether the modules that every code has are there, but the others cannot be read.
    pub unread: bool,
}

/// The codes in one picture.
pub fn read(luma: Luma, around: Around, patience: &Patience) -> Seen {
    guard::survive(|| {
        let canvas = Canvas::new(threshold::local_mean(luma, around), patience);
        let finders = finders::find(&canvas);
        let mut seen = search(luma, &canvas, &finders);
        if seen.found.is_empty() {
            let found = search_pairs(luma, &canvas, &finders);
            seen.found.extend(found);
        }
        seen
    })
    .unwrap_or_default()
}

/// The codes beside those that were found.
pub fn read_beside(luma: Luma, around: Around, patience: &Patience, found: &[Found]) -> Vec<Found> {
    guard::survive(|| {
        let canvas = Canvas::new(threshold::local_mean(luma, around), patience);
        let mut finders = finders::find(&canvas);
        let long = luma.width().max(luma.height()) as f32;
        finders.retain(|finder| {
            let inside = |code: &Found| code.covers(finder.centre.x / long, finder.centre.y / long);
            !found.iter().any(inside)
        });
        search(luma, &canvas, &finders).found
    })
    .unwrap_or_default()
}

fn search(luma: Luma, canvas: &Canvas, finders: &[Finder]) -> Seen {
    let mut seen = Seen::default();
    let mut used = vec![false; finders.len()];
    for triple in triples::triples(finders).iter().take(MAX_TRIPLES) {
        if canvas.is_spent() {
            break;
        }
        if triple.corners.iter().any(|finder| used[*finder]) {
            continue;
        }
        let Some(fit) = fit::fit(canvas, triple.corners.map(|finder| finders[finder])) else {
            continue;
        };
        match decode(luma, canvas, &fit) {
            Some(code) => {
                for finder in triple.corners {
                    used[finder] = true;
                }
                seen.found.push(code);
            }
            None => seen.unread |= fit.score >= MIN_SCORE && !is_tiling(&fit, finders),
        }
    }
    seen
}

/// Whether there is a finder pattern at the fourth corner, too.
fn is_tiling(fit: &Fit, finders: &[Finder]) -> bool {
    let last = fit.layout.dimension as f32 - 3.5;
    let corner = fit.pose.at(last, last);
    let mut centres = finders.iter().map(|finder| (finder.centre, finder.module));
    centres.any(|(centre, module)| centre.distance(corner) < 3.0 * module)
}

/// The first code of which only two finder patterns are seen.
fn search_pairs(luma: Luma, canvas: &Canvas, finders: &[Finder]) -> Option<Found> {
    let pairs = triples::pairs(finders).into_iter().take(MAX_PAIRS);
    pairs
        .take_while(|_| !canvas.is_spent())
        .filter_map(|[one, other]| fit::fit_pair(canvas, finders[one], finders[other]))
        .find_map(|fit| decode(luma, canvas, &fit))
}

fn decode(luma: Luma, canvas: &Canvas, fit: &Fit) -> Option<Found> {
    if fit.score < MIN_SCORE {
        return None;
    }
    canvas.spend(LOOKS_A_MODULE * (fit.layout.dimension as usize).pow(2));
    let straight = Straight::new(luma, fit);
    let code = code(&straight, fit)?;
    let side = fit.layout.dimension as f32;
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|(x, y)| {
        let corner = fit.pose.at(x, y);
        (corner.x, corner.y)
    });
    Some(Found::new(code, &corners, luma.width(), luma.height()))
}

/// Looked at straight, then along the mesh; each also sharpened. Narrow surroundings are for sharp shadows.
fn code(straight: &Straight, fit: &Fit) -> Option<QrCode> {
    let version = fit.layout.version;
    let code = |tones: &mesh::Tones| symbol::decode(tones, version);
    let wide = straight.contrast(4);
    let stiff = mesh::stiff(&wide);
    let bent = || mesh::bent(&wide);
    code(&stiff)
        .or_else(|| code(&stiff.sharpened()))
        .or_else(|| {
            let bent = bent();
            code(&bent).or_else(|| code(&bent.sharpened()))
        })
        .or_else(|| code(&mesh::bent(&straight.contrast(2))))
}

#[cfg(test)]
mod tests {
    use super::drawn::{TEXT, askew, draw, plain_code, square};
    use super::point::Point;
    use super::*;
    use crate::Frame;
    use fast_qr::Version;

    fn texts(found: &[Found]) -> Vec<String> {
        let whole = |found: &Found| found.code.clone().into_whole();
        found.iter().filter_map(whole).collect()
    }

    #[test]
    fn codes_that_lie_askew_and_where_they_are() {
        for (version, corners) in [
            (Version::V02, square(95.0, 0.4)),
            (Version::V07, square(228.0, 3.0)),
            (Version::V07, askew()),
        ] {
            let frame = draw(&plain_code(version), corners);
            let seen = read(frame.as_luma(), threshold::WIDE, &Patience::for_picture());
            let found = seen.found;
            assert_eq!(texts(&found), [TEXT], "{corners:?}");
            // The mean of the code's corners, those of its finder patterns moved outwards.
            let size = plain_code(version).size as f32;
            let pose = pose::Pose::new(corners, size as u32).expect("four corners of a square");
            let outer = [(0.0, 0.0), (size, 0.0), (size, size), (0.0, size)];
            let outer = outer.map(|(x, y)| pose.at(x, y));
            let middle = outer
                .into_iter()
                .fold(Point::default(), |sum, corner| sum + corner)
                * 0.25;
            let side = drawn::SIDE as f32;
            let away = (found[0].x * side - middle.x).hypot(found[0].y * side - middle.y);
            assert!(away < 3.0, "{away} pixels off, {corners:?}");
        }
    }

    #[test]
    fn what_was_found_is_not_found_again() {
        let frame = draw(&plain_code(Version::V02), square(95.0, 0.4));
        let luma = frame.as_luma();
        let beside =
            |found: &[Found]| read_beside(luma, threshold::WIDE, &Patience::for_picture(), found);
        assert_eq!(texts(&beside(&[])), [TEXT]);
        assert!(beside(&read(luma, threshold::WIDE, &Patience::for_picture()).found).is_empty());
    }

    #[test]
    fn who_has_no_patience_left_reads_nothing() {
        let frame = draw(&plain_code(Version::V02), square(95.0, 0.4));
        let patience = Patience::for_frame();
        canvas::Canvas::new(
            threshold::local_mean(frame.as_luma(), threshold::WIDE),
            &patience,
        )
        .spend(1_000_000);
        assert!(
            read(frame.as_luma(), threshold::WIDE, &patience)
                .found
                .is_empty()
        );
    }

    #[test]
    fn the_smallest_pictures_hold_none() {
        for (width, height) in [(1, 1), (1, 50), (50, 1), (2, 2), (21, 21)] {
            for tone in [0, 255] {
                let frame = Frame::from_parts(width, height, vec![tone; (width * height) as usize]);
                let patience = Patience::for_picture();
                assert!(
                    read(frame.as_luma(), threshold::NARROW, &patience)
                        .found
                        .is_empty()
                );
            }
        }
    }
}
