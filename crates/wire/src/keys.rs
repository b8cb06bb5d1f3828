use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Credential;

/// What a credential needs to be kept when the keys of the vault are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum KeepRequirement {
    /// Nothing from the user.
    Nothing,
    /// The user types it, or a new one.
    Typing,
    /// The system shows its dialog.
    Dialog,
    /// New recovery words from `draft_recovery_words`: the present ones cannot be kept.
    NewWords,
    /// It cannot be kept, because this device no longer gives out its secret.
    Impossible,
}

/// A credential of the vault before its keys are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CurrentCredential {
    /// Its kind.
    pub credential: Credential,
    /// What it needs to be kept.
    pub to_keep: KeepRequirement,
}

/// A credential of the vault after its keys are replaced. Its text is an argument of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WantedCredential {
    /// Its kind.
    pub credential: Credential,
    /// True for a passphrase or access code that replaces the present one or is the first.
    pub is_new: bool,
}

/// The result of replacing the keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeysReplaced {
    /// Requested credentials that were lost, because this device did not give or take their secret.
    pub lost: Vec<Credential>,
    /// Whether the previous generation has the new keys, too. If not, it gets them at the next unlock.
    pub finished: bool,
}

/// A file that another one replaced and that was set aside. It can be unlocked with the credentials of its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetAsideFile {
    /// Its name in the vault's folder.
    pub name: String,
    /// When it was set aside (Unix time in ms).
    #[ts(type = "number")]
    pub set_aside_ms: u64,
}

/// An entry of the new secrets checklist: the user should ask its service for a new secret, because someone may have the
/// present one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChecklistItem {
    /// The entry's id.
    pub id: String,
    /// The issuer; may be empty.
    pub issuer: String,
    /// The account name; may be empty.
    pub account: String,
    /// Whether the user ticked it off.
    pub done: bool,
}
