//! What follows of itself: sequences of characters, rows of keys, repeats.

use crate::fold::fold;
use crate::parts::{self, Part};

const SHORTEST: usize = 3;
/// The rows of the keyboards that are used where the app is: QWERTZ, QWERTY, AZERTY.
const ROWS: [&str; 9] = [
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
/// Keys to begin at, times the ways to go on from one.
const WALKS: f64 = 200.0;
/// The longest text that is looked for again behind itself.
const LONGEST_BLOCK: usize = 16;

/// Every run within `chars`.
pub fn find(chars: &[char], known: &[&str], found: &mut Vec<Part>) {
    let plain: Vec<char> = chars.iter().copied().map(fold).collect();
    for start in 0..chars.len() {
        sequence(&plain, start, found);
        row(&plain, start, found);
        repeat(chars, start, known, found);
    }
}

/// `abc`, `97531`: each as far from the next.
fn sequence(chars: &[char], start: usize, found: &mut Vec<Part>) {
    let step = |at: usize| i64::from(u32::from(chars[at + 1])) - i64::from(u32::from(chars[at]));
    if start + 1 >= chars.len() || !(1..=5).contains(&step(start).abs()) {
        return;
    }
    let first_step = step(start);
    let mut end = start + 2;
    while end < chars.len() && step(end - 1) == first_step {
        end += 1;
    }
    if end - start >= SHORTEST {
        let begins = match chars[start] {
            'a' | 'z' | '0' | '1' | '9' => 4.0,
            '0'..='9' => 10.0,
            _ => 26.0,
        };
        let directions = if first_step < 0 { 2.0 } else { 1.0 };
        push(
            found,
            start,
            end,
            begins * directions * (end - start) as f64,
        );
    }
}

/// `qwertz`, `jhgf`: keys side by side.
fn row(chars: &[char], start: usize, found: &mut Vec<Part>) {
    let rest = &chars[start..];
    let len = ROWS.iter().map(|row| along(row, rest)).max().unwrap_or(0);
    if len >= SHORTEST {
        push(found, start, start + len, WALKS * (len - 1) as f64);
    }
}

/// How many of `typed` lie in `row` one after the other, in either direction.
fn along(row: &str, typed: &[char]) -> usize {
    let Some(at) = row.chars().position(|key| typed.first() == Some(&key)) else {
        return 0;
    };
    let same = |(typed, key): &(&char, char)| **typed == *key;
    let onwards = typed.iter().zip(row.chars().skip(at));
    let back = typed.iter().zip(row.chars().rev().skip(row.len() - 1 - at));
    onwards
        .take_while(same)
        .count()
        .max(back.take_while(same).count())
}

/// `aaa`, `abcabc`: the same again.
fn repeat(chars: &[char], start: usize, known: &[&str], found: &mut Vec<Part>) {
    let rest = &chars[start..];
    for block in 1..=LONGEST_BLOCK.min(rest.len() / 2) {
        let times = rest
            .chunks_exact(block)
            .take_while(|chunk| *chunk == &rest[..block])
            .count();
        // What repeats within the block is found at the shorter one.
        if times < 2 || times * block < SHORTEST {
            continue;
        }
        let guesses = parts::cheapest(&rest[..block], known) + (times as f64).log10();
        found.push(Part {
            start,
            end: start + times * block,
            guesses,
        });
    }
}

fn push(found: &mut Vec<Part>, start: usize, end: usize, guesses: f64) {
    found.push(Part {
        start,
        end,
        guesses: guesses.log10(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Option<f64> {
        let chars: Vec<char> = text.chars().collect();
        let mut found = Vec::new();
        find(&chars, &[], &mut found);
        let whole = found
            .iter()
            .filter(|part| part.start == 0 && part.end == chars.len());
        whole.map(|part| part.guesses).min_by(f64::total_cmp)
    }

    #[test]
    fn sees_what_follows_of_itself() {
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
            assert!(whole(text).is_some_and(|guesses| guesses < 5.5), "{text}");
        }
        for text in ["", "a", "ab", "acb", "qaz", "abca", "éàü"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
