//! From the QR picture of a real service (privacyIDEA) to a sign-in that it accepts.

use trousseau_tests_support::{PrivacyIdea, oathtool, wrong_code};

/// The control: without the app, the service takes `oathtool`'s code once, and no other.
#[test]
fn service_accepts_oathtool() {
    let service = PrivacyIdea::start();
    let activation = service.activate("john.doe");
    let code = oathtool(&["--totp", "--base32", &activation.secret]);
    assert!(!service.accepts("john.doe", &wrong_code(&code)));
    assert!(
        !service.accepts("jane.doe", &code),
        "the code of another user"
    );
    assert!(service.accepts("john.doe", &code));
    assert!(!service.accepts("john.doe", &code), "a code is good once");
}
