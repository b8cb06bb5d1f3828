//! What a vault holds: entries, groups, the order and the search of the list, duplicates, and their JSON.
//!
//! No I/O and no clock: the time is always an argument, in Unix milliseconds. Randomness enters in one place, where an
//! id is made.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod fold;
mod position;

pub use position::Position;
