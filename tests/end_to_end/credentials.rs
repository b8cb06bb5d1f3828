//! Credentials on a desktop with a keyring: a real keyring on the display's D-Bus.

use trousseau_tests_support::{App, read_vault, read_with_old_copy};

use super::{PASSPHRASE, app_with_entries};

const PIN: &str = "314159";
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const ANNE: &str =
    "otpauth://totp/Bureau:anne?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Bureau";

/// Creates a vault with an access code and postpones the recovery words. Returns the words.
fn first_run_with_pin(app: &App) -> Vec<String> {
    app.tap("button", "Commencer");
    app.tap("button", "Code d’accès");
    app.fill("Code d’accès", PIN);
    app.fill("Répétez le code d’accès", PIN);
    app.tap("button", "Créer le trousseau");
    let words = app.recovery_words();
    app.tap("button", "Plus tard");
    app.tap("button", "Continuer quand même");
    app.wait_for_text("Votre trousseau est prêt");
    words
}

fn enter_pin(app: &App, pin: &str) {
    app.fill("Code d’accès", pin);
    app.tap("button", "Déverrouiller");
}

#[test]
fn an_access_code_works_on_this_device_and_a_copy_needs_the_recovery_words() {
    let mut app = App::start_with_keyring(&App::debug_binary());
    let words = first_run_with_pin(&app);
    app.add_link(ANNE);
    app.restart();
    enter_pin(&app, "271828");
    app.wait_for_text("Ce code d’accès n’est pas le bon.");
    enter_pin(&app, PIN);
    app.touch_key("Bureau, anne");
    app.assert_code_matches("Bureau, anne", 30, &["--totp", SECRET]);

    let copy = app.start_on_copy();
    enter_pin(&copy, PIN);
    copy.wait_for_text("Le secret que cet appareil gardait n’y est plus.");
    if copy
        .find_all("textbox", "Vos 12 mots de secours")
        .is_empty()
    {
        copy.tap("button", "Utiliser les mots de secours");
    }
    copy.fill("Vos 12 mots de secours", &words.join(" "));
    copy.tap("button", "Déverrouiller");
    copy.wait_for_text("Choisissez comment ouvrir désormais");
    copy.tap("button", "Code d’accès");
    copy.fill("Code d’accès", "161803");
    copy.fill("Répétez le code d’accès", "161803");
    copy.tap("button", "Enregistrer");
    copy.touch_key("Bureau, anne");
    copy.assert_code_matches("Bureau, anne", 30, &["--totp", SECRET]);
}

#[test]
fn a_locked_screen_locks_the_vault_and_keeps_the_clipboard_of_other_programs() {
    let app = App::start_with_keyring(&App::debug_binary());
    first_run_with_pin(&app);
    app.add_link(ANNE);
    app.display().set_clipboard("une liste de courses");
    app.wait_until("the lock screen", || {
        // Repeated, because the app starts to listen on another thread, and would miss an earlier signal.
        app.display().lock_screen();
        app.text().contains("Trousseau verrouillé").then_some(())
    });
    assert_eq!(app.display().clipboard(), "une liste de courses");
}

/// An attacker has a copy of the file and the old passphrase.
#[test]
fn an_old_copy_opens_no_file_saved_after_a_change_of_passphrase() {
    const OTHER: &str = "six bougies sous la pluie";
    let app = app_with_entries(&[ANNE]);
    let folder = tempfile::tempdir().expect("a temporary folder can be created");
    let (old, vault) = (
        folder.path().join("old"),
        app.data().join("vault.trousseau"),
    );
    std::fs::copy(&vault, &old).expect("the vault exists");
    app.add_link("otpauth://totp/Bureau:luc?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA&issuer=Bureau");
    let later = read_with_old_copy(&old, PASSPHRASE, &vault);
    assert!(
        later.is_some_and(|later| later.contains("luc")),
        "the old copy opens files saved before the change"
    );

    app.tap("button", "Menu");
    app.tap("button", "Réglages");
    app.tap("button", "Ce qui ouvre l’application");
    app.tap("button", "Modifier\u{202f}: Phrase de passe");
    app.wait_for_text("Vous en choisirez une nouvelle.");
    app.tap("button", "Continuer");
    app.recovery_words();
    app.tap("button", "Plus tard");
    app.tap("button", "Continuer quand même");
    app.fill("Phrase de passe", OTHER);
    app.fill("Répétez la phrase de passe", OTHER);
    app.tap("button", "Remplacer les clés");
    app.wait_for_text("C’est fait");
    app.tap("button", "Terminé");

    for file in [&vault, &app.data().join("vault.trousseau.bak")] {
        assert_eq!(read_with_old_copy(&old, PASSPHRASE, file), None);
        assert!(read_vault(file, "passphrase", OTHER).contains("luc"));
    }
    assert!(read_vault(&old, "passphrase", PASSPHRASE).contains("anne"));
}
