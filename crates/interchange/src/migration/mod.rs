//! Google Authenticator's transfer codes: `otpauth-migration://offline?data=`, base64 of a protobuf message. Accounts come
//! ten at a time at most; more of them make a series of codes, each of which knows its place.

mod account;
mod message;
mod series;

pub use series::{AllSeries, Content, Place, Series};

use data_encoding::{BASE64_NOPAD, Specification};
use percent_encoding::percent_decode_str;
use prost::Message;
use thiserror::Error;
use trousseau_otp::{KeyUri, OtpauthError};
use zeroize::Zeroizing;

use message::Payload;

/// One code of a series.
///
/// It holds secrets, so it has neither `Debug` nor `Display` nor `Serialize`.
pub struct Batch {
    /// Its accounts, in their order.
    pub accounts: Vec<Account>,
    /// Where it stands in its series.
    pub place: Place,
    /// Tells it from another code at the same place.
    pub content: Content,
}

/// An account, or why it cannot be taken over.
pub type Account = Result<KeyUri, Unusable>;

/// An account that cannot be computed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// What it is called there, fit to be shown and at most [`KeyUri::MAX_NAME`] characters; may be empty.
    pub name: String,
    /// Why.
    pub reason: OtpauthError,
}

/// Why a text is not taken as a transfer code. Never carries any of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MigrationError {
    /// Some other text.
    #[error("not a migration URI")]
    NotMigration,
    /// `data` is absent, or not the message that it should be: a code that was cut short or changed.
    #[error("malformed migration data")]
    Malformed,
    /// Well formed, and no account in it.
    #[error("no account in it")]
    Empty,
}

/// Longer than any QR code; what follows is not looked at.
const TEXT_MAX: usize = 16 * 1024;

impl Batch {
    /// Reads a transfer code as Google Authenticator and others write it: `data` with or without padding, in the standard or the
    /// URL-safe alphabet, percent-encoded once, twice or not at all.
    ///
    /// # Errors
    /// Every [`MigrationError`].
    pub fn parse(text: &str) -> Result<Self, MigrationError> {
        let text = text.trim();
        let (scheme, rest) = text.split_once(':').unwrap_or_default();
        if !scheme.eq_ignore_ascii_case("otpauth-migration") {
            return Err(MigrationError::NotMigration);
        }
        if text.len() > TEXT_MAX {
            return Err(MigrationError::Malformed);
        }
        let (_, query) = rest.split_once('?').ok_or(MigrationError::Malformed)?;
        let data = query
            .split('&')
            .find_map(|parameter| parameter.strip_prefix("data="))
            .ok_or(MigrationError::Malformed)?;
        let bytes = Zeroizing::new(decode(data).ok_or(MigrationError::Malformed)?);
        let mut payload = Payload::decode(&**bytes).map_err(|_| MigrationError::Malformed)?;
        let place = payload.place().ok_or(MigrationError::Malformed)?;
        let accounts: Vec<_> = payload.accounts.drain(..).map(account::read).collect();
        if accounts.is_empty() {
            return Err(MigrationError::Empty);
        }
        Ok(Self {
            accounts,
            place,
            content: Content::of(&bytes),
        })
    }
}

/// Base64 as it is met; a plus that went through a form arrives as a space.
fn decode(data: &str) -> Option<Vec<u8>> {
    let mut text = Zeroizing::new(data.to_owned());
    // Twice at most: base64 holds no percent sign.
    for _ in 0..2 {
        if text.contains('%') {
            let decoded = percent_decode_str(&text).decode_utf8().ok()?.into_owned();
            text = Zeroizing::new(decoded);
        }
    }
    let standard: Zeroizing<String> = Zeroizing::new(
        text.trim_end_matches('=')
            .chars()
            .map(|character| match character {
                '-' | ' ' => '+',
                '_' => '/',
                other => other,
            })
            .collect(),
    );
    lenient().decode(standard.as_bytes()).ok()
}

/// Bits after the last byte are not looked at.
fn lenient() -> data_encoding::Encoding {
    let mut specification: Specification = BASE64_NOPAD.specification();
    specification.check_trailing_bits = false;
    specification.encoding().unwrap_or(BASE64_NOPAD)
}
