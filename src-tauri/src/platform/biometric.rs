//! What Tauri's biometric plugin answers on Android, as its Kotlin has it.

use super::secret_store::SecretStoreError;

/// Why the plugin's cipher gave nothing, by the code and the message of its refusal.
///
/// The code is empty where the cipher could not be made or used (`BiometricActivity`, `getCipher` and `processCipherData`).
/// The message tells a key that a new enrolment took away, or that Android replaced since; in all other cases the key may
/// still be good. An exception that the plugin does not expect has no code.
pub fn refused(code: Option<&str>, message: &str) -> SecretStoreError {
    match code {
        Some("userCancel" | "systemCancel") => SecretStoreError::Cancelled,
        Some("biometryLockout" | "authenticationFailed") => SecretStoreError::NotRecognised,
        Some("biometryNotAvailable" | "biometryNotEnrolled" | "passcodeNotSet") => {
            SecretStoreError::Absent
        }
        Some("") if is_gone(message) => SecretStoreError::Changed,
        Some(_) | None => SecretStoreError::Failed,
    }
}

/// `KeyPermanentlyInvalidatedException`, by its message or its name; or the secret was sealed by another key.
fn is_gone(message: &str) -> bool {
    message.to_lowercase().contains("invalidated")
        || message.starts_with("Failed to decrypt the data")
}

/// The same where the key is made: one that cannot be made is of a biometric that is too weak for keys.
pub fn refused_to_make(code: Option<&str>, message: &str) -> SecretStoreError {
    match code {
        Some("") => SecretStoreError::Absent,
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
            assert_eq!(refused(Some(""), gone), SecretStoreError::Changed);
            assert_eq!(refused(None, gone), SecretStoreError::Failed);
        }
        let busy = "Failed to initialize the cipher: Keystore busy";
        assert_eq!(refused(Some(""), busy), SecretStoreError::Failed);
        assert_eq!(refused(Some(""), ""), SecretStoreError::Failed);
    }

    #[test]
    fn every_other_code_says_nothing_of_the_key() {
        for (code, refusal) in [
            ("invalidContext", SecretStoreError::Failed),
            ("systemCancel", SecretStoreError::Cancelled),
            ("biometryLockout", SecretStoreError::NotRecognised),
            ("biometryNotEnrolled", SecretStoreError::Absent),
        ] {
            assert_eq!(refused(Some(code), GONE), refusal, "{code}");
        }
    }

    #[test]
    fn a_key_that_cannot_be_made_is_no_change_of_the_enrolment() {
        assert_eq!(refused_to_make(Some(""), GONE), SecretStoreError::Absent);
        assert_eq!(refused_to_make(None, ""), SecretStoreError::Failed);
        assert_eq!(
            refused_to_make(Some("userCancel"), ""),
            SecretStoreError::Cancelled
        );
    }

    #[test]
    fn the_button_has_the_second_line() {
        assert_eq!(dialog("Ouvrir\nAnnuler"), ("Ouvrir", Some("Annuler")));
        assert_eq!(dialog("Ouvrir"), ("Ouvrir", None));
    }
}
