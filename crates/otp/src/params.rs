use thiserror::Error;

use crate::{Code, Secret, TimeStep, TimedCode, code};

/// The hash function of the HMAC (RFC 6238 §1.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// HMAC-SHA-1, the default; almost every service uses it.
    #[default]
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

impl Algorithm {
    /// The name that otpauth URIs use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
        }
    }

    /// Accepts every spelling in use: `SHA1`, `sha-1`, `HmacSHA1`, `Algorithm.sha1`.
    ///
    /// `None` for other hashes: a default of SHA-1 would give wrong codes.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let text = text
            .strip_prefix("ALGORITHM.")
            .unwrap_or(&text)
            .replace(['-', '_', ' '], "");
        match text.strip_prefix("HMAC").unwrap_or(&text) {
            "SHA1" => Some(Self::Sha1),
            "SHA256" => Some(Self::Sha256),
            "SHA512" => Some(Self::Sha512),
            _ => None,
        }
    }
}

/// A parameter that is out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{parameter} must be from {min} to {max}")]
pub struct OutOfRange {
    /// `digits`, `period` or `offset`.
    pub parameter: &'static str,
    /// The smallest allowed value.
    pub min: u32,
    /// The largest allowed value.
    pub max: u32,
}

/// The number of digits of a code: 6 to 10 (RFC 4226 §5.3 asks for at least 6; 31 bits give at most 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digits(u8);

impl Digits {
    /// The fewest digits.
    pub const MIN: u8 = 6;
    /// The most digits.
    pub const MAX: u8 = 10;

    /// # Errors
    /// Outside [`Digits::MIN`] to [`Digits::MAX`].
    pub const fn new(digits: u8) -> Result<Self, OutOfRange> {
        match digits {
            Self::MIN..=Self::MAX => Ok(Self(digits)),
            _ => Err(OutOfRange {
                parameter: "digits",
                min: Self::MIN as u32,
                max: Self::MAX as u32,
            }),
        }
    }

    /// The number of digits.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Default for Digits {
    fn default() -> Self {
        Self(Self::MIN)
    }
}

/// The time step X of RFC 6238 §4.1: 1 to 3600 s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period(u32);

impl Period {
    /// The shortest, in seconds.
    pub const MIN: u32 = 1;
    /// The longest, in seconds.
    pub const MAX: u32 = 3600;

    /// # Errors
    /// Outside [`Period::MIN`] to [`Period::MAX`].
    pub const fn new(seconds: u32) -> Result<Self, OutOfRange> {
        match seconds {
            Self::MIN..=Self::MAX => Ok(Self(seconds)),
            _ => Err(OutOfRange {
                parameter: "period",
                min: Self::MIN,
                max: Self::MAX,
            }),
        }
    }

    /// The number of seconds.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Default for Period {
    fn default() -> Self {
        Self(30)
    }
}

/// The parameters of one-time codes, by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OtpParams {
    /// Time-based (RFC 6238).
    Totp {
        /// The hash.
        algorithm: Algorithm,
        /// The length of a code.
        digits: Digits,
        /// How long a code is valid.
        period: Period,
    },
    /// Counter-based (RFC 4226).
    Hotp {
        /// The hash.
        algorithm: Algorithm,
        /// The length of a code.
        digits: Digits,
        /// The counter of the next code.
        counter: u64,
    },
    /// Steam Guard: SHA-1, 30 s, five characters of its own alphabet.
    Steam,
}

impl OtpParams {
    /// The length of a code, in characters.
    pub const fn code_len(&self) -> u8 {
        match self {
            Self::Totp { digits, .. } | Self::Hotp { digits, .. } => digits.get(),
            Self::Steam => code::STEAM_LEN,
        }
    }

    /// How long a code is valid; `None` for HOTP.
    pub const fn period(&self) -> Option<Period> {
        match self {
            Self::Totp { period, .. } => Some(*period),
            Self::Steam => Some(code::STEAM_PERIOD),
            Self::Hotp { .. } => None,
        }
    }

    /// The code of the time step that contains `unix_s`; `None` for HOTP.
    pub fn at(&self, secret: &Secret, unix_s: u64) -> Option<TimedCode> {
        let time_step = TimeStep::of(self.period()?, unix_s);
        let code: Code = match *self {
            Self::Totp {
                algorithm,
                digits,
                period,
            } => code::totp(secret, algorithm, digits, period, unix_s),
            Self::Steam => code::steam(secret, unix_s),
            Self::Hotp { .. } => return None,
        };
        Some(TimedCode { code, time_step })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn algorithm_spellings() {
        for text in [
            "SHA1",
            "sha1",
            "SHA-1",
            "sha_1",
            "HmacSHA1",
            "HMAC-SHA-1",
            "hmac sha1",
            "Algorithm.sha1",
            " Sha1 ",
        ] {
            assert_eq!(Algorithm::parse(text), Some(Algorithm::Sha1), "{text:?}");
        }
        for algorithm in [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512] {
            assert_eq!(Algorithm::parse(algorithm.name()), Some(algorithm));
        }
        for text in [
            "", "SHA", "MD5", "SHA224", "SHA384", "SHA3-256", "SHA11", "XSHA1", "HMAC", "null",
        ] {
            assert_eq!(Algorithm::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn digits_and_period_are_checked() {
        let digits: Vec<u8> = (0..=u8::MAX)
            .filter(|digits| Digits::new(*digits).is_ok())
            .collect();
        assert_eq!(digits, [6, 7, 8, 9, 10]);
        assert_eq!(
            Digits::new(11).map_err(|error| error.to_string()),
            Err("digits must be from 6 to 10".into())
        );
        for (seconds, good) in [
            (0, false),
            (1, true),
            (30, true),
            (3600, true),
            (3601, false),
            (u32::MAX, false),
        ] {
            assert_eq!(Period::new(seconds).is_ok(), good, "{seconds}");
        }
        assert_eq!((Digits::default().get(), Period::default().get()), (6, 30));
    }

    #[test]
    fn code_length_period_and_code_of_each_kind() {
        let (algorithm, digits) = (Algorithm::Sha1, Digits::new(8).unwrap());
        let totp = OtpParams::Totp {
            algorithm,
            digits,
            period: Period::new(60).unwrap(),
        };
        let hotp = OtpParams::Hotp {
            algorithm,
            digits,
            counter: 3,
        };
        let secret = Secret::from_bytes(b"12345678901234567890".to_vec()).unwrap();
        assert_eq!(
            (totp.code_len(), totp.period().map(Period::get)),
            (8, Some(60))
        );
        assert_eq!((hotp.code_len(), hotp.period()), (8, None));
        assert_eq!(
            (
                OtpParams::Steam.code_len(),
                OtpParams::Steam.period().map(Period::get)
            ),
            (5, Some(30))
        );
        assert!(hotp.at(&secret, 59).is_none());
        for params in [totp, OtpParams::Steam] {
            let now = params.at(&secret, 59).unwrap();
            assert_eq!(now.code.as_str().len(), usize::from(params.code_len()));
            assert!(now.time_step.from <= 59 && 59 < now.time_step.until);
            let next = params.at(&secret, now.time_step.until).unwrap();
            assert_eq!(next.time_step, now.time_step.next());
        }
    }
}
