use std::fs;

use serde_json::Value;
use trousseau_tests_support::{App, read_vault};

use super::{PASSPHRASE, ready_with};

const SECRET: &str = "MFRGGZDFMZTWQ2LKNNWG23TPOA";
const ANNE: &str = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA";
const LUC: &str = "otpauth://totp/%C3%89cole:luc?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const NAME: &str = "Bureau, anne";
const VAULT: &str = "vault.trousseau";

fn vault(app: &App) -> Vec<u8> {
    fs::read(app.data().join(VAULT)).expect("the vault is there")
}

#[test]
fn a_damaged_vault_opens_read_only_from_the_generation_before() {
    let mut app = ready_with(&[ANNE, LUC]);
    app.restart_after(|data| {
        let file = data.join(VAULT);
        let content = fs::read(&file).expect("the vault is there");
        fs::write(&file, &content[..content.len() / 2]).expect("the folder is ours");
    });
    let damaged = vault(&app);
    app.sees("Le trousseau ne peut pas être lu");
    app.tap("button", "Ouvrir la copie précédente");
    app.fill("Phrase de passe", PASSPHRASE);
    app.tap("button", "Ouvrir la copie précédente");
    app.sees("en lecture seule");
    app.touch_key(NAME);
    app.code_agrees(NAME, 30, &["--totp", SECRET]);
    app.tap("button", "Ajouter");
    app.sees("Impossible ici");
    assert_eq!(vault(&app), damaged, "the damaged file is kept as it is");
}

#[test]
fn a_vault_of_a_newer_version_is_left_alone() {
    let mut app = ready_with(&[ANNE]);
    app.restart_after(|data| {
        let file = data.join(VAULT);
        let mut content = fs::read(&file).expect("the vault is there");
        // Two bytes after the magic, see FORMAT.md.
        content[10..12].copy_from_slice(&2u16.to_be_bytes());
        fs::write(&file, content).expect("the folder is ours");
    });
    let newer = vault(&app);
    app.sees("Trousseau d’une version plus récente");
    app.restart();
    app.sees("Trousseau d’une version plus récente");
    assert_eq!(vault(&app), newer);
}

#[test]
fn a_second_process_is_told_so_and_changes_nothing() {
    let app = ready_with(&[ANNE]);
    let before = vault(&app);
    let second = app.second_process();
    second.sees("déjà ouvert dans une autre fenêtre");
    assert_eq!(vault(&app), before);
    app.touch_key(NAME);
    app.code_agrees(NAME, 30, &["--totp", SECRET]);
    drop(app);
    second.until("the vault given free by the first", || {
        // The button goes with the click that succeeds; the lock screen may come a moment later.
        if let Some(again) = second.all("button", "Réessayer").pop() {
            let _ = second.driver().click(&again);
        }
        second.all("button", "Déverrouiller").pop()
    });
    second.unlock(PASSPHRASE);
    second.touch_key(NAME);
    second.code_agrees(NAME, 30, &["--totp", SECRET]);
}

/// The person's data is not the app's prisoner: the file's specification is enough to read it.
#[test]
fn another_program_reads_what_the_app_wrote() {
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
