//! Opening by a biometric: a key or nothing, and what a new enrolment does.

use super::credentials::{PIN, credentials_of, opens, with_pin};
use super::*;
use crate::platform::secret_store::{SecretPurpose, SecretStoreError};
use trousseau_wire::Biometric;

#[test]
fn a_yes_without_a_key_opens_nothing() {
    let (fixture, _) = with_pin();
    fixture.secret_store.memory().biometric = Some(Biometric::Ready);
    fixture
        .core
        .set_credential(Credential::Biometric, "why")
        .unwrap();
    fixture.core.lock();
    assert!(opens(&fixture, Credential::Biometric, "why"));
    let item = {
        let memory = fixture.secret_store.memory();
        let mut items = memory.kept.keys();
        *items
            .find(|item| item.purpose == SecretPurpose::Biometric)
            .unwrap()
    };
    for value in [None, Some(vec![1; 32]), Some(vec![1; 3]), Some(Vec::new())] {
        {
            let mut memory = fixture.secret_store.memory();
            match value {
                Some(value) => drop(memory.kept.insert(item, value)),
                None => drop(memory.kept.remove(&item)),
            }
        }
        assert!(!opens(&fixture, Credential::Biometric, "why"));
    }
}

#[test]
fn a_left_dialog_costs_nothing_and_a_new_enrolment_drops_the_slot() {
    let (fixture, _) = with_pin();
    fixture
        .core
        .set_credential(Credential::Biometric, "why")
        .unwrap();
    fixture.core.lock();
    let attempt = |error| {
        fixture.secret_store.memory().dialog = Some(error);
        code(fixture.core.unlock(Credential::Biometric, "why"))
    };
    for _ in 0..9 {
        assert_eq!(
            attempt(SecretStoreError::Cancelled),
            ErrorCode::BiometricCancelled
        );
        assert_eq!(
            attempt(SecretStoreError::NotRecognised),
            ErrorCode::BiometricFailed
        );
    }
    assert_eq!(fixture.phase(), Phase::Locked);
    assert!(credentials_of(&fixture).contains(&Credential::Biometric));
    assert_eq!(
        attempt(SecretStoreError::Changed),
        ErrorCode::BiometricChanged
    );
    assert!(!credentials_of(&fixture).contains(&Credential::Biometric));
    fixture.core.unlock(Credential::Pin, PIN).unwrap();
    let fixture = fixture.restart();
    fixture.secret_store.memory().dialog = None;
    assert!(
        !credentials_of(&fixture).contains(&Credential::Biometric),
        "gone from the file too"
    );
    assert!(opens(&fixture, Credential::Pin, PIN));
}

#[test]
fn a_biometric_set_again_opens_whether_or_not_it_could_be_saved() {
    let (fixture, _) = with_pin();
    let set = || fixture.core.set_credential(Credential::Biometric, "why");
    set().unwrap();
    std::fs::create_dir(fixture.file("vault.trousseau.new")).unwrap();
    assert!(set().is_err());
    std::fs::remove_dir(fixture.file("vault.trousseau.new")).unwrap();
    fixture.core.lock();
    assert!(opens(&fixture, Credential::Biometric, "why"));
    fixture.core.unlock(Credential::Pin, PIN).unwrap();
    fixture.core.reauthenticate(Credential::Pin, PIN).unwrap();
    set().unwrap();
    fixture.core.lock();
    assert!(opens(&fixture, Credential::Biometric, "why"));
}

#[test]
fn a_biometric_turned_on_anew_after_a_new_enrolment_stays() {
    let (fixture, _) = with_pin();
    let set = || fixture.core.set_credential(Credential::Biometric, "why");
    set().unwrap();
    // As Android does with a key that an enrolment made void.
    fixture
        .secret_store
        .memory()
        .kept
        .retain(|item, _| item.purpose != SecretPurpose::Biometric);
    set().unwrap();
    fixture.core.lock();
    for _ in 0..2 {
        assert!(opens(&fixture, Credential::Biometric, "why"));
    }
}
