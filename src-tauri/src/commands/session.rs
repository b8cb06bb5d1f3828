//! Unlock, lock, proof of a credential, and the window.

use secrecy::{ExposeSecret, SecretString};
use tauri::ipc::Channel;
use trousseau_wire::{CoreEvent, Credential, Haptic, RecoveryWords, Status, Strength, TypedWord};

use super::{CoreState, run};
use crate::error::Result;
use crate::session;
use crate::stack_wipe::with_stack_wiped;

/// Returns the status.
#[tauri::command(async)]
pub fn status(core: CoreState<'_>) -> Result<Status> {
    core.status()
}

/// Sends the core's events to `events` from now on.
#[tauri::command(async)]
pub fn subscribe(core: CoreState<'_>, events: Channel<CoreEvent>) {
    core.set_up_window();
    core.subscribe(move |event| {
        // A closed window needs no events.
        let _ = events.send(event);
    });
}

/// Reports that the user is active, which postpones the auto-lock.
#[tauri::command(async)]
pub fn report_activity(core: CoreState<'_>) {
    core.report_activity();
}

/// Reports that the window was shown or hidden.
#[tauri::command(async)]
pub fn set_window_visible(
    core: CoreState<'_>,
    visible: bool,
    ui_state: Option<String>,
) -> Result<()> {
    let reported = run(|| core.set_window_visible(visible, ui_state));
    let refreshed = run(|| {
        if visible {
            core.set_up_window();
            // In the meantime a fingerprint may have been enrolled, or a keyring unlocked.
            core.refresh_capabilities();
        }
        Ok(())
    });
    reported.and(refreshed)
}

/// Holds the auto-lock while a system dialog that the page opened covers the window.
#[tauri::command(async)]
pub fn hold_auto_lock(core: CoreState<'_>, hold: bool) {
    core.hold_auto_lock(hold);
}

/// Keeps the screen on while a code is shown.
#[tauri::command(async)]
pub fn keep_screen_on(core: CoreState<'_>, on: bool) -> Result<()> {
    core.keep_screen_on(on)
}

/// Vibrates shortly in response to a touch.
#[tauri::command(async)]
pub fn vibrate(core: CoreState<'_>, haptic: Haptic) {
    core.vibrate(haptic);
}

/// Estimates how hard a passphrase is to guess.
#[tauri::command(async)]
pub fn estimate_strength(passphrase: SecretString) -> Strength {
    with_stack_wiped(|| session::estimate_strength(passphrase.expose_secret()))
}

/// Creates the vault.
#[tauri::command(async)]
pub fn create_vault(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
) -> Result<RecoveryWords> {
    run(|| core.create_vault(credential, text.expose_secret()))
}

/// Checks the recovery words that the user typed back.
#[tauri::command(async)]
pub fn verify_recovery_words(core: CoreState<'_>, answers: Vec<TypedWord>) -> Result<()> {
    run(|| core.verify_recovery_words(&answers))
}

/// Generates the first recovery words of a vault that has none.
#[tauri::command(async)]
pub fn add_recovery_words(core: CoreState<'_>) -> Result<RecoveryWords> {
    run(|| core.add_recovery_words())
}

/// Asks for a credential again, as a proof for a sensitive command.
#[tauri::command(async)]
pub fn reauthenticate(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
) -> Result<()> {
    run(|| core.reauthenticate(credential, text.expose_secret()))
}

/// Unlocks the vault.
#[tauri::command(async)]
pub fn unlock(core: CoreState<'_>, credential: Credential, text: SecretString) -> Result<Status> {
    run(|| core.unlock(credential, text.expose_secret()))
}

/// Locks the vault.
#[tauri::command(async)]
pub fn lock(core: CoreState<'_>) {
    with_stack_wiped(|| core.lock());
}

/// Unlocks the previous generation, read-only.
#[tauri::command(async)]
pub fn open_previous_generation(
    core: CoreState<'_>,
    credential: Credential,
    text: SecretString,
) -> Result<Status> {
    run(|| core.open_previous_generation(credential, text.expose_secret()))
}

/// Replaces the damaged vault with the unlocked previous generation.
#[tauri::command(async)]
pub fn restore_previous_generation(core: CoreState<'_>) -> Result<Status> {
    run(|| core.restore_previous_generation())
}
