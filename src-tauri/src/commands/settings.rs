//! Settings.

use tauri::{AppHandle, Runtime, State};
use trousseau_wire::{Appearance, Safety};

use super::{CoreState, answered};
use crate::refused::Answer;
use crate::settings::Settings;

/// The settings that bear on safety.
#[tauri::command(async)]
pub fn safety(core: CoreState<'_>) -> Answer<Safety> {
    core.safety()
}

/// Keeps them.
#[tauri::command(async)]
pub fn set_safety(core: CoreState<'_>, safety: Safety) -> Answer<Safety> {
    answered(|| core.set_safety(safety))
}

/// Language, colours, text size and order.
#[tauri::command(async)]
pub fn appearance<R: Runtime>(app: AppHandle<R>, settings: State<'_, Settings>) -> Appearance {
    settings.appearance(&app)
}

/// Keeps them.
#[tauri::command(async)]
pub fn set_appearance<R: Runtime>(
    app: AppHandle<R>,
    settings: State<'_, Settings>,
    appearance: Appearance,
) -> Answer<Appearance> {
    settings.set_appearance(&app, appearance)
}
