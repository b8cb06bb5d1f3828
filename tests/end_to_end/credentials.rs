//! Ways to open the app on a desktop that keeps secrets: a real keyring on the display's bus.

use trousseau_tests_support::App;

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
