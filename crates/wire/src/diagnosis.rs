use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Algorithm;

/// Why a service refuses the codes of an entry, found from two codes of another device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Diagnosis {
    /// The codes are right.
    Right,
    /// This device's clock is wrong.
    #[serde(rename_all = "camelCase")]
    Clock {
        /// Seconds to add to it; 0 if only the clock offset in the settings is wrong.
        offset_s: i32,
    },
    /// The service uses other parameters than the entry.
    Parameters {
        /// The hash function.
        algorithm: Algorithm,
        /// How many digits.
        digits: u8,
        /// The period in seconds.
        period: u32,
    },
    /// The codes are Steam's, and the entry is of another kind.
    Steam,
    /// The entry is counter-based, so two codes tell nothing.
    CounterBased,
    /// At least one code cannot be a code of this entry.
    Mistyped {
        /// What is wrong with the first code.
        first: Option<Mistyped>,
        /// What is wrong with the second code.
        second: Option<Mistyped>,
        /// How many characters a code of the entry has.
        expected: u8,
    },
    /// The codes have different lengths.
    LengthsDiffer {
        /// How many characters the first code has.
        first: u32,
        /// How many characters the second code has.
        second: u32,
        /// How many characters a code of the entry has.
        expected: u8,
    },
    /// The same code was typed twice.
    SameCode,
    /// Nothing matches: another secret, or a period that is not tried.
    Unknown,
}

/// What is wrong with a typed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Mistyped {
    /// It has other characters than digits.
    NotDigits,
    /// It has a character that Steam codes do not have.
    NotSteam,
    /// It is shorter or longer than any code.
    Length {
        /// How many characters it has.
        count: u32,
    },
}
