//! Converts between the types of the crates and the wire types. No rules, only shape.

mod diagnosis;

pub use diagnosis::diagnosis;

use std::ops::Range;

use trousseau_entries::{
    self as entries, DAY_MS, DamagedEntry, Entry, EntryId, GroupId, Query, Settings, VaultData,
};
use trousseau_interchange::google;
use trousseau_otp::{self as otp, KeyUri, OtpParams, UriWarning};
use trousseau_wire::{
    Algorithm, Alphabet, Batch, DamagedEntryDetails, Draft, Duplicate, EntryDetails, ErrorCode,
    Group, Kind, ListPage, ListRequest, ListRow, Phase, SecuritySettings, Sort, Span, Warning,
};
use uuid::Uuid;

use crate::error::Result;
use crate::session::phase;

/// RFC 4226 §4 R6: shorter secrets get a warning.
const SHORT_SECRET_BITS: u32 = 128;

impl From<phase::Phase> for Phase {
    fn from(phase: phase::Phase) -> Self {
        match phase {
            phase::Phase::NoVault => Self::NoVault,
            phase::Phase::Locked => Self::Locked,
            phase::Phase::RateLimited => Self::RateLimited,
            phase::Phase::Unlocking { .. } => Self::Unlocking,
            phase::Phase::Unlocked { .. } => Self::Unlocked,
            phase::Phase::ReadOnly { .. } => Self::ReadOnly,
            phase::Phase::Damaged => Self::Damaged,
            phase::Phase::Unsupported => Self::Unsupported,
        }
    }
}

/// `EntryNotFound` if it is no UUID, because then no entry has this id.
pub fn parse_id(id: &str) -> Result<EntryId> {
    Uuid::parse_str(id).map_err(|_| ErrorCode::EntryNotFound.into())
}

/// The same for a group.
pub fn parse_group(id: &str) -> Result<GroupId> {
    Uuid::parse_str(id).map_err(|_| ErrorCode::GroupNotFound.into())
}

/// Converts a request of the page.
pub fn query(request: &ListRequest) -> Result<Query> {
    Ok(Query {
        text: request.query.clone(),
        sort: match request.sort {
            Sort::Manual => entries::Sort::Manual,
            Sort::Name => entries::Sort::Name,
            Sort::MostUsed => entries::Sort::MostUsed,
            Sort::Recent => entries::Sort::Recent,
        },
        group: request.group.as_deref().map(parse_group).transpose()?,
        trash: request.trash,
        offset: request.offset,
        limit: request.limit,
        index_of: request.index_of.as_deref().map(parse_id).transpose()?,
    })
}

/// Converts a section of the list.
pub fn list_page(page: &entries::ListPage<'_>, revision: u32, now_ms: u64) -> ListPage {
    let rows = page.rows.iter().map(|row| list_row(row, now_ms));
    let groups = page.groups.iter().map(|(group, count)| Group {
        id: group.id.to_string(),
        name: group.name.clone(),
        count: *count,
    });
    ListPage {
        revision,
        count: page.count,
        favourites: page.favourites,
        total: page.total,
        damaged: page.damaged,
        trashed: page.trashed,
        groups: groups.collect(),
        rows: rows.collect(),
        index: page.index,
    }
}

fn list_row(row: &entries::ListRow<'_>, now_ms: u64) -> ListRow {
    let entry = row.entry.readable();
    let otp = entry.and_then(Entry::otp);
    ListRow {
        id: row.entry.id().to_string(),
        kind: entry.map_or(Kind::Damaged, |entry| kind(entry.kind())),
        issuer: row.entry.issuer().into(),
        account: row.entry.account().into(),
        favourite: entry.is_some_and(|entry| entry.favourite),
        icon: entry.and_then(|entry| entry.icon.clone()),
        digits: otp.map_or(0, |(_, params)| params.code_len()),
        issuer_matches: spans(&row.issuer_matches),
        account_matches: spans(&row.account_matches),
        days_left: entry
            .and_then(Entry::purge_at_ms)
            .map(|at| days(now_ms, at)),
    }
}

