//! Time for a first run in the real app: the user's actions by the Keystroke-Level Model, plus the waits for the app.

use std::path::Path;
use std::time::Instant;

use trousseau_tests_support::App;

use crate::report::{Comparison, Line, Section};
use crate::start::PASSPHRASE;

const LIMIT_S: f64 = 60.0;
/// Card, Moran, Newell: The Keystroke-Level Model (1980). Seconds to press a key for a user who does not type much, to
/// point at a place and touch it, and to think of the next action.
const KEY_S: f64 = 0.5;
const POINT_S: f64 = 1.1 + 0.2;
const THINK_S: f64 = 1.35;

/// An app, and the time that the user has needed so far.
struct TimedUser {
    app: App,
    seconds: f64,
}

impl TimedUser {
    fn of(app: App) -> Self {
        let seconds = 0.0;
        Self { app, seconds }
    }

    fn touch(&mut self, button: &str) {
        self.app.tap("button", button);
        self.seconds += THINK_S + POINT_S;
    }

    fn write(&mut self, field: &str, text: &str) {
        self.app.fill(field, text);
        self.seconds += THINK_S + POINT_S + KEY_S * text.chars().count() as f64;
    }

    /// Creates the vault and postpones the recovery words; includes the time that the app needs.
    fn create(mut self) -> f64 {
        self.touch("Créer le trousseau");
        let start = Instant::now();
        self.app.recovery_words();
        self.seconds += start.elapsed().as_secs_f64();
        self.touch("Plus tard");
        self.touch("Continuer quand même");
        self.app.wait_for_text("Votre trousseau est prêt");
        self.seconds
    }
}

/// With an access code, and with a passphrase on a desktop without a keyring.
pub fn measure(binary: &Path) -> Section {
    let mut user = TimedUser::of(App::start_with_keyring(binary));
    user.touch("Commencer");
    user.touch("Code d’accès");
    user.write("Code d’accès", "314159");
    user.write("Répétez le code d’accès", "314159");
    let code = user.create();

    let mut user = TimedUser::of(App::start(binary));
    user.touch("Commencer");
    user.write("Phrase de passe", PASSPHRASE);
    user.write("Répétez la phrase de passe", PASSPHRASE);
    let passphrase = user.create();

    let line = |what: &str, value| Line {
        what: format!("first run, {what}"),
        value,
        comparison: Comparison::Limit(LIMIT_S),
    };
    Section {
        title: "First run",
        how: format!(
            "From the welcome screen to the empty list in the release app, with postponed recovery words. Each touch counts {POINT_S} s, \
             each key {KEY_S} s and each decision {THINK_S} s, the values of the Keystroke-Level Model for a user who does not \
             type much; plus the time in which the app created the vault."
        ),
        unit: "s",
        series: Vec::new(),
        limit: None,
        lines: vec![line("access code", code), line("passphrase", passphrase)],
    }
}
