//! What other apps hand over, as entries to be: one file a format. No I/O and no clock.
//!
//! So far the transfer codes of Google Authenticator ([`migration`]).

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod migration;
