//! Opening by a biometric: a key or nothing, and what a new enrolment does.

use super::credentials::{PIN, opens, ways, with_pin};
use super::*;
use crate::platform::secret_store::{SecretPurpose, SecretStoreError};
use trousseau_wire::Biometric;

#[test]
fn a_yes_without_a_key_opens_nothing() {
    let (bench, _) = with_pin();
    bench.secret_store.memory().biometric = Some(Biometric::Ready);
    bench
        .core
        .set_credential(Credential::Biometric, "why")
        .unwrap();
    bench.core.lock();
    assert!(opens(&bench, Credential::Biometric, "why"));
    let item = {
        let memory = bench.secret_store.memory();
        let mut items = memory.kept.keys();
        *items
            .find(|item| item.role == SecretPurpose::Biometric)
            .unwrap()
    };
    for value in [None, Some(vec![1; 32]), Some(vec![1; 3]), Some(Vec::new())] {
        {
            let mut memory = bench.secret_store.memory();
            match value {
                Some(value) => drop(memory.kept.insert(item, value)),
                None => drop(memory.kept.remove(&item)),
            }
        }
        assert!(!opens(&bench, Credential::Biometric, "why"));
    }
}

#[test]
fn a_left_dialog_costs_nothing_and_a_new_enrolment_drops_the_slot() {
    let (bench, _) = with_pin();
    bench
        .core
        .set_credential(Credential::Biometric, "why")
        .unwrap();
    bench.core.lock();
    let attempt = |error| {
        bench.secret_store.memory().dialog = Some(error);
        code(bench.core.unlock(Credential::Biometric, "why"))
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
    assert_eq!(bench.phase(), Phase::Locked);
    assert!(ways(&bench).contains(&Credential::Biometric));
    assert_eq!(
        attempt(SecretStoreError::Changed),
        ErrorCode::BiometricChanged
    );
    assert!(!ways(&bench).contains(&Credential::Biometric));
    bench.core.unlock(Credential::Pin, PIN).unwrap();
    let bench = bench.restart();
    bench.secret_store.memory().dialog = None;
    assert!(
        !ways(&bench).contains(&Credential::Biometric),
        "gone from the file too"
    );
    assert!(opens(&bench, Credential::Pin, PIN));
}

#[test]
fn a_biometric_set_again_opens_whether_or_not_it_could_be_saved() {
    let (bench, _) = with_pin();
    let set = || bench.core.set_credential(Credential::Biometric, "why");
    set().unwrap();
    std::fs::create_dir(bench.file("vault.trousseau.new")).unwrap();
    assert!(set().is_err());
    std::fs::remove_dir(bench.file("vault.trousseau.new")).unwrap();
    bench.core.lock();
    assert!(opens(&bench, Credential::Biometric, "why"));
    bench.core.unlock(Credential::Pin, PIN).unwrap();
    bench.core.prove(Credential::Pin, PIN).unwrap();
    set().unwrap();
    bench.core.lock();
    assert!(opens(&bench, Credential::Biometric, "why"));
}

#[test]
fn a_biometric_turned_on_anew_after_a_new_enrolment_stays() {
    let (bench, _) = with_pin();
    let set = || bench.core.set_credential(Credential::Biometric, "why");
    set().unwrap();
    // As Android does with a key that an enrolment made void.
    bench
        .secret_store
        .memory()
        .kept
        .retain(|item, _| item.role != SecretPurpose::Biometric);
    set().unwrap();
    bench.core.lock();
    for _ in 0..2 {
        assert!(opens(&bench, Credential::Biometric, "why"));
    }
}
