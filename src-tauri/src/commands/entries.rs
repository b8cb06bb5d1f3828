//! The list, its codes and an entry's details.

use trousseau_wire::{
    CodeRef, Copied, DamagedEntryDetails, Diagnosis, EntryChanges, EntryDetails, Group, ListPage,
    ListRequest, Placement, QrDrawing, RevealedCode,
};
use zeroize::Zeroizing;

use super::{CoreState, run};
use crate::error::Result;

/// A window of the list.
#[tauri::command(async)]
pub fn list_entries(core: CoreState<'_>, request: ListRequest) -> Result<ListPage> {
    run(|| core.list_entries(&request))
}

/// Shows a code.
#[tauri::command(async)]
pub fn reveal(core: CoreState<'_>, id: String) -> Result<RevealedCode> {
    run(|| core.reveal(&id))
}

/// Shows the codes of all rows in sight, where that is chosen.
#[tauri::command(async)]
pub fn reveal_visible(core: CoreState<'_>, ids: Vec<String>) -> Result<Vec<RevealedCode>> {
    run(|| core.reveal_visible(&ids))
}

/// Moves a counter on and shows its code.
#[tauri::command(async)]
pub fn advance_counter(core: CoreState<'_>, id: String) -> Result<RevealedCode> {
    run(|| core.advance_counter(&id))
}

/// Copies the code that is shown.
#[tauri::command(async)]
pub fn copy_code(core: CoreState<'_>, id: String, code_ref: CodeRef) -> Result<Copied> {
    run(|| core.copy_code(&id, &code_ref))
}

/// Why a service refuses the codes.
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

/// An entry's metadata.
#[tauri::command(async)]
pub fn entry_details(core: CoreState<'_>, id: String) -> Result<EntryDetails> {
    run(|| core.entry_details(&id))
}

/// What is known of an entry that cannot be read.
#[tauri::command(async)]
pub fn damaged_entry_details(core: CoreState<'_>, id: String) -> Result<DamagedEntryDetails> {
    run(|| core.damaged_entry_details(&id))
}

/// Draws an entry as a QR code.
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

/// Puts an entry into these groups and no other.
#[tauri::command(async)]
pub fn set_groups(core: CoreState<'_>, id: String, groups: Vec<String>) -> Result<EntryDetails> {
    run(|| core.set_groups(&id, &groups))
}

/// Makes a group.
#[tauri::command(async)]
pub fn add_group(core: CoreState<'_>, name: String) -> Result<Group> {
    run(|| core.add_group(&name))
}

/// Names a group anew.
#[tauri::command(async)]
pub fn rename_group(core: CoreState<'_>, id: String, name: String) -> Result<()> {
    run(|| core.rename_group(&id, &name))
}

/// Takes a group away; its entries stay.
#[tauri::command(async)]
pub fn remove_group(core: CoreState<'_>, id: String) -> Result<()> {
    run(|| core.remove_group(&id))
}

/// Puts an entry directly before or after another.
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

/// Takes an entry out of the trash.
#[tauri::command(async)]
pub fn restore_entry(core: CoreState<'_>, id: String) -> Result<()> {
    run(|| core.restore_entry(&id))
}

/// Deletes an entry for ever that is in the trash, or cannot be read.
#[tauri::command(async)]
pub fn delete_entry(core: CoreState<'_>, id: String) -> Result<()> {
    run(|| core.delete_entry(&id))
}

/// Deletes all that is in the trash for ever.
#[tauri::command(async)]
pub fn empty_trash(core: CoreState<'_>) -> Result<()> {
    run(|| core.empty_trash())
}
