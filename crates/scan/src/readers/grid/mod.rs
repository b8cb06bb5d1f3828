//! Our own reader, for codes that lie askew, bent, blurred or damaged: the modules that every code has tell where all
//! others lie, a mesh follows bent paper, and codewords that are unsure are taken as lost.

mod canvas;
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

use super::Found;
use crate::threshold::Around;
use crate::{Luma, guard, threshold};
use canvas::Canvas;
pub use canvas::Patience;
use finders::Finder;
use fit::Fit;
use straight::Straight;

/// Triples of finder patterns that are fitted at most, the likeliest first.
const MAX_TRIPLES: usize = 24;
/// Pairs of finder patterns that are fitted at most where no three belong together.
const MAX_PAIRS: usize = 20;
/// What straightening and decoding cost.
const LOOKS_A_MODULE: usize = 400;
/// Known modules agree at least this well where there is a code.
const MIN_SCORE: f32 = 0.5;

/// The texts of the codes in one picture.
pub fn read(luma: Luma, around: Around, patience: &Patience) -> Vec<Found> {
    guard::survive(|| {
        let canvas = Canvas::new(threshold::local_mean(luma, around), patience);
        let finders = finders::find(&canvas);
        let mut found = search(luma, &canvas, &finders);
        if found.is_empty() {
            found.extend(search_pairs(luma, &canvas, &finders));
        }
        found
    })
    .unwrap_or_default()
}

/// The texts of the codes beside those that were found.
pub fn read_beside(luma: Luma, around: Around, patience: &Patience, found: &[Found]) -> Vec<Found> {
    guard::survive(|| {
        let canvas = Canvas::new(threshold::local_mean(luma, around), patience);
        let mut finders = finders::find(&canvas);
        let long = luma.width().max(luma.height()) as f32;
        finders.retain(|finder| {
            let inside = |code: &Found| code.covers(finder.centre.x / long, finder.centre.y / long);
            !found.iter().any(inside)
        });
        search(luma, &canvas, &finders)
    })
    .unwrap_or_default()
}

fn search(luma: Luma, canvas: &Canvas, finders: &[Finder]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut used = vec![false; finders.len()];
    for triple in triples::triples(finders).iter().take(MAX_TRIPLES) {
        if canvas.is_spent() {
            break;
        }
        if triple.corners.iter().any(|finder| used[*finder]) {
            continue;
        }
        let fit = fit::fit(canvas, triple.corners.map(|finder| finders[finder]));
        if let Some(code) = fit.and_then(|fit| decode(luma, canvas, &fit)) {
            for finder in triple.corners {
                used[finder] = true;
            }
            found.push(code);
        }
    }
    found
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
    let text = text(&straight, fit)?;
    let side = fit.layout.dimension as f32;
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|(x, y)| {
        let corner = fit.pose.at(x, y);
        (corner.x, corner.y)
    });
    Some(Found::new(text, &corners, luma.width(), luma.height()))
}

/// Looked at straight, then along the mesh; each also sharpened. Narrow surroundings are for sharp shadows.
fn text(straight: &Straight, fit: &Fit) -> Option<String> {
    let version = fit.layout.version;
    let text = |tones: &mesh::Tones| symbol::decode(tones, version);
    let wide = straight.contrast(4);
    let stiff = mesh::stiff(&wide);
    let bent = || mesh::bent(&wide);
    text(&stiff)
        .or_else(|| text(&stiff.sharpened()))
        .or_else(|| {
            let bent = bent();
            text(&bent).or_else(|| text(&bent.sharpened()))
        })
        .or_else(|| text(&mesh::bent(&straight.contrast(2))))
}
