//! A first run in the real app: what a person does in it, by the Keystroke-Level Model, and what the app makes them wait for.

use std::path::Path;
use std::time::Instant;

use trousseau_tests_support::App;

use crate::report::{Beside, Line, Section};
use crate::start::PASSPHRASE;

const LIMIT_S: f64 = 60.0;
/// Card, Moran, Newell: The Keystroke-Level Model (1980), in seconds: to press a key as somebody who does not type much, to
/// point at a place and touch it, to think of what is next.
const KEY_S: f64 = 0.5;
const POINT_S: f64 = 1.1 + 0.2;
const THINK_S: f64 = 1.35;

/// An app and what was done in it.
struct Person {
    app: App,
    seconds: f64,
}

impl Person {
    fn before(app: App) -> Self {
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

    /// Creates the vault and puts the recovery words off; how long the app takes counts too.
    fn create(mut self) -> f64 {
        self.touch("Créer le trousseau");
        let start = Instant::now();
        self.app.recovery_words();
        self.seconds += start.elapsed().as_secs_f64();
        self.touch("Plus tard");
        self.touch("Continuer quand même");
        self.app.sees("Votre trousseau est prêt");
        self.seconds
    }
}

/// By an access code, and by a passphrase where the desktop keeps no secrets.
pub fn measure(binary: &Path) -> Section {
    let mut person = Person::before(App::start_with_keyring(binary));
    person.touch("Commencer");
    person.touch("Code d’accès");
    person.write("Code d’accès", "314159");
    person.write("Répétez le code d’accès", "314159");
    let code = person.create();

    let mut person = Person::before(App::start(binary));
    person.touch("Commencer");
    person.write("Phrase de passe", PASSPHRASE);
    person.write("Répétez la phrase de passe", PASSPHRASE);
    let passphrase = person.create();

    let line = |what: &str, value| Line {
        what: format!("first run, {what}"),
        value,
        beside: Beside::Limit(LIMIT_S),
    };
    Section {
        title: "First run",
        how: format!(
            "From the welcome to the empty list in the release app, the recovery words put off. Each touch counts {POINT_S} s, \
             each key {KEY_S} s and each decision {THINK_S} s, as the Keystroke-Level Model has it for somebody who does not \
             type much; to it comes the time in which the app made the vault."
        ),
        unit: "s",
        series: Vec::new(),
        limit: None,
        lines: vec![line("access code", code), line("passphrase", passphrase)],
    }
}
