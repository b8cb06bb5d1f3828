use thiserror::Error;

use crate::SecretError;

/// Something unusual in a URI that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UriWarning {
    /// Type `hotp` without `counter`; 0 is used.
    CounterMissing,
    /// The issuer in the label differs from the parameter `issuer`. The parameter is used; the account is the whole label.
    IssuerDiffers,
    /// The issuer is Steam, but the URI asks for ordinary digits.
    MaybeSteam,
    /// The last character of the secret completes no byte and was ignored.
    SecretLength,
    /// The link was split over several lines, which were joined.
    LinesJoined,
    /// The secret was typed, and decoded as hexadecimal. Never from a URI.
    SecretHex,
    /// The secret was typed, and decoded as base64. Never from a URI.
    SecretBase64,
}

/// Why a text is not accepted as an otpauth URI. Contains none of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OtpauthError {
    /// Some other text.
    #[error("not an otpauth URI")]
    NotOtpauth,
    /// A web address.
    #[error("a web address, not an otpauth URI")]
    WebAddress,
    /// An enrolment code that only the vendor's own app accepts.
    #[error("a code for {vendor} only")]
    VendorCode {
        /// The vendor's app.
        vendor: &'static str,
    },
    /// A second link in the text, or a link in a name.
    #[error("more than one link")]
    SecondLink,
    /// A link that may be split over lines or words, so that its secret or a number may be incomplete.
    #[error("a broken link")]
    BrokenLink,
    /// A secret without a link.
    #[error("a secret without a link")]
    BareSecret,
    /// A transfer code of Google Authenticator (`otpauth-migration`).
    #[error("a migration code, not an otpauth URI")]
    Migration,
    /// A type whose codes this crate does not compute.
    #[error("unsupported type")]
    UnsupportedType {
        /// Its name, if it is a known one.
        known: Option<&'static str>,
    },
    /// The type is missing, or the secret is not UTF-8.
    #[error("malformed URI")]
    Malformed,
    /// `secret` is missing or empty.
    #[error("secret is missing")]
    SecretMissing,
    /// `secret` is not base32. Positions count in its percent-decoded value.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// `algorithm` is not SHA1, SHA256 or SHA512.
    #[error("algorithm must be SHA1, SHA256 or SHA512")]
    AlgorithmUnsupported,
    /// `digits` is not a number from `min` to `max`.
    #[error("digits must be from {min} to {max}")]
    DigitsOutOfRange {
        /// The fewest.
        min: u8,
        /// The most.
        max: u8,
    },
    /// `period` is not a number from `min` to `max`.
    #[error("period must be from {min} to {max} seconds")]
    PeriodOutOfRange {
        /// The shortest, in seconds.
        min: u32,
        /// The longest, in seconds.
        max: u32,
    },
    /// `counter` is not a 64-bit number.
    #[error("counter must be from 0 to 2^64-1")]
    CounterOutOfRange,
    /// The whole text (in bytes), the issuer or the account (each in characters) is too long.
    #[error("longer than {max} characters")]
    FieldTooLong {
        /// The limit.
        max: usize,
    },
}
