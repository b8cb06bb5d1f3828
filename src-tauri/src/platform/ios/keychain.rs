//! iOS: Keychain items that stay on this device; the biometric one is given to the present enrolment only.

use security_framework::access_control::{ProtectionMode, SecAccessControl};
use security_framework::base::Error;
use security_framework::passwords::{
    AccessControlOptions, PasswordOptions, delete_generic_password_options, generic_password,
    set_generic_password_options,
};
use tauri::{AppHandle, Runtime};
use trousseau_wire::Biometric;
use zeroize::Zeroizing;

use crate::platform::biometric_state;
use crate::platform::device::{Device, DeviceError, Item, Role};

const SERVICE: &str = "org.trousseau.authenticator";

const CANCELLED: i32 = -128; // errSecUserCanceled
const REFUSED: i32 = -25293; // errSecAuthFailed
const MISSING: i32 = -25300; // errSecItemNotFound

/// The Keychain of the phone.
pub struct Keychain<R: Runtime>(pub AppHandle<R>);

fn find(item: &Item) -> PasswordOptions {
    PasswordOptions::new_generic_password(SERVICE, &item.name())
}

/// An item as it is made: on this device alone; the biometric's only while a passcode is set and nobody is enrolled anew.
fn make(item: &Item) -> Result<PasswordOptions, DeviceError> {
    let (mode, flags) = match item.role {
        Role::Biometric => (
            ProtectionMode::AccessibleWhenPasscodeSetThisDeviceOnly,
            AccessControlOptions::BIOMETRY_CURRENT_SET.bits(),
        ),
        Role::Pin | Role::Device | Role::Mark | Role::LastVault => {
            (ProtectionMode::AccessibleWhenUnlockedThisDeviceOnly, 0)
        }
    };
    let access = SecAccessControl::create_with_protection(Some(mode), flags)
        .map_err(|_| DeviceError::Absent)?;
    let mut options = find(item);
    options.set_access_control(access);
    Ok(options)
}

fn refused(error: Error) -> DeviceError {
    match error.code() {
        CANCELLED => DeviceError::Cancelled,
        REFUSED => DeviceError::NotRecognised,
        _ => DeviceError::Failed,
    }
}

impl<R: Runtime> Device for Keychain<R> {
    fn keeps_secrets(&self) -> bool {
        true
    }

    fn biometric(&self) -> Biometric {
        biometric_state(&self.0)
    }

    /// A biometric item that is gone went with a change of the enrolment: iOS removes it.
    fn read(&self, item: &Item, _reason: &str) -> Result<Option<Zeroizing<Vec<u8>>>, DeviceError> {
        match generic_password(find(item)) {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(error) if error.code() == MISSING && item.role == Role::Biometric => {
                Err(DeviceError::Changed)
            }
            Err(error) if error.code() == MISSING => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    /// Removed first: an item cannot be given another access control.
    fn write(&self, item: &Item, value: &[u8], _reason: &str) -> Result<(), DeviceError> {
        self.remove(item)?;
        set_generic_password_options(value, make(item)?).map_err(refused)
    }

    fn remove(&self, item: &Item) -> Result<(), DeviceError> {
        match delete_generic_password_options(find(item)) {
            Ok(()) => Ok(()),
            Err(error) if error.code() == MISSING => Ok(()),
            Err(error) => Err(refused(error)),
        }
    }
}
