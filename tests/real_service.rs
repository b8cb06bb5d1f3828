//! From the QR picture of a real service (privacyIDEA) to a sign-in that it accepts.

use std::fs;

use trousseau_tests_support::{App, PrivacyIdea, oathtool, wrong_code};

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

/// Each user has one activation, so that an accepted code can come from that entry only.
#[test]
fn service_accepts_the_code_of_a_touched_key() {
    let service = PrivacyIdea::start();
    let app = App::start(&App::debug_binary());
    app.first_run("bateau lampe orage tilleul");

    let activation = service.activate("john.doe");
    let picture = app.display().home().join("activation.png");
    fs::write(&picture, &activation.picture).expect("the folder is ours");
    app.add_picture(&picture);
    signs_in(&app, &service, "john.doe");

    // "Can't scan?": the same service shows the secret instead.
    let activation = service.activate("jane.doe");
    app.add_by_hand(PrivacyIdea::ISSUER, "jane.doe", &activation.secret);
    signs_in(&app, &service, "jane.doe");
}

/// Touches the key of the user's entry, reads the code in its row and types it back.
#[track_caller]
fn signs_in(app: &App, service: &PrivacyIdea, user: &str) {
    let name = format!("{}, {user}", PrivacyIdea::ISSUER);
    app.touch_key(&name);
    let code = app.code_of(&name);
    assert!(!service.accepts(user, &wrong_code(&code)), "a wrong code");
    assert!(service.accepts(user, &code), "the code that the app shows");
}
