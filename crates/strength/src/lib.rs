//! Estimates how many guesses a passphrase takes, after D. Wheeler, "zxcvbn: Low-Budget Password Strength Estimation" (2016).
//!
//! | module | what |
//! |---|---|
//! | `estimate` | the split of a passphrase into matches that needs the fewest guesses |
//! | `dictionary`, `sequences`, `dates` | find matches: words; sequences, keyboard walks and repeats; dates and years |
//! | `fold` | normalises case, accents and leetspeak |
//!
//! Used in place of the `zxcvbn` crate, which adds 2 MB of English word lists and regular expressions. The dictionary here has
//! 15,000 words of four languages.

mod dates;
mod dictionary;
mod estimate;
mod fold;
mod sequences;

/// Characters beyond this are ignored, to bound the work.
const MAX_CHARS: usize = 100;

/// The least `log10(guesses)` of the scores 1 to 4, as in zxcvbn. Each score resists one attack more: online with a rate limit,
/// online without one, offline against a slow hash, offline against a fast hash.
const SCORE_MIN_GUESSES_LOG10: [f64; 4] = [3.0, 6.0, 8.0, 10.0];

/// `log10` of the number of guesses that `passphrase` takes.
///
/// `user_inputs` are words that an attacker tries first, in lower case and without accents.
#[must_use]
pub fn guesses_log10(passphrase: &str, user_inputs: &[&str]) -> f64 {
    let chars: Vec<char> = passphrase.chars().take(MAX_CHARS).collect();
    estimate::guesses_log10(&chars, user_inputs)
}

/// The strength of `passphrase`, from 0 (too guessable) to 4 (very unguessable), as zxcvbn counts.
#[must_use]
pub fn score(passphrase: &str, user_inputs: &[&str]) -> u8 {
    let guesses_log10 = guesses_log10(passphrase, user_inputs);
    SCORE_MIN_GUESSES_LOG10
        .iter()
        .map(|min| u8::from(guesses_log10 >= *min))
        .sum()
}
