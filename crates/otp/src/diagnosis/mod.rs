//! The code doctor: why a service refuses the codes of a secret, told by two codes of a device whose codes it takes.

mod codes;
mod search;

use self::codes::{Shape, Typed};
use self::search::Found;
use crate::{Algorithm, ClockOffset, Digits, Method, Period, Secret};

/// What two codes of another device tell about an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Diagnosis {
    /// They are the codes of this clock.
    Right,
    /// They are the codes of another time.
    Clock(ClockOffset),
    /// They are ordinary time-based codes of this secret, with other parameters than the entry's.
    Parameters {
        /// The hash.
        algorithm: Algorithm,
        /// How many digits.
        digits: Digits,
        /// How long a code is right.
        period: Period,
    },
    /// They are Steam codes of this secret, and the entry is not of that kind.
    Steam,
    /// The entry counts its codes: no clock can be wrong, and two codes tell nothing.
    CounterBased,
    /// At least one of them cannot be a code.
    Mistyped {
        /// What is wrong with the first code; none where nothing is.
        first: Option<Mistyped>,
        /// What is wrong with the second code; none where nothing is.
        second: Option<Mistyped>,
    },
    /// Each may be a code, but they are not of the same length.
    LengthsDiffer {
        /// How many characters the first code has.
        first: usize,
        /// How many characters the second code has.
        second: usize,
    },
    /// The same code was typed twice.
    SameCode,
    /// They do not fit this secret: it is another one, or its period is none that is tried, or the typing is wrong.
    Unknown,
}

/// Why a typed text cannot be a code of an entry. Never carries any of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistyped {
    /// It holds something other than digits, and the entry's codes are digits.
    NotDigits,
    /// It holds a character that is not in Steam's alphabet (`23456789BCDFGHJKMNPQRTVWXY`), and the entry is Steam's.
    NotSteam,
    /// It is shorter or longer than a code can be.
    Length {
        /// How many characters it has.
        characters: usize,
    },
}

/// Looks for two codes of another device among the codes of this secret. The later one was on that device's screen at
/// `unix_s` of this clock, or a moment ago.
///
/// The codes may be typed in any way that leaves no doubt (grouped, in full-width characters, in digits of any script),
/// in either order, and one code between them may have been missed. What is wrong with the typing is told first. Then
/// the entry's own hash and period are searched with as many digits as were typed: 2880 time steps either way, which is a
/// day of 30 s. Then come three hashes with 17 periods, from 10 s to an hour and the entry's own, for an hour at least
/// either way.
///
/// That makes 14,000 time steps for the usual entry and 32,000 at most (for a period of 1 s), each compared with four
/// pairs of codes. Two codes of 6 digits fit a pair by chance once in 10^12 times. So a search finds something false once
/// in 18 million times (8 million at least), and far more rarely with more digits or with Steam's letters.
pub fn diagnose(secret: &Secret, method: Method, unix_s: u64, codes: [&str; 2]) -> Diagnosis {
    if method.period().is_none() {
        return Diagnosis::CounterBased;
    }
    let typed = codes.map(Typed::read);
    let codes = typed.each_ref().map(Typed::as_str);
    let as_steam = || search::near(secret, Method::Steam, unix_s, codes);
    match codes::shape(method, &typed) {
        Ok(Shape::Digits(digits)) => of_digits(secret, method, digits, unix_s, codes),
        Ok(Shape::Steam) => as_steam().map_or(Diagnosis::Unknown, of_clock),
        Err(_) if typed.iter().all(Typed::is_steam) && as_steam().is_some() => Diagnosis::Steam,
        Err(fault) => fault,
    }
}

/// Looks for two codes of so many digits: with the entry's own hash and period, then with all others.
fn of_digits(
    secret: &Secret,
    method: Method,
    digits: Digits,
    unix_s: u64,
    codes: [&str; 2],
) -> Diagnosis {
    let parameters = |(algorithm, period)| Diagnosis::Parameters {
        algorithm,
        digits,
        period,
    };
    if let Method::Totp {
        algorithm, period, ..
    } = method
    {
        let theirs = Method::Totp {
            algorithm,
            digits,
            period,
        };
        match search::near(secret, theirs, unix_s, codes) {
            Some(found) if theirs == method => return of_clock(found),
            Some(_) => return parameters((algorithm, period)),
            None => {}
        }
    }
    search::other(secret, method, digits, unix_s, codes).map_or(Diagnosis::Unknown, parameters)
}

/// Codes of this step or the one before are those of now: typing takes its time.
fn of_clock(found: Found) -> Diagnosis {
    match found.steps {
        0 | -1 => Diagnosis::Right,
        _ => Diagnosis::Clock(found.offset),
    }
}

#[cfg(test)]
mod tests;
