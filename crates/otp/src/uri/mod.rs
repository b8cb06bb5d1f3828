//! Otpauth URIs in both directions.

mod error;

pub use error::{OtpauthError, UriHint};

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
    /// Parameters that mean nothing here (`image`, `lock`, `codeDisplay` …), decoded, in their order. They may be
    /// private (`pin`, `data`): treat them like the secret.
    pub extra: Vec<(String, String)>,
    /// What a person may want to look at before saving.
    pub hints: Vec<UriHint>,
}
