use std::collections::BTreeMap;

use trousseau_otp::{OtpParams, Secret};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    EditError, FractionalIndex, GroupId, NewSecretState, RawJsonObject, TRASH_MS, raw::RawFields,
    search::SearchText,
};

/// The id of an entry, the same on every device and after edits.
pub type EntryId = Uuid;

/// The longest issuer, account name or group name, in characters.
pub const MAX_NAME_CHARS: usize = 1024;

/// The longest note, in characters.
pub const MAX_NOTE_CHARS: usize = 16_384;

/// A new random id (UUID version 4). The only randomness of this crate.
pub(crate) fn generate_id() -> Uuid {
    Uuid::new_v4()
}

/// One registered credential of the user.
///
/// Only [`VaultData`](crate::VaultData) changes it. It contains a secret, so it has neither `Debug` nor `Serialize`.
#[derive(Clone, PartialEq)]
pub struct Entry {
    /// The id.
    pub id: EntryId,
    /// The issuer; may be empty.
    pub issuer: String,
    /// The account name; may be empty. For a URI label without a colon, the whole label.
    pub account: String,
    /// The user's note, which may be as private as the secret.
    pub note: Zeroizing<String>,
    /// The groups it is in.
    pub groups: Vec<GroupId>,
    /// Whether it is listed before the others.
    pub favourite: bool,
    /// The name of its icon; `None` lets the UI choose one.
    pub icon: Option<String>,
    /// Its position in the manual order.
    pub position: FractionalIndex,
    /// How often its code was shown.
    pub use_count: u32,
    /// When its code was last shown (Unix ms).
    pub last_used: Option<u64>,
    /// When it was added (Unix ms).
    pub created: u64,
    /// When each field was last changed (Unix ms), by field name. A field that is absent was not changed since `created`.
    pub modified: BTreeMap<String, u64>,
    /// When it was moved to the trash (Unix ms).
    pub trashed: Option<u64>,
    /// Its state in the list of services to renew; `None` if it is not in the list.
    pub new_secret: Option<NewSecretState>,
    /// Parameters of its URI that this app does not use, in their order; they are exported again.
    pub unknown_params: Vec<(String, Zeroizing<String>)>,
    /// The data that its kind has.
    pub content: EntryContent,
    /// The kind, if this version does not know it; `content` is then an empty [`EntryContent::Other`].
    pub(crate) unknown_kind: Option<String>,
    /// Fields that this version does not know.
    pub(crate) unknown: RawFields,
    pub(crate) search_texts: SearchTexts,
}

impl Entry {
    /// The kind.
    pub fn kind(&self) -> Kind {
        match &self.content {
            EntryContent::Otp {
                params: OtpParams::Totp { .. },
                ..
            } => Kind::Totp,
            EntryContent::Otp {
                params: OtpParams::Hotp { .. },
                ..
            } => Kind::Hotp,
            EntryContent::Otp {
                params: OtpParams::Steam,
                ..
            } => Kind::Steam,
            EntryContent::Issued { .. } => Kind::Issued,
            EntryContent::Message { .. } => Kind::Message,
            EntryContent::Other { .. } => Kind::Other,
        }
    }

    /// The secret and the parameters of an OTP entry; `None` for other entries.
    pub fn otp(&self) -> Option<(&Secret, &OtpParams)> {
        match &self.content {
            EntryContent::Otp { secret, params } => Some((secret, params)),
            _ => None,
        }
    }

    /// When any field was last changed (Unix ms). Usage does not count.
    pub fn modified_ms(&self) -> u64 {
        self.modified.values().copied().fold(self.created, u64::max)
    }

    /// When it may be purged (Unix ms); `None` outside the trash.
    pub fn purge_at_ms(&self) -> Option<u64> {
        self.trashed.map(|at| at.saturating_add(TRASH_MS))
    }

    /// Whether it was in the trash for [`TRASH_MS`] at `now_ms`.
    pub fn is_expired(&self, now_ms: u64) -> bool {
        self.purge_at_ms().is_some_and(|at| at <= now_ms)
    }

    /// Records that `field` was changed. The time never decreases, even if the clock was set back.
    pub(crate) fn mark_modified(&mut self, field: &str, now_ms: u64) {
        let at = self.modified.entry(field.into()).or_insert(now_ms);
        *at = now_ms.max(*at);
    }

    pub(crate) fn reindex(&mut self) {
        self.search_texts = SearchTexts::of(&self.issuer, &self.account, &self.note);
    }
}

