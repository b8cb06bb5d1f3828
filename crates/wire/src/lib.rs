//! The types that the Rust core and the page exchange.
//!
//! Plain data. This crate depends on no crate with a secret type, so no answer can contain one. A secret that the
//! user types is an argument of its own, and the recovery words are the only secret that is shown.
//! TypeScript types and limits are generated from this crate ([`typescript`]) and committed.

mod diagnosis;
mod entry;
mod error;
mod keys;
mod limits;
mod scan;
mod session;
mod settings;

pub use diagnosis::*;
pub use entry::*;
pub use error::*;
pub use keys::*;
pub use limits::*;
pub use scan::*;
pub use session::*;
pub use settings::*;

use ts_rs::{Config, TS};

/// Declares all wire types once, in the order of the TypeScript file.
macro_rules! contract {
    ($($name:ty),* $(,)?) => {
        /// The whole TypeScript file `ui/src/ipc/wire.ts`.
        pub fn typescript() -> String {
            let config = Config::default();
            let mut text = String::from(
                "// Generated from crates/wire by `make wire`. Do not edit.\n",
            );
            $({
                let docs = <$name as TS>::docs().unwrap_or_default();
                text.push('\n');
                text.push_str(&docs);
                text.push_str("export ");
                text.push_str(&<$name as TS>::decl(&config));
                text.push('\n');
            })*
            text.push_str(&limits::typescript());
            text
        }
    };
}

contract![
    Phase,
    Platform,
    CameraKind,
    FrameEncoding,
    Status,
    Haptic,
    CoreEvent,
    Strength,
    TypedWord,
    RecoveryWords,
    Credential,
    Biometric,
    KdfCost,
    CredentialInfo,
    VaultCredentials,
    KeepRequirement,
    CurrentCredential,
    WantedCredential,
    KeysReplaced,
    SetAsideFile,
    ChecklistItem,
    Kind,
    Algorithm,
    Sort,
    ListRequest,
    Span,
    ListRow,
    Group,
    Placement,
    ListPage,
    RevealedCode,
    CodeRef,
    Copied,
    QrDrawing,
    Mistyped,
    Diagnosis,
    EntryDetails,
    DamagedEntryDetails,
    EntryChanges,
    ManualEntry,
    Alphabet,
    Duplicate,
    Warning,
    Draft,
    DraftChanges,
    SavedEntry,
    SavedEntries,
    Batch,
    ScanResult,
    ManualEntryResult,
    RestoredState,
    CameraEvent,
    Theme,
    TextSize,
    Language,
    Appearance,
    SecuritySettings,
    ErrorCode,
    WireError,
];
