//! One-time codes from shared secrets (RFC 4226, RFC 6238, Steam Guard), and the otpauth URIs that carry them.
//!
//! No I/O and no clock: time is always an argument, in Unix seconds.
//!
//! ```
//! let key = trousseau_otp::KeyUri::parse("otpauth://totp/Bank:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8")?;
//! assert_eq!((&*key.issuer, &*key.account), ("Bank", "jane"));
//!
//! let now = key.params.at(&key.secret, 59).expect("a time-based code");
//! assert_eq!(now.code.as_str(), "94287082");
//! assert_eq!((now.time_step.from, now.time_step.until), (30, 60));
//! # Ok::<(), trousseau_otp::OtpauthError>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod characters;
mod check;
mod clock_offset;
mod code;
mod name;
mod params;
mod secret;
mod time_step;
mod uri;

pub use check::{CodeCheck, Mistyped, check_codes};
pub use clock_offset::ClockOffset;
pub use code::{Code, hotp, steam, totp};
pub use name::{clean_name, contains_link, mixes_scripts};
pub use params::{Algorithm, Digits, OtpParams, OutOfRange, Period};
pub use secret::{Alphabet, Reading, Secret, SecretError, parse_typed_secret};
pub use time_step::{TimeStep, TimedCode};
pub use uri::{KeyUri, Link, OtpauthError, Source, UriWarning, find_links, parse_number};
