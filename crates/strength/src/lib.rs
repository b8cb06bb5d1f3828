//! How many guesses a passphrase takes, after D. Wheeler, "zxcvbn: Low-Budget Password Strength Estimation" (2016).
//!
//! | module | what |
//! |---|---|
//! | `parts` | the cheapest way to put a passphrase together from what is guessable |
//! | `words`, `runs`, `dates` | what is guessable: words, sequences and repeats, days and years |
//! | `fold` | characters without case, accents, and digits in place of letters |
//!
//! The crate of that name brings 2 MB of English lists and expressions; this one knows 15,000 words of four languages.

mod dates;
mod fold;
mod parts;
mod runs;
mod words;

/// More characters than tell anything new are not looked at.
const JUDGED_CHARS: usize = 100;

/// Below each (powers of ten), the next score begins: guessed over the network with a limit, without one, from a well
/// hashed copy, from a badly hashed copy.
const SCORES_FROM: [f64; 4] = [3.0, 6.0, 8.0, 10.0];

/// How many guesses `passphrase` takes, as a power of ten. `known` are words that an attacker tries first.
#[must_use]
pub fn guesses_log10(passphrase: &str, known: &[&str]) -> f64 {
    let chars: Vec<char> = passphrase.chars().take(JUDGED_CHARS).collect();
    parts::cheapest(&chars, known)
}

/// From 0 (guessed at once) to 4 (out of reach).
#[must_use]
pub fn score(passphrase: &str, known: &[&str]) -> u8 {
    let guesses = guesses_log10(passphrase, known);
    SCORES_FROM
        .iter()
        .map(|from| u8::from(guesses >= *from))
        .sum()
}
