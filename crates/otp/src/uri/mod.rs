//! Otpauth URIs in both directions.

mod error;
mod label;
mod links;
mod parse;
mod print;
mod query;
mod text;
pub(crate) mod vendor;

pub use error::{OtpauthError, UriHint};
pub use links::{Link, Source, find_links};
pub use parse::number as parse_number;

use zeroize::Zeroizing;

use crate::{Method, Secret};

/// What an otpauth URI says: one entry to be.
///
/// It holds a secret, so it has neither `Debug` nor `Display` nor `Serialize`.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyUri {
    /// Who issued the secret; may be empty.
    pub issuer: String,
    /// The account name; may be empty.
    pub account: String,
    /// The shared secret.
    pub secret: Secret,
    /// How codes come from it.
    pub method: Method,
    /// Parameters that mean nothing here (`image`, `lock`, `codeDisplay` …), in their order; decoded, or as they were
    /// where that is not UTF-8. They may be private (`pin`, `data`): treat them like the secret.
    pub extra: Vec<(String, String)>,
    /// What a person may want to look at before saving.
    pub hints: Vec<UriHint>,
}

impl KeyUri {
    /// The longest text that is read, in bytes: four times what the largest QR code holds.
    pub const MAX_TEXT: usize = 16 * 1024;
    /// The longest issuer and the longest account, in characters.
    pub const MAX_NAME: usize = 1024;

    /// Reads `otpauth://TYPE/LABEL?PARAMETERS` as services and other apps write it, `apple-otpauth://` likewise, and
    /// `steam://BASE32` (which names nobody, so its issuer is Steam). White space around the text is no part of it.
    ///
    /// - Types `totp`, `hotp`, `steam`; a `totp` is Steam if it says so (`encoder=steam`, `steam`) or if its issuer is
    ///   Steam and its codes have five characters. Steam fixes algorithm, digits and period, whatever the URI says.
    /// - Names of parameters are taken in either case. The first of several counts. Without value, or with the value
    ///   `null`, a parameter is absent. Absent are SHA1, 6 digits, 30 s, counter 0; a written 0 is no default.
    /// - The secret is base32 of any length ([`Secret::parse_base32_of_any_length`]).
    /// - `+` is a space in parameters and a plus in the label. `#` is an ordinary character.
    /// - The label is `issuer:account`, `:account` or `account`. Where `issuer` names another, it wins, and the account
    ///   keeps the label whole. Case and normal form make no other issuer.
    /// - The label may hold question marks: the query begins where a known parameter follows one.
    /// - Names are cleaned ([`clean_name`](crate::clean_name)); those that are not UTF-8 are read as Windows-1252.
    /// - A text that holds a second link is refused, and so is a name that holds one at whatever depth of encoding: the
    ///   secret in it would be shown. [`find_links`] splits such a text.
    ///
    /// # Errors
    /// Every [`OtpauthError`].
    pub fn parse(text: &str) -> Result<Self, OtpauthError> {
        parse::parse(text)
    }

    /// What a label and an issuer say by the rules of [`KeyUri::parse`], for formats that carry them apart from a URI.
    /// Without an issuer the label is the account, whatever colons it has.
    ///
    /// # Errors
    /// [`OtpauthError::FieldTooLong`], [`OtpauthError::SecondLink`].
    pub fn from_names(
        label: &str,
        issuer: &str,
        secret: Secret,
        method: Method,
    ) -> Result<Self, OtpauthError> {
        parse::from_names(label, issuer, secret, method)
    }

    /// Writes the URI that most apps read: issuer in the label and as a parameter, `%20` for a space, and every
    /// parameter that has a default written out. Steam is type `steam` with `encoder=steam`, which covers both
    /// ways in use. The extra parameters follow in their order; hints are not written.
    ///
    /// [`KeyUri::parse`] reads the same values back, unless the whole is longer than [`KeyUri::MAX_TEXT`].
    pub fn to_uri(&self) -> Zeroizing<String> {
        print::print(self)
    }
}
