//! Properties that must hold for any input, one function per parser.
//!
//! Each function panics if its parser violates the property. `fuzz/libfuzzer` calls them with generated inputs
//! (`make fuzz`); `tests/replay.rs` calls them with every file in `fuzz/corpus`, on a stable compiler (`make test`).

mod base32;
mod entries;
mod migration;
mod otpauth;
mod picture;
mod vault_header;
mod vault_open;
mod wire;

pub use base32::base32;
pub use entries::entries;
pub use migration::migration;
pub use otpauth::otpauth;
pub use picture::picture;
pub use vault_header::vault_header;
pub use vault_open::{GOLDEN, vault_open};
pub use wire::wire;

/// A function that takes any bytes.
pub type Target = fn(&[u8]);

/// All functions, each with the name of its corpus.
pub const TARGETS: [(&str, Target); 8] = [
    ("base32", base32),
    ("entries", entries),
    ("migration", migration),
    ("otpauth", otpauth),
    ("picture", picture),
    ("vault_header", vault_header),
    ("vault_open", vault_open),
    ("wire", wire),
];
