//! What Tauri's biometric plugin answers on Android, as its Kotlin has it.

use super::device::DeviceError;

/// Why the plugin's cipher gave nothing, by the code of its refusal. The code is empty where the key cannot be used any more,
/// as after a new enrolment. An exception that the plugin does not expect has no code: the key may still be good.
pub fn refused(code: Option<&str>) -> DeviceError {
    match code {
        Some("userCancel" | "systemCancel") => DeviceError::Cancelled,
        Some("biometryLockout" | "authenticationFailed") => DeviceError::NotRecognised,
        Some("biometryNotAvailable" | "biometryNotEnrolled" | "passcodeNotSet") => {
            DeviceError::Absent
        }
        Some("") => DeviceError::Changed,
        Some(_) | None => DeviceError::Failed,
    }
}

/// The same where the key is made: one that cannot be made is of a biometric that is too weak for keys.
pub fn refused_to_make(code: Option<&str>) -> DeviceError {
    match refused(code) {
        DeviceError::Changed => DeviceError::Absent,
        other => other,
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

    #[test]
    fn only_an_empty_code_means_that_the_key_is_gone() {
        assert_eq!(refused(Some("")), DeviceError::Changed);
        assert_eq!(refused(None), DeviceError::Failed);
        assert_eq!(refused(Some("invalidContext")), DeviceError::Failed);
        assert_eq!(refused(Some("systemCancel")), DeviceError::Cancelled);
        assert_eq!(refused(Some("biometryLockout")), DeviceError::NotRecognised);
        assert_eq!(refused(Some("biometryNotEnrolled")), DeviceError::Absent);
    }

    #[test]
    fn a_key_that_cannot_be_made_is_no_change_of_the_enrolment() {
        assert_eq!(refused_to_make(Some("")), DeviceError::Absent);
        assert_eq!(refused_to_make(None), DeviceError::Failed);
        assert_eq!(refused_to_make(Some("userCancel")), DeviceError::Cancelled);
    }

    #[test]
    fn the_button_has_the_second_line() {
        assert_eq!(dialog("Ouvrir\nAnnuler"), ("Ouvrir", Some("Annuler")));
        assert_eq!(dialog("Ouvrir"), ("Ouvrir", None));
    }
}
