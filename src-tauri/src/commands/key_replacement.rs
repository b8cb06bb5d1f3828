//! New keys for the whole vault; files that old keys still open; and the checklist of services to ask for new secrets.

use secrecy::{ExposeSecret, SecretString};
use trousseau_wire::{
    ChecklistItem, CurrentCredential, KeysReplaced, RecoveryWords, SetAsideFile, WantedCredential,
};

use super::{CoreState, run};
use crate::error::Result;
use crate::session::WantedCredentials;

/// Returns the credentials of the vault, and what each of them needs to be kept when the keys are replaced.
#[tauri::command(async)]
pub fn plan_key_replacement(core: CoreState<'_>) -> Result<Vec<CurrentCredential>> {
    run(|| core.plan_key_replacement())
}

/// Generates recovery words for the vault with new keys. Writes nothing.
#[tauri::command(async)]
pub fn draft_recovery_words(core: CoreState<'_>) -> Result<RecoveryWords> {
    run(|| core.draft_recovery_words())
}

/// Seals the vault under new keys, with these credentials and no others.
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

/// Lists the set-aside files, which can be unlocked with the credentials of their time.
#[tauri::command(async)]
pub fn set_aside_files(core: CoreState<'_>) -> Result<Vec<SetAsideFile>> {
    run(|| core.set_aside_files())
}

/// Permanently deletes a set-aside file.
#[tauri::command(async)]
pub fn delete_set_aside_file(core: CoreState<'_>, name: String) -> Result<()> {
    run(|| core.delete_set_aside_file(&name))
}

/// Returns the services that the user should ask for new secrets.
#[tauri::command(async)]
pub fn new_secrets_checklist(core: CoreState<'_>) -> Result<Vec<ChecklistItem>> {
    run(|| core.new_secrets_checklist())
}

/// Starts this checklist with all entries, or ends it.
#[tauri::command(async)]
pub fn set_new_secrets_checklist(core: CoreState<'_>, wanted: bool) -> Result<()> {
    run(|| core.set_new_secrets_checklist(wanted))
}

/// Ticks off an entry of the checklist, or removes the tick.
#[tauri::command(async)]
pub fn tick_new_secret(core: CoreState<'_>, id: String, done: bool) -> Result<()> {
    run(|| core.tick_new_secret(&id, done))
}
