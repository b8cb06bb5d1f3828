//! What Tauri's biometric plugin answers on Android, as its Kotlin has it.

use super::device::DeviceError;

/// Why the plugin's cipher gave nothing, by the code and the message of its refusal.
///
/// The code is empty where the cipher could not be made or used (`BiometricActivity`, `getCipher` and `processCipherData`).
/// The message tells a key that a new enrolment took away, or that Android replaced since; in all other cases the key may
/// still be good. An exception that the plugin does not expect has no code.
pub fn refused(code: Option<&str>, message: &str) -> DeviceError {
    match code {
        Some("userCancel" | "systemCancel") => DeviceError::Cancelled,
        Some("biometryLockout" | "authenticationFailed") => DeviceError::NotRecognised,
        Some("biometryNotAvailable" | "biometryNotEnrolled" | "passcodeNotSet") => {
            DeviceError::Absent
        }
        Some("") if is_gone(message) => DeviceError::Changed,
        Some(_) | None => DeviceError::Failed,
    }
}

/// `KeyPermanentlyInvalidatedException`, by its message or its name; or the secret was sealed by another key.
fn is_gone(message: &str) -> bool {
    message.to_lowercase().contains("invalidated")
        || message.starts_with("Failed to decrypt the data")
}

/// The same where the key is made: one that cannot be made is of a biometric that is too weak for keys.
pub fn refused_to_make(code: Option<&str>, message: &str) -> DeviceError {
    match code {
        Some("") => DeviceError::Absent,
        _ => refused(code, message),
    }
}

/// The sentence of the system's dialog and the word of its button that leaves it, each a line of the text that the page
/// sends; Android has an English word where there is none.
pub fn dialog(text: &str) -> (&str, Option<&str>) {
    match text.split_once('\n') {
        Some((sentence, leave)) => (sentence, Some(leave)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GONE: &str = "Failed to initialize the cipher: Key permanently invalidated";

    #[test]
    fn only_a_message_that_says_so_means_that_the_key_is_gone() {
        let unnamed = "Failed to initialize the cipher: KeyPermanentlyInvalidatedException";
        let replaced = "Failed to decrypt the data: AEADBadTagException";
        for gone in [GONE, unnamed, replaced] {
            assert_eq!(refused(Some(""), gone), DeviceError::Changed);
            assert_eq!(refused(None, gone), DeviceError::Failed);
        }
        let busy = "Failed to initialize the cipher: Keystore busy";
        assert_eq!(refused(Some(""), busy), DeviceError::Failed);
        assert_eq!(refused(Some(""), ""), DeviceError::Failed);
    }

    #[test]
    fn every_other_code_says_nothing_of_the_key() {
        for (code, refusal) in [
            ("invalidContext", DeviceError::Failed),
            ("systemCancel", DeviceError::Cancelled),
            ("biometryLockout", DeviceError::NotRecognised),
            ("biometryNotEnrolled", DeviceError::Absent),
        ] {
            assert_eq!(refused(Some(code), GONE), refusal, "{code}");
        }
    }

    #[test]
    fn a_key_that_cannot_be_made_is_no_change_of_the_enrolment() {
        assert_eq!(refused_to_make(Some(""), GONE), DeviceError::Absent);
        assert_eq!(refused_to_make(None, ""), DeviceError::Failed);
        assert_eq!(
            refused_to_make(Some("userCancel"), ""),
            DeviceError::Cancelled
        );
    }

    #[test]
    fn the_button_has_the_second_line() {
        assert_eq!(dialog("Ouvrir\nAnnuler"), ("Ouvrir", Some("Annuler")));
        assert_eq!(dialog("Ouvrir"), ("Ouvrir", None));
    }
}
