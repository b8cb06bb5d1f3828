use std::collections::BTreeMap;

use trousseau_otp::{OtpParams, Secret};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    EditError, Fields, GroupId, Position, Renewal, TRASH_MS, raw::RawFields, search::SearchText,
};

/// Names an entry for as long as it lives, on every device.
pub type EntryId = Uuid;

/// The most characters of an issuer, an account name or a group's name.
pub const MAX_NAME_CHARS: usize = 1024;

/// The most characters of a note.
pub const MAX_NOTE_CHARS: usize = 16_384;

/// A new random id (UUID version 4). The only randomness of this crate.
pub(crate) fn generate_id() -> Uuid {
    Uuid::new_v4()
}

/// One registered credential of the user.
///
/// Read through [`Entries`](crate::Entries), which is the only one to change it. It holds a secret, so it has neither
/// `Debug` nor `Serialize`.
#[derive(Clone, PartialEq)]
pub struct Entry {
    /// Its name across devices and edits.
    pub id: EntryId,
    /// Who issued it; may be empty.
    pub issuer: String,
    /// The account name; may be empty. A label without a colon stands here whole.
    pub account: String,
    /// A free text, which may be as private as the secret.
    pub note: Zeroizing<String>,
    /// The groups it is in.
    pub groups: Vec<GroupId>,
    /// Shown before the others.
    pub favourite: bool,
    /// The name of its picture; none leaves the choice to whoever shows it.
    pub icon: Option<String>,
    /// Its place in the manual order.
    pub position: Position,
    /// How often its code was shown.
    pub use_count: u32,
    /// When its code was last shown (Unix ms).
    pub last_used: Option<u64>,
    /// When it was added (Unix ms).
    pub created: u64,
    /// When each field was last changed (Unix ms), by the field's name; none since `created` where it is absent.
    pub modified: BTreeMap<String, u64>,
    /// When it was moved to the trash (Unix ms).
    pub trashed: Option<u64>,
    /// How far it is in the list of the services to renew; none where it is not in it.
    pub renewal: Option<Renewal>,
    /// Parameters of its URI that mean nothing here, in their order; they go back out with it.
    pub extra: Vec<(String, Zeroizing<String>)>,
    /// What its key does.
    pub body: Body,
    /// The kind as it was read, where this version does not know it; `body` is then an empty [`Body::Other`].
    pub(crate) foreign_kind: Option<String>,
    /// Fields that this version does not know.
    pub(crate) unknown: RawFields,
    pub(crate) folded: Folded,
}

impl Entry {
    /// What its key does, by name.
    pub fn kind(&self) -> Kind {
        match &self.body {
            Body::Otp {
                params: OtpParams::Totp { .. },
                ..
            } => Kind::Totp,
            Body::Otp {
                params: OtpParams::Hotp { .. },
                ..
            } => Kind::Hotp,
            Body::Otp {
                params: OtpParams::Steam,
                ..
            } => Kind::Steam,
            Body::Issued { .. } => Kind::Issued,
            Body::Message { .. } => Kind::Message,
            Body::Other { .. } => Kind::Other,
        }
    }

    /// The secret and the parameters of an OTP entry; `None` for other entries.
    pub fn otp(&self) -> Option<(&Secret, &OtpParams)> {
        match &self.body {
            Body::Otp { secret, params } => Some((secret, params)),
            _ => None,
        }
    }

    /// When any of its fields was last changed (Unix ms). Usage is no change.
    pub fn modified_ms(&self) -> u64 {
        self.modified.values().copied().fold(self.created, u64::max)
    }

    /// When it may be purged (Unix ms); none outside the trash.
    pub fn expires_ms(&self) -> Option<u64> {
        self.trashed.map(|at| at.saturating_add(TRASH_MS))
    }

    /// Whether it has been in the trash for [`TRASH_MS`].
    pub fn is_expired(&self, now_ms: u64) -> bool {
        self.expires_ms().is_some_and(|at| at <= now_ms)
    }

    /// Notes that `field` changed. A clock that was set back does not make a change older than the last.
    pub(crate) fn touch(&mut self, field: &str, now_ms: u64) {
        let at = self.modified.entry(field.into()).or_insert(now_ms);
        *at = now_ms.max(*at);
    }

    pub(crate) fn refold(&mut self) {
        self.folded = Folded::of(&self.issuer, &self.account, &self.note);
    }
}

/// What an entry's key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// Kept, not computed.
    Other,
}

/// What an entry holds by its kind.
#[derive(Clone, PartialEq)]
pub enum Body {
    /// Codes computed from a secret: `totp`, `hotp`, `steam`.
    Otp {
        /// The shared secret.
        secret: Secret,
        /// How codes come from it.
        params: OtpParams,
    },
    /// Codes that the service issued.
    Issued {
        /// In the order they are to be used.
        codes: Vec<IssuedCode>,
    },
    /// A code that comes by mail or SMS.
    Message {
        /// What to look for.
        sender: String,
        /// How long a sign-in holds, in seconds.
        holds_for_s: u32,
    },
    /// What cannot be computed here; it goes back out as it came.
    Other {
        /// Where it is from.
        origin: String,
        /// What was there.
        data: Fields,
    },
}

/// A code that a service issued, good once.
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
    /// Who issued it; may be empty.
    pub issuer: String,
    /// The account name; may be empty.
    pub account: String,
    /// A free text.
    pub note: String,
    /// What its key will do.
    pub body: Body,
    /// Parameters of its URI that mean nothing here.
    pub extra: Vec<(String, String)>,
}

/// What to change in an entry; what is none stays.
#[derive(Clone, Default)]
pub struct Changes {
    /// The issuer.
    pub issuer: Option<String>,
    /// The account name.
    pub account: Option<String>,
    /// The note.
    pub note: Option<String>,
    /// Whether it is shown before the others.
    pub favourite: Option<bool>,
    /// The groups it is in.
    pub groups: Option<Vec<GroupId>>,
    /// The name of its picture; `Some(None)` takes it away.
    pub icon: Option<Option<String>>,
}

/// The searched texts, folded once.
#[derive(Clone, PartialEq)]
pub(crate) struct Folded {
    pub issuer: SearchText,
    pub account: SearchText,
    pub note: Zeroizing<SearchText>,
}

impl Folded {
    pub fn of(issuer: &str, account: &str, note: &str) -> Self {
        Self {
            issuer: SearchText::of(issuer),
            account: SearchText::of(account),
            note: Zeroizing::new(SearchText::of(note)),
        }
    }
}

/// `text` as a name, by the rule of otpauth URIs, if it is not too long.
///
/// # Errors
///
/// Longer than [`MAX_NAME_CHARS`].
pub(crate) fn clean_name(text: &str) -> Result<String, EditError> {
    let text = trousseau_otp::clean_name(text);
    within(&text, MAX_NAME_CHARS)?;
    Ok(text)
}

/// Refuses a new name that holds a link: its secret would be shown and searched.
///
/// # Errors
///
/// [`EditError::HoldsLink`].
pub(crate) fn check_link(name: &str) -> Result<(), EditError> {
    if trousseau_otp::contains_link(name) {
        Err(EditError::HoldsLink)
    } else {
        Ok(())
    }
}

/// `text`, trimmed; it may have several lines.
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

    assert_not_impl_any!(Folded: Debug, Display, Serialize);
}
