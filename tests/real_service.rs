//! Signs in to a real service (privacyIDEA) with codes of the app, starting from the service's QR picture.

use std::fs;

use trousseau_tests_support::{App, PrivacyIdea, oathtool, wrong_code};

/// Control without the app: the service accepts `oathtool`'s code once, and no other code.
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
    assert!(
        !service.accepts("john.doe", &code),
        "the service accepts a code only once"
    );
}

/// Each user has one activation, so that an accepted code can only come from that entry.
#[test]
fn service_accepts_the_code_of_a_touched_key() {
    let service = PrivacyIdea::start();
    let app = App::start(&App::debug_binary());
    app.first_run("bateau lampe orage tilleul");

    let activation = service.activate("john.doe");
    let picture = app.display().home().join("activation.png");
    fs::write(&picture, &activation.picture).expect("the folder is writable");
    app.add_picture(&picture);
    signs_in(&app, &service, "john.doe");

    // For users who cannot scan, the service also shows the secret.
    let activation = service.activate("jane.doe");
    app.add_by_hand(PrivacyIdea::ISSUER, "jane.doe", &activation.secret);
    signs_in(&app, &service, "jane.doe");
}

/// Touches the key of the user's entry, reads the code in its row, and signs in with it.
#[track_caller]
fn signs_in(app: &App, service: &PrivacyIdea, user: &str) {
    let name = format!("{}, {user}", PrivacyIdea::ISSUER);
    app.touch_key(&name);
    let code = app.shown_code(&name);
    assert!(!service.accepts(user, &wrong_code(&code)), "a wrong code");
    assert!(service.accepts(user, &code), "the code in the app");
}
