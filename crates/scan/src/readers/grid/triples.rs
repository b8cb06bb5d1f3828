//! Which three finder patterns may belong to one code.

use super::finders::{Finder, RAYS};
use super::point::Point;

/// How far apart two finder patterns may be: of larger codes two do not tell enough.
const PAIR_MODULES: std::ops::Range<f32> = 11.0..70.0;
/// A finder pattern is tried with this many neighbours.
const NEIGHBOURS: usize = 12;

#[derive(Clone, Copy)]
pub struct Triple {
    /// Indices of the finders: left upper, right upper, left lower.
    pub corners: [usize; 3],
    score: f32,
}

/// The likeliest first: legs of like length, at a right angle, of like modules, and short.
pub fn triples(finders: &[Finder]) -> Vec<Triple> {
    let mut triples = Vec::new();
    for (index, finder) in finders.iter().enumerate() {
        let mut near: Vec<usize> = (0..finders.len())
            .filter(|other| {
                let other_finder = &finders[*other];
                let ratio = other_finder.module / finder.module;
                let distance = other_finder.centre.distance(finder.centre);
                let module = finder.module.max(other_finder.module);
                *other != index
                    && (0.4..2.5).contains(&ratio)
                    && distance > 8.0 * module.min(finder.module)
            })
            .collect();
        let distance = |other: &usize| finders[*other].centre.distance(finder.centre);
        near.sort_by(|one, other| distance(one).total_cmp(&distance(other)));
        near.truncate(NEIGHBOURS);
        for (place, one) in near.iter().enumerate() {
            for other in &near[place + 1..] {
                triples.extend(triple(finders, index, *one, *other));
            }
        }
    }
    triples.sort_by(|one, other| one.score.total_cmp(&other.score));
    triples
}

/// With `corner` in the corner.
fn triple(finders: &[Finder], corner: usize, one: usize, other: usize) -> Option<Triple> {
    let leg = |end: usize| finders[end].centre - finders[corner].centre;
    let (a, b) = (leg(one), leg(other));
    let modules = |leg: Point, end: usize| {
        leg.length() / (finders[corner].module * finders[end].module).sqrt()
    };
    let (across, down) = (modules(a, one), modules(b, other));
    let cosine = a.dot(b) / (a.length() * b.length());
    let legs = (across / down).max(down / across);
    if !(9.0..260.0).contains(&across)
        || !(9.0..260.0).contains(&down)
        || legs > 2.2
        || cosine.abs() > 0.8
    {
        return None;
    }
    let (one, other) = if a.cross(b) > 0.0 {
        (one, other)
    } else {
        (other, one)
    };
    let sizes = [corner, one, other].map(|finder| finders[finder].module);
    let spread = sizes[0].max(sizes[1]).max(sizes[2]) / sizes[0].min(sizes[1]).min(sizes[2]);
    let rays: u32 = [corner, one, other]
        .iter()
        .map(|finder| finders[*finder].rays)
        .sum();
    Some(Triple {
        corners: [corner, one, other],
        score: (legs - 1.0)
            + cosine.abs()
            + (spread - 1.0)
            + (across + down) / 400.0
            + (1.0 - rays as f32 / (3 * RAYS) as f32),
    })
}

/// Pairs of finder patterns in both orders, the surest first.
pub fn pairs(finders: &[Finder]) -> Vec<[usize; 2]> {
    let mut pairs = Vec::new();
    for (index, one) in finders.iter().enumerate() {
        for (other_index, other) in finders.iter().enumerate() {
            let ratio = one.module / other.module;
            let modules = one.centre.distance(other.centre) / (one.module * other.module).sqrt();
            if index != other_index
                && (0.6..1.7).contains(&ratio)
                && PAIR_MODULES.contains(&modules)
            {
                let unsure = |finder: &Finder| 1.0 - finder.rays as f32 / RAYS as f32;
                let score = unsure(one) + unsure(other) + (ratio - 1.0).abs() + modules / 200.0;
                pairs.push((score, [index, other_index]));
            }
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
    pairs.into_iter().map(|(_, pair)| pair).collect()
}
