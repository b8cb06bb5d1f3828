//! Ways to open the app on a desktop that keeps secrets: a real keyring on the display's bus.

use trousseau_tests_support::{App, read_by_old_copy, read_vault};

use super::{PASSPHRASE, ready_with};

const PIN: &str = "314159";
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const ANNE: &str =
    "otpauth://totp/Bureau:anne?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Bureau";

/// First run with an access code; the recovery words are put off. Answers them.
fn first_run_with_pin(app: &App) -> Vec<String> {
    app.tap("button", "Commencer");
    app.tap("button", "Code d’accès");
    app.fill("Code d’accès", PIN);
    app.fill("Répétez le code d’accès", PIN);
    app.tap("button", "Créer le trousseau");
    let words = app.recovery_words();
    app.tap("button", "Plus tard");
    app.tap("button", "Continuer quand même");
    app.sees("Votre trousseau est prêt");
    words
}

fn try_pin(app: &App, pin: &str) {
    app.fill("Code d’accès", pin);
    app.tap("button", "Déverrouiller");
}

#[test]
fn an_access_code_opens_here_and_a_copy_needs_the_recovery_words() {
    let mut app = App::start_with_keyring(&App::debug_binary());
    let words = first_run_with_pin(&app);
    app.add_link(ANNE);
    app.restart();
    try_pin(&app, "271828");
    app.sees("Ce code d’accès n’est pas le bon.");
    try_pin(&app, PIN);
    app.touch_key("Bureau, anne");
    app.code_agrees("Bureau, anne", 30, &["--totp", SECRET]);

    let copy = app.over_copy();
    try_pin(&copy, PIN);
    copy.sees("Le secret que cet appareil gardait n’y est plus.");
    if copy.all("textbox", "Vos 12 mots de secours").is_empty() {
        copy.tap("button", "Utiliser les mots de secours");
    }
    copy.fill("Vos 12 mots de secours", &words.join(" "));
    copy.tap("button", "Déverrouiller");
    copy.sees("Choisissez comment ouvrir désormais");
    copy.tap("button", "Code d’accès");
    copy.fill("Code d’accès", "161803");
    copy.fill("Répétez le code d’accès", "161803");
    copy.tap("button", "Enregistrer");
    copy.touch_key("Bureau, anne");
    copy.code_agrees("Bureau, anne", 30, &["--totp", SECRET]);
}

#[test]
fn a_locked_screen_locks_and_leaves_what_others_copied() {
    let app = App::start_with_keyring(&App::debug_binary());
    first_run_with_pin(&app);
    app.add_link(ANNE);
    app.display().set_clipboard("une liste de courses");
    app.until("the lock screen", || {
        // The app listens on a thread of its own: said before, it is heard by nobody.
        app.display().lock_screen();
        app.text().contains("Trousseau verrouillé").then_some(())
    });
    assert_eq!(app.display().clipboard(), "une liste de courses");
}

/// Somebody has a copy of the file, and the passphrase of then.
#[test]
fn after_another_passphrase_an_old_copy_gives_nothing_later() {
    const OTHER: &str = "six bougies sous la pluie";
    let app = ready_with(&[ANNE]);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let (old, vault) = (
        folder.path().join("old"),
        app.data().join("vault.trousseau"),
    );
    std::fs::copy(&vault, &old).expect("the vault is there");
    app.add_link("otpauth://totp/Bureau:luc?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA&issuer=Bureau");
    let later = read_by_old_copy(&old, PASSPHRASE, &vault);
    assert!(
        later.is_some_and(|later| later.contains("luc")),
        "until then"
    );

    app.tap("button", "Menu");
    app.tap("button", "Réglages");
    app.tap("button", "Ce qui ouvre l’application");
    app.tap("button", "Modifier\u{202f}: Phrase de passe");
    app.sees("Vous en choisirez une nouvelle.");
    app.tap("button", "Continuer");
    app.recovery_words();
    app.tap("button", "Plus tard");
    app.tap("button", "Continuer quand même");
    app.fill("Phrase de passe", OTHER);
    app.fill("Répétez la phrase de passe", OTHER);
    app.tap("button", "Remplacer les clés");
    app.sees("C’est fait");
    app.tap("button", "Terminé");

    for file in [&vault, &app.data().join("vault.trousseau.bak")] {
        assert_eq!(read_by_old_copy(&old, PASSPHRASE, file), None);
        assert!(read_vault(file, "passphrase", OTHER).contains("luc"));
    }
    assert!(read_vault(&old, "passphrase", PASSPHRASE).contains("anne"));
}
