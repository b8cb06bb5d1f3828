use std::path::Path;

use trousseau_tests_support::{App, draw_qr};

use super::PASSPHRASE;

const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const NAME: &str = "Caisse de compensation Éole, john.doe";

#[test]
fn debug_binary_does_the_main_job() {
    main_job(&App::debug_binary());
}

/// The release binary leaves out what its UI does not call, and is built otherwise altogether.
#[test]
fn release_binary_does_the_main_job() {
    if let Some(binary) = App::release_binary() {
        main_job(&binary);
    }
}

/// What is asked of it; `docs/size.md` has what it is made of.
#[test]
fn release_binary_is_under_12_mb() {
    if let Some(binary) = App::release_binary() {
        let size = std::fs::metadata(&binary).expect("a size").len();
        assert!(size < 12_000_000, "{size} bytes");
    }
}

/// First run, add by a picture, touch the key, read the code, lock, unlock.
fn main_job(binary: &Path) {
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
    app.code_agrees(NAME, 30, &["--totp", SECRET]);
    app.lock();
    assert_eq!(
        app.rows(),
        [],
        "nothing of the list is left on the lock screen"
    );
    app.unlock(PASSPHRASE);
    app.touch_key(NAME);
    app.code_agrees(NAME, 30, &["--totp", SECRET]);
}
