//! From what was typed, and what the device keeps, to a credential of the vault.

use trousseau_vault::{Credential, DeviceKey, Passphrase, RecoveryCode, SlotKind};
use trousseau_wire::{self as wire, ErrorCode, Strength, WireError};

use crate::error::Result;

/// Fewer characters are refused whatever they are.
const MIN_PASSPHRASE_CHARS: usize = 8;

/// Fewer digits fall even on the device itself.
const MIN_PIN_DIGITS: usize = 6;

/// What an attacker of this app tries first.
const APP_WORDS: &[&str] = &["trousseau"];

/// How hard a passphrase is to guess.
pub fn estimate_strength(passphrase: &str) -> Strength {
    Strength {
        score: trousseau_strength::score(passphrase, APP_WORDS),
        long_enough: passphrase.chars().count() >= MIN_PASSPHRASE_CHARS,
    }
}

/// The slot that a kind of credential opens.
pub(super) fn slot_kind(kind: wire::Credential) -> SlotKind {
    match kind {
        wire::Credential::Passphrase => SlotKind::Passphrase,
        wire::Credential::Pin => SlotKind::Pin,
        wire::Credential::Device => SlotKind::Device,
        wire::Credential::Biometric => SlotKind::Biometric,
        wire::Credential::Recovery => SlotKind::Recovery,
    }
}

/// The kind of credential that opens a slot; none for slots that this app does not know.
pub(super) fn wire_kind(kind: SlotKind) -> Option<wire::Credential> {
    Some(match kind {
        SlotKind::Passphrase => wire::Credential::Passphrase,
        SlotKind::Pin => wire::Credential::Pin,
        SlotKind::Device => wire::Credential::Device,
        SlotKind::Biometric => wire::Credential::Biometric,
        SlotKind::Recovery => wire::Credential::Recovery,
        _ => return None,
    })
}

/// Typed by a person, so that attempts are counted.
pub(super) fn is_guessable(kind: wire::Credential) -> bool {
    matches!(
        kind,
        wire::Credential::Passphrase | wire::Credential::Pin | wire::Credential::Recovery
    )
}

/// Whether a text may become a credential of this kind.
///
/// # Errors
/// `PassphraseTooShort`, `PinTooShort`, `PinTooWeak`.
pub(super) fn check_new(kind: wire::Credential, text: &str) -> Result<()> {
    match kind {
        wire::Credential::Passphrase if text.chars().count() < MIN_PASSPHRASE_CHARS => {
            Err(WireError::new(ErrorCode::PassphraseTooShort)
                .with("min", MIN_PASSPHRASE_CHARS)
                .into())
        }
        wire::Credential::Pin => check_pin(text),
        _ => Ok(()),
    }
}

/// A credential of what was typed; `key` is the device's part where it has one.
///
/// # Errors
/// `DeviceSecretGone` without that part; why the words cannot be recovery words.
pub(super) fn typed(
    kind: wire::Credential,
    text: &str,
    key: Option<DeviceKey>,
) -> Result<Credential> {
    let key = || key.ok_or(ErrorCode::DeviceSecretGone);
    Ok(match kind {
        wire::Credential::Passphrase => Credential::Passphrase(Passphrase::new(text)),
        wire::Credential::Recovery => Credential::Recovery(RecoveryCode::parse(text)?),
        wire::Credential::Pin => Credential::Pin {
            pin: Passphrase::new(text),
            device: key()?,
        },
        wire::Credential::Device => Credential::Device(key()?),
        wire::Credential::Biometric => Credential::Biometric(key()?),
    })
}

/// Digits, enough of them, and neither one digit over and over nor a run up or down.
///
/// # Errors
/// `PinTooShort`, `PinTooWeak`.
fn check_pin(text: &str) -> Result<()> {
    let digits = text.as_bytes();
    if digits.len() < MIN_PIN_DIGITS || !digits.iter().all(u8::is_ascii_digit) {
        return Err(WireError::new(ErrorCode::PinTooShort)
            .with("min", MIN_PIN_DIGITS)
            .into());
    }
    let steps = |step: i16| {
        digits
            .windows(2)
            .all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == step)
    };
    if [0, 1, -1].into_iter().any(steps) {
        return Err(ErrorCode::PinTooWeak.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_access_code_is_six_digits_that_nobody_tries_first() {
        for good in ["314159", "0000001", "246813", "121212"] {
            assert!(check_pin(good).is_ok(), "{good}");
        }
        for (bad, code) in [
            ("", ErrorCode::PinTooShort),
            ("31415", ErrorCode::PinTooShort),
            ("31415a", ErrorCode::PinTooShort),
            ("３１４１５９", ErrorCode::PinTooShort),
            ("000000", ErrorCode::PinTooWeak),
            ("123456", ErrorCode::PinTooWeak),
            ("98765432", ErrorCode::PinTooWeak),
        ] {
            assert_eq!(check_pin(bad).unwrap_err().code(), code, "{bad}");
        }
    }
}
