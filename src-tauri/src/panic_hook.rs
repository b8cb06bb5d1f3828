//! Panics: the message is never printed, and a command that panics returns an error.

use std::io::Write;
use std::panic::{self, AssertUnwindSafe};

use trousseau_wire::ErrorCode;

use crate::error::Result;

/// Makes panics print their source location only. A panic message may quote a secret, such as a text that could not be
/// parsed or a compared key. (`trousseau_scan` prints nothing for the panics that it catches.)
pub fn install() {
    panic::set_hook(Box::new(|info| {
        let mut out = std::io::stderr();
        // Standard error may be closed, which must not cause another panic.
        let _ = match info.location() {
            Some(place) => writeln!(out, "panicked at {place}"),
            None => writeln!(out, "panicked"),
        };
    }));
}

/// The result of `work`, or `Internal` if it panicked: the page waits for an answer.
pub fn catch_panic<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(ErrorCode::Internal.into()))
}
