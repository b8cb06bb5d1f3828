//! What a panic says: where it was, never what about.

use std::io::Write;
use std::panic::{self, AssertUnwindSafe};

use trousseau_wire::ErrorCode;

use crate::error::Result;

/// From here on a panic prints its place alone. Its message may quote what it was about: a text that could not be read, a
/// key in a comparison. (`trousseau_scan` does not print those that it catches.)
pub fn install() {
    panic::set_hook(Box::new(|info| {
        let mut out = std::io::stderr();
        // There may be nobody to read it; that is no reason to panic again.
        let _ = match info.location() {
            Some(place) => writeln!(out, "panicked at {place}"),
            None => writeln!(out, "panicked"),
        };
    }));
}

/// What `work` answers; `Internal` where it panicked: whoever waits for an answer must get one.
pub fn catch_panic<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(ErrorCode::Internal.into()))
}
