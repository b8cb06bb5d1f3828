//! The keyring of a desktop: Secret Service, Keychain or Credential Manager.

use keyring::{Entry, Error};
use trousseau_wire::Biometric;
use zeroize::Zeroizing;

use crate::platform::secret_store::{SecretId, SecretPurpose, SecretStore, SecretStoreError};

const SERVICE: &str = "org.trousseau.authenticator";

/// The operating system's keyring. It offers no biometric.
pub struct Keyring;

impl Keyring {
    fn entry(id: &SecretId) -> Result<Entry, SecretStoreError> {
        if id.purpose == SecretPurpose::Biometric {
            return Err(SecretStoreError::Absent);
        }
        Entry::new(SERVICE, &id.name()).map_err(|_| SecretStoreError::Absent)
    }
}

impl SecretStore for Keyring {
    fn keeps_secrets(&self) -> bool {
        Entry::store_status().is_ok()
    }

    fn biometric(&self) -> Biometric {
        Biometric::Absent
    }

    fn read(
        &self,
        id: &SecretId,
        _text: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        match Self::entry(id)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(_) => Err(SecretStoreError::Failed),
        }
    }

    fn write(&self, id: &SecretId, value: &[u8], _text: &str) -> Result<(), SecretStoreError> {
        Self::entry(id)?
            .set_secret(value)
            .map_err(|_| SecretStoreError::Failed)
    }

    fn remove(&self, id: &SecretId) -> Result<(), SecretStoreError> {
        match Self::entry(id)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(_) => Err(SecretStoreError::Failed),
        }
    }
}