/// The kind of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Time-based code (RFC 6238).
    Totp,
    /// Counter-based code (RFC 4226).
    Hotp,
    /// Steam Guard code.
    Steam,
    /// A list of issued codes, each valid once.
    Issued,
    /// A code that comes in a message.
    Message,
    /// Kept and exported, but not computed.
    Other,
}

/// The data of an entry that depends on its kind.
#[derive(Clone, PartialEq)]
pub enum EntryContent {
    /// Codes computed from a secret: `totp`, `hotp`, `steam`.
    Otp {
        /// The shared secret.
        secret: Secret,
        /// The parameters of its codes.
        params: OtpParams,
    },
    /// Codes that the service issued.
    Issued {
        /// The codes in the order of their use.
        codes: Vec<IssuedCode>,
    },
    /// A code that comes by mail or SMS.
    Message {
        /// The sender to look for.
        sender: String,
        /// How long a sign-in is valid, in seconds.
        holds_for_s: u32,
    },
    /// Data that this app cannot compute codes from; it is exported unchanged.
    Other {
        /// The app or format that it is from.
        origin: String,
        /// The original fields.
        data: RawJsonObject,
    },
}

/// A code that a service issued, valid once.
#[derive(Clone, PartialEq)]
pub struct IssuedCode {
    /// The code.
    pub code: Zeroizing<String>,
    /// When it was marked as used (Unix ms).
    pub used_at: Option<u64>,
    /// Fields that this version does not know.
    pub(crate) unknown: RawFields,
}

impl IssuedCode {
    /// A code that was not used yet.
    pub fn new(code: String) -> Self {
        Self {
            code: Zeroizing::new(code),
            used_at: None,
            unknown: RawFields::default(),
        }
    }
}

/// An entry to be added.
pub struct NewEntry {
    /// The issuer; may be empty.
    pub issuer: String,
    /// The account name; may be empty.
    pub account: String,
    /// The user's note.
    pub note: String,
    /// The data that its kind has.
    pub content: EntryContent,
    /// Parameters of its URI that this app does not use.
    pub unknown_params: Vec<(String, String)>,
}

/// The fields of an entry to change; `None` leaves a field unchanged.
#[derive(Clone, Default)]
pub struct EntryPatch {
    /// The issuer.
    pub issuer: Option<String>,
    /// The account name.
    pub account: Option<String>,
    /// The note.
    pub note: Option<String>,
    /// Whether it is listed before the others.
    pub favourite: Option<bool>,
    /// The groups it is in.
    pub groups: Option<Vec<GroupId>>,
    /// The name of its icon; `Some(None)` removes it.
    pub icon: Option<Option<String>>,
}

/// The folded texts of an entry that are searched.
#[derive(Clone, PartialEq)]
pub(crate) struct SearchTexts {
    pub issuer: SearchText,
    pub account: SearchText,
    pub note: Zeroizing<SearchText>,
}

impl SearchTexts {
    pub fn of(issuer: &str, account: &str, note: &str) -> Self {
        Self {
            issuer: SearchText::of(issuer),
            account: SearchText::of(account),
            note: Zeroizing::new(SearchText::of(note)),
        }
    }
}

/// `text` cleaned like names in otpauth URIs.
///
/// # Errors
///
/// Longer than [`MAX_NAME_CHARS`].
pub(crate) fn clean_name(text: &str) -> Result<String, EditError> {
    let text = trousseau_otp::clean_name(text);
    within(&text, MAX_NAME_CHARS)?;
    Ok(text)
}

/// Refuses a name that contains a link, because its secret would be shown and searched.
///
/// # Errors
///
/// [`EditError::ContainsLink`].
pub(crate) fn refuse_link(name: &str) -> Result<(), EditError> {
    if trousseau_otp::contains_link(name) {
        Err(EditError::ContainsLink)
    } else {
        Ok(())
    }
}

/// `text` trimmed; it may have several lines.
///
/// # Errors
///
/// Longer than [`MAX_NOTE_CHARS`].
pub(crate) fn clean_note(text: &str) -> Result<Zeroizing<String>, EditError> {
    within(text.trim(), MAX_NOTE_CHARS).map(|text| Zeroizing::new(text.into()))
}

fn within(text: &str, max: usize) -> Result<&str, EditError> {
    match text.chars().nth(max) {
        Some(_) => Err(EditError::FieldTooLong { max }),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use serde::Serialize;
    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(SearchTexts: Debug, Display, Serialize);
}
