//! Splits a passphrase into matches, and takes the split that needs the fewest guesses.

use crate::{dates, dictionary, sequences};

/// A range of characters that an attacker guesses as a unit.
pub struct Match {
    /// Index of the first character.
    pub start: usize,
    /// Index after the last character.
    pub end: usize,
    /// `log10` of the number of guesses.
    pub guesses_log10: f64,
}

/// Splits of more matches are not tried: they take at least 10,000^6 guesses, far more than the top score needs.
const MAX_MATCHES: usize = 6;
/// `log10` of the factor for each match after the first, because an attacker does not know how many there are.
const EXTRA_MATCH_LOG10: f64 = 4.0;
/// The least `log10(guesses)` of a match that is not the whole passphrase: of one character (10 guesses), of several (50).
const SUBMATCH_MIN_LOG10: [f64; 2] = [1.0, 1.699];

/// `log10` of the least of `n! * product(guesses) + 10000^(n - 1)` over all splits of `chars` into `n` matches.
pub fn guesses_log10(chars: &[char], user_inputs: &[&str]) -> f64 {
    let mut matches = Vec::new();
    dictionary::find(chars, user_inputs, &mut matches);
    sequences::find(chars, user_inputs, &mut matches);
    dates::find(chars, &mut matches);
    bruteforce(chars.len(), &mut matches);
    matches.sort_unstable_by_key(|found| found.start);

    // best[end][n]: the least log10(product(guesses)) of a split of chars[..end] into n matches.
    let mut best = vec![[f64::INFINITY; MAX_MATCHES + 1]; chars.len() + 1];
    best[0][0] = 0.0;
    for found in &matches {
        let is_whole = found.end - found.start == chars.len();
        let min = if is_whole {
            0.0
        } else {
            SUBMATCH_MIN_LOG10[usize::from(found.end - found.start > 1)]
        };
        for count in 0..MAX_MATCHES {
            let product = best[found.start][count] + found.guesses_log10.max(min);
            let least = &mut best[found.end][count + 1];
            *least = least.min(product);
        }
    }
    let total = |(count, product): (usize, &f64)| {
        let factorial: f64 = (1..=count).map(|n| (n as f64).log10()).sum();
        let extra_matches = EXTRA_MATCH_LOG10 * count.saturating_sub(1) as f64;
        log10_sum(factorial + product, extra_matches)
    };
    best[chars.len()]
        .iter()
        .enumerate()
        .map(total)
        .fold(f64::INFINITY, f64::min)
}

/// Every range as a match of 10 guesses a character, as in zxcvbn: the cost of characters that are in no other match.
fn bruteforce(len: usize, matches: &mut Vec<Match>) {
    for start in 0..len {
        matches.extend((start + 1..=len).map(|end| Match {
            start,
            end,
            guesses_log10: (end - start) as f64,
        }));
    }
}

/// `log10(10^one + 10^other)`.
fn log10_sum(one: f64, other: f64) -> f64 {
    let (large, small) = (one.max(other), one.min(other));
    if large.is_infinite() {
        large
    } else {
        large + (1.0 + 10_f64.powf(small - large)).log10()
    }
}
