use std::thread::sleep;
use std::time::{Duration, Instant};

use trousseau_tests_support::App;

use super::{PASSPHRASE, ready_with};

const ANNE: &str = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA";
const ZOE: &str = "otpauth://totp/Soci%C3%A9t%C3%A9%20%C5%92uvre:zo%C3%A9\
                   ?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const MAX: &str = "otpauth://totp/Z%C3%BCrich:max?secret=KRUGS4ZANFZSA5DIMUQHGZLDOJSXI";
const ANNE_NAME: &str = "Bureau, anne";
const ZOE_NAME: &str = "Société Œuvre, zoé";

/// Whether a code is in the page at all, visible or not.
fn holds_a_code(app: &App) -> bool {
    let source = app.script("return document.documentElement.outerHTML", &[]);
    source
        .as_str()
        .expect("a page has a source")
        .contains("data-testid=\"code\"")
}

#[test]
fn a_key_opens_its_row_and_no_other() {
    let app = ready_with(&[ANNE, ZOE]);
    assert!(
        !holds_a_code(&app),
        "a code is in the page before a key was touched"
    );

    app.touch_key(ANNE_NAME);
    app.code_of(ANNE_NAME);
    let shown = app.rows().remove(0).code.expect("its row is open");
    let parts: Vec<_> = shown.split(' ').map(str::len).collect();
    assert_eq!(parts, [3, 3], "grouped as it is read");

    app.touch_key(ZOE_NAME);
    app.code_of(ZOE_NAME);

    app.touch_key(ZOE_NAME);
    app.until("a page without a code", || {
        (!holds_a_code(&app)).then_some(())
    });
}

#[test]
fn key_and_code_are_named_for_those_who_do_not_see_them() {
    let app = ready_with(&[ZOE]);
    let name = |element| app.driver().accessible_name(&element);
    let key = name(app.find("button", "Clé")).expect("the key is there");
    assert!(
        key.contains("Société Œuvre") && key.contains("zoé"),
        "{key}"
    );
    app.touch_key(ZOE_NAME);
    app.until("the code's digits named singly", || {
        let digits = app
            .code_of(ZOE_NAME)
            .chars()
            .map(String::from)
            .collect::<Vec<_>>();
        let named = format!("Copier le code {}", digits.join(" "));
        let button = app.all("button", &named).pop()?;
        name(button).is_ok_and(|name| name == named).then_some(())
    });
}

#[test]
fn touching_the_code_copies_what_is_shown() {
    let app = ready_with(&[ANNE]);
    app.touch_key(ANNE_NAME);
    app.code_of(ANNE_NAME);
    assert_eq!(
        app.display().clipboard(),
        "",
        "showing a code copies nothing"
    );
    app.until("the clipboard read within one period", || {
        let code = app.code_of(ANNE_NAME);
        let digits = code.chars().map(String::from).collect::<Vec<_>>().join(" ");
        // In its last seconds the code may go between the look and the touch.
        app.driver()
            .click(
                &app.all("button", &format!("Copier le code {digits}"))
                    .pop()?,
            )
            .ok()?;
        app.sees("Copié");
        let copied = app.display().clipboard();
        (app.code_of(ANNE_NAME) == code).then(|| assert_eq!(copied, code))
    });
    app.lock();
    app.until("the clipboard empty once locked", || {
        app.display().clipboard().is_empty().then_some(())
    });
}

/// Touches the code that is shown of Anne's entry, until it is in the clipboard.
fn copy_code(app: &App) {
    app.until("the code copied", || {
        let code = app.code_of(ANNE_NAME);
        let digits = code.chars().map(String::from).collect::<Vec<_>>().join(" ");
        let button = app.all("button", &format!("Copier le code {digits}"));
        app.driver().click(button.last()?).ok()?;
        app.sees("Copié");
        (app.display().clipboard() == code).then_some(())
    });
}

#[test]
fn a_copied_code_leaves_the_clipboard_after_its_time() {
    let app = ready_with(&[ANNE]);
    app.touch_key(ANNE_NAME);
    copy_code(&app);
    let copied = Instant::now();
    while copied.elapsed() < Duration::from_secs(20) {
        assert_ne!(app.display().clipboard(), "", "gone too soon");
        sleep(Duration::from_secs(2));
    }
    app.until("the clipboard empty again", || {
        app.display().clipboard().is_empty().then_some(())
    });
}

#[test]
fn closing_the_window_takes_a_copied_code_along() {
    let mut app = ready_with(&[ANNE]);
    app.touch_key(ANNE_NAME);
    copy_code(&app);
    app.reopen();
    assert_eq!(app.display().clipboard(), "");
}

#[test]
fn search_folds_accents_and_case() {
    let app = ready_with(&[ANNE, ZOE, MAX]);
    for (query, found) in [
        ("societe", ["Société Œuvre"].as_slice()),
        ("ZOE", &["Société Œuvre"]),
        ("zürich", &["Zürich"]),
        ("zurich", &["Zürich"]),
        ("u", &["Bureau", "Société Œuvre", "Zürich"]),
        ("aucune", &[]),
    ] {
        app.fill("Rechercher", query);
        app.lists_names(found);
    }
    app.sees("Aucune entrée ne correspond.");
    app.tap("button", "Effacer la recherche");
    app.until("all entries again", || {
        (app.names().len() == 3).then_some(())
    });
}

#[test]
fn the_order_and_a_group_are_kept() {
    let mut app = ready_with(&[ANNE, ZOE, MAX]);
    app.tap("button", "Menu");
    app.tap("button", "Changer l’ordre");
    app.tap("button", "Déplacer Zürich, max");
    app.tap("button", "Vers le haut\u{202f}: Zürich, max");
    app.tap("button", "Vers le haut\u{202f}: Zürich, max");
    app.tap("button", "Déplacer Zürich, max");
    let order = ["Zürich", "Bureau", "Société Œuvre"];
    // The arrows go once it is saved.
    app.until("the entry put down", || {
        app.all("button", "Vers le haut").is_empty().then_some(())
    });
    app.tap("button", "Retour");
    app.lists_names(&order);

    app.touch_option(ANNE_NAME, "Mettre dans un groupe");
    app.tap("button", "Nouveau groupe");
    app.fill("Nom du groupe", "Travail");
    app.tap("button", "Enregistrer");
    app.find("checkbox", "Travail");
    app.tap("button", "Terminé");
    app.restart();
    app.unlock(PASSPHRASE);
    app.lists_names(&order);
    app.tap("button", "Travail");
    app.lists_names(&["Bureau"]);
}

#[test]
fn the_language_changes_at_once_and_is_kept() {
    let mut app = ready_with(&[ANNE]);
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
    app.code_agrees(ANNE_NAME, 30, &["--totp", "MFRGGZDFMZTWQ2LKNNWG23TPOA"]);
}
