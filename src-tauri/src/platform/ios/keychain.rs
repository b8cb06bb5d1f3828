//! The iOS Keychain. Its items stay on this device; the biometric one is released only to the present
//! enrolment.

use objc2_local_authentication::{LAContext, LAError, LAPolicy};
use security_framework::access_control::{ProtectionMode, SecAccessControl};
use security_framework::base::Error;
use security_framework::passwords::{
    AccessControlOptions, PasswordOptions, delete_generic_password_options, generic_password,
    set_generic_password_options,
};
use trousseau_wire::Biometric;
use zeroize::Zeroizing;

use crate::platform::secret_store::{SecretId, SecretPurpose, SecretStore, SecretStoreError};

const SERVICE: &str = "org.trousseau.authenticator";

const CANCELLED: i32 = -128; // errSecUserCanceled
const REFUSED: i32 = -25293; // errSecAuthFailed
const MISSING: i32 = -25300; // errSecItemNotFound

/// The Keychain of this device.
pub struct Keychain;

fn query(id: &SecretId) -> PasswordOptions {
    PasswordOptions::new_generic_password(SERVICE, &id.name())
}

/// The attributes of a new item: on this device only, and for the biometric only while a passcode is set and
/// the enrolment stays the same.
fn new_item(id: &SecretId) -> Result<PasswordOptions, SecretStoreError> {
    let (mode, flags) = match id.purpose {
        SecretPurpose::Biometric => (
            ProtectionMode::AccessibleWhenPasscodeSetThisDeviceOnly,
            AccessControlOptions::BIOMETRY_CURRENT_SET.bits(),
        ),
        SecretPurpose::Pin
        | SecretPurpose::Device
        | SecretPurpose::Mark
        | SecretPurpose::LastVault => (ProtectionMode::AccessibleWhenUnlockedThisDeviceOnly, 0),
    };
    let access = SecAccessControl::create_with_protection(Some(mode), flags)
        .map_err(|_| SecretStoreError::Absent)?;
    let mut options = query(id);
    options.set_access_control(access);
    Ok(options)
}

fn store_error(error: Error) -> SecretStoreError {
    match error.code() {
        CANCELLED => SecretStoreError::Cancelled,
        REFUSED => SecretStoreError::NotRecognised,
        _ => SecretStoreError::Failed,
    }
}

impl SecretStore for Keychain {
    fn keeps_secrets(&self) -> bool {
        true
    }

    /// Queried each time, because the enrolment may have changed. After too many wrong tries the biometric
    /// still counts as ready: it works again once the device was unlocked with its passcode.
    fn biometric(&self) -> Biometric {
        #[expect(unsafe_code, reason = "a query on an object that is not shared")]
        // SAFETY: the call shows nothing to the user, may run on any thread, and returns an error object that
        // it creates.
        let answer = unsafe {
            LAContext::new()
                .canEvaluatePolicy_error(LAPolicy::DeviceOwnerAuthenticationWithBiometrics)
        };
        match answer.map_err(|error| LAError(error.code())) {
            Ok(()) | Err(LAError::BiometryLockout) => Biometric::Ready,
            Err(LAError::BiometryNotEnrolled) => Biometric::NotEnrolled,
            Err(_) => Biometric::Absent,
        }
    }

    /// A missing biometric item means that the enrolment changed, because iOS deletes the item then.
    fn read(
        &self,
        id: &SecretId,
        _text: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        match generic_password(query(id)) {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(error) if error.code() == MISSING && id.purpose == SecretPurpose::Biometric => {
                Err(SecretStoreError::Changed)
            }
            Err(error) if error.code() == MISSING => Ok(None),
            Err(error) => Err(store_error(error)),
        }
    }

    /// Removes the item first, because the access control of an existing item cannot be changed.
    fn write(&self, id: &SecretId, value: &[u8], _text: &str) -> Result<(), SecretStoreError> {
        self.remove(id)?;
        set_generic_password_options(value, new_item(id)?).map_err(store_error)
    }

    fn remove(&self, id: &SecretId) -> Result<(), SecretStoreError> {
        match delete_generic_password_options(query(id)) {
            Ok(()) => Ok(()),
            Err(error) if error.code() == MISSING => Ok(()),
            Err(error) => Err(store_error(error)),
        }
    }
}
