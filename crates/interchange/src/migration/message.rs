//! The message inside, field by field as Google Authenticator numbers them. What is not named here is skipped.

use prost::Message;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::Place;

/// More codes than anybody scans: a series that says so is none.
const SIZE_MAX: i32 = 1000;

#[derive(Clone, PartialEq, Message)]
#[prost(skip_debug)]
pub struct Payload {
    #[prost(message, repeated, tag = "1")]
    pub accounts: Vec<Parameters>,
    #[prost(int32, tag = "3")]
    pub batch_size: i32,
    #[prost(int32, tag = "4")]
    pub batch_index: i32,
    #[prost(int32, tag = "5")]
    pub batch_id: i32,
}

#[derive(Clone, PartialEq, Message, Zeroize, ZeroizeOnDrop)]
#[prost(skip_debug)]
pub struct Parameters {
    /// As they are, not base32.
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
    /// None where the numbers contradict each other. A code without them stands alone.
    pub fn place(&self) -> Option<Place> {
        let size = self.batch_size.max(1);
        (size <= SIZE_MAX && (0..size).contains(&self.batch_index)).then_some(Place {
            series: self.batch_id,
            index: self.batch_index as u32,
            size: size as u32,
        })
    }
}
