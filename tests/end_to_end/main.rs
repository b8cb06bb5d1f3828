//! Tests of the real binary in a real web view, from a QR picture to the code in its row.
//!
//! `oathtool` computes every code again. `make test` runs all tests inside `scripts/without-network`.

use trousseau_tests_support::App;

mod adding;
mod credentials;
mod desktop;
mod list;
mod main_flow;
mod network;
mod persistence;
mod scanning;
mod vault_file;

const PASSPHRASE: &str = "bateau lampe orage tilleul";

/// The app with a new, empty vault.
#[track_caller]
fn app_with_vault() -> App {
    after_first_run(App::start(&App::debug_binary()))
}

#[track_caller]
fn after_first_run(app: App) -> App {
    app.first_run_without_words(PASSPHRASE);
    app
}

/// The app with a vault that has these entries.
#[track_caller]
fn app_with_entries(uris: &[&str]) -> App {
    let app = app_with_vault();
    for uri in uris {
        app.add_link(uri);
    }
    app
}
