//! Settings.

use tauri::{AppHandle, Runtime, State};
use trousseau_wire::{Appearance, SecuritySettings};

use super::{CoreState, run};
use crate::appearance::AppearanceStore;
use crate::error::Result;

/// The settings that bear on safety.
#[tauri::command(async)]
pub fn security_settings(core: CoreState<'_>) -> Result<SecuritySettings> {
    core.security_settings()
}

/// Keeps them.
#[tauri::command(async)]
pub fn set_security_settings(
    core: CoreState<'_>,
    settings: SecuritySettings,
) -> Result<SecuritySettings> {
    run(|| core.set_security_settings(settings))
}

/// Language, colours, text size and order.
#[tauri::command(async)]
pub fn appearance<R: Runtime>(
    app: AppHandle<R>,
    settings: State<'_, AppearanceStore>,
) -> Appearance {
    settings.appearance(&app)
}

/// Keeps them.
#[tauri::command(async)]
pub fn set_appearance<R: Runtime>(
    app: AppHandle<R>,
    settings: State<'_, AppearanceStore>,
    appearance: Appearance,
) -> Result<Appearance> {
    settings.set_appearance(&app, appearance)
}
