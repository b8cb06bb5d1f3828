//! New keys, asked for as the window does.
#![allow(dead_code, reason = "each test program takes what it needs of it")]

use trousseau_app::error::Result;
use trousseau_app::session::{Core, WantedCredentials};
use trousseau_wire::{Credential, KeysReplaced, WantedCredential};

/// What is to open the vault.
#[derive(Clone, Copy, Default)]
pub struct KeyReplacement<'a> {
    /// As it is. Recovery words are made anew first.
    pub same: &'a [Credential],
    /// Another passphrase or access code, or one that was not there.
    pub new: &'a [Credential],
    pub passphrase: &'a str,
    pub pin: &'a str,
}

/// Replaces the keys. Answers also the new recovery words; none where they go.
pub fn replace(core: &Core, request: KeyReplacement<'_>) -> Result<(KeysReplaced, String)> {
    let words = match request.same.contains(&Credential::Recovery) {
        true => core.draft_recovery_words()?.words.join(" "),
        false => String::new(),
    };
    let way =
        |is_new: bool| move |&credential: &Credential| WantedCredential { credential, is_new };
    let (same, new) = (
        request.same.iter().map(way(false)),
        request.new.iter().map(way(true)),
    );
    let wanted: Vec<_> = same.chain(new).collect();
    let replaced = core.replace_keys(&WantedCredentials {
        credentials: &wanted,
        passphrase: request.passphrase,
        pin: request.pin,
        dialog: "why",
        confirmed: true,
    })?;
    Ok((replaced, words))
}
