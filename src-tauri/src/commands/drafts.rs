//! From a text, a picture, a frame or typed values to a saved entry.

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

/// What another app handed over, read.
#[tauri::command(async)]
pub fn take_shared(core: CoreState<'_>) -> Result<Option<ScanResult>> {
    run(|| core.take_shared())
}

/// Reads a pasted text.
#[tauri::command(async)]
pub fn import_text(core: CoreState<'_>, text: String) -> Result<ScanResult> {
    run(|| core.import_text(&text))
}

/// Reads a picture file: its bytes are the whole message.
#[tauri::command(async)]
pub fn scan_picture(core: CoreState<'_>, request: Request<'_>) -> Result<ScanResult> {
    run(|| match request.body() {
        InvokeBody::Raw(bytes) => core.scan_picture(bytes),
        InvokeBody::Json(value) => {
            core.scan_picture(&in_json(value, "picture").ok_or(ErrorCode::NotAPicture)?)
        }
    })
}

/// Reads a camera frame: its bytes are the whole message.
#[tauri::command(async)]
pub fn scan_frame(core: CoreState<'_>, request: Request<'_>) -> Result<ScanResult> {
    run(|| match request.body() {
        InvokeBody::Raw(bytes) => core.scan_frame(bytes),
        InvokeBody::Json(value) => {
            core.scan_frame(&in_json(value, "frame").ok_or(ErrorCode::FrameMalformed)?)
        }
    })
}

/// Bytes where the bridge carries JSON only (Android): base64 under `name`, or the list of numbers that a
/// `Uint8Array` turns into.
fn in_json(value: &serde_json::Value, name: &str) -> Option<Vec<u8>> {
    match value.get(name) {
        Some(text) => BASE64.decode(text.as_str()?.as_bytes()).ok(),
        None => Vec::deserialize(value).ok(),
    }
}

/// A draft from typed values.
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

/// Saves several drafts at once, as they were read.
#[tauri::command(async)]
pub fn save_drafts(core: CoreState<'_>, draft_ids: Vec<String>) -> Result<SavedEntries> {
    run(|| core.save_drafts(&draft_ids))
}

/// Keeps where the person is, so that a lock does not lose what was begun.
#[tauri::command(async)]
pub fn save_ui_state(core: CoreState<'_>, ui_state: Option<String>) -> Result<()> {
    run(|| core.save_ui_state(ui_state))
}

/// What the last lock interrupted.
#[tauri::command(async)]
pub fn restore_ui_state(core: CoreState<'_>) -> Result<RestoredState> {
    run(|| core.restore_ui_state())
}

/// Forgets a draft.
#[tauri::command(async)]
pub fn discard_draft(core: CoreState<'_>, draft_id: String) -> Result<()> {
    run(|| core.discard_draft(&draft_id))
}
