//! Selects triples and pairs of finder patterns that may belong to one code.

use super::finder_patterns::{FinderPattern, RAY_COUNT};
use super::point::Point;

/// The distance between the two finder patterns of a pair, in modules. In larger codes, two do not determine the version
/// reliably.
const PAIR_DISTANCE: std::ops::Range<f32> = 11.0..70.0;
/// Each finder pattern is combined with at most this many of its nearest neighbours.
const MAX_NEIGHBOURS: usize = 12;

#[derive(Clone, Copy)]
pub struct Triple {
    /// Indices of the finder patterns: upper left, upper right, lower left.
    pub corners: [usize; 3],
    score: f32,
}

/// The likeliest triples first: sides of similar length at a right angle, similar module sizes, short distances, and
/// visible rings.
pub fn triples(finders: &[FinderPattern]) -> Vec<Triple> {
    let mut triples = Vec::new();
    for (index, finder) in finders.iter().enumerate() {
        let mut near: Vec<usize> = (0..finders.len())
            .filter(|other| {
                let other_finder = &finders[*other];
                let ratio = other_finder.module_size / finder.module_size;
                let distance = other_finder.centre.distance(finder.centre);
                let larger = finder.module_size.max(other_finder.module_size);
                *other != index
                    && (0.4..2.5).contains(&ratio)
                    && distance > 8.0 * larger.min(finder.module_size)
            })
            .collect();
        let distance = |other: &usize| finders[*other].centre.distance(finder.centre);
        near.sort_by(|one, other| distance(one).total_cmp(&distance(other)));
        near.truncate(MAX_NEIGHBOURS);
        for (rank, one) in near.iter().enumerate() {
            for other in &near[rank + 1..] {
                triples.extend(triple(finders, index, *one, *other));
            }
        }
    }
    triples.sort_by(|one, other| one.score.total_cmp(&other.score));
    triples
}

/// `corner` is the finder pattern at the right angle.
fn triple(finders: &[FinderPattern], corner: usize, one: usize, other: usize) -> Option<Triple> {
    let side = |end: usize| finders[end].centre - finders[corner].centre;
    let (a, b) = (side(one), side(other));
    let modules = |side: Point, end: usize| {
        side.length() / (finders[corner].module_size * finders[end].module_size).sqrt()
    };
    let (across, down) = (modules(a, one), modules(b, other));
    let cosine = a.dot(b) / (a.length() * b.length());
    let side_ratio = (across / down).max(down / across);
    if !(9.0..260.0).contains(&across)
        || !(9.0..260.0).contains(&down)
        || side_ratio > 2.2
        || cosine.abs() > 0.8
    {
        return None;
    }
    let (one, other) = if a.cross(b) > 0.0 {
        (one, other)
    } else {
        (other, one)
    };
    let sizes = [corner, one, other].map(|finder| finders[finder].module_size);
    let size_ratio = sizes[0].max(sizes[1]).max(sizes[2]) / sizes[0].min(sizes[1]).min(sizes[2]);
    let ring_rays: u32 = [corner, one, other]
        .iter()
        .map(|finder| finders[*finder].ring_rays)
        .sum();
    Some(Triple {
        corners: [corner, one, other],
        score: (side_ratio - 1.0)
            + cosine.abs()
            + (size_ratio - 1.0)
            + (across + down) / 400.0
            + (1.0 - ring_rays as f32 / (3 * RAY_COUNT) as f32),
    })
}

