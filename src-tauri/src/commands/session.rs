//! Opening, closing and proving.

use secrecy::{ExposeSecret, SecretString};
use tauri::ipc::Channel;
use trousseau_wire::{Credential, Haptic, Notice, RecoveryWords, Status, Strength, WordAnswer};

use super::{CoreState, answered};
use crate::refused::Answer;
use crate::session;
use crate::stack::wiped;

/// Where the session stands.
#[tauri::command(async)]
pub fn status(core: CoreState<'_>) -> Answer<Status> {
    core.status()
}

/// Sends notices through `notices` from now on.
#[tauri::command(async)]
pub fn watch(core: CoreState<'_>, notices: Channel<Notice>) {
    core.set_up_window();
    core.watch(move |notice| {
        // A window that is gone needs no notice.
        let _ = notices.send(notice);
    });
}

/// The person is active.
#[tauri::command(async)]
pub fn touch(core: CoreState<'_>) {
    core.touch();
}

/// The window came to the front or left it.
#[tauri::command(async)]
pub fn set_visible(core: CoreState<'_>, visible: bool, place: Option<String>) -> Answer<()> {
    let kept = answered(|| core.set_visible(visible, place));
    let looked = answered(|| {
        if visible {
            core.set_up_window();
            // Somebody may have been enrolled, or a keyring unlocked, meanwhile.
            core.look_at_device();
        }
        Ok(())
    });
    kept.and(looked)
}

/// A system sheet of ours is about to cover the window, or is gone.
#[tauri::command(async)]
pub fn hold_open(core: CoreState<'_>, hold: bool) {
    core.hold_open(hold);
}

/// A code is on the screen, or none is any more.
#[tauri::command(async)]
pub fn show_code(core: CoreState<'_>, shown: bool) -> Answer<()> {
    core.show_code(shown)
}

/// Answers a touch by a short vibration.
#[tauri::command(async)]
pub fn vibrate(core: CoreState<'_>, haptic: Haptic) {
    core.vibrate(haptic);
}

/// How hard a passphrase is to guess.
#[tauri::command(async)]
pub fn judge_passphrase(passphrase: SecretString) -> Strength {
    wiped(|| session::judge_passphrase(passphrase.expose_secret()))
}

/// Makes the vault.
#[tauri::command(async)]
pub fn create_vault(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
) -> Answer<RecoveryWords> {
    answered(|| core.create_vault(credential, text.expose_secret()))
}

/// Takes the recovery words that were typed back.
#[tauri::command(async)]
pub fn confirm_recovery(core: CoreState<'_>, answers: Vec<WordAnswer>) -> Answer<()> {
    answered(|| core.confirm_recovery(&answers))
}

/// Makes the first recovery words of a vault that has none.
#[tauri::command(async)]
pub fn add_recovery(core: CoreState<'_>) -> Answer<RecoveryWords> {
    answered(|| core.add_recovery())
}

/// Proves a credential again.
#[tauri::command(async)]
pub fn prove(core: CoreState<'_>, credential: Credential, text: SecretString) -> Answer<()> {
    answered(|| core.prove(credential, text.expose_secret()))
}

/// Opens the vault.
#[tauri::command(async)]
pub fn unlock(core: CoreState<'_>, credential: Credential, text: SecretString) -> Answer<Status> {
    answered(|| core.unlock(credential, text.expose_secret()))
}

/// Closes it.
#[tauri::command(async)]
pub fn lock(core: CoreState<'_>) {
    wiped(|| core.lock());
}

/// Opens the previous generation, for reading.
#[tauri::command(async)]
pub fn open_backup(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
) -> Answer<Status> {
    answered(|| core.open_backup(credential, text.expose_secret()))
}

/// Puts the open previous generation in the damaged vault's place.
#[tauri::command(async)]
pub fn restore_backup(core: CoreState<'_>) -> Answer<Status> {
    answered(|| core.restore_backup())
}
