//! The data of a vault: entries, groups, settings, the order and search of the list, duplicates, and their JSON.
//!
//! No I/O and no clock: the time is always an argument, in Unix milliseconds. The only randomness is the ids of new entries and groups.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod damaged;
mod device;
mod duplicate;
mod entry;
mod error;
mod fold;
mod fractional_index;
mod groups;
mod item;
mod json;
mod list;
mod new_secrets_checklist;
mod order;
mod preserved;
mod raw;
mod raw_json_object;
mod search;
mod settings;
mod trash;
mod vault_data;

pub use damaged::{AnyEntry, DamagedEntry};
pub use device::DeviceSection;
pub use duplicate::Duplicate;
pub use entry::{
    Entry, EntryContent, EntryId, EntryPatch, IssuedCode, Kind, MAX_NAME_CHARS, MAX_NOTE_CHARS,
    NewEntry,
};
pub use error::{CounterError, EditError, FindError, ParseError};
pub use fractional_index::FractionalIndex;
pub use groups::{Group, GroupId};
pub use item::Item;
pub use list::{ListPage, ListRow, MAX_ROWS, Query};
pub use new_secrets_checklist::NewSecretState;
pub use order::Sort;
pub use raw_json_object::RawJsonObject;
pub use settings::Settings;
pub use trash::{DAY_MS, TRASH_MS};
pub use vault_data::VaultData;
