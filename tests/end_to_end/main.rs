//! The real binary in a real web view, from a QR picture to the code in its row.
//!
//! Every code is held against `oathtool`'s. `make test` runs all of it inside `scripts/without-network`.

use trousseau_tests_support::App;

mod adding;
mod credentials;
mod desktop;
mod keeping;
mod list;
mod main_job;
mod network;
mod scanning;
mod trouble;

const PASSPHRASE: &str = "bateau lampe orage tilleul";

/// The app with a new, empty vault.
#[track_caller]
fn ready() -> App {
    at_first(App::start(&App::debug_binary()))
}

#[track_caller]
fn at_first(app: App) -> App {
    app.first_run_without_words(PASSPHRASE);
    app
}

/// The app with these entries.
#[track_caller]
fn ready_with(uris: &[&str]) -> App {
    let app = ready();
    for uri in uris {
        app.add_link(uri);
    }
    app
}
