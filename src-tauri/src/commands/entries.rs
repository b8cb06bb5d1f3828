//! The list, codes, entries, groups and the trash.

use trousseau_wire::{
    CodeRef, Copied, DamagedEntryDetails, Diagnosis, EntryChanges, EntryDetails, Group, ListPage,
    ListRequest, Placement, QrDrawing, RevealedCode,
};
use zeroize::Zeroizing;

use super::{CoreState, run};
use crate::error::Result;

/// Returns a section of the list.
#[tauri::command(async)]
pub fn list_entries(core: CoreState<'_>, request: ListRequest) -> Result<ListPage> {
    run(|| core.list_entries(&request))
}

/// Returns the code of an entry.
#[tauri::command(async)]
pub fn reveal(core: CoreState<'_>, id: String) -> Result<RevealedCode> {
    run(|| core.reveal(&id))
}

/// Returns the codes of all visible rows, if the settings say so.
#[tauri::command(async)]
pub fn reveal_visible(core: CoreState<'_>, ids: Vec<String>) -> Result<Vec<RevealedCode>> {
    run(|| core.reveal_visible(&ids))
}

/// Advances the counter of an entry, and returns its code.
#[tauri::command(async)]
pub fn advance_counter(core: CoreState<'_>, id: String) -> Result<RevealedCode> {
    run(|| core.advance_counter(&id))
}

/// Copies the code that the page shows.
#[tauri::command(async)]
pub fn copy_code(core: CoreState<'_>, id: String, code_ref: CodeRef) -> Result<Copied> {
    run(|| core.copy_code(&id, &code_ref))
}

/// Finds out why a service refuses the codes, from two codes of another device.
#[tauri::command(async)]
pub fn check_codes(
    core: CoreState<'_>,
    id: String,
    first: String,
    second: String,
) -> Result<Diagnosis> {
    let codes = [Zeroizing::new(first), Zeroizing::new(second)];
    run(|| core.check_codes(&id, [&codes[0], &codes[1]]))
}

/// Returns the metadata of an entry.
#[tauri::command(async)]
pub fn entry_details(core: CoreState<'_>, id: String) -> Result<EntryDetails> {
    run(|| core.entry_details(&id))
}

/// Returns what can be read of a damaged entry.
#[tauri::command(async)]
pub fn damaged_entry_details(core: CoreState<'_>, id: String) -> Result<DamagedEntryDetails> {
    run(|| core.damaged_entry_details(&id))
}

/// Returns the QR code of an entry, as a drawing.
#[tauri::command(async)]
pub fn export_qr(core: CoreState<'_>, id: String) -> Result<QrDrawing> {
    run(|| core.export_qr(&id))
}

/// Changes an entry.
#[tauri::command(async)]
pub fn update_entry(
    core: CoreState<'_>,
    id: String,
    changes: EntryChanges,
) -> Result<EntryDetails> {
    run(|| core.update_entry(&id, changes))
}

/// Sets the groups of an entry.
#[tauri::command(async)]
pub fn set_groups(core: CoreState<'_>, id: String, groups: Vec<String>) -> Result<EntryDetails> {
    run(|| core.set_groups(&id, &groups))
}

/// Creates a group.
#[tauri::command(async)]
pub fn add_group(core: CoreState<'_>, name: String) -> Result<Group> {
    run(|| core.add_group(&name))
}

/// Renames a group.
#[tauri::command(async)]
pub fn rename_group(core: CoreState<'_>, id: String, name: String) -> Result<()> {
    run(|| core.rename_group(&id, &name))
}

/// Removes a group. Its entries stay.
#[tauri::command(async)]
pub fn remove_group(core: CoreState<'_>, id: String) -> Result<()> {
    run(|| core.remove_group(&id))
}

/// Moves an entry directly before or after another one in the manual order.
#[tauri::command(async)]
pub fn move_entry(
    core: CoreState<'_>,
    id: String,
    placement: Placement,
    other: String,
) -> Result<()> {
    run(|| core.move_entry(&id, placement, &other))
}

/// Moves an entry to the trash.
#[tauri::command(async)]
pub fn trash_entry(core: CoreState<'_>, id: String) -> Result<()> {
    run(|| core.trash_entry(&id))
}

/// Restores an entry from the trash.
#[tauri::command(async)]
pub fn restore_entry(core: CoreState<'_>, id: String) -> Result<()> {
    run(|| core.restore_entry(&id))
}

/// Permanently deletes an entry that is in the trash or damaged.
#[tauri::command(async)]
pub fn delete_entry(core: CoreState<'_>, id: String) -> Result<()> {
    run(|| core.delete_entry(&id))
}

/// Permanently deletes all entries in the trash.
#[tauri::command(async)]
pub fn empty_trash(core: CoreState<'_>) -> Result<()> {
    run(|| core.empty_trash())
}
