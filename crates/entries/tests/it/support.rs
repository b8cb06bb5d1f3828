use trousseau_entries::{EntryContent, EntryId, NewEntry, ParseError, Query, VaultData};
use trousseau_otp::{Algorithm, Digits, OtpParams, Period, Secret};

/// A moment in 2026, Unix ms.
pub const NOW: u64 = 1_780_000_000_000;

pub fn secret(bytes: &[u8]) -> Secret {
    Secret::from_bytes(bytes.to_vec()).unwrap()
}

pub fn totp() -> OtpParams {
    OtpParams::Totp {
        algorithm: Algorithm::Sha1,
        digits: Digits::default(),
        period: Period::default(),
    }
}

pub fn hotp(counter: u64) -> OtpParams {
    OtpParams::Hotp {
        algorithm: Algorithm::Sha1,
        digits: Digits::default(),
        counter,
    }
}

/// An entry whose secret is its issuer and account.
pub fn entry(issuer: &str, account: &str) -> NewEntry {
    let own = secret(format!("{issuer}/{account}").as_bytes());
    with_body(
        issuer,
        account,
        EntryContent::Otp {
            secret: own,
            params: totp(),
        },
    )
}

pub fn with_body(issuer: &str, account: &str, content: EntryContent) -> NewEntry {
    NewEntry {
        issuer: issuer.into(),
        account: account.into(),
        note: String::new(),
        content,
        unknown_params: Vec::new(),
    }
}

/// Entries with these issuers, in this order.
pub fn issuers(names: &[&str]) -> (VaultData, Vec<EntryId>) {
    let mut entries = VaultData::new();
    let ids = names
        .iter()
        .map(|name| entries.add(entry(name, ""), NOW).unwrap())
        .collect();
    (entries, ids)
}

pub fn all() -> Query {
    Query {
        limit: 100,
        ..Query::default()
    }
}

/// The issuers of the rows.
pub fn listed_issuers<'a>(entries: &'a VaultData, query: &Query) -> Vec<&'a str> {
    entries
        .list(query)
        .rows
        .iter()
        .map(|hit| hit.entry.issuer())
        .collect()
}

pub fn read(json: &serde_json::Value) -> Result<VaultData, ParseError> {
    VaultData::from_json(json.to_string().as_bytes())
}

pub fn written(entries: &VaultData) -> serde_json::Value {
    serde_json::from_slice(&entries.to_json()).unwrap()
}
