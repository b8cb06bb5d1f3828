//! Films of pictures that others collected, in place of the desktop's camera.

use trousseau_tests_support::{App, Row, film, oathtool};

use super::at_first;

#[path = "../../crates/scan/tests/support/fixtures.rs"]
mod fixtures;

/// What the preview shows: its width, and how many tones.
const PREVIEW: &str = r#"
const canvas = document.querySelector("[data-testid=scanner] canvas");
const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
return [canvas.width, new Set(data.filter((_, at) => at % 4 === 0)).size];
"#;

/// What is in the export.
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

/// The app with a new, empty vault and the film of this picture; none where the pictures are not there.
#[track_caller]
fn before_the_camera(picture: &str) -> Option<App> {
    let folder = fixtures::fixtures("qr/pictures")?;
    let film = film(&folder, picture);
    Some(at_first(App::start_with_film(&App::debug_binary(), &film)))
}

#[test]
fn from_what_the_camera_sees_to_the_saved_entry() {
    let Some(app) = before_the_camera("otp/dim13_example.png") else {
        return;
    };
    app.tap("button", "Scanner un code QR");
    let around = || {
        let code = |now: &str| oathtool(&["--totp", "--base32", now, "JBSWY3DPEHPK3PXP"]);
        [code("--now=30 seconds ago"), code("--now=now")]
    };
    let code = app.save_draft().expect("it shows a code");
    assert!(around().contains(&code));
    app.lists(&[row("Example", "alice@google.com")]);
}

/// A dense code of four accounts, photographed from a screen.
#[test]
fn an_export_of_another_app_is_taken_over_whole() {
    let Some(app) = before_the_camera("otp/lennyerik_demo_export.png") else {
        return;
    };
    app.tap("button", "Ajouter");
    app.tap("button", "Scanner avec la caméra");
    app.tap("button", "Enregistrer les 4 nouvelles");
    app.sees("4 entrées enregistrées");
    app.lists(&ACCOUNTS.map(|(issuer, account)| row(issuer, account)));
}

#[test]
fn another_code_is_named_while_the_camera_goes_on_and_so_is_its_end() {
    let Some(app) = before_the_camera("zxing-qr1/13.png") else {
        return;
    };
    app.tap("button", "Scanner un code QR");
    app.sees("l’adresse d’un site");
    // The film has an end; what was seen last stays.
    app.sees("La caméra s’est arrêtée");
    let preview: (u32, usize) =
        serde_json::from_value(app.script(PREVIEW, &[])).expect("the script answers two numbers");
    assert_eq!(preview.0, 320);
    assert!(preview.1 > 50, "a photo has many tones: {preview:?}");
}
