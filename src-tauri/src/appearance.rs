//! Looks only: language, colours, text size and order, in Tauri's store. What bears on safety is in the vault.
//!
//! The store saves in place and opens a torn file as empty; nothing here may matter if lost.

use std::path::PathBuf;

use crate::error::Result;
use tauri::{AppHandle, Runtime};
use tauri_plugin_store::StoreExt;
use trousseau_wire::{Appearance, ErrorCode};

const KEY: &str = "appearance";

/// The settings file of this app.
pub struct AppearanceStore {
    file: PathBuf,
}

impl AppearanceStore {
    /// AppearanceStore in `file`, made with the first change.
    pub fn new(file: PathBuf) -> Self {
        crate::storage::remove_unless_file(&file);
        Self { file }
    }

    /// What was chosen; the defaults where nothing was or the file cannot be read.
    pub fn appearance<R: Runtime>(&self, app: &AppHandle<R>) -> Appearance {
        let store = app.store(&self.file).ok();
        let value = store.and_then(|store| store.get(KEY));
        value
            .and_then(|value| serde_json::from_value(value).ok())
            .unwrap_or_default()
    }

    /// Keeps a choice.
    ///
    /// # Errors
    /// `StorageFailed` where it cannot be written.
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
