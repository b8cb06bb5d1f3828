//! From a text, a picture, a frame or typed values to a saved entry.

use data_encoding::BASE64;
use secrecy::SecretString;
use serde::Deserialize;
use tauri::ipc::{InvokeBody, Request};
use trousseau_wire::{
    Alphabet, ByHand, DraftChanges, ErrorCode, HandAnswer, Resumed, SavedEntries, SavedEntry,
    ScanAnswer,
};

use super::{CoreState, answered};
use crate::refused::Answer;

/// What another app handed over, read.
#[tauri::command(async)]
pub fn take_handed_over(core: CoreState<'_>) -> Answer<Option<ScanAnswer>> {
    answered(|| core.take_handed_over())
}

/// Reads a pasted text.
#[tauri::command(async)]
pub fn read_text(core: CoreState<'_>, text: String) -> Answer<ScanAnswer> {
    answered(|| core.read_text(&text))
}

/// Reads a picture file: its bytes are the whole message.
#[tauri::command(async)]
pub fn read_picture(core: CoreState<'_>, request: Request<'_>) -> Answer<ScanAnswer> {
    answered(|| match request.body() {
        InvokeBody::Raw(bytes) => core.read_picture(bytes),
        InvokeBody::Json(value) => {
            core.read_picture(&in_json(value, "picture").ok_or(ErrorCode::NotAPicture)?)
        }
    })
}

/// Reads a camera frame: its bytes are the whole message.
#[tauri::command(async)]
pub fn read_frame(core: CoreState<'_>, request: Request<'_>) -> Answer<ScanAnswer> {
    answered(|| match request.body() {
        InvokeBody::Raw(bytes) => core.read_frame(bytes),
        InvokeBody::Json(value) => {
            core.read_frame(&in_json(value, "frame").ok_or(ErrorCode::FrameMalformed)?)
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
pub fn draft_by_hand(
    core: CoreState<'_>,
    fields: ByHand,
    secret: SecretString,
    alphabet: Option<Alphabet>,
) -> Answer<HandAnswer> {
    answered(|| core.draft_by_hand(&fields, &secret, alphabet))
}

/// Saves a draft.
#[tauri::command(async)]
pub fn save_draft(
    core: CoreState<'_>,
    draft_id: String,
    changes: DraftChanges,
) -> Answer<SavedEntry> {
    answered(|| core.save_draft(&draft_id, changes))
}

/// Saves several drafts at once, as they were read.
#[tauri::command(async)]
pub fn save_drafts(core: CoreState<'_>, draft_ids: Vec<String>) -> Answer<SavedEntries> {
    answered(|| core.save_drafts(&draft_ids))
}

/// Keeps where the person is, so that a lock does not lose what was begun.
#[tauri::command(async)]
pub fn keep_place(core: CoreState<'_>, place: Option<String>) -> Answer<()> {
    answered(|| core.keep_place(place))
}

/// What the last lock interrupted.
#[tauri::command(async)]
pub fn resume(core: CoreState<'_>) -> Answer<Resumed> {
    answered(|| core.resume())
}

/// Forgets a draft.
#[tauri::command(async)]
pub fn discard_draft(core: CoreState<'_>, draft_id: String) -> Answer<()> {
    answered(|| core.discard_draft(&draft_id))
}
