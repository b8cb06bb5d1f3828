//! The credentials of the vault.

use secrecy::{ExposeSecret, SecretString};
use trousseau_wire::{Credential, VaultCredentials};

use super::{CoreState, run};
use crate::error::Result;

/// Lists the credentials, and the KDF costs that can be chosen.
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

/// Removes a credential.
#[tauri::command(async)]
pub fn remove_credential(core: CoreState<'_>, credential: Credential) -> Result<()> {
    run(|| core.remove_credential(credential))
}

/// Sets the KDF cost of a credential.
#[tauri::command(async)]
pub fn set_kdf_cost(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
    memory_mib: u32,
) -> Result<()> {
    run(|| core.set_kdf_cost(credential, text.expose_secret(), memory_mib))
}

/// Continues with a vault that is older than the one this device saw last.
#[tauri::command(async)]
pub fn accept_rollback(core: CoreState<'_>) -> Result<()> {
    run(|| core.accept_rollback())
}

/// Switches to the newer copy beside such a vault.
#[tauri::command(async)]
pub fn take_newer_copy(core: CoreState<'_>) -> Result<()> {
    run(|| core.take_newer_copy())
}

/// Postpones the new credential until the next unlock.
#[tauri::command(async)]
pub fn postpone_new_credential(core: CoreState<'_>) -> Result<()> {
    core.postpone_new_credential()
}
