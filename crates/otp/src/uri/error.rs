use thiserror::Error;

use crate::SecretError;

/// Something odd in a URI that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UriHint {
    /// Type `hotp` without `counter`: taken as 0.
    CounterMissing,
    /// The label names another issuer than `issuer` does. The parameter won; the label is kept whole in the account.
    IssuerDiffers,
    /// The issuer is Steam, but the URI asks for ordinary digits.
    MaybeSteam,
    /// The last character of the secret completes no byte and was left out.
    SecretLength,
    /// The link was broken over lines, which were joined.
    LinesJoined,
    /// The secret was typed, and read as hexadecimal. No URI has it so.
    SecretHex,
    /// The secret was typed, and read as base64. No URI has it so.
    SecretBase64,
}

/// Why a text is not taken as an otpauth URI. Never carries any of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OtpauthError {
    /// Some other text.
    #[error("not an otpauth URI")]
    NotOtpauth,
    /// A web address.
    #[error("a web address, not an otpauth URI")]
    WebAddress,
    /// An enrolment code that only the vendor's own app understands.
    #[error("a code for {vendor} only")]
    VendorCode {
        /// The vendor's app.
        vendor: &'static str,
    },
    /// A text that holds another link behind the first, or a name that holds one.
    #[error("more than one link")]
    SecondLink,
    /// A link that seems to be broken over lines or words, so that its secret or a number may be cut.
    #[error("a broken link")]
    BrokenLink,
    /// A bare secret, without a link around it.
    #[error("a secret without a link")]
    BareSecret,
    /// Accounts moved out of Google Authenticator (`otpauth-migration`).
    #[error("a migration code, not an otpauth URI")]
    Migration,
    /// A type that is not computed here.
    #[error("unsupported type")]
    UnsupportedType {
        /// Its name, if it is a known one.
        known: Option<&'static str>,
    },
    /// No type, or a secret that is not UTF-8.
    #[error("malformed URI")]
    Malformed,
    /// No `secret`, or an empty one.
    #[error("secret is missing")]
    SecretMissing,
    /// `secret` is not base32; positions count in its decoded value.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// `algorithm` is none of SHA1, SHA256, SHA512.
    #[error("algorithm must be SHA1, SHA256 or SHA512")]
    AlgorithmUnsupported,
    /// `digits` is no number in the range.
    #[error("digits must be from {min} to {max}")]
    DigitsOutOfRange {
        /// The fewest.
        min: u8,
        /// The most.
        max: u8,
    },
    /// `period` is no number in the range.
    #[error("period must be from {min} to {max} seconds")]
    PeriodOutOfRange {
        /// The shortest, in seconds.
        min: u32,
        /// The longest, in seconds.
        max: u32,
    },
    /// `counter` is no number of 64 bits.
    #[error("counter must be from 0 to 2^64-1")]
    CounterOutOfRange,
    /// The whole text (in bytes), the issuer or the account (each in characters) is too long.
    #[error("longer than {max} characters")]
    FieldTooLong {
        /// The most there may be.
        max: usize,
    },
}
