//! The entries' JSON as plain structs, to measure `serde_json` alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The document, without the fields that are empty in the benchmark.
#[derive(Serialize, Deserialize)]
pub struct Plain {
    version: u64,
    /// The entries.
    pub entries: Vec<PlainEntry>,
    preferences: BTreeMap<String, serde_json::Value>,
}

/// A TOTP entry.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainEntry {
    id: String,
    kind: String,
    issuer: String,
    account: String,
    note: String,
    groups: Vec<String>,
    favourite: bool,
    icon: Option<String>,
    position: String,
    use_count: u32,
    last_used: Option<u64>,
    created: u64,
    modified: BTreeMap<String, u64>,
    trashed: Option<u64>,
    extra: Vec<(String, String)>,
    secret: String,
    algorithm: String,
    digits: u8,
    period: u32,
}
