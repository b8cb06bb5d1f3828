//! What is to open the vault under its new keys.

use trousseau_vault::SlotKind;
use trousseau_wire::{Credential, ErrorCode, WantedCredential};

use crate::error::Result;
use crate::session::credential_input::{check_new, slot_kind};
use crate::session::credentials::{is_everyday, is_portable};

/// What is to open the vault under its new keys.
pub struct WantedCredentials<'a> {
    /// Every way, and no others.
    pub credentials: &'a [WantedCredential],
    /// What was typed for the passphrase; empty where there is none.
    pub passphrase: &'a str,
    /// What was typed for the access code; empty where nobody has to type it.
    pub pin: &'a str,
    /// What the system's dialog for a biometric says.
    pub dialog: &'a str,
    /// It is known that nothing would be left that opens a copied file.
    pub confirmed: bool,
}

impl WantedCredentials<'_> {
    pub(super) fn has(&self, credential: Credential) -> bool {
        self.credentials
            .iter()
            .any(|chosen| chosen.credential == credential)
    }

    pub(super) fn text(&self, credential: Credential) -> &str {
        match credential {
            Credential::Passphrase => self.passphrase,
            Credential::Pin => self.pin,
            Credential::Biometric => self.dialog,
            Credential::Device | Credential::Recovery => "",
        }
    }

    /// Whether it is enough, and can be.
    ///
    /// # Errors
    /// `LastCredential`, `NoPortableCredential`; why a new text cannot be a credential.
    pub(super) fn check(&self) -> Result<()> {
        let any = |test: fn(SlotKind) -> bool| {
            let mut kinds = self
                .credentials
                .iter()
                .map(|chosen| slot_kind(chosen.credential));
            kinds.any(test)
        };
        if !any(is_everyday) {
            return Err(ErrorCode::LastCredential.into());
        }
        if !self.confirmed && !any(is_portable) {
            return Err(ErrorCode::NoPortableCredential.into());
        }
        let mut new = self.credentials.iter().filter(|chosen| chosen.is_new);
        new.try_for_each(|chosen| check_new(chosen.credential, self.text(chosen.credential)))
    }

    /// Whether somebody typed the present text for it.
    pub(super) fn is_retyped(&self, chosen: &WantedCredential) -> bool {
        let is_typed = match chosen.credential {
            Credential::Passphrase => true,
            Credential::Pin => !self.pin.is_empty(),
            _ => false,
        };
        is_typed && !chosen.is_new
    }
}
