//! The Android Keystore: without a biometric through `android-native-keyring-store`, with one through the
//! cipher of Tauri's plugin, which only Rust calls.

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

use crate::platform::biometric_plugin::{cipher_error, key_creation_error, split_dialog_text};
use crate::platform::secret_store::{SecretId, SecretPurpose, SecretStore, SecretStoreError};

const SERVICE: &str = "org.trousseau.authenticator";

/// The phone's Keystore. A backup contains neither its keys nor what they seal.
pub struct Keystore<R: Runtime> {
    app: AppHandle<R>,
    store: Option<Arc<Store>>,
}

impl<R: Runtime> Keystore<R> {
    /// Opens the store once.
    pub fn new(app: AppHandle<R>) -> Self {
        let store = Store::new().ok();
        Self { app, store }
    }

    fn entry(&self, id: &SecretId) -> Result<Entry, SecretStoreError> {
        let store = self.store.as_ref().ok_or(SecretStoreError::Absent)?;
        store
            .build(SERVICE, &id.name(), None)
            .map_err(|_| SecretStoreError::Absent)
    }

    /// Encrypts or decrypts with the plugin's key, which requires a strong biometric for each use and is
    /// deleted when a new one is enrolled. `to_error` makes an error of a refusal's code and message.
    fn cipher(
        &self,
        text: &str,
        options: AuthOptions,
        to_error: fn(Option<&str>, &str) -> SecretStoreError,
    ) -> Result<Zeroizing<String>, SecretStoreError> {
        let (message, cancel) = split_dialog_text(text);
        let options = AuthOptions {
            title: Some("Trousseau".into()),
            cancel_title: cancel.map(str::to_owned),
            ..options
        };
        match self
            .app
            .biometric()
            .biometric_cipher(message.to_owned(), options)
        {
            Ok(CipherResult { data }) => Ok(Zeroizing::new(data)),
            Err(tauri_plugin_biometric::Error::PluginInvoke(
                PluginInvokeError::InvokeRejected(refusal),
            )) => Err(to_error(
                refusal.code.as_deref(),
                refusal.message.as_deref().unwrap_or_default(),
            )),
            Err(_) => Err(SecretStoreError::Failed),
        }
    }
}

impl<R: Runtime> SecretStore for Keystore<R> {
    fn keeps_secrets(&self) -> bool {
        self.store.is_some()
    }

    /// The plugin queries Android each time.
    fn biometric(&self) -> Biometric {
        if self.store.is_none() {
            return Biometric::Absent;
        }
        match self.app.biometric().status() {
            Ok(status) if status.is_available => Biometric::Ready,
            Ok(status) if status.error_code.as_deref() == Some("biometryNotEnrolled") => {
                Biometric::NotEnrolled
            }
            _ => Biometric::Absent,
        }
    }

    fn read(
        &self,
        id: &SecretId,
        text: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        let stored = match self.entry(id)?.get_secret() {
            Ok(secret) => Zeroizing::new(secret),
            Err(Error::NoEntry) => return Ok(None),
            Err(_) => return Err(SecretStoreError::Failed),
        };
        if id.purpose != SecretPurpose::Biometric {
            return Ok(Some(stored));
        }
        let sealed = String::from_utf8(stored.to_vec()).map_err(|_| SecretStoreError::Failed)?;
        let options = AuthOptions {
            data_to_decrypt: Some(sealed),
            ..AuthOptions::default()
        };
        let hex = self.cipher(text, options, cipher_error)?;
        let key = HEXLOWER.decode(hex.as_bytes());
        Ok(Some(Zeroizing::new(
            key.map_err(|_| SecretStoreError::Failed)?,
        )))
    }

    fn write(&self, id: &SecretId, value: &[u8], text: &str) -> Result<(), SecretStoreError> {
        let entry = self.entry(id)?;
        let stored = if id.purpose == SecretPurpose::Biometric {
            let options = AuthOptions {
                data_to_encrypt: Some(HEXLOWER.encode(value)),
                ..AuthOptions::default()
            };
            let sealed = self.cipher(text, options, key_creation_error)?;
            Zeroizing::new(sealed.as_bytes().to_vec())
        } else {
            Zeroizing::new(value.to_vec())
        };
        entry
            .set_secret(&stored)
            .map_err(|_| SecretStoreError::Failed)
    }

    fn remove(&self, id: &SecretId) -> Result<(), SecretStoreError> {
        match self.entry(id)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(_) => Err(SecretStoreError::Failed),
        }
    }
}
