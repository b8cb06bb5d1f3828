//! New keys for the whole vault, what old keys still open, and what is to be done about it.

use secrecy::{ExposeSecret, SecretString};
use trousseau_wire::{
    ChecklistItem, CurrentCredential, KeysReplaced, RecoveryWords, SetAsideFile, WantedCredential,
};

use super::{CoreState, run};
use crate::error::Result;
use crate::session::WantedCredentials;

/// What opens the vault, and what each way needs to stay when the keys are replaced.
#[tauri::command(async)]
pub fn plan_key_replacement(core: CoreState<'_>) -> Result<Vec<CurrentCredential>> {
    run(|| core.plan_key_replacement())
}

/// Makes recovery words for the vault under other keys; nothing is written.
#[tauri::command(async)]
pub fn draft_recovery_words(core: CoreState<'_>) -> Result<RecoveryWords> {
    run(|| core.draft_recovery_words())
}

/// Seals the vault under new keys, with these ways to open it and no others.
#[tauri::command(async)]
pub fn replace_keys(
    core: CoreState<'_>,
    credentials: Vec<WantedCredential>,
    passphrase: SecretString,
    pin: SecretString,
    dialog: String,
    confirmed: bool,
) -> Result<KeysReplaced> {
    let wanted = WantedCredentials {
        credentials: &credentials,
        passphrase: passphrase.expose_secret(),
        pin: pin.expose_secret(),
        dialog: &dialog,
        confirmed,
    };
    run(|| core.replace_keys(&wanted))
}

/// The files that were put aside, and still open with what opened them then.
#[tauri::command(async)]
pub fn set_aside_files(core: CoreState<'_>) -> Result<Vec<SetAsideFile>> {
    run(|| core.set_aside_files())
}

/// Deletes one of them for ever.
#[tauri::command(async)]
pub fn delete_set_aside_file(core: CoreState<'_>, name: String) -> Result<()> {
    run(|| core.delete_set_aside_file(&name))
}

/// The services that are to be asked for new secrets.
#[tauri::command(async)]
pub fn new_secrets_checklist(core: CoreState<'_>) -> Result<Vec<ChecklistItem>> {
    run(|| core.new_secrets_checklist())
}

/// Lists every entry for that, or ends the list.
#[tauri::command(async)]
pub fn set_new_secrets_checklist(core: CoreState<'_>, wanted: bool) -> Result<()> {
    run(|| core.set_new_secrets_checklist(wanted))
}

/// Ticks an entry of that list off, or back.
#[tauri::command(async)]
pub fn tick_new_secret(core: CoreState<'_>, id: String, done: bool) -> Result<()> {
    run(|| core.tick_new_secret(&id, done))
}
