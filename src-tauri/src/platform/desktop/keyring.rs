//! The keyring of a desktop: Secret Service, Keychain or Credential Manager.

use keyring::{Entry, Error};
use trousseau_wire::Biometric;
use zeroize::Zeroizing;

use crate::platform::device::{Device, DeviceError, Item, Role};

const SERVICE: &str = "org.trousseau.authenticator";

/// The operating system's keyring. It asks for no biometric.
pub struct Keyring;

impl Keyring {
    fn entry(item: &Item) -> Result<Entry, DeviceError> {
        if item.role == Role::Biometric {
            return Err(DeviceError::Absent);
        }
        Entry::new(SERVICE, &item.name()).map_err(|_| DeviceError::Absent)
    }
}

impl Device for Keyring {
    fn keeps_secrets(&self) -> bool {
        Entry::store_status().is_ok()
    }

    fn biometric(&self) -> Biometric {
        Biometric::Absent
    }

    fn read(&self, item: &Item, _text: &str) -> Result<Option<Zeroizing<Vec<u8>>>, DeviceError> {
        match Self::entry(item)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(_) => Err(DeviceError::Failed),
        }
    }

    fn write(&self, item: &Item, value: &[u8], _text: &str) -> Result<(), DeviceError> {
        Self::entry(item)?
            .set_secret(value)
            .map_err(|_| DeviceError::Failed)
    }

    fn remove(&self, item: &Item) -> Result<(), DeviceError> {
        match Self::entry(item)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(_) => Err(DeviceError::Failed),
        }
    }
}
