use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The kind of an entry: what its key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// Time-based code (RFC 6238).
    Totp,
    /// Counter-based code (RFC 4226).
    Hotp,
    /// Steam Guard code.
    Steam,
    /// A list of issued codes, each valid once.
    Issued,
    /// A code that the service sends in a message.
    Message,
    /// Imported and kept, but no code is computed.
    Other,
    /// Damaged: it cannot be read, is kept as it is, and can only be deleted.
    Damaged,
}

/// The hash function of the HMAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "UPPERCASE")]
pub enum Algorithm {
    /// HMAC-SHA-1, which almost every service uses.
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Sort {
    /// As the user arranged them.
    #[default]
    Manual,
    /// By issuer, then account.
    Name,
    /// Most used first.
    MostUsed,
    /// Most recently used first.
    Recent,
}

/// Which section of the list to return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListRequest {
    /// The search text; empty for all entries.
    pub query: String,
    /// The order.
    pub sort: Sort,
    /// A group's id; `None` for all entries.
    pub group: Option<String>,
    /// True for the trash instead.
    pub trash: bool,
    /// The index of the first row, from 0.
    pub offset: u32,
    /// How many rows, at most 100.
    pub limit: u32,
    /// The id of an entry whose index is wanted.
    pub index_of: Option<String>,
}

/// A matched part of a text, in UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// The first unit.
    pub start: u32,
    /// One after the last unit.
    pub end: u32,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListRow {
    /// The entry's id (UUID).
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// The issuer; may be empty.
    pub issuer: String,
    /// The account name; may be empty.
    pub account: String,
    /// Whether it is a favourite; favourites come first.
    pub favourite: bool,
    /// The slug of the chosen icon. `None`: the icon of the issuer, if there is one. `"none"`: the first letter of the name.
    pub icon: Option<String>,
    /// How many characters its code has, for the placeholder; 0 if there is no code.
    pub digits: u8,
    /// The matches of the search in the issuer.
    pub issuer_matches: Vec<Span>,
    /// The matches of the search in the account name.
    pub account_matches: Vec<Span>,
    /// Days until it is permanently deleted, rounded up; only in the trash.
    pub days_left: Option<u32>,
}

/// A group of entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// The group's id (UUID).
    pub id: String,
    /// The name that the user gave it.
    pub name: String,
    /// How many entries it has outside the trash.
    pub count: u32,
}

/// Where an entry is moved, relative to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Placement {
    /// Directly before it.
    Before,
    /// Directly after it.
    After,
}

/// A section of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListPage {
    /// Increases with every change of the entries.
    pub revision: u32,
    /// How many rows match the request in total.
    pub count: u32,
    /// How many of them are favourites; those come first.
    pub favourites: u32,
    /// How many entries there are outside the trash, damaged ones included.
    pub total: u32,
    /// How many entries are damaged.
    pub damaged: u32,
    /// How many entries are in the trash.
    pub trashed: u32,
    /// All groups, in the order of their creation.
    pub groups: Vec<Group>,
    /// The rows from `offset`.
    pub rows: Vec<ListRow>,
    /// The index of the entry `index_of` among all matching rows, from 0; `None` if it does not match.
    pub index: Option<u32>,
}

/// Names a code of an entry, so that exactly the code on the screen is copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "by")]
pub enum CodeRef {
    /// A time-based code, by the start of its time step.
    #[serde(rename_all = "camelCase")]
    Time {
        /// Unix time in ms.
        #[ts(type = "number")]
        valid_from_ms: u64,
    },
    /// A counter-based code, by its counter in decimal.
    Counter {
        /// The counter.
        counter: String,
    },
}

/// The current code of an entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RevealedCode {
    /// The entry's id.
    pub id: String,
    /// The code without grouping; `None` for a counter-based entry until its counter is advanced.
    pub code: Option<String>,
    /// Names this code; `None` if there is no code.
    pub code_ref: Option<CodeRef>,
    /// Start of its time step (Unix time in ms); time-based only.
    #[ts(type = "number | null")]
    pub valid_from_ms: Option<u64>,
    /// End of its time step (Unix time in ms), the first moment when it is no longer valid.
    #[ts(type = "number | null")]
    pub valid_until_ms: Option<u64>,
    /// The code of the next time step.
    pub next: Option<String>,
    /// The core's time at the answer (Unix time in ms), from which the page counts.
    #[ts(type = "number")]
    pub now_ms: u64,
}

/// The drawing of a QR code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QrDrawing {
    /// Width and height in modules, including the quiet zone.
    pub size: u32,
    /// The dark modules, as SVG path data in modules.
    pub path: String,
}

/// The answer to copying a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Copied {
    /// Seconds until it is cleared from the clipboard; 0 for never.
    pub clears_after_s: u32,
}

/// All the metadata of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EntryDetails {
    /// The entry's id.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// The issuer.
    pub issuer: String,
    /// The account name.
    pub account: String,
    /// The user's note.
    pub note: String,
    /// Whether it is a favourite; favourites come first.
    pub favourite: bool,
    /// The ids of its groups.
    pub groups: Vec<String>,
    /// Its icon, as in [`ListRow`].
    pub icon: Option<String>,
    /// The hash function; `None` if no code is computed.
    pub algorithm: Option<Algorithm>,
    /// How many characters its code has.
    pub digits: u8,
    /// The period in seconds; time-based only.
    pub period: Option<u32>,
    /// The next counter in decimal; counter-based only.
    pub counter: Option<String>,
    /// The length of the secret in bits.
    pub secret_bits: u32,
    /// When it was added (Unix time in ms).
    #[ts(type = "number")]
    pub created_ms: u64,
    /// When it was last changed (Unix time in ms).
    #[ts(type = "number")]
    pub modified_ms: u64,
    /// When its code was last shown (Unix time in ms).
    #[ts(type = "number | null")]
    pub last_used_ms: Option<u64>,
    /// How often its code was shown.
    pub use_count: u32,
    /// When it was moved to the trash (Unix time in ms).
    #[ts(type = "number | null")]
    pub trashed_ms: Option<u64>,
}

/// What can be read of a damaged entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DamagedEntryDetails {
    /// Its id, or one that replaces an unreadable id.
    pub id: String,
    /// The issuer; empty if it cannot be read.
    pub issuer: String,
    /// The account name; empty if it cannot be read.
    pub account: String,
    /// The name of the field that cannot be read; `None` if something else is wrong.
    pub field: Option<String>,
}

/// What the edit screen changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EntryChanges {
    /// The issuer.
    pub issuer: String,
    /// The account name.
    pub account: String,
    /// The user's note.
    pub note: String,
    /// Whether it is a favourite; favourites come first.
    pub favourite: bool,
    /// Its icon, as in [`ListRow`].
    pub icon: Option<String>,
}
