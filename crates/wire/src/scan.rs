use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Algorithm, Kind, WireError};

/// The fields of manual entry, except the secret, which is an argument of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ManualEntry {
    /// `totp`, `hotp` or `steam`.
    pub kind: Kind,
    /// The issuer.
    pub issuer: String,
    /// The account name.
    pub account: String,
    /// The hash function.
    pub algorithm: Algorithm,
    /// 6 to 10.
    pub digits: u8,
    /// 1 to 3600 seconds.
    pub period: u32,
    /// The next counter in decimal.
    pub counter: String,
}

/// The alphabet of a typed secret (RFC 4648).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Alphabet {
    /// Letters and the digits 2 to 7: the usual one.
    Base32,
    /// Digits and the letters A to F.
    Hex,
    /// Letters in both cases, digits, and two more characters; for Steam only.
    Base64,
}

/// The result of manual entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum ManualEntryResult {
    /// The values are valid. One draft, unless the user typed a transfer code instead of a secret.
    Read {
        /// What can be saved.
        read: ScanResult,
    },
    /// The secret is valid in several alphabets: ask the user, then send it again with the chosen one.
    Ambiguous {
        /// The alphabets, the usual one first.
        alphabets: Vec<Alphabet>,
    },
}

/// Whether the vault already holds an entry like this draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Duplicate {
    /// There is no such entry.
    New,
    /// An entry with the same secret and the same names: saving would duplicate it.
    Same {
        /// The id of that entry.
        id: String,
    },
    /// An entry with the same secret and other names.
    SameSecret {
        /// The id of that entry.
        id: String,
        /// Its issuer.
        issuer: String,
        /// Its account name.
        account: String,
    },
    /// An entry with the same names and another secret, because services issue a new secret at each enrolment.
    SameName {
        /// The id of that entry.
        id: String,
    },
}

/// A warning about a draft, which can be saved all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Warning {
    /// The secret is shorter than the 128 bits of RFC 4226.
    ShortSecret,
    /// The counter is missing, so it starts at 0.
    CounterMissing,
    /// The issuer in the label differs from the parameter, which is used.
    IssuerDiffers,
    /// It looks like a Steam entry, but has six digits.
    MaybeSteam,
    /// The secret has a length that is impossible in base32: the link may be truncated.
    SecretLength,
    /// The link was split over several lines, which were joined.
    LinesJoined,
    /// The issuer mixes scripts, such as Latin and Cyrillic, so it may imitate another name.
    MixedScripts,
    /// The typed secret was read as hexadecimal.
    SecretHex,
    /// The typed secret was read as base64.
    SecretBase64,
}

/// An entry that was read and can be saved. The core keeps it until it is saved or discarded, sealed while the vault is locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// The id for `save_draft` and `discard_draft`.
    pub draft_id: String,
    /// The kind of the entry.
    pub kind: Kind,
    /// The issuer.
    pub issuer: String,
    /// The account name.
    pub account: String,
    /// The hash function.
    pub algorithm: Algorithm,
    /// How many characters its code has.
    pub digits: u8,
    /// The period in seconds; time-based only.
    pub period: Option<u32>,
    /// The next counter in decimal; counter-based only.
    pub counter: Option<String>,
    /// The length of the secret in bits.
    pub secret_bits: u32,
    /// Whether the vault already holds it.
    pub duplicate: Duplicate,
    /// Warnings about it.
    pub warnings: Vec<Warning>,
}

/// What the user can change before saving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DraftChanges {
    /// The issuer.
    pub issuer: String,
    /// The account name.
    pub account: String,
}

/// The answer to saving a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedEntry {
    /// The entry's id.
    pub id: String,
}

/// The answer to saving several drafts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedEntries {
    /// The entries' ids, in the order in which they were added.
    pub ids: Vec<String>,
}

/// A batch of transfer codes, of which some may still be missing. A single code is a batch, too.
///
/// Codes without a batch id of several transfers can get into one batch; then they are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// How many codes were read.
    pub read: u32,
    /// How many codes it has.
    pub size: u32,
    /// The positions of the missing codes, from 1.
    pub missing: Vec<u32>,
    /// The positions, from 1, that were read with different contents, so codes of several transfers are mixed.
    pub mixed: Vec<u32>,
}

/// What was found in a text, a picture or a camera frame.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScanResult {
    /// What can be saved. A draft that the core already has keeps its id.
    pub drafts: Vec<Draft>,
    /// The errors of codes that cannot be saved. That of an account in a transfer code has its `name`.
    pub errors: Vec<WireError>,
    /// After a transfer code: the state of every batch, in the order in which they were begun. The drafts of the other codes
    /// are kept.
    pub batches: Vec<Batch>,
}

/// What a lock interrupted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RestoredState {
    /// The text of the last `save_ui_state`: the open screens, and what was typed there.
    pub ui_state: Option<String>,
    /// The drafts that are not saved yet.
    pub drafts: Vec<Draft>,
    /// The batches that are not complete yet.
    pub batches: Vec<Batch>,
}

/// An event of the camera that the core reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "event", content = "data")]
pub enum CameraEvent {
    /// The camera is open. Previews follow on their channel.
    Opened,
    /// A code was read.
    Read(ScanResult),
    /// The camera cannot be used: denied, absent, busy, or unplugged.
    Failed(WireError),
}
