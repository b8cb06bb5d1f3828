//! The model as its users see it.
#![allow(clippy::unwrap_used)]

mod changes;
mod damage;
mod damaged_entry;
mod damaged_section;
mod device;
mod json;
mod known;
mod renewal;
mod roundtrip;
mod search;
mod secrecy;
mod support;
mod texts;
