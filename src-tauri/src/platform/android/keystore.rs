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

use crate::platform::biometric::{dialog, refused, refused_to_make};
use crate::platform::secret_store::{SecretId, SecretPurpose, SecretStore, SecretStoreError};

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

    fn entry(&self, item: &SecretId) -> Result<Entry, SecretStoreError> {
        let store = self.store.as_ref().ok_or(SecretStoreError::Absent)?;
        store
            .build(SERVICE, &item.name(), None)
            .map_err(|_| SecretStoreError::Absent)
    }

    /// Seals or opens by the plugin's key, which asks for a strong biometric at each use and dies with a new enrolment.
    /// `judge` makes an error of the code and the message of a refusal.
    fn cipher(
        &self,
        text: &str,
        options: AuthOptions,
        judge: fn(Option<&str>, &str) -> SecretStoreError,
    ) -> Result<Zeroizing<String>, SecretStoreError> {
        let (sentence, leave) = dialog(text);
        let options = AuthOptions {
            title: Some("Trousseau".into()),
            cancel_title: leave.map(str::to_owned),
            ..options
        };
        match self
            .app
            .biometric()
            .biometric_cipher(sentence.to_owned(), options)
        {
            Ok(CipherResult { data }) => Ok(Zeroizing::new(data)),
            Err(tauri_plugin_biometric::Error::PluginInvoke(
                PluginInvokeError::InvokeRejected(refusal),
            )) => Err(judge(
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

    /// The plugin asks Android anew each time.
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
        item: &SecretId,
        text: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        let kept = match self.entry(item)?.get_secret() {
            Ok(secret) => Zeroizing::new(secret),
            Err(Error::NoEntry) => return Ok(None),
            Err(_) => return Err(SecretStoreError::Failed),
        };
        if item.role != SecretPurpose::Biometric {
            return Ok(Some(kept));
        }
        let sealed = String::from_utf8(kept.to_vec()).map_err(|_| SecretStoreError::Failed)?;
        let options = AuthOptions {
            data_to_decrypt: Some(sealed),
            ..AuthOptions::default()
        };
        let hex = self.cipher(text, options, refused)?;
        let key = HEXLOWER.decode(hex.as_bytes());
        Ok(Some(Zeroizing::new(
            key.map_err(|_| SecretStoreError::Failed)?,
        )))
    }

    fn write(&self, item: &SecretId, value: &[u8], text: &str) -> Result<(), SecretStoreError> {
        let entry = self.entry(item)?;
        let kept = if item.role == SecretPurpose::Biometric {
            let options = AuthOptions {
                data_to_encrypt: Some(HEXLOWER.encode(value)),
                ..AuthOptions::default()
            };
            let sealed = self.cipher(text, options, refused_to_make)?;
            Zeroizing::new(sealed.as_bytes().to_vec())
        } else {
            Zeroizing::new(value.to_vec())
        };
        entry
            .set_secret(&kept)
            .map_err(|_| SecretStoreError::Failed)
    }

    fn remove(&self, item: &SecretId) -> Result<(), SecretStoreError> {
        match self.entry(item)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(_) => Err(SecretStoreError::Failed),
        }
    }
}
