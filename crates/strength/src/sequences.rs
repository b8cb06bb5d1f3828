//! Finds sequences of characters, keyboard walks and repeats.

use crate::estimate::{self, Match};
use crate::fold::fold;

const MIN_LEN: usize = 3;
/// The rows of the keyboard layouts QWERTZ, QWERTY and AZERTY.
const KEYBOARD_ROWS: [&str; 9] = [
    "1234567890",
    "qwertzuiop",
    "asdfghjkl",
    "yxcvbnm",
    "qwertyuiop",
    "zxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
];
/// First keys times directions: the guesses for each further key of a walk.
const GUESSES_PER_STEP: f64 = 200.0;
/// The longest block whose repeats are found.
const MAX_BLOCK_LEN: usize = 16;

/// Adds every sequence, keyboard walk and repeat in `chars`.
pub fn find(chars: &[char], user_inputs: &[&str], matches: &mut Vec<Match>) {
    let folded: Vec<char> = chars.iter().copied().map(fold).collect();
    for start in 0..chars.len() {
        sequence(&folded, start, matches);
        keyboard_walk(&folded, start, matches);
        repeat(chars, start, user_inputs, matches);
    }
}

/// `abc`, `97531`: characters with a constant difference.
fn sequence(chars: &[char], start: usize, matches: &mut Vec<Match>) {
    let difference =
        |at: usize| i64::from(u32::from(chars[at + 1])) - i64::from(u32::from(chars[at]));
    if start + 1 >= chars.len() || !(1..=5).contains(&difference(start).abs()) {
        return;
    }
    let first = difference(start);
    let mut end = start + 2;
    while end < chars.len() && difference(end - 1) == first {
        end += 1;
    }
    if end - start >= MIN_LEN {
        let first_characters = match chars[start] {
            'a' | 'z' | '0' | '1' | '9' => 4.0,
            '0'..='9' => 10.0,
            _ => 26.0,
        };
        let directions = if first < 0 { 2.0 } else { 1.0 };
        push(
            matches,
            start,
            end,
            first_characters * directions * (end - start) as f64,
        );
    }
}

/// `qwertz`, `jhgf`: adjacent keys of a keyboard row.
fn keyboard_walk(chars: &[char], start: usize, matches: &mut Vec<Match>) {
    let rest = &chars[start..];
    let len = KEYBOARD_ROWS
        .iter()
        .map(|row| walk_len(row, rest))
        .max()
        .unwrap_or(0);
    if len >= MIN_LEN {
        push(
            matches,
            start,
            start + len,
            GUESSES_PER_STEP * (len - 1) as f64,
        );
    }
}

/// How many characters at the start of `typed` are adjacent in `row`, in either direction.
fn walk_len(row: &str, typed: &[char]) -> usize {
    let Some(at) = row.chars().position(|key| typed.first() == Some(&key)) else {
        return 0;
    };
    let same = |(typed, key): &(&char, char)| **typed == *key;
    let forwards = typed.iter().zip(row.chars().skip(at));
    let backwards = typed.iter().zip(row.chars().rev().skip(row.len() - 1 - at));
    forwards
        .take_while(same)
        .count()
        .max(backwards.take_while(same).count())
}

/// `aaa`, `abcabc`: a block that is repeated.
fn repeat(chars: &[char], start: usize, user_inputs: &[&str], matches: &mut Vec<Match>) {
    let rest = &chars[start..];
    for block in 1..=MAX_BLOCK_LEN.min(rest.len() / 2) {
        let times = rest
            .chunks_exact(block)
            .take_while(|chunk| *chunk == &rest[..block])
            .count();
        // A block that itself repeats is covered by its shorter block; the minimum over all is taken.
        if times < 2 || times * block < MIN_LEN {
            continue;
        }
        let guesses_log10 =
            estimate::guesses_log10(&rest[..block], user_inputs) + (times as f64).log10();
        matches.push(Match {
            start,
            end: start + times * block,
            guesses_log10,
        });
    }
}

fn push(matches: &mut Vec<Match>, start: usize, end: usize, guesses: f64) {
    matches.push(Match {
        start,
        end,
        guesses_log10: guesses.log10(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn least_of_whole(text: &str) -> Option<f64> {
        let chars: Vec<char> = text.chars().collect();
        let mut matches = Vec::new();
        find(&chars, &[], &mut matches);
        let whole = matches
            .iter()
            .filter(|found| found.start == 0 && found.end == chars.len());
        whole
            .map(|found| found.guesses_log10)
            .min_by(f64::total_cmp)
    }

    #[test]
    fn finds_sequences_keyboard_walks_and_repeats() {
        for text in [
            "abcdef",
            "7654",
            "13579",
            "qwertz",
            "jklm",
            "POIUZ",
            "wxcvbn",
            "aaaa",
            "abcabcabc",
            "aab5aab5",
        ] {
            assert!(
                least_of_whole(text).is_some_and(|guesses| guesses < 5.5),
                "{text}"
            );
        }
        for text in ["", "a", "ab", "acb", "qaz", "abca", "éàü"] {
            assert_eq!(least_of_whole(text), None, "{text}");
        }
    }
}
