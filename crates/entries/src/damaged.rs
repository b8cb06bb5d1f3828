use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};
use trousseau_otp::{clean_name, contains_link};
use uuid::{Builder, Uuid};

use crate::{Entry, EntryId, Item, MAX_NAME_CHARS, Position, entry::Folded, raw::RawJson};

/// An entry that this version cannot read: a number out of range, a field that is missing, no object at all.
///
/// It is kept as it was read. It is listed and found by its name, and can be purged; nothing else can be done with it.
/// Its text may hold a secret, so it has neither `Debug` nor `Serialize`.
#[derive(Clone, PartialEq)]
pub struct DamagedEntry {
    /// Its own id where that could be read and nothing else in the document claimed it; else one that comes from its
    /// text, the same whenever that document is read.
    ///
    /// It is assigned when the document is read, and kept until the next reading even where the other claim is purged,
    /// so that what is meant for one entry never reaches another.
    pub id: EntryId,
    /// Who issued it, cleaned and cut as names are; empty where that cannot be read, or holds a link.
    pub issuer: String,
    /// The account name, likewise.
    pub account: String,
    /// The field that cannot be read, or is there in another entry already; none where it is another fault.
    pub field: Option<&'static str>,
    /// Its place in the manual order; at the end where that cannot be read.
    pub(crate) position: Option<Position>,
    /// The id in its text, which may be another entry's too.
    claimed: Option<Uuid>,
    pub(crate) text: RawJson,
    pub(crate) folded: Folded,
}

/// An entry of the list, readable or not.
pub type AnyEntry = Item<Entry, DamagedEntry>;

/// What can be read in the text of a damaged entry.
#[derive(Default)]
pub(crate) struct Legible {
    pub id: Option<Uuid>,
    pub issuer: String,
    pub account: String,
    pub position: Option<Position>,
}

impl DamagedEntry {
    /// Its id comes from its text until [`assign_unique_ids`] was called.
    pub(crate) fn new(text: RawJson, field: Option<&'static str>, legible: Legible) -> Self {
        let (issuer, account) = (shown(&legible.issuer), shown(&legible.account));
        Self {
            id: derive_id(&text, 0),
            folded: Folded::of(&issuer, &account, ""),
            issuer,
            account,
            field,
            position: legible.position,
            claimed: legible.id,
            text,
        }
    }
}

/// `text` as a name that may be shown; empty where it holds a link, and so perhaps a secret.
fn shown(text: &str) -> String {
    let name = clean_name(text);
    if contains_link(&name) {
        return String::new();
    }
    name.chars().take(MAX_NAME_CHARS).collect()
}

/// `SHA-256(context || number || text)`, cut to a UUID of version 8. `number` tells equal texts apart.
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

/// Gives each damaged entry its own id where nothing else claims that, and else one that nothing has.
pub(crate) fn assign_unique_ids(items: &mut [AnyEntry]) {
    if items.iter().all(|item| item.damaged().is_none()) {
        return;
    }
    let mut claims: HashMap<Uuid, usize> = HashMap::with_capacity(items.len());
    for item in items.iter() {
        if let Some(id) = item.claimed_id() {
            *claims.entry(id).or_default() += 1;
        }
    }
    let mut taken: HashSet<Uuid> = claims.keys().copied().collect();
    // By text, so that equal texts take linear time: all lower numbers are taken.
    let mut next_numbers: HashMap<&str, u32> = HashMap::new();
    for damaged in items.iter_mut().filter_map(Item::damaged_mut) {
        let own = damaged.claimed.filter(|id| claims.get(id) == Some(&1));
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

    /// The id in the document; none where it cannot be read. Only one item that claims an id can have it.
    pub(crate) fn claimed_id(&self) -> Option<Uuid> {
        match self {
            Self::Readable(entry) => Some(entry.id),
            Self::Damaged(damaged) => damaged.claimed,
        }
    }

    /// Who issued it; may be empty.
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

    /// None is behind all others.
    pub(crate) fn position(&self) -> Option<&Position> {
        match self {
            Self::Readable(entry) => Some(&entry.position),
            Self::Damaged(damaged) => damaged.position.as_ref(),
        }
    }

    pub(crate) fn folded(&self) -> &Folded {
        match self {
            Self::Readable(entry) => &entry.folded,
            Self::Damaged(damaged) => &damaged.folded,
        }
    }
}
