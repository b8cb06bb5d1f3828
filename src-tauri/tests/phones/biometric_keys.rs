//! What a biometric releases on iOS and Android.

const KEYCHAIN: &str = include_str!("../../src/platform/ios/keychain.rs");
const KEYSTORE: &str = include_str!("../../src/platform/android/keystore.rs");

#[test]
fn a_biometric_releases_a_key_of_the_present_enrolment() {
    assert!(KEYCHAIN.contains("AccessControlOptions::BIOMETRY_CURRENT_SET"));
    assert!(KEYCHAIN.contains("ProtectionMode::AccessibleWhenPasscodeSetThisDeviceOnly"));
    assert!(KEYSTORE.contains(".biometric_cipher("));
    // APIs that only answer yes or no.
    for (name, source) in [("keychain", KEYCHAIN), ("keystore", KEYSTORE)] {
        for refused in [".authenticate(", "evaluatePolicy", "USER_PRESENCE"] {
            assert!(!source.contains(refused), "{name}: {refused}");
        }
    }
}