/// Pairs of finder patterns in both orders, the likeliest first.
pub fn pairs(finders: &[FinderPattern]) -> Vec<[usize; 2]> {
    let mut pairs = Vec::new();
    for (index, one) in finders.iter().enumerate() {
        for (other_index, other) in finders.iter().enumerate() {
            let ratio = one.module_size / other.module_size;
            let modules =
                one.centre.distance(other.centre) / (one.module_size * other.module_size).sqrt();
            if index != other_index
                && (0.6..1.7).contains(&ratio)
                && PAIR_DISTANCE.contains(&modules)
            {
                let uncertainty =
                    |finder: &FinderPattern| 1.0 - finder.ring_rays as f32 / RAY_COUNT as f32;
                let score =
                    uncertainty(one) + uncertainty(other) + (ratio - 1.0).abs() + modules / 200.0;
                pairs.push((score, [index, other_index]));
            }
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
    pairs.into_iter().map(|(_, pair)| pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::robust::test_codes::{finder_pattern, point, square_corners};
    use proptest::prelude::*;

    /// The three finder patterns of a code of version 2, in this order.
    fn finders(order: [usize; 3], angle: f32) -> [FinderPattern; 3] {
        order.map(|corner| finder_pattern(square_corners(180.0, angle)[corner], 10.0))
    }

    #[test]
    fn corners_are_assigned_at_any_rotation() {
        for degrees in (0..360).step_by(15) {
            for order in [[0, 1, 3], [3, 1, 0], [1, 3, 0]] {
                let finders = finders(order, (degrees as f32).to_radians());
                let triples = triples(&finders);
                let best = triples.first().expect("the three belong together");
                let index_of = |corner| {
                    order
                        .iter()
                        .position(|one| *one == corner)
                        .expect("every corner is in the order")
                };
                assert_eq!(
                    best.corners,
                    [index_of(0), index_of(1), index_of(3)],
                    "{degrees}°, {order:?}"
                );
            }
        }
    }

    #[test]
    fn triples_of_one_code_come_before_mixed_ones() {
        let one = finders([0, 1, 3], 0.3);
        let moved = |finder: FinderPattern| FinderPattern {
            centre: finder.centre + point(500.0, 40.0),
            ..finder
        };
        let all = [one, one.map(moved)].concat();
        let triples = triples(&all);
        let codes: Vec<bool> = triples[..2]
            .iter()
            .map(|triple| triple.corners[0] < 3)
            .collect();
        assert!(codes.contains(&true) && codes.contains(&false));
        for triple in &triples[..2] {
            let first = triple.corners[0] / 3;
            assert!(
                triple.corners.iter().all(|finder| finder / 3 == first),
                "{:?}",
                triple.corners
            );
        }
    }

    #[test]
    fn unsuitable_triples_are_left_out() {
        let at = |centres: [(f32, f32, f32); 3]| {
            centres.map(|(x, y, module)| finder_pattern(point(x, y), module))
        };
        for (name, finders) in [
            (
                "in a line",
                at([(0.0, 0.0, 5.0), (100.0, 0.0, 5.0), (200.0, 0.0, 5.0)]),
            ),
            ("with one centre", at([(9.0, 9.0, 5.0); 3])),
            (
                "too close",
                at([(0.0, 0.0, 20.0), (100.0, 0.0, 20.0), (0.0, 100.0, 20.0)]),
            ),
            (
                "too far",
                at([(0.0, 0.0, 1.0), (400.0, 0.0, 1.0), (0.0, 400.0, 1.0)]),
            ),
            (
                "of three module sizes",
                at([(0.0, 0.0, 2.0), (100.0, 0.0, 6.0), (0.0, 100.0, 18.0)]),
            ),
            (
                "with one side three times the other",
                at([(0.0, 0.0, 3.0), (300.0, 0.0, 3.0), (0.0, 90.0, 3.0)]),
            ),
        ] {
            assert!(triples(&finders).is_empty(), "{name}");
        }
        assert!(triples(&[]).is_empty());
        assert!(triples(&at([(0.0, 0.0, 5.0); 3])[..2]).is_empty());
    }

    #[test]
    fn pairs_come_in_both_orders_and_the_most_certain_first() {
        let mut uncertain = finder_pattern(point(0.0, 100.0), 5.0);
        uncertain.ring_rays = 7;
        let finders = [
            finder_pattern(point(0.0, 0.0), 5.0),
            finder_pattern(point(100.0, 0.0), 5.0),
            uncertain,
        ];
        let pairs = pairs(&finders);
        assert_eq!(pairs.len(), 6);
        assert!(pairs[..2].contains(&[0, 1]) && pairs[..2].contains(&[1, 0]));
        let apart = [
            finder_pattern(point(0.0, 0.0), 5.0),
            finder_pattern(point(20.0, 0.0), 5.0),
            finder_pattern(point(900.0, 0.0), 5.0),
        ];
        assert!(super::pairs(&apart).is_empty());
        assert!(super::pairs(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn every_triple_has_three_distinct_corners_in_clockwise_order(
            centres in proptest::collection::vec((proptest::num::f32::ANY, -500f32..500.0, 0f32..40.0), 0..40)
        ) {
            let finders: Vec<FinderPattern> =
                centres.into_iter().map(|(x, y, module)| finder_pattern(point(x % 500.0, y), module)).collect();
            let triples = triples(&finders);
            for triple in &triples {
                let [one, two, three] = triple.corners;
                prop_assert!(one != two && two != three && one != three);
                prop_assert!(triple.corners.iter().all(|corner| *corner < finders.len()));
                prop_assert!(triple.score.is_finite());
                let [corner, right, down] = triple.corners.map(|corner| finders[corner].centre);
                prop_assert!((right - corner).cross(down - corner) > 0.0, "clockwise");
            }
            prop_assert!(triples.is_sorted_by(|one, other| one.score <= other.score));
            for [one, other] in pairs(&finders) {
                prop_assert!(one != other && one < finders.len() && other < finders.len());
            }
        }
    }
}
