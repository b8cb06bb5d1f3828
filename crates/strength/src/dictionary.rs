//! Finds common words: `words.txt`, the most common first, made by `scripts/common-words`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::estimate::Match;
use crate::fold::{fold, unleet};

const MAX_LEN: usize = 24;
const MIN_LEN: usize = 3;

/// `log10` of each word's rank, which is the number of guesses for it.
static RANKS_LOG10: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    let ranked = include_str!("words.txt").lines().zip(1_u32..);
    ranked
        .map(|(word, rank)| (word, f64::from(rank).log10()))
        .collect()
});

/// Adds every dictionary word in `chars`: as written, backwards, and in leetspeak.
pub fn find(chars: &[char], user_inputs: &[&str], matches: &mut Vec<Match>) {
    let folded: Vec<char> = chars.iter().copied().map(fold).collect();
    let mut reversed = folded.clone();
    reversed.reverse();
    let unleet_all = |one| {
        folded
            .iter()
            .map(|c| unleet(*c, one).unwrap_or(*c))
            .collect::<Vec<_>>()
    };

    let len = chars.len();
    for_each_word(&folded, user_inputs, |start, end, rank| {
        matches.push(to_match(chars, start, end, rank));
    });
    for_each_word(&reversed, user_inputs, |start, end, rank| {
        matches.push(to_match(
            chars,
            len - end,
            len - start,
            rank + 2_f64.log10(),
        ));
    });
    for unleeted in [unleet_all('i'), unleet_all('l')] {
        for_each_word(&unleeted, user_inputs, |start, end, rank| {
            let replaced = (start..end)
                .filter(|at| unleeted[*at] != folded[*at])
                .count();
            matches.push(to_match(
                chars,
                start,
                end,
                rank + replaced as f64 * 2_f64.log10(),
            ));
        });
    }
}

/// Calls `found` with start, end and `log10(guesses)` of every word.
fn for_each_word(chars: &[char], user_inputs: &[&str], mut found: impl FnMut(usize, usize, f64)) {
    for start in 0..chars.len() {
        let mut word = String::new();
        for (at, c) in chars.iter().enumerate().skip(start).take(MAX_LEN) {
            word.push(*c);
            if at + 1 - start < MIN_LEN {
                continue;
            }
            if user_inputs.contains(&word.as_str()) {
                found(start, at + 1, 0.0);
            } else if let Some(rank) = RANKS_LOG10.get(word.as_str()) {
                found(start, at + 1, *rank);
            }
        }
    }
}

fn to_match(chars: &[char], start: usize, end: usize, word_log10: f64) -> Match {
    Match {
        start,
        end,
        guesses_log10: word_log10 + capitals_log10(&chars[start..end]),
    }
}

/// `log10` of the number of ways to place as many capitals in the word, as in zxcvbn.
fn capitals_log10(word: &[char]) -> f64 {
    let upper = word.iter().filter(|c| c.is_uppercase()).count();
    let lower = word.iter().filter(|c| c.is_lowercase()).count();
    let first_or_last = upper == 1
        && [word.first(), word.last()]
            .iter()
            .any(|c| c.is_some_and(|c| c.is_uppercase()));
    match (upper, lower) {
        (0, _) => 0.0,
        (_, 0) => 2_f64.log10(),
        _ if first_or_last => 2_f64.log10(),
        _ => (1..=upper.min(lower))
            .map(|k| binomial(upper + lower, k))
            .sum::<f64>()
            .log10(),
    }
}

fn binomial(n: usize, k: usize) -> f64 {
    (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched_ranges(text: &str) -> Vec<(usize, usize)> {
        let chars: Vec<char> = text.chars().collect();
        let mut matches = Vec::new();
        find(&chars, &["trousseau"], &mut matches);
        matches
            .iter()
            .map(|found| (found.start, found.end))
            .collect()
    }

    #[test]
    fn finds_words_of_four_languages_reversed_capitalised_and_in_leetspeak() {
        for text in [
            "bonjour",
            "Zusammen",
            "password",
            "amore",
            "DROWSSAP",
            "p@55w0rd",
            "Élève",
            "TROUSSEAU",
        ] {
            assert!(
                matched_ranges(text).contains(&(0, text.chars().count())),
                "{text}"
            );
        }
        assert!(matched_ranges("xq bonjour").contains(&(3, 10)));
        assert!(matched_ranges("kfqzjv").is_empty());
    }

    #[test]
    fn the_dictionary_is_ranked_folded_and_has_no_duplicates() {
        assert_eq!(RANKS_LOG10.len(), include_str!("words.txt").lines().count());
        assert_eq!(RANKS_LOG10["123456"], 0.0);
        assert!(RANKS_LOG10.keys().all(|word| {
            word.len() >= MIN_LEN
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        }));
    }

    #[test]
    fn counts_the_ways_to_place_capitals() {
        let ways = |word: &str| {
            10_f64
                .powf(capitals_log10(&word.chars().collect::<Vec<_>>()))
                .round()
        };
        assert_eq!(ways("abcd"), 1.0);
        assert_eq!(ways("Abcd"), 2.0);
        assert_eq!(ways("abcD"), 2.0);
        assert_eq!(ways("ABCD"), 2.0);
        assert_eq!(ways("aBcD"), 10.0);
    }
}
