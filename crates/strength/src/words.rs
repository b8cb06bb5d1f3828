//! Words that people choose: `words.txt`, the commonest first, made by `scripts/common-words`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::fold::{fold, letter};
use crate::parts::Part;

/// The longest word that is looked for.
const LONGEST: usize = 24;
const SHORTEST: usize = 3;

static RANKS: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    let ranked = include_str!("words.txt").lines().zip(1_u32..);
    ranked
        .map(|(word, rank)| (word, f64::from(rank).log10()))
        .collect()
});

/// Every word within `chars`: as it stands, backwards, and with digits in place of letters.
pub fn find(chars: &[char], known: &[&str], found: &mut Vec<Part>) {
    let plain: Vec<char> = chars.iter().copied().map(fold).collect();
    let mut backwards = plain.clone();
    backwards.reverse();
    let with_one = |one| {
        plain
            .iter()
            .map(|c| letter(*c, one).unwrap_or(*c))
            .collect::<Vec<_>>()
    };

    let len = chars.len();
    each_word(&plain, known, |start, end, rank| {
        found.push(part(chars, start, end, rank));
    });
    each_word(&backwards, known, |start, end, rank| {
        found.push(part(chars, len - end, len - start, rank + 2_f64.log10()));
    });
    for meant in [with_one('i'), with_one('l')] {
        each_word(&meant, known, |start, end, rank| {
            let replaced = (start..end).filter(|at| meant[*at] != plain[*at]).count();
            found.push(part(
                chars,
                start,
                end,
                rank + replaced as f64 * 2_f64.log10(),
            ));
        });
    }
}

fn each_word(chars: &[char], known: &[&str], mut see: impl FnMut(usize, usize, f64)) {
    for start in 0..chars.len() {
        let mut word = String::new();
        for (at, c) in chars.iter().enumerate().skip(start).take(LONGEST) {
            word.push(*c);
            if at + 1 - start < SHORTEST {
                continue;
            }
            if known.contains(&word.as_str()) {
                see(start, at + 1, 0.0);
            } else if let Some(rank) = RANKS.get(word.as_str()) {
                see(start, at + 1, *rank);
            }
        }
    }
}

fn part(chars: &[char], start: usize, end: usize, rank: f64) -> Part {
    Part {
        start,
        end,
        guesses: rank + capitals(&chars[start..end]),
    }
}

/// In how many ways as many capitals can be set.
fn capitals(word: &[char]) -> f64 {
    let upper = word.iter().filter(|c| c.is_uppercase()).count();
    let lower = word.iter().filter(|c| c.is_lowercase()).count();
    let at_an_end = upper == 1
        && [word.first(), word.last()]
            .iter()
            .any(|c| c.is_some_and(|c| c.is_uppercase()));
    match (upper, lower) {
        (0, _) => 0.0,
        (_, 0) => 2_f64.log10(),
        _ if at_an_end => 2_f64.log10(),
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

    fn ends(text: &str) -> Vec<(usize, usize)> {
        let chars: Vec<char> = text.chars().collect();
        let mut found = Vec::new();
        find(&chars, &["trousseau"], &mut found);
        found.iter().map(|part| (part.start, part.end)).collect()
    }

    #[test]
    fn knows_words_of_four_languages_in_any_dress() {
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
            assert!(ends(text).contains(&(0, text.chars().count())), "{text}");
        }
        assert!(ends("xq bonjour").contains(&(3, 10)));
        assert!(ends("kfqzjv").is_empty());
    }

    #[test]
    fn the_list_is_ranked_plain_and_without_repeats() {
        assert_eq!(RANKS.len(), include_str!("words.txt").lines().count());
        assert_eq!(RANKS["123456"], 0.0);
        assert!(RANKS.keys().all(|word| {
            word.len() >= SHORTEST
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        }));
    }

    #[test]
    fn counts_the_ways_to_set_capitals() {
        let ways = |word: &str| {
            10_f64
                .powf(capitals(&word.chars().collect::<Vec<_>>()))
                .round()
        };
        assert_eq!(ways("abcd"), 1.0);
        assert_eq!(ways("Abcd"), 2.0);
        assert_eq!(ways("abcD"), 2.0);
        assert_eq!(ways("ABCD"), 2.0);
        assert_eq!(ways("aBcD"), 10.0);
    }
}
