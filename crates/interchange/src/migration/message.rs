//! The message inside, field by field as Google Authenticator numbers them. What is not named here is skipped.

use prost::{Enumeration, Message};
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
    #[prost(enumeration = "Hash", tag = "4")]
    pub algorithm: i32,
    #[prost(enumeration = "DigitCount", tag = "5")]
    pub digits: i32,
    #[prost(enumeration = "Type", tag = "6")]
    pub kind: i32,
    #[prost(int64, tag = "7")]
    pub counter: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enumeration)]
#[repr(i32)]
pub enum Hash {
    /// SHA1.
    Unspecified = 0,
    Sha1 = 1,
    Sha256 = 2,
    Sha512 = 3,
    Md5 = 4,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enumeration)]
#[repr(i32)]
pub enum DigitCount {
    /// Six.
    Unspecified = 0,
    Six = 1,
    Eight = 2,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enumeration)]
#[repr(i32)]
pub enum Type {
    /// Time-based.
    Unspecified = 0,
    Hotp = 1,
    Totp = 2,
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
