//! What a device keeps for the app outside the vault's folder: secrets that do not travel with a copied file.

use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use trousseau_vault::{SlotId, VaultId};
use trousseau_wire::Biometric;
use zeroize::Zeroizing;

/// A device's own store of small secrets; tests bring their own.
pub trait SecretStore: Send + Sync {
    /// Whether anything can be kept here at all.
    fn keeps_secrets(&self) -> bool;

    /// Whether [`SecretPurpose::Biometric`] can be kept and given back here.
    fn biometric(&self) -> Biometric;

    /// What is kept under `item`; none where nothing is. `text` is for the dialog of a biometric: its sentence, and in a second
    /// line the word of the button that leaves it.
    ///
    /// # Errors
    /// As [`SecretStoreError`] says.
    fn read(
        &self,
        item: &SecretId,
        text: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError>;

    /// Keeps `value`, on this device alone, in place of what was there.
    ///
    /// # Errors
    /// As [`SecretStoreError`] says.
    fn write(&self, item: &SecretId, value: &[u8], text: &str) -> Result<(), SecretStoreError>;

    /// Forgets it. Nothing there is no error.
    ///
    /// # Errors
    /// As [`SecretStoreError`] says.
    fn remove(&self, item: &SecretId) -> Result<(), SecretStoreError>;
}

/// Whose something is that a device keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A vault's.
    Vault(VaultId),
    /// A folder's, by the beginning of the SHA-256 of its path.
    Folder([u8; 16]),
}

/// What is kept for one vault, or for the folder of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SecretId {
    /// Whose it is.
    pub owner: Owner,
    /// What it is for.
    pub role: SecretPurpose,
    /// Which slot's secret it is: each slot has one of its own, so that a file names the secrets that it needs. None for
    /// what is no slot's, and for the secrets of earlier versions, which had one for each role.
    pub slot: Option<SlotId>,
}

impl SecretId {
    /// The secret of one slot.
    pub fn for_slot(vault: VaultId, role: SecretPurpose, slot: SlotId) -> Self {
        Self {
            owner: Owner::Vault(vault),
            role,
            slot: Some(slot),
        }
    }

    /// What is no slot's, or a secret of earlier versions.
    pub fn without_slot(vault: VaultId, role: SecretPurpose) -> Self {
        Self {
            owner: Owner::Vault(vault),
            role,
            slot: None,
        }
    }

    /// Which vault was seen last in a folder.
    pub fn last_vault_in(folder: &Path) -> Self {
        let hash = Sha256::digest(folder.as_os_str().as_encoded_bytes());
        let mut beginning = [0; 16];
        beginning.copy_from_slice(&hash[..16]);
        Self {
            owner: Owner::Folder(beginning),
            role: SecretPurpose::LastVault,
            slot: None,
        }
    }

    /// The name in the device's store.
    pub fn name(&self) -> String {
        let name = self.name_in_vault();
        match self.owner {
            Owner::Vault(vault) => format!("{vault}.{name}"),
            Owner::Folder(folder) => format!("folder-{}.{name}", HEXLOWER.encode(&folder)),
        }
    }

    /// The name without the owner's.
    pub fn name_in_vault(&self) -> String {
        let role = self.role.name();
        match self.slot {
            Some(slot) => format!("{role}.{slot}"),
            None => role.to_owned(),
        }
    }

    /// What [`SecretId::name_in_vault`] wrote; none for anything else.
    pub fn parse_name(vault: VaultId, name: &str) -> Option<Self> {
        let (role, slot) = match name.split_once('.') {
            Some((role, slot)) => (role, Some(SlotId::parse(slot)?)),
            None => (name, None),
        };
        let role = SecretPurpose::ALL
            .into_iter()
            .find(|other| other.name() == role)?;
        let owner = Owner::Vault(vault);
        Some(Self { owner, role, slot })
    }
}

/// What a kept secret is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecretPurpose {
    /// The device's part of the access code's slot.
    Pin,
    /// The key of the slot that opens without any code.
    Device,
    /// The key that is given after a strong, current biometric only.
    Biometric,
    /// The mark of the vault that was seen here last: another file was put in its place.
    Mark,
    /// Which vault that was.
    LastVault,
}

impl SecretPurpose {
    const ALL: [Self; 5] = [
        Self::Pin,
        Self::Device,
        Self::Biometric,
        Self::Mark,
        Self::LastVault,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Device => "device",
            Self::Biometric => "biometric",
            // The first versions kept the generation alone.
            Self::Mark => "generation",
            Self::LastVault => "vault",
        }
    }
}

/// Why a device did not give or take a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretStoreError {
    /// There is no store, or no biometric.
    Absent,
    /// The store refused, or is locked.
    Failed,
    /// The person left the system's dialog.
    Cancelled,
    /// The biometric was not recognised, or too often not.
    NotRecognised,
    /// The biometrics of this device changed, and the key went with them.
    Changed,
}

/// A machine that keeps nothing for us.
pub struct NoSecretStore;

impl SecretStore for NoSecretStore {
    fn keeps_secrets(&self) -> bool {
        false
    }

    fn biometric(&self) -> Biometric {
        Biometric::Absent
    }

    fn read(&self, _: &SecretId, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        Err(SecretStoreError::Absent)
    }

    fn write(&self, _: &SecretId, _: &[u8], _: &str) -> Result<(), SecretStoreError> {
        Err(SecretStoreError::Absent)
    }

    fn remove(&self, _: &SecretId) -> Result<(), SecretStoreError> {
        Err(SecretStoreError::Absent)
    }
}
