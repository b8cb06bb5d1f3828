//! The settings.

use tauri::{AppHandle, Runtime, State};
use trousseau_wire::{Appearance, SecuritySettings};

use super::{CoreState, run};
use crate::appearance::AppearanceStore;
use crate::error::Result;

/// Returns the security settings.
#[tauri::command(async)]
pub fn security_settings(core: CoreState<'_>) -> Result<SecuritySettings> {
    core.security_settings()
}

/// Saves the security settings.
#[tauri::command(async)]
pub fn set_security_settings(
    core: CoreState<'_>,
    settings: SecuritySettings,
) -> Result<SecuritySettings> {
    run(|| core.set_security_settings(settings))
}

/// Returns language, colours, text size and order.
#[tauri::command(async)]
pub fn appearance<R: Runtime>(
    app: AppHandle<R>,
    settings: State<'_, AppearanceStore>,
) -> Appearance {
    settings.appearance(&app)
}

/// Saves them.
#[tauri::command(async)]
pub fn set_appearance<R: Runtime>(
    app: AppHandle<R>,
    settings: State<'_, AppearanceStore>,
    appearance: Appearance,
) -> Result<Appearance> {
    settings.set_appearance(&app, appearance)
}
