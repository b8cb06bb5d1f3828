use std::fs;

use trousseau_tests_support::{Row, draw_qr, oathtool};

use super::app_with_vault;

const PICTURE: &str = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA&issuer=Bureau";
const LINK: &str = "otpauth://totp/%C3%89cole:luc?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
                    &algorithm=SHA256&digits=8&period=60";
const HAND: &str = "JBSW Y3DP ehpk 3pxp jbsw y3dp ehpk 3pxp";

fn row(first: &str, second: &str) -> Row {
    Row {
        first: first.into(),
        second: second.into(),
        code: None,
    }
}

#[test]
fn entries_from_picture_link_and_typing_show_the_right_codes() {
    let app = app_with_vault();
    let picture = app.display().home().join("code.png");
    draw_qr(PICTURE, &picture);
    app.add_picture(&picture);
    app.add_link(LINK);
    app.add_by_hand("Portail", "marie", HAND);
    app.wait_for_rows(&[
        row("Bureau", "anne"),
        row("École", "luc"),
        row("Portail", "marie"),
    ]);
    for (name, period, arguments) in [
        (
            "Bureau, anne",
            30,
            ["--totp", "MFRGGZDFMZTWQ2LKNNWG23TPOA"].as_slice(),
        ),
        (
            "École, luc",
            60,
            &[
                "--totp=SHA256",
                "--digits=8",
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
            ],
        ),
        ("Portail, marie", 30, &["--totp", HAND]),
    ] {
        app.touch_key(name);
        app.assert_code_matches(name, period, arguments);
    }
}

#[test]
fn a_pasted_link_is_read() {
    let app = app_with_vault();
    app.tap("button", "Ajouter");
    app.wait_for_text("Ajouter une entrée");
    app.display().set_clipboard(PICTURE);
    app.driver()
        .press_with_control('v')
        .expect("the driver types");
    app.save_draft();
    app.wait_for_rows(&[row("Bureau", "anne")]);
}

#[test]
fn the_last_screen_shows_the_code_of_the_new_entry() {
    let app = app_with_vault();
    let around = || {
        let code = |now: &str| oathtool(&["--totp", "--base32", now, "MFRGGZDFMZTWQ2LKNNWG23TPOA"]);
        [code("--now=30 seconds ago"), code("--now=now")]
    };
    let code = app.add_link(PICTURE).expect("it shows a code");
    assert!(around().contains(&code));
}

#[test]
fn invalid_input_is_reported_and_nothing_is_saved() {
    let app = app_with_vault();
    let folder = app.display().home().to_path_buf();
    let text = folder.join("text.png");
    fs::write(&text, "this is not a picture").expect("the folder is writable");
    let site = folder.join("site.png");
    draw_qr("https://www.example.org/login", &site);
    let vendor = folder.join("vendor.png");
    draw_qr(
        "phonefactor://activate_account?code=123456789&url=https%3A%2F%2Fexample.org",
        &vendor,
    );
    let address = folder.join("address.png");
    draw_qr("just a text", &address);
    app.tap("button", "Ajouter");
    for (file, message) in [
        (&text, "n’est pas une image lisible"),
        (&site, "l’adresse d’un site"),
        (&vendor, "réservé à l’application"),
        (&address, "n’est pas un code d’authentification"),
    ] {
        app.choose_file("Choisir une image", file);
        app.wait_for_text(message);
    }
    app.tap("button", "Saisir à la main");
    app.fill("Service", "Portail");
    app.fill("Clé secrète", "JBSWY3DP1");
    app.tap("button", "Continuer");
    app.wait_for_text("« 1 », en position 9,");
    assert!(
        !app.text().contains("JBSWY3DP"),
        "a message repeats the secret"
    );
    app.tap("button", "Retour");
    app.tap("button", "Retour");
    app.wait_for_text("Votre trousseau est prêt");
}
