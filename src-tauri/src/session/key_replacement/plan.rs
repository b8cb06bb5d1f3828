//! What each way needs to stay, when the keys are replaced.

use trousseau_vault::{DeviceKey, SlotKind};
use trousseau_wire::{Biometric, Credential, CurrentCredential, KeepRequirement};

use super::CurrentVault;
use crate::error::Result;
use crate::platform::secret_store::SecretPurpose;
use crate::session::Core;
use crate::session::credentials::offered_credentials;

impl Core {
    /// What opens the vault, and what each way needs to stay when the keys are replaced. Asks the device, but nobody.
    ///
    /// # Errors
    /// `Locked`.
    pub fn plan_key_replacement(&self) -> Result<Vec<CurrentCredential>> {
        let before = {
            let session = self.session();
            session.current_vault()?
        };
        let needs = |credential| match credential {
            Credential::Passphrase => KeepRequirement::Typing,
            Credential::Recovery => KeepRequirement::NewWords,
            Credential::Biometric if self.config.secret_store.biometric() == Biometric::Ready => {
                KeepRequirement::Dialog
            }
            Credential::Biometric => KeepRequirement::Impossible,
            Credential::Device => {
                match self.key_of(&before, SlotKind::Device, SecretPurpose::Device) {
                    Some(_) => KeepRequirement::Nothing,
                    None => KeepRequirement::Impossible,
                }
            }
            Credential::Pin => match self.key_of(&before, SlotKind::Pin, SecretPurpose::Pin) {
                Some(key) if before.stretched_pin(&key).is_some() => KeepRequirement::Nothing,
                Some(_) => KeepRequirement::Typing,
                None => KeepRequirement::Impossible,
            },
        };
        let present = |credential| CurrentCredential {
            credential,
            to_keep: needs(credential),
        };
        Ok(offered_credentials(&before.slots)
            .into_iter()
            .map(present)
            .collect())
    }

    /// The device's present key of a slot; asks nobody.
    pub(super) fn key_of(
        &self,
        before: &CurrentVault,
        kind: SlotKind,
        role: SecretPurpose,
    ) -> Option<DeviceKey> {
        let slot = before.slots.iter().find(|slot| slot.kind == kind)?;
        self.load_device_key(&[(before.vault.id(), Some(slot.id))], role, "")
            .ok()
    }
}
