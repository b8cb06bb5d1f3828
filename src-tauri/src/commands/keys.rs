//! New keys for the whole vault.

use secrecy::{ExposeSecret, SecretString};
use trousseau_wire::{KeysReplaced, PresentWay, RecoveryWords, WantedWay};

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
    sentence: String,
    confirmed: bool,
) -> Answer<KeysReplaced> {
    let wanted = Wanted {
        ways: &ways,
        passphrase: passphrase.expose_secret(),
        pin: pin.expose_secret(),
        sentence: &sentence,
        confirmed,
    };
    answered(|| core.replace_keys(&wanted))
}
