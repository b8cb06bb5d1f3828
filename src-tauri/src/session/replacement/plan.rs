//! What each way needs to stay, when the keys are replaced.

use trousseau_vault::{DeviceKey, SlotKind};
use trousseau_wire::{Biometric, Credential, Needs, PresentWay};

use super::Before;
use crate::platform::secret_store::SecretPurpose;
use crate::refused::Answer;
use crate::session::Core;
use crate::session::credentials::ways;

impl Core {
    /// What opens the vault, and what each way needs to stay when the keys are replaced. Asks the device, but nobody.
    ///
    /// # Errors
    /// `Locked`.
    pub fn key_plan(&self) -> Answer<Vec<PresentWay>> {
        let before = {
            let session = self.session();
            session.before()?
        };
        let needs = |way| match way {
            Credential::Passphrase => Needs::Typed,
            Credential::Recovery => Needs::NewWords,
            Credential::Biometric if self.config.secret_store.biometric() == Biometric::Ready => {
                Needs::Dialog
            }
            Credential::Biometric => Needs::Gone,
            Credential::Device => {
                match self.key_of(&before, SlotKind::Device, SecretPurpose::Device) {
                    Some(_) => Needs::Nothing,
                    None => Needs::Gone,
                }
            }
            Credential::Pin => match self.key_of(&before, SlotKind::Pin, SecretPurpose::Pin) {
                Some(key) if before.stretched_pin(&key).is_some() => Needs::Nothing,
                Some(_) => Needs::Typed,
                None => Needs::Gone,
            },
        };
        let present = |credential| PresentWay {
            credential,
            needs: needs(credential),
        };
        Ok(ways(&before.slots).into_iter().map(present).collect())
    }

    /// The device's present key of a slot; asks nobody.
    pub(super) fn key_of(
        &self,
        before: &Before,
        kind: SlotKind,
        role: SecretPurpose,
    ) -> Option<DeviceKey> {
        let slot = before.slots.iter().find(|slot| slot.kind == kind)?;
        self.kept_key(&[(before.vault.id(), Some(slot.id))], role, "")
            .ok()
    }
}
