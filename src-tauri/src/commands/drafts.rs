//! From a text, a picture, a camera frame or typed values to a saved entry.

use data_encoding::BASE64;
use secrecy::SecretString;
use serde::Deserialize;
use tauri::ipc::{InvokeBody, Request};
use trousseau_wire::{
    Alphabet, DraftChanges, ErrorCode, ManualEntry, ManualEntryResult, RestoredState, SavedEntries,
    SavedEntry, ScanResult,
};

use super::{CoreState, run};
use crate::error::Result;

/// Reads what other apps have shared.
#[tauri::command(async)]
pub fn take_shared(core: CoreState<'_>) -> Result<Option<ScanResult>> {
    run(|| core.take_shared())
}

/// Imports the links of a pasted text.
#[tauri::command(async)]
pub fn import_text(core: CoreState<'_>, text: String) -> Result<ScanResult> {
    run(|| core.import_text(&text))
}

/// Scans a picture file. Its bytes are the whole message.
#[tauri::command(async)]
pub fn scan_picture(core: CoreState<'_>, request: Request<'_>) -> Result<ScanResult> {
    run(|| match request.body() {
        InvokeBody::Raw(bytes) => core.scan_picture(bytes),
        InvokeBody::Json(value) => {
            core.scan_picture(&in_json(value, "picture").ok_or(ErrorCode::NotAPicture)?)
        }
    })
}

/// Scans a camera frame. Its bytes are the whole message.
#[tauri::command(async)]
pub fn scan_frame(core: CoreState<'_>, request: Request<'_>) -> Result<ScanResult> {
    run(|| match request.body() {
        InvokeBody::Raw(bytes) => core.scan_frame(bytes),
        InvokeBody::Json(value) => {
            core.scan_frame(&in_json(value, "frame").ok_or(ErrorCode::FrameMalformed)?)
        }
    })
}

/// Bytes of a message in JSON, which is all that Android's bridge carries: base64 under `name`, or a list of numbers.
fn in_json(value: &serde_json::Value, name: &str) -> Option<Vec<u8>> {
    match value.get(name) {
        Some(text) => BASE64.decode(text.as_str()?.as_bytes()).ok(),
        None => Vec::deserialize(value).ok(),
    }
}

/// Creates a draft of typed values.
#[tauri::command(async)]
pub fn create_draft(
    core: CoreState<'_>,
    fields: ManualEntry,
    secret: SecretString,
    alphabet: Option<Alphabet>,
) -> Result<ManualEntryResult> {
    run(|| core.create_draft(&fields, &secret, alphabet))
}

/// Saves a draft.
#[tauri::command(async)]
pub fn save_draft(
    core: CoreState<'_>,
    draft_id: String,
    changes: DraftChanges,
) -> Result<SavedEntry> {
    run(|| core.save_draft(&draft_id, changes))
}

/// Saves several drafts under the names that were read.
#[tauri::command(async)]
pub fn save_drafts(core: CoreState<'_>, draft_ids: Vec<String>) -> Result<SavedEntries> {
    run(|| core.save_drafts(&draft_ids))
}

/// Saves the state of the page, so that a lock does not lose unfinished work.
#[tauri::command(async)]
pub fn save_ui_state(core: CoreState<'_>, ui_state: Option<String>) -> Result<()> {
    run(|| core.save_ui_state(ui_state))
}

/// Returns what the last lock interrupted.
#[tauri::command(async)]
pub fn restore_ui_state(core: CoreState<'_>) -> Result<RestoredState> {
    run(|| core.restore_ui_state())
}

/// Discards a draft.
#[tauri::command(async)]
pub fn discard_draft(core: CoreState<'_>, draft_id: String) -> Result<()> {
    run(|| core.discard_draft(&draft_id))
}
