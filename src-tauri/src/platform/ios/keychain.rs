//! iOS: Keychain items that stay on this device; the biometric one is given to the present enrolment only.

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

/// The Keychain of the phone.
pub struct Keychain;

fn find(item: &SecretId) -> PasswordOptions {
    PasswordOptions::new_generic_password(SERVICE, &item.name())
}

/// An item as it is made: on this device alone; the biometric's only while a passcode is set and nobody is enrolled anew.
fn make(item: &SecretId) -> Result<PasswordOptions, SecretStoreError> {
    let (mode, flags) = match item.role {
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
    let mut options = find(item);
    options.set_access_control(access);
    Ok(options)
}

fn refused(error: Error) -> SecretStoreError {
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

    /// Asked anew each time, as somebody may have been enrolled. Too many wrong tries do not take it away: it works again
    /// once the phone was unlocked by its code.
    fn biometric(&self) -> Biometric {
        #[expect(unsafe_code, reason = "a question to an object that is ours alone")]
        // SAFETY: it asks nobody anything, on any thread, and its answer is an error that it makes for us.
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

    /// A biometric item that is gone went with a change of the enrolment: iOS removes it.
    fn read(
        &self,
        item: &SecretId,
        _text: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        match generic_password(find(item)) {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(error) if error.code() == MISSING && item.role == SecretPurpose::Biometric => {
                Err(SecretStoreError::Changed)
            }
            Err(error) if error.code() == MISSING => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    /// Removed first: an item cannot be given another access control.
    fn write(&self, item: &SecretId, value: &[u8], _text: &str) -> Result<(), SecretStoreError> {
        self.remove(item)?;
        set_generic_password_options(value, make(item)?).map_err(refused)
    }

    fn remove(&self, item: &SecretId) -> Result<(), SecretStoreError> {
        match delete_generic_password_options(find(item)) {
            Ok(()) => Ok(()),
            Err(error) if error.code() == MISSING => Ok(()),
            Err(error) => Err(refused(error)),
        }
    }
}
