//! The findings of the code doctor.

use trousseau_otp as otp;
use trousseau_wire::{Diagnosis, Mistyped};

use super::wire_algorithm;

/// Two findings of one and the same clock differ by so much: each is as coarse as a period.
const SAME_CLOCK_S: u32 = 45;

/// What two codes of another device tell about an entry with codes of `expected` characters, in the light of the
/// correction in use.
pub fn diagnosis(diagnosis: otp::CodeCheck, expected: u8, in_use: otp::ClockOffset) -> Diagnosis {
    match diagnosis {
        otp::CodeCheck::Right if in_use.seconds() == 0 => Diagnosis::Right,
        // Right without the correction.
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
