use std::fs;

use serde_json::Value;
use trousseau_tests_support::{App, read_vault};

use super::{PASSPHRASE, app_with_entries};

const SECRET: &str = "MFRGGZDFMZTWQ2LKNNWG23TPOA";
const ANNE: &str = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA";
const LUC: &str = "otpauth://totp/%C3%89cole:luc?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const NAME: &str = "Bureau, anne";
const VAULT: &str = "vault.trousseau";

fn vault(app: &App) -> Vec<u8> {
    fs::read(app.data().join(VAULT)).expect("the vault exists")
}

#[test]
fn a_damaged_vault_opens_read_only_from_the_previous_generation() {
    let mut app = app_with_entries(&[ANNE, LUC]);
    app.restart_after(|data| {
        let file = data.join(VAULT);
        let content = fs::read(&file).expect("the vault exists");
        fs::write(&file, &content[..content.len() / 2]).expect("the folder is writable");
    });
    let damaged = vault(&app);
    app.wait_for_text("Le trousseau ne peut pas être lu");
    app.tap("button", "Ouvrir la copie précédente");
    app.fill("Phrase de passe", PASSPHRASE);
    app.tap("button", "Ouvrir la copie précédente");
    app.wait_for_text("en lecture seule");
    app.touch_key(NAME);
    app.assert_code_matches(NAME, 30, &["--totp", SECRET]);
    app.tap("button", "Ajouter");
    app.wait_for_text("Impossible ici");
    assert_eq!(vault(&app), damaged, "the damaged file was changed");
}

#[test]
fn a_vault_of_a_newer_version_is_not_changed() {
    let mut app = app_with_entries(&[ANNE]);
    app.restart_after(|data| {
        let file = data.join(VAULT);
        let mut content = fs::read(&file).expect("the vault exists");
        // The version is the two bytes after the magic, see FORMAT.md.
        content[10..12].copy_from_slice(&2u16.to_be_bytes());
        fs::write(&file, content).expect("the folder is writable");
    });
    let newer = vault(&app);
    app.wait_for_text("Trousseau d’une version plus récente");
    app.restart();
    app.wait_for_text("Trousseau d’une version plus récente");
    assert_eq!(vault(&app), newer);
}

#[test]
fn a_second_process_reports_the_first_and_changes_nothing() {
    let app = app_with_entries(&[ANNE]);
    let before = vault(&app);
    let second = app.start_second_process();
    second.wait_for_text("déjà ouvert dans une autre fenêtre");
    assert_eq!(vault(&app), before);
    app.touch_key(NAME);
    app.assert_code_matches(NAME, 30, &["--totp", SECRET]);
    drop(app);
    second.wait_until("the first app to release the vault", || {
        // The button disappears after the successful click; the lock screen may appear a moment later.
        if let Some(again) = second.find_all("button", "Réessayer").pop() {
            let _ = second.driver().click(&again);
        }
        second.find_all("button", "Déverrouiller").pop()
    });
    second.unlock(PASSPHRASE);
    second.touch_key(NAME);
    second.assert_code_matches(NAME, 30, &["--totp", SECRET]);
}

/// The specification of the file is enough to write a reader: users do not depend on the app.
#[test]
fn an_independent_reader_opens_the_vault() {
    let app = App::start(&App::debug_binary());
    let words = app.first_run(PASSPHRASE);
    app.add_link(ANNE);
    let file = app.data().join(VAULT);
    for (kind, credential) in [("passphrase", PASSPHRASE), ("recovery", &words.join(" "))] {
        let payload = read_vault(&file, kind, credential);
        let payload: Value = serde_json::from_str(&payload).expect("the payload is JSON");
        let entry = &payload["entries"][0];
        assert_eq!(
            (
                entry["issuer"].as_str(),
                entry["account"].as_str(),
                entry["secret"].as_str()
            ),
            (Some("Bureau"), Some("anne"), Some(SECRET)),
        );
    }
}
