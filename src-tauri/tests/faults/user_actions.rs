//! What the user sees in the app, and what they do.

use trousseau_app::error::Result;
use trousseau_app::session::Core;
use trousseau_wire::{Credential, DraftChanges, ListRequest, Phase, Sort};

use crate::state::EntryFields;

/// What the user sees: the phase, the credentials and the entries.
pub type VisibleState = (Phase, Vec<Credential>, Option<Vec<EntryFields>>);

/// What the user sees.
pub fn visible_state(core: &Core) -> VisibleState {
    let status = core.status().expect("the folder is locked by this process");
    let entries = matches!(status.phase, Phase::Unlocked | Phase::ReadOnly).then(|| {
        let ids = ids(core, false).into_iter().chain(ids(core, true));
        let mut entry_fields: Vec<_> = ids
            .map(|id| {
                let entry = core.entry_details(&id).expect("the entry exists");
                (
                    entry.issuer,
                    entry.account,
                    entry.note,
                    entry.favourite,
                    entry.trashed_ms.is_some(),
                    entry.counter,
                    entry.use_count,
                )
            })
            .collect();
        entry_fields.sort();
        entry_fields
    });
    (status.phase, status.credentials, entries)
}

fn ids(core: &Core, trash: bool) -> Vec<String> {
    let request = ListRequest {
        query: String::new(),
        sort: Sort::Manual,
        group: None,
        trash,
        offset: 0,
        limit: 100,
        index_of: None,
    };
    let page = core.list_entries(&request).expect("the vault is open");
    page.rows.into_iter().map(|row| row.id).collect()
}

/// The id of the entry with this account, also if it is in the trash.
pub fn entry(core: &Core, account: &str) -> String {
    ids(core, false)
        .into_iter()
        .chain(ids(core, true))
        .find(|id| {
            core.entry_details(id)
                .is_ok_and(|entry| entry.account == account)
        })
        .expect("the entry exists")
}

/// Makes a draft from a link; returns its id.
pub fn draft(core: &Core, uri: &str) -> Result<String> {
    Ok(core.import_text(uri)?.drafts.remove(0).draft_id)
}

/// Saves a draft.
pub fn save(core: &Core, draft_id: &str, account: &str) -> Result<()> {
    let names = DraftChanges {
        issuer: "Portail".into(),
        account: account.into(),
    };
    core.save_draft(draft_id, names).map(drop)
}

/// Adds an entry from a link.
pub fn add(core: &Core, uri: &str) -> Result<()> {
    let account = if uri.contains("hotp") {
        "counted"
    } else {
        "jane"
    };
    save(core, &draft(core, uri)?, account)
}
