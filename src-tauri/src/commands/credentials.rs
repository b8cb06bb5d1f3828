//! What opens the vault.

use secrecy::{ExposeSecret, SecretString};
use trousseau_wire::{Credential, VaultCredentials};

use super::{CoreState, run};
use crate::error::Result;

/// What opens the vault, and what guessing costs.
#[tauri::command(async)]
pub fn list_credentials(core: CoreState<'_>) -> Result<VaultCredentials> {
    core.list_credentials()
}

/// Adds or changes a credential.
#[tauri::command(async)]
pub fn set_credential(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
) -> Result<()> {
    run(|| core.set_credential(credential, text.expose_secret()))
}

/// Takes a credential away.
#[tauri::command(async)]
pub fn remove_credential(core: CoreState<'_>, credential: Credential) -> Result<()> {
    run(|| core.remove_credential(credential))
}

/// Makes guessing a credential cost as much as chosen.
#[tauri::command(async)]
pub fn set_kdf_cost(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
    memory_mib: u32,
) -> Result<()> {
    run(|| core.set_kdf_cost(credential, text.expose_secret(), memory_mib))
}

/// Keeps a vault that is older than the device remembers.
#[tauri::command(async)]
pub fn accept_rollback(core: CoreState<'_>) -> Result<()> {
    run(|| core.accept_rollback())
}

/// Goes on with the newer copy beside such a vault.
#[tauri::command(async)]
pub fn take_newer_copy(core: CoreState<'_>) -> Result<()> {
    run(|| core.take_newer_copy())
}

/// A new credential is put off until the next opening.
#[tauri::command(async)]
pub fn postpone_new_credential(core: CoreState<'_>) -> Result<()> {
    core.postpone_new_credential()
}
