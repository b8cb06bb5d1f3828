//! Films of collected pictures, instead of the desktop's camera.

use trousseau_tests_support::{App, Row, film, oathtool};

use super::after_first_run;

#[path = "../../crates/scan/tests/support/fixtures.rs"]
mod fixtures;

/// The width of the preview, and the number of its grey levels.
const PREVIEW: &str = r#"
const canvas = document.querySelector("[data-testid=scanner] canvas");
const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
return [canvas.width, new Set(data.filter((_, at) => at % 4 === 0)).size];
"#;

/// The accounts in the export.
const ACCOUNTS: [(&str, &str); 4] = [
    ("example.com", "testuser"),
    ("github.com", "test-github.user@example.com"),
    ("someexampleservice", "anothertestuser"),
    ("someexampleservice", "fourthuser"),
];

fn row(first: &str, second: &str) -> Row {
    Row {
        first: first.into(),
        second: second.into(),
        code: None,
    }
}

/// The app with an empty vault and a film of this picture; `None` if the pictures are missing.
#[track_caller]
fn app_with_film(picture: &str) -> Option<App> {
    let folder = fixtures::fixtures("qr/pictures")?;
    let film = film(&folder, picture);
    Some(after_first_run(App::start_with_film(
        &App::debug_binary(),
        &film,
    )))
}

#[test]
fn a_code_seen_by_the_camera_becomes_a_saved_entry() {
    let Some(app) = app_with_film("otp/dim13_example.png") else {
        return;
    };
    app.tap("button", "Scanner un code QR");
    let around = || {
        let code = |now: &str| oathtool(&["--totp", "--base32", now, "JBSWY3DPEHPK3PXP"]);
        [code("--now=30 seconds ago"), code("--now=now")]
    };
    let code = app.save_draft().expect("it shows a code");
    assert!(around().contains(&code));
    app.wait_for_rows(&[row("Example", "alice@google.com")]);
}

/// The picture is a photo of a dense QR code with four accounts on a screen.
#[test]
fn a_complete_export_of_another_app_is_imported() {
    let Some(app) = app_with_film("otp/lennyerik_demo_export.png") else {
        return;
    };
    app.tap("button", "Ajouter");
    app.tap("button", "Scanner avec la caméra");
    app.tap("button", "Enregistrer les 4 nouvelles");
    app.wait_for_text("4 entrées enregistrées");
    app.wait_for_rows(&ACCOUNTS.map(|(issuer, account)| row(issuer, account)));
}

#[test]
fn an_unsupported_code_and_the_end_of_the_film_are_reported() {
    let Some(app) = app_with_film("zxing-qr1/13.png") else {
        return;
    };
    app.tap("button", "Scanner un code QR");
    app.wait_for_text("l’adresse d’un site");
    // At the end of the film, the preview keeps the last frame.
    app.wait_for_text("La caméra s’est arrêtée");
    let preview: (u32, usize) =
        serde_json::from_value(app.script(PREVIEW, &[])).expect("the script returns two numbers");
    assert_eq!(preview.0, 320);
    assert!(preview.1 > 50, "a photo has many grey levels: {preview:?}");
}
