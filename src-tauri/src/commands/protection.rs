//! What opens the vault.

use secrecy::{ExposeSecret, SecretString};
use trousseau_wire::{Credential, Protection};

use super::{CoreState, answered};
use crate::refused::Answer;

/// What opens the vault, and what guessing costs.
#[tauri::command(async)]
pub fn protection(core: CoreState<'_>) -> Answer<Protection> {
    core.protection()
}

/// Adds or changes a credential.
#[tauri::command(async)]
pub fn set_credential(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
) -> Answer<()> {
    answered(|| core.set_credential(credential, text.expose_secret()))
}

/// Takes a credential away.
#[tauri::command(async)]
pub fn remove_credential(core: CoreState<'_>, credential: Credential) -> Answer<()> {
    answered(|| core.remove_credential(credential))
}

/// Makes guessing a credential cost as much as chosen.
#[tauri::command(async)]
pub fn set_cost(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
    memory_mib: u32,
) -> Answer<()> {
    answered(|| core.set_cost(credential, text.expose_secret(), memory_mib))
}

/// Keeps a vault that is older than the device remembers.
#[tauri::command(async)]
pub fn accept_rollback(core: CoreState<'_>) -> Answer<()> {
    answered(|| core.accept_rollback())
}

/// Goes on with the newer copy beside such a vault.
#[tauri::command(async)]
pub fn take_newer_copy(core: CoreState<'_>) -> Answer<()> {
    answered(|| core.take_newer_copy())
}

/// A new credential is put off until the next opening.
#[tauri::command(async)]
pub fn postpone_credential(core: CoreState<'_>) -> Answer<()> {
    core.postpone_credential()
}