fn spans(ranges: &[Range<u32>]) -> Vec<Span> {
    let span = |range: &Range<u32>| Span {
        start: range.start,
        end: range.end,
    };
    ranges.iter().map(span).collect()
}

/// Days until `then_ms`, rounded up.
fn days(now_ms: u64, then_ms: u64) -> u32 {
    let days = then_ms.saturating_sub(now_ms).div_ceil(DAY_MS);
    u32::try_from(days).unwrap_or(u32::MAX)
}

/// All metadata of an entry. Groups that cannot be read are left out.
pub fn details(entry: &Entry, entries: &VaultData) -> EntryDetails {
    let otp = entry.otp();
    let is_readable = |id: &&GroupId| entries.groups().any(|group| group.id == **id);
    let groups = entry.groups.iter().filter(is_readable);
    let params = otp.map(|(_, params)| params);
    EntryDetails {
        id: entry.id.to_string(),
        kind: kind(entry.kind()),
        issuer: entry.issuer.clone(),
        account: entry.account.clone(),
        note: entry.note.to_string(),
        favourite: entry.favourite,
        groups: groups.map(GroupId::to_string).collect(),
        icon: entry.icon.clone(),
        algorithm: params.map(algorithm_of),
        digits: params.map_or(0, OtpParams::code_len),
        period: params.and_then(OtpParams::period).map(otp::Period::get),
        counter: params.and_then(counter_of),
        secret_bits: otp.map_or(0, |(secret, _)| secret.bits()),
        created_ms: entry.created,
        modified_ms: entry.modified_ms(),
        last_used_ms: entry.last_used,
        use_count: entry.use_count,
        trashed_ms: entry.trashed,
    }
}

/// What can be read of a damaged entry.
pub fn damaged_entry_details(damaged: &DamagedEntry) -> DamagedEntryDetails {
    DamagedEntryDetails {
        id: damaged.id.to_string(),
        issuer: damaged.issuer.clone(),
        account: damaged.account.clone(),
        field: damaged.field.map(str::to_owned),
    }
}

/// A draft for the page: everything but the secret.
pub fn draft(id: Uuid, uri: &KeyUri, entries: &VaultData) -> Draft {
    let mut warnings: Vec<Warning> = uri.warnings.iter().filter_map(warning).collect();
    if uri.secret.bits() < SHORT_SECRET_BITS {
        warnings.push(Warning::ShortSecret);
    }
    if otp::mixes_scripts(&uri.issuer) {
        warnings.push(Warning::MixedScripts);
    }
    Draft {
        draft_id: id.to_string(),
        kind: match uri.params {
            OtpParams::Totp { .. } => Kind::Totp,
            OtpParams::Hotp { .. } => Kind::Hotp,
            OtpParams::Steam => Kind::Steam,
        },
        issuer: uri.issuer.clone(),
        account: uri.account.clone(),
        algorithm: algorithm_of(&uri.params),
        digits: uri.params.code_len(),
        period: uri.params.period().map(otp::Period::get),
        counter: counter_of(&uri.params),
        secret_bits: uri.secret.bits(),
        duplicate: find_duplicate(uri, entries),
        warnings,
    }
}

/// How much of each batch was read.
pub fn batches(all: &google::Batches) -> Vec<Batch> {
    let state = |batch: &google::BatchProgress| Batch {
        read: batch.read(),
        size: batch.size(),
        missing: batch.missing(),
        mixed: batch.mixed(),
    };
    all.iter().map(state).collect()
}

