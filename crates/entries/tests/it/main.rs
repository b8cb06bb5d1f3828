//! Tests of the public interface.
#![allow(clippy::unwrap_used)]

mod changes;
mod damage;
mod damaged_entry;
mod damaged_section;
mod device;
mod duplicate;
mod json;
mod new_secrets_checklist;
mod roundtrip;
mod search;
mod secrecy;
mod support;
mod texts;
