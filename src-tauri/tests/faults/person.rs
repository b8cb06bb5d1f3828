//! What a person sees of the app, and does with it.

use trousseau_app::error::Result;
use trousseau_app::session::Core;
use trousseau_wire::{Credential, DraftChanges, ListRequest, Phase, Sort};

use crate::state::Facts;

/// What a person sees: the phase, what opens the vault, and the entries.
pub type Memory = (Phase, Vec<Credential>, Option<Vec<Facts>>);

/// What a person sees.
pub fn memory(core: &Core) -> Memory {
    let status = core.status().expect("the folder is held");
    let entries = matches!(status.phase, Phase::Unlocked | Phase::ReadOnly).then(|| {
        let ids = ids(core, false).into_iter().chain(ids(core, true));
        let mut facts: Vec<_> = ids
            .map(|id| {
                let entry = core.entry_details(&id).expect("it is there");
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
        facts.sort();
        facts
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

/// The entry of an account, in the trash or not.
pub fn entry(core: &Core, account: &str) -> String {
    ids(core, false)
        .into_iter()
        .chain(ids(core, true))
        .find(|id| {
            core.entry_details(id)
                .is_ok_and(|entry| entry.account == account)
        })
        .expect("it is there")
}

/// A draft of a link.
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

/// Adds the entry of a link.
pub fn add(core: &Core, uri: &str) -> Result<()> {
    let account = if uri.contains("hotp") {
        "counted"
    } else {
        "jane"
    };
    save(core, &draft(core, uri)?, account)
}