fn find_duplicate(uri: &KeyUri, entries: &VaultData) -> Duplicate {
    match entries.find_duplicate(&uri.issuer, &uri.account, &uri.secret) {
        entries::Duplicate::New => Duplicate::New,
        entries::Duplicate::Same(id) => Duplicate::Same { id: id.to_string() },
        entries::Duplicate::SameName(id) => Duplicate::SameName { id: id.to_string() },
        entries::Duplicate::SameSecret(id) => {
            let (issuer, account) = entries
                .get(id)
                .map(|entry| (entry.issuer.clone(), entry.account.clone()))
                .unwrap_or_default();
            Duplicate::SameSecret {
                id: id.to_string(),
                issuer,
                account,
            }
        }
    }
}

fn warning(warning: &UriWarning) -> Option<Warning> {
    match warning {
        UriWarning::CounterMissing => Some(Warning::CounterMissing),
        UriWarning::IssuerDiffers => Some(Warning::IssuerDiffers),
        UriWarning::MaybeSteam => Some(Warning::MaybeSteam),
        UriWarning::SecretLength => Some(Warning::SecretLength),
        UriWarning::LinesJoined => Some(Warning::LinesJoined),
        UriWarning::SecretHex => Some(Warning::SecretHex),
        UriWarning::SecretBase64 => Some(Warning::SecretBase64),
        _ => None,
    }
}

fn kind(kind: entries::Kind) -> Kind {
    match kind {
        entries::Kind::Totp => Kind::Totp,
        entries::Kind::Hotp => Kind::Hotp,
        entries::Kind::Steam => Kind::Steam,
        entries::Kind::Issued => Kind::Issued,
        entries::Kind::Message => Kind::Message,
        entries::Kind::Other => Kind::Other,
    }
}

fn algorithm_of(params: &OtpParams) -> Algorithm {
    match params {
        OtpParams::Totp { algorithm, .. } | OtpParams::Hotp { algorithm, .. } => {
            wire_algorithm(*algorithm)
        }
        OtpParams::Steam => Algorithm::Sha1,
    }
}

fn wire_algorithm(algorithm: otp::Algorithm) -> Algorithm {
    match algorithm {
        otp::Algorithm::Sha1 => Algorithm::Sha1,
        otp::Algorithm::Sha256 => Algorithm::Sha256,
        otp::Algorithm::Sha512 => Algorithm::Sha512,
    }
}

fn counter_of(params: &OtpParams) -> Option<String> {
    match params {
        OtpParams::Hotp { counter, .. } => Some(counter.to_string()),
        _ => None,
    }
}

/// Converts an algorithm of manual entry.
pub fn algorithm(algorithm: Algorithm) -> otp::Algorithm {
    match algorithm {
        Algorithm::Sha1 => otp::Algorithm::Sha1,
        Algorithm::Sha256 => otp::Algorithm::Sha256,
        Algorithm::Sha512 => otp::Algorithm::Sha512,
    }
}

/// Converts an alphabet of manual entry.
pub fn alphabet(alphabet: Alphabet) -> otp::Alphabet {
    match alphabet {
        Alphabet::Base32 => otp::Alphabet::Base32,
        Alphabet::Hex => otp::Alphabet::Hex,
        Alphabet::Base64 => otp::Alphabet::Base64,
    }
}

/// Converts an alphabet in which a typed secret is valid.
pub fn wire_alphabet(alphabet: otp::Alphabet) -> Alphabet {
    match alphabet {
        otp::Alphabet::Base32 => Alphabet::Base32,
        otp::Alphabet::Hex => Alphabet::Hex,
        otp::Alphabet::Base64 => Alphabet::Base64,
    }
}

/// The security settings of a vault.
pub fn security_settings(settings: &Settings) -> SecuritySettings {
    SecuritySettings {
        lock_after_s: settings.lock_after_s,
        reveal_s: settings.reveal_s,
        show_all: settings.show_all,
        copy_on_touch: settings.copy_on_touch,
        offer_next: settings.offer_next,
        clipboard_s: settings.clipboard_s,
        hide_screen: settings.hide_screen,
        clock_offset_s: settings.clock_offset_s,
    }
}
