//! Android: the Keystore, without a biometric through `android-native-keyring-store`, and with one through the
//! cipher of Tauri's plugin, which is called from here only.

use std::sync::Arc;

use android_native_keyring_store::Store;
use data_encoding::HEXLOWER;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use tauri::plugin::mobile::PluginInvokeError;
use tauri::{AppHandle, Runtime};
use tauri_plugin_biometric::{AuthOptions, BiometricExt, CipherResult};
use trousseau_wire::Biometric;
use zeroize::Zeroizing;

use crate::platform::biometric_state;
use crate::platform::device::{Device, DeviceError, Item, Role};

const SERVICE: &str = "org.trousseau.authenticator";

/// The Keystore of the phone. Backups leave both its keys and what they seal behind.
pub struct Keystore<R: Runtime> {
    app: AppHandle<R>,
    store: Option<Arc<Store>>,
}

impl<R: Runtime> Keystore<R> {
    /// Asks for the store once.
    pub fn new(app: AppHandle<R>) -> Self {
        let store = Store::new().ok();
        Self { app, store }
    }

    fn entry(&self, item: &Item) -> Result<Entry, DeviceError> {
        let store = self.store.as_ref().ok_or(DeviceError::Absent)?;
        store
            .build(SERVICE, &item.name(), None)
            .map_err(|_| DeviceError::Absent)
    }

    /// The plugin's key asks for a strong biometric at each use and dies with a new enrolment.
    fn cipher(&self, reason: &str, options: AuthOptions) -> Result<Zeroizing<String>, DeviceError> {
        match self
            .app
            .biometric()
            .biometric_cipher(reason.to_owned(), options)
        {
            Ok(CipherResult { data }) => Ok(Zeroizing::new(data)),
            Err(tauri_plugin_biometric::Error::PluginInvoke(
                PluginInvokeError::InvokeRejected(refusal),
            )) => Err(refused(refusal.code.as_deref())),
            Err(_) => Err(DeviceError::Failed),
        }
    }
}

/// The plugin's error codes. A key that is not good any more has none of its own.
fn refused(code: Option<&str>) -> DeviceError {
    match code {
        Some("userCancel" | "systemCancel") => DeviceError::Cancelled,
        Some("biometryLockout" | "authenticationFailed") => DeviceError::NotRecognised,
        Some("biometryNotAvailable" | "biometryNotEnrolled" | "passcodeNotSet") => {
            DeviceError::Absent
        }
        None | Some("") => DeviceError::Changed,
        Some(_) => DeviceError::Failed,
    }
}

impl<R: Runtime> Device for Keystore<R> {
    fn keeps_secrets(&self) -> bool {
        self.store.is_some()
    }

    fn biometric(&self) -> Biometric {
        match self.store {
            Some(_) => biometric_state(&self.app),
            None => Biometric::Absent,
        }
    }

    fn read(&self, item: &Item, reason: &str) -> Result<Option<Zeroizing<Vec<u8>>>, DeviceError> {
        let kept = match self.entry(item)?.get_secret() {
            Ok(secret) => Zeroizing::new(secret),
            Err(Error::NoEntry) => return Ok(None),
            Err(_) => return Err(DeviceError::Failed),
        };
        if item.role != Role::Biometric {
            return Ok(Some(kept));
        }
        let sealed = String::from_utf8(kept.to_vec()).map_err(|_| DeviceError::Failed)?;
        let options = AuthOptions {
            data_to_decrypt: Some(sealed),
            ..AuthOptions::default()
        };
        let hex = self.cipher(reason, options)?;
        let key = HEXLOWER.decode(hex.as_bytes());
        Ok(Some(Zeroizing::new(key.map_err(|_| DeviceError::Failed)?)))
    }

    fn write(&self, item: &Item, value: &[u8], reason: &str) -> Result<(), DeviceError> {
        let entry = self.entry(item)?;
        let kept = if item.role == Role::Biometric {
            let options = AuthOptions {
                data_to_encrypt: Some(HEXLOWER.encode(value)),
                ..AuthOptions::default()
            };
            let sealed = self.cipher(reason, options)?;
            Zeroizing::new(sealed.as_bytes().to_vec())
        } else {
            Zeroizing::new(value.to_vec())
        };
        entry.set_secret(&kept).map_err(|_| DeviceError::Failed)
    }

    fn remove(&self, item: &Item) -> Result<(), DeviceError> {
        match self.entry(item)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(_) => Err(DeviceError::Failed),
        }
    }
}
