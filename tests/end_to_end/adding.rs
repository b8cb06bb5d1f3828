use std::fs;

use trousseau_tests_support::{Row, draw_qr, oathtool};

use super::ready;

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
fn picture_link_and_hand_each_give_the_code_of_their_secret() {
    let app = ready();
    let picture = app.display().home().join("code.png");
    draw_qr(PICTURE, &picture);
    app.add_picture(&picture);
    app.add_link(LINK);
    app.add_by_hand("Portail", "marie", HAND);
    app.lists(&[
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
        app.code_agrees(name, period, arguments);
    }
}

#[test]
fn a_pasted_link_is_read() {
    let app = ready();
    app.tap("button", "Ajouter");
    app.sees("Ajouter une entrée");
    app.display().set_clipboard(PICTURE);
    app.driver().control('v').expect("the driver types");
    app.save_draft();
    app.lists(&[row("Bureau", "anne")]);
}

/// The last screen shows the new entry's code without another touch.
#[test]
fn the_last_screen_shows_a_code_of_the_new_entry() {
    let app = ready();
    let around = || {
        let code = |now: &str| oathtool(&["--totp", "--base32", now, "MFRGGZDFMZTWQ2LKNNWG23TPOA"]);
        [code("--now=30 seconds ago"), code("--now=now")]
    };
    let code = app.add_link(PICTURE).expect("it shows a code");
    assert!(around().contains(&code));
}

#[test]
fn what_cannot_be_added_is_said_and_nothing_is_saved() {
    let app = ready();
    let folder = app.display().home().to_path_buf();
    let text = folder.join("text.png");
    fs::write(&text, "no picture at all").expect("the folder is ours");
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
        app.sees(message);
    }
    app.tap("button", "Saisir à la main");
    app.fill("Service", "Portail");
    app.fill("Clé secrète", "JBSWY3DP1");
    app.tap("button", "Continuer");
    app.sees("« 1 », en position 9,");
    assert!(
        !app.text().contains("JBSWY3DP"),
        "a message repeats the secret"
    );
    app.tap("button", "Retour");
    app.tap("button", "Retour");
    app.sees("Votre trousseau est prêt");
}
