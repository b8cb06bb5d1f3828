use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};
use trousseau_otp::{clean_name, contains_link};
use uuid::{Builder, Uuid};

use crate::{
    Entry, EntryId, FractionalIndex, Item, MAX_NAME_CHARS, entry::SearchTexts, raw::RawJson,
};

/// An entry that this version cannot read: a number out of range, a missing field, or not an object.
///
/// Its JSON is kept unchanged. It is listed and found by its name and can be purged; nothing else can be done with it.
/// It may contain a secret, so it has neither `Debug` nor `Serialize`.
#[derive(Clone, PartialEq)]
pub struct DamagedEntry {
    /// The id in its JSON if it can be read and no other item of the document has it; otherwise an id derived from its JSON,
    /// which is the same whenever the document is read.
    ///
    /// It is assigned when the document is read and does not change until the next read, even if the other item with the same id
    /// is purged, so that no operation meant for one entry reaches another.
    pub id: EntryId,
    /// The issuer, cleaned and truncated; empty if it cannot be read or contains a link.
    pub issuer: String,
    /// The account name, likewise.
    pub account: String,
    /// The field that cannot be read, or whose value another entry already has; `None` for other faults.
    pub field: Option<&'static str>,
    /// Its position in the manual order; `None` (last) if it cannot be read.
    pub(crate) position: Option<FractionalIndex>,
    /// The id in its JSON, which another item may have, too.
    own_id: Option<Uuid>,
    pub(crate) text: RawJson,
    pub(crate) search_texts: SearchTexts,
}

/// An entry of the list, readable or damaged.
pub type AnyEntry = Item<Entry, DamagedEntry>;

/// The parts of a damaged entry that can be read.
#[derive(Default)]
pub(crate) struct ReadableParts {
    pub id: Option<Uuid>,
    pub issuer: String,
    pub account: String,
    pub position: Option<FractionalIndex>,
}

impl DamagedEntry {
    /// The id is derived from the JSON until [`assign_unique_ids`] is called.
    pub(crate) fn new(
        text: RawJson,
        field: Option<&'static str>,
        readable_parts: ReadableParts,
    ) -> Self {
        let (issuer, account) = (
            display_name(&readable_parts.issuer),
            display_name(&readable_parts.account),
        );
        Self {
            id: derive_id(&text, 0),
            search_texts: SearchTexts::of(&issuer, &account, ""),
            issuer,
            account,
            field,
            position: readable_parts.position,
            own_id: readable_parts.id,
            text,
        }
    }
}

/// `text` cleaned for display; empty if it contains a link, which may contain a secret.
fn display_name(text: &str) -> String {
    let name = clean_name(text);
    if contains_link(&name) {
        return String::new();
    }
    name.chars().take(MAX_NAME_CHARS).collect()
}

/// `SHA-256(context || number || text)`, truncated to a UUID of version 8. `number` distinguishes equal texts.
fn derive_id(text: &RawJson, number: u32) -> Uuid {
    let hash = Sha256::new()
        .chain_update(b"trousseau 1 damaged entry")
        .chain_update(number.to_be_bytes())
        .chain_update(text.text())
        .finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    Builder::from_custom_bytes(id).into_uuid()
}

/// Gives each damaged entry the id in its JSON if no other item has it, otherwise a unique derived id.
pub(crate) fn assign_unique_ids(items: &mut [AnyEntry]) {
    if items.iter().all(|item| item.damaged().is_none()) {
        return;
    }
    let mut claims: HashMap<Uuid, usize> = HashMap::with_capacity(items.len());
    for item in items.iter() {
        if let Some(id) = item.own_id() {
            *claims.entry(id).or_default() += 1;
        }
    }
    let mut taken: HashSet<Uuid> = claims.keys().copied().collect();
    // The next number for each text: all lower ones are taken, so that many equal texts take linear time.
    let mut next_numbers: HashMap<&str, u32> = HashMap::new();
    for damaged in items.iter_mut().filter_map(Item::damaged_mut) {
        let own = damaged.own_id.filter(|id| claims.get(id) == Some(&1));
        damaged.id = own.unwrap_or_else(|| {
            let next = next_numbers.entry(damaged.text.text()).or_default();
            loop {
                let id = derive_id(&damaged.text, *next);
                *next += 1;
                if !taken.contains(&id) {
                    break id;
                }
            }
        });
        taken.insert(damaged.id);
    }
}

impl AnyEntry {
    /// The id.
    pub fn id(&self) -> EntryId {
        match self {
            Self::Readable(entry) => entry.id,
            Self::Damaged(damaged) => damaged.id,
        }
    }

    /// The id in the JSON; `None` if it cannot be read. Several items may have the same one.
    pub(crate) fn own_id(&self) -> Option<Uuid> {
        match self {
            Self::Readable(entry) => Some(entry.id),
            Self::Damaged(damaged) => damaged.own_id,
        }
    }

    /// The issuer; may be empty.
    pub fn issuer(&self) -> &str {
        match self {
            Self::Readable(entry) => &entry.issuer,
            Self::Damaged(damaged) => &damaged.issuer,
        }
    }

    /// The account name; may be empty.
    pub fn account(&self) -> &str {
        match self {
            Self::Readable(entry) => &entry.account,
            Self::Damaged(damaged) => &damaged.account,
        }
    }

    pub(crate) fn is_favourite(&self) -> bool {
        self.readable().is_some_and(|entry| entry.favourite)
    }

    /// `None` is after all others.
    pub(crate) fn position(&self) -> Option<&FractionalIndex> {
        match self {
            Self::Readable(entry) => Some(&entry.position),
            Self::Damaged(damaged) => damaged.position.as_ref(),
        }
    }

    pub(crate) fn search_texts(&self) -> &SearchTexts {
        match self {
            Self::Readable(entry) => &entry.search_texts,
            Self::Damaged(damaged) => &damaged.search_texts,
        }
    }
}
