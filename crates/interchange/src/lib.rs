//! Reads what other authenticator apps export: one module a format. No I/O and no clock.
//!
//! So far only the transfer codes of Google Authenticator ([`google`]).

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod google;
