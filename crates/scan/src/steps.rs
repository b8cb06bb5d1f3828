//! Which reader sees the picture at which size, in which order.

use crate::readers::{Found, rqrr, rxing};
use crate::{Luma, scale, threshold};

/// One look at a picture.
type Step = fn(Luma) -> Vec<Found>;

/// Run on every picture, together: what one misses among several codes the other may read.
const FIRST: [Step; 2] = [rqrr_at_1000, rxing_at_1000];

/// Run one after the other until one reads a code.
const THEN: [Step; 4] = [rxing_as_is, rqrr_at_500, rqrr_doubled, rqrr_inverted];

/// Every step until a code is read.
pub fn read_thoroughly(luma: Luma) -> Vec<String> {
    let mut found: Vec<Found> = FIRST.iter().flat_map(|step| step(luma)).collect();
    for step in THEN {
        if !found.is_empty() {
            break;
        }
        found = step(luma);
    }
    in_reading_order(found)
}

/// The first steps and one of the others.
pub fn read_quickly(luma: Luma, turn: u32) -> Vec<String> {
    let mut found: Vec<Found> = FIRST.iter().flat_map(|step| step(luma)).collect();
    if found.is_empty() {
        found = THEN[turn as usize % THEN.len()](luma);
    }
    in_reading_order(found)
}

fn rqrr_at_1000(luma: Luma) -> Vec<Found> {
    at(luma, 1000, |luma| rqrr::read(threshold::local_mean(luma)))
}

fn rxing_at_1000(luma: Luma) -> Vec<Found> {
    at(luma, 1000, rxing::read)
}

fn rxing_as_is(luma: Luma) -> Vec<Found> {
    at(luma, 1600, rxing::read)
}

fn rqrr_at_500(luma: Luma) -> Vec<Found> {
    at(luma, 500, |luma| rqrr::read(threshold::local_mean(luma)))
}

fn rqrr_doubled(luma: Luma) -> Vec<Found> {
    at(luma, 400, |luma| {
        scale::double(luma).map_or_else(Vec::new, |frame| {
            rqrr::read(threshold::local_mean(frame.as_luma()))
        })
    })
}

fn rqrr_inverted(luma: Luma) -> Vec<Found> {
    at(luma, 1000, |luma| {
        rqrr::read(threshold::local_mean(scale::invert(luma).as_luma()))
    })
}

fn at(luma: Luma, long: u32, read: impl Fn(Luma) -> Vec<Found>) -> Vec<Found> {
    scale::shrink(luma, long).map_or_else(|| read(luma), |frame| read(frame.as_luma()))
}

/// Each text once; line by line, and from left to right in a line.
fn in_reading_order(mut found: Vec<Found>) -> Vec<String> {
    found.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut texts: Vec<String> = Vec::new();
    while let Some(first) = found.first() {
        let end = first.y + first.height / 2.0;
        let mut line: Vec<Found> = found.extract_if(.., |code| code.y <= end).collect();
        line.sort_by(|one, other| one.x.total_cmp(&other.x));
        for code in line {
            if !texts.contains(&code.text) {
                texts.push(code.text);
            }
        }
    }
    texts
}
