//! New keys for the whole vault, what old keys still open, and what is to be done about it.

use secrecy::{ExposeSecret, SecretString};
use trousseau_wire::{KeptFile, KeysReplaced, PresentWay, RecoveryWords, Renewal, WantedWay};

use super::{CoreState, answered};
use crate::refused::Answer;
use crate::session::Wanted;

/// What opens the vault, and what each way needs to stay when the keys are replaced.
#[tauri::command(async)]
pub fn key_plan(core: CoreState<'_>) -> Answer<Vec<PresentWay>> {
    answered(|| core.key_plan())
}

/// Makes recovery words for the vault under other keys; nothing is written.
#[tauri::command(async)]
pub fn draft_words(core: CoreState<'_>) -> Answer<RecoveryWords> {
    answered(|| core.draft_words())
}

/// Seals the vault under new keys, with these ways to open it and no others.
#[tauri::command(async)]
pub fn replace_keys(
    core: CoreState<'_>,
    ways: Vec<WantedWay>,
    passphrase: SecretString,
    pin: SecretString,
    dialog: String,
    confirmed: bool,
) -> Answer<KeysReplaced> {
    let wanted = Wanted {
        ways: &ways,
        passphrase: passphrase.expose_secret(),
        pin: pin.expose_secret(),
        dialog: &dialog,
        confirmed,
    };
    answered(|| core.replace_keys(&wanted))
}

/// The files that were put aside, and still open with what opened them then.
#[tauri::command(async)]
pub fn kept_files(core: CoreState<'_>) -> Answer<Vec<KeptFile>> {
    answered(|| core.kept_files())
}

/// Deletes one of them for ever.
#[tauri::command(async)]
pub fn delete_kept_file(core: CoreState<'_>, name: String) -> Answer<()> {
    answered(|| core.delete_kept_file(&name))
}

/// The services that are to be asked for new secrets.
#[tauri::command(async)]
pub fn renewals(core: CoreState<'_>) -> Answer<Vec<Renewal>> {
    answered(|| core.renewals())
}

/// Lists every entry for that, or ends the list.
#[tauri::command(async)]
pub fn list_renewals(core: CoreState<'_>, wanted: bool) -> Answer<()> {
    answered(|| core.list_renewals(wanted))
}

/// Ticks an entry of that list off, or back.
#[tauri::command(async)]
pub fn tick_renewal(core: CoreState<'_>, id: String, done: bool) -> Answer<()> {
    answered(|| core.tick_renewal(&id, done))
}
