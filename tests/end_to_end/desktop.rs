//! Integration into the desktop: links that open the app, and closing and resizing its window.

use std::fs;

use trousseau_tests_support::App;

use super::{PASSPHRASE, app_with_vault};

const LINK: &str = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA&issuer=Bureau";

#[test]
fn a_second_start_passes_its_link_to_the_open_window() {
    let app = app_with_vault();
    app.start_again(&[LINK]);
    app.wait_for_text("Vérifier et enregistrer");
    app.tap("button", "Enregistrer");
    app.tap("button", "Terminé");
    app.touch_key("Bureau, anne");
    app.shown_code("Bureau, anne");

    app.lock();
    app.start_again(&[&LINK.replace("anne", "luc")]);
    app.wait_for_text("Trousseau verrouillé");
    app.enter_passphrase(PASSPHRASE);
    app.wait_for_text("Vérifier et enregistrer");
    app.tap("button", "Ne pas enregistrer");
    app.wait_until("exactly one row", || (app.rows().len() == 1).then_some(()));

    app.start_again(&["--version", "https://example.org/"]);
    app.wait_until("the unchanged list", || {
        (app.rows().len() == 1).then_some(())
    });
}

#[test]
fn the_window_size_is_restored() {
    let mut app = App::start(&App::debug_binary());
    app.driver()
        .resize(520, 700)
        .expect("the window can be resized");
    app.wait_until("the window in its new size", || {
        (app.driver().size().ok()? == (520, 700)).then_some(())
    });
    app.reopen();
    app.wait_until("the window in that size again", || {
        (app.driver().size().ok()? == (520, 700)).then_some(())
    });
}

#[test]
fn no_link_is_on_the_command_line_and_no_core_dump_is_written() {
    let app = App::start_with_arguments(&App::debug_binary(), &[LINK]);
    app.choose_passphrase(PASSPHRASE);
    app.tap("button", "Plus tard");
    app.tap("button", "Continuer quand même");
    app.wait_for_text("Vérifier et enregistrer");

    let process = format!("/proc/{}", app.process());
    let shown = fs::read(format!("{process}/cmdline")).expect("the app runs");
    assert_eq!(
        shown.split(|byte| *byte == 0).count(),
        2,
        "the program name only"
    );
    let limits = fs::read_to_string(format!("{process}/limits")).expect("the app runs");
    let dumps = limits
        .lines()
        .find(|line| line.starts_with("Max core file"));
    let words: Vec<_> = dumps
        .expect("Linux reports the limit")
        .split_whitespace()
        .collect();
    assert_eq!(words[4..6], ["0", "0"]);
}
