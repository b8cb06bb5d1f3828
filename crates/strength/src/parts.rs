//! The cheapest way to put a passphrase together.

use crate::{dates, runs, words};

/// A stretch of a passphrase that can be guessed as one.
pub struct Part {
    /// Its first character.
    pub start: usize,
    /// Behind its last character.
    pub end: usize,
    /// How many guesses it takes, as a power of ten.
    pub guesses: f64,
}

/// So many parts are out of reach however cheap each is: 10,000 guesses for each but one.
const MOST_PARTS: usize = 6;
/// What an attacker spends on finding out that there is one part more (a power of ten).
const A_PART_MORE: f64 = 4.0;
/// No part of several is cheaper than that (a power of ten: 10, and 50).
const CHEAPEST: [f64; 2] = [1.0, 1.699];

/// How many guesses `chars` take, as a power of ten: by the cheapest row of parts, each tried in every order.
pub fn cheapest(chars: &[char], known: &[&str]) -> f64 {
    let mut found = Vec::new();
    words::find(chars, known, &mut found);
    runs::find(chars, known, &mut found);
    dates::find(chars, &mut found);
    every_stretch(chars.len(), &mut found);
    found.sort_unstable_by_key(|part| part.start);

    // By end and number of parts, what the cheapest row up to there costs.
    let mut rows = vec![[f64::INFINITY; MOST_PARTS + 1]; chars.len() + 1];
    rows[0][0] = 0.0;
    for part in &found {
        let whole = part.end - part.start == chars.len();
        let floor = if whole {
            0.0
        } else {
            CHEAPEST[usize::from(part.end - part.start > 1)]
        };
        for count in 0..MOST_PARTS {
            let cost = rows[part.start][count] + part.guesses.max(floor);
            let known = &mut rows[part.end][count + 1];
            *known = known.min(cost);
        }
    }
    let of_count = |(count, cost): (usize, &f64)| {
        let orders: f64 = (1..=count).map(|n| (n as f64).log10()).sum();
        let structure = A_PART_MORE * count.saturating_sub(1) as f64;
        sum(orders + cost, structure)
    };
    rows[chars.len()]
        .iter()
        .enumerate()
        .map(of_count)
        .fold(f64::INFINITY, f64::min)
}

/// What is no pattern is tried character by character: ten guesses for each, as most passphrases are of few characters.
fn every_stretch(len: usize, found: &mut Vec<Part>) {
    for start in 0..len {
        found.extend((start + 1..=len).map(|end| Part {
            start,
            end,
            guesses: (end - start) as f64,
        }));
    }
}

/// The logarithm of a sum, from the logarithms.
fn sum(one: f64, other: f64) -> f64 {
    let (large, small) = (one.max(other), one.min(other));
    if large.is_infinite() {
        large
    } else {
        large + (1.0 + 10_f64.powf(small - large)).log10()
    }
}
