use std::path::Path;

use trousseau_tests_support::{App, draw_qr};

use super::PASSPHRASE;

const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const NAME: &str = "Caisse de compensation Éole, john.doe";

#[test]
fn debug_binary_runs_the_main_flow() {
    main_flow(&App::debug_binary());
}

/// The release binary leaves out unused commands and has other build settings.
#[test]
fn release_binary_runs_the_main_flow() {
    if let Some(binary) = App::release_binary() {
        main_flow(&binary);
    }
}

/// The upper limit of its size; `docs/size.md` lists what it consists of.
#[test]
fn release_binary_is_under_12_mb() {
    if let Some(binary) = App::release_binary() {
        let size = std::fs::metadata(&binary).expect("the binary exists").len();
        assert!(size < 12_000_000, "{size} bytes");
    }
}

/// Creates a vault, adds an entry from a picture, touches its key, reads the code, locks and unlocks.
fn main_flow(binary: &Path) {
    let app = App::start(binary);
    app.first_run(PASSPHRASE);
    let picture = app.display().home().join("code.png");
    draw_qr(
        &format!(
            "otpauth://totp/john.doe?secret={SECRET}&issuer=Caisse%20de%20compensation%20%C3%89ole"
        ),
        &picture,
    );
    app.add_picture(&picture);
    app.touch_key(NAME);
    app.assert_code_matches(NAME, 30, &["--totp", SECRET]);
    app.lock();
    assert_eq!(app.rows(), [], "the lock screen still contains the list");
    app.unlock(PASSPHRASE);
    app.touch_key(NAME);
    app.assert_code_matches(NAME, 30, &["--totp", SECRET]);
}
