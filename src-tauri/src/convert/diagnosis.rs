//! Converts the result of comparing two codes of another device with the entry's own.

use trousseau_otp as otp;
use trousseau_wire::{Diagnosis, Mistyped};

use super::wire_algorithm;

/// Two measurements of the same clock may differ by this much, because each is only as precise as a period.
const SAME_CLOCK_S: u32 = 45;

/// `expected`: how many characters the entry's codes have. `in_use`: the clock offset of the settings, with which a found
/// offset is compared.
pub fn diagnosis(diagnosis: otp::CodeCheck, expected: u8, in_use: otp::ClockOffset) -> Diagnosis {
    match diagnosis {
        otp::CodeCheck::Right if in_use.seconds() == 0 => Diagnosis::Right,
        // The codes are right without the offset, so the offset is wrong.
        otp::CodeCheck::Right => Diagnosis::Clock { offset_s: 0 },
        otp::CodeCheck::Clock(offset) => {
            let (found, used) = (offset.seconds(), in_use.seconds());
            if (found - used).unsigned_abs() <= SAME_CLOCK_S {
                Diagnosis::Right
            } else {
                Diagnosis::Clock { offset_s: found }
            }
        }
        otp::CodeCheck::Parameters {
            algorithm,
            digits,
            period,
        } => Diagnosis::Parameters {
            algorithm: wire_algorithm(algorithm),
            digits: digits.get(),
            period: period.get(),
        },
        otp::CodeCheck::Steam => Diagnosis::Steam,
        otp::CodeCheck::CounterBased => Diagnosis::CounterBased,
        otp::CodeCheck::Mistyped { first, second } => Diagnosis::Mistyped {
            first: first.map(mistyped),
            second: second.map(mistyped),
            expected,
        },
        otp::CodeCheck::LengthsDiffer { first, second } => Diagnosis::LengthsDiffer {
            first: count(first),
            second: count(second),
            expected,
        },
        otp::CodeCheck::SameCode => Diagnosis::SameCode,
        otp::CodeCheck::Unknown => Diagnosis::Unknown,
    }
}

fn mistyped(mistyped: otp::Mistyped) -> Mistyped {
    match mistyped {
        otp::Mistyped::NotDigits => Mistyped::NotDigits,
        otp::Mistyped::NotSteam => Mistyped::NotSteam,
        otp::Mistyped::Length { characters } => Mistyped::Length {
            count: count(characters),
        },
    }
}

fn count(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX)
}
