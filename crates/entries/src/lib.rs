//! What a vault holds: entries, groups, the order and the search of the list, duplicates, and their JSON.
//!
//! No I/O and no clock: the time is always an argument, in Unix milliseconds. Randomness enters in one place, where an
//! id is made.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod codec;
mod damaged;
mod device;
mod entries;
mod entry;
mod error;
mod fields;
mod fold;
mod groups;
mod item;
mod kept;
mod known;
mod order;
mod position;
mod preferences;
mod raw;
mod renewal;
mod search;
mod trash;
mod view;

pub use damaged::{AnyEntry, DamagedEntry};
pub use device::Device;
pub use entries::Entries;
pub use entry::{
    Body, Changes, Entry, EntryId, IssuedCode, Kind, MAX_NAME_CHARS, MAX_NOTE_CHARS, NewEntry,
};
pub use error::{CounterError, EditError, EntriesError, FindError};
pub use fields::Fields;
pub use groups::{Group, GroupId};
pub use item::Item;
pub use known::Known;
pub use order::Sort;
pub use position::Position;
pub use preferences::Preferences;
pub use renewal::Renewal;
pub use trash::{DAY_MS, TRASH_MS};
pub use view::{Hit, MAX_ROWS, Query, View};
