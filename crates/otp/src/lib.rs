//! One-time codes from shared secrets (RFC 4226, RFC 6238, Steam Guard), and the otpauth URIs that carry them.
//!
//! No I/O and no clock: time is always an argument, in Unix seconds.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod code;
mod method;
mod secret;
mod uri;
mod window;

pub use code::{Code, hotp, steam, totp};
pub use method::{Algorithm, Digits, Method, OutOfRange, Period};
pub use secret::{Secret, SecretError};
pub use uri::{KeyUri, OtpauthError, UriHint};
pub use window::{TimedCode, Window};
