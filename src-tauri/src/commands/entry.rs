//! The list, its codes and an entry's details.

use trousseau_wire::{
    Copied, DamagedDetails, Diagnosis, EntryChanges, EntryDetails, Group, QrDrawing, Revealed,
    Shown, Side, ViewPage, ViewRequest,
};
use zeroize::Zeroizing;

use super::{CoreState, answered};
use crate::refused::Answer;

/// A window of the list.
#[tauri::command(async)]
pub fn view(core: CoreState<'_>, request: ViewRequest) -> Answer<ViewPage> {
    answered(|| core.view(&request))
}

/// Shows a code.
#[tauri::command(async)]
pub fn reveal(core: CoreState<'_>, id: String) -> Answer<Revealed> {
    answered(|| core.reveal(&id))
}

/// Shows the codes of all rows in sight, where that is chosen.
#[tauri::command(async)]
pub fn reveal_visible(core: CoreState<'_>, ids: Vec<String>) -> Answer<Vec<Revealed>> {
    answered(|| core.reveal_visible(&ids))
}

/// Moves a counter on and shows its code.
#[tauri::command(async)]
pub fn advance_counter(core: CoreState<'_>, id: String) -> Answer<Revealed> {
    answered(|| core.advance_counter(&id))
}

/// Copies the code that is shown.
#[tauri::command(async)]
pub fn copy_code(core: CoreState<'_>, id: String, shown: Shown) -> Answer<Copied> {
    answered(|| core.copy_code(&id, &shown))
}

/// Why a service refuses the codes.
#[tauri::command(async)]
pub fn diagnose(
    core: CoreState<'_>,
    id: String,
    first: String,
    second: String,
) -> Answer<Diagnosis> {
    let codes = [Zeroizing::new(first), Zeroizing::new(second)];
    answered(|| core.diagnose(&id, [&codes[0], &codes[1]]))
}

/// An entry's metadata.
#[tauri::command(async)]
pub fn details(core: CoreState<'_>, id: String) -> Answer<EntryDetails> {
    answered(|| core.details(&id))
}

/// What is known of an entry that cannot be read.
#[tauri::command(async)]
pub fn damaged_details(core: CoreState<'_>, id: String) -> Answer<DamagedDetails> {
    answered(|| core.damaged_details(&id))
}

/// Draws an entry as a QR code.
#[tauri::command(async)]
pub fn show_qr(core: CoreState<'_>, id: String) -> Answer<QrDrawing> {
    answered(|| core.show_qr(&id))
}

/// Changes an entry.
#[tauri::command(async)]
pub fn edit_entry(core: CoreState<'_>, id: String, changes: EntryChanges) -> Answer<EntryDetails> {
    answered(|| core.edit_entry(&id, changes))
}

/// Puts an entry into these groups and no other.
#[tauri::command(async)]
pub fn set_groups(core: CoreState<'_>, id: String, groups: Vec<String>) -> Answer<EntryDetails> {
    answered(|| core.set_groups(&id, &groups))
}

/// Makes a group.
#[tauri::command(async)]
pub fn add_group(core: CoreState<'_>, name: String) -> Answer<Group> {
    answered(|| core.add_group(&name))
}

/// Names a group anew.
#[tauri::command(async)]
pub fn rename_group(core: CoreState<'_>, id: String, name: String) -> Answer<()> {
    answered(|| core.rename_group(&id, &name))
}

/// Takes a group away; its entries stay.
#[tauri::command(async)]
pub fn remove_group(core: CoreState<'_>, id: String) -> Answer<()> {
    answered(|| core.remove_group(&id))
}

/// Puts an entry directly before or after another.
#[tauri::command(async)]
pub fn move_entry(core: CoreState<'_>, id: String, side: Side, other: String) -> Answer<()> {
    answered(|| core.move_entry(&id, side, &other))
}

/// Moves an entry to the trash.
#[tauri::command(async)]
pub fn trash_entry(core: CoreState<'_>, id: String) -> Answer<()> {
    answered(|| core.trash_entry(&id))
}

/// Takes an entry out of the trash.
#[tauri::command(async)]
pub fn restore_entry(core: CoreState<'_>, id: String) -> Answer<()> {
    answered(|| core.restore_entry(&id))
}

/// Deletes an entry for ever that is in the trash, or cannot be read.
#[tauri::command(async)]
pub fn purge_entry(core: CoreState<'_>, id: String) -> Answer<()> {
    answered(|| core.purge_entry(&id))
}

/// Deletes all that is in the trash for ever.
#[tauri::command(async)]
pub fn empty_trash(core: CoreState<'_>) -> Answer<()> {
    answered(|| core.empty_trash())
}
