use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Algorithm, Kind, WireError};

/// What is typed on the "by hand" screen, but for the secret, which travels as an argument of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ManualEntry {
    /// `totp`, `hotp` or `steam`.
    pub kind: Kind,
    /// The issuer.
    pub issuer: String,
    /// The account name.
    pub account: String,
    /// The hash.
    pub algorithm: Algorithm,
    /// 6 to 10.
    pub digits: u8,
    /// 1 to 3600 seconds.
    pub period: u32,
    /// The next counter in decimal.
    pub counter: String,
}

/// How a typed secret is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Alphabet {
    /// Letters and the digits 2 to 7, the usual one.
    Base32,
    /// Digits and the letters A to F.
    Hex,
    /// Letters in both cases, digits and two signs; for Steam only.
    Base64,
}

/// What the values on the "by hand" screen are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum ManualEntryResult {
    /// They were read. One draft, unless a transfer code was typed in place of the secret.
    Read {
        /// What can be saved.
        read: ScanResult,
    },
    /// The secret is valid in several alphabets: ask the user, then send it again with the one that they choose.
    Ambiguous {
        /// The alphabets, the usual one first.
        alphabets: Vec<Alphabet>,
    },
}

/// Whether a draft is known already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Duplicate {
    /// Nothing like it is there.
    New,
    /// The same secret under the same name is there: saving would double it.
    Same {
        /// The entry that is there.
        id: String,
    },
    /// The same secret is there under another name.
    SameSecret {
        /// The entry that is there.
        id: String,
        /// Its issuer.
        issuer: String,
        /// Its account name.
        account: String,
    },
    /// Another secret is there under the same name: services issue a new one at each enrolment.
    SameName {
        /// The entry that is there.
        id: String,
    },
}

/// What the confirmation screen points out. Nothing here refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Warning {
    /// The secret is shorter than the 128 bits of RFC 4226.
    ShortSecret,
    /// The counter was not given and starts at 0.
    CounterMissing,
    /// The issuer in the label differs from the parameter; the parameter was taken.
    IssuerDiffers,
    /// Looks like a Steam entry but says six digits.
    MaybeSteam,
    /// The secret has a length that base32 does not give: the link may have been cut short.
    SecretLength,
    /// The link was broken over lines, which were joined.
    LinesJoined,
    /// The issuer's name mixes scripts, such as Latin and Cyrillic: it may look like another name.
    MixedScripts,
    /// The typed secret was read as hexadecimal.
    SecretHex,
    /// The typed secret was read as base64.
    SecretBase64,
}

/// What was read and could be saved. Held in the core until saved or discarded; sealed while the vault is locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Names the draft in `save_draft` and `discard_draft`.
    pub draft_id: String,
    /// What its key will do.
    pub kind: Kind,
    /// The issuer.
    pub issuer: String,
    /// The account name.
    pub account: String,
    /// The hash.
    pub algorithm: Algorithm,
    /// How many characters its code has.
    pub digits: u8,
    /// The period in seconds; time-based only.
    pub period: Option<u32>,
    /// The next counter in decimal; counter-based only.
    pub counter: Option<String>,
    /// The length of the secret in bits.
    pub secret_bits: u32,
    /// Whether it is known already.
    pub duplicate: Duplicate,
    /// What to point out.
    pub warnings: Vec<Warning>,
}

/// What the confirmation screen can change before saving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DraftChanges {
    /// The issuer.
    pub issuer: String,
    /// The account name.
    pub account: String,
}

/// The entry is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedEntry {
    /// The entry's id.
    pub id: String,
}

/// Several entries are on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedEntries {
    /// Their ids, in the order in which they were added.
    pub ids: Vec<String>,
}

/// A series of transfer codes, of which some may not be read yet; a single one is a series, too.
///
/// Transfers whose codes do not say which one they belong to can be mixed in one series: then all of them are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// How many codes were read.
    pub read: u32,
    /// How many there are.
    pub size: u32,
    /// The places of those that are missing, from 1.
    pub missing: Vec<u32>,
    /// The places, from 1, that were read with different contents: codes of several transfers are mixed.
    pub mixed: Vec<u32>,
}

/// What a text, a picture or a frame held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScanResult {
    /// What can be saved. What was held already has the id that it had.
    pub drafts: Vec<Draft>,
    /// Codes that were read and refused, each with its reason; an account of a transfer code with its `name`.
    pub errors: Vec<WireError>,
    /// After a transfer code: the state of every series, in the order in which they were begun. What the other codes held is
    /// still held.
    pub batches: Vec<Batch>,
}

/// What a lock interrupted: handed back once, after the vault is open again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RestoredState {
    /// What `save_ui_state` kept last: the screen, and what was typed on it.
    pub ui_state: Option<String>,
    /// What was read and not saved yet.
    pub drafts: Vec<Draft>,
    /// The series that were being read.
    pub batches: Vec<Batch>,
}

/// What the core's own camera has to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "event", content = "data")]
pub enum CameraEvent {
    /// The camera is open; previews follow on their channel.
    Opened,
    /// A code was read.
    Read(ScanResult),
    /// The camera cannot be used (denied, absent, busy, unplugged).
    Failed(WireError),
}
