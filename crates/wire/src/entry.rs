use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an entry does when its key is touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// Time-based code (RFC 6238).
    Totp,
    /// Counter-based code (RFC 4226).
    Hotp,
    /// Steam Guard code.
    Steam,
    /// A list of codes that were issued, each good once.
    Issued,
    /// A code that comes in a message.
    Message,
    /// Imported, kept, not computed.
    Other,
    /// It cannot be read: it is kept as it is, and can only be deleted.
    Damaged,
}

/// The hash below the HMAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "UPPERCASE")]
pub enum Algorithm {
    /// HMAC-SHA-1, what almost every service uses.
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
    /// As the person put them.
    #[default]
    Manual,
    /// By issuer, then account.
    Name,
    /// Most used first.
    MostUsed,
    /// Most recently used first.
    Recent,
}

/// Which part of the list to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListRequest {
    /// What is searched; empty shows all.
    pub query: String,
    /// The order.
    pub sort: Sort,
    /// A group's id, or all groups.
    pub group: Option<String>,
    /// True lists the trash instead.
    pub trash: bool,
    /// The first row wanted, from 0.
    pub offset: u32,
    /// How many rows, at most 100.
    pub limit: u32,
    /// The id of an entry whose index is wanted.
    pub index_of: Option<String>,
}

/// A matched part of a text, in UTF-16 units: `start` included, `end` not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// First unit.
    pub start: u32,
    /// One past the last unit.
    pub end: u32,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListRow {
    /// The entry's id (UUID).
    pub id: String,
    /// What its key does.
    pub kind: Kind,
    /// The issuer; may be empty.
    pub issuer: String,
    /// The account name; may be empty.
    pub account: String,
    /// Shown before the others.
    pub favourite: bool,
    /// The slug of the icon that was chosen for it; none is the icon of its issuer where one is known, and `none`
    /// the letter of its name whatever the issuer.
    pub icon: Option<String>,
    /// How many characters its code has, for the closed row's dots; 0 where there is no code.
    pub digits: u8,
    /// What the search matched in the issuer.
    pub issuer_matches: Vec<Span>,
    /// What the search matched in the account name.
    pub account_matches: Vec<Span>,
    /// Days until it is deleted for ever, of which the last has begun at 1; in the trash only.
    pub days_left: Option<u32>,
}

/// A name under which entries are put together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// The group's id (UUID).
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// How many entries it has outside the trash.
    pub count: u32,
}

/// On which side of another entry one is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Placement {
    /// Directly before it.
    Before,
    /// Directly after it.
    After,
}

/// A window of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListPage {
    /// Rises with every change of the entries.
    pub revision: u32,
    /// How many rows the request matches in all.
    pub count: u32,
    /// How many of these are favourites; they come first.
    pub favourites: u32,
    /// How many entries there are outside the trash, those that cannot be read among them.
    pub total: u32,
    /// How many entries cannot be read.
    pub damaged: u32,
    /// How many entries are in the trash.
    pub trashed: u32,
    /// All groups, in the order they were made.
    pub groups: Vec<Group>,
    /// The rows from `offset`.
    pub rows: Vec<ListRow>,
    /// The index of the entry of `index_of` among all rows that the request matches, from 0; none where it is not
    /// among them.
    pub index: Option<u32>,
}

/// Which code is on the screen: what is copied is exactly that one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "by")]
pub enum CodeRef {
    /// A time-based code, by the start of its window.
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

/// A code, shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RevealedCode {
    /// The entry's id.
    pub id: String,
    /// The digits without grouping; none for a counter-based entry until "new code" is asked.
    pub code: Option<String>,
    /// Which code it is; none where there is no code.
    pub code_ref: Option<CodeRef>,
    /// Start of the window (Unix time in ms); time-based only.
    #[ts(type = "number | null")]
    pub valid_from_ms: Option<u64>,
    /// End of the window (Unix time in ms), the first moment it is no longer right.
    #[ts(type = "number | null")]
    pub valid_until_ms: Option<u64>,
    /// The code of the next window.
    pub next: Option<String>,
    /// The core's clock when this was made (Unix time in ms); the UI counts on from here.
    #[ts(type = "number")]
    pub now_ms: u64,
}

/// A QR code as it is drawn.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QrDrawing {
    /// Its width and height in modules, with the quiet zone.
    pub size: u32,
    /// The dark modules: the data of an SVG path in those units.
    pub path: String,
}

/// The code was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Copied {
    /// Seconds until it is taken out of the clipboard again; 0 never.
    pub clears_after_s: u32,
}

/// All the metadata of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EntryDetails {
    /// The entry's id.
    pub id: String,
    /// What its key does.
    pub kind: Kind,
    /// The issuer.
    pub issuer: String,
    /// The account name.
    pub account: String,
    /// A free text.
    pub note: String,
    /// Shown before the others.
    pub favourite: bool,
    /// The ids of the groups it is in.
    pub groups: Vec<String>,
    /// Its icon, as in a [`ListRow`].
    pub icon: Option<String>,
    /// The hash; none where no code is computed.
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

/// What is known of an entry that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DamagedEntryDetails {
    /// Its own id, or one that stands for it.
    pub id: String,
    /// The issuer; empty where it cannot be read.
    pub issuer: String,
    /// The account name; empty where it cannot be read.
    pub account: String,
    /// The name of the field that cannot be read; none where it is another fault.
    pub field: Option<String>,
}

/// What the edit screen can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EntryChanges {
    /// The issuer.
    pub issuer: String,
    /// The account name.
    pub account: String,
    /// A free text.
    pub note: String,
    /// Shown before the others.
    pub favourite: bool,
    /// Its icon, as in a [`ListRow`].
    pub icon: Option<String>,
}
