//! One-time codes from shared secrets (RFC 4226, RFC 6238, Steam Guard), and the otpauth URIs that carry them.
//!
//! No I/O and no clock: time is always an argument, in Unix seconds.
//!
//! ```
//! let key = trousseau_otp::KeyUri::parse("otpauth://totp/Bank:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8")?;
//! assert_eq!((&*key.issuer, &*key.account), ("Bank", "jane"));
//!
//! let now = key.method.at(&key.secret, 59).expect("a time-based method");
//! assert_eq!(now.code.as_str(), "94287082");
//! assert_eq!((now.window.from, now.window.until), (30, 60));
//! # Ok::<(), trousseau_otp::OtpauthError>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod characters;
mod clock;
mod code;
mod diagnosis;
mod method;
mod name;
mod secret;
mod uri;
mod window;

pub use clock::ClockOffset;
pub use code::{Code, hotp, steam, totp};
pub use diagnosis::{Diagnosis, Mistyped, diagnose};
pub use method::{Algorithm, Digits, Method, OutOfRange, Period};
pub use name::{clean_name, holds_link, mixes_scripts};
pub use secret::{Alphabet, Reading, Secret, SecretError, parse_typed_secret};
pub use uri::{KeyUri, Link, OtpauthError, Source, UriHint, find_links, parse_number};
pub use window::{TimedCode, Window};
