//! Finds out why a service refuses the codes of an entry, from two codes of a device whose codes the service accepts.

mod codes;
mod search;

use self::codes::{CodeFormat, Typed};
use self::search::CodeMatch;
use crate::{Algorithm, ClockOffset, Digits, OtpParams, Period, Secret};

/// The result of [`check_codes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeCheck {
    /// The codes are those of this entry at this clock's time.
    Right,
    /// The codes are those of this entry at another time: this clock is wrong by the offset.
    Clock(ClockOffset),
    /// The codes are TOTP codes of this secret with other parameters than the entry's.
    Parameters {
        /// The hash function of the codes.
        algorithm: Algorithm,
        /// The number of digits of the codes.
        digits: Digits,
        /// The period of the codes.
        period: Period,
    },
    /// The codes are Steam codes of this secret, but the entry is not a Steam entry.
    Steam,
    /// The entry is an HOTP entry, which cannot be checked by time.
    CounterBased,
    /// At least one of the texts cannot be a code.
    Mistyped {
        /// What is wrong with the first text; `None` if it may be a code.
        first: Option<Mistyped>,
        /// What is wrong with the second text; `None` if it may be a code.
        second: Option<Mistyped>,
    },
    /// Both may be codes, but of different lengths.
    LengthsDiffer {
        /// The length of the first code, in characters.
        first: usize,
        /// The length of the second code, in characters.
        second: usize,
    },
    /// The same code was typed twice.
    SameCode,
    /// No match: the secret differs, the period is not one that is tried, or a code was mistyped.
    Unknown,
}

/// Why a typed text cannot be a code of an entry. Contains none of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistyped {
    /// It contains other characters than digits, but the entry's codes are digits.
    NotDigits,
    /// It contains a character that is not in Steam's alphabet (`23456789BCDFGHJKMNPQRTVWXY`), but the entry is a Steam entry.
    NotSteam,
    /// It is shorter or longer than a code can be.
    Length {
        /// Its length, in characters.
        characters: usize,
    },
}

/// Searches the codes of this secret for two codes of another device. The later one was on that device's screen at `unix_s`
/// of this clock or shortly before.
///
/// The codes may be grouped, in full-width characters or in digits of any script, in either order, and one code between
/// them may be missing. Typing errors are reported first. Then the search uses the entry's own hash and period with as
/// many digits as were typed, over 2880 time steps in both directions (a day of 30 s steps). Then it tries three hashes with
/// 17 periods, from 10 s to an hour and the entry's own, over at least an hour in both directions.
///
/// This is 14,000 time steps for a usual entry and at most 32,000 (for a period of 1 s), each compared with four pairs of
/// codes. Two codes of 6 digits match a pair by chance with probability 10^-12, so one search in 18 million gives a wrong result
/// (one in 8 million in the worst case), and far fewer with more digits or with Steam's alphabet.
pub fn check_codes(secret: &Secret, params: OtpParams, unix_s: u64, codes: [&str; 2]) -> CodeCheck {
    if params.period().is_none() {
        return CodeCheck::CounterBased;
    }
    let typed = codes.map(Typed::parse);
    let codes = typed.each_ref().map(Typed::as_str);
    let as_steam = || search::near(secret, OtpParams::Steam, unix_s, codes);
    match codes::format(params, &typed) {
        Ok(CodeFormat::Digits(digits)) => check_digits(secret, params, digits, unix_s, codes),
        Ok(CodeFormat::Steam) => as_steam().map_or(CodeCheck::Unknown, from_match),
        Err(_) if typed.iter().all(Typed::is_steam) && as_steam().is_some() => CodeCheck::Steam,
        Err(error) => error,
    }
}

/// Searches for two codes of this number of digits: with the entry's own hash and period, then with all others.
fn check_digits(
    secret: &Secret,
    params: OtpParams,
    digits: Digits,
    unix_s: u64,
    codes: [&str; 2],
) -> CodeCheck {
    let parameters = |(algorithm, period)| CodeCheck::Parameters {
        algorithm,
        digits,
        period,
    };
    if let OtpParams::Totp {
        algorithm, period, ..
    } = params
    {
        let same_hash = OtpParams::Totp {
            algorithm,
            digits,
            period,
        };
        match search::near(secret, same_hash, unix_s, codes) {
            Some(found) if same_hash == params => return from_match(found),
            Some(_) => return parameters((algorithm, period)),
            None => {}
        }
    }
    search::other_params(secret, params, digits, unix_s, codes)
        .map_or(CodeCheck::Unknown, parameters)
}

/// Codes of the current or the previous time step count as right, because typing takes time.
fn from_match(found: CodeMatch) -> CodeCheck {
    match found.steps {
        0 | -1 => CodeCheck::Right,
        _ => CodeCheck::Clock(found.offset),
    }
}

#[cfg(test)]
mod tests;
