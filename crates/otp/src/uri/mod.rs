//! Parses and formats otpauth URIs (Google Authenticator's Key URI Format).

mod error;
mod format;
mod label;
mod links;
mod parse;
mod query;
mod text;
pub(crate) mod vendor;

pub use error::{OtpauthError, UriWarning};
pub use links::{Link, Source, find_links};
pub use parse::number as parse_number;

use zeroize::Zeroizing;

use crate::{OtpParams, Secret};

/// The contents of an otpauth URI.
///
/// It contains a secret, so it has neither `Debug` nor `Display` nor `Serialize`.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyUri {
    /// The issuer of the secret; may be empty.
    pub issuer: String,
    /// The account name; may be empty.
    pub account: String,
    /// The shared secret.
    pub secret: Secret,
    /// The parameters of its codes.
    pub params: OtpParams,
    /// Parameters that this crate does not use (`image`, `lock`, `codeDisplay` …), in their order: decoded, or still encoded
    /// if they are not UTF-8. They may be private (`pin`, `data`), so they are treated like the secret.
    pub unknown_params: Vec<(String, String)>,
    /// What the user should check before saving.
    pub warnings: Vec<UriWarning>,
}

impl KeyUri {
    /// The longest accepted text, in bytes: four times the capacity of the largest QR code.
    pub const MAX_TEXT: usize = 16 * 1024;
    /// The longest accepted issuer or account, in characters.
    pub const MAX_NAME: usize = 1024;

    /// Parses `otpauth://TYPE/LABEL?PARAMETERS` as services and other apps write it, `apple-otpauth://` likewise, and
    /// `steam://BASE32` (which has no label, so its issuer is Steam). White space around the text is ignored.
    ///
    /// - Types `totp`, `hotp`, `steam`. A `totp` is Steam if it has `encoder=steam` or `steam`, or if its issuer is Steam
    ///   and its codes have five characters. Steam fixes algorithm, digits and period; the URI's are ignored.
    /// - Parameter names are case-insensitive. Of repeated parameters the first is used. A parameter without a value, or
    ///   with the value `null`, counts as absent. Defaults are SHA1, 6 digits, 30 s, counter 0; a written 0 is not replaced.
    /// - The secret is base32 of any length ([`Secret::parse_base32_of_any_length`]).
    /// - `+` is a space in parameters and a plus sign in the label. `#` is an ordinary character.
    /// - The label is `issuer:account`, `:account` or `account`. If the parameter
    ///   `issuer` differs, it is used, and the account is the whole label. Issuers are compared without case, in form C.
    /// - The label may contain question marks: the query begins at the first one that a known parameter follows.
    /// - Names are cleaned ([`clean_name`](crate::clean_name)). Names that are not UTF-8 are decoded as Windows-1252.
    /// - A text that contains a second link is refused, and so is a name that contains one at any depth of encoding, because
    ///   its secret would be shown. [`find_links`] splits such a text.
    ///
    /// # Errors
    /// Every [`OtpauthError`].
    pub fn parse(text: &str) -> Result<Self, OtpauthError> {
        parse::parse(text)
    }

    /// Applies the rules of [`KeyUri::parse`] to a label and an issuer of a format that is not a URI.
    /// Without an issuer the whole label is the account, also if it has colons.
    ///
    /// # Errors
    /// [`OtpauthError::FieldTooLong`], [`OtpauthError::SecondLink`].
    pub fn from_names(
        label: &str,
        issuer: &str,
        secret: Secret,
        params: OtpParams,
    ) -> Result<Self, OtpauthError> {
        parse::from_names(label, issuer, secret, params)
    }

    /// Formats the URI so that most apps read it: the issuer in the label and as a parameter, `%20` for a space, and every
    /// parameter that has a default. Steam is written as type `steam` with `encoder=steam`, because apps use either.
    /// The unknown parameters follow in their order; warnings are not written.
    ///
    /// [`KeyUri::parse`] gives the same values back, unless the URI is longer than [`KeyUri::MAX_TEXT`].
    pub fn to_uri(&self) -> Zeroizing<String> {
        format::format(self)
    }
}
