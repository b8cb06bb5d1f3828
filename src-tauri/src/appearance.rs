//! The appearance settings (language, colours, text size, order) in Tauri's store. Security settings are in the vault.
//!
//! The store writes in place, and opens a half-written file as empty, so it must hold nothing that matters.

use std::path::PathBuf;

use crate::error::Result;
use tauri::{AppHandle, Runtime};
use tauri_plugin_store::StoreExt;
use trousseau_wire::{Appearance, ErrorCode};

const KEY: &str = "appearance";

/// The file of the appearance settings.
pub struct AppearanceStore {
    file: PathBuf,
}

impl AppearanceStore {
    /// Uses `file`, which the first change creates.
    pub fn new(file: PathBuf) -> Self {
        crate::storage::remove_special_file(&file);
        Self { file }
    }

    /// The saved settings, or the defaults if there are none or the file cannot be read.
    pub fn appearance<R: Runtime>(&self, app: &AppHandle<R>) -> Appearance {
        let store = app.store(&self.file).ok();
        let value = store.and_then(|store| store.get(KEY));
        value
            .and_then(|value| serde_json::from_value(value).ok())
            .unwrap_or_default()
    }

    /// Saves the settings.
    ///
    /// # Errors
    /// `StorageFailed` if the file cannot be written.
    pub fn set_appearance<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        appearance: Appearance,
    ) -> Result<Appearance> {
        let failed = |_| ErrorCode::StorageFailed;
        let store = app.store(&self.file).map_err(failed)?;
        let value = serde_json::to_value(appearance).map_err(|_| ErrorCode::Internal)?;
        store.set(KEY, value);
        store.save().map_err(failed)?;
        Ok(appearance)
    }
}
