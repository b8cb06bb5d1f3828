//! The protobuf messages of Google Authenticator. Other fields are ignored.

use prost::Message;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::BatchPosition;

/// A larger batch is refused: nobody scans so many codes.
const MAX_BATCH_SIZE: i32 = 1000;

/// `MigrationPayload`: the contents of one transfer code.
#[derive(Clone, PartialEq, Message)]
#[prost(skip_debug)]
pub struct Payload {
    #[prost(message, repeated, tag = "1")]
    pub accounts: Vec<OtpParameters>,
    #[prost(int32, tag = "3")]
    pub batch_size: i32,
    #[prost(int32, tag = "4")]
    pub batch_index: i32,
    #[prost(int32, tag = "5")]
    pub batch_id: i32,
}

#[derive(Clone, PartialEq, Message, Zeroize, ZeroizeOnDrop)]
#[prost(skip_debug)]
pub struct OtpParameters {
    /// Raw bytes, not base32.
    #[prost(bytes = "vec", tag = "1")]
    pub secret: Vec<u8>,
    #[prost(string, tag = "2")]
    pub name: String,
    #[prost(string, tag = "3")]
    pub issuer: String,
    /// 0 unspecified, 1 SHA1, 2 SHA256, 3 SHA512, 4 MD5.
    #[prost(int32, tag = "4")]
    pub algorithm: i32,
    /// 0 unspecified, 1 six, 2 eight.
    #[prost(int32, tag = "5")]
    pub digits: i32,
    /// 0 unspecified, 1 HOTP, 2 TOTP.
    #[prost(int32, tag = "6")]
    pub kind: i32,
    #[prost(int64, tag = "7")]
    pub counter: i64,
}

impl Payload {
    /// `None` if the index is not below the size, or the batch is too large. Without these fields the batch has one code.
    pub fn position(&self) -> Option<BatchPosition> {
        let size = self.batch_size.max(1);
        (size <= MAX_BATCH_SIZE && (0..size).contains(&self.batch_index)).then_some(BatchPosition {
            batch_id: self.batch_id,
            index: self.batch_index as u32,
            size: size as u32,
        })
    }
}
