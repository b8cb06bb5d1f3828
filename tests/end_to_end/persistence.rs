use std::fs;
use std::path::{Path, PathBuf};

use trousseau_tests_support::{App, Row, oathtool};

use super::{PASSPHRASE, ready_with};

const SECRET: &str = "MFRGGZDFMZTWQ2LKNNWG23TPOA";
const ANNE: &str = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA";
const LUC: &str = "otpauth://totp/%C3%89cole:luc?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const COUNTER: &str = "otpauth://hotp/Banque:luc?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA&counter=7";

/// Every file of the data folder with its content.
fn files(app: &App) -> Vec<(PathBuf, Vec<u8>)> {
    files_below(app.data())
}

/// Every file of this folder and of those in it, with its content, in order.
fn files_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let (path, kind) = (entry.path(), entry.file_type().expect("Linux tells"));
        if kind.is_dir() {
            files.append(&mut files_below(&path));
        } else if kind.is_file() {
            let content = fs::read(&path).expect("its files are readable");
            files.push((path, content));
        }
    }
    files.sort();
    files
}

/// Asks for a new code and waits for this one.
#[track_caller]
fn new_code_is(app: &App, code: &str) {
    app.tap("button", "Nouveau code");
    app.until(&format!("the code {code}"), || {
        (app.code_of("Banque, luc") == code).then_some(())
    });
}

/// Its counter is on disk before a code is seen: ended as soon as it is, the app goes on with the next.
#[test]
fn a_counter_never_gives_the_same_code_twice() {
    let code = |counter: &str| oathtool(&["--hotp", "--base32", "--counter", counter, SECRET]);
    let mut app = ready_with(&[COUNTER]);
    app.touch_key("Banque, luc");
    app.find("button", "Nouveau code");
    assert_eq!(app.rows()[0].code, None, "a touched key uses no counter up");
    let before = files(&app);
    new_code_is(&app, &code("7"));
    assert_ne!(files(&app), before, "the counter is not on disk");
    app.restart();
    app.unlock(PASSPHRASE);
    app.touch_key("Banque, luc");
    new_code_is(&app, &code("8"));
    new_code_is(&app, &code("9"));
}

#[test]
fn edits_and_deletions_are_kept_and_undone() {
    let mut app = ready_with(&[ANNE, LUC]);
    app.touch_option("Bureau, anne", "Modifier");
    app.fill("Service", "Bureau central");
    app.fill("Compte", "anne.müller");
    app.fill("Note", "deuxième étage");
    app.tap("button", "Enregistrer");
    app.sees("Modifications enregistrées.");
    app.touch_option("École, luc", "Supprimer");
    app.sees("est dans la corbeille.");
    app.lists_names(&["Bureau central"]);
    app.tap("button", "Annuler");
    app.lists_names(&["Bureau central", "École"]);
    app.touch_option("École, luc", "Supprimer");
    app.lists_names(&["Bureau central"]);

    app.restart();
    app.unlock(PASSPHRASE);
    let left = Row {
        first: "Bureau central".into(),
        second: "anne.müller".into(),
        code: None,
    };
    app.lists(&[left]);
    app.touch_key("Bureau central, anne.müller");
    app.code_agrees("Bureau central, anne.müller", 30, &["--totp", SECRET]);
    app.fill("Rechercher", "etage");
    app.lists_names(&["Bureau central"]);
    app.tap("button", "Menu");
    app.tap("button", "Corbeille");
    app.tap("button", "Rétablir École, luc");
    app.sees("est de retour dans la liste.");
    app.tap("button", "Retour");
    // The restored entry is brought into sight: the search that hides it has ended.
    app.lists_names(&["Bureau central", "École"]);
}

#[test]
fn only_passphrase_and_recovery_words_unlock() {
    let app = App::start(&App::debug_binary());
    let words = app.first_run(PASSPHRASE);
    app.add_link(ANNE);
    app.lock();
    app.try_passphrase("bateau lampe orage tilleux");
    app.sees("n’ouvre pas le trousseau.");
    app.sees("Trousseau verrouillé");
    app.unlock(PASSPHRASE);
    app.lock();
    app.tap("button", "Utiliser les mots de secours");
    app.fill("Vos 12 mots de secours", &words.join(" "));
    app.tap("button", "Déverrouiller");
    app.tap("button", "Plus tard");
    app.touch_key("Bureau, anne");
    app.code_agrees("Bureau, anne", 30, &["--totp", SECRET]);
}

/// What lies on disk tells nothing of what was put in: neither the app's own files, nor what the web view keeps in its
/// caches, nor anything that either of them said.
#[test]
fn nothing_on_disk_is_readable() {
    let uri = format!("otpauth://totp/Kanzleramt:zelda.quist?secret={SECRET}");
    let app = ready_with(&[&uri]);
    app.touch_key("Kanzleramt, zelda.quist");
    app.code_of("Kanzleramt, zelda.quist");
    let secret = data_encoding::BASE32_NOPAD
        .decode(SECRET.as_bytes())
        .expect("it is base32");
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
            assert!(!found, "{} holds “{canary}”", path.display());
        }
    }
}

#[test]
fn what_is_deleted_for_ever_does_not_come_back() {
    let mut app = ready_with(&[ANNE, LUC]);
    app.touch_option("École, luc", "Supprimer");
    app.sees("est dans la corbeille.");
    // The proof is fresh after an unlock.
    app.restart();
    app.unlock(PASSPHRASE);
    app.tap("button", "Menu");
    app.tap("button", "Corbeille");
    app.sees("encore 30 jours");
    app.tap("button", "Supprimer École, luc pour toujours");
    app.tap("button", "Supprimer pour toujours");
    app.sees("La corbeille est vide.");
    app.restart();
    app.unlock(PASSPHRASE);
    app.lists_names(&["Bureau"]);
}
