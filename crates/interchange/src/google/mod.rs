//! Google Authenticator's transfer codes: `otpauth-migration://offline?data=` and a protobuf message in base64. A code has at most
//! ten accounts; a transfer of more accounts is a batch of several codes, each with its position in the batch.

mod account;
mod batch;
mod proto;

pub use batch::{BatchPosition, BatchProgress, Batches, PayloadHash};

use data_encoding::{BASE64_NOPAD, Specification};
use percent_encoding::percent_decode_str;
use prost::Message;
use thiserror::Error;
use trousseau_otp::{KeyUri, OtpauthError};
use zeroize::Zeroizing;

use proto::Payload;

/// One transfer code.
///
/// It contains secrets, so it has neither `Debug` nor `Display` nor `Serialize`.
pub struct TransferCode {
    /// Its accounts, in their order.
    pub accounts: Vec<Account>,
    /// Its position in its batch.
    pub position: BatchPosition,
    /// Distinguishes it from another code at the same position.
    pub payload_hash: PayloadHash,
}

/// An account, or why it cannot be imported.
pub type Account = Result<KeyUri, Skipped>;

/// An account that cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its issuer and name, cleaned and at most [`KeyUri::MAX_NAME`] characters; may be empty.
    pub name: String,
    /// Why.
    pub reason: OtpauthError,
}

/// Why a text is not accepted as a transfer code. Contains none of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TransferCodeError {
    /// Some other text.
    #[error("not a migration URI")]
    NotTransferCode,
    /// `data` is missing, or is not a valid message.
    #[error("malformed migration data")]
    Malformed,
    /// The message is valid but has no accounts.
    #[error("no account in it")]
    Empty,
}

/// A longer text is refused, in bytes: no QR code is that long.
const MAX_TEXT: usize = 16 * 1024;

impl TransferCode {
    /// Parses a transfer code as Google Authenticator and other apps write it: `data` with or without padding, in the standard
    /// or the URL-safe alphabet, percent-encoded once, twice or not at all.
    ///
    /// # Errors
    /// Every [`TransferCodeError`].
    pub fn parse(text: &str) -> Result<Self, TransferCodeError> {
        let text = text.trim();
        let (scheme, rest) = text.split_once(':').unwrap_or_default();
        if !scheme.eq_ignore_ascii_case("otpauth-migration") {
            return Err(TransferCodeError::NotTransferCode);
        }
        if text.len() > MAX_TEXT {
            return Err(TransferCodeError::Malformed);
        }
        let (_, query) = rest.split_once('?').ok_or(TransferCodeError::Malformed)?;
        let data = query
            .split('&')
            .find_map(|parameter| parameter.strip_prefix("data="))
            .ok_or(TransferCodeError::Malformed)?;
        let bytes = Zeroizing::new(decode(data).ok_or(TransferCodeError::Malformed)?);
        let mut payload = Payload::decode(&**bytes).map_err(|_| TransferCodeError::Malformed)?;
        let position = payload.position().ok_or(TransferCodeError::Malformed)?;
        let accounts: Vec<_> = payload.accounts.drain(..).map(account::convert).collect();
        if accounts.is_empty() {
            return Err(TransferCodeError::Empty);
        }
        Ok(Self {
            accounts,
            position,
            payload_hash: PayloadHash::of(&bytes),
        })
    }
}

/// Decodes base64 as apps write it. `+` may have become a space by form encoding.
fn decode(data: &str) -> Option<Vec<u8>> {
    let mut text = Zeroizing::new(data.to_owned());
    // At most twice: base64 contains no percent sign.
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
    lenient_base64().decode(standard.as_bytes()).ok()
}

/// Base64 that ignores trailing bits.
fn lenient_base64() -> data_encoding::Encoding {
    let mut specification: Specification = BASE64_NOPAD.specification();
    specification.check_trailing_bits = false;
    specification.encoding().unwrap_or(BASE64_NOPAD)
}
