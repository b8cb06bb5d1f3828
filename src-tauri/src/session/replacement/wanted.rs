//! What is to open the vault under its new keys.

use trousseau_vault::SlotKind;
use trousseau_wire::{Credential, ErrorCode, WantedWay};

use crate::refused::Answer;
use crate::session::credentials::{is_everyday, is_portable};
use crate::session::typed::{check_new, slot_kind};

/// What is to open the vault under its new keys.
pub struct Wanted<'a> {
    /// Every way, and no others.
    pub ways: &'a [WantedWay],
    /// What was typed for the passphrase; empty where there is none.
    pub passphrase: &'a str,
    /// What was typed for the access code; empty where nobody has to type it.
    pub pin: &'a str,
    /// What the system's dialog for a biometric says.
    pub dialog: &'a str,
    /// It is known that nothing would be left that opens a copied file.
    pub confirmed: bool,
}

impl Wanted<'_> {
    pub(super) fn has(&self, credential: Credential) -> bool {
        self.ways.iter().any(|way| way.credential == credential)
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
    /// `LastCredential`, `CopyUnopenable`; why a new text cannot be a credential.
    pub(super) fn check(&self) -> Answer<()> {
        let any = |test: fn(SlotKind) -> bool| {
            let mut kinds = self.ways.iter().map(|way| slot_kind(way.credential));
            kinds.any(test)
        };
        if !any(is_everyday) {
            return Err(ErrorCode::LastCredential.into());
        }
        if !self.confirmed && !any(is_portable) {
            return Err(ErrorCode::CopyUnopenable.into());
        }
        let mut new = self.ways.iter().filter(|way| way.is_new);
        new.try_for_each(|way| check_new(way.credential, self.text(way.credential)))
    }

    /// Whether somebody typed the present text for it.
    pub(super) fn is_retyped(&self, way: &WantedWay) -> bool {
        let is_typed = match way.credential {
            Credential::Passphrase => true,
            Credential::Pin => !self.pin.is_empty(),
            _ => false,
        };
        is_typed && !way.is_new
    }
}
