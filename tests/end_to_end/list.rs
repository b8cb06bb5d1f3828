use std::thread::sleep;
use std::time::{Duration, Instant};

use trousseau_tests_support::App;

use super::{PASSPHRASE, app_with_entries};

const ANNE: &str = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA";
const ZOE: &str = "otpauth://totp/Soci%C3%A9t%C3%A9%20%C5%92uvre:zo%C3%A9\
                   ?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const MAX: &str = "otpauth://totp/Z%C3%BCrich:max?secret=KRUGS4ZANFZSA5DIMUQHGZLDOJSXI";
const ANNE_NAME: &str = "Bureau, anne";
const ZOE_NAME: &str = "Société Œuvre, zoé";

/// Whether the page contains a code, visible or not.
fn contains_code(app: &App) -> bool {
    let source = app.script("return document.documentElement.outerHTML", &[]);
    source
        .as_str()
        .expect("a page has a source")
        .contains("data-testid=\"code\"")
}

#[test]
fn a_key_opens_its_row_and_no_other() {
    let app = app_with_entries(&[ANNE, ZOE]);
    assert!(
        !contains_code(&app),
        "the page contains a code before a key was touched"
    );

    app.touch_key(ANNE_NAME);
    app.shown_code(ANNE_NAME);
    let shown = app.rows().remove(0).code.expect("its row is open");
    let parts: Vec<_> = shown.split(' ').map(str::len).collect();
    assert_eq!(parts, [3, 3], "the code is grouped");

    app.touch_key(ZOE_NAME);
    app.shown_code(ZOE_NAME);

    app.touch_key(ZOE_NAME);
    app.wait_until("a page without a code", || {
        (!contains_code(&app)).then_some(())
    });
}

#[test]
fn key_and_code_have_accessible_names() {
    let app = app_with_entries(&[ZOE]);
    let name = |element| app.driver().accessible_name(&element);
    let key = name(app.find("button", "Clé")).expect("the key exists");
    assert!(
        key.contains("Société Œuvre") && key.contains("zoé"),
        "{key}"
    );
    app.touch_key(ZOE_NAME);
    app.wait_until("an accessible name with separate digits", || {
        let digits = app
            .shown_code(ZOE_NAME)
            .chars()
            .map(String::from)
            .collect::<Vec<_>>();
        let named = format!("Copier le code {}", digits.join(" "));
        let button = app.find_all("button", &named).pop()?;
        name(button).is_ok_and(|name| name == named).then_some(())
    });
}

#[test]
fn touching_the_code_copies_it() {
    let app = app_with_entries(&[ANNE]);
    app.touch_key(ANNE_NAME);
    app.shown_code(ANNE_NAME);
    assert_eq!(
        app.display().clipboard(),
        "",
        "showing a code copies nothing"
    );
    app.wait_until("a code copied and read within one period", || {
        let code = app.shown_code(ANNE_NAME);
        let digits = code.chars().map(String::from).collect::<Vec<_>>().join(" ");
        // In its last seconds, the code may change between reading and touching it.
        app.driver()
            .click(
                &app.find_all("button", &format!("Copier le code {digits}"))
                    .pop()?,
            )
            .ok()?;
        app.wait_for_text("Copié");
        let copied = app.display().clipboard();
        (app.shown_code(ANNE_NAME) == code).then(|| assert_eq!(copied, code))
    });
    app.lock();
    app.wait_until("the clipboard empty once locked", || {
        app.display().clipboard().is_empty().then_some(())
    });
}

/// Touches the code of Anne's entry until the clipboard contains it.
fn copy_code(app: &App) {
    app.wait_until("the code copied", || {
        let code = app.shown_code(ANNE_NAME);
        let digits = code.chars().map(String::from).collect::<Vec<_>>().join(" ");
        let button = app.find_all("button", &format!("Copier le code {digits}"));
        app.driver().click(button.last()?).ok()?;
        app.wait_for_text("Copié");
        (app.display().clipboard() == code).then_some(())
    });
}

#[test]
fn a_copied_code_is_cleared_from_the_clipboard_after_its_time() {
    let app = app_with_entries(&[ANNE]);
    app.touch_key(ANNE_NAME);
    copy_code(&app);
    let copied = Instant::now();
    while copied.elapsed() < Duration::from_secs(20) {
        assert_ne!(
            app.display().clipboard(),
            "",
            "the code was cleared too early"
        );
        sleep(Duration::from_secs(2));
    }
    app.wait_until("the clipboard empty again", || {
        app.display().clipboard().is_empty().then_some(())
    });
}

#[test]
fn closing_the_window_clears_a_copied_code() {
    let mut app = app_with_entries(&[ANNE]);
    app.touch_key(ANNE_NAME);
    copy_code(&app);
    app.reopen();
    assert_eq!(app.display().clipboard(), "");
}

#[test]
fn search_ignores_accents_and_case() {
    let app = app_with_entries(&[ANNE, ZOE, MAX]);
    for (query, found) in [
        ("societe", ["Société Œuvre"].as_slice()),
        ("ZOE", &["Société Œuvre"]),
        ("zürich", &["Zürich"]),
        ("zurich", &["Zürich"]),
        ("u", &["Bureau", "Société Œuvre", "Zürich"]),
        ("aucune", &[]),
    ] {
        app.fill("Rechercher", query);
        app.wait_for_names(found);
    }
    app.wait_for_text("Aucune entrée ne correspond.");
    app.tap("button", "Effacer la recherche");
    app.wait_until("all entries again", || {
        (app.names().len() == 3).then_some(())
    });
}

#[test]
fn order_and_groups_are_saved() {
    let mut app = app_with_entries(&[ANNE, ZOE, MAX]);
    app.tap("button", "Menu");
    app.tap("button", "Changer l’ordre");
    app.tap("button", "Déplacer Zürich, max");
    app.tap("button", "Vers le haut\u{202f}: Zürich, max");
    app.tap("button", "Vers le haut\u{202f}: Zürich, max");
    app.tap("button", "Déplacer Zürich, max");
    let order = ["Zürich", "Bureau", "Société Œuvre"];
    // The arrows disappear once the new order is saved.
    app.wait_until("the saved order", || {
        app.find_all("button", "Vers le haut")
            .is_empty()
            .then_some(())
    });
    app.tap("button", "Retour");
    app.wait_for_names(&order);

    app.tap_option(ANNE_NAME, "Mettre dans un groupe");
    app.tap("button", "Nouveau groupe");
    app.fill("Nom du groupe", "Travail");
    app.tap("button", "Enregistrer");
    app.find("checkbox", "Travail");
    app.tap("button", "Terminé");
    app.restart();
    app.unlock(PASSPHRASE);
    app.wait_for_names(&order);
    app.tap("button", "Travail");
    app.wait_for_names(&["Bureau"]);
}

#[test]
fn the_language_changes_at_once_and_is_saved() {
    let mut app = app_with_entries(&[ANNE]);
    app.tap("button", "Menu");
    app.tap("button", "Réglages");
    app.choose("Langue", "English");
    app.find("heading", "Settings");
    app.tap("button", "Back");
    app.find("button", "Add");
    app.restart();
    app.find("button", "Unlock");
    app.fill("Passphrase", PASSPHRASE);
    app.tap("button", "Unlock");
    app.tap("button", "Key Bureau, anne");
    app.assert_code_matches(ANNE_NAME, 30, &["--totp", "MFRGGZDFMZTWQ2LKNNWG23TPOA"]);
}
