//! New keys, asked for as the window does.
#![allow(dead_code, reason = "each test program takes what it needs of it")]

use trousseau_app::refused::Answer;
use trousseau_app::session::{Core, Wanted};
use trousseau_wire::{Credential, KeysReplaced, WantedWay};

/// What is to open the vault.
#[derive(Clone, Copy, Default)]
pub struct Ways<'a> {
    /// As it is. Recovery words are made anew first.
    pub same: &'a [Credential],
    /// Another passphrase or access code, or one that was not there.
    pub new: &'a [Credential],
    pub passphrase: &'a str,
    pub pin: &'a str,
}

/// Replaces the keys. Answers also the new recovery words; none where they go.
pub fn replace(core: &Core, ways: Ways<'_>) -> Answer<(KeysReplaced, String)> {
    let words = match ways.same.contains(&Credential::Recovery) {
        true => core.draft_words()?.words.join(" "),
        false => String::new(),
    };
    let way = |is_new: bool| move |&credential: &Credential| WantedWay { credential, is_new };
    let (same, new) = (
        ways.same.iter().map(way(false)),
        ways.new.iter().map(way(true)),
    );
    let wanted: Vec<_> = same.chain(new).collect();
    let replaced = core.replace_keys(&Wanted {
        ways: &wanted,
        passphrase: ways.passphrase,
        pin: ways.pin,
        dialog: "why",
        confirmed: true,
    })?;
    Ok((replaced, words))
}
