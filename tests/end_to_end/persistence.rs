use std::fs;
use std::path::{Path, PathBuf};

use trousseau_tests_support::{App, Row, oathtool};

use super::{PASSPHRASE, app_with_entries};

const SECRET: &str = "MFRGGZDFMZTWQ2LKNNWG23TPOA";
const ANNE: &str = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA";
const LUC: &str = "otpauth://totp/%C3%89cole:luc?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const COUNTER: &str = "otpauth://hotp/Banque:luc?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA&counter=7";

/// Every file in the data folder with its content.
fn files(app: &App) -> Vec<(PathBuf, Vec<u8>)> {
    files_below(app.data())
}

/// Every file below this folder with its content, sorted by path.
fn files_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder exists").flatten() {
        let (path, kind) = (
            entry.path(),
            entry.file_type().expect("Linux reports the file type"),
        );
        if kind.is_dir() {
            files.append(&mut files_below(&path));
        } else if kind.is_file() {
            let content = fs::read(&path).expect("the file is readable");
            files.push((path, content));
        }
    }
    files.sort();
    files
}

/// Asks for a new code and waits until the app shows `code`.
#[track_caller]
fn new_code(app: &App, code: &str) {
    app.tap("button", "Nouveau code");
    app.wait_until(&format!("the code {code}"), || {
        (app.shown_code("Banque, luc") == code).then_some(())
    });
}

/// The counter is on disk before the code is shown: after a kill at that moment, the app continues with the next code.
#[test]
fn a_counter_never_gives_the_same_code_twice() {
    let code = |counter: &str| oathtool(&["--hotp", "--base32", "--counter", counter, SECRET]);
    let mut app = app_with_entries(&[COUNTER]);
    app.touch_key("Banque, luc");
    app.find("button", "Nouveau code");
    assert_eq!(
        app.rows()[0].code,
        None,
        "touching the key does not increase the counter"
    );
    let before = files(&app);
    new_code(&app, &code("7"));
    assert_ne!(files(&app), before, "the counter is not on disk");
    app.restart();
    app.unlock(PASSPHRASE);
    app.touch_key("Banque, luc");
    new_code(&app, &code("8"));
    new_code(&app, &code("9"));
}

#[test]
fn edits_and_deletions_are_saved_and_can_be_undone() {
    let mut app = app_with_entries(&[ANNE, LUC]);
    app.tap_option("Bureau, anne", "Modifier");
    app.fill("Service", "Bureau central");
    app.fill("Compte", "anne.müller");
    app.fill("Note", "deuxième étage");
    app.tap("button", "Enregistrer");
    app.wait_for_text("Modifications enregistrées.");
    app.tap_option("École, luc", "Supprimer");
    app.wait_for_text("est dans la corbeille.");
    app.wait_for_names(&["Bureau central"]);
    app.tap("button", "Annuler");
    app.wait_for_names(&["Bureau central", "École"]);
    app.tap_option("École, luc", "Supprimer");
    app.wait_for_names(&["Bureau central"]);

    app.restart();
    app.unlock(PASSPHRASE);
    let left = Row {
        first: "Bureau central".into(),
        second: "anne.müller".into(),
        code: None,
    };
    app.wait_for_rows(&[left]);
    app.touch_key("Bureau central, anne.müller");
    app.assert_code_matches("Bureau central, anne.müller", 30, &["--totp", SECRET]);
    app.fill("Rechercher", "etage");
    app.wait_for_names(&["Bureau central"]);
    app.tap("button", "Menu");
    app.tap("button", "Corbeille");
    app.tap("button", "Rétablir École, luc");
    app.wait_for_text("est de retour dans la liste.");
    app.tap("button", "Retour");
    // The app shows the restored entry and ends the search that hid it.
    app.wait_for_names(&["Bureau central", "École"]);
}

#[test]
fn only_passphrase_and_recovery_words_unlock() {
    let app = App::start(&App::debug_binary());
    let words = app.first_run(PASSPHRASE);
    app.add_link(ANNE);
    app.lock();
    app.enter_passphrase("bateau lampe orage tilleux");
    app.wait_for_text("n’ouvre pas le trousseau.");
    app.wait_for_text("Trousseau verrouillé");
    app.unlock(PASSPHRASE);
    app.lock();
    app.tap("button", "Utiliser les mots de secours");
    app.fill("Vos 12 mots de secours", &words.join(" "));
    app.tap("button", "Déverrouiller");
    app.tap("button", "Plus tard");
    app.touch_key("Bureau, anne");
    app.assert_code_matches("Bureau, anne", 30, &["--totp", SECRET]);
}

/// No file contains the input in readable form: neither the app's own files, nor the web view's caches, nor the log of
/// both.
#[test]
fn nothing_on_disk_is_readable() {
    let uri = format!("otpauth://totp/Kanzleramt:zelda.quist?secret={SECRET}");
    let app = app_with_entries(&[&uri]);
    app.touch_key("Kanzleramt, zelda.quist");
    app.shown_code("Kanzleramt, zelda.quist");
    let secret = data_encoding::BASE32_NOPAD
        .decode(SECRET.as_bytes())
        .expect("the secret is base32");
    let canaries = [
        SECRET.as_bytes(),
        &secret,
        b"Kanzleramt",
        b"zelda.quist",
        PASSPHRASE.as_bytes(),
    ];
    let home = app.display().home();
    let files = [files(&app), files_below(home)].concat();
    assert!(files.iter().any(|(path, _)| path.ends_with("app.log")));
    for (path, content) in files {
        for canary in canaries {
            let found = content.windows(canary.len()).any(|window| window == canary);
            let canary = String::from_utf8_lossy(canary);
            assert!(!found, "{} contains “{canary}”", path.display());
        }
    }
}

#[test]
fn a_permanently_deleted_entry_does_not_come_back() {
    let mut app = app_with_entries(&[ANNE, LUC]);
    app.tap_option("École, luc", "Supprimer");
    app.wait_for_text("est dans la corbeille.");
    // An unlock counts as re-authentication, which the deletion needs.
    app.restart();
    app.unlock(PASSPHRASE);
    app.tap("button", "Menu");
    app.tap("button", "Corbeille");
    app.wait_for_text("encore 30 jours");
    app.tap("button", "Supprimer École, luc pour toujours");
    app.tap("button", "Supprimer pour toujours");
    app.wait_for_text("La corbeille est vide.");
    app.restart();
    app.unlock(PASSPHRASE);
    app.wait_for_names(&["Bureau"]);
}
