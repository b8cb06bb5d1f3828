//! What a desktop does: opens links with the app, and closes and moves its window.

use std::fs;

use trousseau_tests_support::App;

use super::{PASSPHRASE, ready};

const LINK: &str = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA&issuer=Bureau";

#[test]
fn a_second_start_hands_its_link_to_the_window_that_is_there() {
    let app = ready();
    app.start_again(&[LINK]);
    app.sees("Vérifier et enregistrer");
    app.tap("button", "Enregistrer");
    app.tap("button", "Terminé");
    app.touch_key("Bureau, anne");
    app.code_of("Bureau, anne");

    app.lock();
    app.start_again(&[&LINK.replace("anne", "luc")]);
    app.sees("Trousseau verrouillé");
    app.try_passphrase(PASSPHRASE);
    app.sees("Vérifier et enregistrer");
    app.tap("button", "Ne pas enregistrer");
    app.until("one row and no more", || {
        (app.rows().len() == 1).then_some(())
    });

    app.start_again(&["--version", "https://example.org/"]);
    app.until("the list still", || (app.rows().len() == 1).then_some(()));
}

#[test]
fn the_window_comes_back_as_it_was_left() {
    let mut app = App::start(&App::debug_binary());
    app.driver().resize(520, 700).expect("it can be sized");
    app.until("the window in its new size", || {
        (app.driver().size().ok()? == (520, 700)).then_some(())
    });
    app.reopen();
    app.until("the window in that size again", || {
        (app.driver().size().ok()? == (520, 700)).then_some(())
    });
}

#[test]
fn nothing_of_a_link_or_of_the_memory_is_shown_to_other_programs() {
    let app = App::start_with(&App::debug_binary(), &[LINK]);
    app.choose_passphrase(PASSPHRASE);
    app.tap("button", "Plus tard");
    app.tap("button", "Continuer quand même");
    app.sees("Vérifier et enregistrer");

    let process = format!("/proc/{}", app.process());
    let shown = fs::read(format!("{process}/cmdline")).expect("it runs");
    assert_eq!(shown.split(|byte| *byte == 0).count(), 2, "its name alone");
    let limits = fs::read_to_string(format!("{process}/limits")).expect("it runs");
    let dumps = limits
        .lines()
        .find(|line| line.starts_with("Max core file"));
    let words: Vec<_> = dumps.expect("Linux tells").split_whitespace().collect();
    assert_eq!(words[4..6], ["0", "0"]);
}
