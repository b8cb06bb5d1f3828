//! The device's store for small secrets, outside the vault's folder: a copied vault file does not contain them.

use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use trousseau_vault::{SlotId, VaultId};
use trousseau_wire::Biometric;
use zeroize::Zeroizing;

/// The keyring, Keychain or Keystore. Tests use their own.
pub trait SecretStore: Send + Sync {
    /// Whether this device has such a store.
    fn keeps_secrets(&self) -> bool;

    /// Whether [`SecretPurpose::Biometric`] can be stored and read here.
    fn biometric(&self) -> Biometric;

    /// The secret stored as `id`, or `None` if there is none. `text` is shown in the system's biometric dialog:
    /// its message, and on a second line the label of its cancel button.
    ///
    /// # Errors
    /// See [`SecretStoreError`].
    fn read(
        &self,
        id: &SecretId,
        text: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError>;

    /// Stores `value` on this device only, and replaces an earlier value.
    ///
    /// # Errors
    /// See [`SecretStoreError`].
    fn write(&self, id: &SecretId, value: &[u8], text: &str) -> Result<(), SecretStoreError>;

    /// Removes the secret. It is no error if there is none.
    ///
    /// # Errors
    /// See [`SecretStoreError`].
    fn remove(&self, id: &SecretId) -> Result<(), SecretStoreError>;
}

/// What a secret belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A vault.
    Vault(VaultId),
    /// A folder, identified by the first 16 bytes of the SHA-256 of its path.
    Folder([u8; 16]),
}

/// Identifies a stored secret of one vault, or of the folder of a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SecretId {
    /// What the secret belongs to.
    pub owner: Owner,
    /// The purpose of the secret.
    pub purpose: SecretPurpose,
    /// The slot that the secret opens. Each slot has its own secret, so that a vault file determines which
    /// secrets it needs. `None` for a secret that belongs to no slot, and for secrets of earlier versions,
    /// which had one per purpose.
    pub slot: Option<SlotId>,
}

impl SecretId {
    /// The secret of one slot.
    pub fn for_slot(vault: VaultId, purpose: SecretPurpose, slot: SlotId) -> Self {
        Self {
            owner: Owner::Vault(vault),
            purpose,
            slot: Some(slot),
        }
    }

    /// A secret that belongs to no slot, or one of an earlier version.
    pub fn without_slot(vault: VaultId, purpose: SecretPurpose) -> Self {
        Self {
            owner: Owner::Vault(vault),
            purpose,
            slot: None,
        }
    }

    /// The id of the vault that was last seen in a folder.
    pub fn last_vault_in(folder: &Path) -> Self {
        let hash = Sha256::digest(folder.as_os_str().as_encoded_bytes());
        let mut beginning = [0; 16];
        beginning.copy_from_slice(&hash[..16]);
        Self {
            owner: Owner::Folder(beginning),
            purpose: SecretPurpose::LastVault,
            slot: None,
        }
    }

    /// The name under which the device stores this secret.
    pub fn name(&self) -> String {
        let name = self.name_in_vault();
        match self.owner {
            Owner::Vault(vault) => format!("{vault}.{name}"),
            Owner::Folder(folder) => format!("folder-{}.{name}", HEXLOWER.encode(&folder)),
        }
    }

    /// The name without its owner.
    pub fn name_in_vault(&self) -> String {
        let purpose = self.purpose.name();
        match self.slot {
            Some(slot) => format!("{purpose}.{slot}"),
            None => purpose.to_owned(),
        }
    }

    /// Parses the result of [`SecretId::name_in_vault`]; `None` for any other text.
    pub fn parse_name(vault: VaultId, name: &str) -> Option<Self> {
        let (purpose, slot) = match name.split_once('.') {
            Some((purpose, slot)) => (purpose, Some(SlotId::parse(slot)?)),
            None => (name, None),
        };
        let purpose = SecretPurpose::ALL
            .into_iter()
            .find(|other| other.name() == purpose)?;
        let owner = Owner::Vault(vault);
        Some(Self {
            owner,
            purpose,
            slot,
        })
    }
}

/// The purpose of a stored secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecretPurpose {
    /// The half of the access code's key that this device holds.
    Pin,
    /// The key of the slot that opens without a code.
    Device,
    /// The key that the device releases only after a strong biometric of the present enrolment.
    Biometric,
    /// The mark of the vault that was last seen here. It reveals that another file was put in its place.
    Mark,
    /// The id of that vault.
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
            // The first versions stored the generation only.
            Self::Mark => "generation",
            Self::LastVault => "vault",
        }
    }
}

/// Why the device did not read or store a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretStoreError {
    /// This device has no store, or no biometric.
    Absent,
    /// The store refused, or is locked.
    Failed,
    /// The user cancelled the system's dialog.
    Cancelled,
    /// The biometric was not recognised, or too many tries failed.
    NotRecognised,
    /// The enrolled biometrics changed, and the system deleted the key for that reason.
    Changed,
}

/// A device without a store.
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
