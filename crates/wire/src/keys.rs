use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Credential;

/// What a way to open the vault needs to stay, when the keys of the vault are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum KeepRequirement {
    /// Nobody has to do anything.
    Nothing,
    /// It is typed: as it is, or a new one.
    Typing,
    /// The system's dialog is shown.
    Dialog,
    /// New words are made first, with `draft_recovery_words`: the present ones cannot stay.
    NewWords,
    /// It cannot stay: this device does not give its part any more.
    Impossible,
}

/// A way that opens the vault now, before the keys are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CurrentCredential {
    /// Which one.
    pub credential: Credential,
    /// What it needs to stay.
    pub to_keep: KeepRequirement,
}

/// A way that is to open the vault once its keys are replaced. What is typed for it travels beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WantedCredential {
    /// Which one.
    pub credential: Credential,
    /// It is another passphrase or access code than the present one, or there is none yet.
    pub is_new: bool,
}

/// What became of the keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeysReplaced {
    /// What was wanted and does not open the vault any more: this device gave or took no part of it.
    pub lost: Vec<Credential>,
    /// Whether the copy beside the vault has the new keys too; otherwise it gets them at the next opening.
    pub finished: bool,
}

/// A file that was kept aside when another took its place. It opens with what opened it then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetAsideFile {
    /// Its name in the vault's folder.
    pub name: String,
    /// When it was kept aside (Unix time in ms), by the clock of then.
    #[ts(type = "number")]
    pub set_aside_ms: u64,
}

/// An entry whose service is to be asked for a new secret, because somebody may have the present one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChecklistItem {
    /// The entry.
    pub id: String,
    /// Who issued it; may be empty.
    pub issuer: String,
    /// The account name; may be empty.
    pub account: String,
    /// Whether the person ticked it off.
    pub done: bool,
}
