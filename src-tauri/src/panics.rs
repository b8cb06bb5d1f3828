//! What a panic says: where it was, never what about.

use std::io::Write;
use std::panic;

/// From here on a panic prints its place alone. Its message may quote what it was about: a text that could not be read, a
/// key in a comparison. (`trousseau_scan` keeps quiet about those it survives.)
pub fn print_places_only() {
    panic::set_hook(Box::new(|info| {
        let mut out = std::io::stderr();
        // There may be nobody to read it; that is no reason to panic again.
        let _ = match info.location() {
            Some(place) => writeln!(out, "panicked at {place}"),
            None => writeln!(out, "panicked"),
        };
    }));
}
