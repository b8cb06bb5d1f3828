//! Opening, closing and proving.

use secrecy::{ExposeSecret, SecretString};
use tauri::ipc::Channel;
use trousseau_wire::{CoreEvent, Credential, Haptic, RecoveryWords, Status, Strength, TypedWord};

use super::{CoreState, run};
use crate::error::Result;
use crate::session;
use crate::stack_wipe::with_stack_wiped;

/// Where the session stands.
#[tauri::command(async)]
pub fn status(core: CoreState<'_>) -> Result<Status> {
    core.status()
}

/// Sends notices through `events` from now on.
#[tauri::command(async)]
pub fn subscribe(core: CoreState<'_>, events: Channel<CoreEvent>) {
    core.set_up_window();
    core.subscribe(move |event| {
        // A window that is gone needs no notice.
        let _ = events.send(event);
    });
}

/// The person is active.
#[tauri::command(async)]
pub fn report_activity(core: CoreState<'_>) {
    core.report_activity();
}

/// The window came to the front or left it.
#[tauri::command(async)]
pub fn set_window_visible(
    core: CoreState<'_>,
    visible: bool,
    ui_state: Option<String>,
) -> Result<()> {
    let kept = run(|| core.set_window_visible(visible, ui_state));
    let looked = run(|| {
        if visible {
            core.set_up_window();
            // Somebody may have been enrolled, or a keyring unlocked, meanwhile.
            core.refresh_capabilities();
        }
        Ok(())
    });
    kept.and(looked)
}

/// A system sheet of ours is about to cover the window, or is gone.
#[tauri::command(async)]
pub fn hold_auto_lock(core: CoreState<'_>, hold: bool) {
    core.hold_auto_lock(hold);
}

/// A code is on the screen, or none is any more.
#[tauri::command(async)]
pub fn keep_screen_on(core: CoreState<'_>, on: bool) -> Result<()> {
    core.keep_screen_on(on)
}

/// Answers a touch by a short vibration.
#[tauri::command(async)]
pub fn vibrate(core: CoreState<'_>, haptic: Haptic) {
    core.vibrate(haptic);
}

/// How hard a passphrase is to guess.
#[tauri::command(async)]
pub fn estimate_strength(passphrase: SecretString) -> Strength {
    with_stack_wiped(|| session::estimate_strength(passphrase.expose_secret()))
}

/// Makes the vault.
#[tauri::command(async)]
pub fn create_vault(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
) -> Result<RecoveryWords> {
    run(|| core.create_vault(credential, text.expose_secret()))
}

/// Takes the recovery words that were typed back.
#[tauri::command(async)]
pub fn verify_recovery_words(core: CoreState<'_>, answers: Vec<TypedWord>) -> Result<()> {
    run(|| core.verify_recovery_words(&answers))
}

/// Makes the first recovery words of a vault that has none.
#[tauri::command(async)]
pub fn add_recovery_words(core: CoreState<'_>) -> Result<RecoveryWords> {
    run(|| core.add_recovery_words())
}

/// Proves a credential again.
#[tauri::command(async)]
pub fn reauthenticate(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
) -> Result<()> {
    run(|| core.reauthenticate(credential, text.expose_secret()))
}

/// Opens the vault.
#[tauri::command(async)]
pub fn unlock(core: CoreState<'_>, credential: Credential, text: SecretString) -> Result<Status> {
    run(|| core.unlock(credential, text.expose_secret()))
}

/// Closes it.
#[tauri::command(async)]
pub fn lock(core: CoreState<'_>) {
    with_stack_wiped(|| core.lock());
}

/// Opens the previous generation, for reading.
#[tauri::command(async)]
pub fn open_previous_generation(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
) -> Result<Status> {
    run(|| core.open_previous_generation(credential, text.expose_secret()))
}

/// Puts the open previous generation in the damaged vault's ui_state.
#[tauri::command(async)]
pub fn restore_previous_generation(core: CoreState<'_>) -> Result<Status> {
    run(|| core.restore_previous_generation())
}
