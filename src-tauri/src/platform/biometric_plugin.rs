//! Interprets the errors of Tauri's biometric plugin on Android, as its Kotlin code defines them.

use super::secret_store::SecretStoreError;

/// The error for a refusal of the plugin's cipher, from its code and message.
///
/// The code is empty if the cipher could not be created or used (`BiometricActivity`, `getCipher` and
/// `processCipherData`). Only the message then tells whether the key is gone, because of a new enrolment or
/// because Android replaced it; in all other cases the key may still be good. An exception that the plugin does
/// not expect has no code.
pub fn cipher_error(code: Option<&str>, message: &str) -> SecretStoreError {
    match code {
        Some("userCancel" | "systemCancel") => SecretStoreError::Cancelled,
        Some("biometryLockout" | "authenticationFailed") => SecretStoreError::NotRecognised,
        Some("biometryNotAvailable" | "biometryNotEnrolled" | "passcodeNotSet") => {
            SecretStoreError::Absent
        }
        Some("") if is_key_gone(message) => SecretStoreError::Changed,
        Some(_) | None => SecretStoreError::Failed,
    }
}

/// `KeyPermanentlyInvalidatedException`, by its message or its name; or the secret was sealed with another key.
fn is_key_gone(message: &str) -> bool {
    message.to_lowercase().contains("invalidated")
        || message.starts_with("Failed to decrypt the data")
}

/// The same error while a new key is created. If that fails without a code, the biometric is too weak to
/// protect keys.
pub fn key_creation_error(code: Option<&str>, message: &str) -> SecretStoreError {
    match code {
        Some("") => SecretStoreError::Absent,
        _ => cipher_error(code, message),
    }
}

/// Splits the text that the page sends into the message of the system's dialog (first line) and the label of
/// its cancel button (second line). Without a second line Android shows an English label.
pub fn split_dialog_text(text: &str) -> (&str, Option<&str>) {
    match text.split_once('\n') {
        Some((message, cancel)) => (message, Some(cancel)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GONE: &str = "Failed to initialize the cipher: Key permanently invalidated";

    #[test]
    fn the_key_is_gone_only_if_the_message_says_so() {
        let unnamed = "Failed to initialize the cipher: KeyPermanentlyInvalidatedException";
        let replaced = "Failed to decrypt the data: AEADBadTagException";
        for gone in [GONE, unnamed, replaced] {
            assert_eq!(cipher_error(Some(""), gone), SecretStoreError::Changed);
            assert_eq!(cipher_error(None, gone), SecretStoreError::Failed);
        }
        let busy = "Failed to initialize the cipher: Keystore busy";
        assert_eq!(cipher_error(Some(""), busy), SecretStoreError::Failed);
        assert_eq!(cipher_error(Some(""), ""), SecretStoreError::Failed);
    }

    #[test]
    fn no_other_code_means_that_the_key_is_gone() {
        for (code, refusal) in [
            ("invalidContext", SecretStoreError::Failed),
            ("systemCancel", SecretStoreError::Cancelled),
            ("biometryLockout", SecretStoreError::NotRecognised),
            ("biometryNotEnrolled", SecretStoreError::Absent),
        ] {
            assert_eq!(cipher_error(Some(code), GONE), refusal, "{code}");
        }
    }

    #[test]
    fn failing_to_create_a_key_is_not_a_new_enrolment() {
        assert_eq!(key_creation_error(Some(""), GONE), SecretStoreError::Absent);
        assert_eq!(key_creation_error(None, ""), SecretStoreError::Failed);
        assert_eq!(
            key_creation_error(Some("userCancel"), ""),
            SecretStoreError::Cancelled
        );
    }

    #[test]
    fn the_second_line_is_the_label_of_the_button() {
        assert_eq!(
            split_dialog_text("Ouvrir\nAnnuler"),
            ("Ouvrir", Some("Annuler"))
        );
        assert_eq!(split_dialog_text("Ouvrir"), ("Ouvrir", None));
    }
}
